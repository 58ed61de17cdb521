"""Did a "not" get lost, or come in: "tidak menemukan senjata" as "found weapons"?

Both languages deny in many ways ("belum tercapai", "has yet to be reached"; "tidak selamat",
"died"), so only short texts of one plain denial of a common verb are judged. The answer has to
have that verb too, and any word of it that may deny, doubt or limit lets it pass.
"""

import re
from functools import cache

from pydantic import Field

from dwiwarta.text import words
from dwiwarta.yamlfile import Pattern, Strict

_BETWEEN = r"(?:\s\w+){0,2}\s"  # words between a "not" and its verb


class Verb(Strict):
    """A verb in both languages, in all forms that a "not" may stand before."""

    original: Pattern = Field(min_length=1)
    answer: Pattern = Field(min_length=1)

    @property
    def patterns(self) -> tuple[str, ...]:
        """Both of its patterns."""
        return self.original, self.answer


class Negations(Strict):
    """How a denial is recognised in both languages; regular expressions, in any case.

    ``most_words``: of an original and of an answer that are judged. ``denies``: a plain denial in
    Indonesian; ``other_sense``: where it stands in one that may be said without a "not".
    ``may_deny``: Indonesian words that may become a "not". ``english``: English words that deny,
    doubt or limit; ``plain``: a denial in English that nothing but a denial gives;
    ``verbs``: what is denied, or is not.
    """

    most_words: int = Field(ge=1)
    denies: Pattern = Field(min_length=1)
    other_sense: tuple[Pattern, ...]
    may_deny: Pattern = Field(min_length=1)
    english: tuple[Pattern, ...]
    plain: Pattern = Field(min_length=1)
    verbs: tuple[Verb, ...]


def other_negation(source: str, answer: str, rules: Negations) -> str | None:
    """Why ``answer`` denies what ``source`` says, or the other way round, or ``None``."""
    most = rules.most_words
    if len(source) > 12 * most or len(words(source)) > most or len(words(answer)) > most:
        return None
    denials = _any_case(rules.denies).findall(source)
    if not denials:
        if _any_case(rules.may_deny).search(source):
            return None
        added = _any_case(rules.plain).search(answer)
        if added is None or len(_any_case(rules.english[0]).findall(answer)) > 1:
            return None
        if not any(
            _verb(rules.plain, verb.answer).search(answer) and _word(verb.original).search(source)
            for verb in rules.verbs
        ):
            return None
        return f"the answer says the contrary: nothing in the original, {added[0]} in the answer"
    if len(denials) > 1 or any(_any_case(one).search(source) for one in rules.other_sense):
        return None
    if any(_any_case(one).search(answer) for one in rules.english):
        return None
    if not any(
        _verb(rules.denies, verb.original).search(source) and _word(verb.answer).search(answer)
        for verb in rules.verbs
    ):
        return None
    return f"the answer says the contrary: {denials[0]} in the original"


def _verb(denies: str, verb: str) -> re.Pattern[str]:
    """A verb that is denied."""
    return _any_case(rf"(?:{denies}){_BETWEEN}(?:{verb})\b")


def _word(verb: str) -> re.Pattern[str]:
    return _any_case(rf"\b(?:{verb})\b")


@cache
def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
