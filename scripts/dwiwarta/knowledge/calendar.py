"""Months, days of the week and time zones by every name that Indonesian news has for them.

The only place where these names stand: dates, cleaning, dedupe and the translation gate take
theirs from here. Names are case-folded. Malay stands with Indonesian because agencies and
neighbours are quoted in it; spellings from before 1972 (``Djuni``) stand in archives.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType


def _numbered(text: str) -> Mapping[str, int]:
    """Every name with the number of its line, from 1."""
    lines = text.strip().splitlines()
    return MappingProxyType({name: n for n, line in enumerate(lines, 1) for name in line.split()})


# By language: the full names, and the short ones, which may be other words where no number is near.
MONTH_NAMES: Mapping[str, Mapping[str, int]] = {
    "id": _numbered(
        """
        januari djanuari
        februari pebruari
        maret
        april
        mei
        juni djuni
        juli djuli
        agustus agoestoes
        september
        oktober
        november nopember
        desember
        """
    ),
    "ms": _numbered(
        """
        januari
        februari
        mac
        april
        mei
        jun
        julai
        ogos
        september
        oktober
        november
        disember
        """
    ),
    "en": _numbered(
        """
        january
        february
        march
        april
        may
        june
        july
        august
        september
        october
        november
        december
        """
    ),
}
SHORT_MONTH_NAMES: Mapping[str, Mapping[str, int]] = {
    "id": _numbered(
        """
        jan
        feb peb
        mar mrt
        apr
        mei
        jun
        jul
        agt agu ags agst agts
        sep sept
        okt
        nov nop
        des
        """
    ),
    "ms": _numbered("jan\nfeb\nmac\napr\nmei\njun\njul\nogo\nsep sept\nokt\nnov\ndis"),
    "en": _numbered("jan\nfeb\nmar\napr\nmay\njun\njul\naug\nsep sept\noct\nnov\ndec"),
}

# Monday is 1, as in ISO 8601.
WEEKDAY_NAMES: Mapping[str, Mapping[str, int]] = {
    "id": _numbered("senin\nselasa\nrabu\nkamis\njumat jum'at jum’at\nsabtu\nminggu ahad"),
    "ms": _numbered("isnin\nselasa\nrabu\nkhamis\njumaat\nsabtu\nahad"),
    "en": _numbered("monday\ntuesday\nwednesday\nthursday\nfriday\nsaturday\nsunday"),
}
SHORT_WEEKDAY_NAMES: Mapping[str, Mapping[str, int]] = {
    "id": _numbered("sen\nsel\nrab\nkam\njum\nsab\nmin"),
    "en": _numbered("mon\ntue tues\nwed\nthu thur thurs\nfri\nsat\nsun"),
}


def _merged(*tables: Mapping[str, Mapping[str, int]]) -> Mapping[str, int]:
    """The tables of all languages in one."""
    return MappingProxyType(
        {name: n for table in tables for names in table.values() for name, n in names.items()}
    )


MONTHS = _merged(MONTH_NAMES, SHORT_MONTH_NAMES)
WEEKDAYS = _merged(WEEKDAY_NAMES, SHORT_WEEKDAY_NAMES)

# Hours ahead of UTC. Indonesia's zones by Keppres 41/1987; written in any case ("Wita").
INDONESIAN_ZONES: Mapping[str, float] = MappingProxyType(
    {"wib": 7, "wita": 8, "wit": 9, "witeng": 8}
)
# North America's names as RFC 5322 defines them; the rest stand for one offset only. In capitals.
_FOREIGN_ZONES = {
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "trt": 3,
    "pkt": 5, "npt": 5.75, "mmt": 6.5, "ict": 7, "sgt": 8, "myt": 8, "hkt": 8, "pht": 8,
    "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13,
}  # fmt: skip
_ZONES_IN_WORDS = {
    "waktu indonesia barat": 7, "waktu indonesia bagian barat": 7, "western indonesia time": 7,
    "waktu indonesia tengah": 8, "waktu indonesia bagian tengah": 8, "central indonesia time": 8,
    "waktu indonesia timur": 9, "waktu indonesia bagian timur": 9, "eastern indonesia time": 9,
    "waktu jakarta": 7, "jakarta time": 7, "utc": 0, "gmt": 0, "z": 0,
}  # fmt: skip
_ZONES = {**INDONESIAN_ZONES, **_FOREIGN_ZONES, **_ZONES_IN_WORDS}

# Names that stand for several offsets (CST: Chicago, Beijing, Havana; ET in summer or not), and any
# other that is built like one: the time is of a zone that nobody can tell.
_UNKNOWN_ZONE = (
    r"(?-i:(?:[A-Z]{2,4}|[ECM])T\b)|waktu\s+(?!indonesia\b)\w+(?:\s+(?-i:[A-Z])\w+)?"
    r"|(?:\w+\s+){1,3}time\b"
)

# The offsets in use on Earth.
_LEAST_OFFSET, _MOST_OFFSET = timedelta(hours=-12), timedelta(hours=14)


def alternatives(names: Iterable[str]) -> str:
    """A regular expression for any of ``names``, the longest first."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)


_NAMED = (
    rf"{alternatives({**INDONESIAN_ZONES, **_ZONES_IN_WORDS})}"
    rf"|(?-i:{alternatives(name.upper() for name in _FOREIGN_ZONES)})"
)

# A zone as it stands behind a time, to be compiled with ``re.IGNORECASE``: a name, an offset, both
# ("GMT+0700 (Waktu Indonesia Barat)"), or one that nobody can tell ("waktu setempat").
ZONE_PATTERN = (
    r"(?:(?:UTC|GMT)\s?[+−-]\s?\d{1,2}|[+−-]\d\d)(?::?\d\d)?(?![\d:])"
    rf"(?:\s*\((?:{_NAMED}|{_UNKNOWN_ZONE})\))?"
    rf"|(?:{_NAMED})(?!\w)|{_UNKNOWN_ZONE}"
)
_OFFSET = re.compile(
    r"(?:UTC|GMT)?\s*(?P<sign>[+−-])\s?(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?", re.IGNORECASE
)


def zone_offset(zone: str) -> timedelta | None:
    """How far a zone as written is ahead of UTC: ``WITA``, ``GMT+8``, ``+0700``, ``EST``.

    ``None`` where nobody can tell: ``CST``, ``waktu setempat``, an offset that no place has.
    """
    match = _OFFSET.match(zone)
    if match is None:
        hours = _ZONES.get(" ".join(zone.casefold().split()))
        return None if hours is None else timedelta(hours=hours)
    size = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    offset = -size if match["sign"] != "+" else size
    return offset if _LEAST_OFFSET <= offset <= _MOST_OFFSET else None
