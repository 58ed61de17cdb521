"""Forms are found as the one pattern would find them that holds all of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.knowledge.forms import FormFinder, first_rendering
from dwiwarta.knowledge.glossary import load_glossary

GLOSSARY = load_glossary()
OF_GLOSSARY = [form for term in GLOSSARY.terms for form in term.source]
MADE_UP = ["AS", "Agung", "Mahkamah Agung", "desa kita", "kita", "a b a", "skripsi", "A-1", "ß"]
RENDERINGS = [rendering for term in GLOSSARY.terms for rendering in term.target]

seams = st.sampled_from([" ", " ", "-", "", ".", ", ", "-2", "\n", "i\u0307"])


def texts(words: list[str]) -> st.SearchStrategy[str]:
    word = st.sampled_from([*words, "dan", "a", "b", "'s", "$"])
    written = st.one_of(
        word,
        word.map(str.upper),
        word.map(str.lower),
        word.map(lambda one: one.translate(str.maketrans("sikI", "ſı\u212aİ"))),
    )
    return st.lists(st.tuples(written, seams)).map(lambda parts: "".join(map("".join, parts)))


def one_pattern(forms: list[str]) -> re.Pattern[str]:
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    branches = "|".join(
        re.escape(form) if form != form.lower() else f"(?i:{re.escape(form)})" for form in ordered
    )
    return re.compile(rf"(?<![\w-])(?:{branches})(?!\w|-\w*\d)")


@pytest.mark.parametrize("forms", [MADE_UP, OF_GLOSSARY], ids=["made up", "glossary"])
def test_finds_what_one_pattern_of_all_finds(forms: list[str]) -> None:
    finder, pattern = FormFinder(forms), one_pattern(forms)

    @given(texts(forms))
    def check(text: str) -> None:
        found = [match.span() for match in finder.find(text)]
        assert found == [match.span() for match in pattern.finditer(text)]

    check()


def test_without_forms_nothing_is_found() -> None:
    assert not list(FormFinder([]).find("Mahkamah Agung"))


@given(st.sampled_from(RENDERINGS), texts(RENDERINGS))
def test_a_rendering_is_found_as_its_pattern_finds_it(rendering: str, text: str) -> None:
    flags = 0 if len(rendering) <= 5 and rendering.upper() == rendering else re.IGNORECASE
    end = "" if rendering.endswith("$") else r"(?:['’]?s)?(?!\w)"
    expected = re.search(rf"(?<!\w){re.escape(rendering)}{end}", text, flags)
    assert (first_rendering([rendering], text) is None) == (expected is None)
