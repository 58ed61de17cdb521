"""What an editor decides by hand about an article: YAML front matter, or a sidecar file.

A ``.md`` or ``.txt`` file begins with it, between two lines ``---``. For every other form it is a
file of its own beside the article, named like the article with ``.yml`` (or ``.yaml``) appended:
``berita.html`` has ``berita.html.yml``; a ``.txt`` may have both. Beside an export it holds for all
records, and under ``records`` for single ones (``corrections``); ``_defaults.yml`` holds for a
folder (``folders``). The same keys and the same checks serve all::

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
    outlet: kompas                  # whose page it is: an id of knowledge/boilerplate.yml
    time_zone: WITA                 # of times that are written without one
    slug: rapat-di-kupang           # the last part of the page's address
    same_as: kompas/rapat.txt       # one article with it: a file, or where it was published
    not_same_as: rapat-2.txt        # never on one page with it
    story: https://…                # tells the same story: the pages link to each other
    not_story: [banjir.txt]         # neither merged nor linked

Keys that clippers and other programs write are understood too, see ``properties``. A value that
cannot be used is reported with its line and ignored, so that the automatic decision stands; keys
that nobody knows are one line together. Broken YAML and an unclear ``skip`` keep the article out
instead: it might be one that the editor wants unpublished.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from pydantic import ValidationError

from dwiwarta.errors import ArticleError
from dwiwarta.knowledge.taxonomy import countries_called, country_name
from dwiwarta.model import Overrides
from dwiwarta.problems import ProblemLog
from dwiwarta.read.decided import FrontMatter, unknown_names
from dwiwarta.read.keys import load_toml_keys, load_yaml_keys, short
from dwiwarta.read.properties import Properties, adopt, is_known, is_named

FENCE = "---"
TOML_FENCE = "+++"
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_CLOSE = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_TOML_KEY_LINE = re.compile(r"\s*(?:#.*\n\s*)*(?:[A-Za-z0-9_-]+|\"[^\"\n]+\")[ \t]*=|\s*\[")
_MOST_SHOWN = 10
_TEXT_KEY = re.compile(r"(?P<key>[A-Za-z_][\w -]{0,40}):(?:\s|$)")
_BELOW_KEY = (" ", "\t", "- ", "#")  # a value of several lines, a list, a comment
_KEY_LINE = re.compile(r"\s*(?:#.*\n\s*)*[A-Za-z_][\w -]*:(?:\s|$)")

# What to write instead of an unknown name.
_HINTS = {
    "countries": ("country", "write its name, or an ISO code such as ID or KR"),
    "topics": ("topic", "the 17 topics are listed in docs/editors/correcting-tags.md"),
}

_OF_ONE = ("title", "date", "source_url", "slug", "same_as", "not_same_as", "story", "not_story")
_SEVERAL = 2
# Keys that nobody writes into an announcement.
_OURS = frozenset((*FrontMatter.model_fields, "draft", "published")) - {"title", "date", "author"}


class Scope(Enum):
    """What a file of decisions holds for."""

    ARTICLE = "an article"
    EXPORT = "all records of an export"
    FOLDER = "all articles of a folder"

    @property
    def impossible(self) -> tuple[str, ...]:
        """The keys that make sense for one article only."""
        return {
            Scope.ARTICLE: (),
            Scope.EXPORT: _OF_ONE,
            Scope.FOLDER: (*_OF_ONE, "drop", "skip"),
        }[self]


@dataclass(frozen=True, slots=True)
class Checked:
    """Keys and values of which every one can be used; ``lines`` of ``path``, by our keys."""

    path: str
    values: Mapping[str, object]
    lines: Mapping[str, int]

    def overrides(self) -> Overrides:
        """The same as the later stages know it."""
        return FrontMatter.model_validate(self.values).overrides(self.path, self.lines)

    def over(self, other: "Checked") -> "Checked":
        """Both together; where both have a key, this one counts. Both are of one file."""
        return Checked(self.path, {**other.values, **self.values}, {**other.lines, **self.lines})


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """A ``.md`` file's front matter (``None`` if it has none), its body, the body's first line.

    A line ``---`` at the top opens front matter only if something like ``key:`` follows, ``+++``
    (TOML) if ``key =`` does; in any other file they are the author's own. Empty lines above are
    given back as the first lines of the front matter, so that its lines count from the second
    line of the file. Raises ``ValueError`` if it is never closed.
    """
    body = text.lstrip("\n")
    above = len(text) - len(body)
    opening, _, rest = body.partition("\n")
    fence, close = (TOML_FENCE, _TOML_CLOSE) if is_toml(text) else (FENCE, _CLOSE)
    first_key = _TOML_KEY_LINE if fence == TOML_FENCE else _KEY_LINE
    if opening.rstrip() != fence or not (first_key.match(rest) or close.match(rest)):
        return None, text, 1
    closing = close.search(rest)
    if closing is None:
        raise ValueError(f"the front matter that begins here is never closed by a line {fence}")
    body_line = above + 2 + rest.count("\n", 0, closing.end()) + 1
    front = "\n" * above + rest[: closing.start()]
    return front, rest[closing.end() :].removeprefix("\n"), body_line


def split_pasted(text: str) -> tuple[str | None, str, int]:
    """The same of a ``.txt`` file, in which two lines ``---`` may be the author's own.

    There front matter is closed and holds keys and what belongs to them alone: one that only an
    editor writes, or not several strange ones ("Title: …", "Tempat: …", "Biaya: …").
    """
    try:
        front, body, line = split_front_matter(text)
    except ValueError:
        return None, text, 1
    if front is None or is_toml(text):
        return None, text, 1
    keys = []
    for row in filter(str.strip, front.split("\n")):
        if key := _TEXT_KEY.match(row):
            keys.append(key["key"])
        elif not row.startswith(_BELOW_KEY):
            return None, text, 1
    strange = len(keys) - sum(map(is_named, keys))  # of no program: they would be lost
    few = strange < _SEVERAL or strange * 2 < len(keys)
    theirs = not _OURS.isdisjoint(keys) or (any(map(is_known, keys)) and few)
    return (front, body, line) if theirs else (None, text, 1)


def is_toml(text: str) -> bool:
    """Whether the front matter of a file, if it has any, is TOML: Hugo's other form."""
    return text.lstrip("\n").startswith(TOML_FENCE)


