"""Articles in shards by time, and what is published of a shard.

A shard is a month by the articles' dates, the newest month is parted in three by their days; those
without a date are one of their own. What a shard holds depends on its articles alone, so that a new
or changed article costs its own shard. A month of very many articles is split by their names, so
that memory is bounded whatever there is.

The newest shard, into which most new articles come, tells of its words itself (``newest``), so that
the files of words stay as they are until its days are over. Which that is, the dates alone say,
whatever came when. Readers fetch of it for each word, so it is a part of a month only.
"""

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.search import codec
from dwiwarta.search.buckets import BUCKETS, BUCKETS_A_FILE, Bucket, in_buckets, make_bucket
from dwiwarta.search.keys import articles_by_key, keys_of_names, learn_keys, merged
from dwiwarta.search.part import SearchPart
from dwiwarta.search.words import passed_over

FORMAT = 5  # of all published files; raised with every change of their form
UNDATED = "undated"
LANGUAGES = SOURCE_LANGUAGE, TARGET_LANGUAGE
MOST_ARTICLES = 4000  # of one shard: about 200 MB while it is made
_DAYS = 11  # of a part of the newest month, at most; its last part is the newest shard
_CARDS = 32  # articles whose cards are one file, at most about


@dataclass(frozen=True, slots=True)
class PartRef:
    """An article's part before it is loaded; ``digest`` is that of all that decides what it holds.

    ``day`` is that of the part. ``load`` is called only where the article's shard is made anew.
    """

    slug: str
    day: int
    digest: str
    load: Callable[[], SearchPart]


@dataclass(frozen=True, slots=True)
class Shard:
    """The articles of one shard, the oldest first, so that a new one changes no other's number.

    ``is_newest``: whether there is none after it. ``known``: the keys of its words as it was
    earlier, if at hand; see ``learn_keys``.
    """

    key: str
    refs: tuple[PartRef, ...]
    digest: str
    is_newest: bool = False
    known: str = ""


@dataclass(frozen=True, slots=True)
class ShardSummary:
    """What the index needs to know of a shard that is not made anew.

    ``texts``, ``rows``, ``cards``: names of its files. ``facets``: how many articles have each.
    ``words``: the digests of its buckets.
    """

    articles: int
    oldest: int
    newest: int
    texts: tuple[str, ...]
    rows: str
    cards: tuple[str, ...]
    facets: Mapping[str, int]
    words: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """All that is published of it."""
        return (*self.texts, self.rows, *self.cards)


def file_name(kind: str, data: bytes, ending: str = "bin") -> str:
    """A name that says what the file holds: another content has another name."""
    return f"{kind}-{hashlib.sha256(data).hexdigest()[:10]}.{ending}"


def is_whole(name: str, data: bytes) -> bool:
    """Whether a file holds what its name says."""
    return file_name(name.partition("-")[0], data, name.rpartition(".")[2]) == name


# --- which article is where -----------------------------------------------------------------------


