"""What readers see: the catalogues, the Indonesian interface, and what makes a site one's own."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from test_stamping import contents, corpus, plain

import catalogue
import factory
from dwiwarta import colours, interface
from dwiwarta.errors import SettingsError, SiteError
from dwiwarta.interface import gettext, ngettext, speaking
from dwiwarta.knowledge.glossary import Explanation, load_glossary
from dwiwarta.model import Entry
from dwiwarta.pipeline.theme import PLACE, write_theme
from dwiwarta.problems import ProblemLog
from dwiwarta.quality import measure_quality
from dwiwarta.render import render_pages
from dwiwarta.render.markup import segment_html
from dwiwarta.settings import PROJECT_ROOT, Project, load_project
from dwiwarta.site import MADE_HERE, make_site, write_docs, written_pages
from project_rig import make_project

PLACEHOLDER = re.compile(r"%\(\w+\)s|%")
# Words that no Indonesian text has.
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|with|not|by|from|this|to|an|for|about|its|more|search|articles?|home|help"
    r"|topics?|countr(y|ies)|title|next|previous|skip|contents|english|quality|checked|edited"
    r"|machine|draft|missing|page|newest|older|months?|source|sample|colours?|switch)\b",
    re.IGNORECASE,
)
TITLES = "//span[contains(concat(' ', @class, ' '), ' dw-item__en ')]"
BRIN = "Badan Riset dan Inovasi Nasional, the National Research and Innovation Agency"
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "label")


def own_site(root: Path, settings: str, entries: list[Entry]) -> Project:
    """A project with these settings, built."""
    make_project(root)
    (root / "dwiwarta.yml").write_text(settings, "utf-8")
    project = load_project(root)
    write_theme(project)
    quality = measure_quality(entries, ())
    write_docs(render_pages(entries, project, None, quality, written_pages(project)), project)
    problems = ProblemLog()
    make_site(project, problems)
    assert problems.lines() == []
    return project


@pytest.fixture(scope="module")
def indonesian(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return own_site(tmp_path_factory.mktemp("id"), "site: {language: id, page_size: 3}", corpus(30))


@pytest.mark.parametrize("settings", ["", "site: {name: Kabar}"])
def test_what_a_person_wrote_there_is_not_lost(tmp_path: Path, settings: str) -> None:
    make_project(tmp_path)
    (tmp_path / "dwiwarta.yml").write_text(settings, "utf-8")
    (tmp_path / PLACE).write_text("<p>Mine</p>", "utf-8")
    with pytest.raises(SiteError, match=r"own\.html:1: the build writes this file"):
        write_theme(load_project(tmp_path))
    assert (tmp_path / PLACE).read_text("utf-8") == "<p>Mine</p>"
    (tmp_path / PLACE).unlink()
    write_theme(load_project(tmp_path))
    write_theme(load_project(tmp_path))  # over its own
    assert (tmp_path / PLACE).exists() == bool(settings)


@pytest.mark.parametrize("language", interface.LANGUAGES)
def test_catalogues_hold_what_is_said_and_nothing_else(language: str) -> None:
    now = (catalogue.LOCALE / f"{language}.po").read_bytes()
    assert catalogue.text(catalogue.catalogue(language)) == now, "tests/support/catalogue.py"


@pytest.mark.parametrize("language", interface.LANGUAGES)
def test_every_message_is_translated_whole(language: str) -> None:
    for message in catalogue.read(language):
        if not message.id:
            continue
        said = [message.string] if isinstance(message.string, str) else list(message.string)
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        assert all(said), message.id
        assert not message.fuzzy
        # What is in a message may be left out of no form of it, and none may hold HTML.
        wanted = set(PLACEHOLDER.findall(forms[-1]))
        assert all(set(PLACEHOLDER.findall(one)) <= wanted for one in said), message.id
        assert wanted <= set(PLACEHOLDER.findall(said[-1])), message.id
        assert not re.search("[<>&]", "".join(said)), message.id


def test_numbers_are_said_as_the_language_says_them() -> None:
    words = ("%(num)s article", "%(num)s articles")
    assert [ngettext(*words, n) for n in (1, 1234)] == ["1 article", "1,234 articles"]
    with speaking("id"):
        assert [ngettext(*words, n) for n in (1, 1234)] == ["1 berita", "1.234 berita"]
        assert gettext("Moved") == "Telah pindah"
    assert gettext("Moved") == "Moved"


def test_no_english_is_left_in_an_indonesian_interface(indonesian: Project) -> None:
    found = {
        f"{path.relative_to(indonesian.site_dir)}: {text}"
        for path in indonesian.site_dir.rglob("*.html")
        for text in said(path)
        if ENGLISH.search(text)
    }
    assert sorted(found) == []


def test_titles_and_excerpts_lead_in_the_language_of_the_interface(indonesian: Project) -> None:
    """Wherever another page leads to an article: in cards, lines and links to a neighbour."""
    pages = [path.read_bytes() for path in indonesian.site_dir.rglob("*.html")]
    leads = [lead for page in pages for lead in lxml.html.fromstring(page).xpath(TITLES)]
    assert len(leads) > 100
    assert {lead.get("lang") for lead in leads} == {"id"}
    beside = [one for lead in leads for one in lead.xpath("following-sibling::span")]
    assert beside
    assert all(one.get("lang").startswith("en") for one in beside)
    home = lxml.html.fromstring((indonesian.site_dir / "index.html").read_bytes())
    assert {one.get("lang") for one in home.xpath("//p[@class='dw-card__excerpt']")} == {"id"}


def test_the_search_that_is_kept_for_reading_offline_is_the_one_that_pages_lead_to(
    indonesian: Project,
) -> None:
    kept = json.loads((indonesian.site_dir / "offline/newest.json").read_text("utf-8"))
    assert [path for path, _ in kept if path.endswith("search/")] == ["id/search/"]
    home = lxml.html.fromstring((indonesian.site_dir / "index.html").read_bytes())
    assert {form.get("action") for form in home.xpath("//form[@role='search']")} == {"id/search/"}


def test_the_later_version_is_named_in_indonesian_too() -> None:
    later = factory.entry("baru", ("Judul baru", "New title"), when=date(2025, 1, 3))
    first = replace(factory.entry("lama", ("Judul", "Title"), when=date(2025, 1, 2)), later="baru")
    project = factory.project()
    site = project.settings.site.model_copy(update={"language": "id"})
    project = replace(project, settings=project.settings.model_copy(update={"site": site}))
    made = {page.path: page.render() for page in render_pages([first, later], project)}
    html = lxml.html.fromstring(made["article/lama/index.md"].decode().partition("\n---\n")[2])
    (link,) = html.xpath("//p[@class='dw-later']/a")
    assert link.text_content() == "Judul baru"


def test_terms_are_explained_in_the_language_of_the_interface() -> None:
    """Ours from the catalogue; what a site's own glossary says stands as it is written."""
    text = "Peneliti BRIN dan Sekolah Laut bertemu."
    at = text.index("BRIN")
    ours = Explanation(at, at + 4, BRIN)
    own = Explanation(text.index("Sekolah"), text.index(" bertemu"), "a school on a boat")
    segment = factory.segment(text, "Researchers met.")
    shown = {}
    for language in interface.LANGUAGES:
        with speaking(language):
            html, _ = segment_html(segment, [ours, own])
        shown[language] = lxml.html.fromstring(f"<p>{html}</p>").xpath("//abbr/@title")
    assert shown["en"] == [BRIN, "a school on a boat"]
    assert shown["id"] == ["Badan Riset dan Inovasi Nasional", "a school on a boat"]
    assert BRIN in {term.expansion for term in load_glossary().terms}


