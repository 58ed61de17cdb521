"""Words as the search knows them, on data: ``tests/cases/search_words.yml``."""

from itertools import combinations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.search import words
from dwiwarta.search.schema import search_words
from dwiwarta.search.words import distinct_words, forms_of, forms_of_word, stem
from dwiwarta.settings import PROJECT_ROOT

CASES = yaml.safe_load((PROJECT_ROOT / "tests/cases/search_words.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_forms_of_one_word_share_a_stem(language: str) -> None:
    apart = [
        family
        for family in CASES["related"][language]
        if len({stem(word, language) for word in family}) > 1
    ]
    assert apart == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_other_words_do_not(language: str) -> None:
    pairs = [(family[0], other) for family in CASES["unrelated"][language] for other in family[1:]]
    # Words of different families have nothing to do with each other either.
    pairs += combinations([family[0] for family in CASES["related"][language]], 2)
    assert [pair for pair in pairs if stem(pair[0], language) == stem(pair[1], language)] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_spellings_of_one_name_meet(language: str) -> None:
    for line in search_words().spellings:
        assert len({stem(word, language) for word in line.split()}) == 1, line
    for old, new in (("Soeharto", "Suharto"), ("Djakarta", "Jakarta"), ("Tjikini", "Cikini")):
        assert stem(old, language) == stem(new, language)
    assert stem("Zelenskyynya", "id") == stem("Zelensky", "id")


def test_a_root_is_its_own_stem() -> None:
    changed = {root: stem(root, "id") for root in search_words().indonesian.roots.split()}
    spelled = {word for line in search_words().spellings for word in line.split()}
    assert {r: s for r, s in changed.items() if r != s and r not in spelled} == {}


@pytest.mark.parametrize("case", CASES["forms"], ids=lambda case: repr(case[0]))
def test_forms(case: tuple[str, list[str]]) -> None:
    assert list(forms_of(case[0])) == case[1]


@pytest.mark.parametrize("word", ["", " ", "‏", "—", "x" * 61, "\ud800"])
def test_what_is_no_word_has_no_form(word: str) -> None:
    assert list(forms_of(word)) == []


TEXTS = st.lists(
    st.one_of(st.text(), st.text("Aas BRp1.,0_ é☀½٣İ")),
    max_size=4,
)


@given(TEXTS)
def test_the_short_way_finds_the_same(texts: list[str]) -> None:
    # One pattern for all texts, and each form made anew.
    token = words._token()
    expected = {
        form
        for text in map(words.without_marks, texts)
        for word in token.findall(text)
        for form in forms_of_word(word.lower() if text.isupper() else word)
    }
    found = distinct_words(texts)
    assert expected == {form for word in found for form in forms_of_word(word)}
    assert expected == {form for text in texts for form in forms_of(text)}
