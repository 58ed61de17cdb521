"""The Content-Security-Policy: the theme's scripts and no others."""

import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import lxml.html
import pytest

import factory
from dwiwarta.errors import SiteError
from dwiwarta.problems import ProblemLog
from dwiwarta.render import render_pages
from dwiwarta.settings import Project
from dwiwarta.site import run_mkdocs, write_docs
from dwiwarta.site.policy import (
    add_policies,
    allow_script,
    inline_scripts,
    policy,
    probe_scripts,
)
from project_rig import make_project

PAGE = "<html><head>\n<meta charset='utf-8'>\n<title>x</title></head><body>{}</body></html>"
OURS = "<script>var ours=1</script>"
SMUGGLED = "<script>alert(1)</script>"


def hashed(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def policy_in(page: Path) -> str:
    root = lxml.html.fromstring(page.read_text("utf-8"))
    (content,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return str(content)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("built"), with_pages=False)
    write_docs(render_pages(factory.sample_entries(), project), project.docs_dir)
    about = project.docs_dir / "about.md"
    about.write_text("# About\n\n<script>var own = 1;</script>\n", "utf-8")
    (project.docs_dir / "copied.html").write_text(PAGE.format(OURS), "utf-8")
    problems = ProblemLog()
    run_mkdocs(project, problems)
    assert problems.all == ()
    return project


def test_on_every_page_just_its_own_scripts_may_run(built: Project) -> None:
    pages = [page for page in built.site_dir.rglob("*.html") if page.name != "copied.html"]
    assert len(pages) > 20
    for page in pages:
        html = page.read_text("utf-8")
        scripts = inline_scripts(html)
        assert len(scripts) >= 4, page
        assert policy_in(page) == policy(scripts), page
        assert html.index("Content-Security-Policy") < html.index("<script"), page
        assert html.index("charset") < 1024, page
    assert "unsafe-inline" not in policy_in(pages[0])
    assert "'unsafe-eval'" not in policy_in(pages[0])


def test_a_page_written_by_hand_may_have_a_script_and_a_copied_one_is_left_alone(
    built: Project,
) -> None:
    own = hashed("var own = 1;")
    assert own in policy_in(built.site_dir / "about" / "index.html")
    assert own not in policy_in(built.site_dir / "help" / "index.html")
    assert (built.site_dir / "copied.html").read_text("utf-8") == PAGE.format(OURS)


@pytest.mark.parametrize("name", ["index.html", "article/satu/index.html", "country/jp/index.html"])
def test_what_an_article_smuggles_in_is_in_no_policy(tmp_path: Path, name: str) -> None:
    page = tmp_path / "site" / name
    page.parent.mkdir(parents=True)
    page.write_text(PAGE.format(OURS + SMUGGLED), "utf-8")
    add_policies(tmp_path / "site", tmp_path / "docs", {"var ours=1"})
    assert hashed("var ours=1") in policy_in(page)
    assert hashed("alert(1)") not in policy_in(page)


def test_scripts_of_the_owners_theme_are_found(tmp_path: Path) -> None:
    project = make_project(tmp_path, with_pages=False)
    source = project.root / "overrides" / "main.html"
    before = probe_scripts(project.root)
    changed = source.read_text("utf-8").replace(
        "{% block fonts %}", "{% block fonts %}<script>var mine=7</script>"
    )
    source.write_text(changed, "utf-8")
    assert probe_scripts(project.root) - before == {"var mine=7"}


def test_a_theme_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    project = make_project(tmp_path, with_pages=False)
    (project.root / "overrides" / "main.html").write_text("{% block x %}", "utf-8")
    with pytest.raises(SiteError, match="the theme's scripts could not be found: "):
        probe_scripts(project.root)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>a</script><SCRIPT type='module'>b</SCRIPT>", ["a", "b"]),
        ('<script type="text/javascript">a</script>', ["a"]),
        ('<script type="application/ld+json">{}</script><script src="x.js"></script>', []),
        ('<script id="c" type="application/json">{}</script><script>\n</script>', ["\n"]),
    ],
)
def test_what_a_browser_would_run(html: str, found: list[str]) -> None:
    assert inline_scripts(html) == found


def test_other_hosts_are_let_in_by_name() -> None:
    assert policy(["a\r\nb"], ["https://stats.example"]) == (
        f"script-src 'self' 'wasm-unsafe-eval' {hashed(chr(10).join('ab'))} https://stats.example; "
        "object-src 'none'; base-uri 'none'"
    )


def test_the_preview_allows_one_script_more() -> None:
    page = f'<meta content="{policy([])}"><script>reload()</script>'.encode()
    assert hashed("reload()") in allow_script(page, b"reload()").decode()
    assert allow_script(b"<html>no policy</html>", b"x") == b"<html>no policy</html>"


def test_plain_mkdocs_makes_the_same_pages_without_a_policy(built: Project, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path)]
    subprocess.run(command, cwd=built.root, check=True)
    for path in tmp_path.rglob("*.html"):
        ours = (built.site_dir / path.relative_to(tmp_path)).read_text("utf-8")
        lines = [line for line in ours.splitlines() if "Content-Security-Policy" not in line]
        assert lines == path.read_text("utf-8").splitlines()