def said(path: Path) -> Iterator[str]:
    """The words of a page that are not marked as English, and no article's."""
    page = lxml.html.document_fromstring(path.read_bytes())
    assert page.get("lang") == "id"
    content = page.xpath("//*[@id='dw-main']")
    of_person = bool(content) and content[0].get("lang") == "en"  # a manual
    title = page.findtext(".//title") or ""
    if not of_person:
        yield title
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "code", "kbd"):
            continue
        inside = [element, *element.iterancestors()]
        language = next(lang for one in inside if (lang := one.get("lang")))
        if language != "id" or any("dw-pair__id" in (one.get("class") or "") for one in inside):
            continue
        if any((one.get("class") or "") == "dw-item__id" for one in inside):
            continue
        if element.tag in ("title", "bdi", "em", "head"):  # examples of words to search for
            continue
        yield from (value for name in ATTRIBUTES if (value := element.get(name)))
        yield from filter(None, [element.text, *(child.tail for child in element)])


def test_plain_mkdocs_makes_the_same_of_an_own_site(tmp_path: Path) -> None:
    settings = (
        "site:\n  language: id\n  name: 'Kabar <b> & {{ x }} {% raw %}'\n"
        '  motto: "\'Dua\' \\"b\\" 😀"\n'
        "  logo: assets/mine.svg\n  colours: {english: '#145c3a'}\n  front_text: '*Halo* <b>'\n"
    )
    root = tmp_path / "own"
    root.mkdir()
    make_project(root)
    shutil.copy(root / "docs/assets/logo.svg", root / "docs/assets/mine.svg")
    (root / "dwiwarta.yml").write_text(settings, "utf-8")
    project = load_project(root)
    write_theme(project)
    entries = corpus(12)
    quality = measure_quality(entries, ())
    write_docs(render_pages(entries, project, None, quality, written_pages(project)), project)
    make_site(project, ProblemLog())
    made = contents(project.site_dir)
    assert plain(project, tmp_path / "plain") == {k: v for k, v in made.items() if k[0] != "."}
    home = made["index.html"].decode()
    assert "Kabar &lt;b&gt; &amp; {{ x }} {% raw %}" in home
    assert "😀" in home
    assert "<em>Halo</em> &lt;b&gt;" in home
    assert home.count("assets/mine.svg") == 3  # icon, head and foot
    assert "--dw-en:light-dark(#145c3a," in home


