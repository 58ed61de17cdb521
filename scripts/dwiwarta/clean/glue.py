"""Glued words, ``Luar NegeriIndiamengecam kerasPakistanusai``, parted where a list says so.

A scraper that drops the spaces around links glues a link's text to its neighbours. A token is
parted where a known word or name stands on one side of the seam, and, where no capital letter marks
a seam, only if every piece is known. Nothing is guessed inside names: ``Indiana`` stays, as ``na``
is no word, and so does a token that the article writes twice in the same way.
"""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from dwiwarta.addresses import address_spans
from dwiwarta.settings import KNOWLEDGE_DIR
from dwiwarta.text import word_set
from dwiwarta.yamlfile import Strict, load_yaml

# Pieces of a run of small letters must be this long, as short words stand inside long ones.
_SHORTEST = 3
# A run of small letters alone is parted only around one of these words: others, such as "olah" in
# "olahraga", build compounds.
_LINKING = word_set(
    """
    yang dengan untuk adalah maupun tersebut merupakan karena terhadap sebagai kepada tentang
    melalui setelah sebelum mengatakan menyatakan menyebut
    """
)
# Prefixes that look like words but build one: "antarnegara", "pascabencana".
_PREFIXES = word_set(
    """
    antar pasca pra multi sub non anti semi mega super infra inter intra maha manca purna tuna serba
    dwi tri eka panca per ber ter men mem pen pem peng meng ke se
    """
)
# The only words of three letters that may stand behind a name.
_SHORT_WORDS = frozenset({"dan", "ini", "itu", "tak", "dua"})
# Words that end names of people and streets: "Kusumanegara".
_NAME_ENDINGS = word_set(
    """
    negara raja sari putra putri jaya agung kota baru utama nusa wati dewi
    """
)
# Desks and editions of an outlet: "detikSumut", "TribunJabar".
_BRAND = re.compile(
    r"(?:detik|[Tt]ribun|TRIBUN|Kompas|Okezone|Suara|Radar|Sindo|Liputan)[A-Z][A-Za-z]*"
)
_INITIALISM = re.compile(r"(?P<name>[A-Z]{2,8})(?P<word>[a-z]{3,})")
_LETTERS = re.compile(r"[A-Za-zÀ-ɏ]{6,60}")
_TOKEN = re.compile(r"(?<![\w@#./-])[A-Za-zÀ-ɏ]{6,60}(?![\w@]|[.-]\w|/)")
_SEAM = re.compile(r"(?<=[a-zé])(?=[A-Z])")

# Punctuation glued to the word behind it.
_PUNCTUATION = re.compile(
    r"(?<=[a-z]{2})(?P<comma>,)(?=[A-Z][a-z])|(?<=\w)(?P<bracket>\))(?=[a-z]{3})|(?<=[a-z]{3})(?P<open>)(?=\((?!nya\)|s\))[A-Z])"
)


class WordLists(Strict):
    """``words.yml``: three lists of words between spaces."""

    words: str
    names: str
    keep: str


class Lexicon:
    """The words and names that glued tokens are parted into."""

    def __init__(self, lists: WordLists) -> None:
        self.words = frozenset(lists.words.split())
        self.names = frozenset(lists.names.split())
        self.keep = frozenset(lists.keep.split())
        self._small_names = frozenset(name.lower() for name in self.names)

    def knows(self, piece: str) -> bool:
        """Whether a piece is a word, at the start of a sentence too, or a name."""
        return piece in self.names or piece.lower() in self.words or piece in self.keep


def load_lexicon(path: Path = KNOWLEDGE_DIR / "words.yml") -> Lexicon:
    """Read the lists. Raises ``SettingsError``."""
    return Lexicon(load_yaml(path, WordLists))


def part_glued(lines: list[str], lexicon: Lexicon) -> list[str]:
    """The lines with spaces put where known words are glued together."""
    counts = Counter(token for line in lines for token in _LETTERS.findall(line))
    parted = {
        token: " ".join(pieces)
        for token, count in counts.items()
        if count == 1 and not lexicon.knows(token) and not _BRAND.fullmatch(token)
        if (pieces := _pieces(token, lexicon))
    }
    return [_repair(line, parted) for line in lines]


def _repair(line: str, parted: dict[str, str]) -> str:
    """The line with its spaces; addresses and names of files stay as they are."""
    out, at = [], 0
    for start, end in address_spans(line):
        out += [_repair_text(line[at:start], parted), line[start:end]]
        at = end
    return "".join([*out, _repair_text(line[at:], parted)])


def _repair_text(line: str, parted: dict[str, str]) -> str:
    line = _PUNCTUATION.sub(lambda match: match.group() + " ", line)
    if any(token in line for token in parted):
        line = _TOKEN.sub(lambda match: parted.get(match.group(), match.group()), line)
    return line


def _pieces(token: str, lexicon: Lexicon) -> list[str] | None:
    """The known words that a token is made of; ``None`` if some seam is not certain."""
    runs = _keep_whole(_SEAM.split(token), lexicon)
    if len(runs) == 1:
        return _part_run(token, lexicon)
    out: list[str] = []
    for run in runs:
        out += [run] if lexicon.knows(run) else _part_run(run, lexicon) or [run]
    # A seam is certain if a known word or name stands before it, or a known word behind it.
    certain = all(lexicon.knows(a) or b.lower() in lexicon.words for a, b in pairwise(out))
    return out if certain and min(map(len, out)) > 1 else None


def _keep_whole(runs: list[str], lexicon: Lexicon) -> list[str]:
    """Runs that make up a name with a capital inside, put together again: ``Tik|Tok``."""
    out: list[str] = []
    for run in runs:
        if out and out[-1] + run in lexicon.keep:
            out[-1] += run
        else:
            out.append(run)
    return out


def _part_run(run: str, lexicon: Lexicon) -> list[str] | None:
    """Part a run without inner seams: a name and the word behind it, or two words."""
    match = _INITIALISM.fullmatch(run)
    if match and match["word"] in (lexicon.words if len(match["word"]) > 3 else _SHORT_WORDS):
        return [match["name"], match["word"]]
    found: list[list[str]] = []
    for cut in range(_SHORTEST, len(run) - _SHORTEST + 1):
        left, right = run[:cut], run[cut:]
        if right not in lexicon.words or right in _PREFIXES:
            continue
        if left in lexicon.names and len(left) > 3 and left.lower() not in _PREFIXES:
            if right in _SHORT_WORDS or (len(right) > 3 and right not in _NAME_ENDINGS):
                found.append([left, right])
        elif left.lower() in lexicon.words and _joins(left.lower(), right):
            found.append([left, right])
    return max(found, key=lambda pieces: max(map(len, pieces))) if found else None


def _joins(left: str, right: str) -> bool:
    """Whether two words hardly build a compound: one of them only links sentences' parts."""
    if left in _PREFIXES or min(len(left), len(right)) < 4:
        return False
    return left in _LINKING or right in _LINKING
