"""Articles in shards by time, and what is published of a shard.

A shard is a month by the articles' dates; those without a date are one of their own. What a shard
holds depends on its articles alone, so that a new or changed article costs its own shard. A month
of very many articles is split by their names, so that memory is bounded whatever there is.
"""

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.search import codec
from dwiwarta.search.keys import articles_by_key, keys_of_names, learn_keys, merged
from dwiwarta.search.part import SearchPart
from dwiwarta.search.words import passed_over
from dwiwarta.text import word_set

FORMAT = 4  # of all published files; raised with every change of their form
# A word stands in one of so many files of words, and beside its neighbours in a shard's texts. More
# files are smaller ones to fetch, and more to write anew for each new article.
BUCKETS = 24
BUCKETS_A_FILE = 2
# Beginnings of so many words that their third letter counts too.
_FULL = word_set(
    "in co re th ma se be sa di pr de ba pa ha an me pe te ca st la to su un da ta ke bu mi mo"
)
UNDATED = "undated"
LANGUAGES = SOURCE_LANGUAGE, TARGET_LANGUAGE
MOST_ARTICLES = 4000  # of one shard: about 200 MB while it is made
# Articles of the whole site are numbered with room at the end of each shard, up to a multiple of
# this, so that a new one in an earlier month changes no number in the months after it.
ROOM = 256
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

    ``known``: the keys of its words as it was earlier, if at hand; see ``learn_keys``.
    """

    key: str
    refs: tuple[PartRef, ...]
    digest: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A shard's words that stand in one of the files.

    ``keys``: a line each, with "1", "2" or "3" before it for words of the Indonesian, the English
    or both. ``titles``: for each key of a title a line with the numbers of its articles behind it.
    """

    keys: str
    titles: str

    @property
    def digest(self) -> str:
        """Of all that it holds."""
        return hashlib.sha256(f"{self.keys}\0{self.titles}".encode()).hexdigest()


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


def numbers_of(articles: int) -> int:
    """How many numbers a shard of so many articles takes; see ``ROOM``."""
    return -(-articles // ROOM) * ROOM


def file_name(kind: str, data: bytes, ending: str = "bin") -> str:
    """A name that says what the file holds: another content has another name."""
    return f"{kind}-{hashlib.sha256(data).hexdigest()[:10]}.{ending}"


def is_whole(name: str, data: bytes) -> bool:
    """Whether a file holds what its name says."""
    return file_name(name.partition("-")[0], data, name.rpartition(".")[2]) == name


@lru_cache(100_000)
def _bucket_of_beginning(beginning: str) -> int:
    # FNV-1a with 32 bits, which JavaScript can do too. Of 300 beginnings this one parted the words
    # of 10,000 articles most evenly: the largest file is a fifth larger than the average.
    value = 82
    for byte in beginning.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return (value ^ value >> 15) % BUCKETS


def bucket_of(stem: str) -> int:
    """The bucket of all words that have this stem, by its first two or three letters."""
    return _bucket_of_beginning(stem[:3] if stem[:2] in _FULL else stem[:2])


# --- which article is where -----------------------------------------------------------------------


def make_shards(refs: Iterable[PartRef]) -> list[Shard]:
    """All articles, shards in an order that has the oldest first, the undated before them."""
    months: dict[str, list[PartRef]] = defaultdict(list)
    for ref in refs:
        month = date.fromordinal(ref.day).isoformat()[:7] if ref.day else UNDATED
        months[month].append(ref)
    shards: dict[str, list[PartRef]] = {}
    for key, found in months.items():
        shards |= _split(key, found)
    order = sorted(shards, key=lambda key: (not key.startswith(UNDATED), key))
    return [_shard(key, shards[key]) for key in order]


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


def _shard(key: str, refs: Iterable[PartRef]) -> Shard:
    # Read backwards by the browser: the newest first, those of a day by name.
    by_name = sorted(refs, key=lambda ref: ref.slug, reverse=True)
    ordered = tuple(sorted(by_name, key=lambda ref: ref.day))
    digest = hashlib.sha256(f"{FORMAT} {BUCKETS} {key}\n".encode())
    for ref in ordered:
        digest.update(f"{ref.slug} {ref.digest}\n".encode())
    return Shard(key, ordered, digest.hexdigest())


# --- what is published ----------------------------------------------------------------------------

# The files of a shard by name, its summary and its words.
ShardFiles = tuple[dict[str, bytes], ShardSummary, tuple[Bucket, ...]]


def make_shard(shard: Shard) -> ShardFiles:
    """The files of a shard by name, its summary and its words."""
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
    text_names = []
    keys_of = _in_buckets(texts)
    for first in range(0, BUCKETS, BUCKETS_A_FILE):
        some = keys_of[first : first + BUCKETS_A_FILE]
        data = bytearray(codec.varint(total))
        data += b"".join(codec.varint(len(keys)) for keys in some)
        data += b"".join(codec.articles(texts[key], total) for keys in some for key in keys)
        text_names.append(_add(files, "texts", bytes(data)))
    card_names, places = _cards(files, cards)
    rows = _add(files, "rows", _rows(cards, card_names, places, facets))
    buckets = tuple(
        _summarised(keys, titles, indonesian.keys(), english.keys()) for keys in keys_of
    )
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
    return files, summary, buckets


def _add(files: dict[str, bytes], kind: str, data: bytes, ending: str = "bin") -> str:
    name = file_name(kind, data, ending)
    files[name] = data
    return name


def _in_buckets(keys: Iterable[str]) -> list[list[str]]:
    """The keys of each bucket in order."""
    buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
    for key in sorted(keys):
        buckets[bucket_of(key.partition(" ")[0])].append(key)
    return buckets


def _summarised(
    keys: Sequence[str],
    titles: Mapping[str, Sequence[int]],
    indonesian: Collection[str],
    english: Collection[str],
) -> Bucket:
    lines = [f"{(key in indonesian) + 2 * (key in english)}{key}" for key in keys]
    in_titles = [f"{key}\t{' '.join(map(str, titles[key]))}" for key in keys if key in titles]
    return Bucket("\n".join(lines), "\n".join(in_titles))


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
