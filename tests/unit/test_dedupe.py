"""Copies, other tellings and templates; and that no order or process changes the answer."""

import random
import subprocess
import sys
from array import array
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.commands.compare import compare_articles
from dwiwarta.dedupe import find_pairs, group_stories, pairs
from dwiwarta.dedupe.index import overlaps
from dwiwarta.dedupe.lsh import likely_overlaps
from dwiwarta.dedupe.shingles import Numbers, shingles
from dwiwarta.model import Article, DateOrigin, Pair, Published, Relation, SourceRef, TitleOrigin
from dwiwarta.settings import PROJECT_ROOT, DedupeSettings
from entries import check_each, placed
from project_rig import PUBLISHED

CASES_FILE = Path(__file__).parents[1] / "cases" / "dedupe.yml"
CASES = yaml.safe_load(CASES_FILE.read_text(encoding="utf-8"))
COPY, STORY = Relation.SAME_ARTICLE, Relation.SAME_STORY


def article(name: str, *paragraphs: str, day: date | None = None, title: str = "") -> Article:
    published = Published(day, DateOrigin.METADATA) if day else None
    return Article(SourceRef(name), title, TitleOrigin.METADATA, paragraphs, published)


def side(case: dict[str, Any], name: str) -> Article:
    own = case[name]
    texts = (*own.get("before", ()), *case.get("same", ()), *own.get("paragraphs", ()))
    found = article(name, *texts, day=own["date"], title=own["title"])
    return replace(found, outlet=own.get("outlet"))


def long_text(seed: int, words: int = 120) -> str:
    numbers = random.Random(seed)
    return " ".join(f"kata{chr(97 + numbers.randrange(26))}{seed}x{n}" for n in range(words))


def test_every_pair_is_judged_as_it_says() -> None:
    def check(case: dict[str, Any]) -> None:
        a, b = side(case, "a"), side(case, "b")
        found = [pair.relation.value for pair in find_pairs([a, b])]
        assert found == ([case["relation"]] if case["relation"] else [])
        assert find_pairs([b, a]) == find_pairs([a, b])

    check_each(placed(CASES_FILE, [], CASES), check)


def test_a_row_of_prepositions_is_read() -> None:
    """With the square of its length this would take minutes."""
    title, texts = "Kabar Dari Dermaga", ("di ke " * 50_000, long_text(1))
    pairs_found = find_pairs([article(name, *texts, title=title) for name in "ab"])
    assert [pair.relation for pair in pairs_found] == [COPY]


