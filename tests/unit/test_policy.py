"""The Content-Security-Policy: scripts come from files, and those of articles do not run."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import lxml.html
import pytest

import factory
from dwiwarta.errors import SettingsError
from dwiwarta.problems import ProblemLog
from dwiwarta.render import render_pages
from dwiwarta.settings import Project, load_project
from dwiwarta.site import make_site, write_docs
from dwiwarta.site.policy import allow_script, fault_of, inline_scripts
from project_rig import make_project

PAGE = "<html><head>\n<meta charset='utf-8'>\n<title>x</title></head><body>{}</body></html>"
OURS = "<script>var ours=1</script>"
POLICY = "script-src 'self'{}; object-src 'none'; base-uri 'none'"


def hashed(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def policy_in(page: Path) -> str:
    root = lxml.html.fromstring(page.read_text("utf-8"))
    (content,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return str(content)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("built"), with_pages=False)
    write_docs(render_pages(factory.sample_entries(), project), project)
    about = project.docs_dir / "about.md"
    about.write_text("# About\n\n<script>var own = 1;</script>\n", "utf-8")
    (project.docs_dir / "copied.html").write_text(PAGE.format(OURS), "utf-8")
    problems = ProblemLog()
    make_site(project, problems)
    assert problems.all == ()
    return project


def test_no_page_has_a_script_in_it_and_none_runs(built: Project) -> None:
    pages = [page for page in built.site_dir.rglob("*.html") if page.name != "copied.html"]
    assert len(pages) > 20
    for page in pages:
        html = page.read_text("utf-8")
        if page.parent.name == "about":
            continue
        assert inline_scripts(html) == [], page
        assert policy_in(page) == POLICY.format(""), page
        assert html.index("Content-Security-Policy") < html.index("<script"), page
        assert html.index("charset") < 1024, page


def test_a_page_written_by_hand_may_have_a_script_and_a_copied_one_is_left_alone(
    built: Project,
) -> None:
    about = built.site_dir / "about" / "index.html"
    assert policy_in(about) == POLICY.format(" 'unsafe-inline'")
    assert fault_of(about.read_text("utf-8")) == ""
    assert (built.site_dir / "copied.html").read_text("utf-8") == PAGE.format(OURS)


def test_a_script_in_the_owners_theme_is_a_warning_until_it_is_named(tmp_path: Path) -> None:
    project = make_project(tmp_path, with_pages=False)
    write_docs(render_pages(factory.sample_entries(), project), project)
    main = tmp_path / "overrides" / "main.html"
    html = main.read_text("utf-8")
    mine = "{% block fonts %}<script>var mine=7</script>"
    main.write_text(html.replace("{% block fonts %}", mine), "utf-8")
    named = hashed("var mine=7").strip("'")
    for _ in range(2):
        problems = ProblemLog()
        make_site(project, problems)
        assert [problem.reason for problem in problems.all] == [
            "the theme has a script in its pages, which will not run: 'var mine=7'; make it a "
            f"file, or name it: extra: scripts_from: [{named}]"
        ]
    settings = (tmp_path / "mkdocs.yml").read_text("utf-8")
    allowed = f"extra:\n  scripts_from: ['https://stats.example', {named}]\n"
    (tmp_path / "mkdocs.yml").write_text(settings.replace("extra:\n", allowed), "utf-8")
    problems = ProblemLog()
    make_site(load_project(tmp_path), problems)
    assert problems.all == ()
    wanted = POLICY.format(f" https://stats.example '{named}'")
    assert policy_in(project.site_dir / "index.html") == wanted
    assert policy_in(project.site_dir / "404.html") == wanted


@pytest.mark.parametrize(
    "host",
    ["*", "stats.example", "http://stats.example", "'unsafe-inline'", "https://a; script-src"],
)
def test_nothing_but_hosts_and_digests_gets_into_the_policy(tmp_path: Path, host: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f'extra:\n  scripts_from:\n  - "{host}"\n', "utf-8")
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:3: extra\.scripts_from: "):
        load_project(tmp_path)


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


def test_the_preview_allows_one_script_more() -> None:
    page = f'<meta content="{POLICY.format("")}"><script>reload()</script>'.encode()
    assert hashed("reload()") in allow_script(page, b"reload()").decode()
    assert allow_script(b"<html>no policy</html>", b"x") == b"<html>no policy</html>"
    own = b"<meta content=\"script-src 'self' 'unsafe-inline'\">"
    assert allow_script(own, b"reload()") == own
