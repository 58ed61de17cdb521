"""The glossary: names and terms whose English rendering an editor has settled.

``knowledge/glossary.yml`` says for each term how it is written in Indonesian, which English
renderings are right, which are wrong, and how it is explained to a reader at first use. An engine
that takes a glossary is given the pairs; every other answer is checked afterwards, and never
rewritten.

A written form with a capital letter is matched as it stands (``KPK``, ``Mahkamah Agung``), one in
small letters in any case. Forms are whole words, the longest wins: inside ``Mahkamah Agung`` no
``Agung`` is found.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.forms import FormFinder, first_rendering
from dwiwarta.knowledge.overlays import Overlay, load_overlay
from dwiwarta.knowledge.term_use import TermUse, add_uses
from dwiwarta.model import Segment
from dwiwarta.yamlfile import Phrase, Strict, TwiceError, load_yaml

_TEXTS_REMEMBERED = 200  # more than nearly all articles have


class Term(Strict):
    """One entry of the glossary."""

    source: tuple[Phrase, ...] = Field(
        min_length=1, description="Indonesian forms, usual one first"
    )
    target: tuple[str, ...] = Field(min_length=1, description="right renderings, best one first")
    names: tuple[str, ...] = Field(
        (), description="those of target that are rival names: the site should use one of them"
    )
    kind: Literal["institution", "place"] | None = Field(
        None, description="what the term is the name of; readers see it marked in both languages"
    )
    forbidden: tuple[str, ...] = Field((), description="wrong renderings, met in engines' answers")
    expansion: str | None = Field(None, description="English explanation at first use")
    protect: bool = Field(
        False, description="an answer that lost it is rejected, not just reported"
    )
    not_before: tuple[str, ...] = Field((), description="words after which it is something else")
    not_after: tuple[str, ...] = Field((), description="words before which it is something else")

    @model_validator(mode="after")
    def _names_are_right(self) -> Self:
        if others := [name for name in self.names if name not in self.target]:
            raise ValueError(f"names that are not in target: {', '.join(others)}")
        return self

    @property
    def name(self) -> str:
        """How the term is called in reports: its usual Indonesian form."""
        return self.source[0]


class GlossaryFile(Strict):
    """The schema of ``glossary.yml``."""

    terms: tuple[Term, ...] = ()

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        """A form that stands in two entries would have two meanings."""
        seen: dict[str, tuple[int | str, ...]] = {}
        for number, term in enumerate(self.terms):
            for form_number, form in enumerate(term.source):
                place = ("terms", number, "source", form_number)
                if form in seen:
                    raise TwiceError(f"{form!r} is in more than one entry", place, seen[form])
                seen[form] = place
        return self


class GlossaryOverlay(GlossaryFile, Overlay):
    """A site's own ``glossary.yml``. ``without``: terms by their usual form, or other forms."""

    def over(self, program: GlossaryFile) -> tuple[Term, ...]:
        """Our terms and the program's: one of the same usual form goes, a form of ours is ours."""
        names = {*self.without, *(term.name for term in self.terms)}
        gone = {*names, *(form for term in self.terms for form in term.source)}
        left = []
        for term in program.terms:
            forms = tuple(form for form in term.source if form not in gone)
            if term.name not in names and forms:
                left.append(term.model_copy(update={"source": forms}))
        return (*self.terms, *left)


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a text; ``end`` is exclusive, ``surface`` is as written there."""

    term: Term
    surface: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Violation:
    """A term whose rendering is missing from an answer, or rendered in a forbidden way."""

    term: Term
    surface: str
    forbidden: str | None = None  # the wrong rendering found; None: no right one found

    def __str__(self) -> str:
        wanted = " or ".join(f'"{target}"' for target in self.term.target[:3])
        if self.forbidden is not None:
            return f'"{self.surface}" became "{self.forbidden}" (should be {wanted})'
        return f'"{self.surface}" was lost (should be {wanted})'


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a term in an Indonesian text means: ``text`` for the characters ``start`` to ``end``."""

    start: int
    end: int
    text: str


# Given the paragraphs of one article, the terms to explain in each of them, in order, none inside
# another; the positions are those of the paragraphs given.
Explain = Callable[[Sequence[str]], Sequence[Sequence[Explanation]]]


