"""Did what rose by five percent rise in the answer too?

Only a plain contradiction counts: a word for up or down right before a number of the original, the
opposite right before the same number in the answer, and nothing in either text that says both.
Prices "fall less", losses "narrow" and years "end lower after a rise": where both directions are
spoken of, words beside a number do not tell.
"""

import re
from collections.abc import Sequence

from dwiwarta.translate.gate.quantities.quantity import Quantity

_UP, _DOWN = "up", "down"
_INDONESIAN = {
    _UP: r"(?:naik|meningkat|bertambah|melonjak|melesat|meroket|tumbuh|menguat|kenaikan|peningkatan"
    r"|lonjakan|pertumbuhan|surplus)",
    _DOWN: r"(?:turun|menurun|berkurang|merosot|anjlok|menyusut|melemah|jatuh|susut|penurunan"
    r"|penyusutan|pelemahan|minus|negatif|defisit|rugi|kerugian)",
}
_ENGLISH = {
    _UP: r"(?:ris(?:e|es|en|ing)|rose|increas\w*|gain\w*|gr[eo]w\w*|up|climb\w*|jump\w*|soar\w*"
    r"|surg\w*|higher|more|strengthen\w*|growth|add(?:ed|s)?|advanc\w*|expand\w*|regain\w*)",
    _DOWN: r"(?:f[ae]ll(?:en|ing|s)?|drop\w*|declin\w*|decreas\w*|down|shr[aiu]nk\w*|lower\w*|less"
    r"|plung\w*|plummet\w*|slump\w*|weaken\w*|los[est]\w*|loss\w*|reduc\w*|contract\w*|slid\w*"
    r"|fewer|minus|negative|deficit|cut|slash(?:ed|es)|tumbl\w*|dip(?:s|ped)|sank|shed)",
}
_BY = r"(?:\s(?:sebesar|sebanyak|hingga|sampai|sekitar|hampir|by|about|around|nearly|almost|some))*"
_MONEY = r"(?:(?:Rp|US\$|IDR|USD|[$€£])\.?\s?)?"
_NEAR = 40  # characters before a number: the verb, words for about, a currency


def _compiled(words: dict[str, str], before: bool) -> dict[str, re.Pattern[str]]:
    end = rf"{_BY}\s{_MONEY}$" if before else r"\b"
    return {way: re.compile(rf"\b{pattern}{end}", re.IGNORECASE) for way, pattern in words.items()}


_SAID_BEFORE = _compiled(_INDONESIAN, before=True)
_SAYS_BEFORE = _compiled(_ENGLISH, before=True)
_SAID = _compiled(_INDONESIAN, before=False)
_SAYS = _compiled(_ENGLISH, before=False)
_OPPOSITE = {_UP: _DOWN, _DOWN: _UP}


def other_trend(
    source: str, answer: str, there: Sequence[Quantity], here: Sequence[Quantity]
) -> str | None:
    """Why a rise became a fall in ``answer``, or the other way round; ``None`` if none did.

    ``there`` and ``here``: the quantities of ``source`` and of ``answer``.
    """
    for q in there:
        way = _way(source, q, _SAID_BEFORE) if q.exact else ""
        if not way or _SAID[_OPPOSITE[way]].search(source):
            continue
        found = [p for p in here if p.agrees(q.readings)]
        if _SAYS[way].search(answer) or not found:
            continue
        if all(_way(answer, p, _SAYS_BEFORE) == _OPPOSITE[way] for p in found):
            other = _OPPOSITE[way]
            return (
                f"a direction differs: {q.text.strip()} went {way} in the original,"
                f" {other} in the answer"
            )
    return None


def _way(text: str, q: Quantity, before: dict[str, re.Pattern[str]]) -> str:
    start = max(0, q.start - _NEAR)
    return next((way for way, p in before.items() if p.search(text, start, q.start)), "")
