"""What is made of one article and its English by itself, in any process."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from dwiwarta.dedupe import Group
from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.glossary import Explanation, Glossary, load_glossary
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.model import Entry, Story, Summary, TranslatedText
from dwiwarta.pipeline.prepare import WHOLE
from dwiwarta.pipeline.table import DamagedError
from dwiwarta.quality import Figures, figures_of
from dwiwarta.render import (
    Card,
    Neighbours,
    Unmatched,
    card,
    draft_article,
    explanations,
    show_article,
    summarise,
    unmatched_of,
)
from dwiwarta.search import Shard, ShardFiles, make_part, make_shard
from dwiwarta.settings import Project
from dwiwarta.translate import TranslationCount, count_text, is_settled

TEXT = TypeAdapter(TranslatedText)
UNMATCHED = TypeAdapter(tuple[Unmatched, ...])


@dataclass(frozen=True, slots=True)
class PageNote:
    """What every build has to know of each article with a page.

    ``english``: the key of its English. ``settled``: no engine need be asked for any of it.
    """

    english: str
    summary: Summary
    figures: Figures
    count: TranslationCount
    settled: bool


NOTE = TypeAdapter(PageNote)


@dataclass(frozen=True, slots=True)
class Noted:
    """``note``: a ``PageNote`` as JSON. ``part``: what the article adds to the search.

    ``draft``: its page but for what it shows of other articles. ``unmatched``: what it says of
    partners of words, as JSON, where that was asked for.
    """

    note: bytes
    card: Card
    part: bytes
    draft: bytes
    unmatched: bytes | None = None


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An article with a page and all that is known of it, as the cache holds it.

    ``whole``: the article and its tags; ``copies``: those of its copies; ``text``: its English.
    """

    slug: str
    whole: bytes
    copies: tuple[bytes, ...]
    text: bytes
    group: Group
    memory_path: str
    related: tuple[str, ...]
    later: str | None

    @property
    def digest(self) -> str:
        """Of all of it."""
        rest = replace(self, whole=b"", copies=(), text=b"")
        return digest_of(self.whole, self.text, *self.copies, repr(rest))

    def entry(self) -> Entry:
        """All of it. Raises ``DamagedError`` if it is not what was stored."""
        try:
            article, tags = WHOLE.validate_json(self.whole)
            copies = tuple(WHOLE.validate_json(copy)[0] for copy in self.copies)
            text = TEXT.validate_json(self.text)
        except ValidationError as error:
            raise DamagedError(self.slug) from error
        group = self.group
        story = Story(article, copies, group.related, group.later, group.decided)
        return Entry(self.slug, story, text, tags, self.memory_path, self.related, self.later)


def note_entry(
    stored: StoredEntry, english: str, project: Project, *, of_sample: bool = False
) -> Noted:
    """All that is made of an article while nothing is known of the others.

    ``of_sample``: whether partners of words are going to be learnt from it.
    """
    entry = stored.entry()
    terms = glossary()
    explained = explanations(entry, terms.explanations)
    of_lists = card(entry)
    note = PageNote(
        english=english,
        summary=summarise(entry, stored.digest, of_lists, explained),
        figures=figures_of(entry, terms.consistency(entry.text.segments)),
        count=count_text(entry.text),
        settled=is_settled(entry.text),
    )
    draft = draft_article(entry, explained, project)
    unmatched = UNMATCHED.dump_json(unmatched_of(entry)) if of_sample else None
    return Noted(NOTE.dump_json(note), of_lists, make_part(entry).to_bytes(), draft, unmatched)


def explain(entry: Entry) -> Sequence[Sequence[Explanation]]:
    """The terms to explain in each paragraph."""
    return explanations(entry, glossary().explanations)


def render_entry(stored: StoredEntry, near: Neighbours, project: Project) -> bytes:
    """The page of an article."""
    entry = stored.entry()
    return show_article(entry, near, explain(entry), project)


def index_shard(shard: Shard) -> ShardFiles:
    """The files of a shard of the search. Raises ``DamagedError`` for a part that is none."""
    try:
        return make_shard(shard)
    except ValueError as error:
        raise DamagedError(shard.key) from error


@remembered
def glossary() -> Glossary:
    """Read once a process."""
    return load_glossary()
