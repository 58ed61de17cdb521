"""Why answers were rejected, in the language of the interface: the gate words it in English.

A reason is a clause with particulars behind a colon, ``a number is missing: 15``, and stands so in
the memory. Here is every wording of gate, chain and trust; a test holds this list to them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dwiwarta.interface import N_, gettext, spoken
from dwiwarta.render.markup import literal

_CLAUSES = (
    N_("a term of the glossary was lost or wrong"),
    N_("glossary"),
    N_("a number is missing"),
    N_("a number is not in the original"),
    N_("a number is still written the Indonesian way"),
    N_("a number differs"),
    N_("a month differs"),
    N_("a day of the week differs"),
    N_("a currency differs"),
    N_("a unit differs"),
    N_("a direction differs"),
    N_("a country differs"),
    N_("a place differs"),
    N_("a time is in the wrong half of the day"),
    N_("a minus is missing"),
    N_("percent is missing"),
    N_("two numbers changed places"),
    N_("sentences are missing"),
    N_("empty answer"),
    N_("control characters in the answer"),
    N_("broken characters in the answer"),
    N_("the answer has no words"),
    N_("the answer has HTML in it"),
    N_("the answer has an HTML entity in it"),
    N_("the answer has Markdown in it"),
    N_("the answer has a web address in it that the original has not"),
    N_("the answer has an address in it that the original has not"),
    N_("the answer has broken characters in it"),
    N_("the answer has hidden characters in it"),
    N_("the answer has letters in it that the original has not"),
    N_("the answer mixes scripts in a word"),
    N_("the answer repeats the original"),
    N_("the answer repeats its own words"),
    N_("the answer says %(words)s %(times)s times in a row"),
    N_("the answer says the contrary"),
    N_("the answer says twice"),
    N_("the answer seems to belong to another paragraph"),
    N_("the answer seems to belong to other text"),
    N_("the answer is too short"),
    N_("the answer is too long"),
    N_("the answer is broken off after"),
    N_("the answer is partly still Indonesian"),
    N_("the answer is still Indonesian"),
    N_("the answer is not English"),
    N_("the answer is empty"),
    N_("the same answer as to another text"),
    N_("the answer is %(what)s"),
)
# Behind the colon; what is none of these are words of the texts, and stays as it is.
_PARTICULARS = (
    N_("%(there)s went up in the original, down in the answer"),
    N_("%(there)s went down in the original, up in the answer"),
    N_("%(there)s in the original, %(here)s in the answer"),
    N_("%(there)s in the original"),
    N_("%(term)s became %(found)s (should be %(wanted)s)"),
    N_("%(term)s was lost (should be %(wanted)s)"),
    N_("%(there)s in %(mark)s became %(found)s"),
    N_("%(there)s became %(found)s"),
    N_("%(here)s for %(there)s characters"),
    N_("%(here)s for %(there)s"),
    N_("%(found)s of %(sought)s words found again"),
    N_("%(one)s and %(other)s"),
    N_("it was read in a wrong charset"),
    N_("accents piled up"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A reason as it is shown. ``lang``: "en" where the catalogue does not know it, else ""."""

    text: str
    lang: str = ""


def said(reason: str) -> Said:
    """A reason, or the kind of one, in the language of the interface."""
    reason = literal(reason)
    if spoken() == "en":
        return Said(reason)
    clause, colon, rest = reason.partition(": ")
    own = _in_words(clause, _CLAUSES)
    if own is None:
        return Said(reason, "en")
    return Said(f"{own}{colon}{_in_words(rest, _PARTICULARS) or rest}")


def _in_words(text: str, messages: Iterable[str]) -> str | None:
    """What the catalogue says for a text, None where no message fits."""
    for message in messages:
        if found := _pattern(message).fullmatch(text):
            values = found.groupdict()
            if notice := values.get("what"):  # by the name that the rules give it
                values["what"] = gettext(notice)
            return gettext(message, **values)
    return None


@cache
def _pattern(message: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", message)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)),
        re.DOTALL,
    )
