"""``build.py word``: what Indonesian words are made of, and what they mean."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dwiwarta.commands.shared import root_option
from dwiwarta.settings import load_settings
from dwiwarta.text import printable_lines
from dwiwarta.words import Meaning, Meanings, Piece, Sense, load_meanings, own_file_of
from dwiwarta.words.newspaper import Unfolded, unfolding

_SPEECH_PARTS = {
    "n": "noun",
    "v": "verb",
    "adj": "adjective",
    "adv": "adverb",
    "num": "numeral",
    "pron": "pronoun",
    "prep": "preposition",
    "conj": "conjunction",
    "part": "particle",
    "interj": "interjection",
    "name": "name",
    "abbr": "abbreviation",
}


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD…")
@root_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each word.")
def word(words: tuple[str, ...], root: Path, as_json: bool) -> None:
    """Take Indonesian words apart: root, affixes and what they do, meaning.

    Names and words that the lexicon lacks are said to be so. Of numbers, dates, titles and set
    words of newspapers ("Kamis (9/11)") it says what they mean in news. Nothing is written.
    """
    load_settings(root.resolve())
    known = load_meanings()
    for one in words:
        meaning = known.of(one)
        told = [_with_file(one, found) for found in unfolding().unfold(one)]
        if as_json:
            record = {**as_record(meaning, known), **({"newspaper": told} if told else {})}
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            lines = _lines(meaning, known) if meaning.senses or not told else [f"{one}:"]
            click.echo(printable_lines("\n".join([*lines, *(f"  in news: {t}" for t in told)])))


def as_record(meaning: Meaning, known: Meanings) -> dict[str, Any]:
    """A word as ``--json`` prints it; ``other``: its other readings, in the same form."""
    first, *others = meaning.senses or (None,)
    found: dict[str, Any] = {"word": meaning.word, "kind": meaning.kind}
    return {**found, **_record(first, known), "other": [_record(one, known) for one in others]}


def _record(sense: Sense | None, known: Meanings) -> dict[str, Any]:
    if sense is None:
        return {"root": None, "pieces": [], "senses": []}
    pieces = [{"form": one.form, "does": _does(one, sense, known)} for one in sense.pieces]
    found = {"root": sense.root, "pieces": pieces, "senses": list(sense.glosses)}
    more = {
        "of": sense.of,
        "pos": sense.pos,
        "register": sense.register,
        "note": sense.note,
        "explained": sense.explained,
        "from": own_file_of(sense.root),
    }
    return {**found, **{name: value for name, value in more.items() if value}}


def _does(piece: Piece, sense: Sense, known: Meanings) -> str:
    affixes = known.analyser.affixes
    text = affixes.does(piece.affix)
    return f"{text} ({affixes.hides(piece.hides, sense.root)})" if piece.hides else text


def _lines(meaning: Meaning, known: Meanings) -> Iterator[str]:
    if not meaning.senses:
        yield f"{meaning.word}: {_WITHOUT[meaning.kind]}"
        return
    for number, sense in enumerate(meaning.senses):
        said = "; ".join(sense.glosses)
        marks = [_SPEECH_PARTS.get(sense.pos, ""), sense.register]
        beside = ", ".join(filter(None, marks))
        head = meaning.word if not number else f"{meaning.word}, or"
        yield f"{head}: {said}" + (f" ({beside})" if beside else "")
        glosses = known.analyser.lexicon.glosses(sense.root)
        if glosses and sense.root != meaning.word.lower():
            yield f"  root {sense.root}: {'; '.join(glosses)}"
        for piece in sense.pieces:
            yield f"  {piece.form:<12} {_does(piece, sense, known)}"
        own = own_file_of(sense.root)
        for line in filter(None, (sense.note, sense.explained, own and f"from {own}")):
            yield f"  {line}"


def _with_file(text: str, found: Unfolded) -> str:
    """What is said of a part of a text, and which file of the site says so."""
    own = own_file_of(form=text[found.start : found.end])
    return f"{found.text} (from {own})" if own else found.text


_WITHOUT = {"name": "a name, it seems; no entry", "unknown": "unknown", "word": "no entry"}
