"""The short ways of ``text`` lead where the long ones lead."""

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from dwiwarta.text import one_line, squash

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("aAzZ09_ -.,“”‘’–—…•\u00a0é\u0301ﬁ²ßİſ½¼™…\t\n\x1c\x85\u2028"),
        st.characters(),
    )
)


@given(texts)
@example("“Kami…” kata Sari – e\u0301")
def test_squashed_are_the_letters_and_digits_of_the_normal_form(text: str) -> None:
    expected = re.sub(r"[^\w]+|_+", "", unicodedata.normalize("NFKC", text)).casefold()
    assert squash(text) == expected


@given(texts)
def test_white_space_of_any_kind_becomes_one_space(text: str) -> None:
    assert one_line(text) == re.sub(r"\s+", " ", text).strip()
