"""Why answers were rejected is said in the language of the page, whoever worded it."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from dwiwarta.interface import speaking
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.quality import kind_of
from dwiwarta.render.reasons import Said, said
from dwiwarta.translate.chain import _not_text
from dwiwarta.translate.gate import check_answer, load_gate_rules
from dwiwarta.translate.trust import CANNED, MISPLACED

WRONG = Path(__file__).parents[1] / "cases" / "gate" / "wrong.yml"


def reasons() -> list[str]:
    """All that the gate says of the wrong answers of its tests, and what others say."""
    glossary = load_glossary()
    cases = yaml.safe_load(WRONG.read_text("utf-8"))
    found = [check_answer(case["source"], case["answer"], glossary) for case in cases]
    bare = [_not_text([part]) for part in ("", "a\x00b", "a\ud800b")]
    notices = [f"the answer is {one.says}" for one in load_gate_rules().gate.refusals]
    others = ["a month differs: Mei in the original, June in the answer", CANNED, MISPLACED]
    return [one for one in (*found, *bare, *notices, *others) if one]


def test_every_reason_and_its_kind_are_in_the_catalogue() -> None:
    known = reasons()
    assert len(Counter(map(kind_of, known))) > 35
    with speaking("id"):
        english = [one for one in known for part in (one, kind_of(one)) if said(part).lang]
    assert english == []
    assert [said(one).text for one in known] == known


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("a number is missing: 15, 2.000", "angka hilang: 15, 2.000"),
        (
            "a number differs: 15 in the original, 50 in the answer",
            "angka berbeda: 15 dalam teks asli, 50 dalam jawaban",
        ),
        (
            'the answer says "so it is" 12 times in a row',
            'jawaban menyebut "so it is" 12 kali berturut-turut',
        ),
        ("the answer is a quota notice", "jawaban berupa pemberitahuan kuota"),
        (
            'glossary: "Korut" was lost (should be "North Korea")',
            'glosarium: "Korut" hilang (seharusnya "North Korea")',
        ),
        (
            "a direction differs: 5 went up in the original, down in the answer",
            "naik dan turun tertukar: 5 naik dalam teks asli, turun dalam jawaban",
        ),
    ],
)
def test_what_is_particular_stays(reason: str, shown: str) -> None:
    with speaking("id"):
        assert said(reason) == Said(shown)
    assert said(reason) == Said(reason)


def test_what_nobody_of_us_words_stays_and_is_marked_as_english() -> None:
    with speaking("id"):
        assert said("<b>numbers</b>: %(num)s") == Said("<b>numbers</b>: %(num)s", "en")
