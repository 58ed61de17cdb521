"""The newest shard's files of texts: before the lists stands which words it has.

Most new articles come into the newest shard. Would the files of words tell of it, each would change
nearly all of them; so they tell of all older shards, and the newest tells of itself. Words that
older shards have, too, it names by their places among theirs; only others are spelled.

For each bucket of the file, after its length in bytes,

- the places of words that older shards have, among all of theirs (as lists of articles are coded);
- among the places of that list: words that have another language here than in older shards; then
  those that titles have, and for each of these the number of its titles and the gaps between them;
- how many words older shards have not, the places of these among the words of all shards, and the
  words as in a file of a single shard's words (``lexicon``).

Then the texts as in other shards' files. ``together`` in ``docs/assets/search/newest.js`` reads it.
"""

from collections.abc import Sequence

from dwiwarta.search import codec
from dwiwarta.search.buckets import Bucket, lines_of
from dwiwarta.search.lexicon import make_words, titles_of


def make_newest(articles: int, buckets: Sequence[tuple[Sequence[str], Bucket]]) -> bytes:
    """A file of texts of so many articles; with each bucket the lines of older shards' keys."""
    out = bytearray()
    for older, bucket in buckets:
        words = _words(articles, older, bucket)
        out += codec.varint(len(words)) + words
    lists = [(len(lines_of(bucket.keys)), bucket.lists) for _, bucket in buckets]
    return bytes(out) + codec.texts(articles, lists)


def _words(articles: int, older: Sequence[str], bucket: Bucket) -> bytes:
    marks = {line[1:]: line[0] for line in lines_of(bucket.keys)}
    titles = titles_of(bucket)
    known: list[int] = []
    other: list[int] = []
    titled: list[int] = []
    numbers = bytearray()
    for place, line in enumerate(older):
        key = line[1:]
        mark = marks.pop(key, "")
        if not mark:
            continue
        if int(mark) & ~int(line[0]):
            other.append(len(known))
        if key in titles:
            titled.append(len(known))
            found = titles.pop(key)
            numbers += codec.varint(len(found)) + codec.gaps(found)
        known.append(place)
    out = codec.articles(known, len(older)) + codec.articles(other, len(known))
    out += codec.articles(titled, len(known)) + bytes(numbers)
    # Those that are left are of this shard alone.
    among = sorted([*marks, *(line[1:] for line in older)])
    places = [place for place, key in enumerate(among) if key in marks]
    out += codec.varint(len(places)) + codec.articles(places, len(among))
    own = Bucket(
        "\n".join(f"{mark}{key}" for key, mark in marks.items()),
        "\n".join(f"{key}\t{' '.join(map(str, found))}" for key, found in titles.items()),
    )
    return out + make_words([(articles, own)])[0]
