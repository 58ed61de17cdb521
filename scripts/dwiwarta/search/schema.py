"""``knowledge/search.yml``, checked."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.layers import laid_over, overlay_of
from dwiwarta.knowledge.overlays import load_overlay, remembered
from dwiwarta.yamlfile import PlaceError, Strict, load_yaml


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


class SearchOverlay(overlay_of(SearchWords)):  # type: ignore[misc] # made of the schema above
    """A site's own ``search.yml``. ``without``: words, and letters, wherever they stand.

    A line of spellings joins what the program knows of any of its words.
    """

    @model_validator(mode="after")
    def _are_pairs(self) -> Self:
        for number, line in enumerate(self.spellings or ()):
            if len(line.split()) < 2:
                raise PlaceError(f"{line!r} is one word, and names of one thing are two or more",
                                 ("spellings", number))  # fmt: skip
        return self

    def over(self, program: SearchWords) -> SearchWords:
        """The program's words with ours."""
        left = [self._left(line).split() for line in program.spellings]
        joined = [line for line in left if len(line) > 1]
        for own in (line.split() for line in self.spellings or ()):
            same = [line for line in joined if not set(own).isdisjoint(line)]
            one = list(dict.fromkeys([word for line in (*same, own) for word in line]))
            joined = [line for line in joined if line not in same] + [one]
        with_lists = laid_over(program, self, self.without)
        roots = self.indonesian.roots if self.indonesian else None
        return with_lists.model_copy(
            update={
                "spellings": tuple(map(" ".join, joined)),
                "currencies": self._left(program.currencies, self.currencies),
                "passed_over": self._left(program.passed_over, self.passed_over),
                "indonesian": with_lists.indonesian.model_copy(
                    update={"roots": self._left(program.indonesian.roots, roots)}
                ),
            }
        )

    def _left(self, words: str, own: str | None = None) -> str:
        left = [word for word in words.split() if word not in self.without]
        return " ".join([*left, *(own or "").split()])


@remembered
def search_words() -> SearchWords:
    """The file's contents with the site's own over them. Raises ``SettingsError``."""
    program = load_yaml(KNOWLEDGE_DIR / "search.yml", SearchWords)
    overlay: SearchOverlay = load_overlay("search.yml", SearchOverlay)
    return overlay.over(program)
