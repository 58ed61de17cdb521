"""Every fixed phrase of the lexicon was looked for in real articles: met, or marked as not met."""

from collections import Counter

import yaml

from dwiwarta.knowledge import LEARNED_DIR
from dwiwarta.words import load_lexicon

MARKS = yaml.safe_load((LEARNED_DIR / "phrases.yml").read_text(encoding="utf-8"))
MET, NOT_MET = (MARKS[name].split("; ") for name in ("met", "not_met"))
LEAST_MET = 0.7  # of all; what is not met is there for other news than the articles looked at


def test_each_phrase_has_one_mark() -> None:
    # A new phrase: run training/check_phrases.py, or put it under `not_met`.
    assert sorted(load_lexicon().phrases) == sorted([*MET, *NOT_MET])
    assert not [phrase for phrase, marks in Counter([*MET, *NOT_MET]).items() if marks > 1]


def test_most_phrases_are_met() -> None:
    assert len(MET) / (len(MET) + len(NOT_MET)) > LEAST_MET


def test_every_phrase_has_a_gloss_and_stands_with_a_root_of_it() -> None:
    lexicon = load_lexicon()
    for phrase, roots in lexicon.phrases.items():
        assert lexicon.glosses(phrase), phrase
        assert all(lexicon.entries[root].senses for root in roots), phrase
