"""Glued words, ``Luar NegeriIndiamengecam kerasPakistanusai``, parted where that is certain.

A scraper that drops the spaces around links and emphasis glues a text to its neighbours. Between a
letter and a bracket, a quotation mark or a digit (``marks``), and where a small letter meets a
capital one, that shows almost everywhere; in small letters alone a token is parted if nobody knows
it as a word and its pieces are likely beside each other (``segments``). Only spaces are ever put
in, never inside addresses, handles and hashtags.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, filterfalse

from dwiwarta.clean.lexicon import Lexicon
from dwiwarta.clean.marks import TOKEN, mark_gaps, open_stretches
from dwiwarta.clean.segments import Kind, Segmentation, crosses_capital, segment
from dwiwarta.text import word_set

# Bits by which pieces must be likelier than an unknown word, where nothing else shows a seam: in an
# article that shows others, and in one that does not.
_SURE_DAMAGED, _SURE = 4.5, 9
_SURE_LINKING_DAMAGED, _SURE_LINKING = 0.5, 6  # where a piece is a word that links others
_SURE_UNKNOWN_DAMAGED, _SURE_UNKNOWN = 8, 12  # where a piece is unknown itself
_SURE_NAME = 3  # behind a name, for a word that often follows names
_SURE_NOUN = 9  # behind a name, for any other word
_SURE_WORD = 6  # behind a word with a capital letter, in a damaged article
_SURE_REPEATED = 9  # for a token that the article writes twice in the same way
_SURE_CAPITALS = 20  # between two capitalised pieces
_SURE_BEHIND_NAME = 12  # between a name that news keeps using and another one
_SURE_DAMAGE = 20  # of all tokens parted, to tell that an article has glued words
_MOST_PASSES = 5
_LEAST_UNKNOWN = 5
_SHORTEST_OF_ARTICLE = 7
_COMMON_BITS = 14
_SHORTEST_TOKEN = 4
_SHORT_NAME = 5

# What often follows a name, and ends none: "Banjarnegara", "Rudiantara" are names.
_FOLLOWERS = word_set(
    """
    yang dan dari untuk dengan pada dalam sebagai oleh akan telah sudah masih juga tidak bukan bisa
    dapat harus usai setelah sebelum saat ketika jelang hingga sampai terhadap kepada tentang soal
    karena namun tetapi atau serta tersebut adalah merupakan menjadi kembali resmi sempat akhirnya
    mulai lewat melalui tanpa atas bahwa agar jika maka lalu kemudian justru bahkan hanya
    bakal ingin kini lagi ternyata sebut kata ujar tutur punya milik bersama selama sejak menurut
    usul minta siap ini itu dinilai
    """
)
# Words that place names begin with: "Tanjungpinang", "Kotabaru", "Telukdalam".
_PLACES = word_set(
    """
    Tanjung Pangkal Banjar Padang Kota Muara Sungai Bukit Teluk Labuhan Batu Pulau Gunung Ujung
    Karang Kampung Kebon Kebun Taman Jati Pasir Rawa Lubuk Simpang Tebing Air Way Candi Kuala Nusa
    Pekan Tegal Pondok Puncak Pasar Putri Raja Rantau Sumber Suka Suku Tambak Tanah Ulu Watu Marga
    Kusuma Surya Rudi Agung Indo Sawah Payung Balai Bangun Cipta Jaya Karya Lembah Pantai Mega Panti
    """
)
# Words that names of firms begin with: "IndoStrategi".
_BRAND_STARTS = word_set("Indo Nusa Mega Karya Cipta Surya Bina Sinar Maha Trans Astra Media Go")
_PLACE_ENDINGS = word_set("dalam atas baru mulai satu dua")
_SHORT_FOLLOWERS = word_set("di ke dan ini itu")
_LINKING = (
    _FOLLOWERS | word_set("antara di ke dan para seorang yaitu yakni beberapa setiap sebuah")
) - {"lagi"}
_FOREIGN = (Kind.ENGLISH, Kind.UNKNOWN)
_VERB_PREFIXES = ("me", "ber", "ter", "di")
_SHORTEST_VERB = 6


@dataclass(frozen=True, slots=True)
class Article:
    """How often an article has each token, and whether some are certainly glued."""

    tokens: Counter[str]
    damaged: bool


def part_glued(lines: list[str], lexicon: Lexicon) -> list[str]:
    """The lines of an article with spaces put where words are glued together."""
    damaged = False
    # What was parted tells more about the rest, until nothing is left to part.
    for _ in range(_MOST_PASSES):
        parted, damaged = _part_once(lines, damaged, lexicon)
        if parted == lines:
            break
        lines = parted
    return lines


def _part_once(lines: list[str], damaged: bool, lexicon: Lexicon) -> tuple[list[str], bool]:
    """One pass, and whether the article is known to have glued words."""
    marked = [_with_spaces(line, mark_gaps(line, lexicon)) for line in lines]
    tokens = Counter(chain.from_iterable(map(TOKEN.findall, marked)))
    new = filterfalse(lexicon.seen_whole.__contains__, tokens)
    found = {token: seg for token in new if (seg := _parted(token, lexicon))}
    article = Article(tokens, damaged or marked != lines)
    shown = sum(
        seg.margin
        for token, seg in found.items()
        if not article.damaged and len(_certain_pieces(token, seg, article, lexicon)) > 1
    )
    if shown >= _SURE_DAMAGE:
        article = replace(article, damaged=True)
    parted = {}
    for token in tokens if article.damaged else found:
        pieces = _certain_pieces(token, found[token], article, lexicon) if token in found else []
        if len(pieces) < 2 and article.damaged:
            pieces = _pieces_of_article(token, article, lexicon)
        if len(pieces) > 1:
            parted[token] = " ".join(pieces)
    if parted:
        marked = [_with_words(line, parted) for line in marked]
    return marked, article.damaged


def _parted(token: str, lexicon: Lexicon) -> Segmentation | None:
    """The pieces of a token; one that has none is remembered, as most are."""
    parted = segment(token, lexicon) if len(token) >= _SHORTEST_TOKEN else None
    if parted is None:
        lexicon.remember_whole(token)
    return parted


def parted_words(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """What stood between spaces before and what stands there now, in order, of lines parted."""
    for old, new in zip(before, after, strict=True):
        if old == new:
            continue
        pieces = iter(new.split())
        for word in old.split():
            parts = [next(pieces)]
            size = len(parts[0])
            while size < len(word):
                parts.append(next(pieces))
                size += len(parts[-1])
            if len(parts) > 1 or parts[0] != word:
                yield word, " ".join(parts)


def _with_spaces(line: str, gaps: list[int]) -> str:
    at, out = 0, []
    for gap in gaps:
        out.append(line[at:gap])
        at = gap
    return " ".join([*out, line[at:]]) if gaps else line


def _with_words(line: str, parted: dict[str, str]) -> str:
    """The line with tokens parted; addresses and names of files stay as they are."""
    out, at = [], 0
    for start, end in open_stretches(line):
        out.append(line[at:start])
        out.append(
            TOKEN.sub(lambda match: parted.get(match.group(), match.group()), line[start:end])
        )
        at = end
    return "".join([*out, line[at:]])


def _pieces_of_article(token: str, article: Article, lexicon: Lexicon) -> list[str]:
    """Two pieces of which one stands alone in the article, and the other is a common word."""
    if len(token) < _SHORTEST_OF_ARTICLE or lexicon.knows(token) or not token[1:].islower():
        return []
    found: list[tuple[int, list[str]]] = []
    for cut in range(_SHORTEST_TOKEN, len(token) - 1):
        left, right = token[:cut], token[cut:]
        behind = right in _SHORT_FOLLOWERS or _follows(right)
        if token.islower():
            behind = behind or _is_common(right, lexicon)
        if article.tokens[left] and behind and lexicon.is_piece(right):
            found.append((cut, [left, right]))
        elif len(right) > _SHORTEST_TOKEN and article.tokens[right] and _is_common(left, lexicon):
            found.append((len(right), [left, right]))
    return max(found)[1] if found else []


def _is_common(word: str, lexicon: Lexicon) -> bool:
    small = word.lower()
    common = lexicon.is_piece(small) and lexicon.bits[small] <= _COMMON_BITS
    return common and small not in lexicon.english and (len(small) > 3 or small in _LINKING)


def _certain_pieces(token: str, seg: Segmentation, article: Article, lexicon: Lexicon) -> list[str]:
    """The pieces of a token, put together again where their seam is not certain."""
    out = [seg.pieces[0]]
    for index in range(1, len(seg.pieces)):
        if _is_certain(seg, index, token, article, lexicon):
            out.append(seg.pieces[index])
        else:
            out[-1] += seg.pieces[index]
    return out


def _is_certain(
    seg: Segmentation, index: int, token: str, article: Article, lexicon: Lexicon
) -> bool:
    left, right = seg.pieces[index - 1], seg.pieces[index]
    kinds = seg.kinds[index - 1], seg.kinds[index]
    if crosses_capital(left, right):
        if left.islower():
            return _certain_at_capital(left, right, kinds, article)
        return _certain_between_names(left, right, kinds, seg, article, lexicon, token)
    if article.tokens[token] > 1 and seg.margin < _SURE_REPEATED:
        return False
    if left.islower():
        return _certain_small(index, kinds, seg, article, lexicon)
    return _certain_behind_name(index, kinds, seg, article, lexicon)


def _certain_at_capital(left: str, right: str, kinds: tuple[Kind, Kind], article: Article) -> bool:
    """A small word before a capital letter: only an unknown or foreign one may be a prefix."""
    if kinds[0] in (Kind.WORD, Kind.BRAND):
        return True
    if right.isupper() and article.tokens[right]:
        return len(left) > 3
    if right.isupper() and len(right) < 4 and kinds[1] is not Kind.CAPITALS:
        return False  # "visionOS"
    if kinds[0] is Kind.ENGLISH:
        return not right.isupper()
    return len(left) >= (_LEAST_UNKNOWN if kinds[1] is not Kind.CAPITALS else _LEAST_UNKNOWN + 2)


def _certain_between_names(
    left: str,
    right: str,
    kinds: tuple[Kind, Kind],
    seg: Segmentation,
    article: Article,
    lexicon: Lexicon,
    token: str,
) -> bool:
    """Two capitalised pieces: many brands are written so, hence something else must show it."""
    if left in _BRAND_STARTS:
        return False
    if right == "Tbk" or (left.lower() in _LINKING and kinds[1] in (Kind.NAME, Kind.WORD)):
        return True
    if Kind.BRAND in kinds or len(left) < 3 or (len(right) < 3 and kinds[1] is not Kind.CAPITALS):
        return False
    if all(kind in _FOREIGN for kind in kinds):
        return False
    if article.damaged and (left, right) in lexicon.pair_bits:
        return True
    if article.tokens[token] > 1:
        return False
    if article.tokens[left] and article.tokens[right]:
        return True
    if left in lexicon.names and kinds[1] is not Kind.ENGLISH and seg.margin >= _SURE_BEHIND_NAME:
        return True
    if seg.margin < _SURE_CAPITALS:
        return False
    if left in lexicon.names or (right in lexicon.names and kinds[0] not in _FOREIGN):
        return True
    if left.lower() in lexicon.english or right.lower() in lexicon.english:
        return False
    # Where the left piece is a word of ours, the right one may be a name that nobody knows.
    known = lexicon.is_piece(left.lower()) or not any(kind in _FOREIGN for kind in kinds)
    return article.damaged and known


def _certain_small(
    index: int,
    kinds: tuple[Kind, Kind],
    seg: Segmentation,
    article: Article,
    lexicon: Lexicon,
) -> bool:
    """Small letters on both sides: by how much likelier the pieces are."""
    if Kind.UNKNOWN in kinds:
        return seg.margin >= (_SURE_UNKNOWN_DAMAGED if article.damaged else _SURE_UNKNOWN)
    if not _LINKING.isdisjoint(seg.pieces[index - 1 : index + 1]):
        return seg.margin >= (_SURE_LINKING_DAMAGED if article.damaged else _SURE_LINKING)
    sure = seg.margin >= (_SURE_DAMAGED if article.damaged else _SURE)
    # "mengakusisi" is no "mengaku sisi".
    return sure and not (len(seg.pieces) == 2 and lexicon.is_misspelt("".join(seg.pieces)))


def _certain_behind_name(
    index: int,
    kinds: tuple[Kind, Kind],
    seg: Segmentation,
    article: Article,
    lexicon: Lexicon,
) -> bool:
    """A capitalised piece and what follows without a capital letter, or behind an abbreviation."""
    left, right = seg.pieces[index - 1], seg.pieces[index]
    if left.isupper():
        known = kinds[0] is Kind.CAPITALS or len(seg.pieces) > 2
        follows = _follows(right)
        if right.islower():
            short = known and article.damaged and right in _SHORT_FOLLOWERS
            longer = kinds[1] is Kind.WORD and len(right) > 3
            return (follows or longer or short) and seg.margin >= _SURE_NAME
        return known and kinds[1] in (Kind.NAME, Kind.WORD) and len(right) > 3
    if left in _PLACES and (right in _PLACE_ENDINGS or not _follows(right)):
        return False
    if kinds[0] is Kind.WORD or left.lower() in lexicon.words:
        least = _SURE_WORD if article.damaged else _SURE_NOUN
        return seg.margin >= least and kinds[1] is not Kind.UNKNOWN
    apart = article.tokens[left] > 0
    if right == "yang" and len(left) <= _SHORT_NAME and not (apart or left in lexicon.names):
        return False  # "Songyang" is a city
    if len(right) < 4 and right in _SHORT_FOLLOWERS:
        # Names end so, too: "Suryadi", "Jordan".
        names_next = index + 1 < len(seg.pieces) and seg.pieces[index + 1][0].isupper()
        return article.damaged and (apart or names_next or left in lexicon.names)
    if _follows(right):
        if kinds[0] is Kind.UNKNOWN:
            return seg.margin >= _SURE_NOUN or apart
        return seg.margin >= _SURE_NAME or apart
    apart = apart or (left in lexicon.names and (article.damaged or len(seg.pieces) > 2))
    return apart and kinds[1] is Kind.WORD and len(right) > 3 and seg.margin >= _SURE_NOUN


def _follows(word: str) -> bool:
    """Whether a word often follows a name: a verb, or a word that links."""
    verb = len(word) >= _SHORTEST_VERB and word.startswith(_VERB_PREFIXES)
    return verb or word in _FOLLOWERS
