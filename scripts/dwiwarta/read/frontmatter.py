"""What an editor decides by hand about an article: YAML front matter, or a sidecar file.

A ``.md`` file begins with it, between two lines ``---``. For every other form it is a file of its
own beside the article, named like the article with ``.yml`` (or ``.yaml``) appended:
``berita.txt`` has ``berita.txt.yml``. Beside an export it holds for all records. The same keys
and the same checks serve both::

    title: Judul yang benar
    date: 2023-11-09 15:04          # or "Kamis, 09 November 2023 - 15:04 WIB", or only the day
    source_name: SINDOnews
    source_url: https://…           # http or https
    author: Nama Wartawan
    countries: [KP, KR, US]         # what the article is about: ISO 3166-1 codes or names
    topics: [politics]              # IPTC Media Topics of the top level: ids or English names
    drop: ["Lihat juga"]            # paragraphs to leave out, named by how they begin
    skip: true                      # leave the whole article out
    sample: true                    # written by the project, not published news

A value that cannot be used is reported with its line and ignored, so that the automatic decision
stands. Broken YAML and an unclear ``skip`` keep the article out instead: it might be one that the
editor wants unpublished.
"""

import re
from typing import Annotated

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from dwiwarta.dates import parse_date
from dwiwarta.errors import ArticleError
from dwiwarta.model import DateOrigin, Overrides, Published
from dwiwarta.problems import ProblemLog
from dwiwarta.read.codes import country_code, topic_id
from dwiwarta.read.links import web_address
from dwiwarta.text import one_line
from dwiwarta.yamlfile import Strict

FENCE = "---"
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_MOST_SHOWN = 10
_KEY_LINE = re.compile(r"\s*(?:#.*\n\s*)*[A-Za-z_][\w -]*:(?:\s|$)")

# What to write instead of an unknown name.
_HINTS = {
    "countries": ("country", "write an ISO code such as ID or KR, or the country's name"),
    "topics": ("topic", "the 17 topics are listed in docs/editors/correcting-tags.md"),
}

# What makes no sense for all records of an export at once.
_ONE_ARTICLE_ONLY = ("title", "date", "source_url")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text on one line")
    return one_line(value)


def _date(value: object) -> Published:
    published = parse_date(value, DateOrigin.OVERRIDE) if isinstance(value, str) else None
    if published is None:
        raise ValueError(f"not a date: {_shown(value)} (write 2023-11-09 or 2023-11-09 15:04)")
    return published


def _address(value: object) -> str:
    address = web_address(value) if isinstance(value, str) else None
    if address is None:
        raise ValueError(f"not an http or https address: {_shown(value)}")
    return address


