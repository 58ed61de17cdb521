"""The likeliest words in a token without spaces: ``dilansirdetikNewsdari``.

A token is parted where its pieces, with the spaces lost, are likelier than a word that nobody has
seen. All is counted in bits, -log2 of a probability: pieces cost what their frequency and the word
before them say, unknown words a start and so much a letter, a lost space what it is worth.
The constants were set on half of the outlets of a collection of news and tried on the others.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from dwiwarta.clean.lexicon import NO_PIECES, Lexicon
from dwiwarta.knowledge.overlays import forget_with_overlays

# A space that was lost between small letters, and one where a capital letter shows it.
_LOST_SPACE, _LOST_AT_CAPITAL = 10, 4
_SHORT_PIECE = 3  # more for a piece of two letters
# An unknown word: a start, and so much a letter. A character model of names and rare words needs
# about as many bits.
_UNKNOWN_SMALL, _UNKNOWN_NAME, _UNKNOWN_CAPITALS, _UNKNOWN_MIXED = (
    (6, 3.4),
    (5, 3.6),
    (5, 4),
    (12, 4),
)
_UNKNOWN_SEAM = 6  # for each capital letter inside an unknown name
_HALF_SEEN = (
    5  # for an unknown word of which one end only is marked by a capital or the token's end
)
_CAPITALISED = 3  # a common word with a capital letter
_BRAND = 9
# Longer than any glued words met; they keep the work on hostile text small.
_LONGEST_PIECE, _LONGEST_TOKEN, _MOST_SEAMS = 26, 70, 6
_REMEMBERED = 50_000  # tokens; the same ones come again and again

_SEAM = re.compile(r"(?<=[a-zà-ɏ])(?=[A-Z])")
# Names with a small letter first, and desks of an outlet.
_BRANDS = re.compile(
    r"detik(?:com|X|TV|INET|Inet|NEWS|(?i:news|finance|hot|sport|inet|travel|oto|food|health|hikmah|edu|pop|pagi|sore"
    r"|properti|event|jabar|jateng|jatim|jogja|sumut|sumbagsel|sulsel|bali|kalimantan))"
    r"|(?:Tribun|Kompas|Okezone|Suara|Radar|Sindo|Detik|Liputan|Kabar|Berita|Info|Warta)"
    r"[A-Z][A-Za-z]{1,8}|Tribun(?:news|jabar|medan)"
    r"|i(?:Phone|Pad|Qoo|QOO|OS|Mac|Cloud|News|Tunes|Message)|e(?:SIM|SPORT|Sports?)|tvOne"
    r"|kumparan[A-Z]+"
)
# A desk of which nothing else is known.
_DESK = re.compile(r"detik[A-Z][a-z]{2,8}")


def is_brand(token: str) -> bool:
    """Whether a token is a name with a capital letter inside."""
    return bool(_BRANDS.fullmatch(token) or _DESK.fullmatch(token))


class Kind(Enum):
    """What a piece is."""

    WORD = "an Indonesian word"
    ENGLISH = "an English word"
    NAME = "a name"
    CAPITALS = "an abbreviation"
    BRAND = "a name with a capital inside"
    UNKNOWN = "unknown"


# The last piece, by where it begins and what it is; with its cost and the state before it.
_State = tuple[int, Kind]
_States = dict[_State, tuple[float, _State | None]]

_FOREIGN = frozenset({Kind.ENGLISH, Kind.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The pieces of a token, and by how many bits they are likelier than the whole."""

    pieces: tuple[str, ...]
    kinds: tuple[Kind, ...]
    margin: float


@lru_cache(maxsize=_REMEMBERED)
def segment(token: str, lexicon: Lexicon) -> Segmentation | None:
    """The likeliest pieces of a token; ``None`` if it is known or the whole is likelier."""
    if len(token) > _LONGEST_TOKEN or lexicon.knows(token) or is_brand(token):
        return None
    if len(_SEAM.findall(token)) > _MOST_SEAMS:
        return None
    size = len(token)
    # For each place in the token: what the likeliest pieces up to there cost.
    states: list[_States] = [{} for _ in range(size + 1)]
    for end in range(2, size + 1):
        for begin in range(max(0, end - _LONGEST_PIECE), end - 1):
            if begin and not states[begin]:
                continue
            priced = _price(token, begin, end, lexicon)
            if priced is None or (begin == 0 and end == size):
                continue
            cost, kind = priced
            if begin == 0:
                states[end][0, kind] = cost, None
                continue
            best: tuple[float, _State] | None = None
            for before, (cost_before, _) in states[begin].items():
                joint = _joint(token, before, begin, end, kind)
                if joint is None:
                    continue
                total = (
                    cost_before
                    + joint
                    + _after(token[before[0] : begin], token[begin:end], cost, lexicon)
                )
                if best is None or total < best[0]:
                    best = total, before
            if best:
                states[end][begin, kind] = best
    if not states[size]:
        return None
    last = min(states[size], key=lambda state: states[size][state][0])
    margin = _whole(token) - states[size][last][0]
    return _follow_back(token, states, last, margin) if margin > 0 else None


