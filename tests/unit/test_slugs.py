"""Names of article pages: safe, stable, never two alike."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.model import Article, DateOrigin, Published, SourceRef, TitleOrigin
from dwiwarta.slugs import distinct, readable_slug

DAY = Published(date(2023, 11, 9), DateOrigin.METADATA)


def article(title: str, path: str = "a.txt", published: Published | None = None) -> Article:
    return Article(SourceRef(path), title, TitleOrigin.METADATA, ("Teks.",), published)


def unique_slugs(articles: Sequence[Article]) -> dict[SourceRef, str]:
    return distinct({one.ref: readable_slug(one.title, one.published) for one in articles})


def slug(title: str, published: Published | None = None) -> str:
    (only,) = unique_slugs([article(title, published=published)]).values()
    return only


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Hubungan Militer Rusia-Korea Utara", "2023-11-09-hubungan-militer-rusia-korea-utara"),
        ("../../etc/passwd", "2023-11-09-etc-passwd"),
        ("<script>alert(1)</script>", "2023-11-09-script-alert-1-script"),
        ("a" * 2000, "2023-11-09-" + "a" * 80),
    ],
)
def test_date_and_title_make_the_slug(title: str, expected: str) -> None:
    assert slug(title, DAY) == expected


@pytest.mark.parametrize("title", ["😀😀", "---", "index", "README"])
def test_a_title_that_gives_no_usable_name_gets_a_digest(title: str) -> None:
    assert len(slug(title).rpartition("-")[2]) == 8


def test_like_titles_get_different_names_that_do_not_depend_on_order() -> None:
    one, two = article("Gempa", "a.txt", DAY), article("Gempa!", "b.txt", DAY)
    slugs = unique_slugs([one, two])
    assert len(set(slugs.values())) == 2
    assert slugs == unique_slugs([two, one])


def test_a_title_that_looks_like_anothers_name_does_not_take_it() -> None:
    two = [article("Gempa", "a.txt"), article("Gempa", "b.txt")]
    taken = unique_slugs(two)[SourceRef("a.txt")]
    slugs = unique_slugs([*two, article(taken, "c.txt")])
    assert len(set(slugs.values())) == 3


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_every_name_is_safe_and_unique(titles: list[str]) -> None:
    slugs = unique_slugs([article(title, f"{n}.txt") for n, title in enumerate(titles)])
    assert len(set(slugs.values())) == len(titles)
    for name in slugs.values():
        assert name
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert name not in ("index", "readme")
