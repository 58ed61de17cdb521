"""Pagefind over the pages: reproducible, not done twice, and clear when it fails."""

import json
import os
from pathlib import Path

import pytest

import factory
from dwiwarta.errors import SiteError
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
    marker = (search / "id" / "pagefind.js").stat().st_ino
    other = (search / "en" / "pagefind.js").stat().st_ino
    index_search([factory.entry(paragraphs=[("Teks lama.", "New text.")])], project)
    assert (search / "id" / "pagefind.js").stat().st_ino == marker
    assert (search / "en" / "pagefind.js").stat().st_ino != other


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
    left = project.cache_dir / "search" / "id-abandoned"
    (left / "pages").mkdir(parents=True)
    os.utime(left, (0, 0))
    running = project.cache_dir / "search" / "id-running"
    running.mkdir()
    index_search(entries(1), project)
    assert not left.exists()
    assert running.exists()


def test_a_disk_that_refuses_is_named(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    project.docs_dir.mkdir()
    (project.docs_dir / "search").write_text("in the way")
    with pytest.raises(SiteError, match=r"search.*: (Not a directory|File exists)"):
        index_search(entries(1), project)
