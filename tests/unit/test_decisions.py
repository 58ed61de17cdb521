"""What editors decide about two articles goes before what was measured, whoever says it."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.commands.compare import as_text, compare_articles
from dwiwarta.dedupe import group_stories
from dwiwarta.model import (
    Article,
    Decision,
    DecisionKind,
    Overrides,
    Pair,
    Relation,
    SourceRef,
    Story,
    TitleOrigin,
)
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import DedupeSettings
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "decisions.yml"
RELATIONS = {"copy": Relation.SAME_ARTICLE, "story": Relation.SAME_STORY}
LETTERS = "abcde"


def article(name: str, decided: dict[str, Any] | None = None) -> Article:
    """Of two the one with the later letter is longer."""
    decisions = tuple(
        Decision(DecisionKind(kind), target, f"{name}.txt.yml", line)
        for line, (kind, targets) in enumerate((decided or {}).items(), 1)
        for target in ([targets] if isinstance(targets, str) else targets)
    )
    text = "kata " * (10 + LETTERS.index(name))
    return Article(
        SourceRef(f"{name}.txt"),
        name,
        TitleOrigin.METADATA,
        (text.strip(),),
        source_url=f"https://kabar.example/{name}",
        overrides=Overrides(decisions=decisions),
    )


def pair(a: str, b: str, relation: str) -> Pair:
    return Pair(SourceRef(f"{a}.txt"), SourceRef(f"{b}.txt"), RELATIONS[relation], 0.5, 0.9)


def shown(stories: tuple[Story, ...]) -> list[str]:
    return sorted(
        " ".join(one.title for one in (story.article, *story.copies)) for story in stories
    )


def links(stories: tuple[Story, ...]) -> list[str]:
    found = {
        tuple(sorted((story.article.title, ref.path[0])))
        for story in stories
        for ref in story.related
    }
    return sorted(" ".join(pages) for pages in found)


def test_every_decision_is_followed_as_it_says() -> None:
    def check(case: dict[str, Any]) -> None:
        letters = sorted({letter for page in case["pages"] for letter in page.split()})
        articles = [article(one, case.get("decided", {}).get(one)) for one in letters]
        pairs = [pair(*names.split(), kind) for names, kind in case.get("pairs", {}).items()]
        settings = DedupeSettings(**case.get("settings", {}))
        problems = ProblemLog()
        stories = group_stories(articles, pairs, settings, problems)
        assert shown(stories) == sorted(case["pages"])
        assert links(stories) == case.get("linked", [])
        assert group_stories(articles[::-1], pairs, settings) == stories
        expected = case.get("problems", [])
        assert problems.lines() == expected

    check_each(cases(CASES), check)


TWO = st.sampled_from([(a, b) for a in LETTERS for b in LETTERS if a < b])
DECIDED = st.dictionaries(TWO, st.tuples(st.sampled_from(DecisionKind), st.booleans()), max_size=6)


@given(st.dictionaries(TWO, st.sampled_from(list(RELATIONS))), DECIDED, st.integers(0, 2**32))
def test_whatever_was_measured_and_whoever_says_it(
    measured: dict[tuple[str, str], str],
    decided: dict[tuple[str, str], tuple[DecisionKind, bool]],
    seed: int,
) -> None:
    """Of each two there is one decision, so none contradicts another but through third ones."""
    pairs = [pair(a, b, kind) for (a, b), kind in sorted(measured.items())]

    def grouped(*, turned: bool) -> tuple[tuple[Story, ...], ProblemLog]:
        said: dict[str, dict[str, list[str]]] = {letter: {} for letter in LETTERS}
        for (a, b), (kind, from_b) in decided.items():
            own, other = (b, a) if from_b is not turned else (a, b)
            said[own].setdefault(kind.value, []).append(f"{other}.txt")
        articles = [article(letter, said[letter]) for letter in LETTERS]
        random.Random(seed).shuffle(articles)
        problems = ProblemLog()
        return group_stories(articles, pairs, DedupeSettings(), problems), problems

    stories, problems = grouped(turned=False)
    other, _ = grouped(turned=True)
    assert (shown(other), links(other)) == (shown(stories), links(stories))
    page_of = {one.title: page for page, story in enumerate(stories)
               for one in (story.article, *story.copies)}  # fmt: skip
    assert sorted(page_of) == list(LETTERS)
    linked = {(page_of[story.article.title], page_of[ref.path[0]])
              for story in stories for ref in story.related}  # fmt: skip
    refused = {(p.path[0], p.reason.partition("'")[2][0]) for p in problems.all}
    for (a, b), (kind, _) in decided.items():
        if (a, b) in refused or (b, a) in refused:
            continue
        one, two = page_of[a], page_of[b]
        if kind is DecisionKind.SAME_AS:
            assert one == two
        elif kind is DecisionKind.STORY:
            assert one == two or (one, two) in linked
        else:
            assert one != two


@pytest.mark.parametrize("target", ["rapat.txt", "b/rapat.txt", "articles/b/rapat.txt"])
def test_a_file_is_found_beside_the_article_or_anywhere(target: str) -> None:
    here, there = article("a", {"same_as": target}), article("b")
    there = replace(there, ref=SourceRef("b/rapat.txt"))
    problems = ProblemLog()
    stories = group_stories([here, there], [], DedupeSettings(), problems)
    assert shown(stories) == ["b a"]
    assert not problems.count


def test_a_name_that_several_have_is_asked_about() -> None:
    others = [replace(article(n), ref=SourceRef(f"{n}/rapat.txt")) for n in "bc"]
    problems = ProblemLog()
    stories = group_stories(
        [article("a", {"same_as": "rapat.txt"}), *others], [], DedupeSettings(), problems
    )
    assert shown(stories) == ["a", "b", "c"]
    assert problems.lines() == [
        "a.txt.yml:1: same_as: 'rapat.txt': 2 articles have that name: write the folder, or #id"
    ]


def test_a_record_is_named_by_its_id() -> None:
    records = [replace(article(n), ref=SourceRef("x.jsonl", n)) for n in "bc"]
    for target in ("x.jsonl#c", "https://kabar.example/c"):
        stories = group_stories([article("a", {"same_as": target}), *records], [], DedupeSettings())
        assert shown(stories) == ["b", "c a"]


@pytest.mark.parametrize(
    ("ref", "place"),
    [
        (SourceRef("k/a.txt"), "k/a.txt.yml:"),
        (SourceRef("a.md"), "the front matter of a.md:"),
        (SourceRef("x.csv", "12ab"), "x.csv.yml, below records: 12ab:"),
    ],
)
def test_compare_prints_the_line_to_paste(ref: SourceRef, place: str) -> None:
    found = Pair(ref, SourceRef("z.txt"), Relation.SAME_ARTICLE, 0.5, 0.9)
    text = as_text(found, "A", "Z")
    assert f"write into {place}\n" in text
    assert '\n    not_same_as: "z.txt"' in text


def test_the_printed_line_parts_the_two() -> None:
    text = " ".join(f"kata{n}" for n in range(120))
    one, other = (replace(article(n), paragraphs=(text,)) for n in "ab")
    (found,) = compare_articles([one, other])
    assert found.relation is Relation.SAME_ARTICLE
    parted = replace(one, overrides=article("a", {"not_same_as": found.b.key}).overrides)
    assert [p.relation for p in compare_articles([parted, other])] == [Relation.SAME_STORY]