# What is remembered holds the lexicon, 8 MB, that came with the overlays of its time.
forget_with_overlays(segment.cache_clear)


def _follow_back(token: str, states: list[_States], last: _State, margin: float) -> Segmentation:
    """The pieces that lead to the state ``last`` at the token's end."""
    pieces: list[str] = []
    kinds: list[Kind] = []
    state: _State | None = last
    end = len(token)
    while state is not None:
        begin, kind = state
        pieces.insert(0, token[begin:end])
        kinds.insert(0, kind)
        state, end = states[end][state][1], begin
    return Segmentation(tuple(pieces), tuple(kinds), margin)


def _after(before: str, piece: str, cost: float, lexicon: Lexicon) -> float:
    """What a piece costs behind the one before it."""
    return max(1.0, cost - lexicon.pair_bits.get((before, piece), 0))


def _joint(token: str, before: _State, begin: int, end: int, kind: Kind) -> float | None:
    """What the lost space between two pieces costs; ``None`` if there cannot be one."""
    if token[begin - 1].islower() and token[begin].isupper():
        return _LOST_AT_CAPITAL
    if before[1] in _FOREIGN and kind in _FOREIGN:
        return None  # English builds words from words
    if token[begin:].lower().startswith(token[before[0] : begin].lower()):
        return None  # a word said twice has lost its hyphen
    length = min(begin - before[0], end - begin)
    return _LOST_SPACE + (_SHORT_PIECE if length < 3 else 0)


def _price(token: str, begin: int, end: int, lexicon: Lexicon) -> tuple[float, Kind] | None:
    """What a piece costs and what it is; ``None`` if it cannot be a piece."""
    piece = token[begin:end]
    if piece not in lexicon.bits and begin and end < len(token) and piece.islower():
        # Most stretches of a token: nothing, unless a capital letter shows an end of theirs.
        return _price_unknown(token, begin, end) if token[end].isupper() else None
    small = piece.lower()
    if small in NO_PIECES and not piece.isupper():
        # "Mu" and "Kan" may begin a name.
        return _price_unknown(token, begin, end) if begin and piece[0].isupper() else None
    if small in ("di", "ke") and begin == 0 and not token[end].isupper():
        return None  # a prefix
    if piece.islower():
        if lexicon.is_piece(piece):
            return lexicon.bits[piece], Kind.ENGLISH if piece in lexicon.english else Kind.WORD
    elif piece in lexicon.keep or _BRANDS.fullmatch(piece):
        return min(_BRAND, lexicon.bits.get(piece, _BRAND)), Kind.BRAND
    elif piece in lexicon.bits:
        kind = Kind.CAPITALS if piece.isupper() else Kind.NAME
        return lexicon.bits[piece], kind
    elif len(piece) > 2 and piece[1:].islower() and small in lexicon.bits:
        kind = Kind.ENGLISH if small in lexicon.english else Kind.WORD
        return lexicon.bits[small] + _CAPITALISED, kind
    if _BRANDS.fullmatch(piece):
        return _BRAND, Kind.BRAND
    return _price_unknown(token, begin, end)


def _price_unknown(token: str, begin: int, end: int) -> tuple[float, Kind] | None:
    """An unknown piece: at least one of its ends shows."""
    piece = token[begin:end]
    left = begin == 0 or (token[begin - 1].islower() and piece[0].isupper())
    right = end == len(token) or (piece[-1].islower() and token[end].isupper())
    if left and right:
        return (_whole(piece), Kind.UNKNOWN) if len(piece) > 1 else None
    named = left and piece[0].isupper() and piece[1:].islower() and len(piece) >= 4
    if named or ((left or right) and piece.islower() and len(piece) >= 6):
        return _whole(piece) + _HALF_SEEN, Kind.UNKNOWN
    return None


def _whole(piece: str) -> float:
    """What a word costs that is not known."""
    if piece.islower():
        start, letter = _UNKNOWN_SMALL
    elif piece.isupper():
        start, letter = _UNKNOWN_CAPITALS
    elif piece[1:].islower():
        start, letter = _UNKNOWN_NAME
    else:
        start, letter = _UNKNOWN_MIXED
    return start + letter * len(piece) + _UNKNOWN_SEAM * len(_SEAM.findall(piece))


def crosses_capital(left: str, right: str) -> bool:
    """Whether a capital letter shows the seam between two pieces."""
    return left[-1].islower() and right[0].isupper()
