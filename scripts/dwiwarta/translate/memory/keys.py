"""By what the memory finds a segment again: its text, its normal form, its article's file."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from dwiwarta.model import Article, SourceRef

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)

_SAFE_RECORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True, order=True)
class SegmentKey:
    """What identifies a segment inside one article: its Indonesian, and whether it is the title."""

    source: str
    title: bool = False


def segment_keys(article: Article) -> tuple[SegmentKey, ...]:
    """Title and paragraphs of an article as the memory knows them."""
    return (
        SegmentKey(article.title, title=True),
        *(SegmentKey(paragraph) for paragraph in article.paragraphs),
    )


def normal_form(text: str) -> str:
    """Text without what does not change its meaning: layout, case, kinds of quotes and dashes.

    Punctuation stays, as ``1,5`` is not ``15`` and commas change sentences.
    """
    if not text.isascii():
        # Not NFKC, for which 10⁵ is 105.
        text = unicodedata.normalize("NFC", text).translate(_SAME)
    elif "`" in text:
        text = text.replace("`", "'")
    return " ".join(text.split()).casefold()


def norm_key(key: SegmentKey) -> bytes:
    """Digest of a segment's normal form; titles match only titles, as they have their own style."""
    kind = b"title:" if key.title else b"text:"
    data = normal_form(key.source).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(kind + data, digest_size=12).digest()


@lru_cache(maxsize=50_000)  # each build asks for that of each article several times
def memory_path(ref: SourceRef) -> PurePosixPath:
    """Where an article's memory lies, relative to the articles folder.

    ``a/b.txt`` has ``a/b.txt.po``; record ``7`` of ``news.jsonl`` has ``news.jsonl.d/7.po``. A
    record id that is no plain file name stands there by its digest.
    """
    if not ref.record:
        return PurePosixPath(f"{ref.path}.po")
    record = ref.record
    if not _SAFE_RECORD.fullmatch(record):
        record = hashlib.sha256(record.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return PurePosixPath(f"{ref.path}.d/{record}.po")
