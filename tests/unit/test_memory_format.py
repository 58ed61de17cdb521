"""Whatever text an article or an engine holds, the PO file gives it back, and stays valid PO."""

import json
import tempfile
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwiwarta.model import Rejection, SourceRef, State, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.text import INVISIBLE
from dwiwarta.translate.memory import memory_path, open_memory, po, pocomment, pofile
from dwiwarta.translate.memory.keys import SegmentKey, normal_form

# Each example writes files, so fewer of them; the machine's speed is not what is tested.
FILES = settings(max_examples=60, deadline=None)
NASTY = st.sampled_from(
    ['"', "\\", '\\"', "\\n", "\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029",
     "#~", "msgid", "\ufeff", "\u200f", "%s", "{0}", "dwiwarta: state=approved", "fuzzy", "\x00"]
)  # fmt: skip
CHAR = st.characters(codec="utf-8")
TEXT = st.lists(st.one_of(NASTY, st.text(CHAR, max_size=8)), min_size=1, max_size=6).map("".join)
ENGLISH = TEXT.filter(lambda text: po.readable(text).strip() != "")
SOURCE = TEXT.filter(lambda text: text != "")
MADE = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2099, 1, 1)))
TRANSLATION = st.builds(
    Translation, ENGLISH, st.sampled_from(State), ENGLISH.filter(lambda t: "\n" not in t), MADE
)


@FILES
@given(st.dictionaries(st.builds(SegmentKey, SOURCE, st.booleans()), TRANSLATION, max_size=4))
def test_what_is_recorded_is_recalled_by_the_next_process(
    recorded: dict[SegmentKey, Translation],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, ref = Path(name), SourceRef("a.txt")
        with open_memory(root, root / ".cache", ProblemLog()) as memory:
            for key, translation in recorded.items():
                assert memory.record(ref, key.source, translation, title=key.title)
        (root / ".cache" / "memory.sqlite").unlink(
            missing_ok=True
        )  # from the PO file, not from the index
        problems = ProblemLog()
        with open_memory(root, root / ".cache", problems) as memory:
            assert problems.lines() == []
            path = root / memory_path(ref)
            before = path.read_bytes() if recorded else b""
            known = memory.recall(ref, list(recorded)).segments
            assert {item.key: item.translation for item in known} == {
                key: replace(made, text=po.readable(made.text), engine=plain(made.engine))
                for key, made in recorded.items()
            }
            memory.write(ref, list(recorded), {})
            assert not recorded or path.read_bytes() == before


def plain(text: str) -> str:
    """What a name or reason is read as: control characters are one space, and nothing hides."""
    kinds = groupby(text, key=lambda char: unicodedata.category(char) == "Cc")
    return INVISIBLE.sub("", "".join(" " if c else "".join(chars) for c, chars in kinds))


@FILES
@given(TEXT, ENGLISH, TEXT, MADE)
def test_rejections_and_earlier_texts_survive_any_wording(
    source: str, english: str, reason: str, made: date | None
) -> None:
    entry = po.new_entry(SegmentKey(source or "x"))
    file = po.new_file("a.txt", date(2026, 11, 23))
    file.append(entry)
    for _ in range(2):  # the second time says nothing new
        pocomment.write_rejection(entry, Rejection("an engine", reason, made))
    earlier = po.new_entry(SegmentKey("lama"))
    po.write_translation(earlier, Translation(english, State.EDITED, "editor"))
    pocomment.write_earlier(entry, earlier)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.po"
        path.write_bytes(pofile.render(file))
        again = pofile.read_file(path)
        [said] = [po.meaning(item, again) for item in again]
        assert said is not None
        assert said.rejections == (Rejection("an engine", plain(reason), made),)
        assert pofile.render(again) == path.read_bytes()


@FILES
@given(TEXT)
def test_normal_form_is_settled_after_one_step(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


PO_PIECE = st.sampled_from(
    ['msgid "a"', 'msgstr "b"', 'msgid ""', 'msgstr ""', '"more"', 'msgctxt "title"', "#~ ", "# x",
     "#| ", "#, fuzzy", "\n", "\n\n", '"', "\\", "msgstr[0]", 'msgid_plural "c"', "#~| "]
)  # fmt: skip


@FILES
@given(st.one_of(st.text(CHAR, max_size=200), st.lists(PO_PIECE, max_size=12).map("\n".join), TEXT))
def test_any_file_is_read_or_rejected_with_its_line(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "a.txt.po").write_bytes(text.encode())
        problems = ProblemLog()
        with open_memory(root, root / ".cache", problems) as memory:
            usable = memory.usable(SourceRef("a.txt"))
        assert usable == (problems.count == 0)
        assert all(problem.line >= 1 for problem in problems.all)


@FILES
@given(st.text(max_size=12), st.text(max_size=12))
def test_whatever_a_comment_spells_can_be_written_anywhere(name: str, reason: str) -> None:
    entry = po.new_entry(SegmentKey("satu"))
    entry.msgstr = "one"
    spelled = f"{json.dumps(name)} made=2026-01-01"
    entry.tcomment = (
        f"dwiwarta: state=machine engine={spelled} text={pocomment.digest('one')}\n"
        f"dwiwarta-rejected: engine={spelled} reason={json.dumps(reason)}"
    )
    said = po.meaning(entry, po.new_file("a.txt", date(2026, 1, 1)))
    assert said is not None
    assert said.translation is not None
    for text in (
        said.translation.engine,
        *(f"{old.engine}{old.reason}" for old in said.rejections),
    ):
        assert not {unicodedata.category(char) for char in text} & {"Cc", "Cs"}
    # An engine may answer with half a character too.
    file = po.new_file("a.txt", date(2026, 1, 1))
    file.append(entry)
    pocomment.write_rejection(entry, Rejection(f"{name} 2", reason))
    po.write_translation(entry, Translation(f"{reason}one", State.MACHINE, f"{name} 2"))
    assert pofile.render(file)
    said = po.meaning(entry, file)
    assert said is not None
    assert said.translation is not None
    assert said.translation.state is State.MACHINE


@pytest.mark.parametrize("piece", ["a", "a=", 'a="', "a=b", "a ", '\\"'])
def test_a_long_odd_comment_is_read_in_one_go(piece: str) -> None:
    """A hundred thousand characters: were it not linear, this would take most of a minute."""
    entry = po.new_entry(SegmentKey("satu"))
    entry.msgstr = "one"
    entry.tcomment = f"dwiwarta: {piece * (100_000 // len(piece))}"
    said = po.meaning(entry, po.new_file("a.txt", date(2026, 1, 1)))
    assert said is not None
    assert said.translation == Translation("one", State.EDITED, "editor")
