"""One file into articles: by its ending, with its size checked before anything is read."""

import stat
from dataclasses import replace
from pathlib import Path

from dwiwarta.errors import ArticleError, UnreadableError
from dwiwarta.files import read_plain
from dwiwarta.model import Overrides, RawArticle, Removal, RemovalKind, SourceRef
from dwiwarta.problems import ProblemLog
from dwiwarta.read.decode import NotTextError, decode, tidy, tidy_line
from dwiwarta.read.frontmatter import is_toml, parse_overrides, split_front_matter, split_pasted
from dwiwarta.read.misnamed import other_form
from dwiwarta.read.notes import without_note
from dwiwarta.read.readwise import split_metadata
from dwiwarta.settings import InputSettings

_TEXTS = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_MAIL_ARCHIVES = (".mhtml", ".mht")
PAGE_ARCHIVE_ENDINGS = (*_MAIL_ARCHIVES, ".webarchive")
ARTICLE_ENDINGS = (*_TEXTS, *_MARKDOWN, *PAGE_ENDINGS, *PAGE_ARCHIVE_ENDINGS)
_FEEDS = (".xml", ".rss", ".atom", ".rdf", ".wxr")
_SHEETS = (".xlsx", ".xlsm")
EXPORT_ENDINGS = (".jsonl", ".json", ".csv", *_SHEETS, *_FEEDS)
SIDECAR_ENDINGS = (".yml", ".yaml")

_MEGABYTE = 1_000_000

# A saved page may hold its pictures and fonts; the limit of an article is for its text.
_PAGE_FACTOR = 10