def test_nothing_is_written_for_a_site_that_says_nothing(tmp_path: Path) -> None:
    project = make_project(tmp_path, with_pages=False)
    (tmp_path / PLACE).write_text(f"{{# {MADE_HERE} #}}", "utf-8")
    write_theme(project)
    assert not (tmp_path / PLACE).exists()


@pytest.mark.parametrize(
    ("settings", "line", "reason"),
    [
        ("site:\n  colours:\n    english: '#9cf'\n", 3, "contrast of 1.48:1"),
        ("site:\n  colours: {indonesian_dark: '#222'}\n", 2, "on the dark paper"),
        ("site:\n  colours: {english: blue}\n", 2, "no colour"),
        ("site:\n  language: de\n", 2, "'en' or 'id'"),
        (
            "site:\n  page_size: 5\n  logo: assets/none.svg\n",
            3,
            "no file docs/assets/none",
        ),
        ("site:\n  logo: ../../x.svg\n", 2, "no picture below docs/"),
        ("site:\n  front_text: none.md\n", 2, "there is no file none.md"),
        ("site:\n  front_text: ../out.md\n", 2, "there is no file ../out.md"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(
    tmp_path: Path, settings: str, line: int, reason: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: X\n", "utf-8")
    (tmp_path / "dwiwarta.yml").write_text(settings, "utf-8")
    with pytest.raises(SettingsError) as fault:
        load_project(tmp_path)
    assert str(fault.value).startswith(f"{tmp_path / 'dwiwarta.yml'}:{line}: site")
    assert reason in str(fault.value)


def test_colours_are_judged_on_the_papers_of_the_palette() -> None:
    palette = (PROJECT_ROOT / "docs/assets/palette.css").read_text("utf-8")
    papers = re.findall(r"--dw-(?:paper|sheet): light-dark\((#\w+), (#\w+)\)", palette)
    assert {
        "light": tuple(one for one, _ in papers),
        "dark": tuple(one for _, one in papers),
    } == colours.GROUNDS
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    for colour in ("#9c2328", "#1b566e", "#000000", "#0000ff"):
        assert colours.worst(colours.for_dark(colour), "dark") >= colours.LEAST


def test_a_page_is_made_again_where_it_shows_what_was_set(tmp_path: Path) -> None:
    project = make_project(tmp_path, with_pages=False)
    entries = [factory.entry("a", ("Judul", "Title"), when=date(2025, 1, 2))]

    def digests(settings: str) -> dict[str, str]:
        (tmp_path / "dwiwarta.yml").write_text(settings, "utf-8")
        return {one.path: one.digest for one in render_pages(entries, load_project(tmp_path))}

    assert project.site_name == "Dwiwarta"
    before, front = digests(""), digests("site: {front_text: Halo}")
    assert before["index.md"] != front["index.md"]
    assert digests("site: {language: id}")["article/a/index.md"] != before["article/a/index.md"]


def test_manuals_stay_out_and_nothing_leads_to_them(tmp_path: Path) -> None:
    root = tmp_path / "own"
    root.mkdir()
    make_project(root)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("exclude_docs: |\n  /editors/\n  /developers/\n")
    project = load_project(root)
    entries = corpus(3)
    quality = measure_quality(entries, ())
    write_docs(render_pages(entries, project, None, quality, written_pages(project)), project)
    problems = ProblemLog()
    count = make_site(project, problems)
    assert (problems.lines(), count.note) == ([], "")  # the shells do for these pages, too
    made = {name: data for name, data in contents(project.site_dir).items() if name[0] != "."}
    assert plain(project, tmp_path / "plain") == made
    assert not [name for name in made if name.startswith(("editors/", "developers/"))]
    assert not re.search(rb"/(editors|developers)/", made["sitemap.xml"])
    assert b"/readers/" in made["sitemap.xml"]
    for name, data in made.items():
        if name.endswith(".html"):
            assert not re.search(rb'href="[^"]*(editors|developers)/', data), name
