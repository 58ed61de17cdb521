"""What no person has looked at yet, by article: what to read first."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from dwiwarta.errors import SettingsError
from dwiwarta.knowledge.glossary import Glossary
from dwiwarta.model import SourceRef, Story
from dwiwarta.text import counted, printable
from dwiwarta.translate.corrections import doubts
from dwiwarta.translate.gate import GateRules
from dwiwarta.translate.memory import Memory, memory_path
from dwiwarta.translate.memory.recall import Recalled, recall_story
from dwiwarta.translate.review import Finding, Kind

_BETWEEN = re.compile(r"[\s,;]+")


def worklist(
    stories: Sequence[Story],
    memory: Memory,
    glossary: Glossary,
    rules: GateRules,
    folder: str = "",
    reads: Mapping[SourceRef, int] | None = None,
) -> Iterator[Finding]:
    """The articles with English that no person has checked, one finding each.

    Those with doubtful English first; then by ``reads``, the most first; then the newest first.
    ``line``: of the first doubtful text, else of the first that is not checked. ``folder``: what to
    put before paths.
    """
    found = []
    for story in stories:
        article = story.article
        if not memory.usable(article.ref):
            continue
        segments = recall_story(memory, story).segments
        unchecked = [
            item for item in segments if item.translation and not item.translation.state.is_human
        ]
        if not unchecked:
            continue
        doubted = [(item, why) for item in unchecked if (why := _doubts(item, glossary, rules))]
        count = (reads or {}).get(article.ref, 0)
        day = article.published.day.isoformat() if article.published else ""
        said = [
            day or "no date",
            *([counted(count, "read")] if reads is not None else ()),
            f"{len(unchecked)} of {counted(len(segments), 'text')} unchecked",
            *(f"doubtful, line {item.line}: {why}" for item, why in doubted),
        ]
        finding = Finding(
            Kind.UNCHECKED,
            f"{folder}{memory_path(article.ref)}",
            (doubted[0][0] if doubted else unchecked[0]).line,
            article.title,
            "",
            "; ".join(said),
        )
        age = -article.published.day.toordinal() if article.published else 0
        found.append(((not doubted, -count, age, finding.path), finding))
    yield from (finding for _, finding in sorted(found, key=lambda one: one[0]))


def _doubts(item: Recalled, glossary: Glossary, rules: GateRules) -> str:
    english = item.translation.text if item.translation else ""
    return doubts(item.key.source, english, glossary, rules)


def parse_reads(text: str, name: str) -> Counter[str]:
    """How often pages were read, by the last part of their address.

    ``text``: an address and a number a line, in either order, as ``uniq -c`` and tables of
    statistics have them. Lines that begin with ``#``, and a first line without a number, say
    nothing. Raises ``SettingsError``, which names the file ``name`` and the line.
    """
    counts: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        parts = [part.strip('"') for part in _BETWEEN.split(line.strip()) if part.strip('"')]
        if not parts or parts[0].startswith("#"):
            continue
        numbers = [part for part in (parts[0], parts[-1]) if part.isdecimal() and part.isascii()]
        if not numbers or len(parts) < 2:
            if number == 1:
                continue
            shown = printable(line[:60])
            raise SettingsError(f"{name}:{number}: no address with a number: {shown}")
        address = parts[-1] if numbers[0] is parts[0] else parts[0]
        path = re.split(r"[?#]", address)[0].removesuffix("index.html")
        counts[PurePosixPath(path).name] += int(numbers[0][:15])
    return counts
