"""What builds keep beside the stages' results: cards of lists, keys of months."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import factory
from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.model import Summary
from dwiwarta.pipeline import build
from dwiwarta.pipeline.cards import Cards
from dwiwarta.problems import ProblemLog
from dwiwarta.render import Card, EntryLibrary, card
from dwiwarta.settings import Project, Settings

SAMPLES = factory.sample_entries()


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / CACHE_NAME, ("card",)) as opened:
        yield opened


def never() -> Card:
    raise AssertionError("made again")


def summaries() -> list[Summary]:
    return EntryLibrary(SAMPLES).summaries()


def test_a_card_comes_back_as_it_was(cache: Cache) -> None:
    kept = Cards(cache)
    for one, of in zip(SAMPLES, summaries(), strict=True):
        kept.put(one.slug, of, card(one))
    kept.keep_only([one.slug for one in SAMPLES])
    again = Cards(cache)
    for one, of in zip(SAMPLES, summaries(), strict=True):
        assert again.get(one.slug, of, never) == card(one)


def test_a_card_that_is_not_the_one_is_made_again(cache: Cache) -> None:
    one, of = SAMPLES[0], summaries()[0]
    right = card(one)
    kept = Cards(cache)
    kept.put(one.slug, of, replace(right, title_id="Judul lain"))  # as by a fault of ours
    kept.keep_only([one.slug])
    assert Cards(cache).get(one.slug, of, lambda: right) == right
    assert Cards(cache).get(one.slug, of, never) == right  # and kept this time


def test_a_card_of_another_article_text_is_made_again(cache: Cache) -> None:
    one, of = SAMPLES[0], summaries()[0]
    kept = Cards(cache)
    kept.put(one.slug, of, card(one))
    kept.keep_only([one.slug])
    with pytest.raises(AssertionError, match="made again"):
        Cards(cache).get(one.slug, replace(of, card="0" * 32), never)


def test_a_card_that_is_no_card_is_made_again(cache: Cache) -> None:
    one, of = SAMPLES[0], summaries()[0]
    cache.put("card", {one.slug: (of.card, b'{"slug": 1}')})
    assert Cards(cache).get(one.slug, of, lambda: card(one)) == card(one)


def test_cards_of_articles_that_are_gone_go(cache: Cache) -> None:
    kept = Cards(cache)
    for one, of in zip(SAMPLES, summaries(), strict=True):
        kept.put(one.slug, of, card(one))
    kept.keep_only([SAMPLES[0].slug])
    assert list(cache.keys("card")) == [SAMPLES[0].slug]


def test_keys_of_months_without_articles_go(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    text = "Judul tentang laut\n\nNelayan di pantai utara pulang lebih awal karena ombak.\n"
    for day in ("2024-05-06", "2024-07-08"):
        (folder / f"{day}-laut.txt").write_text(f"{text}\nTanggal {day}.\n", "utf-8")
    assert _months(tmp_path) == {"2024-05", "2024-07-0"}
    (folder / "2024-05-06-laut.txt").unlink()
    assert _months(tmp_path) == {"2024-07-0"}


def _months(root: Path) -> set[str]:
    project = Project(root=root, settings=Settings(), site_name="Uji")
    build(project, ProblemLog(), lambda _: None, engines=(), with_site=False)
    with closing(sqlite3.connect(root / ".cache" / CACHE_NAME)) as db:
        return {name.decode() for (name,) in db.execute("SELECT name FROM words")}
