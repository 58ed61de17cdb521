"""What an editor decides about single records of an export, in its sidecar under ``records``.

A record is named by what stays when the export is made again, whatever the order of its rows: by
its address, or by the id that ``inspect`` and ``compare`` show behind ``#``; else by its number
together with how its title begins, so that a number which has come to mean another record is
noticed::

    source_name: Kabar Pesisir            # of all records
    records:
      https://kabar.example/2024/rapat:
        title: Judul yang benar
      3f2a90c1d47b:
        skip: true
      12:                                 # the twelfth record that has a text
        if_title: Gempa kecil
        countries: [JP]
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import yaml

from dwiwarta.addresses import web_address
from dwiwarta.errors import ArticleError
from dwiwarta.model import Overrides, RawArticle
from dwiwarta.problems import ProblemLog
from dwiwarta.read.frontmatter import Checked, Scope, check_keys
from dwiwarta.read.keys import keys_in, load_yaml_node, short
from dwiwarta.text import one_line, squash

RECORDS = "records"
IF_TITLE = "if_title"
_ID = re.compile(r"[0-9a-f]{12}")
_NUMBER_DIGITS = 9  # more is no number of a record
_NOTHING = Checked("", {}, {})


@dataclass(frozen=True, slots=True)
class _Correction:
    """Of one record. ``said`` is None where it is unclear whether the record may be published."""

    name: str
    line: int
    if_title: str
    said: Checked | None


@dataclass(frozen=True, slots=True)
class ExportDecisions:
    """What the sidecar of an export holds: for all of its records, and for single ones."""

    everywhere: Checked = _NOTHING
    records: tuple[_Correction, ...] = ()

    def apply(
        self, articles: Sequence[RawArticle], numbers: Mapping[int, str], problems: ProblemLog
    ) -> tuple[RawArticle, ...]:
        """The articles of the export with what was decided about each.

        ``numbers``: the id of each record by its number. What matches no record is warned of.
        """
        every = self.everywhere.overrides()
        decided: dict[str, _Correction] = {}
        for one in self.records:
            try:
                found = _find(one, articles, numbers)
            except ValueError as error:
                self._warn(one, str(error), problems)
                continue
            if found in decided:
                first = decided[found].line
                self._warn(one, f"the same record as on line {first}; ignored", problems)
            else:
                decided[found] = one
        return tuple(
            replace(article, overrides=self._overrides(decided[article.ref.record]))
            if article.ref.record in decided
            else replace(article, overrides=every)
            for article in articles
        )

    def _overrides(self, one: _Correction) -> Overrides:
        return one.said.over(self.everywhere).overrides() if one.said else Overrides(skip=True)

    def _warn(self, one: _Correction, reason: str, problems: ProblemLog) -> None:
        problems.warn(self.everywhere.path, one.line, f"{RECORDS}: {short(one.name)}: {reason}")


def parse_export_decisions(text: str, path: str, problems: ProblemLog) -> ExportDecisions:
    """Read the sidecar of an export. Raises ``ArticleError`` as ``parse_overrides`` does."""
    node = load_yaml_node(text, path, 1)
    loaded, lines = keys_in(node, path, 1, problems)
    loaded = {key: value for key, value in loaded.items() if key != RECORDS}
    everywhere = check_keys(loaded, lines, path, problems, Scope.EXPORT)
    found = [value for key, value in (node.value if node else ()) if key.value == RECORDS]
    return ExportDecisions(everywhere, _records(found[-1], path, problems) if found else ())


def _records(node: yaml.Node, path: str, problems: ProblemLog) -> tuple[_Correction, ...]:
    if isinstance(node, yaml.ScalarNode) and not node.value:
        return ()
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1
        problems.warn(path, line, f"{RECORDS}: expected names of records with keys below; ignored")
        return ()
    found = []
    for key, value in node.value:
        name, line = one_line(str(key.value)), key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.MappingNode):
            problems.warn(path, line, f"{RECORDS}: {short(key.value)}: no keys below it; ignored")
            continue
        try:
            loaded, lines = keys_in(value, path, 1, problems)
            title = loaded.pop(IF_TITLE, "")
            said = check_keys(loaded, lines, path, problems, Scope.ARTICLE)
        except ArticleError as error:
            problems.add(error)
            title, said = "", None
        found.append(_Correction(name, line, title if isinstance(title, str) else "", said))
    return tuple(found)


def _find(one: _Correction, articles: Sequence[RawArticle], numbers: Mapping[int, str]) -> str:
    """The id of the record that is meant. Raises ``ValueError`` if there is none."""
    by_id = {article.ref.record: article for article in articles}
    name = one.name.rpartition("#")[2]
    if address := web_address(one.name):
        found = next((a.ref.record for a in articles if a.source_url == address), None)
    elif _ID.fullmatch(name):
        found = name if name in by_id else None
    elif name.isdecimal() and len(name) <= _NUMBER_DIGITS:
        return _numbered(int(name), one.if_title, by_id, numbers)
    else:
        raise ValueError("not the address, the id or the number of a record; ignored")
    if found is None:
        raise ValueError("there is no such record in this export")
    if one.if_title and not _begins(by_id[found], one.if_title):
        raise ValueError(f"its title is {short(by_id[found].title or '')}; ignored")
    return found


def _numbered(
    number: int, if_title: str, by_id: Mapping[str, RawArticle], numbers: Mapping[int, str]
) -> str:
    """A record by its number; where the rows have moved, by its title alone."""
    there = by_id.get(numbers.get(number, ""))
    title = there.title or "" if there else ""
    if not squash(if_title):
        hint = f": write {IF_TITLE}: {short(title)} below it" if there else ""
        raise ValueError(f"a number alone may mean another record tomorrow{hint}; ignored")
    if there and _begins(there, if_title):
        return there.ref.record
    alike = [record for record, article in by_id.items() if _begins(article, if_title)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise ValueError(f"{len(alike)} records have a title that begins so; ignored")
    raise ValueError(f"there is no record with a title that begins {short(if_title)}")


def _begins(article: RawArticle, title: str) -> bool:
    return squash(article.title or "").startswith(squash(title))
