"""``lexicon/``: what words mean, in small files that a browser fetches when a reader asks.

They depend on knowledge and code alone, so that no article changes any of them. ``rules.js`` has
the affixes and a filter (``render/sieve.py``) that all roots pass and few other words: by these a
browser finds which roots may be in a word, and their letters say in which file the entries are
(``BOUNDS``). ``entries.js`` has all entries, for whoever reads a whole article word by word, or
without network; ``roots.js`` lists the roots that pages of articles name by their places in it, and
``function.js`` has what else is needed to find some of them in an article. ``terms.js`` is the
glossary, ``newspaper.js`` what numbers, dates, titles and set words mean; ``gist.js`` is for what
is read word by word, and has the roots that are frequent in news; ``names.js`` and ``places.js``
are for names. The scripts in ``docs/assets/words/`` read all of it as ``words/`` does; a test holds
them together. The files are scripts themselves, not JSON, so that they can be loaded from a disk.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dwiwarta.fingerprint import digest_of
from dwiwarta.interface import OF_WORDS, gettext, messages_of, speaking, spoken
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.function_words import load_function_words
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.knowledge.overlays import overlay_digests, remembered
from dwiwarta.knowledge.taxonomy import country_name
from dwiwarta.model import Page
from dwiwarta.render.entry_files import BOUNDS, shard_of
from dwiwarta.render.names import known_names, known_places
from dwiwarta.render.sieve import sieve_of
from dwiwarta.settings import Project
from dwiwarta.words import Analyser, Entry, Homonym, load_affixes, load_analyser
from dwiwarta.words.affixes import Explained, Language
from dwiwarta.words.analyser import FUNCTION
from dwiwarta.words.english import matching_rules
from dwiwarta.words.level import commonest_roots, frequent_roots
from dwiwarta.words.lexicon import MOST_SENSES
from dwiwarta.words.newspaper import unfolding
from dwiwarta.words.vocabulary import roots_mark

_OWN = (
    *("alignment.yml", "bodies.yml", "countries.yml", "glossary.yml", "lexicon.yml"),
    "newspaper.yml",
)
_CODE = (
    *("words/*.py", "knowledge/*.py", "interface.py", "locale/*.po"),
    *("render/entry_files.py", "render/lexicon.py", "render/names.py", "render/partners.py"),
    *("render/sieve.py", "render/unmatched.py"),
)
_KNOWN = (
    *("lexicon/*.yml", "affixes.yml", "alignment.yml", "function_words.yml", "glossary.yml"),
    "newspaper.yml",
    *("learned/frequent_roots.yml", "names.yml", "countries.yml", "bodies.yml"),
)
# Words as docs/assets/words/sentence.js finds them.
_TERM_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:/]\d+)*")
_MOST_SHARED = 9  # letters that one digit can count


# Files that a page asks for by name, and that reading without network takes; the others have some
# entries each.
WHOLE = (
    *("rules", "roots", "terms", "function", "newspaper", "gist", "entries", "names", "places"),
)


def lexicon_pages(project: Project) -> Iterator[Page]:
    """All files of the lexicon. ``SettingsError`` is raised when they are rendered."""
    language = project.settings.site.language
    digest = digest_of("lexicon", inputs(), language)
    files = (f"entries-{bound}" for bound in BOUNDS)
    for name in (*WHOLE, *files):
        yield Page(f"lexicon/{name}.js", digest, partial(_render, name, language))


@remembered
def inputs() -> str:
    """The digest of all that the files are made of."""
    package = Path(__file__).resolve().parents[1]
    files = {path for pattern in _CODE for path in package.glob(pattern)}
    files |= {path for pattern in _KNOWN for path in KNOWLEDGE_DIR.glob(pattern)}
    own = overlay_digests()
    parts: list[bytes | str] = [f"own {name} {own.get(name, '')}" for name in _OWN]
    parts.append(version("babel"))  # which knows what countries are called
    for path in sorted(files):
        parts += [path.relative_to(package).as_posix(), path.read_bytes()]
    return digest_of(*parts)


def _render(name: str, language: str) -> bytes:
    said: object
    if name == "rules":
        with speaking(language):
            said = _rules(load_analyser())
    elif name == "roots":
        said = [roots_mark(), front_coded(load_analyser().lexicon.entries)]
    elif name == "terms":
        with speaking(language):
            said = _terms()
    elif name == "function":
        said = [" ".join(sorted(load_function_words())), dict(_irregular(load_analyser()))]
    elif name == "newspaper":
        said = unfolding("id" if language == "id" else "en").rules()
    elif name == "names":
        said = known_names()
    elif name == "places":
        said = known_places()
    elif name == "gist":
        said = _gist(language)
    elif name == "entries":
        said = {root: packed for file in _entries().values() for root, packed in file.items()}
    else:
        said = _entries()[name.removeprefix("entries-")]
    return f"dwLexicon({_json(name)},{_json(said)});\n".encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def front_coded(words: Iterable[str]) -> str:
    """Sorted words as one text: how many letters each shares with the one before, and the rest."""
    parts, before = [], ""
    for word in words:
        shared = 0
        for mine, theirs in zip(word[:_MOST_SHARED], before, strict=False):
            if mine != theirs:
                break
            shared += 1
        parts.append(f"{shared}{word[shared:]}")
        before = word
    return "".join(parts)


def _rules(known: Analyser) -> dict[str, Any]:
    """What the analyser knows beside the entries."""
    affixes = load_affixes()
    told: dict[str, Explained] = {
        **affixes.affixes,
        **{name: one for group in affixes.endings for name, one in group.items()},
        **affixes.beginnings,
    }
    told |= {name: getattr(affixes.doubled, name) for name in type(affixes.doubled).model_fields}
    return {
        "bounds": front_coded(BOUNDS),
        "affixes": {
            name: [
                [[s.begin, s.end, s.before, s.hides, int(s.short), int(s.seldom)] for s in shapes],
                affixes.affixes[name].around,
                int(affixes.affixes[name].rare),
                int(affixes.affixes[name].only_inside),
            ]
            for name, shapes in affixes.shapes.items()
        },
        "endings": [list(group) for group in affixes.endings],
        "beginnings": list(affixes.beginnings),
        "does": {name: one.text(_language()) for name, one in told.items()},
        "hidden": affixes.hidden.text(_language()),
        "participles": matching_rules().participles,
        "said": messages_of(_language(), OF_WORDS),
        "functional": sorted(FUNCTION),
        "sieve": sieve_of(
            {*known.lexicon.entries, *known.lexicon.joined, *dict(_irregular(known)), *_in_terms()}
        ),
        "terms": [packed for packed in _terms() if any(map(_has_small_word, packed[0]))],
    }


def _in_terms() -> Iterator[str]:
    """Words with a capital in the glossary: who touches one of these needs ``terms.js``."""
    for term in load_glossary().terms:
        for form in term.source:
            yield from (word for word in _TERM_WORD.findall(form) if word != word.lower())


def _has_small_word(form: str) -> bool:
    return any(word == word.lower() for word in _TERM_WORD.findall(form))


def _irregular(known: Analyser) -> Iterator[tuple[str, list[str]]]:
    """Listed forms that no affixes lead from to their roots, with these."""
    for form, roots in known.lexicon.forms.items():
        regular = {one.root for one in known.readings(form) if one.pieces}
        if far := [root for root in roots if root not in regular and root != form]:
            yield form, far


@remembered
def _entries() -> Mapping[str, dict[str, Any]]:
    """By file: entries by root, phrases that stand only in entries of other files ("+…"), and the
    roots of forms that no affixes lead from to these ("=…").
    """
    known = load_analyser()
    lexicon = known.lexicon
    beside = _beside(known)
    found: dict[str, dict[str, Any]] = {name: {} for name in BOUNDS}
    for root, entry in lexicon.entries.items():
        found[shard_of(root)][root] = _packed(entry, beside.get(root, {}))
    for joined, phrase in lexicon.joined.items():
        here = found[shard_of(joined)]
        first = lexicon.phrases[phrase][0]
        if first not in here:
            here[f"+{phrase}"] = _glosses(lexicon.entries[first].phrases[phrase])
    for form, roots in _irregular(known):
        found[shard_of(form)][f"={form}"] = roots
    return found


def _beside(known: Analyser) -> Mapping[str, dict[str, Any]]:
    """By root: phrases with the root in them that other entries list."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for phrase, roots in sorted(known.lexicon.phrases.items()):
        glosses = _glosses(known.lexicon.entries[roots[0]].phrases[phrase])
        for word in phrase.split():
            one = known.read(word)
            if one and one.root in known.lexicon.entries and one.root not in roots:
                found[one.root][phrase] = glosses
    return found


