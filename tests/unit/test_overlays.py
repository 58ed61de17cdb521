"""A site's own ``knowledge/`` adds to the program's, overrides it and switches entries off."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from dwiwarta.clean import load_rules
from dwiwarta.cli import cli
from dwiwarta.errors import SettingsError
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
from dwiwarta.pipeline.code import article_code, page_code
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import load_project
from dwiwarta.starter import content_files
from dwiwarta.tag import load_tagger
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


BAD = {
    "unknown file": ("glosary.yml", "terms: []\n", "1: the program has no file of this name"),
    "unknown key": ("topics.yml", f"topics:\n  {SPORT}:\n    section: [C]\n", "3: .*unknown key"),
    "no such country": ("countries.yml", "countries:\n  NL: {}\n  QQ: {}\n", "3: .*'QQ'"),
    "no such topic": ("topics.yml", "topics:\n  medtop:99000000: {en: X}\n", "2: "),
    "no topic of terms": ("topic_terms.yml", "terms:\n  sport:\n    1: [x]\n", "2: "),
    "without is a list": ("bodies.yml", "without: G7\n", "1: without: should be a list"),
    "broken": ("topics.yml", "topics: [\n", "2: broken YAML"),
    "twice": ("glossary.yml", "terms:\n  - {source: [A], target: [B]}\n"
              "  - {source: [A], target: [C]}\n", "3: .*first on line 2"),
    "not its examples": ("boilerplate.yml", PATTERN.replace("kami di", "kita di"), "2: .*not find"),
    "not what it spares": (
        "boilerplate.yml", PATTERN.replace("[Ia menulis", "[Langganan surat kami"), "2: .*spare"
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
