"""The pages that MkDocs builds, built by Zensical: what differs is named here, and nothing else."""

import difflib
import importlib.util
import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from dwiwarta.pipeline.theme import write_theme
from dwiwarta.settings import load_project
from dwiwarta.site import theme_values
from once import made_once
from project_rig import make_project
from zensical_rig import Built, Difference, build_both, lines_of, occurs, page_of, run_zensical

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("zensical") is None, reason="there is no wheel of Zensical here"
)

# As docs/developers/architecture.md tells it, section "Zensical".
PAGES = (
    Difference(
        '//div[@data-md-component="skip"]/a',
        "",
        "pages written by hand have the theme's own skip link; Zensical's leads to no place",
    ),
    Difference(
        '//label[@class="md-overlay"]/@aria-hidden',
        "",
        "Zensical hides what its script uses from screen readers",
    ),
    Difference(
        '//div[@data-md-component="dialog"]/@*[name() = "role" or name() = "aria-atomic"]',
        "",
        "Zensical gives the dialog of its script a role",
    ),
    Difference(
        '//nav[contains(@class, "md-nav--secondary")]',
        "links",
        "the table of contents has another heading and other elements around its links",
    ),
    Difference(
        '//div[contains(@class, "highlight")][.//pre] | //pre[not(ancestor::div[contains(@class,'
        ' "highlight")])]',
        "text",
        "Zensical colours code by Pygments",
    ),
)
FILES = {
    r"assets/(?:javascripts|stylesheets)/.*": "each theme has its own, which no page asks for",
    r"search\.json": "Zensical's own search writes it, and no page of ours asks for it",
    r"sitemap\.xml": "empty: Zensical fills the template that keeps MkDocs from writing one",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = made_once(tmp_path_factory, "zensical", lambda root: build_both(root).root)
    return Built(root)


def names(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_the_same_files_are_there(built: Built) -> None:
    differ = {
        name
        for name in names(built.mkdocs) | names(built.zensical)
        if not name.endswith(".html")
        and _bytes(built.mkdocs / name) != _bytes(built.zensical / name)
    }
    known = {name: _known(name) for name in differ}
    assert sorted(name for name, pattern in known.items() if not pattern) == []
    assert set(known.values()) == set(FILES)  # none is listed that does not differ any more


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _known(name: str) -> str:
    return next((pattern for pattern in FILES if re.fullmatch(pattern, name)), "")


def test_pages_have_the_same_heads_texts_and_elements(built: Built) -> None:
    ours = sorted(name for name in names(built.mkdocs) if name.endswith(".html"))
    assert ours == sorted(name for name in names(built.zensical) if name.endswith(".html"))
    assert {name.split("/")[0] for name in ours} > {"404.html", "article", "country", "id", "help"}
    wrong: list[str] = []
    for name in ours:
        one, two = (
            list(lines_of(page_of(site / name, PAGES), name))
            for site in (built.mkdocs, built.zensical)
        )
        assert len(one) > 10, name
        changes = difflib.unified_diff(one, two, f"mkdocs/{name}", f"zensical/{name}", n=0)
        wrong.extend(changes if one != two else [])
    assert "\n".join(wrong[:40]) == ""


def test_every_known_difference_is_still_there(built: Built) -> None:
    pages = [name for name in names(built.mkdocs) if name.endswith(".html")]
    for one in PAGES:
        found = [name for name in pages if occurs(built.zensical / name, one)]
        assert found, one
        without = tuple(other for other in PAGES if other != one)
        assert any(
            list(lines_of(page_of(built.mkdocs / name, without), name))
            != list(lines_of(page_of(built.zensical / name, without), name))
            for name in found
        ), one


def test_most_generated_pages_are_the_same_to_the_byte(built: Built) -> None:
    made = list((built.mkdocs / "article").rglob("*.html"))
    assert made
    for path in made:
        twin = built.zensical / path.relative_to(built.mkdocs)
        assert path.read_bytes() == twin.read_bytes()


def test_settings_reach_the_theme_in_zensical_too(tmp_path: Path) -> None:
    (tmp_path / "dwiwarta.yml").write_text(
        "site: {name: 'Dua & Satu', motto: 'Kata \"dua\"', language: id, feeds: false}\n", "utf-8"
    )
    make_project(tmp_path, with_pages=False)
    write_theme(load_project(tmp_path))
    run_zensical(tmp_path)
    page = (tmp_path / "site" / "readers" / "index.html").read_text("utf-8")
    assert "Dua &amp; Satu</title>" in page
    assert '#dw-main">Langsung ke isi</a>' in page
    assert 'id="dw-words"' in page
    assert "feed/" not in page


def test_values_reach_a_theme_of_an_earlier_version(tmp_path: Path) -> None:
    own = theme_values("own", {"name": 'Dua "{{ 1 }}"'}).decode()
    old = '{% set own = {} %}{% include "own.html" %}{{ own.name }}'
    new = '{% set given = namespace(own={}) %}{% include "own.html" %}{{ given.own.name }}'
    pages = Environment(loader=DictLoader({"own.html": own, "old": old, "new": new}))
    for name in ("old", "new"):
        assert pages.get_template(name).render() == 'Dua "{{ 1 }}"'