def _packed(entry: Entry, beside: Mapping[str, Any]) -> list[Any]:
    """An entry without what is empty at its end."""
    packed = [
        entry.pos,
        _glosses(entry.senses),
        entry.register_ or 0,
        entry.note or 0,
        {form: _glosses(glosses) for form, glosses in entry.forms.items()} or 0,
        {phrase: _glosses(glosses) for phrase, glosses in entry.phrases.items()} or 0,
        [_homonym(one) for one in entry.other] or 0,
        beside or 0,
    ]
    while not packed[-1]:
        packed.pop()
    return packed


def _homonym(one: Homonym) -> list[Any]:
    return [one.pos, _glosses(one.senses), one.register_ or 0, one.note or 0]


def _glosses(glosses: Sequence[str]) -> str | Sequence[str]:
    return glosses[0] if len(glosses) == 1 else glosses


def _gist(language: str) -> dict[str, Any]:
    """What is needed to read word by word; that is English on an Indonesian site, too."""
    return {
        "frequent": front_coded(sorted(frequent_roots())),
        "most": front_coded(sorted(commonest_roots())),
        "countries": _countries(),
        "newspaper": unfolding("en").rules() if language == "id" else 0,
    }


def _countries() -> list[tuple[str, str]]:
    """Their Indonesian names with the English, where these differ."""
    found = []
    for kind, code, forms, *_ in known_names()["known"]:
        if kind == "country":
            english = country_name(code, "en")
            found += [(form, english) for form in forms.split("|") if form != english]
    return found


def _terms() -> list[list[Any]]:
    """The glossary: forms, English, what it is."""
    return [
        [
            term.source,
            term.target[:MOST_SENSES],
            gettext(term.expansion) if term.expansion else "",
        ]
        for term in load_glossary().terms
    ]


def _language() -> Language:
    return "id" if spoken() == "id" else "en"
