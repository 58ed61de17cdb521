"""The gate lets right answers through and says why it turns away the others."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.errors import SettingsError
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.glossary import Glossary, load_glossary
from dwiwarta.translate.gate import check_answer, load_gate_rules, misplaced, says_quota
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "gate"
GLOSSARY = load_glossary()
RULES = load_gate_rules()


def judge(source: str, answer: str | None) -> str | None:
    return check_answer(source, answer, GLOSSARY, RULES)


def test_right_answers_pass() -> None:
    def check(case: dict[str, str]) -> None:
        assert judge(case["source"], case["answer"]) is None, case["why"]

    check_each(cases(CASES / "right.yml"), check)


def test_wrong_answers_are_turned_away_with_the_reason() -> None:
    def check(case: dict[str, str]) -> None:
        reason = judge(case["source"], case["answer"])
        assert reason is not None
        assert case["reason"] in reason
        assert "\n" not in reason

    check_each(cases(CASES / "wrong.yml"), check)


def test_without_a_glossary_only_the_terms_are_not_checked() -> None:
    source, answer = "Penyidik KPK datang.", "The investigators came."
    assert check_answer(source, answer, Glossary(), RULES) is None
    assert judge(source, answer) is not None


def test_the_shipped_rules_are_used_unless_others_are_given() -> None:
    assert check_answer("Hujan turun.", None, Glossary()) == "the answer is empty"


@given(st.text(), st.text() | st.none())
def test_any_two_texts_are_judged(source: str, answer: str | None) -> None:
    reason = judge(source, answer)
    assert reason is None or reason.strip()


@given(st.integers(2, 10**12), st.integers(2, 10**12))
def test_a_number_passes_only_as_itself(there: int, here: int) -> None:
    source = f"Jumlahnya {there:,} ekor.".replace(",", ".")
    reason = judge(source, f"They number {here:,} head.")
    assert (reason is None) == (there == here)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("echo_words: 3", "echo_words: none", "echo_words"),
        ("echo_words: 3", "echo_word: 3", "unknown key"),
        ("USED ALL AVAILABLE", "USED (ALL AVAILABLE", "no regular expression"),
    ],
)
def test_faults_in_the_rules_are_named_with_their_line(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    text = (KNOWLEDGE_DIR / "gate.yml").read_text(encoding="utf-8")
    (tmp_path / "gate.yml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError, match=fault) as caught:
        load_gate_rules(tmp_path)
    assert "gate.yml:" in str(caught.value)


def test_a_row_of_digits_without_end_is_read_like_any_other() -> None:
    # Python refuses to make a number of more than 4,300 digits.
    code = "9" * 6000
    assert check_answer(f"Kode itu {code} panjang.", f"The code {code} is long.", GLOSSARY) is None


@pytest.mark.parametrize(
    "piece",
    ["a", "a ", "1 percent ", "tens of ", "$1 to ", "**a", "[a](", "a.", "e\u0301", "One a b c. "],
)
def test_answers_of_any_length_are_rejected_at_once(piece: str) -> None:
    # What takes the square of the length would take minutes here.
    assert judge(ARTICLE[0], (piece * 200_000)[:200_000]) is not None
    judge(piece * 5_000, piece * 5_000)


ARTICLE = (
    "Hujan deras merobohkan jembatan gantung di Desa Cikaret.",
    "Para siswa terpaksa menyeberangi sungai dengan perahu.",
    "Bupati Rukmini berjanji membangun jembatan baru tahun depan.",
    "Harga ikan di pasar naik karena jalan terputus.",
)
ENGLISH = (
    "Heavy rain brought down the suspension bridge in Cikaret village.",
    "Students have had to cross the river by boat.",
    "Regent Rukmini promised to build a new bridge next year.",
    "Fish prices at the market rose because the road is cut off.",
)


def test_answers_in_their_places_are_not_suspected() -> None:
    assert misplaced(ARTICLE, ENGLISH, RULES) == frozenset()
    assert misplaced(ARTICLE, (ENGLISH[0], None, *ENGLISH[2:]), RULES) == frozenset()
    assert misplaced((), ()) == frozenset()


@pytest.mark.parametrize(
    ("order", "suspects"),
    [
        ((1, 0, 2, 3), {0, 1}),
        ((0, 1, 3, 2), {2, 3}),
        ((2, 1, 0, 3), {0, 2}),
        ((3, 0, 1, 2), {0, 1, 2, 3}),
    ],
)
def test_exchanged_and_shifted_answers_are_suspected(
    order: tuple[int, ...], suspects: set[int]
) -> None:
    assert misplaced(ARTICLE, [ENGLISH[i] for i in order], RULES) >= suspects


def test_one_answer_for_different_paragraphs_is_suspected() -> None:
    answers = (ENGLISH[0], ENGLISH[0].upper(), *ENGLISH[2:])
    assert misplaced(ARTICLE, answers, RULES) >= {0, 1}
    title, first = "Jembatan Gantung di Cikaret Roboh", "Jembatan gantung di Cikaret roboh Senin."
    english = "A suspension bridge in Cikaret collapsed."
    assert misplaced((title, first), (english, english), RULES) == frozenset()
    assert misplaced(("Ya, benar.", "Iya."), ("Yes.", "Yes."), RULES) == frozenset()


@pytest.mark.parametrize(
    "answer",
    [
        "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.",
        "You have exceeded your monthly quota.",
        "429 Too Many Requests",
        "Insufficient balance",
    ],
)
def test_a_spent_quota_is_told_from_other_refusals(answer: str) -> None:
    assert says_quota(ARTICLE[0], answer)
    assert says_quota(ARTICLE[0], answer, RULES)
    assert not says_quota("Kuota, saldo dan permintaan: 'Too many requests'.", "Quota exceeded.")


def test_news_about_requests_is_no_spent_quota() -> None:
    source = "Dinas Pertanian Cikaret kewalahan karena warga terlalu sering meminta bibit."
    answer = "The Cikaret agriculture office is overwhelmed by too many requests for seeds."
    assert not says_quota(source, answer)


@pytest.mark.parametrize("answer", [*ENGLISH, "Translation not available.", "404 Not Found", ""])
def test_other_answers_say_nothing_of_a_quota(answer: str) -> None:
    assert not says_quota(ARTICLE[0], answer)
