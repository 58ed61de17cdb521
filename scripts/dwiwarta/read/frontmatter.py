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
_KEY_LINE = re.compile(r"\s*(?:#.*\n\s*)*[A-Za-z_][\w -]*:(?:\s|$)")

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
    codes = []
    for item in _items(value):
        code = country_code(item)
        if code is None:
            raise ValueError(f"unknown country: {_shown(item)} (write a code such as ID or KR)")
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _topics(value: object) -> tuple[str, ...]:
    ids = [topic_id(item) for item in _items(value)]
    if None in ids and isinstance(value, str):
        ids = [topic_id(value)]  # one name with commas: "conflict, war and peace"
    if None in ids:
        raise ValueError(f"unknown topic in {_shown(value)} (see the list of topics)")
    return tuple(dict.fromkeys(id_ for id_ in ids if id_))


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
    is neither true nor false.
    """
    values, lines = _load(text, path, first_line)
    if export:
        for key in _ONE_ARTICLE_ONLY:
            if values.pop(key, None) is not None:
                problems.warn(path, lines[key], f"{key}: not possible for all records of an export")
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


def _reason(key: str, kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return f"unknown key {_shown(key)}"
    if kind.startswith("bool_"):
        return f"{key}: must be true or false"
    return f"{key}: {message.removeprefix('Value error, ')}"


def _load(text: str, path: str, first_line: int) -> tuple[dict[str, object], dict[str, int]]:
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
    lines = {
        str(key.value): first_line + key.start_mark.line
        for key, _ in node.value
        if isinstance(key, yaml.ScalarNode)
    }
    values = {
        str(key): item
        for key, item in value.items()
        if item not in ("", "~", "null", None) and str(key) in lines
    }
    return values, lines
