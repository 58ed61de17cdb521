"""Segments go out to CAT tools and come back as a person's work, with no edit lost on the way."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwiwarta.errors import MemoryStoreError
from dwiwarta.model import State, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.translate.exchange import Fate, Imported, export_units, import_units
from dwiwarta.translate.memory import Memory, open_memory
from dwiwarta.translate.xliff_tmx import FORMATS, read_units, write_units
from memory_rig import PARAGRAPHS, TITLE, TODAY, Rig, article

LATER = date(2026, 12, 24)
HARD = 'Kata "kutip" & <b>tebal</b> \\n {0} %s ]]> “rapi” \u2028 selesai.'


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    (tmp_path / "articles").mkdir()
    rig = Rig(tmp_path)
    rig.run(article(paragraphs=(*PARAGRAPHS, HARD)), article("sub/b.txt", title="Lain"))
    return rig


@contextmanager
def opened(rig: Rig) -> Iterator[Memory]:
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog(), today=LATER) as memory:
        yield memory


def export(rig: Rig, file_format: str) -> Path:
    path = rig.root / f"out{FORMATS[file_format]}"
    with opened(rig) as memory:
        path.write_bytes(write_units(export_units(memory), file_format))
    return path


def bring_back(rig: Rig, path: Path, *, overwrite: bool = False) -> list[Imported]:
    with opened(rig) as memory:
        return import_units(memory, read_units(path), "Dewi", overwrite=overwrite)


def edit(path: Path, old: str, new: str, times: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == times
    path.write_text(text.replace(old, new), encoding="utf-8")


def translation(rig: Rig, number: int, path: str = "jembatan.txt") -> Translation | None:
    with opened(rig) as memory:
        return memory.index.entries(f"{path}.po")[number].translation


both = pytest.mark.parametrize("file_format", list(FORMATS))


@both
def test_untouched_file_changes_nothing(rig: Rig, file_format: str) -> None:
    path, before = export(rig, file_format), rig.snapshot()
    results = bring_back(rig, path)
    assert {result.fate for result in results} == {Fate.UNCHANGED}
    assert len(results) == 9
    assert rig.snapshot() == before


@both
def test_what_is_exported_is_read_back_the_same(rig: Rig, file_format: str) -> None:
    units = read_units(export(rig, file_format))
    assert units[0].path == "jembatan.txt.po"
    assert [unit.source for unit in units[:4]] == [TITLE, *PARAGRAPHS]
    # XML cannot tell a line separator from a space in every tool; the rest is as it was.
    assert units[4].source.split() == HARD.split()
    assert units[4].target.split() == f"EN({HARD})".split()


@both
def test_edit_comes_back_as_a_persons_edit(rig: Rig, file_format: str) -> None:
    path = export(rig, file_format)
    edit(path, f"EN({PARAGRAPHS[1]})", "Three years.", times=2)
    results = bring_back(rig, path)
    assert [r.fate for r in results].count(Fate.EDITED) == 2
    for name, number in (("jembatan.txt", 2), ("sub/b.txt", 2)):
        assert translation(rig, number, name) == Translation(
            "Three years.", State.EDITED, "Dewi", LATER
        )
    assert {r.fate for r in bring_back(rig, path)} == {Fate.UNCHANGED}
    assert rig.run().asked == []


@both
@pytest.mark.parametrize("overwrite", [False, True])
def test_newer_edit_in_the_memory_is_a_conflict(
    rig: Rig, file_format: str, overwrite: bool
) -> None:
    path = export(rig, file_format)
    edit(path, f"EN({TITLE})", "From the CAT tool")
    rig.change(f'msgstr "EN({TITLE})"', 'msgstr "From Poedit"')
    [result] = [r for r in bring_back(rig, path, overwrite=overwrite) if r.fate != Fate.UNCHANGED]
    held = translation(rig, 0)
    assert held is not None
    if overwrite:
        assert (result.fate, held.text) == (Fate.EDITED, "From the CAT tool")
    else:
        assert (result.fate, held.text) == (Fate.CONFLICT, "From Poedit")
        assert (result.target, result.held) == ("From the CAT tool", "From Poedit")


@both
def test_untouched_unit_does_not_undo_an_edit_made_meanwhile(rig: Rig, file_format: str) -> None:
    path = export(rig, file_format)
    rig.change(f'msgstr "EN({TITLE})"', 'msgstr "From Poedit"')
    assert {r.fate for r in bring_back(rig, path)} == {Fate.UNCHANGED}
    held = translation(rig, 0)
    assert held is not None
    assert held.text == "From Poedit"


@both
def test_person_may_edit_what_a_person_had_edited_before_the_export(
    rig: Rig, file_format: str
) -> None:
    rig.change(f'msgstr "EN({TITLE})"', 'msgstr "First edit"')
    path = export(rig, file_format)
    edit(path, "First edit", "Second edit")
    assert Fate.EDITED in {r.fate for r in bring_back(rig, path)}
    held = translation(rig, 0)
    assert held is not None
    assert held.text == "Second edit"


@pytest.mark.parametrize("mark", ['approved="yes"', 'state="final"'])
def test_approval_comes_back_from_xliff(rig: Rig, mark: str) -> None:
    path = export(rig, "xliff")
    text = path.read_text(encoding="utf-8")
    name, _, _ = mark.partition("=")
    old = 'approved="no"' if name == "approved" else 'state="needs-review-translation"'
    path.write_text(text.replace(old, mark, 1), encoding="utf-8")
    fates = [result.fate for result in bring_back(rig, path)]
    assert fates[0] is Fate.APPROVED
    assert set(fates[1:]) == {Fate.UNCHANGED}
    assert translation(rig, 0) == Translation(f"EN({TITLE})", State.APPROVED, "Dewi", LATER)


def test_xliff_holds_what_is_still_to_be_translated(rig: Rig) -> None:
    rig.run(article("new.txt", title="Baru sekali", paragraphs=()), engines=[])
    path = export(rig, "xliff")
    source = "<source>Baru sekali</source>"
    edit(path, source, f"{source}<target>Brand new</target>")
    assert Fate.EDITED in {r.fate for r in bring_back(rig, path)}
    assert translation(rig, 0, "new.txt") == Translation("Brand new", State.EDITED, "Dewi", LATER)


def test_states_and_files_to_export_can_be_chosen(rig: Rig) -> None:
    rig.change(f'msgstr "EN({TITLE})"', 'msgstr "Edited"')
    with opened(rig) as memory:
        edited = export_units(memory, states=frozenset({State.EDITED}))
        below = export_units(memory, paths=["sub/b.txt.po"])
        pending = export_units(memory, states=frozenset({None}))
    assert [(unit.path, unit.entry.key.source) for unit in edited] == [("jembatan.txt.po", TITLE)]
    assert {unit.path for unit in below} == {"sub/b.txt.po"}
    assert pending == []


TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="id"/><body>
<tu><tuv xml:lang="id"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{target}</seg></tuv></tu>
</body></tmx>"""


