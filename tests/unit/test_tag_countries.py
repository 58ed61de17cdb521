"""Countries: every listed word means what its list says, traps hold, and about is told apart."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.knowledge import KNOWLEDGE_DIR, taxonomy
from dwiwarta.model import Article, Overrides, SourceRef, TitleOrigin
from dwiwarta.tag import Tagger, load_tagger
from dwiwarta.tag.mentions import MentionFinder, all_words
from dwiwarta.tag.references import enumerations, references
from dwiwarta.tag.schema import CountryRules
from dwiwarta.tag.tokens import _segment, segments_of, words_of
from dwiwarta.text import without_accents
from dwiwarta.yamlfile import load_yaml
from entries import cases, check_each, placed

RULES_FILE = KNOWLEDGE_DIR / "country_rules.yml"
RULES = load_yaml(RULES_FILE, CountryRules)
FINDER = MentionFinder(taxonomy.countries(), RULES)
CASES = Path(__file__).parents[1] / "cases" / "tag" / "about.yml"


def make_article(*paragraphs: str, title: str = "", **fields: Any) -> Article:
    fields = {"title_origin": TitleOrigin.FIRST_LINE, **fields}
    return Article(SourceRef("a.txt"), title, paragraphs=paragraphs, **fields)


def found(*paragraphs: str) -> set[str]:
    return {mention.code for mention in FINDER.find(segments_of(make_article(*paragraphs)))}


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger()


def test_examples_in_the_rules_give_what_they_say() -> None:
    def check(example: Any) -> None:
        assert found(example.text) == set(example.gives), example.text

    check_each(placed(RULES_FILE, ["examples"], RULES.examples), check)


def test_every_entry_is_a_country() -> None:
    unknown = [code for code in taxonomy.countries().countries if not taxonomy.is_country(code)]
    assert unknown == []
    assert len(taxonomy.countries().countries) == 199, "193 members of the UN and HK MO PS TW VA XK"


def test_every_country_stands_in_one_region() -> None:
    listed = [code for one in taxonomy.regions() for code in one.countries]
    assert set(taxonomy.countries().countries) <= set(listed)
    assert len(listed) == len(set(listed))
    assert all(taxonomy.is_country(code) for code in listed)


def test_no_word_stands_under_two_countries_or_is_a_trap_as_well() -> None:
    seen: dict[tuple[str, ...], str] = {}
    twice = []
    for code, entry in taxonomy.countries().countries.items():
        for text in (text for texts in entry.by_kind().values() for text in texts):
            other = seen.setdefault(tuple(words_of(text)), f"{code} {text}")
            if other != f"{code} {text}":
                twice.append(f"{other} / {code} {text}")
    traps = [text for group in RULES.traps.values() for text in group]
    twice += [f"trap {text}" for text in traps if tuple(words_of(text)) in seen]
    assert twice == []


def test_every_condition_and_every_name_left_out_is_about_a_word_that_is_listed() -> None:
    words = all_words(taxonomy.countries(), RULES)
    assert [key for key in RULES.by_word() if key not in words] == []
    for code, entry in taxonomy.countries().countries.items():
        cldr = {taxonomy.cldr_name(code, "id"), taxonomy.cldr_name(code, "en")}
        assert set(entry.no_cldr) <= cldr, code


def test_every_word_without_a_condition_gives_its_country_and_no_other() -> None:
    wrong, conditions = {}, RULES.by_word()
    for text, word in all_words(taxonomy.countries(), RULES).items():
        rule = conditions.get(text)
        if rule is None or not rule.needs_company:
            codes = found(f"Menurut laporan itu, {text} tidak hadir.")
            if codes != ({word.code} if word.code else set()):
                wrong[text] = codes
    assert wrong == {}


def test_about_and_mentioned(tagger: Tagger) -> None:
    def check(case: dict[str, Any]) -> None:
        origin = TitleOrigin.SLUG if case.get("slug") else TitleOrigin.FIRST_LINE
        article = make_article(*case["paragraphs"], title=case["title"], title_origin=origin)
        tags = tagger.tag(article)
        assert set(tags.about) == set(case["about"]), case["id"]
        if "mentioned" in case:
            assert set(tags.mentioned) == set(case["mentioned"]), case["id"]
        assert {body.code for body in tags.bodies} == set(case.get("bodies", [])), case["id"]

    check_each(cases(CASES), check)


@pytest.mark.cpu_seconds(20)
def test_a_paragraph_of_very_many_addresses_is_read() -> None:
    addresses = "https://warta.example/jepang dan " * 20_000
    (_, paragraph) = segments_of(make_article(f"{addresses} Peru bersaing."))
    assert paragraph.words[-2:] == ("Peru", "bersaing")
    assert set(paragraph.words[:-2]) == {"dan"}


def test_evidence_names_the_words_and_adds_up(tagger: Tagger) -> None:
    (tag,) = tagger.tag(
        make_article("Chili dan Chile.", "Chili lagi.", title="Gempa di Chile")
    ).countries
    assert tag.code == "CL"
    told = {(e.words, e.where): e.count for e in tag.evidence}
    assert told == {("Chile", "title"): 1, ("Chile", "lead"): 1, ("Chili", "lead"): 2}
    assert all(e.weight > 0 for e in tag.evidence)


def test_what_names_a_country_in_one_go_is_one_reference() -> None:
    segments = segments_of(
        make_article("Kapal dari Busan, Korea Selatan (Korsel), Jepang, dan Peru.")
    )
    named = references(segments, FINDER.find(segments))
    assert [[mention.words for mention in own] for own in named] == [
        ["Busan", "Korea Selatan", "Korsel"],
        ["Jepang"],
        ["Peru"],
    ]
    assert [len(row) for row in enumerations(segments, named)] == [3]


def test_references_do_not_reach_into_another_paragraph() -> None:
    segments = segments_of(make_article("Kapal itu dari Jepang", "Jepang dan Peru bersaing."))
    named = references(segments, FINDER.find(segments))
    assert [own[0].code for own in named] == ["JP", "JP", "PE"]
    assert [len(row) for row in enumerations(segments, named)] == [1, 2]


def test_dateline_and_category_are_no_evidence(tagger: Tagger) -> None:
    tags = tagger.tag(make_article("Hujan turun.", dateline="Moskow", category="Jepang"))
    assert tags.countries == ()


def test_what_an_editor_set_wins(tagger: Tagger) -> None:
    chosen = Overrides(countries=("NL", "GL"), topics=("medtop:17000000",))
    tags = tagger.tag(make_article("Perang di Ukraina.", title="Ukraina", overrides=chosen))
    assert tags.about == ("NL", "GL")
    assert tags.mentioned == ()
    assert [topic.id for topic in tags.topics] == ["medtop:17000000"]
    assert tags.countries[0].evidence[0].words == "set by the editor"
    none = tagger.tag(make_article("Ukraina.", overrides=Overrides(countries=(), topics=())))
    assert none.countries == ()
    assert none.topics == ()


def test_an_empty_article_has_no_tags(tagger: Tagger) -> None:
    tags = tagger.tag(make_article())
    assert (tags.countries, tags.bodies, tags.topics) == ((), (), ())


def test_no_body_goes_by_two_codes_or_by_the_code_of_a_country() -> None:
    bodies = taxonomy.bodies().bodies
    texts = [text for entry in bodies.values() for text in entry.names]
    assert len(texts) == len(set(texts))
    assert [code for code in bodies if taxonomy.is_country(code)] == []


@pytest.mark.parametrize(
    ("code", "english", "indonesian"),
    [
        ("US", "United States", "Amerika Serikat"),
        ("GB", "United Kingdom", "Inggris"),
        ("CN", "China", "China"),
        ("KP", "North Korea", "Korea Utara"),
        ("TR", "Turkey", "Turki"),
        ("HK", "Hong Kong", "Hong Kong"),
        ("BA", "Bosnia and Herzegovina", "Bosnia dan Herzegovina"),
        ("GL", "Greenland", "Greenland"),
    ],
)
def test_country_names(code: str, english: str, indonesian: str) -> None:
    assert taxonomy.country_name(code, "en") == english
    assert taxonomy.country_name(code, "id") == indonesian


@pytest.mark.parametrize("code", ["", "us", "USA", "ZZ", "EU", "UN", "ID "])
def test_what_is_no_country_code(code: str) -> None:
    assert not taxonomy.is_country(code)
    with pytest.raises(KeyError):
        taxonomy.country_name(code, "en")


@given(st.text(alphabet="abAB12_é中ı ,.“’", max_size=12))
def test_a_text_is_cut_into_the_same_words_whatever_its_letters(text: str) -> None:
    segment = _segment(text, "body")
    assert list(segment.words) == words_of(text)
    assert [segment.slice(at, at + 1) for at in range(len(segment.words))] == words_of(text)
    assert list(segment.plain) == [without_accents(word) for word in segment.words]
