"""A site's own ``knowledge/`` adds to the program's, overrides it and switches entries off."""

import gc
import json
import re
import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from dwiwarta.clean import load_rules
from dwiwarta.clean.segments import segment
from dwiwarta.cli import cli
from dwiwarta.errors import SettingsError
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.knowledge.overlays import (
    OVERLAYS,
    Overlays,
    laid,
    lay,
    overlay_digests,
    use_overlays,
)
from dwiwarta.knowledge.taxonomy import bodies, countries, countries_called, topic_name, topics
from dwiwarta.pipeline import build
from dwiwarta.pipeline.code import article_code, page_code, story_code
from dwiwarta.problems import ProblemLog
from dwiwarta.search.schema import SearchWords, search_words
from dwiwarta.search.words import forms_of, passed_over, rules, stem
from dwiwarta.settings import load_project
from dwiwarta.starter import content_files
from dwiwarta.tag import load_tagger
from dwiwarta.translate.gate import check_answer, load_gate_rules
from dwiwarta.translate.gate.rules import own_refusals
from dwiwarta.words import load_lexicon, own_file_of
from dwiwarta.words.english import english_key, is_empty, matching_rules
from dwiwarta.words.newspaper import load_newspaper, unfolding
from dwiwarta.yamlfile import load_yaml
from project_rig import make_project

SPORT = "medtop:15000000"
PATTERN = """general:
  - id: our-letter
    action: line
    pattern: '^Langganan surat kami'
    matches: [Langganan surat kami di sini]
    spares: [Ia menulis surat kepada kami.]
"""


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    yield
    lay(Overlays())


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    return folder


