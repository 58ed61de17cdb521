"""English beside the Indonesian: the translation memory first, then a chain of engines.

Use::

    with open_memory(articles_dir, cache_dir, problems) as memory:
        chain = make_chain(settings.translation, load_glossary())
        texts = translate_stories(stories, memory, chain, log)
"""

from collections.abc import Sequence

from dwiwarta.knowledge.glossary import Glossary
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.adoption import adopt_renamed, article_file, find_orphans
from dwiwarta.translate.align import align_sentences
from dwiwarta.translate.chain import Chain, Judges, Provide
from dwiwarta.translate.engines.base import Engine
from dwiwarta.translate.engines.registry import make_engines
from dwiwarta.translate.log import TranslationCount, TranslationLog, count_text, is_settled
from dwiwarta.translate.memory import Memory, memory_path, open_memory
from dwiwarta.translate.stories import (
    Options,
    translate_each,
    translate_stories,
)

__all__ = [
    "Chain",
    "Memory",
    "Options",
    "Provide",
    "TranslationCount",
    "TranslationLog",
    "adopt_renamed",
    "align_sentences",
    "article_file",
    "check_gate_rules",
    "count_text",
    "find_orphans",
    "is_settled",
    "make_chain",
    "make_judges",
    "memory_path",
    "open_memory",
    "translate_each",
    "translate_stories",
]


def make_judges(glossary: Glossary) -> Judges:
    """What decides about answers: the gate with the project's rules and this glossary.

    It is read at the first answer: most builds ask nothing.
    """

    def check(source: str, answer: str) -> str | None:
        from dwiwarta.translate.gate import check_answer

        return check_answer(source, answer, glossary)

    def quota(source: str, answer: str) -> bool:
        from dwiwarta.translate.gate import says_quota

        return says_quota(source, answer)

    def mixed_up(sources: Sequence[str], answers: Sequence[str | None]) -> frozenset[int]:
        from dwiwarta.translate.gate import misplaced

        return misplaced(sources, answers)

    return Judges(gate=check, says_quota=quota, misplaced=mixed_up)


def check_gate_rules() -> None:
    """Raise ``SettingsError`` if ``gate.yml``, that of the site over ours, has a fault."""
    from dwiwarta.translate.gate import load_gate_rules  # where an engine is asked, mostly

    load_gate_rules()


def make_chain(
    settings: TranslationSettings,
    glossary: Glossary,
    engines: Sequence[Engine] | None = None,
    provide: Provide | None = None,
) -> Chain:
    """The chain of the settings, behind the gate. Raises ``SettingsError`` for an unknown engine.

    ``glossary``: its protected names must survive in every answer, and engines that take terms are
    given those that occur. ``engines``: these in place of the settings'. ``provide``: as for
    ``Chain``.
    """

    def find_terms(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys(pair for text in texts for pair in glossary.pairs(text)))

    chosen = make_engines(settings) if engines is None else engines
    return Chain(chosen, settings, make_judges(glossary), find_terms=find_terms, provide=provide)
