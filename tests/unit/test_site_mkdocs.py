"""MkDocs on our pages: reproducible, strict, and safe in everything the theme prints."""

import posixpath
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
import pytest

import factory
import project_rig
from dwiwarta.errors import SiteError
from dwiwarta.model import Entry
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import measure_quality
from dwiwarta.render import render_pages
from dwiwarta.settings import Project, load_project
from dwiwarta.site import make_site, write_docs, written_pages

NASTY = (
    "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} --- "
    "[x](y) *a* `b` &amp; 😀 \u202eabc"
)

WRITTEN = ["about.md", *project_rig.WRITTEN]


def project_at(root: Path, entries: tuple[Entry, ...]) -> Project:
    """A project with the site's own theme files and, for hand-written pages, their names."""
    project = project_rig.make_project(root, with_pages=False)
    written = written_pages(project)
    pages = render_pages(entries, project, None, measure_quality(entries, ()), written)
    write_docs(pages, project)
    return project


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site whose article is called by everything that could do harm."""
    made = factory.entry("nasty", (NASTY, NASTY), [(NASTY, NASTY)], source_name=NASTY)
    project = project_at(tmp_path_factory.mktemp("nasty"), (made, *factory.sample_entries()))
    make_site(project, ProblemLog())
    return project.site_dir


def test_two_builds_are_byte_identical_and_the_second_knows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    project = project_at(tmp_path, factory.sample_entries())
    problems = ProblemLog()
    assert make_site(project, problems).changed
    assert problems.all == ()
    first = contents(project.site_dir)
    assert not make_site(project, problems).changed
    (project.site_dir / "index.html").unlink()
    assert make_site(project, problems).changed
    assert contents(project.site_dir) == first


def test_failure_tells_the_end_of_what_mkdocs_said(tmp_path: Path) -> None:
    project = project_at(tmp_path, ())
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [no-such-plugin]\n", "utf-8")
    with pytest.raises(SiteError, match="no-such-plugin"):
        make_site(project, ProblemLog())


def test_a_broken_link_in_a_written_page_is_a_warning_each_time(tmp_path: Path) -> None:
    project = project_at(tmp_path, ())
    (project.docs_dir / "about.md").write_text("[gone](gone.md)", "utf-8")
    for _ in range(2):
        problems = ProblemLog()
        make_site(project, problems)
        (problem,) = problems.all
        assert problem.path == "docs/about.md"
        assert "gone.md" in problem.reason
    assert (project.site_dir / "index.html").exists()


def test_written_pages_that_nav_does_not_name_are_named_in_one_line(tmp_path: Path) -> None:
    project = project_at(tmp_path, ())
    for name in ("dua.md", "satu.md"):
        (project.docs_dir / name).write_text("# Halaman\n", "utf-8")
    problems = ProblemLog()
    make_site(project, problems)
    (line,) = problems.lines()
    assert line.startswith("mkdocs.yml:1: The following pages exist")
    assert line.endswith(": dua.md, satu.md")


def test_the_theme_prints_nothing_of_a_title_as_markup(nasty: Path) -> None:
    for path in nasty.rglob("*.html"):
        page = lxml.html.parse(str(path)).getroot()
        assert not page.xpath("//*[@onerror]"), path
        assert not page.xpath("//img[@src='x']"), path
        scripts = [s.text_content() for s in page.xpath("//script[not(@type)]")]
        assert not any("alert(1)" in text for text in scripts), path


def test_the_head_says_the_title_literally(nasty: Path) -> None:
    page = lxml.html.fromstring((nasty / "article/nasty/index.html").read_text("utf-8"))
    assert page.findtext("head/title") == f"{NASTY} · Dwiwarta"
    for name in ("og:title", "og:description"):
        assert page.xpath(f"//meta[@property='{name}']/@content") == [NASTY]
    assert page.xpath("//meta[@name='description']/@content") == [NASTY]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert [span.text_content() for span in page.xpath("//h1/span")] == [NASTY, NASTY]


def test_canonical_is_the_original_where_there_is_one(nasty: Path) -> None:
    def canonical(path: str) -> list[str]:
        page = lxml.html.fromstring((nasty / path / "index.html").read_text("utf-8"))
        found: list[str] = page.xpath("//link[@rel='canonical']/@href")
        return found

    assert canonical("article/2026-03-01-kapal-jepang-bersandar") == [
        "https://warta-timur.example/kapal"
    ]
    assert canonical("article/nasty") == ["https://dwiwarta.example/article/nasty/"]


def test_no_page_asks_another_host_for_anything(nasty: Path) -> None:
    loads = re.compile(r"""url\(\s*['"]?(?:https?:)?//""")
    for path in nasty.rglob("*.html"):
        page = lxml.html.parse(str(path)).getroot()
        wanted = page.xpath(
            "//script/@src | //img/@src | //iframe/@src | //form/@action"
            " | //link[@rel!='canonical']/@href"
        )
        assert wanted
        assert not [link for link in wanted if re.match(r"(?:[a-z]+:)?//", link)], path
    styles = list((nasty / "assets").glob("*.css"))
    assert styles
    for path in styles:
        assert not loads.search(path.read_text("utf-8")), path


def test_links_work_below_any_folder_and_lead_somewhere(nasty: Path) -> None:
    for path in nasty.rglob("*.html"):
        page = lxml.html.parse(str(path)).getroot()
        if path.name == "404.html":
            continue
        for link in page.xpath("//a/@href | //link/@href | //script/@src | //form/@action"):
            if "://" in link or link.startswith("#"):
                continue
            assert not link.startswith("/"), (path, link)
            target = (path.parent / link.partition("#")[0].partition("?")[0]).resolve()
            if target.is_dir():
                target /= "index.html"
            assert target.exists(), (path, link)


@pytest.mark.parametrize("below", ["/", "/some/where/"])
def test_a_missing_page_at_any_depth_leads_on(tmp_path: Path, below: str) -> None:
    project = project_at(tmp_path, factory.sample_entries())
    settings = (tmp_path / "mkdocs.yml").read_text("utf-8")
    address = f"https://reader.example{below}"
    settings = settings.replace("https://dwiwarta.example/", address)
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    make_site(load_project(tmp_path), ProblemLog())
    page = lxml.html.parse(str(project.site_dir / "404.html")).getroot()
    onward = page.xpath("//*[@id='dw-main']//a/@href")
    assert {f"{below}{path}" for path in ("search/", "country/", "topic/")} < set(onward)
    for link in page.xpath("//a/@href | //link/@href | //script/@src | //form/@action"):
        if link.startswith("#"):
            continue
        # Nothing may depend on the depth of the address that is missing.
        assert link.startswith((below, address)), link
        path = link.removeprefix(address).removeprefix(below).partition("#")[0].partition("?")[0]
        target = project.site_dir / path
        assert (target / "index.html" if target.is_dir() else target).exists(), link


def test_every_page_leads_to_the_figures_of_its_english(nasty: Path) -> None:
    for path in nasty.rglob("*.html"):
        page = lxml.html.parse(str(path)).getroot()
        (link,) = page.xpath("//footer//a[contains(., 'checked')]/@href")
        # The links of 404.html are absolute; it has a test of its own.
        led = nasty / link[1:] if path.name == "404.html" else path.parent / link
        assert led.resolve() == nasty / "quality", path


def test_the_sitemap_lists_only_what_may_be_indexed(nasty: Path) -> None:
    urls = [e.text for e in ET.parse(nasty / "sitemap.xml").iter() if e.tag.endswith("loc")]
    written = {name.removesuffix(".md").removesuffix("index").rstrip("/") for name in WRITTEN}
    assert set(urls) == {f"https://dwiwarta.example/{name}/" for name in written}


def test_written_pages_lead_up_and_on_and_to_their_shelf(nasty: Path) -> None:
    page = lxml.html.fromstring((nasty / "editors/adding-articles/index.html").read_text("utf-8"))
    up = "//nav[@aria-label='Breadcrumb']"
    assert page.xpath(f"{up}//a/@href") == ["../../help/", "../"]
    assert page.xpath(f"string({up}//*[@aria-current='page'])") == "editors/adding-articles.md"
    on = "//nav[@class='dw-way-on']"
    assert page.xpath(f"{on}//a[@rel='prev']/@href") == ["../own-content/"]
    assert page.xpath(f"{on}//a[@rel='next']/@href") == ["../bringing-in/"]
    shelf = [name for name in WRITTEN if name.startswith("editors/")]
    links = page.xpath(f"{on}/p[@class='dw-way-on__shelf']/*[self::a or self::span]")
    assert len(links) == len(shelf)
    tabs = page.xpath("//nav[@aria-label='Sections']//a[@aria-current]/@href")
    assert tabs == ["../../help/"]


def test_every_written_page_below_help_can_be_walked_to(nasty: Path) -> None:
    here, walked = "help/", []
    while here:
        walked.append(here)
        page = lxml.html.fromstring((nasty / here / "index.html").read_text("utf-8"))
        on = page.xpath("//nav[@class='dw-way-on']//a[@rel='next']/@href")
        here = posixpath.normpath(posixpath.join(here, on[0])) + "/" if on else ""
    below = {
        name
        for name in WRITTEN
        # The masthead of an Indonesian interface leads to the Indonesian ones.
        if name not in ("about.md", "search.md") and not name.startswith("id/")
    }
    assert set(walked) == {name.removesuffix(".md").removesuffix("/index") + "/" for name in below}
    assert len(walked) == len(below)


def test_only_what_is_below_help_has_a_way_on(nasty: Path) -> None:
    for name in ("about", "search", "country", "."):
        assert "dw-way" not in (nasty / name / "index.html").read_text("utf-8"), name


def test_no_part_of_the_theme_is_published(nasty: Path) -> None:
    assert not (nasty / "partials").exists()


def test_articles_are_in_no_navigation(nasty: Path) -> None:
    about = lxml.html.fromstring((nasty / "about/index.html").read_text("utf-8"))
    assert not about.xpath("//a[contains(@href, 'article/')]")
    assert about.xpath("//nav[@aria-label='Sections']//a/@href") == [
        "..",
        "../country/",
        "../topic/",
        "./",
        "../help/",
        "../mine/",
    ]


def test_a_theme_in_another_folder_is_followed(tmp_path: Path) -> None:
    """What decides about the site is the folder that ``custom_dir`` names."""
    project_at(tmp_path, factory.sample_entries())
    (tmp_path / "overrides").rename(tmp_path / "mine")
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("overrides", "mine"), "utf-8")
    main = tmp_path / "mine" / "main.html"
    text = main.read_text("utf-8")
    for word in ("pertama", "kedua"):
        main.write_text(
            text.replace("{% block footer %}", f"{{% block footer %}}<p>{word}"), "utf-8"
        )
        make_site(load_project(tmp_path), ProblemLog())
        assert f"<p>{word}" in (tmp_path / "site" / "index.html").read_text("utf-8")
