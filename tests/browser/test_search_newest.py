"""The newest shard tells of its words itself: together with those of all others they are the words
of the whole site, as if all stood in one file.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import factory
from conftest import lone_page
from dwiwarta.model import Entry
from dwiwarta.search import PartRef, index_entries, make_part, make_shard
from dwiwarta.search.buckets import BUCKETS
from dwiwarta.search.lexicon import make_words
from dwiwarta.search.shards import make_shards
from project_rig import make_project
from site_rig import serve_site

WORDS = ["roket", "pasar", "hujan", "gempa", "kopi", "sidang", "Ødegård", "AS", "as", "𝒳eno"]
ENGLISH = ["rocket", "markets", "rain", "quake", "coffee", "trial", "fishing", "AS", "as", "was"]
# For each word: in which shards it stands, in how many (for the order), its titles by number.
WHOLE = """async ([references, root]) => {
  const { Files } = await import("./files.js");
  const { readWords, isIn, shardsOf } = await import("./codec.js");
  const files = new Files(root);
  const { shards } = await files.about();
  const told = (words) => words.map((word) => [
    word.stem, word.form, word.languages, word.titles, shardsOf(word),
    shards.map(({ number }) => isIn(word, number)),
  ]);
  const out = [];
  for (const [bucket, bytes] of references.entries())
    out.push([told(await files.words(bucket)), told(readWords(new Uint8Array(bytes)))]);
  return out;
}"""


def entry(number: int, month: int) -> Entry:
    """One of a month; the words of its title and text are others than those of its neighbours."""
    picked = [WORDS[(number * 5 + step * step) % len(WORDS)] for step in range(3)]
    english = [ENGLISH[(number * 3 + step) % len(ENGLISH)] for step in range(2)]
    news = "Kabar" if month in (1, 5) else "News"  # a word of the other language before
    return factory.entry(
        slug=f"berita-{number:02}",
        title=(f"{picked[0]} {number}", f"{english[0]} {number}"),
        paragraphs=[
            (
                f"Kabar {' dan '.join(picked)} {number % 4}.",
                f"{news} of {english[1]}.",
            )
        ],
        when=date(2024, 1, 1) + timedelta(days=31 * month) if month >= 0 else None,
    )


def as_one(entries: Sequence[Entry]) -> list[bytes]:
    """The words of all shards, of the newest too, in one file for each bucket."""
    parts = [make_part(one) for one in entries]
    shards = make_shards(PartRef(p.slug, p.day, "", lambda part=p: part) for p in parts)
    made = [(len(shard.refs), make_shard(shard)[2]) for shard in shards]
    return [
        make_words([(n, buckets[number]) for n, buckets in made])[0] for number in range(BUCKETS)
    ]


@pytest.mark.parametrize("months", [(0,), (-1,), (0, 1), (-1, 0, 5), tuple(range(-1, 17))])
@pytest.mark.parametrize("articles", [1, 9])
def test_the_words_are_those_of_one_file_for_all(
    browser: Browser, tmp_path: Path, months: Sequence[int], articles: int
) -> None:
    entries = [
        entry(place * articles + n, month)
        for place, month in enumerate(months)
        for n in range(articles)
    ]
    project = make_project(tmp_path)
    index_entries(entries, project)
    with serve_site(project.docs_dir) as site, lone_page(browser) as page:
        page.goto(f"{site.url}assets/search/words.js")
        found = page.evaluate(WHOLE, [[list(data) for data in as_one(entries)], site.url])
    assert [ours for ours, _ in found] == [expected for _, expected in found]
    assert sum(len(ours) for ours, _ in found) > 5
