"""Did a "not" get lost, or come in: "tidak menemukan senjata" as "found weapons"?

Both languages deny in many ways ("belum tercapai", "has yet to be reached"; "tidak selamat",
"died"), so only short texts of one plain denial of a common verb are judged. The answer has to
have that verb too, and any word of it that may deny, doubt or limit lets it pass.
"""

from collections.abc import Iterable

from pydantic import Field

from dwiwarta.text import words
from dwiwarta.translate.gate.patterns import PatternPair, any_case
from dwiwarta.yamlfile import Pattern, Strict

_BETWEEN = r"(?:\s\w+){0,2}\s"  # words between a "not" and its verb
_CONTRARY = "the answer says the contrary"


class Negations(Strict):
    """How a denial is recognised in both languages; regular expressions, in any case.

    ``most_words``: of an original and of an answer that are judged. ``denies``: a plain denial in
    Indonesian; ``other_sense``: where it stands in one that may be said without a "not".
    ``may_deny``: Indonesian words that may become a "not". ``english``: English words that deny,
    doubt or limit; ``plain``: a denial in English that nothing but a denial gives;
    ``verbs``: what is denied, or is not, in all forms that a "not" may stand before.
    """

    most_words: int = Field(ge=1)
    denies: Pattern = Field(min_length=1)
    other_sense: tuple[Pattern, ...]
    may_deny: Pattern = Field(min_length=1)
    english: tuple[Pattern, ...]
    plain: Pattern = Field(min_length=1)
    verbs: tuple[PatternPair, ...]


def other_negation(source: str, answer: str, rules: Negations) -> str | None:
    """Why ``answer`` denies what ``source`` says, or the other way round, or ``None``."""
    most = rules.most_words
    if len(source) > 12 * most or len(words(source)) > most or len(words(answer)) > most:
        return None
    denials = any_case(rules.denies).findall(source)
    if not denials:
        added = _added(source, answer, rules)
        return added and f"{_CONTRARY}: nothing in the original, {added} in the answer"
    if _is_lost(len(denials), source, answer, rules):
        return f"{_CONTRARY}: {denials[0]} in the original"
    return None


def _added(source: str, answer: str, rules: Negations) -> str | None:
    """The plain "not" that came in, where the original denies nothing."""
    added = any_case(rules.plain).search(answer)
    if added is None or any_case(rules.may_deny).search(source):
        return None
    if len(any_case(rules.english[0]).findall(answer)) > 1:
        return None
    verbs = ((verb.answer, verb.original) for verb in rules.verbs)
    return added[0] if _denied_in_one(verbs, rules.plain, answer, source) else None


def _is_lost(denials: int, source: str, answer: str, rules: Negations) -> bool:
    """Whether a plain "not" of the original, its only one, is nowhere in the answer."""
    if denials > 1 or any(any_case(one).search(source) for one in rules.other_sense):
        return False
    if any(any_case(one).search(answer) for one in rules.english):
        return False
    verbs = ((verb.original, verb.answer) for verb in rules.verbs)
    return _denied_in_one(verbs, rules.denies, source, answer)


def _denied_in_one(verbs: Iterable[tuple[str, str]], denies: str, text: str, other: str) -> bool:
    """Whether ``text`` denies a verb that ``other`` has; each as it is in ``text`` and in that."""
    return any(
        any_case(rf"(?:{denies}){_BETWEEN}(?:{denied})\b").search(text)
        and any_case(rf"\b(?:{said})\b").search(other)
        for denied, said in verbs
    )