def say(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")
    use_overlays(folder)


def said_and_loaded(folder: Path, name: str, text: str) -> None:
    say(folder, name, text)
    load_all()


def load_all() -> None:
    countries(), topics(), bodies(), load_glossary(), load_rules(), load_tagger()
    search_words(), load_gate_rules(), load_lexicon(), load_newspaper(), matching_rules()


def test_a_term_is_added_overridden_and_switched_off(own: Path) -> None:
    before = {term.name: term for term in load_glossary().terms}
    assert {"KPK", "AS", "Korut"} <= before.keys()
    say(own, "glossary.yml", "terms:\n  - {source: [Balai Warga], target: [Village Hall]}\n"
        "  - {source: [KPK], target: [the Commission]}\n"
        "without: [Korut, Amerika Serikat]\n")  # fmt: skip
    after = {term.name: term for term in load_glossary().terms}
    assert after["Balai Warga"].target == ("Village Hall",)
    assert after["KPK"].target == ("the Commission",)
    assert "Korut" not in after
    assert after["AS"].source == ("AS",), "of a term one form may be off"
    assert after.keys() - {"Balai Warga"} == before.keys() - {"Korut"}


def test_set_words_of_newspapers(own: Path) -> None:
    say(own, "newspaper.yml", "terms:\n  - {forms: [pihaknya, kadin], en: ours, id: kami}\n"
        "currencies: {NOK: {en: Norwegian kroner, id: krona}}\nspeech: {forms: [celetuk]}\n"
        "without: [yang bersangkutan, juta, ujar]\n")  # fmt: skip
    told = {text: [one.text for one in unfolding().unfold(text)] for text in (
        *("pihaknya", "yang bersangkutan", "NOK 5", "2 juta", "3 ribu"),
        *("“Ya,” celetuk Ani", "“Ya,” ujar Ani"),
    )}  # fmt: skip
    assert told == {
        "pihaknya": ["ours"],
        "yang bersangkutan": [],
        "NOK 5": ["5 Norwegian kroner"],
        "2 juta": [],
        "3 ribu": ["3 thousand (3,000)"],
        "“Ya,” celetuk Ani": ["said"],
        "“Ya,” ujar Ani": [],
    }
    assert own_file_of(form="kadin") == own_file_of(form="NOK") == "knowledge/newspaper.yml"
    assert own_file_of(form="ribu") == own_file_of(root="kadin") == ""


def test_words_that_are_matched_with_english(own: Path) -> None:
    assert english_key("wended") != english_key("wonded")
    say(own, "alignment.yml", "irregular: {wend: [wonded], go: [goeth]}\nempty: hereby\n"
        "loose: daripada\nwithout: [went]\n")  # fmt: skip
    assert english_key("wonded") == english_key("wend")
    assert english_key("goeth") == english_key("gone") == english_key("go") != english_key("went")
    assert is_empty("hereby")
    assert is_empty("the")
    assert "daripada" in matching_rules().loose_words
    lay(Overlays())
    assert english_key("went") == english_key("go")
    assert not is_empty("hereby")


def test_words_of_countries(own: Path) -> None:
    assert "Tirana" in countries().countries["AL"].metonyms
    say(own, "countries.yml", "countries:\n  NL: {names: [Negeri Kincir], places: [Kabul]}\n"
        "without: [Tirana, AG]\n")  # fmt: skip
    known = countries().countries
    assert countries_called("Negeri Kincir") == ("NL",)
    assert "Kabul" in known["NL"].places
    assert "Kabul" not in known["AF"].metonyms, "a word stands for one country"
    assert "Tirana" not in known["AL"].metonyms
    assert "AG" not in known


def test_conditions_traps_and_bodies(own: Path) -> None:
    say(own, "country_rules.yml", "traps: {ours: [Taman Belanda]}\nwithout: [Laut Jepang]\n")
    say(
        own,
        "bodies.yml",
        "bodies:\n  PIF: {en: Forum, id: Forum, names: [PIF]}\nwithout: [G7, Nato]\n",
    )
    known = bodies().bodies
    assert known["PIF"].names == ("PIF",)
    assert "G7" not in known
    assert "Nato" not in known["NATO"].names
    load_tagger()


def test_topics_and_their_words(own: Path) -> None:
    assert "bola" in topics().topics[SPORT].sections
    say(
        own,
        "topics.yml",
        f"topics:\n  {SPORT}: {{en: Sports, sections: [bola kita]}}\nwithout: [bola]\n",
    )
    assert topic_name(SPORT, "en") == "Sports"
    assert "bola kita" in topics().topics[SPORT].sections
    assert "bola" not in topics().topics[SPORT].sections
    say(
        own,
        "topic_terms.yml",
        f"terms:\n  {SPORT}:\n    1.5: [liga kampung]\nwithout: [karakter]\n",
    )
    load_tagger()


def test_patterns_and_outlets(own: Path) -> None:
    names = {one.name for one in load_rules().general}
    assert "general/read-also" in names
    more = "outlets:\n  - {id: kampung, name: Kabar Kampung, hosts: [kampung.example]}\n"
    say(own, "boilerplate.yml", PATTERN + more + "without: [general/read-also]\n")
    rules = load_rules()
    after = {one.name for one in rules.general}
    assert after == names - {"general/read-also"} | {"general/our-letter"}
    assert "kampung" in {outlet.rule.id for outlet in rules.outlets}


def test_words_of_the_search(own: Path) -> None:
    assert stem("jogja", "id") == stem("yogya", "id") == "yogyakarta"
    assert stem("kebaharian", "id") == "kebaharian"
    assert stem("moscow", "en") == stem("moskwa", "id")
    say(own, "search.yml", "spellings:\n  - mataram yogya\n  - balikpapan bppn\n"
        "indonesian: {roots: bahari}\npassed_over: yakni\ncurrencies: myr\n"
        "letters: {tj: c, sj: sy}\nwithout: [moscow, juga, oe]\n")  # fmt: skip
    assert stem("mataram", "id") == stem("jogja", "id") == "yogyakarta"
    assert stem("bppn", "id") == stem("balikpapan", "en")
    assert stem("kebaharian", "id") == "bahari"
    assert stem("moscow", "en") != stem("moskwa", "id") == stem("moskow", "id")
    assert "yakni" in passed_over()
    assert "juga" not in passed_over()
    assert list(forms_of("myr600 Rp600")) == ["myr", "600", "rp", "600"]
    assert stem("sjarat", "id") == "syarat"
    assert stem("soekarno", "id") == "soekarno", "of letters one may be off"
    published = rules()
    assert "yogyakarta jogjakarta jogja yogya mataram" in published["spellings"]
    assert published["indonesian"]["endings"] == program_search()["indonesian"]["endings"]


def program_search() -> dict[str, Any]:
    path = KNOWLEDGE_DIR / "search.yml"
    found: dict[str, Any] = load_yaml(path, SearchWords).model_dump(mode="json")
    return found


def test_what_the_gate_knows(own: Path) -> None:
    glossary = load_glossary()

    def judged(source: str, answer: str) -> str | None:
        return check_answer(source, answer, glossary)

    said = "Warga desa itu memperbaiki jalan bersama-sama sejak pagi hari."
    ours = "The residents of that village: our test server is asleep."
    page = "Error 500 (Server Error)!!1 That's an error."
    lorosae = "Tim dari Bumi Lorosae menang atas Laos di kandang sendiri kemarin sore."
    timor = "A team from East Timor won against Vietnam at home yesterday afternoon."
    assert "our server" not in (judged(said, ours) or "")
    assert judged(said, page) == "the answer is Google's error page"
    assert judged(lorosae, timor) == "a country differs: Laos became East Timor"
    before = load_gate_rules().gate
    say(
        own,
        "gate.yml",
        "refusals:\n  - {pattern: our test server, says: a note of our server}\n"
        "countries:\n  indonesian: {TL: [Bumi Lorosae]}\n  unclear: [VN]\n"
        "echo_words: 7\nbroken_off: {words: [amongst]}\n"
        "length:\n  - {from_characters: 0, least: 0.01, most: 90}\n"
        "compass: {short: {jateng: [north, java]}}\n"
        "without: [Google's error page, an error page, an HTTP error]\n",
    )
    assert judged(said, ours) == "the answer is a note of our server"
    assert "error" not in (judged(said, page) or "")
    assert judged(lorosae, timor) is None
    after = load_gate_rules().gate
    assert after.echo_words == 7
    assert after.broken_off.share == before.broken_off.share
    assert after.broken_off.words == before.broken_off.words | {"amongst"}
    assert after.bounds_for(5).most == 90
    assert len(after.length) == len(before.length)
    assert after.compass.short == {**before.compass.short, "jateng": ("north", "java")}
    assert after.countries.indonesian["US"] == before.countries.indonesian["US"]
    assert own_refusals() == {"the answer is a note of our server": "knowledge/gate.yml"}


def test_results_depend_on_the_gate_and_the_search_as_far_as_they_go_in(own: Path) -> None:
    article, story, page = article_code(), story_code(), page_code()
    say(own, "search.yml", "passed_over: yakni\n")
    assert (article_code(), story_code()) == (article, story), "no article is read again"
    assert page_code() != page
    (own / "search.yml").unlink()
    say(own, "gate.yml", "echo_words: 7\n")
    assert article_code() == article
    assert story_code() != story


BAD = {
    "unknown file": ("glosary.yml", "terms: []\n", "1: the program has no file of this name"),
    "unknown key": ("topics.yml", f"topics:\n  {SPORT}:\n    section: [C]\n", "3: .*unknown key"),
    "no such country": ("countries.yml", "countries:\n  NL: {}\n  QQ: {}\n", "3: .*'QQ'"),
    "no such topic": ("topics.yml", "topics:\n  medtop:99000000: {en: X}\n", "2: "),
    "no topic of terms": ("topic_terms.yml", "terms:\n  sport:\n    1: [x]\n", "2: "),
    "weight of no number": ("topic_terms.yml", f"terms:\n  {SPORT}:\n    .nan: [x]\n", "[23]: "),
    "no trap": ("country_rules.yml", "traps:\n  ours:\n    - a\n    - '  '\n", "4: traps.ours.1"),
    "no word": ("country_rules.yml", "conditions:\n  '': {own: true}\n", "2: conditions"),
    "without is a list": ("bodies.yml", "without: G7\n", "1: without: should be a list"),
    "no name": ("countries.yml", "countries:\n  JP:\n    names: [Nippon, ' ']\n", "3: .*names.1"),
    "no body": ("bodies.yml", "bodies:\n  G7: {en: G7, id: G7, names: [G7, '']}\n", "2: .*names.1"),
    "no term": ("glossary.yml", "terms:\n  - {source: [A, ''], target: [B]}\n", "2: .*source.1"),
    "no form": ("newspaper.yml", "terms:\n  - {forms: [a, ' '], en: x, id: y}\n", "2: .*forms.1"),
    "no currency": ("newspaper.yml", "currencies:\n  '': {en: x, id: y}\n", "2: currencies"),
    "two meanings": ("newspaper.yml", "terms:\n  - {forms: [a], en: x, id: y}\n"
                     "  - {forms: [a], en: x, id: z}\n", "3: .*first on line 2"),
    "forms are lists": ("alignment.yml", "irregular:\n  go: went\n", "2: irregular.*list"),
    "broken": ("topics.yml", "topics: [\n", "2: broken YAML"),
    "twice": ("glossary.yml", "terms:\n  - {source: [A], target: [B]}\n"
              "  - {source: [A], target: [C]}\n", "3: .*first on line 2"),
    "not its examples": ("boilerplate.yml", PATTERN.replace("kami di", "kita di"), "2: .*not find"),
    "not what it spares": (
        "boilerplate.yml", PATTERN.replace("[Ia menulis", "[Langganan surat kami"), "2: .*spare"
    ),
    "search, unknown key": ("search.yml", "roots: x\n", "1: roots: unknown key"),
    "search, one word": ("search.yml", "spellings:\n  - a b\n  - jogja\n", "3: .*two or more"),
    "search, capitals": ("search.yml", "passed_over: Yakni\n", "1: .*small letters"),
    "gate, below": ("gate.yml", "broken_off:\n  share: 2\n", "2: broken_off.share: "),
    "gate, no pattern": (
        "gate.yml", "refusals:\n  - {pattern: '(', says: x}\n", "2: .*no regular expression"
    ),
    "gate, slow": (
        "gate.yml", "refusals:\n  - {pattern: ok, says: x}\n  - {pattern: '(a+)+', says: x}\n",
        "3: .*very long",
    ),
    "gate, slow deed": (
        "gate.yml", "deeds:\n  - {original: menegur, answer: '(a+)+'}\n", "2: .*very long",
    ),
    "gate, slow negation": (
        "gate.yml", "negations:\n  english: ['(a+)+']\n", "1: .*very long",
    ),
    "slow pattern": ("boilerplate.yml", PATTERN.replace("^Langganan surat kami",
                     "^(L+)+$"), "4: .*may take very long"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_fault_is_one_line(own: Path, case: str) -> None:
    name, text, said = BAD[case]
    with pytest.raises(SettingsError) as caught:
        said_and_loaded(own, name, text)
    line = str(caught.value)
    assert "\n" not in line
    assert re.match(rf"{re.escape(str(own / name))}:{said}", line), line


@pytest.mark.parametrize("name", ["search.yml", "gate.yml", "newspaper.yml"])
def test_a_fault_stops_the_build_before_anything_is_changed(tmp_path: Path, name: str) -> None:
    project = make_project(tmp_path, with_pages=False)
    project.articles_dir.mkdir()
    for article, text in NEWS.items():
        (project.articles_dir / article).write_text(text, "utf-8")
    run = CliRunner()
    command = ["build", "--docs-only", "--engines", "none", "--root", str(tmp_path)]
    assert run.invoke(cli, command).exit_code == 0
    (project.articles_dir / "c.txt").write_text(NEWS["a.txt"] + "Ditambah satu kalimat.\n", "utf-8")
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / name).write_text("# x\nunknwon: 1\n", "utf-8")

    def files() -> dict[str, bytes]:
        of = [*(tmp_path / "docs").rglob("*"), *project.articles_dir.iterdir()]
        return {str(path): path.read_bytes() for path in of if path.is_file()}

    before = files()
    said = run.invoke(cli, command)
    assert said.exit_code == 1
    assert f"knowledge/{name}:2: unknwon: unknown key" in str(said.exception)
    assert files() == before
    found = run.invoke(cli, ["doctor", "--root", str(tmp_path)])
    assert f"knowledge/{name}:2: unknwon: unknown key" in found.output


def test_nothing_is_read_through_a_link(own: Path, tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text("without: [KPK]\n", "utf-8")
    (own / "glossary.yml").symlink_to(tmp_path / "other.yml")
    with pytest.raises(SettingsError, match=r"glossary\.yml:1: is a link"):
        use_overlays(own)
    (tmp_path / "linked").symlink_to(own)
    with pytest.raises(SettingsError, match="linked:1: is a link"):
        use_overlays(tmp_path / "linked")


def test_the_first_overlays_are_empty_and_their_examples_valid(own: Path) -> None:
    first = {name: path for name, path in content_files().items() if name.startswith("knowledge/")}
    assert {name.partition("/")[2] for name in first} == set(OVERLAYS)
    for name, path in first.items():
        text = path.read_text("utf-8")
        assert yaml.safe_load(text) is None
        example = text[text.index("#\n") + 2 :]
        say(own, name.partition("/")[2], re.sub(r"^# ", "", example, flags=re.MULTILINE))
    load_all()
    assert set(overlay_digests()) == set(OVERLAYS)


def test_results_are_kept_under_what_the_site_knows(own: Path) -> None:
    article, page = article_code(), page_code()
    say(own, "glossary.yml", "without: [KPK]\n")
    assert article_code() == article, "no article is read again for a term"
    assert page_code() != page
    say(own, "boilerplate.yml", PATTERN)
    assert article_code() != article
    lay(Overlays())
    assert (article_code(), page_code()) == (article, page)


NEWS = {
    "a.txt": "Pasar Baru Dibuka di Palu\n\nWarga menyambut pasar baru itu dengan gembira.\n\n"
    "Langganan surat kami di sini\n\nPasar itu buka setiap hari sejak pagi.\n",
    "b.txt": "Jembatan Lama Diperbaiki\n\nTukang batu memperbaiki jembatan lama itu tiga bulan.\n",
}


def test_a_changed_overlay_rebuilds_what_it_touches(tmp_path: Path) -> None:
    project = make_project(tmp_path, with_pages=False)
    project.articles_dir.mkdir()
    for name, text in NEWS.items():
        (project.articles_dir / name).write_text(text, "utf-8")

    def built() -> dict[str, tuple[int, str]]:
        build(load_project(tmp_path), ProblemLog(), lambda _: None, engines=(), with_site=False)
        pages = (tmp_path / "docs" / "article").rglob("*.md")
        return {
            path.parent.name: (path.stat().st_mtime_ns, path.read_text("utf-8")) for path in pages
        }

    before = built()
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "boilerplate.yml").write_text(PATTERN, "utf-8")
    after = built()
    assert {name for name in before if before[name] != after[name]} == {"pasar-baru-dibuka-di-palu"}
    assert "Langganan surat" not in after["pasar-baru-dibuka-di-palu"][1].partition("<details")[0]
    (tmp_path / "knowledge" / "boilerplate.yml").unlink()
    again = built()
    assert {name: text for name, (_, text) in again.items()} == {
        name: text for name, (_, text) in before.items()
    }
    assert laid().texts == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("glossary.yml", "terms:\n  - {source: [Warga], target: [Wargan]}\n"),
        ("alignment.yml", "irregular:\n  weave: [wove, woven]\n"),
    ],
)
def test_what_a_page_says_of_words_follows_each_overlay(
    tmp_path: Path, name: str, text: str
) -> None:
    project = make_project(tmp_path, with_pages=False)
    project.articles_dir.mkdir()
    words = "Warga pulang. Kain itu ditenun di rumah, dan nelayan melaut lagi.\n"
    (project.articles_dir / "a.txt").write_text(f"Kain Ditenun\n\n{words}", "utf-8")

    def built() -> str:
        build(load_project(tmp_path), ProblemLog(), lambda _: None, engines=(), with_site=False)
        [page] = (tmp_path / "docs" / "article").rglob("*.md")
        return page.read_text("utf-8")

    before = built()
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / name).write_text(text, "utf-8")
    after = built()
    shutil.rmtree(tmp_path / "docs" / "article")
    shutil.rmtree(tmp_path / ".cache")
    assert built() == after
    assert after != before


