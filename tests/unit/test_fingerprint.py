"""Contents of files, known by their stat: never wrong, and not read twice without need."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwiwarta import fingerprint
from dwiwarta.fingerprint import Tree, digest_of

LATER = 10_000_000_000  # nanoseconds: no file is as young as that


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []
    read = fingerprint.read_plain

    def counted(path: str, **options: bool) -> bytes:
        names.append(Path(path).name)
        return read(path, **options)

    monkeypatch.setattr(fingerprint, "read_plain", counted)
    return names


@pytest.fixture
def time_goes_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and all files are old."""

    def go_on() -> None:
        real = time.time_ns
        monkeypatch.setattr(fingerprint.time, "time_ns", lambda: real() + LATER)

    return go_on


def fresh(folder: Path) -> Tree:
    tree = Tree(folder)
    tree.refresh()
    return tree


def again(tree: Tree) -> Tree:
    later = Tree(tree.folder, tree.dump())
    later.refresh()
    return later


def test_parts_of_a_digest_do_not_run_into_each_other() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert digest_of("ä") == digest_of("ä".encode())
    assert len(digest_of()) == 32


def test_old_files_are_read_once(
    tmp_path: Path, reads: list[str], time_goes_on: Callable[[], None]
) -> None:
    (tmp_path / "a").mkdir()
    for name in ("a/1", "a/2", "3"):
        (tmp_path / name).write_text(name)
    time_goes_on()
    tree = fresh(tmp_path)
    assert sorted(reads) == ["1", "2", "3"]
    assert tree.contents("a/1") == digest_of("a/1")
    assert again(tree).digest() == tree.digest()
    assert len(reads) == 3


def test_a_file_as_young_as_the_look_at_it_is_read_again(tmp_path: Path, reads: list[str]) -> None:
    (tmp_path / "young").write_text("a")
    again(fresh(tmp_path))
    assert reads == ["young", "young"]


def test_a_change_of_same_size_with_the_old_time_is_seen(
    tmp_path: Path, time_goes_on: Callable[[], None]
) -> None:
    file = tmp_path / "a"
    file.write_text("one")
    time_goes_on()
    tree = fresh(tmp_path)
    status = file.stat()
    file.write_text("two")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_mtime_ns == status.st_mtime_ns
    assert again(tree).contents("a") == digest_of("two")


def test_a_touched_file_is_the_same(tmp_path: Path, time_goes_on: Callable[[], None]) -> None:
    (tmp_path / "a").write_text("one")
    time_goes_on()
    tree = fresh(tmp_path)
    os.utime(tmp_path / "a", ns=(0, 0))
    assert again(tree).digest() == tree.digest()


def test_what_was_written_is_known_to_be_made_of(
    tmp_path: Path, reads: list[str], time_goes_on: Callable[[], None]
) -> None:
    tree = fresh(tmp_path)
    assert tree.write("a/b.md", b"page", "inputs")
    assert not tree.write("a/b.md", b"page", "other inputs")
    assert tree.is_made_of("a/b.md", "other inputs")
    assert not tree.is_made_of("a/b.md", "inputs")
    time_goes_on()
    later = again(tree)
    assert later.is_made_of("a/b.md", "other inputs")
    assert reads == [], "it is known what was written"
    (tmp_path / "a/b.md").write_bytes(b"PAGE")
    assert not again(later).is_made_of("a/b.md", "other inputs")
    later.remove("a/b.md")
    assert list(tmp_path.iterdir()) == []
    assert list(again(later).files) == []


def test_links_and_pipes_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a").write_text("a")
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "pipe")
    tree = fresh(tmp_path)
    assert list(tree.files) == ["a"]
    assert tree.odd == {
        "link": "is a link",
        "loop": "is a link",
        "pipe": "not an ordinary file",
    }
    assert again(tree).odd == tree.odd
    link = fresh(tmp_path / "loop")
    assert (list(link.files), link.odd) == ([], {"": "is a link"})


def test_hidden_and_skipped_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".git/a", "__pycache__/b", "c/.d.tmp"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(name)
    tree = Tree(tmp_path, skip=["__pycache__"])
    tree.refresh()
    assert list(tree.files) == ["c/.d.tmp"]


def test_any_name_is_kept(tmp_path: Path) -> None:
    for name in (b"a\n\x01b", b"\xff\xfe", "ü“".encode()):
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    tree = fresh(tmp_path)
    assert len(list(tree.files)) == 3
    assert again(tree).digest() == tree.digest()


def test_a_dump_that_is_none_counts_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    tree = fresh(tmp_path)
    whole = tree.dump()
    dice = random.Random(20261128)
    for data in (b"x", b"\0" * 8, whole[:-1], whole + b"\0", whole[: len(whole) // 2]):
        other = Tree(tmp_path, data)
        other.refresh()
        assert other.digest() == tree.digest()
    for _ in range(50):  # who keeps it checks a sum of it: here it only may not end in a fault
        damaged = bytearray(whole)
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        Tree(tmp_path, bytes(damaged)).refresh()


NAMES = st.sampled_from(["a", "b", "f/a", "f/b", "f/g/a"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), NAMES, st.sampled_from(["x", "y", "z"])),
        st.tuples(st.just("drop"), NAMES, st.just("")),
        st.tuples(st.just("write"), NAMES, st.sampled_from(["x", "y", "z"])),
        st.tuples(st.just("remove"), NAMES, st.just("")),
        st.tuples(st.just("look"), st.just(""), st.just("")),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(STEPS)
def test_after_any_history_the_tree_is_as_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("tree")
    tree = fresh(folder)
    for step, name, text in steps:
        file = folder / name
        if step == "put":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        elif step == "drop":
            file.unlink(missing_ok=True)
        elif step == "look":
            tree = again(tree)
        else:
            tree.refresh()
            if step == "write":
                tree.write(name, text.encode(), text)
                assert tree.is_made_of(name, text)
            else:
                tree.remove(name)
    tree = again(tree)
    assert tree.digest() == fresh(folder).digest()
    for name in tree.files:
        assert tree.contents(name) == digest_of((folder / name).read_bytes())
