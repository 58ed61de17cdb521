"""The short way to read a memory file gives what the long way gives, or leaves it to that."""

import tempfile
from pathlib import Path
from unittest.mock import patch

import polib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dwiwarta.errors import MemoryStoreError
from dwiwarta.translate.memory import pofile

PLAIN = r"""# English of jembatan.txt, one entry a paragraph: change msgstr as you like.
# Entries marked fuzzy are machine-made; take the mark off an entry to approve it.
msgid ""
msgstr ""
"Last-Translator: Dewi Ekasari\n"
"Language: en\n"
"Content-Type: text/plain; charset=UTF-8\n"

# dwiwarta: state=approved by="Dewi" made=2026-11-23 text=3c6b
msgctxt "title"
msgid "Jembatan \"baru\""
msgstr "A \"new\" bridge"

# ask Budi
# dwiwarta: state=machine engine="uji" made=2026-11-23
#, fuzzy, no-wrap
msgid "Panjangnya “250 meter”."
msgstr "It is 250 metres long.\n"

msgid "Belum."
msgstr ""
"""
PIECES = ("\n", "\\", '"', "#", "# ", "#~ ", "#, ", ",", "\r", "\t", " ", "\u2028", "\x85", "\x0b",
          "\ufeff", "msgid ", "msgctxt ", "msgid_plural ", '""', "\n\n", ":", "x", "é")  # fmt: skip


def outcome(path: Path) -> object:
    """All that a file says, or why it is rejected."""
    try:
        file = pofile.read_file(path)
    except MemoryStoreError as error:
        return str(error)
    entries = [vars(entry) for entry in file]
    return file.header, file.metadata, file.metadata_is_fuzzy, file.remarks, str(file), entries


def both(text: str) -> tuple[bool, object, object]:
    """Whether the short way was taken, what it gave, and what the long one gives."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.po"
        path.write_bytes(text.encode())
        short = outcome(path)
        with patch.object(pofile, "read_plain_form", return_value=False):
            long = outcome(path)
    return pofile.read_plain_form(text, polib.POFile()), short, long


def test_what_we_write_is_read_the_short_way() -> None:
    taken, short, long = both(PLAIN)
    assert taken
    assert short == long


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(PLAIN)), st.integers(0, 3), st.sampled_from(("", *PIECES))),
        min_size=1,
        max_size=2,
    )
)
@example([(len(PLAIN), 0, "\n")])
def test_a_change_anywhere_is_read_as_the_long_way_reads_it(
    changes: list[tuple[int, int, str]],
) -> None:
    text = PLAIN
    for at, gone, new in changes:
        text = text[:at] + new + text[at + gone :]
    _, short, long = both(text)
    assert short == long


@pytest.mark.parametrize(
    "change",
    [
        ('msgid "Belum."', 'msgid "Panjangnya “250 meter”."'),
        ('msgid "Belum."\nmsgstr ""', '#~ msgid "Belum."\n#~ msgstr ""'),
        ('msgid "Belum."', 'msgid ""\n"Belum."'),
        ("# ask Budi", "#. ask Budi"),
        ("# ask Budi", "#"),
        ("# ask Budi", "# ask Budi "),
        ('"Language: en\\n"', '"Language: en"'),
    ],
)
def test_what_another_may_have_written_is_not(change: tuple[str, str]) -> None:
    taken, short, long = both(PLAIN.replace(*change))
    assert not taken
    assert short == long