def test_memory_from_elsewhere_goes_wherever_the_same_text_stands(rig: Rig) -> None:
    path = rig.root / "other.tmx"
    path.write_text(TMX.format(source=PARAGRAPHS[2], target="Traders hope."), encoding="utf-8")
    results = bring_back(rig, path)
    assert [(r.fate, r.path) for r in results] == [
        (Fate.EDITED, "jembatan.txt.po"),
        (Fate.EDITED, "sub/b.txt.po"),
    ]
    path.write_text(TMX.format(source="Tidak dikenal", target="Unknown"), encoding="utf-8")
    assert [r.fate for r in bring_back(rig, path)] == [Fate.UNKNOWN]
    # Without our id, nobody knows what the person had before their eyes.
    path.write_text(TMX.format(source=PARAGRAPHS[2], target="Other words."), encoding="utf-8")
    assert {r.fate for r in bring_back(rig, path)} == {Fate.CONFLICT}


CODED = [
    ('<bpt i="1">&lt;b&gt;</bpt>Hope<ept i="1">&lt;/b&gt;</ept> of traders', "Hope of traders"),
    ('Hope<ph x="1">{1}</ph> of <it pos="begin">\\i </it>traders', "Hope of traders"),
    ('Hope<ph x="1">&lt;br/&gt;</ph>of traders', "Hope of traders"),
    ("Hope <bpt i='1'>&lt;a title='<sub>x</sub>'></bpt>of<ept i='1'>&lt;/a></ept> traders",
     "Hope of traders"),
    ("Hope of <hi>traders</hi>", "Hope of traders"),
    ("Hope &lt; fear", "Hope < fear"),
    ("Hope \u202eof\u202c tra\u200bders", "Hope of traders"),
]  # fmt: skip


