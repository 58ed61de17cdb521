"""English words as matching knows them: a key that the forms of a word share.

Rough on purpose, as it need not be read, only be equal: ``studies`` and ``study`` are ``studi``.
``docs/assets/words/align.js`` does the same in a reader's browser; ``tests/browser/`` holds the two
together.
"""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.layers import laid_over, overlay_of
from dwiwarta.knowledge.overlays import forget_with_overlays, load_overlay, remembered
from dwiwarta.yamlfile import Strict, load_yaml

WORD = re.compile(r"[0-9](?:[0-9.,]*[0-9])?|[^\W\d_]+(?:['’][^\W\d_]+)*")
_ASIDE = re.compile(r"\([^)]*\)")
_KEPT = 100_000
_SHORT_VERB = re.compile("^[^aeiou]*[aeiou][^aeiouwxy]$")
_SHORTEST = 3  # letters that an ending leaves
_BRITISH = 4  # letters; longer keys are brought to one spelling (*labour*, *organise*, *centre*)


class MatchingRules(Strict):
    """The schema of ``alignment.yml``; the file says what its keys mean."""

    irregular: dict[str, tuple[str, ...]]
    unchanged: str
    empty: str
    loose: str

    @cached_property
    def bases(self) -> Mapping[str, str]:
        """The word that each irregular form belongs to."""
        return {form: base for base, forms in self.irregular.items() for form in forms}

    @cached_property
    def participles(self) -> Mapping[str, str]:
        """The past participle of each irregular verb: the last form that may be one."""
        found = {
            base: may_be[-1]
            for base, forms in self.irregular.items()
            if (may_be := [form for form in forms if not form.endswith(("ing", "s"))])
        }
        return found | {word: word for word in self.unchanged.split()}

    @cached_property
    def empty_words(self) -> frozenset[str]:
        """English words that are matched by their neighbours alone."""
        return frozenset(self.empty.split())

    @cached_property
    def loose_words(self) -> frozenset[str]:
        """Indonesian words that are not matched by themselves."""
        return frozenset(self.loose.split())


class MatchingOverlay(overlay_of(MatchingRules)):  # type: ignore[misc] # made of the schema above
    """A site's own ``alignment.yml``: words and forms are added."""

    def over(self, program: MatchingRules) -> MatchingRules:
        """The program's rules with ours."""
        rules = laid_over(program, self, self.without)
        lists = {}
        for name in ("unchanged", "empty", "loose"):
            words = (*getattr(program, name).split(), *(getattr(self, name) or "").split())
            lists[name] = " ".join(one for one in words if one not in self.without)
        return rules.model_copy(update=lists)


@remembered
def matching_rules() -> MatchingRules:
    """The program's rules with the site's own over them.

    Raises ``SettingsError`` with ``file:line: reason`` for each fault.
    """
    own = load_overlay("alignment.yml", MatchingOverlay)
    return own.over(load_yaml(KNOWLEDGE_DIR / "alignment.yml", MatchingRules))


def passive(gloss: str) -> str:
    """``be killed`` of ``kill``, ``be carried out`` of ``carry out``."""
    verb, *rest = gloss.split(" ")
    if verb == "be":
        return gloss
    form = f"{verb}ed"
    if known := matching_rules().participles.get(verb):
        form = known
    elif verb.endswith("e"):
        form = f"{verb}d"
    elif re.search("[^aeiou]y$", verb):
        form = f"{verb[:-1]}ied"
    elif _SHORT_VERB.search(verb):
        form = f"{verb}{verb[-1]}ed"
    return " ".join(("be", form, *rest))


def is_acronym(word: str) -> bool:
    """Whether a word is written in capitals."""
    return len(word) > 1 and word.isupper()


@lru_cache(_KEPT)
def english_key(word: str) -> str:
    """What all forms of an English word share; an acronym stays what it is (*US* is not *us*)."""
    if is_acronym(word):
        return word
    plain = word.lower().replace("’", "'")
    plain = plain.removesuffix("'s")
    plain = matching_rules().bases.get(plain, plain)
    if (plain.endswith("ies") and len(plain) > 4) or (plain.endswith("ied") and len(plain) > 4):
        plain = plain[:-3] + "y"
    elif plain.endswith(("sses", "shes", "ches", "xes", "zes")):
        plain = plain[:-2]
    elif plain.endswith("s") and not plain.endswith(("ss", "us", "is")) and len(plain) > _SHORTEST:
        plain = plain[:-1]
    for ending in ("ing", "ed", "ly"):
        stem = plain[: -len(ending)]
        if plain.endswith(ending) and len(stem) >= _SHORTEST and re.search("[aeiouy]", stem):
            plain = stem
            break
    if len(plain) > _SHORTEST and plain.endswith("e"):
        plain = plain[:-1]
    if len(plain) > _BRITISH:
        plain = re.sub("is$", "iz", plain.replace("our", "or").replace("isation", "ization"))
        plain = re.sub("tr$", "ter", plain)
    if len(plain) > _SHORTEST and plain[-1] == plain[-2] and plain[-1] not in "aeiou":
        plain = plain[:-1]
    if plain.endswith("y") and len(plain) > 2:
        plain = plain[:-1] + "i"
    return plain


def is_empty(word: str) -> bool:
    """Whether an English word is matched by its neighbours alone."""
    rules, small = matching_rules(), word.lower()
    return rules.bases.get(small, small) in rules.empty_words and not is_acronym(word)


forget_with_overlays(english_key.cache_clear)


@lru_cache(_KEPT)
def gloss_keys(gloss: str) -> tuple[str, ...]:
    """The keys of what a gloss says, in order: ``be granted`` is that of *grant*.

    Of a gloss that has nothing but empty words, these.
    """
    words = [one[0] for one in WORD.finditer(_ASIDE.sub(" ", gloss))]
    said = [one for one in words if not is_empty(one)]
    return tuple(map(english_key, said or words))


forget_with_overlays(gloss_keys.cache_clear)
