"""What an editor should look at: missing, stale and doubtful English, over all articles."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from dwiwarta.model import SourceRef, Story
from dwiwarta.translate.gate import GateRules, check_answer
from dwiwarta.translate.glossary import Glossary
from dwiwarta.translate.memory import Memory, memory_path
from dwiwarta.translate.recall import Recalled
from dwiwarta.translate.work import recall_story

_Shown = tuple[str, Recalled]  # memory file, and what it holds of a segment


class Kind(Enum):
    """What there is to do."""

    PENDING = "pending"  # no English yet
    STALE = "stale"  # an editor's English belongs to an earlier wording
    GATE = "gate"  # a machine's English that today's gate would turn down
    GLOSSARY = "glossary"  # a term of the glossary lost, or rendered in a forbidden way
    INCONSISTENT = "inconsistent"  # a name that differs from the one used elsewhere on the site


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    ``path``: memory file below the articles folder; ``line``: where in it, 0 if not there yet.
    """

    kind: Kind
    path: str
    line: int
    source: str
    english: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """All findings, by article and in its order; those of names over the site last."""

    findings: tuple[Finding, ...]

    def count(self, kind: Kind) -> int:
        """How many findings of that kind."""
        return Counter(finding.kind for finding in self.findings)[kind]


def review_memory(
    stories: Sequence[Story], memory: Memory, glossary: Glossary, rules: GateRules
) -> Review:
    """Look through everything that is shown. Asks no engine and changes nothing."""
    findings: list[Finding] = []
    shown: list[_Shown] = []
    for story in stories:
        for item in recall_story(memory, story).segments:
            findings.extend(_findings(story.article.ref, item, glossary, rules))
            shown.append((str(memory_path(story.article.ref)), item))
    return Review((*findings, *_other_names(shown, glossary)))


def _other_names(shown: Sequence[_Shown], glossary: Glossary) -> Iterator[Finding]:
    """Where a term has another of its rival names than on most of the site.

    Two names used equally often: the one that the glossary has first stands for the site.
    """
    uses: dict[str, list[tuple[str, str, Recalled]]] = defaultdict(list)
    for path, item in shown:
        if item.translation is not None:
            for term, name in glossary.names_used(item.key.source, item.translation.text):
                uses[term.name].append((name, path, item))
    for term in glossary.terms:
        counts = Counter(name for name, _, _ in uses[term.name])
        usual = min(counts, key=lambda name: (-counts[name], term.target.index(name)), default="")
        for name, path, item in uses[term.name]:
            if name != usual:
                reason = f'"{term.name}" is "{name}" here, "{usual}" elsewhere ({counts[usual]})'
                english = item.translation.text if item.translation else ""
                yield Finding(Kind.INCONSISTENT, path, item.line, item.key.source, english, reason)


def _findings(
    ref: SourceRef, item: Recalled, glossary: Glossary, rules: GateRules
) -> Iterator[Finding]:
    path, source = str(memory_path(ref)), item.key.source
    english = item.translation.text if item.translation else ""
    if item.translation is None:
        turned_down = [f"{refusal.engine}: {refusal.reason}" for refusal in item.refusals]
        reason = "; ".join(turned_down) or "no engine answered yet"
        yield Finding(Kind.PENDING, path, item.line, source, "", reason)
    if item.stale is not None:
        yield Finding(Kind.STALE, path, item.line, source, english, f"was: {item.stale.text}")
    if item.translation is None:
        return
    # A person's text is a decision: it is held against the glossary, not against the gate.
    if not item.translation.state.is_human:
        doubt = check_answer(source, english, glossary, rules)
        if doubt:
            yield Finding(Kind.GATE, path, item.line, source, english, doubt)
            return
    for violation in glossary.violations(source, english):
        yield Finding(Kind.GLOSSARY, path, item.line, source, english, str(violation))
