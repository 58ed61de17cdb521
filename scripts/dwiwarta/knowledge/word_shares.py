"""How common words are in Indonesian news: ``learned/word_shares.yml``."""

from functools import cache
from pathlib import Path

from pydantic import Field

from dwiwarta.knowledge import LEARNED_DIR
from dwiwarta.yamlfile import Strict, load_yaml


class WordShares(Strict):
    """The table: ``halvings[k]`` are the words that stand in about ``0.5 ** k`` of all articles."""

    articles: int = Field(gt=0, description="how many articles were counted")
    halvings: dict[int, str]


@cache
def load_word_shares(path: Path = LEARNED_DIR / "word_shares.yml") -> dict[str, int]:
    """By word, in how many halvings of all articles it stands; words that it lacks in fewer.

    Raises ``SettingsError`` if the table is broken.
    """
    table = load_yaml(path, WordShares)
    return {word: weight for weight, words in table.halvings.items() for word in words.split()}