def _items(value: object) -> list[str]:
    """A YAML list of texts, or one text with commas between."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("must be a list of texts")
    return [one_line(item) for item in value if item.strip()]


def _countries(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(country_code, _items(value)))))


def _topics(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(topic_id, _topic_items(value)))))


def _topic_items(value: object) -> list[str]:
    if isinstance(value, str) and topic_id(value):
        return [value]  # one name with commas: "conflict, war and peace"
    return _items(value)


def _unknown(key: str, value: object) -> tuple[list[str], int]:
    """The names among ``value`` that are no country or topic, and how many are."""
    items, known = (
        (_items(value), country_code) if key == "countries" else (_topic_items(value), topic_id)
    )
    bad = [item for item in items if known(item) is None]
    return bad, len(items) - len(bad)


def _paragraph_starts(value: object) -> tuple[str, ...]:
    """Unlike other lists, a text is one item: paragraphs hold commas."""
    return tuple(_items([value] if isinstance(value, str) else value))


def _shown(value: object) -> str:
    # Anything but text may be a bomb of aliases, endless to print.
    if not isinstance(value, str):
        return "a list" if isinstance(value, list) else "keys and values"
    text = one_line(value)
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


class FrontMatter(Strict):
    """The keys that an editor may write; all are optional."""

    title: Annotated[str | None, BeforeValidator(_text)] = None
    date: Annotated[Published | None, BeforeValidator(_date)] = Field(None, validate_default=False)
    source_name: Annotated[str | None, BeforeValidator(_text)] = None
    source_url: Annotated[str | None, BeforeValidator(_address)] = None
    author: Annotated[str | None, BeforeValidator(_text)] = None
    countries: Annotated[tuple[str, ...] | None, BeforeValidator(_countries)] = None
    topics: Annotated[tuple[str, ...] | None, BeforeValidator(_topics)] = None
    skip: bool = False
    drop: Annotated[tuple[str, ...], BeforeValidator(_paragraph_starts)] = ()
    sample: bool = False

    def overrides(self) -> Overrides:
        """The same as the later stages know it."""
        return Overrides(
            title=self.title,
            published=self.date,
            source_name=self.source_name,
            source_url=self.source_url,
            author=self.author,
            countries=self.countries,
            topics=self.topics,
            skip=self.skip,
            drop=self.drop,
            sample=self.sample,
        )


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """A ``.md`` file's front matter (``None`` if it has none), its body, the body's first line.

    A line ``---`` at the top opens front matter only if something like ``key:`` follows; in any
    other file it is the author's own dashes. Raises ``ValueError`` if it is never closed.
    """
    opening, _, rest = text.partition("\n")
    if opening.rstrip() != FENCE or not (_KEY_LINE.match(rest) or _CLOSE.match(rest)):
        return None, text, 1
    closing = _CLOSE.search(rest)
    if closing is None:
        raise ValueError("the front matter that begins here is never closed by a line ---")
    body_line = 2 + rest.count("\n", 0, closing.end()) + 1
    return rest[: closing.start()], rest[closing.end() :].removeprefix("\n"), body_line


def parse_overrides(
    text: str, path: str, first_line: int, problems: ProblemLog, export: bool = False
) -> Overrides:
    """Read front matter or a sidecar; ``first_line`` is the line of ``path`` where it begins.

    Raises ``ArticleError`` when it cannot be understood as YAML keys and values, or when ``skip``
    is neither true nor false or stands there twice.
    """
    values, lines = _load(text, path, first_line, problems)
    if export:
        for key in _ONE_ARTICLE_ONLY:
            if values.pop(key, None) is not None:
                problems.warn(path, lines[key], f"{key}: not possible for all records of an export")
    _drop_unknown_names(values, lines, path, problems)
    while True:
        try:
            return FrontMatter.model_validate(values).overrides()
        except ValidationError as error:
            for fault in error.errors(
                include_url=False, include_context=False, include_input=False
            ):
                key = str(fault["loc"][0])
                reason = _reason(key, fault["type"], fault["msg"])
                if key == "skip":
                    raise ArticleError(path, lines[key], reason) from error
                if values.pop(key, None) is not None:
                    problems.warn(path, lines[key], f"{reason}; ignored")


def _drop_unknown_names(
    values: dict[str, object], lines: dict[str, int], path: str, problems: ProblemLog
) -> None:
    """Report every country and topic that is none; the others stay."""
    for key, (what, hint) in _HINTS.items():
        try:
            bad, good = _unknown(key, values.get(key, []))
        except ValueError:
            continue  # no list at all: the model says so
        if bad:
            shown = ", ".join(map(_shown, bad[:_MOST_SHOWN]))
            more = f" and {len(bad) - _MOST_SHOWN} more" if len(bad) > _MOST_SHOWN else ""
            problems.warn(
                path, lines[key], f"{key}: unknown {what}: {shown}{more} ({hint}); ignored"
            )
            if not good:
                del values[key]


def _reason(key: str, kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return f"unknown key {_shown(key)}"
    if kind.startswith("bool_"):
        return f"{key}: must be true or false"
    return f"{key}: {message.removeprefix('Value error, ')}"


def _load(
    text: str, path: str, first_line: int, problems: ProblemLog
) -> tuple[dict[str, object], dict[str, int]]:
    """Keys with their values, and with their lines. Keys without a value are left out.

    The base loader makes no difference between kinds of scalars, so that ``NO`` stays Norway, a
    numeric title stays text and an impossible date is our fault to report, not YAML's.
    """
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        value = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds only str, list, dict
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise ArticleError(path, line, f"broken YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ArticleError(path, first_line, f"broken YAML: {reason}") from error
    if node is None or value in (None, ""):
        return {}, {}
    if not isinstance(node, yaml.MappingNode) or not isinstance(value, dict):
        raise ArticleError(path, first_line, "broken YAML: expected lines such as `title: …`")
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name, line = str(key.value), first_line + key.start_mark.line
        if name in lines:
            reason = f"{_shown(name)} stands twice, first on line {lines[name]}"
            if name == "skip":
                raise ArticleError(path, line, reason)
            problems.warn(path, line, f"{reason}: this one counts")
        lines[name] = line
    values = {
        str(key): item
        for key, item in value.items()
        if item not in ("", "~", "null", None) and str(key) in lines
    }
    return values, lines