@both
@pytest.mark.parametrize(("inside", "text"), CODED)
def test_codes_of_a_cat_tool_are_no_text(
    rig: Rig, file_format: str, inside: str, text: str
) -> None:
    path = export(rig, file_format)
    if file_format == "xliff":
        inside = inside.replace("<hi>", '<g id="1">').replace("</hi>", "</g>")
        inside = inside.replace(' i="1"', ' id="1"').replace(" i='1'", " id='1'")
        inside = inside.replace(' x="1"', ' id="1"').replace(' pos="begin"', ' id="2" pos="open"')
    edit(path, f"EN({PARAGRAPHS[2]})", inside, times=2)
    results = bring_back(rig, path)
    assert [r.target for r in results if r.fate is Fate.EDITED] == [text, text]
    found = translation(rig, 3)
    assert found is not None
    assert found.text == text


@pytest.mark.cpu_seconds(20)
def test_a_segment_of_very_many_codes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "codes.tmx"
    inside = "a<ph>&lt;b&gt;</ph>" * 50_000 + "<ph>\n</ph>b"
    path.write_text(TMX.format(source="Kata", target=inside), encoding="utf-8")
    (unit,) = read_units(path)
    assert unit.target == "a" * 50_000 + " b"


def test_a_text_that_nobody_knows_is_not_called_unknown_if_nobody_touched_it(rig: Rig) -> None:
    path = export(rig, "xliff")
    rig.po(article("sub/b.txt")).unlink()
    assert {r.fate for r in bring_back(rig, path)} == {Fate.UNCHANGED}
    edit(path, "EN(Lain)", "Something else")
    lost = [r for r in bring_back(rig, path) if r.fate is not Fate.UNCHANGED]
    assert [(r.fate, r.source, r.target) for r in lost] == [
        (Fate.UNKNOWN, "Lain", "Something else")
    ]


@pytest.mark.parametrize(
    ("file_format", "was_pending"), [("xliff", False), ("xliff", True), ("tmx", False)]
)
def test_english_of_a_text_reworded_meanwhile_is_offered_beside_the_new_wording(
    rig: Rig, file_format: str, was_pending: bool
) -> None:
    name, old = "pasar.txt", PARAGRAPHS[1].replace("Wali kota", "Bupati")
    first = article(name, paragraphs=(old,), title="Pasar")
    rig.run(first, engines=[] if was_pending else None)
    path = export(rig, file_format)
    if was_pending:
        source = f"<source>{old}</source>"
        edit(path, source, f"{source}<target>The regent spoke of three years.</target>")
    else:
        edit(path, f"EN({old})", "The regent spoke of three years.")
    new = article(name, paragraphs=(old.replace("400", "500"),), title="Pasar")
    rig.run(new, engines=[])
    [result] = [r for r in bring_back(rig, path) if r.fate is not Fate.UNCHANGED]
    assert (result.fate, result.path) == (Fate.EARLIER, "pasar.txt.po")
    text = rig.po(new).read_text(encoding="utf-8")
    assert '#~ msgstr "The regent spoke of three years."' in text
    assert '# dwiwarta-earlier: "The regent spoke of three years."' in text
    [paragraph] = rig.run(new, engines=[]).texts[0].paragraphs
    assert paragraph.stale == Translation(
        "The regent spoke of three years.", State.EDITED, "Dewi", LATER
    )
    assert rig.po(new).read_text(encoding="utf-8") == text
    assert {r.fate for r in bring_back(rig, path)} == {Fate.UNCHANGED}


