"""``knowledge/search.yml``, checked."""

from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.yamlfile import Strict, load_yaml


def _small(text: str) -> str:
    if text != text.lower():
        raise ValueError(f"{text!r} should be in small letters")
    return text


Words = Annotated[str, AfterValidator(_small)]  # with spaces between them
# What a word ends with, what stands for it, and how many letters must remain before it.
Ending = tuple[str, str, int]


class IndonesianRules(Strict):
    """How Indonesian words come by their forms."""

    endings: tuple[tuple[str, ...], ...]
    prefixes: tuple[tuple[str, str, str], ...]
    roots: Words


class SearchWords(Strict):
    """The whole file."""

    spellings: tuple[Words, ...] = Field((), description="names of one thing, spaces between them")
    letters: dict[str, str] = Field({}, description="of an old spelling, and those of today")
    currencies: Words = ""
    passed_over: Words = ""
    english: tuple[tuple[Ending, ...], ...]
    indonesian: IndonesianRules


@cache
def search_words() -> SearchWords:
    """The file's contents, read once."""
    return load_yaml(KNOWLEDGE_DIR / "search.yml", SearchWords)
