"""A line lost, doubled or moved in a memory file is reported, or costs no text of a person."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dwiwarta.errors import MemoryStoreError
from dwiwarta.translate.memory import pofile
from dwiwarta.translate.memory.pogrammar import PoFaultError, read_layout
from memory_rig import PARAGRAPHS, TITLE, Rig, article

HEADER = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'
# As Poedit leaves it after a few weeks: a comment of its own, a line that was wrapped, an entry
# of a text that left the article, one with plural forms and a remark at the end.
WRITTEN = f"""# English of jembatan.txt
#. by hand
#, fuzzy
msgid ""
msgstr ""
"Last-Translator: Dewi\\n"
"Language: en\\n"

# dwiwarta: state=approved by="Dewi" made=2026-11-23
msgctxt "title"
msgid "{TITLE}"
msgstr "A bridge opens in Palu"

# dwiwarta: state=edited by="Dewi" made=2026-11-23
msgid "{PARAGRAPHS[0]}"
msgstr "It is 250 metres long."

#| msgid "Wali kota."
msgid "{PARAGRAPHS[1]}"
msgstr "The mayor spoke."
#, fuzzy
msgid "{PARAGRAPHS[2]}"
msgstr ""

msgid "orang"
msgid_plural "orang-orang"
msgstr[0] "person"

# dwiwarta: state=approved by="Dewi" made=2026-11-23
#~ msgid "Lama."
#~ msgstr "Old."

#~| msgid "Lebih lama."
#~ msgctxt "title"
#~ msgid "Tua."
#~ msgstr "Older."