def test_a_units_file_is_one_of_the_memory_or_none(rig: Rig) -> None:
    path = export(rig, "xliff")
    edit(path, "sub/b.txt.po", "../b.txt.po")
    edit(path, "EN(Lain)", "Something else")
    assert Fate.UNKNOWN in {r.fate for r in bring_back(rig, path)}
    assert not list(rig.root.glob("*.po"))


@pytest.mark.parametrize("touched", [False, True])
def test_what_a_broken_file_cannot_take_is_said(rig: Rig, touched: bool) -> None:
    path = export(rig, "xliff")
    rig.change('msgid "Lain"\n', "", article("sub/b.txt"))
    before = rig.snapshot()
    if touched:
        edit(path, "EN(Lain)", "Something else")
    fates = [(r.fate, r.target) for r in bring_back(rig, path) if r.fate is not Fate.UNCHANGED]
    assert fates == ([(Fate.FAILED, "Something else")] if touched else [])
    assert rig.snapshot() == before


def test_an_edit_of_what_went_out_as_approved_is_not_yet_approved(rig: Rig) -> None:
    with opened(rig) as memory:
        assert memory.approve("sub/b.txt.po", "Budi") == 4
    path = export(rig, "xliff")
    assert {r.fate for r in bring_back(rig, path)} == {Fate.UNCHANGED}
    edit(path, "EN(Lain)", "Something else")
    assert Fate.EDITED in {r.fate for r in bring_back(rig, path)}
    assert translation(rig, 0, "sub/b.txt") == Translation(
        "Something else", State.EDITED, "Dewi", LATER
    )


def test_an_approval_of_a_text_that_a_machine_made_anew_is_kept(rig: Rig) -> None:
    path = export(rig, "xliff")
    edit(path, 'approved="no"', 'approved="yes"', times=9)
    with opened(rig) as memory:
        memory.record(article().ref, TITLE, Translation("New", State.MACHINE, "x"), title=True)
    assert Fate.CONFLICT not in {r.fate for r in bring_back(rig, path)}
    assert translation(rig, 0) == Translation(f"EN({TITLE})", State.APPROVED, "Dewi", LATER)


def test_record_of_today_is_not_dated_later(rig: Rig) -> None:
    held = translation(rig, 0)
    assert held is not None
    assert held.made == TODAY


BOMB = """<?xml version="1.0"?>
<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY secret SYSTEM "file:///etc/hostname">]>
"""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<tmx><body>", r":1: not well-formed XML"),
        ("", r":1: "),
        ("not xml", r":1: not well-formed XML"),
        ("<html><body/></html>", r":1: not XLIFF 1.x or TMX"),
        ('<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "not XLIFF 1.x"),
        ("\n\n<tmx><body></tmx>", r":3: not well-formed XML"),
    ],
)
def test_broken_file_is_rejected_with_its_line(rig: Rig, content: str, reason: str) -> None:
    path = rig.root / "broken.tmx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MemoryStoreError, match=reason):
        read_units(path)


def test_file_with_entities_of_its_own_is_rejected(rig: Rig) -> None:
    path = rig.root / "bomb.tmx"
    content = TMX.format(source=TITLE, target="x &b; &secret; y").partition("?>")[2]
    path.write_text(BOMB + content, encoding="utf-8")
    with pytest.raises(MemoryStoreError, match="declares entities"):
        read_units(path)


def test_no_toolkit_is_a_clear_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    importing: Callable[[str], None] = missing
    monkeypatch.setattr("dwiwarta.translate.xliff_tmx.importlib.import_module", importing)
    with pytest.raises(MemoryStoreError, match=r"\.venv/bin/python -m pip install"):
        write_units([], "xliff")


