"""``dwiwarta new``: one article from the clipboard, standard input or a saved page."""

import re
import sys
from pathlib import Path

import click

from dwiwarta.addresses import MAX_URL_CHARS, web_address
from dwiwarta.commands.clipboard import read_clipboard
from dwiwarta.commands.intake import Fate, Intake, Outcome, outcome_record
from dwiwarta.commands.output import json_option, print_json, say
from dwiwarta.commands.shared import as_rows, project_path, root_option, warn
from dwiwarta.model import Article, DateOrigin, Removal, RemovalKind, TitleOrigin
from dwiwarta.read import NotTextError, decode_text
from dwiwarta.settings import Project, load_project
from dwiwarta.text import counted, printable

_PAGE = re.compile(
    # Nothing is given back: of thirty comments there are a thousand million ways to make fewer.
    r"\s*+(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n[A-Za-z_][\w -]*:")
_GUESSED = (DateOrigin.FIRST_SENTENCE, DateOrigin.SLUG)
# Removals of this kind that are moved to no field, though they stood where one is looked for.
_NO_FIELD = ("field: title (says nothing)", "field: old title")
_MOST_BYTES = 100_000_000


@click.command()
@root_option
@click.option("--url", metavar="ADDRESS", help="Where the article was published.")
@click.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The page as a browser saved it. Nothing is fetched.",
)
@json_option
@click.pass_context
def new(ctx: click.Context, root: Path, url: str | None, page: Path | None, as_json: bool) -> None:
    """Make a file in articles/ of what you copied, or of a saved page.

    Takes the clipboard; what is given on standard input, if it is no terminal; or --page. Says
    what was understood, and what is missing. Never writes over a file.
    """
    project = load_project(root.resolve())
    address = _checked(url)
    intake = Intake(project, warn)
    if page is not None:
        outcome = next(intake.take(page, str(page), address))
    else:
        text = _text(address)
        outcome = intake.take_text(text, _ending(text), address)
    if as_json:
        print_json(as_record(project, outcome))
    else:
        _tell(project, outcome)
    if outcome.fate is not Fate.IMPORTED:
        ctx.exit(1)


def _checked(url: str | None) -> str | None:
    if url is None:
        return None
    if len(url) > MAX_URL_CHARS or (address := web_address(url)) is None:
        raise click.BadParameter("not an http or https address", param_hint="'--url'")
    return address


def _text(address: str | None) -> str:
    """What there is to take. Raises ``click.ClickException`` if that is nothing."""
    data: bytes | None
    if sys.stdin is not None and not sys.stdin.isatty():
        data = sys.stdin.buffer.read(_MOST_BYTES)
        nothing = "standard input is empty"
    else:
        data = read_clipboard()
        nothing = "the clipboard holds no text"
        if data is None:
            nothing = "no command of this system gives the clipboard (wl-paste, xclip or xsel)"
    if not data or not data.strip():
        hint = "; to take a page: save it, and give it as --page" if address else ""
        raise click.ClickException(f"{nothing}: copy an article, or give it: … new < FILE{hint}")
    try:
        return decode_text(data)
    except NotTextError as error:
        raise click.ClickException(f"{error}: copy the text of an article") from error


def _ending(text: str) -> str:
    if _PAGE.match(text):
        return ".html"
    return ".md" if _FRONT_MATTER.match(text) else ".txt"


def as_record(project: Project, outcome: Outcome) -> dict[str, object]:
    """What ``new --json`` prints."""
    article = outcome.article
    published = article.published if article else None
    return {
        **outcome_record(project, outcome),
        "title_from": article.title_origin.value if article else None,
        "date_from": published.origin.value if published else None,
        "source_name": article.source_name if article else None,
        "source_url": article.source_url if article else None,
        "author": article.byline if article else None,
        "paragraphs": len(article.paragraphs) if article else 0,
        "left_out": [
            {"text": one.text, "reason": one.reason}
            for one in (_left_out(article) if article else ())
        ],
    }


def _left_out(article: Article | None) -> list[Removal]:
    """What no part of the page shows: not title, date and author, which stand in their fields."""
    return [
        one
        for one in (article.removed if article else ())
        if one.kind is not RemovalKind.FIELD or one.reason in _NO_FIELD
    ]


def _tell(project: Project, outcome: Outcome) -> None:
    place = project_path(project, outcome.place)
    if outcome.fate is Fate.REFUSED:
        warn(f"Not taken: {printable(outcome.reason)}")
    elif outcome.fate is Fate.KNOWN:
        warn(f"Already there: {place} ({outcome.reason}); nothing was written")
    else:
        assert outcome.article is not None
        rows = [("Written", place), *_rows(outcome.article, place)]
        rows += [("Note", printable(reason)) for reason in outcome.warnings]
        say(as_rows(rows))


def _rows(article: Article, place: str) -> list[tuple[str, str]]:
    """What was understood, and what is to be added where something was not."""
    where = "at the top of the file" if place.endswith(".md") else f"in {place}.yml"
    rows = [("Title", printable(article.title))]
    if article.title_origin in (TitleOrigin.FIRST_SENTENCE, TitleOrigin.SLUG):
        rows[0] = ("Title", f"none found, made from the text: {rows[0][1]!r}")
    if article.published is None:
        rows.append(("Date", f"none found; add {where}: date: 2023-11-09 15:04"))
    elif article.published.origin in _GUESSED:
        rows.append(
            ("Date", f"{article.published.iso} (from the {article.published.origin.value})")
        )
    else:
        rows.append(("Date", article.published.iso))
    if article.source_name:
        rows.append(("Source", printable(article.source_name)))
    else:
        rows.append(("Source", f"none found; add {where}: source_name: …"))
    if article.source_url:
        rows.append(("Address", printable(article.source_url)))
    else:
        rows.append(("Address", f"none found; add {where}: source_url: https://…"))
    if article.byline:
        rows.append(("Author", printable(article.byline)))
    text = counted(len(article.paragraphs), "paragraph")
    if left := _left_out(article):
        text += f"; {counted(len(left), 'line')} left out as no part of the article"
    rows.append(("Text", text))
    return rows
