"""Names that stand in both languages of an article: what ``names.yml`` says beside what countries,
bodies and glossary know.
"""

from pydantic import Field, field_validator

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.overlays import remembered
from dwiwarta.yamlfile import Strict, load_yaml


class Names(Strict):
    """The schema of ``names.yml``; the file says what its keys mean."""

    linkers: tuple[str, ...]
    honorifics: tuple[str, ...]
    heads: dict[str, tuple[str, ...]]
    directions: dict[str, str]
    places: tuple[tuple[str, str], ...]
    not_names: tuple[str, ...] = Field(description="words")
    titles: tuple[str, ...] = Field(description="words")

    @field_validator("not_names", "titles", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return tuple(dict.fromkeys(value.split())) if isinstance(value, str) else value


@remembered
def names() -> Names:
    """``names.yml``, read once."""
    return load_yaml(KNOWLEDGE_DIR / "names.yml", Names)
