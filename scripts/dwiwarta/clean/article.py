"""The steps of cleaning one article, in order: layout, patterns, fields, repeats, paragraphs."""

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from dwiwarta.clean.boilerplate import (
    apply_patterns,
    drop_contents_list,
    drop_double_headline,
    drop_headline_list,
    drop_unmarked_headlines,
    is_mark,
)
from dwiwarta.clean.datelines import take_dateline
from dwiwarta.clean.days import is_date_line, take_dates, unread_day
from dwiwarta.clean.draft import Draft, PasteAudit
from dwiwarta.clean.header import date_in_slug, fall_back, take_header
from dwiwarta.clean.layout import page_lines
from dwiwarta.clean.lexicon import Lexicon
from dwiwarta.clean.outlets import find_outlet, folder_outlet
from dwiwarta.clean.paragraphs import divide
from dwiwarta.clean.pastes import repair_paste
from dwiwarta.clean.repeats import drop_repeats, drop_standfirst, kept_repeats
from dwiwarta.clean.rules import Rules
from dwiwarta.clean.ruleschema import Action
from dwiwarta.clean.sharing import drop_share_buttons
from dwiwarta.clean.split_sentences import split_glued
from dwiwarta.clean.split_words import part_glued, parted_words
from dwiwarta.dates import in_zone, latest_day
from dwiwarta.errors import ArticleError
from dwiwarta.model import (
    Article,
    DateOrigin,
    Overrides,
    RawArticle,
    RemovalKind,
    Repair,
    SourceRef,
    TitleOrigin,
)
from dwiwarta.text import one_line, squash

# Ten times the longest article measured. Cleaning compares an article's lines with each other, so
# a text without bound would take time without bound.
MOST_CHARACTERS = 400_000

# A text without a title is an article from here on; less is a stray word in a file.
LEAST_WORDS = 2
LEAST_CHARACTERS = 20

SPECK = 2  # signs in a line that says nothing


def clean_article(raw: RawArticle, rules: Rules, today: date | None = None) -> Article:
    """Clean one article.

    ``today``: a day that is later is not taken for the day of publication; by default the day
    that it is.

    Raises ``ArticleError`` if no text is left, if a text without a title is hardly a word, or if
    there are more than ``MOST_CHARACTERS``.

    No text is invented: a paragraph is made only of what ``raw.text`` holds.
    """
    if len(raw.text) > MOST_CHARACTERS:
        reason = f"{len(raw.text):,} characters: too long for one article"
        raise ArticleError(raw.ref.path, raw.text_line, reason)

    candidates = cache(rules.prefilter.candidates)  # a line is looked at by several steps

    def stands_alone(line: str) -> bool:
        return is_date_line(line) or is_mark(line, rules, candidates)

    audit = PasteAudit()
    text = repair_paste(raw.text, audit, stands_alone, rules.lexicon.words)
    draft = Draft(page_lines(text, stands_alone), removed=audit.removed)
    own_outlet = find_outlet(raw, draft.lines, rules, candidates)
    outlet = own_outlet or folder_outlet(raw, rules)
    draft.outlet = outlet.id if outlet else None
    own_names = frozenset(map(squash, filter(None, (raw.source_name, raw.overrides.source_name))))
    take_header(draft, raw, rules.outlet_names | own_names)
    drop_contents_list(draft)
    drop_share_buttons(draft)
    patterns = rules.patterns(draft.outlet)
    # Headlines before seams: a row of glued headlines is only known as one while it is whole.
    headlines = tuple(p for p in patterns if p.action is Action.HEADLINE)
    apply_patterns(draft, headlines, candidates, rules.lexicon.words)
    take_dates(draft)  # a mark may have hidden one
    draft.lines[:] = [piece for line in draft.lines for piece in split_glued(line)]
    if outlet and outlet.unmarked_headlines:
        drop_unmarked_headlines(draft, outlet.id)
    drop_standfirst(draft, take_dateline(draft))
    if draft.dateline and squash(draft.dateline) in rules.outlet_names:
        draft.dateline = None
    apply_patterns(draft, patterns, candidates, rules.lexicon.words)
    drop_headline_list(draft)
    drop_double_headline(draft)
    drop_repeats(draft)
    _drop_specks(draft)
    lines = _part_glued(draft, rules.lexicon)
    # Editors name the paragraphs that they see, so only once these are made.
    draft.lines[:] = [paragraph for line in lines for paragraph in divide(line)]
    _drop_named(draft, raw.overrides.drop)
    paragraphs = draft.lines
    if not any(map(squash, paragraphs)):
        reason = "no text" if not raw.text.strip() else "no text left after cleaning"
        raise ArticleError(raw.ref.path, raw.text_line, reason)
    untitled = draft.title_origin is None
    if untitled and _is_too_short(paragraphs):
        raise ArticleError(raw.ref.path, raw.text_line, "too short to be an article")
    fall_back(draft, raw, paragraphs, today or latest_day())
    over, below = raw.overrides, raw.defaults
    offset = over.utc_offset if over.utc_offset is not None else below.utc_offset
    published = in_zone(draft.published, offset)
    byline = over.author or raw.author or draft.byline
    source_name = over.source_name or (own_outlet.name if own_outlet else raw.source_name)
    category = over.category or raw.category
    from_folder = {
        "author": not byline,
        "source_name": not source_name,
        "category": not category,
        "outlet": own_outlet is None and outlet is not None,
        "time_zone": published != draft.published,
        "countries": over.countries is None,
        "topics": over.topics is None,
        "sample": not over.sample,
    }
    return Article(
        ref=raw.ref,
        title=one_line(draft.title),
        title_origin=draft.title_origin or TitleOrigin.FIRST_SENTENCE,
        paragraphs=tuple(paragraphs),
        published=published,
        ahead=draft.ahead,
        dateline=draft.dateline,
        byline=byline or below.author,
        initials=draft.initials,
        outlet=draft.outlet,
        source_name=source_name or below.source_name or (outlet.name if outlet else None),
        source_url=over.source_url or raw.source_url,
        category=category or below.category,
        sample=raw.sample,
        removed=(*raw.left_out, *draft.removed),
        kept=kept_repeats(paragraphs),
        repairs=tuple(draft.repairs),
        overrides=_with_folder(over, below, {key for key, used in from_folder.items() if used}),
    )


