"""Words that hold sentences together: ``function_words.yml``."""

from functools import cache
from pathlib import Path

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.yamlfile import Strict, load_yaml


class FunctionWords(Strict):
    """The schema: words in small letters by what they do, with spaces between them."""

    negations: str
    auxiliaries: str
    particles: str
    conjunctions: str
    prepositions: str
    pronouns: str
    questions: str
    degrees: str
    times: str
    existence: str
    numbers: str


@cache
def load_function_words(path: Path = KNOWLEDGE_DIR / "function_words.yml") -> frozenset[str]:
    """All of them. Raises ``SettingsError`` for a fault of the file."""
    groups = load_yaml(path, FunctionWords).model_dump()
    return frozenset(word for words in groups.values() for word in words.split())