# What to do about files that are met beside articles and cannot be read.
_WAYS_OUT = {
    **dict.fromkeys((".pdf", ".epub"), "copy its text into a .txt file"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages"), "save it as .txt"),
    **dict.fromkeys(
        (".xls", ".xlsb", ".ods", ".numbers"), "save the sheet as .xlsx or CSV UTF-8 (.csv)"
    ),
    **dict.fromkeys((".xlf", ".xliff", ".tmx"), "translations: import the file by its name"),
    **dict.fromkeys((".eml", ".msg"), "a mail: copy its text into a .txt file"),
    **dict.fromkeys((".zip", ".gz", ".rar", ".7z", ".tar", ".bz2"), "unpack it"),
    **dict.fromkeys((".parquet", ".feather", ".db", ".sqlite"), "export it as .jsonl or .csv"),
    **dict.fromkeys((".ndjson", ".jl"), "rename it to .jsonl"),
    **dict.fromkeys((".tsv", ".tab"), "rename it to .csv"),
    **dict.fromkeys((".srt", ".vtt"), "subtitles: rename it to .txt"),
    **dict.fromkeys(
        (".url", ".webloc"), "only the address of a page: save the page itself as .html"
    ),
    "": "its name has no ending: text ends in .txt",
}

# A file of decisions about one article; a larger one, or such front matter, is nothing of the kind.
_MAX_SIDECAR_MB = 0.2


def read_file(
    path: Path,
    name: str,
    settings: InputSettings,
    problems: ProblemLog,
    defaults: Overrides | None = None,
) -> tuple[RawArticle, ...]:
    """The articles of one file: one, or as many as an export has records.

    ``name`` is what ``ref.path`` and messages call it. ``defaults``: of its folder, see
    ``folders``. Raises ``ArticleError`` if it cannot be used; single records of an export that
    cannot be used go to ``problems``.
    """
    articles = _read_file(path, name, settings, problems)
    if defaults is None:
        return articles
    return tuple(replace(article, defaults=defaults) for article in articles)


def _read_file(
    path: Path, name: str, settings: InputSettings, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    ending = path.suffix.casefold()
    if ending in EXPORT_ENDINGS:
        return _read_export(path, name, ending, settings, problems)
    if ending not in ARTICLE_ENDINGS:
        known = " ".join((*ARTICLE_ENDINGS, *EXPORT_ENDINGS))
        way_out = _WAYS_OUT.get(ending, known)
        raise ArticleError(name, 1, f"not a kind of file that can be read ({way_out})")
    most = settings.max_article_mb
    if ending in _MARKDOWN:
        return (_read_markdown(_read_bytes(path, name, most), name, problems),)
    overrides = _overrides(path, name, problems)
    if ending in _TEXTS:
        return (_read_text(_read_bytes(path, name, most), name, overrides, problems),)
    article = _read_page(_read_bytes(path, name, most * _PAGE_FACTOR), name, ending, overrides)
    _check_size(len(article.text.encode()), name, most, "its text is too large for an article")
    return (article,)


def sidecar_of(path: Path) -> Path | None:
    """The file of editor's decisions beside ``path``, if there is one.

    A symbolic link is none: it could lead out of the articles folder.
    """
    for ending in SIDECAR_ENDINGS:
        sidecar = path.with_name(path.name + ending)
        if sidecar.is_file() and not sidecar.is_symlink():
            return sidecar
    return None


def _read_text(data: bytes, name: str, sidecar: Overrides, problems: ProblemLog) -> RawArticle:
    text = _text(data, name)
    _check_form(text, name)
    front, body, line = split_pasted(text)
    if front is None:
        article = RawArticle(SourceRef(name), text, overrides=sidecar)
    else:
        _check_size(len(front.encode()), name, _MAX_SIDECAR_MB, "its front matter is too large")
        overrides = sidecar.over(parse_overrides(front, name, 2, problems))
        article = RawArticle(SourceRef(name), body, text_line=line, overrides=overrides)
        if not body.strip() and not overrides.skip:
            raise ArticleError(name, line, "there is no text below the front matter")
    return without_note(article, markdown=False)


def _read_markdown(data: bytes, name: str, problems: ProblemLog) -> RawArticle:
    text = _text(data, name)
    _check_form(text, name)
    try:
        front, body, line = split_front_matter(text)
    except ValueError as error:
        raise ArticleError(name, 1, str(error)) from error
    overrides = Overrides()
    if front is not None:
        _check_size(len(front.encode()), name, _MAX_SIDECAR_MB, "its front matter is too large")
        overrides = parse_overrides(front, name, 2, problems, toml=is_toml(text))
    elif found := split_metadata(text):
        front, body, line = found
        overrides = parse_overrides(front, name, 1, problems)
    if overrides.skip:
        return RawArticle(SourceRef(name), body, text_line=line, overrides=overrides)
    from dwiwarta.read.markdown import MarkupError, markdown_to_text

    article = without_note(
        RawArticle(SourceRef(name), body, text_line=line, overrides=overrides), markdown=True
    )
    try:
        body, left_out = markdown_to_text(article.text)
    except MarkupError as error:
        raise ArticleError(name, line, str(error)) from error
    if not body.strip():
        where = "below the front matter" if front is not None else "in this file"
        raise ArticleError(name, line, f"there is no text {where}")
    return replace(article, text=body, left_out=(*article.left_out, *left_out))


def _read_page(data: bytes, name: str, ending: str, overrides: Overrides) -> RawArticle:
    # Imported here, as are the readers of other formats: most builds read plain text alone, and
    # the libraries that take pages apart take as long to load as a hundred articles to read.
    from dwiwarta.read.webarchive import ArchiveError, read_mhtml, read_webarchive
    from dwiwarta.read.webpage import NoArticleError, declared_encoding, extract_page

    try:
        archived = None
        if ending in PAGE_ARCHIVE_ENDINGS:
            archived = (read_mhtml if ending in _MAIL_ARCHIVES else read_webarchive)(data)
        markup = archived.markup if archived else data
        declared = (archived and archived.encoding) or declared_encoding(markup)
        text = _decoded(markup, name, declared)
        _check_form(text, name, page=True)
        page = extract_page(text, archived.url if archived else None)
    except (ArchiveError, NoArticleError) as error:
        raise ArticleError(name, 1, str(error)) from error
    return RawArticle(
        SourceRef(name),
        tidy(page.text),
        title=tidy_line(page.title),
        published=page.published,
        author=tidy_line(page.author),
        source_name=tidy_line(page.source_name),
        source_url=page.source_url,
        category=tidy_line(page.category),
        left_out=tuple(
            Removal(tidy_line(text) or "", RemovalKind.PAGE, reason)
            for text, reason in page.left_out
        ),
        overrides=overrides,
    )


def _read_export(
    path: Path, name: str, ending: str, settings: InputSettings, problems: ProblemLog
) -> tuple[RawArticle, ...]:
    _check(path, name, settings.max_export_mb)
    from dwiwarta.read.corrections import ExportDecisions, parse_export_decisions
    from dwiwarta.read.exports import read_csv, read_feed, read_json, read_sheet

    found = _sidecar(path, name)
    decided = parse_export_decisions(*found, problems) if found else ExportDecisions()

    read = {
        ".csv": read_csv,
        **dict.fromkeys(_SHEETS, read_sheet),
        **dict.fromkeys(_FEEDS, read_feed),
    }
    longest_line = int(settings.max_article_mb * _MEGABYTE)
    try:
        with path.open("rb") as file:
            articles = read.get(ending, read_json)(file, name, longest_line, decided, problems)
    except OSError as error:
        raise UnreadableError(name, 1, _os_reason(error)) from error
    if not articles:
        raise ArticleError(name, 1, "there is no usable record in this export")
    return articles


def _overrides(path: Path, name: str, problems: ProblemLog) -> Overrides:
    found = _sidecar(path, name)
    return parse_overrides(*found, 1, problems) if found else Overrides()


def _sidecar(path: Path, name: str) -> tuple[str, str] | None:
    """The text of the sidecar beside an article, and its name."""
    sidecar = sidecar_of(path)
    if sidecar is None:
        return None
    shown = name + sidecar.name.removeprefix(path.name)
    return read_sidecar(sidecar, shown), shown


def read_sidecar(path: Path, name: str) -> str:
    """The text of a file of decisions. Raises ``ArticleError``."""
    return _text(_read_bytes(path, name, _MAX_SIDECAR_MB), name)


def _text(data: bytes, name: str) -> str:
    text = tidy(_decoded(data, name))
    if not text.strip():
        raise ArticleError(name, 1, "the file is empty")
    return text


def _decoded(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of a file; ``declared`` is believed where the bytes are not UTF-8."""
    try:
        return _declared_text(data, declared) or decode(data)
    except NotTextError as error:
        raise ArticleError(name, 1, str(error)) from error


def _declared_text(data: bytes, encoding: str | None) -> str | None:
    if encoding is None or encoding.casefold() in ("utf-8", "utf8"):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _read_bytes(path: Path, name: str, max_mb: float) -> bytes:
    _check(path, name, max_mb)
    try:
        return read_plain(path)
    except OSError as error:
        raise UnreadableError(name, 1, _os_reason(error)) from error


def _check(path: Path, name: str, max_mb: float) -> None:
    """Raises ``ArticleError`` unless ``path`` is an ordinary file of at most ``max_mb``."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnreadableError(name, 1, _os_reason(error)) from error
    if not stat.S_ISREG(status.st_mode):
        raise ArticleError(name, 1, "not an ordinary file")
    if status.st_size == 0:
        raise ArticleError(name, 1, "the file is empty")
    _check_size(status.st_size, name, max_mb, "too large for an article")


def _check_form(text: str, name: str, *, page: bool = False) -> None:
    if form := other_form(text, page=page):
        raise ArticleError(name, 1, form)


def _check_size(size: int, name: str, max_mb: float, reason: str) -> None:
    if size > max_mb * _MEGABYTE:
        found = f"{size / _MEGABYTE:.1f} MB, the limit is {max_mb:g} MB"
        raise ArticleError(name, 1, f"{reason}: {found}")


def _os_reason(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