def test_inspect_says_from_which_file_a_rule_came(own: Path, tmp_path: Path) -> None:
    (own / "boilerplate.yml").write_text(PATTERN, "utf-8")
    (own / "countries.yml").write_text("countries:\n  NL: {names: [Negeri Kincir]}\n", "utf-8")
    text = NEWS["a.txt"] + "\nPemerintah Negeri Kincir memuji pasar itu.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    command = ["inspect", "--explain", "--root", str(tmp_path), str(tmp_path / "a.txt")]
    said = CliRunner().invoke(cli, command)
    assert said.exit_code == 0, said.output
    assert "general/our-letter (knowledge/boilerplate.yml): Langganan" in said.output
    assert "Negeri Kincir x" in said.output
    assert "(knowledge/countries.yml)" in said.output


OUTLET = """outlets:
  - id: kampung
    name: Kabar Kampung
    hosts: [kampung.example]
    patterns:
      - id: our-foot
        action: line
        pattern: '^Dari meja redaksi kampung'
        matches: [Dari meja redaksi kampung untuk Anda]
        spares: [Ia duduk di meja redaksi kampung.]
"""


@pytest.mark.parametrize(
    ("name", "front"),
    [
        ("a.md", "outlet: kampung\n"),
        ("a.md", "outlet: Kabar Kampung\n"),
        ("a.md", "source_url: https://www.kampung.example/2026/pasar\n"),
        ("kampung/a.md", ""),  # by the folder's defaults
    ],
)
def test_an_outlet_of_the_site_is_known_to_an_article(
    own: Path, tmp_path: Path, name: str, front: str
) -> None:
    (own / "boilerplate.yml").write_text(OUTLET, "utf-8")
    path = tmp_path / "articles" / name
    path.parent.mkdir(parents=True)
    if not front:
        (path.parent / "_defaults.yml").write_text("outlet: kampung\n", "utf-8")
    text = NEWS["a.txt"].replace("Langganan surat kami di sini", "Dari meja redaksi kampung kami")
    title, _, body = text.partition("\n")
    path.write_text(f"---\ntitle: {title}\n{front}---\n{body}", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: X\n", "utf-8")
    run = CliRunner()
    command = ["inspect", "--explain", "--root", str(tmp_path), str(path)]
    said = run.invoke(cli, command).output
    assert "outlet: kampung (knowledge/boilerplate.yml)" in said
    assert "kampung/our-foot (knowledge/boilerplate.yml): Dari meja redaksi" in said
    assert "no outlet" not in said
    record = json.loads(run.invoke(cli, [*command, "--json"]).stdout)["articles"][0]
    assert record["explain"]["outlet_file"] == "knowledge/boilerplate.yml"
    assert run.invoke(cli, ["build", "--docs-only", "--strict", "--engines", "none", "--root",
                            str(tmp_path)]).exit_code == 0  # fmt: skip
    (page,) = (tmp_path / "docs" / "article").glob("*/index.md")
    assert "Dari meja redaksi" not in page.read_text("utf-8")
    (own / "boilerplate.yml").write_text("without: [general/read-also]\n", "utf-8")
    assert "(knowledge/boilerplate.yml)" not in run.invoke(cli, command).output


def test_review_names_the_file_of_a_refusal(own: Path, tmp_path: Path) -> None:
    project = make_project(tmp_path, with_pages=False)
    project.articles_dir.mkdir()
    (project.articles_dir / "b.txt").write_text(NEWS["b.txt"], "utf-8")
    run = CliRunner()
    build = ["build", "--docs-only", "--engines", "fake", "--root", str(tmp_path)]
    assert run.invoke(cli, build).exit_code == 0
    memory = (project.articles_dir / "b.txt.po").read_text("utf-8")
    word = re.findall(r'msgstr "(.+)"', memory)[-1].split()[0]
    (own / "gate.yml").write_text(
        f"refusals:\n  - {{pattern: '{re.escape(word)}', says: ours}}\n", "utf-8"
    )
    said = run.invoke(cli, ["review", "--kind", "gate", "--root", str(tmp_path)]).output
    assert "the answer is ours (knowledge/gate.yml)" in said


def test_what_was_loaded_for_other_overlays_is_let_go(tmp_path: Path) -> None:
    """A process that serves or tests for hours lays overlays again and again."""
    words = load_rules().lexicon
    segment("dilansirdetikNewsdari", words)
    held = weakref.ref(words)
    del words
    lay(Overlays(tmp_path, {}))
    gc.collect()
    assert held() is None


def test_what_was_read_stays_from_one_site_without_overlays_to_the_next(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    use_overlays(tmp_path / "one")
    read = load_lexicon()
    use_overlays(tmp_path / "two")
    assert load_lexicon() is read
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "lexicon.yml").write_text("without: [makan]\n", "utf-8")
    use_overlays(tmp_path / "two")
    assert load_lexicon() is not read