def make_shards(refs: Iterable[PartRef]) -> list[Shard]:
    """All articles, shards in an order that has the oldest first, the undated before them."""
    months: dict[str, list[PartRef]] = defaultdict(list)
    for ref in refs:
        month = date.fromordinal(ref.day).isoformat()[:7] if ref.day else UNDATED
        months[month].append(ref)
    newest = max(months.keys() - {UNDATED}, default="")
    for ref in months.pop(newest, ()):
        part = min(date.fromordinal(ref.day).day // _DAYS, 2)
        months[f"{newest}-{part}"].append(ref)
    shards: dict[str, list[PartRef]] = {}
    for key, found in months.items():
        shards |= _split(key, found)
    order = sorted(shards, key=lambda key: (not key.startswith(UNDATED), key))
    return [_shard(key, shards[key], is_newest=key == order[-1]) for key in order]


def _split(key: str, refs: list[PartRef]) -> dict[str, list[PartRef]]:
    if len(refs) <= MOST_ARTICLES:
        return {key: refs}
    count = 2
    while len(refs) > count * MOST_ARTICLES * 3 // 4:
        count *= 2
    parts: dict[str, list[PartRef]] = defaultdict(list)
    for ref in refs:
        parts[f"{key}-{zlib.crc32(ref.slug.encode()) % count:03}"].append(ref)
    return parts


def _shard(key: str, refs: Iterable[PartRef], *, is_newest: bool) -> Shard:
    # Read backwards by the browser: the newest first, those of a day by name.
    by_name = sorted(refs, key=lambda ref: ref.slug, reverse=True)
    ordered = tuple(sorted(by_name, key=lambda ref: ref.day))
    digest = hashlib.sha256(f"{FORMAT} {BUCKETS} {key} {is_newest}\n".encode())
    for ref in ordered:
        digest.update(f"{ref.slug} {ref.digest}\n".encode())
    return Shard(key, ordered, digest.hexdigest(), is_newest)


# --- what is published ----------------------------------------------------------------------------

# The files of a shard by name, its summary and its words.
ShardFiles = tuple[dict[str, bytes], ShardSummary, tuple[Bucket, ...]]


def make_shard(shard: Shard) -> ShardFiles:
    """The files of a shard by name, its summary and its words.

    Without the texts of the newest, which others' words belong to: its words have the lists.
    """
    learn_keys(shard.known)
    total = len(shard.refs)
    words: list[dict[str, list[int]]] = [defaultdict(list) for _ in LANGUAGES]
    title_words: list[dict[str, list[int]]] = [defaultdict(list) for _ in LANGUAGES]
    facets: dict[str, list[int]] = defaultdict(list)
    cards: list[tuple[int, str, str]] = []
    for number, ref in enumerate(shard.refs):
        part = ref.load()
        for found, text in zip((*words, *title_words), (*part.texts, *part.titles), strict=True):
            for word in text.split():
                found[word].append(number)
        for facet in part.facets:
            facets[facet].append(number)
        cards.append((part.day, part.slug, part.card))
    indonesian, english = map(articles_by_key, words, LANGUAGES)
    for facet, numbers in facets.items():
        for key in keys_of_names(facet):
            indonesian[key].append(numbers)
            english[key].append(numbers)
    texts = merged(indonesian, english)
    titles = merged(*map(articles_by_key, title_words, LANGUAGES))
    for key in passed_over() & titles.keys():
        del titles[key]
    files: dict[str, bytes] = {}
    buckets = []
    lists = []
    for keys in in_buckets(texts):
        of_bucket = b"".join(codec.articles(texts[key], total) for key in keys)
        lists.append((len(keys), of_bucket))
        kept = of_bucket if shard.is_newest else b""
        buckets.append(make_bucket(keys, titles, indonesian.keys(), english.keys(), kept))
    text_names = [
        _add(files, "texts", codec.texts(total, lists[first : first + BUCKETS_A_FILE]))
        for first in range(0, 0 if shard.is_newest else BUCKETS, BUCKETS_A_FILE)
    ]
    card_names, places = _cards(files, cards)
    rows = _add(files, "rows", _rows(cards, card_names, places, facets))
    summary = ShardSummary(
        articles=total,
        oldest=shard.refs[0].day,
        newest=shard.refs[-1].day,
        texts=tuple(text_names),
        rows=rows,
        cards=tuple(card_names),
        facets={facet: len(numbers) for facet, numbers in sorted(facets.items())},
        words=tuple(bucket.digest for bucket in buckets),
    )
    return files, summary, tuple(buckets)


def _add(files: dict[str, bytes], kind: str, data: bytes, ending: str = "bin") -> str:
    name = file_name(kind, data, ending)
    files[name] = data
    return name


def _cards(
    files: dict[str, bytes], cards: Sequence[tuple[int, str, str]]
) -> tuple[list[str], list[tuple[int, int]]]:
    """Those of a day in a file, of a busy day in several; where each article's card is."""
    days: dict[int, int] = defaultdict(int)
    for day, _, _ in cards:
        days[day] += 1
    chunks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (day, slug, _) in enumerate(cards):
        parts = 1 << max(0, (days[day] - 1) // _CARDS).bit_length()
        chunks[day, zlib.crc32(slug.encode()) % parts].append(number)
    names: list[str] = []
    places = [(0, 0)] * len(cards)
    for _, numbers in sorted(chunks.items()):
        data = f"[{','.join(cards[number][2] for number in numbers)}]\n".encode()
        name = _add(files, "cards", data, "json")
        for position, number in enumerate(numbers):
            places[number] = len(names), position
        names.append(name)
    return names, places


def _rows(
    cards: Sequence[tuple[int, str, str]],
    names: Sequence[str],
    places: Sequence[tuple[int, int]],
    facets: Mapping[str, Sequence[int]],
) -> bytes:
    """What is known of each article: its day, where its card is, and what it is filtered by."""
    total = len(cards)
    out = bytearray(codec.varint(total) + codec.varint(len(names)))
    for name in names:
        out += codec.text(name)
    before = cards[0][0]
    out += codec.varint(before)
    for (day, _, _), (file, position) in zip(cards, places, strict=True):
        out += codec.varint(day - before) + codec.varint(file) + codec.varint(position)
        before = day
    out += codec.varint(len(facets))
    for facet, numbers in sorted(facets.items()):
        out += codec.text(facet) + codec.articles(numbers, total)
    return bytes(out)
