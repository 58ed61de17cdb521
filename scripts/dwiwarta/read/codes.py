"""Topic codes as editors write them, checked against the standard itself.

The 17 top-level concepts of the IPTC Media Topics, whose ids are fixed by IPTC
(https://cv.iptc.org/newscodes/mediatopic/).
"""

import re

# The official English names, in the order of their ids: 01000000 is arts.
_TOPIC_NAMES = (
    "arts, culture, entertainment and media",
    "crime, law and justice",
    "disaster, accident and emergency incident",
    "economy, business and finance",
    "education",
    "environment",
    "health",
    "human interest",
    "labour",
    "lifestyle and leisure",
    "politics and government",
    "religion",
    "science and technology",
    "society",
    "sport",
    "conflict, war and peace",
    "weather",
)
_TOPIC_ID = re.compile(r"(?:medtop:)?(0[1-9]|1[0-7])000000")
_WORD = re.compile(r"[a-z]+")


def topic_id(text: str) -> str | None:
    """The Media Topic (``medtop:11000000``) that ``text`` is, or whose English name it is.

    An id may lack its prefix, and a name may be cut short after any word, as in "politics".
    """
    match = _TOPIC_ID.fullmatch(text.strip().casefold())
    if match:
        return f"medtop:{match[1]}000000"
    words = _words(text)
    for number, name in enumerate(_TOPIC_NAMES, start=1):
        if words and words == _words(name)[: len(words)]:
            return f"medtop:{number:02}000000"
    return None


def _words(name: str) -> list[str]:
    """Without "and", which stands elsewhere in a name that was cut short."""
    return [word for word in _WORD.findall(name.casefold()) if word != "and"]
