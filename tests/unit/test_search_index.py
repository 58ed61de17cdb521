"""Pagefind over the pages: reproducible, not done twice, and clear when it fails."""

import base64
import json
import os
import tempfile
from pathlib import Path

import pytest

import factory
from dwiwarta.errors import SiteError
from dwiwarta.files import write_if_changed
from dwiwarta.model import Entry, Tags
from dwiwarta.site import index_search

WORDS = [
    "roket",
    "pasar",
    "hujan",
    "gempa",
    "kereta",
    "kopi",
    "sungai",
    "pilkada",
    "sidang",
    "beras",
]
ENGLISH = [
    "rocket",
    "market",
    "rain",
    "earthquake",
    "train",
    "coffee",
    "river",
    "election",
    "hearing",
    "rice",
]
COUNTRIES = ("ID JP", "JP RU", "RU KE", "KE BR")


def entries(count: int = 30) -> list[Entry]:
    """Enough of them that an order left to chance would show."""
    return [
        factory.entry(
            slug=f"berita-{n:02}",
            title=(f"{WORDS[n % 10].title()} {n}", f"{ENGLISH[n % 10].title()} {n}"),
            paragraphs=[
                (f"Kabar tentang {WORDS[n % 7]} dan {WORDS[n % 3]}.", f"News of {ENGLISH[n % 7]}.")
            ],
            tags=Tags(countries=factory.countries(COUNTRIES[n % 4])),
        )
        for n in range(count)
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    some = entries()
    assert index_search(some, factory.project(tmp_path / "one")) == 30
    assert index_search(some[::-1], factory.project(tmp_path / "two")) == 30
    one, two = (contents(tmp_path / name / "docs" / "search") for name in ("one", "two"))
    assert one == two
    assert {"about.json", "id/pagefind.js", "en/pagefind.js", "id/wasm.id.pagefind"} <= set(one)
    assert "id/pagefind-ui.js" not in one


def test_nothing_is_done_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = factory.project(tmp_path)
    some = entries(3)
    index_search(some, project)
    before = contents(project.docs_dir)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/nowhere/pagefind")  # any run would fail
    assert index_search(some, project) == 3
    assert contents(project.docs_dir) == before


def test_a_changed_language_alone_is_indexed_again(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    index_search([factory.entry(paragraphs=[("Teks lama.", "Old text.")])], project)
    search = project.docs_dir / "search"
    marker = (search / "id" / "pagefind-entry.json").stat().st_ino
    other = (search / "en" / "pagefind-entry.json").stat().st_ino
    index_search([factory.entry(paragraphs=[("Teks lama.", "New text.")])], project)
    assert (search / "id" / "pagefind-entry.json").stat().st_ino == marker
    assert (search / "en" / "pagefind-entry.json").stat().st_ino != other


@pytest.mark.parametrize("lost", ["id", "id/pagefind.js", "id/fragment"])
def test_a_lost_index_is_made_again(tmp_path: Path, lost: str) -> None:
    project = factory.project(tmp_path)
    some = entries(3)
    index_search(some, project)
    search = project.docs_dir / "search"
    before = contents(search)
    (search / lost).rename(tmp_path / "elsewhere")
    index_search(some, project)
    assert contents(search) == before


def test_a_language_without_text_has_no_index(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    search = project.docs_dir / "search"
    index_search(entries(2), project)
    index_search([factory.entry(title=("Judul", None), paragraphs=[("Teks.", None)])], project)
    assert json.loads((search / "about.json").read_text())["languages"] == ["id"]
    assert not (search / "en").exists()
    assert index_search([], project) == 0
    assert json.loads((search / "about.json").read_text()) == {
        "languages": [],
        "countries": [],
        "topics": [],
    }
    assert not (search / "id").exists()


def test_a_failure_has_the_tools_words_and_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = factory.project(tmp_path)
    index_search(entries(2), project)
    before = contents(project.docs_dir)
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho 'no room left on the moon' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(broken))
    with pytest.raises(SiteError, match=r"(?s)\(id\), exit code 3:.*no room left on the moon"):
        index_search(entries(3), project)
    assert contents(project.docs_dir) == before
    assert [path.name for path in (project.cache_dir / "search").iterdir() if path.is_dir()] == []


def test_settings_around_us_do_not_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some = entries(3)
    index_search(some, factory.project(tmp_path / "plain"))
    monkeypatch.setenv("PAGEFIND_ROOT_SELECTOR", "h1")
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "de")
    monkeypatch.chdir(tmp_path)
    Path("pagefind.toml").write_text('root_selector = "h1"\n')
    index_search(some, factory.project(tmp_path / "odd"))
    plain, odd = (contents(tmp_path / name / "docs") for name in ("plain", "odd"))
    assert plain == odd
    assert os.environ["PAGEFIND_FORCE_LANGUAGE"] == "de"


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    index_search(entries(2), project)
    before = contents(tmp_path)
    left = project.cache_dir / "search" / "id-abandoned" / "pages"
    left.mkdir(parents=True)
    half = ".cache/search/.id.stamp.a1b2c3d4.tmp", "docs/search/.about.json.00__zz99.tmp"
    inside = "docs/search/id/fragment/.id_0123456.pf_fragment.abcd_123.tmp"
    for name in (*half, inside):
        (tmp_path / name).write_bytes(b"half")
    index_search(entries(2), project)
    assert not left.parent.exists()
    assert contents(tmp_path) == before


@pytest.mark.parametrize("kind", ["emptied", "same size", "one more", "cut off"])
def test_a_damaged_index_is_made_again(tmp_path: Path, kind: str) -> None:
    project = factory.project(tmp_path)
    index_search(entries(3), project)
    search = project.docs_dir / "search"
    before = contents(search)
    for path in (search / "id" / "pagefind.js", next((search / "en").rglob("*.pf_fragment"))):
        data = path.read_bytes()
        if kind == "one more":
            path.with_name("other.pf_index").write_bytes(data)
        else:
            changed = {"emptied": b"", "same size": data[::-1], "cut off": data[:-1]}[kind]
            path.write_bytes(changed)
        assert contents(search) != before
        index_search(entries(3), project)
        assert contents(search) == before


def test_the_index_does_not_depend_on_the_order_in_which_a_disk_lists_files(
    tmp_path: Path,
) -> None:
    """On another file system, if this machine has one, and beside files made in another order."""
    elsewhere = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=elsewhere if elsewhere.is_dir() else None) as other:
        for root, some in ((tmp_path, entries(40)), (Path(other), entries(40)[::-1])):
            index_search(some, factory.project(root))
        assert contents(tmp_path / "docs") == contents(Path(other) / "docs")