@dataclass(frozen=True)
class Glossary:
    """The terms, ready to be looked up. Build it once: it compiles one pattern of all forms."""

    terms: tuple[Term, ...] = ()

    def terms_in(self, text: str) -> tuple[Hit, ...]:
        """The terms in an Indonesian text, in order, none inside another."""
        return self._remembered(text)

    @cached_property
    def _remembered(self) -> Callable[[str], tuple[Hit, ...]]:
        """The terms of each paragraph of an article are asked for again and again."""
        return lru_cache(maxsize=_TEXTS_REMEMBERED)(self._terms_in)

    def _terms_in(self, text: str) -> tuple[Hit, ...]:
        # A heading in capitals says nothing about which of its words are acronyms.
        shouting = text.isupper() and " " in text
        hits = []
        for match in self._finder.find(text):
            term = self._by_form.get(match[0]) or self._by_form.get(match[0].lower())
            if term is None or (shouting and match[0] in self._acronyms):
                continue
            if not _another_sense(term, text, match):
                hits.append(Hit(term, match[0], match.start(), match.end()))
        return tuple(hits)

    def pairs(self, text: str) -> tuple[tuple[str, str], ...]:
        """(Indonesian, preferred English) of the terms in ``text``, for engines that take them."""
        return tuple(
            dict.fromkeys((hit.surface, hit.term.target[0]) for hit in self.terms_in(text))
        )

    def violations(self, source: str, target: str) -> tuple[Violation, ...]:
        """Terms of ``source`` that the translation ``target`` lost or rendered in a wrong way."""
        return tuple(_violations(self.terms_in(source), source, target).values())

    def explanations(self, texts: Sequence[str]) -> tuple[tuple[Explanation, ...], ...]:
        """For each paragraph of one article: the terms to explain there, each once an article.

        A form that its explanation repeats ("Korea Utara", explained as "Korea Utara, North Korea")
        explains itself; the first short form ("Korut") is the one that needs it.
        """
        seen: set[str] = set()
        uses: list[tuple[Explanation, ...]] = []
        for text in texts:
            new = []
            for hit in self.terms_in(text):
                expansion = hit.term.expansion
                if expansion is None or hit.surface.casefold() in expansion.casefold():
                    continue
                if hit.term.name not in seen:
                    seen.add(hit.term.name)
                    new.append(Explanation(hit.start, hit.end, expansion))
            uses.append(tuple(new))
        return tuple(uses)

    def names_used(self, source: str, target: str) -> tuple[tuple[Term, str], ...]:
        """Terms of ``source`` for which the translation ``target`` chose one of rival names.

        An adjective, a plural or a short form among the right renderings is no other name.
        """
        terms = {hit.term.name: hit.term for hit in self.terms_in(source) if hit.term.names}
        used = ((term, first_rendering(term.target, target)) for term in terms.values())
        return tuple((term, name) for term, name in used if name in term.names)

    def consistency(self, segments: Iterable[Segment]) -> tuple[TermUse, ...]:
        """How each term was rendered over ``segments``, in the order of the glossary."""
        return self.together(use for segment in segments for use in self._uses(segment))

    def together(self, uses: Iterable[TermUse]) -> tuple[TermUse, ...]:
        """``consistency`` over several texts from that of each."""
        return add_uses(uses, self._places)

    def _uses(self, segment: Segment) -> Iterator[TermUse]:
        if segment.translation is None:
            return
        english = segment.translation.text
        hits = self.terms_in(segment.source)
        faults = _violations(hits, segment.source, english)
        for term in {hit.term.name: hit.term for hit in hits}.values():
            fault = faults.get(term.name)
            used = None if fault else first_rendering(term.target, english)
            yield TermUse(
                term=term.name,
                segments=1,
                renderings=((used, 1),) if used is not None else (),
                lost=int(fault is not None and fault.forbidden is None),
                wrong=int(fault is not None and fault.forbidden is not None),
                right=term.target,
            )

    @cached_property
    def _by_form(self) -> dict[str, Term]:
        return {form: term for term in self.terms for form in term.source}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term.name: place for place, term in enumerate(self.terms)}

    @cached_property
    def _acronyms(self) -> frozenset[str]:
        return frozenset(form for form in self._by_form if form.isupper())

    @cached_property
    def _finder(self) -> FormFinder:
        return FormFinder(self._by_form)


def load_glossary(path: Path = KNOWLEDGE_DIR / "glossary.yml") -> Glossary:
    """Read the glossary, with the site's own over it.

    Raises ``SettingsError`` with ``file:line: reason`` for each fault.
    """
    own = load_overlay("glossary.yml", GlossaryOverlay)
    return Glossary(own.over(load_yaml(path, GlossaryFile)))


_INITIALS = re.compile(r"\(\d{1,2}\)|alias\b")
_NEAR = 80  # characters: the longest exception, and white space


def _another_sense(term: Term, text: str, match: re.Match[str]) -> bool:
    """Initials of a suspect ("AS (57)"), or one of the entry's own exceptions."""
    # No further than an exception reaches, as the same term may come ten thousand times.
    after = text[match.end() : match.end() + _NEAR].lstrip()
    if match[0].isupper() and _INITIALS.match(after):
        return True
    if not term.not_after and not term.not_before:
        return False
    before = text[max(0, match.start() - _NEAR) : match.start()].rstrip(" (")
    return any(_at_end(word).search(before) for word in term.not_after) or any(
        _at_start(word).match(after) for word in term.not_before
    )


@cache
def _at_end(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}$", re.IGNORECASE)


@cache
def _at_start(word: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(word)}(?!\w)")


def _violations(hits: Sequence[Hit], source: str, target: str) -> dict[str, Violation]:
    """By the name of the term, what ``Glossary.violations`` says of the terms of ``source``."""
    found: dict[str, Violation] = {}
    # "South Korea" is wrong for Korut, but not where the text speaks of Korsel as well.
    fitting = {rendering for hit in hits for rendering in hit.term.target}
    for hit in hits:
        if hit.term.name in found:
            continue
        forbidden = [f for f in hit.term.forbidden if f not in fitting and f not in source]
        wrong = first_rendering(forbidden, target)
        right = first_rendering(hit.term.target, target)
        if wrong is not None:
            found[hit.term.name] = Violation(hit.term, hit.surface, wrong)
        elif right is None:
            found[hit.term.name] = Violation(hit.term, hit.surface)
    return found