@pytest.mark.parametrize("file_format", list(FORMATS))
@settings(max_examples=40, deadline=None)
@given(english=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_no_english_is_changed_by_a_journey_on_which_nobody_touched_it(
    file_format: str, english: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        rig = Rig(Path(name))
        rig.articles_dir.mkdir()
        with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
            memory.record(article().ref, "Satu.", Translation(english, State.APPROVED, "Dewi"))
            units = export_units(memory)
            path = rig.root / "journey"
            path.write_bytes(write_units(units, file_format))
            before = rig.po().read_bytes()
            fates = [one.fate for one in import_units(memory, read_units(path), "Importer")]
        assert rig.po().read_bytes() == before
        assert set(fates) <= {Fate.UNCHANGED}


def test_two_translators_of_one_text_are_a_conflict(rig: Rig) -> None:
    rig.run()
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        path = rig.root / "out.xlf"
        path.write_bytes(write_units(export_units(memory), "xliff"))
        unit = next(one for one in read_units(path) if one.source == PARAGRAPHS[0])
        two = [replace(unit, target="Ani says."), replace(unit, target="Budi says.")]
        results = import_units(memory, two, "Importer")
    assert [one.fate for one in results] == [Fate.EDITED, Fate.CONFLICT]
    assert results[1].held == "Ani says."
    assert 'msgstr "Ani says."' in rig.po().read_text(encoding="utf-8")


def test_an_approval_since_the_export_is_not_overwritten_silently(rig: Rig) -> None:
    rig.run()
    with open_memory(rig.articles_dir, rig.root / ".cache", ProblemLog()) as memory:
        path = rig.root / "out.xlf"
        path.write_bytes(write_units(export_units(memory), "xliff"))
        unit = next(one for one in read_units(path) if one.source == PARAGRAPHS[0])
        memory.approve("jembatan.txt.po", "Dewi")
        [result] = import_units(memory, [replace(unit, target="Other words.")], "Importer")
    assert result.fate is Fate.CONFLICT


@both
def test_the_indonesian_in_place_of_the_english_is_no_edit(rig: Rig, file_format: str) -> None:
    path, before = export(rig, file_format), rig.snapshot()
    edit(path, f"EN({PARAGRAPHS[1]})", PARAGRAPHS[1], times=2)
    assert {one.fate for one in bring_back(rig, path)} == {Fate.UNCHANGED}
    assert rig.snapshot() == before


def test_a_tool_may_put_its_own_folders_before_the_name_of_a_file(rig: Rig) -> None:
    path = export(rig, "xliff")
    edit(path, f"EN({TITLE})", "The Bridge")
    edit(path, 'original="jembatan.txt.po"', 'original="C:\\Kerja\\masuk\\jembatan.txt.po"')
    assert Fate.UNKNOWN not in {one.fate for one in bring_back(rig, path)}
    held = translation(rig, 0)
    assert held is not None
    assert held.text == "The Bridge"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('target-language="en"', 'target-language="de-DE"', "translations into 'de-DE'"),
        ('version="1.2"', 'version="2.0"', "not XLIFF 1.x but 2: have the tool write"),
    ],
)
def test_another_version_or_language_is_refused(rig: Rig, old: str, new: str, reason: str) -> None:
    path = export(rig, "xliff")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(MemoryStoreError, match=reason):
        read_units(path)


@pytest.mark.parametrize(
    ("variants", "taken"),
    [
        ('<tuv lang="ID"><seg>{}</seg></tuv><tuv lang="EN-US"><seg>Bridge</seg></tuv>', "Bridge"),
        (
            '<tuv xml:lang="en"><seg>Bridge</seg></tuv><tuv xml:lang="in"><seg>{}</seg></tuv>',
            "Bridge",
        ),
        (
            '<tuv xml:lang="id-ID"><seg>{}</seg></tuv><tuv xml:lang="nl"><seg>Brug</seg></tuv>'
            '<tuv xml:lang="en-GB"><seg>Bridge</seg></tuv>',
            "Bridge",
        ),
        ('<tuv xml:lang="id"><seg>{}</seg></tuv><tuv xml:lang="nl"><seg>Brug</seg></tuv>', None),
    ],
)
def test_languages_of_a_memory_are_told_by_their_codes(
    rig: Rig, variants: str, taken: str | None
) -> None:
    path = rig.root / "memory.tmx"
    path.write_text(
        '<tmx version="1.4"><header srclang="*all*"/><body><tu>'
        f"{variants.format(TITLE)}</tu></body></tmx>",
        encoding="utf-8",
    )
    before = translation(rig, 0)
    bring_back(rig, path)
    held = translation(rig, 0)
    assert held is not None
    assert held == before if taken is None else held.text == taken