def service(folder: Path, *answers: object, keeps_open: bool = False) -> str:
    """A program that answers as Pagefind's service would, but with these answers."""
    messages = b"".join(
        base64.b64encode(json.dumps({"message_id": n, "payload": answer}).encode()) + b","
        for n, answer in enumerate(answers, 1)
    )
    (folder / "answers").write_bytes(messages)
    program = folder / "service"
    last = "exec sleep 600" if keeps_open else "exec cat >/dev/null"
    program.write_text(f"#!/bin/sh\ncat '{folder}/answers'\n{last}\n", "utf-8")
    program.chmod(0o755)
    return str(program)


NEW = {"type": "NewIndex", "index_id": 0}
ADDED = {"type": "IndexedFile"}


def given(*files: tuple[str, bytes]) -> dict[str, object]:
    """The answer to ``GetFiles``."""
    coded = [{"path": name, "content": base64.b64encode(data).decode()} for name, data in files]
    return {"type": "GetFiles", "files": coded}


def entry_file(pages: int) -> tuple[str, bytes]:
    about = {"id": {"hash": "id_1", "wasm": "id", "page_count": pages}}
    return "pagefind-entry.json", json.dumps({"languages": about}).encode()


WHOLE = (
    ("pagefind.js", b"//"),
    ("pagefind.id_1.pf_meta", b"m"),
    ("wasm.id.pagefind", b"w"),
    ("fragment/id_1.pf_fragment", b"f"),
)


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        ({"type": "Error", "message": "out of ideas"}, "out of ideas"),
        (given(entry_file(1), *WHOLE[1:]), r"its index lacks pagefind\.js"),
        (given(entry_file(1), ("pagefind.js", b""), *WHOLE[1:]), r"its index lacks pagefind\.js"),
        (given(entry_file(2), *WHOLE), "its index lacks fragments"),
        (given(*WHOLE), "not understood"),
        (given(entry_file(1), *WHOLE, ("../../about.md", b"x")), "not understood.*about"),
        (given(entry_file(1), *WHOLE, ("/etc/x", b"x")), "not understood.*etc"),
        ({"type": "GetFiles", "files": [{"path": "a", "content": "&&"}]}, "not understood"),
        ({"type": "GetFiles"}, "not understood"),
        ("odd", "odd|b2Rk"),
    ],
)
def test_what_is_no_whole_index_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: object, reason: str
) -> None:
    project = factory.project(tmp_path)
    index_search(entries(2), project)
    before = contents(project.docs_dir)
    program = service(tmp_path, NEW, ADDED, last)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", program)
    with pytest.raises(SiteError, match=f"Pagefind could not index the articles.*(?:{reason})"):
        index_search(entries(1), project)
    assert contents(project.docs_dir) == before


def test_a_service_that_never_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", service(tmp_path, NEW, keeps_open=True))
    monkeypatch.setattr("dwiwarta.site.pagefind.LIMIT_SECONDS", 0.3)
    with pytest.raises(SiteError, match="not done within"):
        index_search(entries(1), factory.project(tmp_path))


def test_a_full_disk_leaves_a_search_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = factory.project(tmp_path)
    index_search(entries(3), project)
    before = contents(project.docs_dir)
    writes = 0

    def full(path: Path, data: bytes, **more: object) -> bool:
        nonlocal writes
        writes += 1
        if writes == 3:
            raise OSError(28, "No space left on device", str(path))
        return write_if_changed(path, data, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("dwiwarta.site.search.write_if_changed", full)
    with pytest.raises(SiteError, match=r"docs/search/.*: No space left on device"):
        index_search(entries(5), project)
    after = contents(project.docs_dir)
    assert {name: after[name] for name in before} == before
    monkeypatch.undo()
    index_search(entries(5), project)
    index_search(entries(5), factory.project(tmp_path / "fresh"))
    assert contents(project.docs_dir) == contents(tmp_path / "fresh" / "docs")


def test_pages_without_a_word_need_no_index(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    silent = factory.entry(title=("Judul", None), paragraphs=[("Teks.", None), ("---", "---")])
    index_search([silent], project)
    assert json.loads((project.docs_dir / "search/about.json").read_text())["languages"] == ["id"]
    assert not (project.docs_dir / "search" / "en").exists()


def test_a_disk_that_refuses_is_named(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    project.docs_dir.mkdir()
    (project.docs_dir / "search").write_text("in the way")
    with pytest.raises(SiteError, match=r"search.*: (Not a directory|File exists)"):
        index_search(entries(1), project)
