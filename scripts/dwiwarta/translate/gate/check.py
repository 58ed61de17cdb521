"""The gate: is this answer of an engine a translation of this paragraph at all?

Engines return nothing, the original, a quota notice, an error page, the same words over and over,
half of the text, another paragraph's translation, or one with a wrong number. Whatever the gate
rejects never enters the memory; the reason, worded for an editor, is reported and the next engine
is asked. It judges faithfulness by what can be seen from outside and says nothing about style.

The checks run from the surest to the subtlest, so that the reason given is the root of the
trouble: an error page has wrong numbers too.
"""

import re
from collections.abc import Iterator, Sequence

from dwiwarta.knowledge.glossary import Glossary
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.sentences import split_sentences
from dwiwarta.text import has_letters, words
from dwiwarta.translate.gate.additions import added_address, added_markup, broken_characters
from dwiwarta.translate.gate.contraries import contrary
from dwiwarta.translate.gate.countries import other_country
from dwiwarta.translate.gate.directions import elsewhere
from dwiwarta.translate.gate.language import not_english, repeats_original
from dwiwarta.translate.gate.negations import other_negation
from dwiwarta.translate.gate.parts import other_parts
from dwiwarta.translate.gate.quantities import disagreement
from dwiwarta.translate.gate.relatedness import Offered, exchanged, looks_unrelated, seek
from dwiwarta.translate.gate.repeats import says_again
from dwiwarta.translate.gate.rules import GateFile, GateRules, Refusal, load_gate_rules

__all__ = ["GateRules", "check_answer", "load_gate_rules", "misplaced", "says_quota"]


@remembered
def _rules_of_site() -> GateRules:
    return load_gate_rules()


def check_answer(
    source: str, answer: str | None, glossary: Glossary, rules: GateRules | None = None
) -> str | None:
    """Why ``answer`` cannot be the English of ``source``, or ``None`` if nothing speaks against it.

    ``source``: one Indonesian paragraph or title. ``rules``: those of the project unless given.
    The reason is a clause for an editor, such as ``a number is missing: 15``.
    """
    rules = rules or _rules_of_site()
    gate = rules.gate
    if answer is None or not answer.strip():
        return "the answer is empty"
    if not has_letters(source):
        return None  # "***" or "2-1": nothing to translate, nothing to get wrong
    if not has_letters(answer):
        return "the answer has no words"
    if refusal := next(_refusals(source, answer, gate), None):
        return f"the answer is {refusal.says}"
    there, here = words(source), words(answer)
    return (
        added_markup(source, answer)
        or broken_characters(source, answer)
        or added_address(source, answer, here)
        or repeats_original(source, answer, gate)
        or says_again(source, answer, gate)
        or not_english(source, answer, there, here, gate)
        or _wrong_length(source, answer, gate)
        or _lost_sentences(source, answer)
        or _broken_off(source, answer, here, gate)
        or disagreement(source, answer)
        or _lost_terms(source, answer, glossary)
        or elsewhere(there, here, gate.compass)
        or other_country(source, answer, gate.countries)
        or contrary(source, answer, gate.contraries)
        or other_negation(source, answer, gate.negations)
        or other_parts(source, answer, gate.deeds, gate.countries)
        or looks_unrelated(source, answer, rules.frequent)
    )


def says_quota(source: str, answer: str, rules: GateRules | None = None) -> bool:
    """Whether ``answer`` is a service's notice that it will answer nothing more for some time.

    Such a notice is as good as an error: whoever asks should stop asking this engine. An answer
    that names somebody of the original is news about requests and limits, whatever it says.
    """
    rules = rules or _rules_of_site()
    if not any(refusal.quota for refusal in _refusals(source, answer, rules.gate)):
        return False
    return Offered(answer).words.isdisjoint(seek(source, rules.frequent).names)


def misplaced(
    sources: Sequence[str], answers: Sequence[str | None], rules: GateRules | None = None
) -> frozenset[int]:
    """Indices of the answers of one article that seem to belong to other paragraphs of it.

    An engine that answers a batch in the wrong order gives good English that passes the gate one
    by one. ``answers``: all that one engine gave for ``sources``, rejected ones too, ``None`` for
    none. See ``alikeness.exchanged`` for how and how well.
    """
    frequent = (rules or _rules_of_site()).frequent
    return exchanged(sources, [answer or "" for answer in answers], frequent)


_QUOTED = re.compile(r"[“\"„«][^”\"»“„«]*(?:[”\"»]|$)")


def _refusals(source: str, answer: str, rules: GateFile) -> Iterator[Refusal]:
    # What somebody says in a quotation, no service says: '"I cannot help you," the mayor said.'
    spoken = _QUOTED.search(source) is not None
    for refusal in rules.refusals:
        if refusal.search.search(answer) and not refusal.explained_by(source):
            if refusal.speech and spoken and not refusal.search.search(_QUOTED.sub(" ", answer)):
                continue
            yield refusal


def _wrong_length(source: str, answer: str, rules: GateFile) -> str | None:
    bounds = rules.bounds_for(len(source))
    ratio = len(answer) / len(source)
    if ratio < bounds.least:
        return f"the answer is too short: {len(answer)} for {len(source)} characters"
    if ratio > bounds.most and len(answer) > len(source) + bounds.slack:
        return f"the answer is too long: {len(answer)} for {len(source)} characters"
    return None


def _lost_sentences(source: str, answer: str) -> str | None:
    there = len(split_sentences(source, "id"))
    here = len(split_sentences(answer, "en"))
    # Engines join and split sentences; half of them gone together with a good part of the length
    # is a loss (human translations of 3 sentences and more: never below 0.6 with half of them).
    if there >= 3 and here * 2 <= there and len(answer) < 0.7 * len(source):
        return f"sentences are missing: {here} for {there}"
    return None


_ENDS = re.compile(r"[.!?…][\"”’')\]»]*\s*\Z")
_GOES_ON = re.compile(r"[\w,;:–-]\s*\Z")
_END = 20  # characters in which the end of a text is looked for


def _broken_off(source: str, answer: str, here: list[str], rules: GateFile) -> str | None:
    if not (_GOES_ON.search(answer[-_END:]) and _ENDS.search(source[-_END:])):
        return None
    rule = rules.broken_off
    if here[-1].lower() in rule.words or len(answer) < rule.share * len(source):
        return f"the answer is broken off after: {' '.join(here[-4:])}"
    return None


def _lost_terms(source: str, answer: str, glossary: Glossary) -> str | None:
    for violation in glossary.violations(source, answer):
        if violation.forbidden is not None or violation.term.protect:
            return f"glossary: {violation}"
    return None
