"""Bring ``scripts/dwiwarta/locale/*.po`` up to date with what code, theme and scripts say.

``python tests/support/catalogue.py`` adds new messages and drops unused ones; translations stay.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "scripts/dwiwarta/locale"
_WORDS = {
    **dict.fromkeys(("gettext", "N_", "_", "in_html", "both", "indonesian", "t")),
    **dict.fromkeys(("ngettext", "NN_", "n_in_html"), (1, 2)),
}
# As gettext's manual has them; babel knows none for Indonesian.
_PLURALS = {"en": "nplurals=2; plural=(n != 1);", "id": "nplurals=1; plural=0;"}
# Method of babel, folder, pattern.
_SOURCES = (
    ("python", "scripts/dwiwarta", "**/*.py"),
    ("jinja2.ext:babel_extract", "scripts/dwiwarta/render/templates", "*.j2"),
    ("jinja2.ext:babel_extract", "overrides", "**/*.html"),
    ("javascript", "docs/assets", "**/*.js"),
)


# What our own rules say to readers: what terms mean, what an answer is that is none.
_RULES = (("glossary.yml", "terms", "expansion"), ("gate.yml", "refusals", "says"))


def messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """What is said, with the file that says it."""
    for file, entries, key in _RULES:
        path = ROOT / "scripts/dwiwarta/knowledge" / file
        for entry in yaml.safe_load(path.read_text("utf-8"))[entries]:
            if key in entry:
                yield path.relative_to(ROOT).as_posix(), entry[key]
    for method, folder, pattern in _SOURCES:
        for path in sorted((ROOT / folder).glob(pattern)):
            if path.name in ("interface.py", "bundles.html", "own.html"):
                continue
            name = path.relative_to(ROOT).as_posix()
            words = {"say": None} if method == "javascript" else _WORDS
            options = {"silent": "false", "parse_template_string": "true"}
            with path.open("rb") as file:
                for found in extract(method, file, keywords=words, options=options):
                    yield name, found[1]


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it should be: what is said, with what is translated."""
    old = read(language)
    new = Catalog(locale=language, project="Dwiwarta", fuzzy=False, charset="utf-8")
    new.mime_headers = [("Plural-Forms", _PLURALS[language])]
    for name, message in messages():
        known = old.get(message if isinstance(message, str) else message[0])
        string = known.string if known else None
        if language == "en":
            string = message
        elif isinstance(message, tuple) and isinstance(string, str):
            string = (string,)
        new.add(message, string, locations=[(name, 0)])
    return new


def read(language: str) -> Catalog:
    """A catalogue as it stands."""
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def text(catalog: Catalog) -> bytes:
    """As a PO file: no dates and line numbers, so that it changes only with what is said."""
    from io import BytesIO

    out = BytesIO()
    write_po(out, catalog, width=100, sort_output=True, omit_header=True, include_lineno=False)
    plural = catalog.plural_forms
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plural}\\n"\n\n'
    )
    return head.encode() + out.getvalue()


if __name__ == "__main__":
    for language in ("en", "id"):
        (LOCALE / f"{language}.po").write_bytes(text(catalogue(language)))
