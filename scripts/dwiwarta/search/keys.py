"""The keys of the index: a form of a word and its stem, for words and for names of tags.

A key is ``luncur meluncurkan``, or one word where form and stem are the same, so that keys in order
have the forms of a word together. Three kinds of forms stand beside each other:

``meluncurkan``  a word of the text, in small letters without accents
``AS``           a word of two to four letters that the text has in capitals
``+kongo``       a word of the name of one of the article's tags, which need not be in the text

Parts of articles hold words; keys are made once for all the articles of a shard.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dwiwarta.knowledge.overlays import remembered
from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.search.facets import facet_names
from dwiwarta.search.words import LONGEST_FORM, forms_of, forms_of_word, stem

NAME_MARK = "+"
_WORDS_KEPT = 200_000  # of a site with 10,000 articles nearly all: about 40 MB


class _Keys(dict[str, tuple[str, ...]]):
    """The keys of each word, made when it first comes."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.known: Mapping[str, str] = {}  # keys by form, so that they need not be made

    def __missing__(self, word: str) -> tuple[str, ...]:
        known = self.known.get
        found = tuple(known(form) or _key(form, self._language) for form in forms_of_word(word))
        if len(word) <= LONGEST_FORM:
            if len(self) > _WORDS_KEPT:
                self.clear()
            self[word] = found
        return found


@remembered
def keys_of_words(language: str) -> _Keys:
    """The keys of each word of ``SearchPart.texts`` and ``titles``: of any that is asked for."""
    return _Keys(language)


def learn_keys(lines: str) -> None:
    """Take over keys that were made before, by the same rules, in place of any learned earlier.

    ``lines``: of ``Bucket.keys``, in any order. They change nothing but the speed: to make those of
    a month takes longer than all else about it.
    """
    known: dict[str, dict[str, str]] = {SOURCE_LANGUAGE: {}, TARGET_LANGUAGE: {}}
    indonesian, english = known.values()
    for line in lines.split("\n") if lines else ():
        key = line[1:]
        form = key[key.rfind(" ") + 1 :]
        if form.startswith(NAME_MARK):
            continue
        if line[0] in "13":
            indonesian[form] = key
        if line[0] in "23":
            english[form] = key
    for language, keys in known.items():
        keys_of_words(language).known = keys


@remembered
def keys_of_names(facet: str) -> frozenset[str]:
    """The keys under which articles with this facet are found in either language."""
    return frozenset(
        _key(NAME_MARK + form, language)
        for language, name in facet_names(facet)
        for form in forms_of(name)
    )


def _key(form: str, language: str) -> str:
    own = stem(form.lstrip(NAME_MARK), language)
    return form if own == form else f"{own} {form}"


def articles_by_key(words: Mapping[str, list[int]], language: str) -> dict[str, list[list[int]]]:
    """For each key the articles of all words that have it."""
    keys_of = keys_of_words(language)
    found: dict[str, list[list[int]]] = defaultdict(list)
    for word, numbers in words.items():
        for key in keys_of[word]:
            found[key].append(numbers)
    return found


def merged(*some: Mapping[str, list[list[int]]]) -> dict[str, Sequence[int]]:
    """For each key of all its articles, each once and in order."""
    lists: dict[str, list[list[int]]] = defaultdict(list)
    for found in some:
        for key, numbers in found.items():
            lists[key] += numbers
    return {
        key: numbers[0] if len(numbers) == 1 else sorted(set().union(*numbers))
        for key, numbers in lists.items()
    }
