"""The lexicon: what Indonesian roots mean in English, entry by entry.

``knowledge/lexicon/*.yml`` hold it, each a mapping of roots to entries; which file an entry stands
in says nothing. A site's own ``knowledge/lexicon.yml`` has the same form: its entries are added, or
take the place of the program's, and roots under ``without`` are left out.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationError,
)

from dwiwarta.errors import SettingsError
from dwiwarta.fingerprint import digest_of
from dwiwarta.kept import keep, recall
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.overlays import Overlay, load_overlay, remembered
from dwiwarta.yamlfile import Strict, load_text, read_text

FOLDER = KNOWLEDGE_DIR / "lexicon"
KEPT = "lexicon"  # the name under which its entries are kept
MOST_SENSES = 4

PartOfSpeech = Literal[
    "n", "v", "adj", "adv", "num", "pron", "prep", "conj", "part", "interj", "name", "abbr"
]
Register = Literal["formal", "colloquial", "acronym", "loan", "archaic"]

# Words with one space between them; inside a word hyphen and apostrophe, "…" for what may stand
# between two halves (*baik … maupun*).
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?: (?:[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|…))*")


def _small(text: str) -> str:
    if text != text.lower():
        raise ValueError(f"{text!r} should be in small letters")
    return text


def _words(text: str) -> str:
    if not _WORDS.fullmatch(text):
        raise ValueError(f"{text!r} should be words with one space between them")
    return text


def _gloss(text: str) -> str:
    if not text or "\n" in text or len(text) > 80:
        raise ValueError("a gloss is a short text on one line")
    return text


def _few(texts: tuple[str, ...]) -> tuple[str, ...]:
    if not 1 <= len(texts) <= MOST_SENSES:
        raise ValueError(f"should be one to {MOST_SENSES} texts, not {len(texts)}")
    return texts


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Words = Annotated[str, AfterValidator(_words)]
Form = Annotated[Words, AfterValidator(_small)]
Gloss = Annotated[str, AfterValidator(_gloss)]
Senses = Annotated[tuple[Gloss, ...], AfterValidator(_few)]
Glosses = Annotated[Senses, BeforeValidator(_listed)]


class Homonym(Strict):
    """A meaning of a word: part of speech and senses, in the order in which news uses them."""

    pos: PartOfSpeech
    senses: Senses
    register_: Register | None = Field(None, alias="register")
    note: Gloss | None = Field(None, description="one line for learners, such as a false friend")


class Entry(Homonym):
    """What the lexicon says of a root.

    ``forms``: derivations whose meaning is not the sum of their parts, ``phrases``: fixed ones with
    the root in them, each with its glosses; ``other``: words that only look the same.
    """

    note: Annotated[str, Field(max_length=200)] | None = None
    forms: dict[Form, Glosses] = Field({})
    phrases: dict[Words, Glosses] = Field({})
    other: tuple[Homonym, ...] = ()


class LexiconFile(RootModel[dict[Form, Entry]]):
    """The schema of a file of ``lexicon/``."""


class LexiconOverlay(Overlay):
    """A site's own ``lexicon.yml``: roots and their entries, beside ``without``."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Form, Entry] = Field(init=False)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The site's own entries."""
        return self.__pydantic_extra__

    def over(self, program: Mapping[str, Entry]) -> dict[str, Entry]:
        """The program's entries with ours."""
        gone = set(self.without)
        left = {root: entry for root, entry in program.items() if root not in gone}
        return {**left, **self.entries}


class Lexicon:
    """The entries by root, and what leads to them."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = dict(sorted(entries.items()))

    def __contains__(self, root: object) -> bool:
        return root in self.entries

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def forms(self) -> Mapping[str, tuple[str, ...]]:
        """The derivations that entries list, each with the roots that do."""
        return _turned((form, root) for root, entry in self.entries.items() for form in entry.forms)

    @cached_property
    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """The phrases that entries list, each with the roots that do."""
        return _turned((one, root) for root, entry in self.entries.items() for one in entry.phrases)

    @cached_property
    def joined(self) -> Mapping[str, str]:
        """Phrases of two words by how they are written inside affixes (*pertanggungjawaban*)."""
        pairs = (phrase for phrase in self.phrases if phrase.count(" ") == 1 and "…" not in phrase)
        return {phrase.replace(" ", ""): phrase for phrase in pairs}

    def glosses(self, root: str, form: str = "") -> tuple[str, ...]:
        """What a root means or, if its entry says that by itself, a form or phrase of it."""
        entry = self.entries.get(root)
        if entry is not None:
            return entry.forms.get(form) or entry.senses
        roots = self.phrases.get(root)
        return self.entries[roots[0]].phrases[root] if roots else ()


def _turned(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one, root in pairs:
        found[one] = (*found.get(one, ()), root)
    return found


@remembered
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Read the lexicon, with the site's own over it.

    Raises ``SettingsError`` with ``file:line: reason`` for each fault; an entry of a root that has
    one in another file is one.
    """
    texts = {path: read_text(path) for path in sorted(folder.glob("*.yml"))}
    entries = _known_entries(texts) if folder == FOLDER else _entries(texts)
    return Lexicon(load_overlay("lexicon.yml", LexiconOverlay).over(entries))


def _known_entries(texts: Mapping[Path, str]) -> Mapping[str, Entry]:
    """The program's entries, which are kept as JSON (``kept``): YAML takes ten times as long."""
    digest = digest_of(*texts.values())
    if (data := recall(KEPT, digest)) is not None:
        with suppress(ValidationError):
            return LexiconFile.model_validate_json(data).root
    found = _entries(texts)
    data = LexiconFile(found).model_dump_json(by_alias=True, exclude_defaults=True).encode()
    keep(KEPT, digest, data)
    return found


def _entries(texts: Mapping[Path, str]) -> dict[str, Entry]:
    """The entries of several files. Raises ``SettingsError``."""
    found: dict[str, Entry] = {}
    place: dict[str, Path] = {}
    faults = []
    for path, text in texts.items():
        for root, entry in load_text(path, text, LexiconFile).root.items():
            if root in place:
                first = place[root]
                faults.append(
                    f"{path}:{_line(text, root)}: {root!r} has an entry already, "
                    f"{first.name}:{_line(texts[first], root)}"
                )
            found[root], place[root] = entry, path
    if faults:
        raise SettingsError("\n".join(faults))
    return found


def own_roots() -> frozenset[str]:
    """Whose entries are the site's own. Raises ``SettingsError``; this takes no time."""
    return frozenset(load_overlay("lexicon.yml", LexiconOverlay).entries)


def _line(text: str, root: str) -> int:
    """The line of a file on which the entry of a root begins."""
    match = re.search(rf"^[\"']?{re.escape(root)}[\"']?\s*:", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1
