"""The glossary finds its terms, checks their English and reports how they were rendered."""

from pathlib import Path

import pytest

from dwiwarta.errors import SettingsError
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.glossary import Glossary, Term, load_glossary
from dwiwarta.model import Segment, State, Translation
from entries import check_each, placed

SHIPPED = load_glossary()

KPK = Term(
    source=("KPK", "Komisi Pemberantasan Korupsi"),
    target=("KPK", "Corruption Eradication Commission"),
    expansion="the anti-corruption commission",
    protect=True,
)
COURT = Term(source=("MA", "Mahkamah Agung"), target=("Supreme Court",), forbidden=("Great Court",))
US = Term(
    source=("AS",), target=("US", "United States"), not_before=("Roma",), not_after=("inisial",)
)
GOAT = Term(source=("kambing hitam",), target=("scapegoat",), forbidden=("black goat",))
GLOSSARY = Glossary((KPK, COURT, US, GOAT))


def found(text: str) -> list[str]:
    return [hit.surface for hit in GLOSSARY.terms_in(text)]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Juru bicara KPK datang.", ["KPK"]),
        ("Kantor KPK-Polri, gedung KPK, dan (KPK).", ["KPK", "KPK", "KPK"]),
        ("kpk dan KPKN serta pra-KPK", []),
        ("Ketua Mahkamah Agung hadir", ["Mahkamah Agung"]),
        ("mahkamah agung", []),
        ("Ia jadi Kambing Hitam lagi", ["Kambing Hitam"]),
        ("Presiden AS tiba", ["AS"]),
        ("Pelaku AS (57) ditahan", []),
        ("seorang berinisial AS", ["AS"]),
        ("seorang pria inisial AS", []),
        ("laga AS Roma", []),
        ("MA-57 adalah kode barang", []),
        ("KETUA MA DAN AS", []),
        ("KPK", ["KPK"]),
        ("", []),
    ],
)
def test_terms_are_whole_words_and_no_others(text: str, surfaces: list[str]) -> None:
    assert found(text) == surfaces


def test_hits_say_where_they_stand() -> None:
    text = "Menurut Komisi Pemberantasan Korupsi, AS setuju."
    assert [text[hit.start : hit.end] for hit in GLOSSARY.terms_in(text)] == [
        "Komisi Pemberantasan Korupsi",
        "AS",
    ]


def test_the_longest_form_wins() -> None:
    glossary = Glossary(
        (
            Term(source=("TNI",), target=("military",)),
            Term(source=("TNI AL",), target=("navy",)),
        )
    )
    assert [hit.surface for hit in glossary.terms_in("TNI dan TNI AL")] == ["TNI", "TNI AL"]


def test_pairs_are_for_engines_each_once() -> None:
    assert GLOSSARY.pairs("KPK dan MA, kata KPK") == (("KPK", "KPK"), ("MA", "Supreme Court"))


@pytest.mark.parametrize(
    ("source", "target", "faults"),
    [
        ("KPK datang", "The KPK came", []),
        ("KPK datang", "the corruption eradication commission's men came", []),
        ("KPK datang", "kpk came", ['"KPK" was lost']),
        ("AS setuju", "The US agrees", []),
        ("AS setuju", "They gave it to us", ['"AS" was lost']),
        ("MA menolak", "The Great Court refused", ['"MA" became "Great Court"']),
        ("MA menolak", "It refused", ['"MA" was lost']),
        ("MA dan MA", "It refused", ['"MA" was lost']),
        ("tidak ada istilah", "no terms", []),
    ],
)
def test_violations_name_what_was_lost_or_wrong(
    source: str, target: str, faults: list[str]
) -> None:
    said = [str(violation) for violation in GLOSSARY.violations(source, target)]
    assert len(said) == len(faults)
    assert all(fault in text for fault, text in zip(faults, said, strict=True))


def test_a_wrong_rendering_is_right_where_the_text_speaks_of_that_too() -> None:
    source = "Korut dan Korsel berunding."
    assert SHIPPED.violations(source, "North Korea and South Korea negotiate.") == ()
    assert SHIPPED.violations("Korut berunding.", "South Korea negotiates.")


