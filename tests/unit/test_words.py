"""Words by their roots: the lexicon's files, the analyser on data, the command."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.cli import cli
from dwiwarta.errors import SettingsError
from dwiwarta.kept import keeping
from dwiwarta.knowledge.overlays import Overlays, lay, use_overlays
from dwiwarta.search.words import stem
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.words import (
    load_affixes,
    load_analyser,
    load_lexicon,
    load_meanings,
)
from dwiwarta.words.english import passive
from dwiwarta.words.lexicon import KEPT
from dwiwarta.words.rare import rare_words

CASES = yaml.safe_load((PROJECT_ROOT / "tests/cases/words.yml").read_text(encoding="utf-8"))
SEARCH_AGREES = 0.95  # share of the affixed words of the gold set
ENTRY = "{pos: n, senses: [thing]}"


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    yield
    lay(Overlays())


@pytest.mark.parametrize("case", CASES["readings"], ids=lambda case: repr(case[0]))
def test_a_word_is_read(case: tuple[str, str, list[str]]) -> None:
    word, root, pieces = case
    found = load_analyser().read(word)
    assert found is not None
    assert (found.root, [piece.form for piece in found.pieces]) == (root, pieces)


@pytest.mark.parametrize("case", CASES["other"], ids=lambda case: repr(case[0]))
def test_other_readings_are_kept(case: tuple[str, str]) -> None:
    word, root = case
    assert root in [one.root for one in load_analyser().readings(word)[1:]]


@pytest.mark.parametrize("word", CASES["nothing"], ids=repr)
def test_what_has_no_known_root_has_no_reading(word: str) -> None:
    assert load_analyser().read(word) is None


@given(st.text("abeikmnprstuy-'", max_size=24) | st.text(max_size=8))
def test_any_text_is_read_or_not(word: str) -> None:
    known = load_analyser()
    for one in known.readings(word):
        assert known.lexicon.glosses(one.root)
        assert all(known.affixes.does(p.affix, "id") for p in one.pieces)


def test_every_affix_says_what_it_does() -> None:
    affixes = load_affixes()
    for name in affixes.affixes:
        assert affixes.does(name, "en")
        assert affixes.does(name, "id")
        assert affixes.shapes[name]


def test_passives_and_stems_mean_what_the_active_form_does() -> None:
    known = load_meanings()
    said = known.of("mengabaikan").senses[0].glosses
    assert said != known.of("abai").senses[0].glosses
    for word in ("abaikan", "kuabaikan", "abaikanlah"):
        assert known.of(word).senses[0].glosses == said, word
    assert known.of("diabaikannya").senses[0].glosses == ("be ignored", "be neglected")
    assert known.of("ditengahi").senses[0].glosses == ("be mediated",)


def test_a_doubled_word_with_a_meaning_of_its_own_is_no_plural() -> None:
    known = load_meanings()
    for word, does in (("mata-mata", "a meaning of its own"), ("kucing-kucing", "several of them")):
        (piece,) = known.of(word).senses[0].pieces
        assert does in known.analyser.affixes.does(piece.affix)


@pytest.mark.parametrize(
    ("gloss", "said"),
    [
        *(("kill", "be killed"), ("carry out", "be carried out"), ("be left", "be left")),
        *(("take", "be taken"), ("stop", "be stopped"), ("cut", "be cut"), ("use", "be used")),
    ],
)
def test_a_gloss_is_made_passive(gloss: str, said: str) -> None:
    assert passive(gloss) == said


@pytest.mark.parametrize("word", ["katanya", "undang-undang", "undang-undangnya", "berkata"])
def test_a_listed_form_means_what_is_listed(word: str) -> None:
    known = load_meanings()
    sense = known.of(word).senses[0]
    assert sense.of == word.removesuffix("nya") if "-" in word else sense.of == word
    assert sense.glosses == known.analyser.lexicon.entries[sense.root].forms[sense.of]
    assert sense.pieces


def test_institutions_names_and_unknown_words() -> None:
    known = load_meanings()
    assert known.of("KPK").kind == "name"
    assert "Corruption Eradication" in known.of("KPK").senses[0].explained
    assert (known.of("Sastroprawiro").kind, known.of("Sastroprawiro").senses) == ("name", ())
    assert known.of("qwerty").kind == "unknown"


# --- files ----------------------------------------------------------------------------------------

BAD = {
    "no part of speech": ("a: {senses: [x]}\n", "1: a.pos: is missing"),
    "another part of speech": ("a: {pos: noun, senses: [x]}\n", "1: a.pos: "),
    "no sense": ("a: {pos: n, senses: []}\n", "1: a.senses: .*one to 4"),
    "no text": ("a:\n  pos: n\n  senses: [no]\n", "3: a.senses.0: should be text, not False"),
    "five senses": ("a: {pos: n, senses: [b, c, d, e, f]}\n", "1: a.senses: .*one to 4"),
    "a capital": ("ab:\n  pos: n\n  senses: [x]\n  forms: {Abc: y}\n", "4: .*small letters"),
    "unknown key": ("a: {pos: n, senses: [x], sense: y}\n", "1: a.sense: unknown key"),
    "no words": (f'"a  b": {ENTRY}\n', "1: .*one space"),
    "twice": (f"a: {ENTRY}\nb: {ENTRY}\na: {ENTRY}\n", "3: 'a' stands twice, first on line 1"),
    "in both": (f"b: {ENTRY}\n\nahli: {ENTRY}\n", r"3: 'ahli' has an entry already, a\.yml:2"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_fault_of_the_lexicon_is_one_line(tmp_path: Path, case: str) -> None:
    text, said = BAD[case]
    (tmp_path / "a.yml").write_text(f"abad: {ENTRY}\nahli: {ENTRY}\n", "utf-8")
    (tmp_path / "z.yml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_lexicon(tmp_path)
    assert re.fullmatch(rf"{re.escape(str(tmp_path))}/z\.yml:{said}.*", str(caught.value))


def test_an_own_entry_is_added_overrides_or_switches_off(tmp_path: Path) -> None:
    assert "rumah" in load_lexicon()
    (tmp_path / "lexicon.yml").write_text(
        "warnet: {pos: n, senses: [internet café]}\n"
        "makan: {pos: v, senses: [dine], forms: {pemakan: diner}}\nwithout: [rumah]\n",
        "utf-8",
    )
    use_overlays(tmp_path)
    known = load_meanings()
    assert known.of("warnetnya").senses[0].glosses == ("internet café",)
    assert known.of("makan").senses[0].glosses == ("dine",)
    assert known.of("pemakan").senses[0].glosses == ("diner",)
    assert "rumah" not in load_lexicon()
    (tmp_path / "lexicon.yml").write_text("warnet:\n  pos: n\n", "utf-8")
    use_overlays(tmp_path)
    with pytest.raises(SettingsError, match=r"lexicon\.yml:1: warnet\.senses: is missing"):
        load_meanings()


def test_the_lexicon_has_no_circles_and_its_forms_lead_to_their_roots() -> None:
    known = load_analyser()
    entries = known.lexicon.entries
    circles = [
        (root, form)
        for root, entry in entries.items()
        for form in entry.forms
        if form in entries and root in entries[form].forms
    ]
    assert circles == []
    astray = {
        (form, found.root if found else None)
        for form, roots in known.lexicon.forms.items()
        if form not in entries
        if (found := known.read(form)) is None
        or not {found.root, *known.lexicon.phrases.get(found.root, ())}.intersection(roots)
    }
    assert astray == set()


def test_the_search_finds_the_roots_that_the_analyser_finds() -> None:
    gold = yaml.safe_load((PROJECT_ROOT / "tests/cases/word_roots.yml").read_text("utf-8"))
    pairs = [(root, word) for root, words in gold["affixed"].items() for word in words]
    pairs = [(root, word) for root, word in pairs if "-" not in word]
    same = sum(stem(word, "id") == stem(root, "id") for root, word in pairs)
    assert same / len(pairs) >= SEARCH_AGREES


# --- the command ----------------------------------------------------------------------------------


def word(*args: str) -> str:
    done = CliRunner().invoke(cli, ["word", *args])
    assert done.exit_code == 0, done.output
    return done.output


def test_word_prints_an_object_a_word() -> None:
    lines = [json.loads(line) for line in word("dikatakan", "Qwertia", "--json").splitlines()]
    assert [line["word"] for line in lines] == ["dikatakan", "Qwertia"]
    first, second = lines
    assert first["root"] == "kata"
    assert [piece["form"] for piece in first["pieces"]] == ["di-…-kan"]
    assert first["pieces"][0]["does"].startswith("passive")
    assert first["senses"]
    assert isinstance(first["other"], list)
    assert second == {
        "word": "Qwertia", "kind": "name", "root": None, "pieces": [], "senses": [], "other": []
    }  # fmt: skip


def test_word_prints_a_block_to_read() -> None:
    said = word("menyapu", "beruang", "qwerty")
    assert "root sapu: " in said
    assert "its s gives way: sapu" in said
    assert "bear (noun)" in said
    assert "beruang, or: have money" in said
    assert "qwerty: unknown" in said


def test_word_takes_what_a_terminal_should_not() -> None:
    assert "\x1b" not in word("\x1b[31mmerah")


# --- rarer words of an article --------------------------------------------------------------------


def test_rarer_words_are_explained_in_their_order() -> None:
    texts = [
        "Para nelayan di dermaga menunggu ombak reda. Kata Perdana Menteri: logistik mandek.",
        "Dermaga itu lapuk, dan dermaganya sepi.",
    ]
    found = rare_words(texts, load_meanings())
    assert [one.word for one in found] == ["dermaga", "ombak", "reda", "mandek", "lapuk", "sepi"]
    assert all(one.gloss for one in found)
    assert rare_words(["Kata dia di rumah itu."], load_meanings()) == ()


def test_an_own_entry_explains_a_rarer_word_as_soon_as_it_is_laid() -> None:
    texts = ["Para nelayan di dermaga menunggu."]
    assert "dermaga" in [one.word for one in rare_words(texts, load_meanings())]
    lay(Overlays(PROJECT_ROOT, {"lexicon.yml": "dermaga: {pos: n, senses: [landing stage]}\n"}))
    try:
        found = rare_words(texts, load_meanings())
        assert {one.word: one.gloss for one in found}["dermaga"] == "landing stage"
    finally:
        lay(Overlays())


def _forget() -> None:
    lay(Overlays(texts={"lexicon.yml": ""}))
    lay(Overlays())


def test_entries_are_kept_as_they_were_read() -> None:
    kept: dict[tuple[str, str], bytes] = {}

    def get(name: str, key: str) -> bytes | None:
        return kept.get((name, key))

    def put(name: str, key: str, data: bytes) -> None:
        kept[name, key] = data

    _forget()
    read = load_lexicon().entries
    for _ in ("put", "got"):
        _forget()
        with keeping(get, put):
            assert load_lexicon().entries == read
        assert [name for name, _ in kept].count(KEPT) == 1
    before = set(kept)
    _forget()
    with keeping(lambda *_: b'{"a": 1}', put):  # damaged: read again
        assert load_lexicon().entries == read
    assert set(kept) == before