# ask Budi about the title
"""
LINES = WRITTEN.split("\n")
PLACE = st.integers(0, len(LINES) - 2)
Change = Callable[[list[str]], None]


def texts(data: str) -> list[str]:
    """The English of a file, found without any parser of PO."""
    marks = ("msgstr ", "msgstr[0] ")
    lines = [line.removeprefix("#~ ") for line in data.split("\n")]
    return sorted(line.split('"')[1] for line in lines if line.startswith(marks))


def delete(at: int) -> Change:
    return lambda lines: lines.__delitem__(at)


def double(at: int) -> Change:
    return lambda lines: lines.insert(at, lines[at])


def comment_out(at: int) -> Change:
    return lambda lines: lines.__setitem__(at, f"# {lines[at]}")


def swap(one: int, other: int) -> Change:
    def change(lines: list[str]) -> None:
        lines[one], lines[other] = lines[other], lines[one]

    return change


CHANGE = st.one_of(
    st.builds(delete, PLACE),
    st.builds(double, PLACE),
    st.builds(comment_out, PLACE),
    st.builds(swap, PLACE, PLACE),
)


def check(change: Change) -> str:
    """Build with a changed file: what became of it, after making sure that no text was lost."""
    lines = list(LINES)
    change(lines)
    with tempfile.TemporaryDirectory() as name:
        rig = Rig(Path(name))
        rig.articles_dir.mkdir()
        rig.po().write_text("\n".join(lines), encoding="utf-8")
        before = rig.po().read_bytes()
        run = rig.run(engines=[])
        if run.problems.count:
            [problem] = run.problems.all
            assert 1 <= problem.line <= len(lines)
            assert rig.po().read_bytes() == before
            return problem.reason
        after = rig.po().read_text(encoding="utf-8")
        # A line that ended up below a text belongs to it then, as any PO tool reads it.
        now = texts(after)
        missing = [t for t in texts(WRITTEN) if not any(n.startswith(t) for n in now)]
        assert missing == [], after
        assert any(polib.pofile(after).metadata.values())
        assert rig.run(engines=[]).problems.count == 0
        return ""


def test_the_file_as_it_is_has_no_fault_and_keeps_everything() -> None:
    assert check(lambda lines: None) == ""


@pytest.mark.parametrize("kind", [delete, comment_out, double])
def test_no_line_can_be_lost_or_doubled_at_the_cost_of_a_text(
    kind: Callable[[int], Change],
) -> None:
    reasons = [check(kind(at)) for at in range(len(LINES) - 1)]
    broken = [at for at, reason in enumerate(reasons) if reason]
    words = ("msgstr", "msgid", "#~ msgid", "#~ msgstr")
    assert {at for at, line in enumerate(LINES) if line.startswith(words)} <= set(broken)


@settings(max_examples=300, deadline=None)
@given(CHANGE)
@example(swap(4, 11))  # the header's msgstr and an entry's
def test_no_change_of_a_line_costs_a_text(change: Change) -> None:
    check(change)


def test_a_plural_with_the_words_of_a_paragraph_makes_no_double() -> None:
    assert check(swap(14, 24)) == ""


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed")
@settings(max_examples=150, deadline=None)
@given(st.lists(CHANGE, min_size=1, max_size=2))
def test_what_gettext_refuses_is_rejected(changes: list[Change]) -> None:
    # The text that an entry had before (#|) is a comment to us: nobody's work, and never read.
    lines = [line for line in LINES if not line.startswith(("#|", "#~|"))]
    for change in changes:
        with contextlib.suppress(IndexError):
            change(lines)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.po"
        path.write_text("\n".join(lines), encoding="utf-8")
        # Not msgfmt, which also wants source and translation to end in a line break or not.
        command = ["msgcat", "--output-file=/dev/null", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            with pytest.raises(MemoryStoreError, match=r"a\.po:\d+: "):
                pofile.read_file(path)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('msgstr "b"\n', 4, "this msgstr has no msgid above it"),
        ('msgid "a"\n\n# c\nmsgid "b"\nmsgstr "c"\n', 4, "this msgid has no msgstr below it"),
        ('msgid "a"\n# msgstr "b"\n', 4, "this msgid has no msgstr"),
        ('msgid "a"\n', 4, "this msgid has no msgstr"),
        ('msgctxt "title"\nmsgstr "b"\n', 4, "this msgctxt has no msgid"),
        ('msgctxt "title"\nmsgctxt "title"\nmsgid "a"\nmsgstr "b"\n', 4, "this msgctxt has no"),
        ('# c\n"more"\n', 5, "this text has no msgid or msgstr above it"),
        ('msgid "a"\nmsgstr "b"\n# c\n"more"\n', 7, "this text has no msgid or msgstr"),
        ('msgid "a"\n#~ msgstr "b"\n', 5, "either all lines of an entry begin with #~"),
        ('#~ msgid "a"\nmsgstr "b"\n', 5, "either all lines of an entry begin with #~"),
        ('msgid ""\nmsgstr "b"\n', 4, "this msgid is empty"),
        ('#~ msgid ""\n#~ msgstr "b"\n', 4, "this msgid is empty"),
        ('msgctxt "title"\nmsgid ""\nmsgstr "b"\n', 5, "this msgid is empty"),
        ('msgid "a"\nmsgstr "b"\n#| msgid "c"\n', 6, "this comment has no entry below it"),
        ('msgid "a"\nmsgstr "b"\n#,\n', 6, "this comment has no entry below it"),
        ('msgid_plural "a"\n', 4, "this msgid_plural has no msgid"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 6, "this msgstr has no msgid"),
        ('msgid "a"\nmsgid_plural "b"\n', 5, "this msgid_plural has no msgstr"),
        ('msgid "a"\nmsgstr[0] "c"\n', 5, r"this msgstr\[0\] does not go on"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n# d\nmsgstr[1] "e"\n', 8, "does not go on"),
    ],
)
def test_the_line_at_fault_is_named(text: str, line: int, reason: str) -> None:
    with pytest.raises(PoFaultError, match=reason) as caught:
        read_layout(f'msgid ""\nmsgstr ""\n\n{text}'.split("\n"))
    assert caught.value.line == line


@pytest.mark.parametrize(
    "header",
    ['msgstr "English"', 'msgstr "A: b"\n"Language: en\\n"', 'msgstr ""\n"Language: en"'],
)
def test_a_header_of_other_text_is_rejected(header: str) -> None:
    with pytest.raises(PoFaultError, match="the header holds something else") as caught:
        read_layout(f'msgid ""\n{header}\n'.split("\n"))
    assert caught.value.line == 2


def test_what_the_parser_reads_otherwise_is_rejected(tmp_path: Path) -> None:
    """It takes msgstr[10] for msgstr[1], and would write the one over the other."""
    forms = "".join(f'msgstr[{number}] "form {number}"\n' for number in range(11))
    path = tmp_path / "a.po"
    path.write_text(f'{HEADER}msgid "a"\nmsgid_plural "b"\n{forms}', encoding="utf-8")
    with pytest.raises(MemoryStoreError, match=r"a\.po:5: not valid PO: this entry cannot be"):
        pofile.read_file(path)


def test_comments_stay_where_a_person_wrote_them(rig: Rig) -> None:
    rig.run(engines=[])
    text = rig.po().read_text(encoding="utf-8")
    text = f"#. by hand\n# one\n#, fuzzy\n# two\n{text}\n# the end\n#\n# really\n"
    rig.po().write_text(text, encoding="utf-8")
    rig.run(article(paragraphs=PARAGRAPHS[:1]), engines=[])
    after = rig.po().read_text(encoding="utf-8")
    assert after.endswith("\n\n# the end\n#\n# really\n")
    head = after.partition("msgid")[0].split("\n")
    assert head[:3] == ["# by hand", "# one", "# two"]
    assert "#, fuzzy" in head


@pytest.mark.parametrize("content", ["# my own note\n", 'msgid ""\nmsgstr ""\n'])
def test_a_header_without_fields_gets_them_back(rig: Rig, content: str) -> None:
    rig.run(engines=[])
    fresh = rig.po().read_text(encoding="utf-8")
    rig.po().write_text(content, encoding="utf-8")
    assert rig.run(engines=[]).problems.count == 0
    after = rig.po().read_text(encoding="utf-8")
    if content.startswith("#"):
        assert after.startswith(content)
        assert after.partition('msgid ""')[2] == fresh.partition('msgid ""')[2]
    else:
        assert after == fresh


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    (tmp_path / "articles").mkdir()
    return Rig(tmp_path)