def parse_overrides(
    text: str,
    path: str,
    first_line: int,
    problems: ProblemLog,
    scope: Scope = Scope.ARTICLE,
    toml: bool = False,
) -> Overrides:
    """Read front matter or a sidecar; ``first_line`` is the line of ``path`` where it begins.

    Raises ``ArticleError`` when it cannot be understood as YAML (``toml``: TOML) keys and values,
    or when ``skip`` is neither true nor false or stands there twice.
    """
    load = load_toml_keys if toml else load_yaml_keys
    loaded, lines = load(text, path, first_line, problems)
    return check_keys(loaded, lines, path, problems, scope).overrides()


def check_keys(
    loaded: Mapping[str, object],
    lines: Mapping[str, int],
    path: str,
    problems: ProblemLog,
    scope: Scope,
) -> Checked:
    """Keep of ``loaded`` what can be used, under our keys; the rest goes to ``problems``.

    ``lines``: of ``path``, where each key stands. Raises ``ArticleError`` for an unclear ``skip``.
    """
    properties = adopt(loaded)
    values = properties.values
    lines = {own: lines[written] for own, written in properties.written.items()}
    _drop_unknown_keys(properties, lines, path, problems)
    for key in scope.impossible:
        if values.pop(key, None) is not None:
            problems.warn(path, lines[key], f"{key}: not possible for {scope.value}")
    _drop_unknown_names(values, lines, path, problems)
    while True:
        try:
            FrontMatter.model_validate(values)
            return Checked(path, values, {key: lines[key] for key in values})
        except ValidationError as error:
            for fault in error.errors(
                include_url=False, include_context=False, include_input=False
            ):
                key = str(fault["loc"][0])
                reason = _reason(properties.written[key], fault["type"], fault["msg"])
                if key == "skip":
                    raise ArticleError(path, lines[key], reason) from error
                if values.pop(key, None) is not None:
                    problems.warn(path, lines[key], f"{reason}; ignored")


def _drop_unknown_keys(
    properties: Properties, lines: dict[str, int], path: str, problems: ProblemLog
) -> None:
    """Report the keys that nobody knows, all in one line."""
    unknown = [key for key in properties.values if key not in FrontMatter.model_fields]
    if not unknown:
        return
    what = "unknown key" if len(unknown) == 1 else "unknown keys"
    line = min(lines[key] for key in unknown)
    meant = get_close_matches(unknown[0], FrontMatter.model_fields, 1) if len(unknown) == 1 else []
    hint = f" (is {meant[0]} meant?)" if meant else ""
    problems.warn(path, line, f"{what} {_listed(unknown)}{hint}; ignored")
    for key in unknown:
        del properties.values[key]


def _drop_unknown_names(
    values: dict[str, object], lines: dict[str, int], path: str, problems: ProblemLog
) -> None:
    """Report every country and topic that is none; the others stay."""
    for key, (what, hint) in _HINTS.items():
        try:
            bad, good = unknown_names(key, values.get(key, []))
        except ValueError:
            continue  # no list at all: the model says so
        if not bad:
            continue
        unknown = _ask_which(bad, path, lines[key], problems) if key == "countries" else bad
        if unknown:
            problems.warn(
                path, lines[key], f"{key}: unknown {what}: {_listed(unknown)} ({hint}); ignored"
            )
        if not good:
            del values[key]


def _ask_which(texts: list[str], path: str, line: int, problems: ProblemLog) -> list[str]:
    """Warn of texts that are one country's code and another's name in Indonesian; the others."""
    doubtful = {text: codes for text in texts if (codes := countries_called(text))}
    for text, codes in doubtful.items():
        ways = " or ".join(f"{country_name(code, 'id')!r}" for code in codes)
        problems.warn(path, line, f"countries: {short(text)} can mean {ways}: write that; ignored")
    return [text for text in texts if text not in doubtful]


def _listed(items: list[str]) -> str:
    more = f" and {len(items) - _MOST_SHOWN} more" if len(items) > _MOST_SHOWN else ""
    return ", ".join(map(short, items[:_MOST_SHOWN])) + more


def _reason(key: str, kind: str, message: str) -> str:
    if kind.startswith("bool_"):
        return f"{key}: must be true or false"
    return f"{key}: {message.removeprefix('Value error, ')}"
