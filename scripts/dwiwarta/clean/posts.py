"""Posts of social networks: who posted them, and what the network shows around, is no text.

Known are posts as people copy them from Facebook, X, Instagram, Threads, LinkedIn, Reddit, YouTube
and from Slack and Teams: a name, a handle or a time above the text; buttons, counts and comments
below it.
"""

import re
from itertools import accumulate

from dwiwarta.clean.draft import PasteAudit
from dwiwarta.clean.paragraphs import SENTENCE, is_sentence
from dwiwarta.knowledge.calendar import MONTHS, alternatives

_VERIFIED = ("verified", "terverifikasi")
_FIRST_LINES = 7  # in which a head must end
_NAME_LENGTH = 60
_NAME_WORDS = 6
_TITLE_LENGTH = 150
_MOST_OF_A_NAME = 3  # words of a name; a title of more stands above a time, too
_TELLING = 3  # letters of a word that a handle has
_MOST_OF_SENDER = 4  # words of a name above a time of the clock

_CLOCK = r"\d{1,2}[.:]\d{2}(?: ?[AaPp][Mm])?"
_MONTH = rf"(?:{alternatives(MONTHS)})"
_SINCE = (
    r"(?:\d{1,2} ?(?:h|hr|hrs|m|min|mins|mnt|d|w|mo|y|j|jam|menit|hari|minggu|bulan|tahun)\b\.?"
    r"(?: ago| lalu| yang lalu)?|baru saja|just now|(?:yesterday|kemarin)"
    rf"(?:,? (?:at|pukul) {_CLOCK})?)"
)
_DATED = (
    rf"(?:\d{{1,2}} {_MONTH}\.?(?: \d{{4}})?|{_MONTH}\.? \d{{1,2}}(?:, \d{{4}})?)"
    rf"(?:,? (?:at|pukul|jam) {_CLOCK})?"
)
_AUDIENCE = (
    r"(?:publi[ck]|teman|friends|edited|diedit"
    r"|(?:shared with|dibagikan (?:kepada|dengan)) [^·•\n]{2,40}"
    r"|[^\W\d][^·•.,\n]{1,40}, Indonesia|[^\w\s·•]{1,4})"
)
_PLACES = rf"(?:\s{{0,3}}[·•](?:\s?{_AUDIENCE})?){{1,3}}"
# "3 jam · Publik": a dot stands behind it, and who may see it. An outlet puts a section or the hour
# there, below a title: "9 November 2026 · Ekonomi".
_POSTED = re.compile(rf"(?i)(?P<date>{_SINCE}|{_DATED}){_PLACES}")
_SINCE_ALONE = re.compile(r"(?i)\d{1,2} ?(?:h|m|d|w|j|hr\. ago|hr ago|mnt|jam|min)")
# Alone below a name: "2 jam", "45 mnt" and "50 m" are of a recipe or a race.
_SINCE_SHORT = re.compile(r"(?i)\d{1,2}(?:[hdwj]|hr\.? ago)|\d{1,2} (?:hr\.? ago|h)")
_HANDLE = re.compile(r"@\w{2,30}(?:\s?·\s?(?P<date>.{1,20}))?")
# Headlines end in a handle, too ("Polisi Cari Pemilik Akun @kabar"): a time must stand behind it.
_NAME_AND_HANDLE = re.compile(
    r"(?P<name>[^.!?@\n]{1,60}?) \(?@\w{2,30}\)?(?P<since>\s?·\s?.{1,20})?"
)
_STATED_DAY = re.compile(
    rf"(?i)(?:{_CLOCK} ?· ?)?(?:\d{{1,2}} {_MONTH}\.?|{_MONTH}\.? \d{{1,2}},?) \d{{4}}(?: ?·)?"
)
_LEAST_POSTS = 3
_SHORT_DATE = re.compile(rf"(?i)(?:{_DATED}|{_SINCE})")
_DOT = re.compile(
    r"(?i)[·•]|verified(?: account)?|terverifikasi|(?:edited|diedit) ?[·•]?|follow|ikuti|op"
)
_LINKEDIN = re.compile(r"•\s*(?:1st|2nd|3rd\+?|1|2|3\+?)")
# Instagram's account, below which a place may stand.
_ACCOUNT = re.compile(r"[a-z0-9._]{3,30}")
_PLACE = re.compile(r"[^.!?\d]{2,40}, (?:Indonesia|[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_NUMBERED = re.compile(r"(?P<number>\d{1,2})/(?P<of>\d{1,2})?\s+(?=\S)")
_WITH = re.compile(
    r"(?i)[^.!?:]{2,60} (?:is (?:with|at|in)|is feeling|(?:sedang )?bersama|sedang berada di) "
    r"[^.!?:]{2,120}\.?"
)
_COMMUNITY = re.compile(r"r/\w{2,30}")
# With hours up to 24 alone an agenda begins, a chronicle and the score of a game.
_CLOCK_ALONE = re.compile(rf"(?i)\d{{1,2}}/\d{{1,2}} {_CLOCK}|\d{{1,2}}[.:]\d{{2}} ?[ap]m")

# What stands below a post. A line that no text has alone counts for more than a number.
_SAID = re.compile(
    r"(?i)(?:(?:see|show|hide) (?:translation|original|more|less)|translate(?: post)?"
    r"|(?:lihat|sembunyikan) terjemahan|terjemahkan(?: post(?:ingan)?)?"
    r"|(?:all reactions|semua (?:tanggapan|reaksi)):?"
    r"|(?:view|see|lihat) (?:all|more|semua|previous)\b.{0,10} ?(?:comments?|replies)"
    r"|lihat semua\b.{0,10} ?(?:komentar|balasan)(?: lain(?:nya)?)?"
    r"|lihat komentar lain(?:nya)?|(?:write|add) a comment\W{0,3}|tulis(?:kan)? komentar\W{0,3}"
    r"|most relevant|paling relevan|top comments|komentar teratas|(?:sort|urutkan)\b.{0,20}"
    r"|like|comment|share|reply|repost|quote|send|suka|komentari|komentar|bagikan|balas|kirim"
    r"|bagikan ulang|posting ulang|simpan|save|follow|ikuti|subscribe|upvote|downvote|bookmarks?"
    r"|views?|reposts?|quotes?|likes?|comments?|replies|tayangan|kutipan|suka komentari bagikan"
    r"|like ?[·•] ?reply\b.{0,40}|(?:suka|balas) ?[·•] ?(?:balas|suka)\b.{0,40}"
    r"|[\d.,]{1,9} ?(?:k|m|rb|jt|ribu|juta)? (?:comments?|shares?|likes?|views?|reposts?"
    r"|quotes?|replies|komentar|(?:kali )?dibagikan|suka|tayangan|balasan|x ditonton|subscribers?)"
    r"|[….]{1,3} ?(?:see more|lihat selengkapnya|selengkapnya|more|lainnya)"
    r"|:[a-z_+-]{2,30}: ?\d{1,5}|\(?(?:edited|diedit)\)?|new)"
)
_COUNT = re.compile(
    r"(?i)(?:[\d.,]{1,9} ?(?:k|m|rb|jt)?){1,2}(?: ?(?:you|anda)\b.{1,80}(?:others|lainnya))?"
)
_LEAST_SAID = 2  # of different kinds, below a post whose head was found
_LEAST_SAID_ALONE = 3  # below a text without one
_LEAST_COUNTS = 3
_LEAST_LISTED = 2
_TEXT = 150  # characters above the foot of a post
_DIGITS = re.compile(r"[\d.,]+")


def unwrap_post(lines: list[str], audit: PasteAudit) -> list[str]:
    """The text of a post without what stands above and below it; other texts stay as they are."""
    full = [index for index, line in enumerate(lines) if line.strip()]
    bare = [lines[index].strip() for index in full]
    head, date = _head(bare)
    for line in bare[:head]:
        audit.note(line, "post: who posted it")
    handle = next((line for line in bare[:head] if _HANDLE.fullmatch(line)), "")
    begin = next(iter(full[head:]), len(lines)) if head else 0
    rest = _without_heads(lines[begin:], bare[:head], handle, audit) if handle else lines[begin:]
    kept = _without_foot(
        _without_numbers(rest, audit), audit, _LEAST_SAID if head else _LEAST_SAID_ALONE
    )
    return [date, "", *kept] if date else kept


def _head(lines: list[str]) -> tuple[int, str]:
    """How many of the lines are the head of a post, and the day that it states, "" without."""
    if len(lines) < 3:
        return 0, ""
    first = lines[0]
    start = 0
    if _COMMUNITY.fullmatch(first) or (_WITH.fullmatch(first) and _POSTED.fullmatch(lines[1])):
        start = 1
    elif handled := _NAME_AND_HANDLE.fullmatch(first):
        past = _past_dots(lines, 1, short_date=True)
        return (past if handled["since"] or _DOT.fullmatch(lines[1]) else 0), ""
    elif not _is_name(first):
        return 0, ""
    elif handle := _HANDLE.fullmatch(lines[1]):
        past = _past_dots(lines, 2, short_date=True)
        return (past if past > 2 or handle["date"] or _may_be_of(first, lines[1]) else 0), ""
    if _ACCOUNT.fullmatch(first) and lines[1].casefold() in _VERIFIED:
        return 2 + bool(_PLACE.fullmatch(lines[2])), ""
    if _LINKEDIN.fullmatch(lines[1]):
        for place in range(2, min(_FIRST_LINES, len(lines) - 1)):
            if _POSTED.fullmatch(lines[place]):
                return _past_dots(lines, place + 1), ""
    at = start or 1
    dots = at
    while dots < _FIRST_LINES and dots < len(lines) and _DOT.fullmatch(lines[dots].lstrip("• ")):
        dots += 1
    for place in range(at, min(dots + 3, len(lines) - 1)):
        below = lines[min(_past_dots(lines, place + 1), len(lines) - 1)]
        titled = len(below) <= _TITLE_LENGTH and below[-1] not in '.!?:”"'
        if posted := _POSTED.fullmatch(lines[place]):
            if not (start or titled) and len(first.split()) > _MOST_OF_A_NAME:
                return 0, ""  # a title above the time that an outlet states
            return _past_dots(lines, place + 1), _absolute(posted["date"])
        if not start and place > at:
            break
        if start and _SINCE_ALONE.fullmatch(lines[place]):
            return _past_dots(lines, place + 2), ""  # a community, below which its member stands
        clock = _CLOCK_ALONE.fullmatch(lines[place]) and len(first.split()) <= _MOST_OF_SENDER
        if titled and not start and (clock or _SINCE_SHORT.fullmatch(lines[place])):
            return _past_dots(lines, place + 1), ""
    return 0, ""


def _may_be_of(name: str, handle: str) -> bool:
    """Whether a handle without a time may be that of a name: not of who wrote an article."""
    words = name.split()
    return len(words) < _MOST_OF_A_NAME or any(
        len(word) >= _TELLING and word.casefold() in handle.casefold() for word in words
    )


def _past_dots(lines: list[str], at: int, *, short_date: bool = False) -> int:
    while at < min(len(lines) - 1, _FIRST_LINES):
        dated = short_date and _SHORT_DATE.fullmatch(lines[at])
        if not (_DOT.fullmatch(lines[at]) or dated):
            break
        at += 1
    return at


def _is_name(line: str) -> bool:
    words = line.split()
    return len(line) <= _NAME_LENGTH and len(words) <= _NAME_WORDS and line[-1] not in '.!?:,”"'


def _absolute(date: str) -> str:
    return date if re.search(r"\d{4}", date) else ""


def _without_heads(lines: list[str], head: list[str], handle: str, audit: PasteAudit) -> list[str]:
    """Without the head of each further post of a thread, and the counts above it."""
    out: list[str] = []
    named = handle.partition(" ")[0]
    above: int | None = None  # the last line of ``out`` that is not empty
    in_head = False
    for line in lines:
        bare = line.strip()
        again = above is not None and out[above].strip() == head[0]
        if again and bare.startswith(named) and _HANDLE.fullmatch(bare):
            audit.note(f"{head[0]} {bare}", "post: who posted it")
            del out[above:]
            _drop_counts(out, audit)
            while out and not out[-1].strip():  # none is looked at again
                out.pop()
            out.append("")
            above, in_head = None, True
        elif in_head and (not bare or _DOT.fullmatch(bare) or _SHORT_DATE.fullmatch(bare)):
            audit.note(bare, "post: who posted it")
        else:
            in_head = False
            above = len(out) if bare else above
            out.append(line)
    return out


def _drop_counts(lines: list[str], audit: PasteAudit) -> None:
    """Take the row of counts from the end of the lines, if one stands there."""
    counts: list[str] = []
    at = len(lines)
    while at and (not (bare := lines[at - 1].strip()) or _COUNT.fullmatch(bare)):
        at -= 1
        counts += [bare] if bare else []
    if len(counts) >= _LEAST_COUNTS:
        for count in reversed(counts):
            audit.note(count, "post: counts")
        del lines[at:]


def _without_foot(lines: list[str], audit: PasteAudit, least: int) -> list[str]:
    """Without buttons, counts and the comments below them."""
    full = [index for index, line in enumerate(lines) if line.strip()]
    bare = [lines[index].strip() for index in full]
    said = [bool(_SAID.fullmatch(line)) for line in bare]
    above = list(accumulate(map(len, bare), initial=0))
    first = next((at for at, is_said in enumerate(said) if is_said and above[at] >= _TEXT), None)
    if first is None:
        out = list(lines)
        if least == _LEAST_SAID:
            _drop_counts(out, audit)
        return out
    while first > 1 and any(one.fullmatch(bare[first - 1]) for one in (_COUNT, _SINCE_ALONE)):
        first -= 1
    kinds = {_DIGITS.sub("", bare[at].casefold()) for at in range(first, len(bare)) if said[at]}
    counts = sum(bool(_COUNT.fullmatch(line)) for line in bare[first:])
    below = above[-1] - above[first]
    enough = len(kinds) + (counts >= _LEAST_COUNTS) >= least or (
        least == _LEAST_SAID and first >= len(bare) - 2
    )
    last = max(at for at, is_said in enumerate(said) if is_said)
    announced = first > 0 and bare[first - 1][-1] == ":"  # "Tombol yang dihapus:"
    listed = least == _LEAST_SAID_ALONE and _are_listed(bare[last + 1 :])
    goes_on = any(map(is_sentence, bare[last + 1 :]))  # the buttons were in the article
    if not enough or announced or listed or below >= above[first] or goes_on:
        return lines
    # When X or Instagram published the post: "15.04 · 12 Nov 2026".
    dates = [line for line in bare[first:] if least == _LEAST_SAID and _STATED_DAY.fullmatch(line)]
    for line in bare[first:]:
        audit.note(line, "post: below the text")
    return [*dates[:1], *lines[: full[first]]]


def _are_listed(lines: list[str]) -> bool:
    """Whether the lines below the last button are a table, or a list of winners."""
    below = [line for line in lines if not _COUNT.fullmatch(line)]
    return len(below) >= _LEAST_LISTED and not any(map(_SINCE_ALONE.fullmatch, below))


def _without_numbers(lines: list[str], audit: PasteAudit) -> list[str]:
    """Without the numbers of a thread's posts: ``1/``, ``2/``, ``3/3``.

    A thread is numbered from its beginning. "1/11", "2/11" and "3/11" are days, "1/2 kg" is half of
    one, and points in the middle of an article keep their numbers.
    """
    found = {index: match for index, line in enumerate(lines) if (match := _NUMBERED.match(line))}
    numbers = [int(match["number"]) for match in found.values()]
    most = len(numbers)
    if most < _LEAST_POSTS or numbers != list(range(1, most + 1)):
        return lines
    above = sum(map(bool, map(str.strip, lines[: next(iter(found))])))
    if above > 1 or any(match["of"] and int(match["of"]) != most for match in found.values()):
        return lines
    if not any(len(lines[at]) >= SENTENCE for at in found):
        return lines  # days of March, fractions, points of a few words
    for match in found.values():
        audit.note(match[0], "post: number in a thread")
    return [line[found[at].end() :] if at in found else line for at, line in enumerate(lines)]