@pytest.mark.parametrize("days", [0, 1, 2, 3, 4, 7, 8, 31, 32, 400, None])
def test_no_pair_is_given_up_by_its_sketches(
    days: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides = []
    for case in CASES:
        a, b = side(case, "a"), side(case, "b")
        day = (a.published.day if a.published else date(2023, 5, 1)) + timedelta(days or 0)
        published = None if days is None else Published(day, DateOrigin.METADATA)
        sides.append((a, replace(b, published=published)))
    found = [find_pairs(pair) for pair in sides]
    monkeypatch.setattr(pairs, "may_relate", lambda *_: True)
    assert found == [find_pairs(pair) for pair in sides]


def test_the_order_of_articles_changes_nothing() -> None:
    articles = [
        replace(side(case, name), ref=SourceRef(f"{number}{name}"))
        for number, case in enumerate(CASES)
        for name in "ab"
    ]
    expected = find_pairs(articles)
    stories = group_stories(articles, expected, DedupeSettings())
    assert expected
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert find_pairs(articles) == expected
        mixed = random.Random(seed).sample(expected, len(expected))
        assert group_stories(articles, mixed, DedupeSettings()) == stories


def test_the_seed_of_hashing_changes_nothing() -> None:
    command = [sys.executable, "scripts/build.py", "compare", "--jsonl", str(PUBLISHED)]
    outputs = {
        subprocess.run(
            command, cwd=PROJECT_ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert b"same-article" in outputs.pop()


SETS = st.lists(st.frozensets(st.integers(0, 40), min_size=1, max_size=15), max_size=12)


@given(SETS, st.floats(0.05, 1.0))
def test_the_index_misses_nothing(sets: list[frozenset[int]], share: float) -> None:
    arrays = [array("Q", sorted(one)) for one in sets]
    expected = {
        (i, j, len(sets[i] & sets[j]))
        for j in range(len(sets))
        for i in range(j)
        if len(sets[i] & sets[j]) >= share * min(len(sets[i]), len(sets[j])) and sets[i] & sets[j]
    }
    found = list(overlaps(arrays, share))
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_lsh_finds_near_copies_and_invents_nothing() -> None:
    base = [long_text(seed).split() for seed in range(30)]
    texts = base + [
        [*words[:100], *long_text(1000 + n, 20).split()] for n, words in enumerate(base)
    ]
    sets = [shingles(words, Numbers()) for words in texts]
    exact = set(overlaps(sets, 0.1))
    assert set(likely_overlaps(sets, 0.1)) == exact
    assert {(i, j) for i, j, _ in exact} == {(n, n + 30) for n in range(30)}


def test_a_large_folder_gives_the_same_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [
        replace(side(case, name), ref=SourceRef(f"{number}{name}"))
        for number, case in enumerate(CASES)
        for name in "ab"
    ]
    exact = find_pairs(articles)
    monkeypatch.setattr(pairs, "EXACT_UP_TO", 0)
    assert [pair for pair in find_pairs(articles) if pair.relation is COPY] == [
        pair for pair in exact if pair.relation is COPY
    ]


@pytest.mark.parametrize("texts", [[], [""], ["a"], ["", ""], ["a b", "a b"], ["١٢٣", "—"]])
def test_hardly_any_text(texts: list[str]) -> None:
    assert find_pairs([article(str(n), text) for n, text in enumerate(texts)]) == ()


def test_compare_names_all_copies_that_end_on_one_page() -> None:
    text = [long_text(n, 30) for n in range(12)]
    stray = [long_text(100 + n, 30) for n in range(3)]
    whole = article("a", *text, title="Judul yang sama untuk semua")
    first = article("b", *text[:9], *stray, title="Judul yang sama untuk semua")
    second = article("c", *text[3:], *stray[:2], title="Judul yang sama untuk semua")
    verdicts = compare_articles([first, second, whole])
    assert [(v.a.path, v.b.path, v.relation) for v in verdicts] == [
        ("a", "b", COPY),
        ("a", "c", COPY),
        ("b", "c", COPY),
    ]


# --- pages --------------------------------------------------------------------------------------


def pair(a: Article, b: Article, relation: Relation, containment: float = 0.9) -> Pair:
    first, second = sorted((a.ref, b.ref))
    return Pair(first, second, relation, containment, containment)


def test_the_longest_is_kept_then_the_latest_then_the_first() -> None:
    old, new = date(2024, 1, 1), date(2024, 1, 2)
    short = article("a", "x" * 5, day=new)
    late, early = article("c", "x" * 9, day=new), article("b", "x" * 9, day=old)
    twin = article("d", "x" * 9, day=new)
    articles = [short, early, late, twin]
    found = [pair(a, b, COPY) for a in articles for b in articles if a.ref < b.ref]
    (story,) = group_stories(articles, found, DedupeSettings())
    assert story.article is late
    assert story.copies == (short, early, twin)
    assert story.related == ()


def test_an_excerpt_does_not_glue_two_articles() -> None:
    one, other, excerpt = article("a", "x" * 90), article("b", "x" * 80), article("c", "x" * 9)
    found = [pair(one, excerpt, COPY, 0.95), pair(other, excerpt, COPY, 1.0)]
    stories = group_stories([one, other, excerpt], found, DedupeSettings())
    assert [story.article.ref.path for story in stories] == ["a", "b"]
    assert [story.copies for story in stories] == [(), (excerpt,)]
    assert [story.related for story in stories] == [(other.ref,), (one.ref,)]


def test_a_copy_of_a_copy_joins_if_it_tells_the_page_s_story() -> None:
    page, copy, third = article("a", "x" * 90), article("b", "x" * 80), article("c", "x" * 70)
    chain = [pair(page, copy, COPY), pair(copy, third, COPY)]
    assert len(group_stories([page, copy, third], chain, DedupeSettings())) == 2
    (story,) = group_stories(
        [page, copy, third], [*chain, pair(page, third, STORY)], DedupeSettings()
    )
    assert story.copies == (copy, third)


def test_links_go_both_ways_the_most_alike_first() -> None:
    a, b, c = article("a", "x" * 9), article("b", "x" * 8), article("c", "x" * 7)
    found = [pair(a, b, STORY, 0.4), pair(a, c, STORY, 0.6)]
    stories = group_stories([a, b, c], found, DedupeSettings())
    assert [story.related for story in stories] == [(c.ref, b.ref), (a.ref,), (a.ref,)]


def test_an_earlier_version_leads_to_the_newest() -> None:
    texts = (long_text(1, 60), long_text(2, 60))
    hours = {name: datetime(2024, 7, 6, hour, tzinfo=UTC) for name, hour in (("a", 8), ("b", 20))}
    hours["c"] = datetime(2024, 7, 6, 12, tzinfo=UTC)
    articles = []
    for name, when in hours.items():
        one = article(
            name, *texts, f"Korban {when.hour} orang.", title=f"Korban banjir {when.hour} orang"
        )
        articles.append(replace(one, published=Published(when, DateOrigin.METADATA)))
    pairs = find_pairs(articles)
    assert [(pair.relation, pair.update) for pair in pairs] == [(STORY, True)] * 3
    later = {s.article.ref.path: s.later for s in group_stories(articles, pairs, DedupeSettings())}
    assert later == {"a": SourceRef("b"), "b": None, "c": SourceRef("b")}
    unlinked = group_stories(articles, pairs, DedupeSettings(link=False))
    assert [story.later for story in unlinked] == [None] * 3


def test_which_of_two_versions_is_later_is_not_guessed() -> None:
    texts = (long_text(1, 60), long_text(2, 60))
    day = date(2024, 7, 6)
    articles = [
        article(name, *texts, f"Korban {n} orang.", title=f"Korban banjir {n} orang", day=day)
        for name, n in (("a", 12), ("b", 27))
    ]
    pairs = find_pairs(articles)
    assert [pair.update for pair in pairs] == [True]
    assert [s.later for s in group_stories(articles, pairs, DedupeSettings())] == [None, None]


def test_merging_and_linking_can_be_switched_off() -> None:
    a, b, c = article("a", "x" * 9), article("b", "x" * 8), article("c", "x" * 7)
    found = [pair(a, b, COPY), pair(a, c, STORY)]
    unmerged = group_stories([a, b, c], found, DedupeSettings(merge=False))
    assert [story.related for story in unmerged] == [(b.ref, c.ref), (a.ref,), (a.ref,)]
    unlinked = group_stories([a, b, c], found, DedupeSettings(link=False))
    assert [(story.copies, story.related) for story in unlinked] == [((b,), ()), ((), ())]