def _with_folder(over: Overrides, below: Overrides, used: Collection[str]) -> Overrides:
    """What was decided about an article, with the tags of its folder where it has no own ones.

    ``used``: the keys that count for it if the folder has them.
    """
    if not below.places:
        return over
    places = (place for place in below.places if place[0] in used)
    return replace(
        over,
        countries=below.countries if over.countries is None else over.countries,
        topics=below.topics if over.topics is None else over.topics,
        places=tuple(sorted([*over.places, *places])),
    )


def _part_glued(draft: Draft, lexicon: Lexicon) -> list[str]:
    """The lines with glued words parted, and the title, unless a person wrote it."""
    own_title = draft.title_origin in (TitleOrigin.METADATA, TitleOrigin.FIRST_LINE)
    title = [draft.title] if own_title and draft.title else []
    before = [*title, *draft.lines]
    after = part_glued(before, lexicon)
    draft.repairs += itertools.starmap(Repair, parted_words(before, after))
    if title:
        draft.title = after[0]
    return after[len(title) :]


def drops_of(article: Article) -> tuple[tuple[str, bool], ...]:
    """What an editor named under ``drop``, and whether anything removed began with it."""
    removed = (
        [squash(removal.text) for removal in article.removed] if article.overrides.drop else []
    )
    return tuple(
        (start, bool(wanted) and any(text.startswith(wanted) for text in removed))
        for start, wanted in ((start, squash(start)) for start in article.overrides.drop)
    )


def unused_drops(articles: Iterable[Article]) -> tuple[tuple[str, str], ...]:
    """What editors named under ``drop`` and no paragraph begins with, as (file, what they named).

    What another rule took out already is not among them. In an export, where it holds for all
    records, one record that has it is enough.
    """
    return without_use((article.ref.path, drops_of(article)) for article in articles)


def without_use(
    drops: Iterable[tuple[str, Sequence[tuple[str, bool]]]],
) -> tuple[tuple[str, str], ...]:
    """``unused_drops`` from the file and the ``drops_of`` each article."""
    named: dict[tuple[str, str], bool] = {}
    for path, of_article in drops:
        for start, used in of_article:
            named[path, start] = named.get((path, start), False) or used
    return tuple(key for key, used in named.items() if not used)


def days_ahead(
    raw: Sequence[RawArticle], articles: Iterable[Article], today: date | None = None
) -> tuple[tuple[SourceRef, str], ...]:
    """What to warn of days: one still to come that would have counted, one that nobody can read."""
    latest = today or latest_day()
    found = []
    undated = set()
    for article in articles:
        dated = article.published and article.published.origin is not DateOrigin.FIRST_SENTENCE
        if not (dated or article.ahead) and (line := unread_day(article.paragraphs)):
            reason = f"no date can be read in {line!r}: write `date` with day, month and year"
            found.append((article.ref, reason))
        if article.ahead:
            day = article.ahead.day
            reason = f"its date, {day}, is still to come: not used before that day"
            found.append((article.ref, reason))
        elif article.published is None or article.published.origin is DateOrigin.FIRST_SENTENCE:
            undated.add(article.ref)
    for one in raw:
        named = date_in_slug(one) if one.ref in undated else None
        if named and named.day > latest:
            reason = f"the day in its name, {named.day}, is still to come: not used as its date"
            found.append((one.ref, reason))
    return tuple(found)


def stated_days(raw: RawArticle, article: Article) -> tuple[date, ...]:
    """The days that decide by the clock about an article's date: its own, that of its name."""
    stated = (date_in_slug(raw), article.published, article.ahead)
    return tuple(one.day for one in stated if one)


def _is_too_short(paragraphs: list[str]) -> bool:
    text = " ".join(paragraphs)
    return len(text.split()) < LEAST_WORDS or len(text) < LEAST_CHARACTERS


def _drop_specks(draft: Draft) -> None:
    """Drop lines of one or two signs, such as the dash of a dateline on a line of its own.

    Three and more are somebody's doing (a rule between sections, a row of emoji) and stay.
    """
    for index in range(len(draft.lines) - 1, -1, -1):
        line = draft.lines[index]
        if not squash(line) and len(line.replace(" ", "")) <= SPECK:
            draft.drop(index, RemovalKind.BOILERPLATE, "boilerplate: no letters or digits")


def _drop_named(draft: Draft, starts: tuple[str, ...]) -> None:
    """Drop the paragraphs that an editor named by how they begin."""
    for start in starts:
        wanted = squash(start)
        for index in range(len(draft.lines) - 1, -1, -1):
            if wanted and squash(draft.lines[index]).startswith(wanted):
                draft.drop(index, RemovalKind.EDITOR, f"editor: drop: {start}")
