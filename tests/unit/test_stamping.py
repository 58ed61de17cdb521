"""Our pages in the theme's shells: the bytes that MkDocs itself would have written."""

import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

import factory
from dwiwarta.errors import SiteError
from dwiwarta.model import Entry, Tags
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import measure_quality
from dwiwarta.render import render_pages
from dwiwarta.settings import Project, load_project
from dwiwarta.site import make_site, mkdocs_environment, shells, write_docs, written_pages
from dwiwarta.site.shells import BODY_MARK, HEAD_MARK, ForeignPageError, take_apart, unfit
from project_rig import make_project

CODES = ("JP", "ID", "US", "FR")
TOPICS = ("11000000", "03000000", "15000000")
SHELL = f"<head>{HEAD_MARK}</head><body>{BODY_MARK}</body>"


def corpus(number: int) -> list[Entry]:
    """Articles over three years, some without a date, with tags, copies and relatives."""
    draw = random.Random(5)
    entries = []
    for n in range(number):
        about, mentioned = draw.choice(CODES), draw.choice(CODES)
        tags = Tags(
            countries=factory.countries(about, mentioned if mentioned != about else ""),
            topics=factory.topics(*draw.sample(TOPICS, draw.randrange(3))),
        )
        when = date(2024, 1, 1) + timedelta(days=draw.randrange(1000)) if n % 9 else None
        title = (f"Judul {n} <b>&\"'\u2028 {draw.random()}", f"Title {n} </div>" if n % 4 else None)
        related = [f"a{draw.randrange(number)}"]
        entries.append(factory.entry(f"a{n}", title, when=when, tags=tags, related=related))
    return entries


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def plain(project: Project, target: Path) -> dict[str, bytes]:
    """What `mkdocs build` makes of the project."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    environment = mkdocs_environment()
    subprocess.run(command, cwd=project.root, check=True, env=environment, capture_output=True)
    return contents(target)


def write(project: Project, entries: list[Entry]) -> None:
    quality = measure_quality(entries, ())
    write_docs(render_pages(entries, project, None, quality, written_pages(project)), project)


@pytest.fixture
def small(tmp_path: Path) -> Project:
    (tmp_path / "small").mkdir()
    project = make_project(tmp_path / "small", with_pages=False)
    write(project, list(factory.sample_entries()))
    return project


@pytest.mark.parametrize("indexed", [False, True])
def test_plain_mkdocs_makes_the_same_site_byte_for_byte(tmp_path: Path, indexed: bool) -> None:
    (tmp_path / "p").mkdir()
    settings = f"site:\n  page_size: 5\n  index_by_search_engines: {str(indexed).lower()}\n"
    (tmp_path / "p" / "dwiwarta.yml").write_text(settings, "utf-8")
    make_project(tmp_path / "p")
    project = load_project(tmp_path / "p")
    write(project, corpus(100))
    about = project.docs_dir / "about.md"
    about.write_text("# About\n\n[one](article/a1/index.md) [all](country/index.md#x)\n", "utf-8")
    problems = ProblemLog()
    assert make_site(project, problems).note == ""
    ours, theirs = contents(project.site_dir), plain(project, tmp_path / "plain")
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert len([name for name in ours if name.startswith("archive/20")]) > 20
    # A link to a generated page is known to be good, and one to a heading that is not there is not.
    assert [problem.path for problem in problems.all] == ["docs/about.md"]


def test_only_what_changed_is_written(small: Project) -> None:
    make_site(small, ProblemLog())
    before = {path: path.stat().st_mtime_ns for path in small.site_dir.rglob("*")}
    assert not make_site(small, ProblemLog()).changed
    write(small, [*factory.sample_entries(), factory.entry("new", when=date(2020, 1, 1))])
    count = make_site(small, ProblemLog())
    written = {
        path.relative_to(small.site_dir).as_posix()
        for path in small.site_dir.rglob("*.*")
        if path.stat().st_mtime_ns != before.get(path)
    }
    assert len(written) == count.written
    assert written == {
        "index.html",  # how many there are
        "mine/recent.js",
        "article/new/index.html",
        "offline/newest.json",
        "quality/index.html",
        "social/article/new.png",
        *(f"book/{name}.epub" for name in ("latest", "day-2020-01-01", "week-2020-01")),
        "book/catalog.xml",
        "book/index.html",
        "feed/all.json",
        "feed/all.xml",
        *(name for name in written if name.startswith("article/")),
    }
    assert len([name for name in written if name.startswith("article/")]) == 3  # and its neighbours


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("plugins: []", "plugins: [search]"), "mkdocs.yml sets plugins (material/search)"),
        (("strict: false", "hooks: [hook.py]"), "mkdocs.yml sets plugins (hook.py)"),
        (("strict: false", "draft_docs: x.md"), "mkdocs.yml sets draft_docs"),
        (("- admonition", "- md_in_html"), "mkdocs.yml sets markdown_extensions (md_in_html)"),
        (("nav:", "other:"), "mkdocs.yml has no nav"),
    ],
)
def test_settings_that_may_tell_pages_apart_leave_it_to_mkdocs(
    small: Project, tmp_path: Path, change: tuple[str, str], why: str
) -> None:
    config = small.root / "mkdocs.yml"
    text = config.read_text("utf-8")
    if "strict" not in text:
        text = f"strict: false\n{text}"
    assert change[0] in text
    config.write_text(text.replace(*change), "utf-8")
    (small.root / "hook.py").write_text(
        "def on_page_content(html, **_):\n    return html\n", "utf-8"
    )
    count = make_site(small, ProblemLog())
    assert count.note.startswith(f"Pages are rendered by MkDocs one by one, as {why}")
    assert contents(small.site_dir) == plain(load_project(small.root), tmp_path / "plain")
    again = make_site(small, ProblemLog())
    assert (again.changed, again.note) == (False, count.note)


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("{{ page.title }}", "the theme shows the title of a page by itself"),
        ("{{ page.url }}", "the theme shows the address of a page by itself"),
        ("{{ page.meta.head if page }}", "the theme does not show a page's head just once"),
    ],
)
def test_a_theme_that_looks_at_more_leaves_it_to_mkdocs(
    small: Project, tmp_path: Path, printed: str, why: str
) -> None:
    main = small.root / "overrides" / "main.html"
    html = main.read_text("utf-8")
    main.write_text(html.replace("{% block footer %}", f"{{% block footer %}}{printed}"), "utf-8")
    assert why in make_site(small, ProblemLog()).note
    assert contents(small.site_dir) == plain(small, tmp_path / "plain")


def test_a_page_of_another_version_leaves_it_to_mkdocs(small: Project, tmp_path: Path) -> None:
    old = small.docs_dir / "article" / "old" / "index.md"
    old.parent.mkdir()
    old.write_text("---\ntitle: Old\nkind: article\n---\n\n<div>old</div>\n", "utf-8")
    assert make_site(small, ProblemLog()).note
    assert contents(small.site_dir) == plain(small, tmp_path / "plain")
    old.unlink()
    assert make_site(small, ProblemLog()).note == ""
    assert "article/old/index.html" not in contents(small.site_dir)


def test_mkdocs_failing_midway_leaves_the_site_whole(small: Project) -> None:
    make_site(small, ProblemLog())
    before = contents(small.site_dir)
    write(small, [factory.entry("new")])
    main = small.root / "overrides" / "main.html"
    main.write_text(f"{{{{ 1 // 0 }}}}{main.read_text('utf-8')}", "utf-8")
    with pytest.raises(SiteError):
        make_site(small, ProblemLog())
    assert contents(small.site_dir) == before


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (SHELL, ""),
        (SHELL.replace(HEAD_MARK, ""), "head just once"),
        (SHELL + BODY_MARK, "content just once"),
        (f"<p>{shells.TITLE_MARK}</p>{SHELL}", "the title"),
        (f"<a href='{shells.NAME}/'></a>{SHELL}", "the address"),
        (f"{BODY_MARK}{HEAD_MARK}", "another order"),
    ],
)
def test_a_shell_is_fit_only_if_it_holds_nothing_of_its_page(html: str, why: str) -> None:
    assert why in unfit(html)
    assert bool(why) == bool(unfit(html))


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"# Title\n",
        b"---\ntitle: x\n---\n\nbody",
        b"---\ntitle: x\nhead: y\nkind: z\n---\n\nb",
    ],
)
def test_a_page_of_somebody_else_is_told_from_ours(page: bytes) -> None:
    with pytest.raises(ForeignPageError):
        take_apart(page)
