"""What an editor should look at: missing, stale and doubtful English, over all articles."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from dwiwarta.knowledge.glossary import Glossary
from dwiwarta.model import State, Story
from dwiwarta.translate.adoption import article_file, find_orphans, match_orphans
from dwiwarta.translate.gate import GateRules, check_answer
from dwiwarta.translate.memory import Memory, memory_path
from dwiwarta.translate.memory.keys import norm_key, segment_keys
from dwiwarta.translate.memory.recall import Recalled, recall_story

_Shown = tuple[str, Recalled]  # memory file, and what it holds of a segment


class Kind(Enum):
    """What there is to do."""

    BROKEN = "broken"  # a memory file that cannot be read: nothing in it is used
    PENDING = "pending"  # no English yet
    STALE = "stale"  # an editor's English belongs to an earlier wording
    GATE = "gate"  # a machine's English that today's gate would reject
    GLOSSARY = "glossary"  # a term of the glossary lost, or rendered in a forbidden way
    COPY = "copy"  # English beside a merged copy, which another article is shown instead of
    ORPHAN = "orphan"  # a memory file whose article is gone
    UNCHECKED = "unchecked"  # an article with English that no person has looked at
    INCONSISTENT = "inconsistent"  # a name that differs from the one used elsewhere on the site


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    ``path``: the memory file; ``line``: where in it, 0 if not there yet.
    """

    kind: Kind
    path: str
    line: int
    source: str
    english: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """Findings: broken files, by article and in its order, orphans, names over the site."""

    findings: tuple[Finding, ...]

    def count(self, kind: Kind) -> int:
        """How many findings of that kind."""
        return Counter(finding.kind for finding in self.findings)[kind]


def review_memory(
    stories: Sequence[Story],
    memory: Memory,
    glossary: Glossary,
    rules: GateRules,
    folder: str = "",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Review:
    """Look through everything that is shown. Asks no engine and changes nothing.

    ``folder``: what to put before paths, so that a person can open them. ``progress`` is told of
    articles done and of all.
    """
    findings = [
        Finding(Kind.BROKEN, f"{folder}{path}", line, "", "", reason)
        for path, (line, reason) in sorted(memory.broken.items())
    ]
    shown: list[_Shown] = []
    for done, story in enumerate(stories, 1):
        progress(done, len(stories))
        # What a broken file holds is not known: the rest would all be called pending.
        if not memory.usable(story.article.ref):
            continue
        path = f"{folder}{memory_path(story.article.ref)}"
        segments = recall_story(memory, story).segments
        for item in segments:
            findings.extend(_findings(path, item, glossary, rules))
            shown.append((path, item))
        for copy in story.copies:
            findings.extend(_unseen(memory, memory_path(copy.ref), segments, path, folder))
    return Review((*findings, *_orphans(stories, memory, folder), *_other_names(shown, glossary)))


def _orphans(stories: Sequence[Story], memory: Memory, folder: str) -> Iterator[Finding]:
    """Memory files whose article is gone, with what is in them and where their text stands now."""
    keys = {str(memory_path(one.article.ref)): segment_keys(one.article) for one in stories}
    copies = {str(memory_path(copy.ref)) for story in stories for copy in story.copies}
    orphans = find_orphans(memory, copies.union(keys))
    entries = {path: memory.index.entries(path) for path in orphans}
    takers = match_orphans(entries, keys.items()) if orphans else {}
    for path in orphans:
        human = sum(bool(e.translation and e.translation.state.is_human) for e in entries[path])
        reason = f"there is no {folder}{article_file(path)}; {human} texts here are a person's"
        if path in takers:
            names = ", ".join(f"{folder}{name.removesuffix('.po')}" for name in takers[path].likely)
            reason += f"; its text is in {names}"
        yield Finding(Kind.ORPHAN, f"{folder}{path}", 1, "", "", reason)


def _unseen(
    memory: Memory,
    copy: PurePosixPath,
    segments: Sequence[Recalled],
    shown_path: str,
    folder: str,
) -> Iterator[Finding]:
    """What a person wrote beside a merged copy and what the page does not show.

    English of the same text that differs, and edits of text that the article shown does not have.
    Approved English of such text is no news: it was right when the article had a page.
    """
    by_norm = {norm_key(item.key): item for item in segments}
    offered = {item.stale.text for item in segments if item.stale}
    for entry in memory.index.entries(str(copy)):
        english = entry.translation
        if english is None or not english.state.is_human or entry.copied_from or entry.obsolete:
            continue
        item = by_norm.get(norm_key(entry.key))
        if item is not None and item.translation is not None:
            if item.translation.text == english.text:
                continue
            where, what = f"{shown_path}:{item.line}", "where the English differs"
        elif item is None and english.state is State.EDITED and english.text not in offered:
            where, what = shown_path, "which lacks this text"
        else:
            continue
        reason = f"edit {where} instead: this copy is merged into that article, {what}"
        path = f"{folder}{copy}"
        yield Finding(Kind.COPY, path, entry.line, entry.key.source, english.text, reason)


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


def _findings(path: str, item: Recalled, glossary: Glossary, rules: GateRules) -> Iterator[Finding]:
    source = item.key.source
    english = item.translation.text if item.translation else ""
    if item.translation is None:
        rejected = [f"{rejection.engine}: {rejection.reason}" for rejection in item.rejections]
        reason = "; ".join(rejected) or "no engine answered yet"
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
