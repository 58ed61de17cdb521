"""The search index on disk: the same bytes whatever came before, and nothing made twice."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import factory
from dwiwarta import fingerprint
from dwiwarta.cache import Cache
from dwiwarta.errors import SiteError
from dwiwarta.files import write_atomic
from dwiwarta.fingerprint import Tree
from dwiwarta.model import Entry, Tags
from dwiwarta.pipeline import shards, workers
from dwiwarta.pipeline.shards import Shards
from dwiwarta.pipeline.workers import Workers
from dwiwarta.search import (
    PartRef,
    SearchPart,
    index_entries,
    make_part,
    stale_shards,
    write_index,
)
from dwiwarta.search import shards as shards_module
from dwiwarta.search.buckets import BUCKETS

WORDS = ["roket", "pasar", "hujan", "gempa", "kereta", "kopi", "sungai", "sidang", "beras", "ikan"]
ENGLISH = ["rocket", "market", "rain", "quake", "train", "coffee", "river", "trial", "rice", "fish"]
COUNTRIES = ("ID JP", "JP RU", "RU KE", "KE BR")
FIRST = date(2023, 1, 15)


def entry(number: int, word: int = 0) -> Entry:
    """One of many; ``word`` changes its text."""
    n = number + word
    return factory.entry(
        slug=f"berita-{number:02}",
        title=(f"{WORDS[n % 10].title()} {number}", f"{ENGLISH[n % 10].title()} {number}"),
        paragraphs=[(f"Kabar {WORDS[n % 7]} dan {WORDS[n % 3]}.", f"News of {ENGLISH[n % 7]}.")],
        tags=Tags(countries=factory.countries(COUNTRIES[number % 4])),
        when=FIRST + timedelta(days=30 * number) if number % 9 else None,
        source_name=f"Koran {number % 3}",
    )


def entries(count: int = 30) -> list[Entry]:
    """Enough of them that an order left to chance would show, over several months."""
    return [entry(number) for number in range(count)]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def made(root: Path, some: Sequence[Entry]) -> dict[str, bytes]:
    """What a first build writes."""
    project = factory.project(root)
    assert index_entries(some, project).articles == len(some)
    return contents(project.docs_dir)


def refs(some: Sequence[Entry], loaded: list[str]) -> list[PartRef]:
    """The parts of entries, noting which are loaded."""

    def ref(one: Entry) -> PartRef:
        part = make_part(one)

        def load() -> SearchPart:
            loaded.append(part.slug)
            return part

        return PartRef(part.slug, part.day, str(hash(part)), load)

    return [ref(one) for one in some]


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    some = entries()
    shuffled = Random(1).sample(some, len(some))
    one, two = made(tmp_path / "one", some), made(tmp_path / "two", shuffled)
    assert one == two
    about = json.loads(one["search/about.json"])
    assert about["articles"] == 30
    assert len(about["words"]) == BUCKETS
    named = {*about["words"], about["facets"], about["rules"]}
    for _, _, _, rows, texts in about["shards"]:
        named |= {rows, *(f"texts-{name}.bin" for name in texts)}
    assert {f"search/{name}" for name in named} <= set(one)
    oldest = [shard[1] for shard in about["shards"]]
    assert oldest == sorted(oldest)
    assert oldest[0] == ""  # the undated


def test_on_another_disk_too(tmp_path: Path) -> None:
    elsewhere = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=elsewhere if elsewhere.is_dir() else None) as other:
        assert made(tmp_path, entries(9)) == made(Path(other), entries(9)[::-1])


CHANGES = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove"]), st.integers(0, 14), st.integers(1, 9)),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=4))
def test_whatever_came_before_the_index_is_that_of_a_first_build(
    history: list[list[tuple[str, int, int]]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        project = factory.project(Path(name) / "kept")
        now = {number: entry(number) for number in range(0, 12, 2)}
        index_entries(now.values(), project)
        for changes in history:
            for what, number, word in changes:
                if what == "remove":
                    now.pop(number, None)
                elif what == "add" or number in now:
                    now[number] = entry(number, word)
            index_entries(now.values(), project)
        assert contents(project.docs_dir) == made(Path(name) / "fresh", list(now.values()))


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    some = entries()
    loaded: list[str] = []
    first = write_index(refs(some, loaded), project)
    assert len(loaded) == 30
    assert first.written == len(contents(project.docs_dir))
    loaded.clear()
    assert write_index(refs(some, loaded), project) == replace(first, written=0, removed=0)
    assert loaded == []


def test_a_changed_article_costs_its_own_shard(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    loaded: list[str] = []
    write_index(refs(entries(), loaded), project)
    loaded.clear()
    changed = [*entries()[:10], entry(10, 1), *entries()[11:]]
    count = write_index(refs(changed, loaded), project)
    assert "berita-10" in loaded
    assert len(loaded) <= 2  # one article a month, in some months two
    assert 3 <= count.written <= 20


def with_one_more(tmp_path: Path, some: Sequence[Entry], one: Entry) -> tuple[set[str], int]:
    """The files that there were not, or are no more, and how many were written."""
    project = factory.project(tmp_path)
    index_entries(some, project)
    before = contents(project.docs_dir)
    count = index_entries([*some, one], project)
    after = contents(project.docs_dir)
    assert after == made(tmp_path / "fresh", [*some, one])
    return before.keys() ^ after.keys(), count.written


def test_a_new_article_leaves_other_shards_files_alone(tmp_path: Path) -> None:
    some = entries(20)
    new = replace(entry(20), story=entry(10).story)  # of the month of another
    others, written = with_one_more(tmp_path, some, new)
    texts = [name for name in others if "texts-" in name]
    assert 0 < len(texts) <= BUCKETS  # half as many new ones, and as many old
    assert written <= BUCKETS + BUCKETS // 2 + 5


def test_a_new_article_of_the_newest_month_changes_no_file_of_words(tmp_path: Path) -> None:
    new = replace(entry(23, 4), story=entry(19).story)
    others, written = with_one_more(tmp_path, entries(20), new)
    assert not [name for name in others if "words-" in name]
    assert written <= 12 + 4  # texts, rows, cards, facets, about


def test_the_first_article_of_a_month_closes_the_month_before(tmp_path: Path) -> None:
    others, _ = with_one_more(tmp_path, entries(20), entry(20))
    assert [name for name in others if "words-" in name]


def test_the_newest_month_names_words_by_their_places_however_these_were_kept(
    tmp_path: Path,
) -> None:
    project = factory.project(tmp_path)
    index_entries(entries(20), project)
    kept = sorted((project.cache_dir / "search").glob("*.keys"))
    assert len(kept) == BUCKETS
    for place, path in enumerate(kept):
        path.write_bytes(path.read_bytes()[:-1] if place % 2 else b"3roket\n")
    new = replace(entry(23, 4), story=entry(19).story)
    index_entries([*entries(20), new], project)
    assert contents(project.docs_dir) == made(tmp_path / "fresh", [*entries(20), new])


def test_the_newest_month_is_parted_by_days_until_another_comes(tmp_path: Path) -> None:
    some = [factory.entry(slug=f"kabar-{day:02}", when=date(2024, 4, day)) for day in range(1, 31)]
    project = factory.project(tmp_path)
    assert index_entries(some, project).shards == ("2024-04-0", "2024-04-1", "2024-04-2")
    later = [
        *some,
        factory.entry(slug="lain", when=date(2024, 5, 12)),
        factory.entry(slug="tanpa", when=None),
    ]
    assert index_entries(later, project).shards == ("undated", "2024-04", "2024-05-1")


@pytest.mark.parametrize("kind", ["emptied", "same size", "cut off", "lost"])
@pytest.mark.parametrize("name", ["words", "texts", "rows", "cards", "facets", "rules", "about"])
def test_a_damaged_file_is_made_again(tmp_path: Path, kind: str, name: str) -> None:
    project = factory.project(tmp_path)
    index_entries(entries(6), project)
    search = project.docs_dir / "search"
    before = contents(search)
    path = next(path for path in sorted(search.glob(f"{name}*")) if path.stat().st_size > 1)
    data = path.read_bytes()
    if kind == "lost":
        path.unlink()
    else:
        path.write_bytes({"emptied": b"", "same size": data[::-1], "cut off": data[:-1]}[kind])
    assert contents(search) != before
    index_entries(entries(6), project)
    assert contents(search) == before


@pytest.mark.parametrize(
    "damage", ["lost", "garbage", "another's", "not ours", "a list", "cut off", "another byte"]
)
def test_the_cache_is_never_trusted_when_damaged(tmp_path: Path, damage: str) -> None:
    project = factory.project(tmp_path)
    index_entries(entries(12), project)
    before = contents(project.docs_dir)
    cache = project.cache_dir / "search"
    files = sorted(cache.iterdir())
    assert len(files) > 3
    for path, other in zip(files, [*files[1:], files[0]], strict=True):
        if damage == "lost":
            path.unlink()
        else:
            path.write_bytes(
                {
                    "garbage": b"\xff\n{}",
                    "another's": other.read_bytes(),
                    "not ours": b"../../about.md ../../about.md\n",
                    "a list": b"[]\n[]",
                    "cut off": (data := path.read_bytes())[: -len(data) // 3],
                    "another byte": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
                }[damage]
            )
    (cache / "left.by.somebody").write_bytes(b"")
    index_entries(entries(12), project)
    assert contents(project.docs_dir) == before
    index_entries(entries(11), project)
    assert contents(project.docs_dir) == made(tmp_path / "fresh", entries(11))
    assert not (cache / "left.by.somebody").exists()


def test_what_others_left_is_removed_and_pages_stay(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    search = project.docs_dir / "search"
    (search / "id" / "fragment").mkdir(parents=True)  # of the indexes of earlier versions
    (search / "en").mkdir()
    (search / "id" / "pagefind.js").write_bytes(b"//")
    for name in (".about.json.00__zz99.tmp", ".words-0123456789.bin.a1b2c3d4.tmp"):
        (search / name).write_bytes(b"half")
    (search / "texts-0123456789.bin").write_bytes(b"old")
    (search / "index.html").write_bytes(b"a person's")
    index_entries(entries(3), project)
    names = {path.name for path in search.iterdir()}
    assert not {"id", "en", "texts-0123456789.bin"} & names
    assert not [name for name in names if name.startswith(".")]
    assert (search / "index.html").read_bytes() == b"a person's"


def test_no_articles_are_an_index_too(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    index_entries(entries(3), project)
    assert index_entries([], project).articles == 0
    assert contents(project.docs_dir) == made(tmp_path / "fresh", [])
    about = json.loads((project.docs_dir / "search/about.json").read_text())
    assert (about["articles"], about["shards"]) == (0, [])


def test_a_full_disk_leaves_a_search_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = factory.project(tmp_path)
    index_entries(entries(3), project)
    before = contents(project.docs_dir)
    writes = 0

    def full(path: Path, data: bytes, **more: object) -> bool:
        nonlocal writes
        writes += 1
        if writes == 3:
            raise OSError(28, "No space left on device", str(path))
        return write_atomic(path, data, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(fingerprint, "write_atomic", full)
    with pytest.raises(SiteError, match=r"docs/search/.*: No space left on device"):
        index_entries(entries(5), project)
    after = contents(project.docs_dir)
    assert {name: after[name] for name in before} == before
    monkeypatch.undo()
    index_entries(entries(5), project)
    assert contents(project.docs_dir) == made(tmp_path / "fresh", entries(5))


def test_a_disk_that_refuses_is_named(tmp_path: Path) -> None:
    project = factory.project(tmp_path)
    project.docs_dir.mkdir()
    (project.docs_dir / "search").write_text("in the way")
    with pytest.raises(SiteError, match=r"search.*: (Not a directory|File exists)"):
        index_entries(entries(1), project)


@pytest.mark.parametrize("place", ["docs/search", ".cache/search", "docs/search/id"])
def test_nothing_is_written_or_removed_through_a_link(tmp_path: Path, place: str) -> None:
    behind = tmp_path / "behind"
    behind.mkdir()
    (behind / "texts-0123456789.bin").write_text("somebody's")
    project = factory.project(tmp_path / "project")
    link = project.root / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(behind)
    with pytest.raises(SiteError, match="is a link"):
        index_entries(entries(2), project)
    assert [path.name for path in behind.iterdir()] == ["texts-0123456789.bin"]


# --- very many articles ---------------------------------------------------------------------------


def test_a_month_of_very_many_articles_is_several_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards_module, "MOST_ARTICLES", 10)
    busy = [
        factory.entry(
            slug=f"kabar-{number:02}",
            title=(f"Roket {number}", None),
            when=date(2024, 4 + number % 2, 1) if number < 60 else None,
        )
        for number in range(80)
    ]
    index_entries(busy, factory.project(tmp_path))
    about = json.loads((tmp_path / "docs/search/about.json").read_text())
    sizes = [shard[0] for shard in about["shards"]]
    assert sum(sizes) == 80
    assert max(sizes) <= 15
    assert len(sizes) > 3
    newest = [shard[2] for shard in about["shards"]]
    assert newest == sorted(newest)


def test_cards_of_a_busy_day_are_several_files(tmp_path: Path) -> None:
    busy = [factory.entry(slug=f"kabar-{n:03}", when=date(2024, 4, 1)) for n in range(100)]
    files = made(tmp_path, busy)
    cards = [json.loads(data) for name, data in files.items() if "cards-" in name]
    assert sum(map(len, cards)) == 100
    assert max(map(len, cards)) <= 50


def test_shards_that_are_begun_ahead_are_those_of_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "cpu_count", lambda: 2)
    monkeypatch.setattr(workers, "JOBS_FOR_PROCESSES", 1)
    monkeypatch.setattr(shards, "_MOST_BEGUN", 12)
    project, some = factory.project(tmp_path / "ahead"), entries()
    parts = {one.slug: make_part(one).to_bytes() for one in some}
    found = refs(some, [])
    with (
        Cache(tmp_path / "cache", ("words",)) as cache,
        Workers() as pool,
    ):
        ahead = Shards(cache, pool, "", lambda ref: parts[ref.slug])
        docs = Tree(project.docs_dir)
        ahead.begin(lambda: stale_shards(found, project, docs))
        assert not ahead.begun  # nobody would do it meanwhile
        assert list(pool.do([partial(len, ""), partial(len, "a")])) == [0, 1]
        ahead.begin(lambda: stale_shards(found, project, docs))
        assert ahead.begun
        count = write_index(found, project, ahead.make, docs)
        assert not ahead.begun
        assert stale_shards(found, project, docs) == []
        assert set(cache.keys("words")) == set(count.shards)
    assert contents(project.docs_dir) == made(tmp_path / "fresh", some)
