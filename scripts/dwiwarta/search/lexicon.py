"""The words of several shards: in which of them each stands, and in which titles.

Of all shards but the newest, which tells of its words itself (``newest``). A browser reads both for
a word and puts them together. They tell which forms the word has, so that nothing is fetched of
shards that have none, which titles have it, which have it just so, and which words are spelled
nearly like one that is not there.

After the numbers of shards and words the words follow in order, each as

- how much its stem shares with the stem before it and how long the rest is, in one byte's halves
  (15: a varint follows with what is more), then the rest;
- a byte: 1 the form is another than the stem, 2 a title has it, 4 an Indonesian text, 8 an English
  one, 16 only one shard has it, 32 some shards have it, 48 a few of them (else: all);
- the form, coded as the stem is, but against the stem itself;
- the number of its shard, a bit for each, or how many they are and the gaps between them;
- the number of its titles and the gaps between them, counted over all shards (``numbers_of``).
"""

from collections.abc import Sequence

from dwiwarta.search import codec
from dwiwarta.search.buckets import Bucket, lines_of

# Articles of the whole site are numbered with room at the end of each shard, up to a multiple of
# this, so that a new one in an earlier month changes no number in the months after it.
ROOM = 256

_FORM, _TITLE, _ONE, _SOME = 1, 2, 16, 32
_LANGUAGES = {"1": 4, "2": 8, "3": 12}


def numbers_of(articles: int) -> int:
    """How many numbers a shard of so many articles takes; see ``ROOM``."""
    return -(-articles // ROOM) * ROOM


def make_words(shards: Sequence[tuple[int, Bucket]]) -> tuple[bytes, list[str]]:
    """One bucket's words of all shards, which are in order, each with its number of articles.

    And their keys, in order, with their languages before them, as the lines of ``Bucket.keys``.
    """
    known: dict[str, int] = {}  # a bit for each shard, and the flags of languages below them
    titles: dict[str, list[int]] = {}
    first = 0
    for number, (articles, bucket) in enumerate(shards):
        marks = {mark: 1 << number + 4 | flags for mark, flags in _LANGUAGES.items()}
        for line in lines_of(bucket.keys):
            key = line[1:]
            known[key] = known.get(key, 0) | marks[line[0]]
        for key, numbers in titles_of(bucket).items():
            titles.setdefault(key, []).extend(first + one for one in numbers)
        first += numbers_of(articles)
    order = sorted(known)
    keys = [f"{(known[key] & 0xF) // _LANGUAGES['1']}{key}" for key in order]
    return _encoded(order, known, titles, len(shards)), keys


def titles_of(bucket: Bucket) -> dict[str, list[int]]:
    """For each key of a title, a word or two, the numbers of its articles."""
    out = {}
    for line in lines_of(bucket.titles):
        key, _, numbers = line.partition("\t")
        out[key] = [int(one) for one in numbers.split(" ")]
    return out


def _encoded(
    order: Sequence[str], known: dict[str, int], titles: dict[str, list[int]], shards: int
) -> bytes:
    everywhere = (1 << shards) - 1
    width = (shards + 7) // 8
    out = bytearray(codec.varint(shards) + codec.varint(len(known)))
    before = b""
    for key in order:
        stem, _, form = key.partition(" ")
        data = stem.encode()
        out += _shared(before, data)
        before = data
        mask = known[key] >> 4
        flags = known[key] & 0xF
        where = _where(mask, everywhere, width)
        if form:
            flags |= _FORM
        if key in titles:
            flags |= _TITLE
        out.append(flags | where[0])
        if form:
            out += _shared(data, form.encode())
        out += where[1]
        if key in titles:
            out += codec.varint(len(titles[key])) + codec.gaps(titles[key])
    return bytes(out)


def _where(mask: int, everywhere: int, width: int) -> tuple[int, bytes]:
    """The shards of a word: what kind of coding, and the shorter one."""
    if mask == everywhere:
        return 0, b""
    if not mask & (mask - 1):
        return _ONE, codec.varint(mask.bit_length() - 1)
    count = mask.bit_count()
    if count + 1 < width:
        numbers = [number for number in range(mask.bit_length()) if mask >> number & 1]
        return _ONE | _SOME, codec.varint(count) + codec.gaps(numbers)
    return _SOME, mask.to_bytes(width, "little")


def _shared(before: bytes, data: bytes) -> bytes:
    same = 0
    for one, other in zip(before, data, strict=False):
        if one != other:
            break
        same += 1
    rest = data[same:]
    length = len(rest)
    if same < 15 and length < 15:
        return bytes((same << 4 | length,)) + rest
    head = bytes((min(same, 15) << 4 | min(length, 15),))
    if same >= 15:
        head += codec.varint(same - 15)
    if length >= 15:
        head += codec.varint(length - 15)
    return head + rest