def test_a_term_is_explained_at_its_first_use_in_an_article() -> None:
    texts = ("Tanpa istilah.", "KPK dan MA.", "Lalu KPK lagi.")
    uses = GLOSSARY.explanations(texts)
    explained = [
        [text[use.start : use.end] for use in found]
        for text, found in zip(texts, uses, strict=True)
    ]
    assert explained == [[], ["KPK"], []]


def segment(source: str, english: str | None) -> Segment:
    return Segment(source, None if english is None else Translation(english, State.MACHINE, "fake"))


def test_the_consistency_report_counts_renderings() -> None:
    report = GLOSSARY.consistency(
        [
            segment("KPK satu", "KPK one"),
            segment("KPK dua", "The KPK two"),
            segment("KPK tiga", "Corruption Eradication Commission three"),
            segment("KPK empat", "four"),
            segment("KPK lima", None),
            segment("MA enam", "Great Court six"),
            segment("AS tujuh", "US seven"),
        ]
    )
    by_name = {use.term: use for use in report}
    assert list(by_name) == ["KPK", "MA", "AS"]
    kpk = by_name["KPK"]
    assert kpk.segments == 4
    assert kpk.renderings == (("KPK", 2), ("Corruption Eradication Commission", 1))
    assert (kpk.lost, kpk.wrong) == (1, 0)
    assert (by_name["MA"].lost, by_name["MA"].wrong) == (0, 1)
    assert (by_name["AS"].lost, by_name["AS"].wrong) == (0, 0)


def test_an_empty_glossary_finds_nothing() -> None:
    assert Glossary().terms_in("KPK") == ()
    assert Glossary().violations("KPK", "x") == ()


# --- the shipped file ---------------------------------------------------------------------------


def test_every_shipped_entry_accepts_its_own_renderings() -> None:
    def check(term: Term) -> None:
        for form in term.source:
            hits = SHIPPED.terms_in(f"kata {form} itu")
            assert [hit.term.name for hit in hits] == [term.name]
        for target in term.target:
            assert not SHIPPED.violations(term.name, f"the {target} said")
        for wrong in term.forbidden:
            assert SHIPPED.violations(term.name, f"the {wrong} said")
        assert not set(term.target) & set(term.forbidden)

    check_each(placed(KNOWLEDGE_DIR / "glossary.yml", ["terms"], SHIPPED.terms), check)


def test_the_acronyms_of_the_news_are_there() -> None:
    wanted = {"KPK", "MK", "MA", "DPR", "MPR", "TNI", "Polri", "BI", "OJK", "BMKG", "BNPB"}
    wanted |= {"Kemlu", "Menlu", "Korut", "Korsel", "AS", "PBB"}
    known = {form for term in SHIPPED.terms for form in term.source}
    assert wanted <= known
    assert len(SHIPPED.terms) >= 120
    explained = {form for term in SHIPPED.terms if term.expansion for form in term.source}
    assert wanted <= explained


@pytest.mark.parametrize(
    ("yaml", "fault"),
    [
        ("terms:\n  - source: [A]\n    target: [B]\n    colour: red\n", r":4: .*unknown key"),
        ("terms:\n  - source: []\n    target: [B]\n", r":2: .*at least 1"),
        (
            "terms:\n  - source: [A]\n    target: [B]\n  - target: [C]\n    source: [D,\n     A]\n",
            r"glossary\.yml:6: 'A' is in more than one entry, first on line 2$",
        ),
    ],
)
def test_faults_in_the_file_are_named(tmp_path: Path, yaml: str, fault: str) -> None:
    path = tmp_path / "glossary.yml"
    path.write_text(yaml, encoding="utf-8")
    with pytest.raises(SettingsError, match=fault):
        load_glossary(path)


def test_a_term_that_comes_ten_thousand_times_is_found_in_good_time() -> None:
    # With time that grows with the square this takes minutes: the limit of a test is the check.
    glossary = load_glossary()
    text = "Kementerian Luar Negeri dan Amerika Serikat serta AS (57) " * 10_000
    names = [hit.term.name for hit in glossary.terms_in(text)]
    assert names.count("AS") == 10_000
    assert len(glossary.explanations([text])) == 1
