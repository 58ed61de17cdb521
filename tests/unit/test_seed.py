"""The first article, end to end: the result is agreed word for word."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from dwiwarta.clean import clean_article, load_rules
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.model import Article, RemovalKind, State, Story, TranslatedText
from dwiwarta.problems import ProblemLog
from dwiwarta.read import read_file
from dwiwarta.settings import InputSettings, TranslationSettings
from dwiwarta.tag import load_tagger
from dwiwarta.translate import make_chain, open_memory, translate_stories
from project_rig import PUBLISHED

NAME = "000_be7c9fe0555141bb.txt"


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    text = (Path(__file__).parents[1] / "cases" / "seed.yml").read_text("utf-8")
    value = yaml.safe_load(text)
    assert isinstance(value, dict)
    return value


@pytest.fixture(scope="module")
def seed() -> Article:
    (raw,) = read_file(PUBLISHED / NAME, NAME, InputSettings(), ProblemLog())
    return clean_article(raw, load_rules())


def test_title_date_dateline_and_initials(seed: Article, expected: dict[str, Any]) -> None:
    assert seed.title == expected["title"]
    assert seed.published is not None
    assert seed.published.iso == expected["published"]
    assert seed.dateline == expected["dateline"]
    assert seed.initials == expected["initials"]


def test_ten_different_paragraphs_in_order(seed: Article, expected: dict[str, Any]) -> None:
    assert list(seed.paragraphs) == expected["paragraphs"]
    assert len(seed.paragraphs) == 10


def test_the_audit_lists_every_removal_with_its_reason(
    seed: Article, expected: dict[str, Any]
) -> None:
    kinds = Counter(removal.kind for removal in seed.removed)
    assert kinds[RemovalKind.REPEAT] == expected["repeats"]
    boilerplate = [r.text for r in seed.removed if r.kind is RemovalKind.BOILERPLATE]
    assert boilerplate == expected["removed_boilerplate"]
    assert any(r.text == "(ian)" for r in seed.removed)
    assert all(removal.reason for removal in seed.removed)


def test_countries_and_topics(seed: Article, expected: dict[str, Any]) -> None:
    tags = load_tagger().tag(seed)
    assert set(tags.about) == set(expected["about"])
    assert set(tags.mentioned) == set(expected["mentioned"])
    assert [topic.id for topic in tags.topics][:2] == expected["topics"]
    assert all(country.evidence for country in tags.countries)


def test_ten_english_paragraphs_checked_by_a_person(seed: Article, tmp_path: Path) -> None:
    problems = ProblemLog()
    with open_memory(PUBLISHED, tmp_path, problems) as memory:
        chain = make_chain(TranslationSettings(engines=()), load_glossary())
        (text,) = translate_stories([Story(seed)], memory, chain)
    assert isinstance(text, TranslatedText)
    assert len(text.paragraphs) == 10
    for segment in text.segments:
        assert segment.translation is not None
        assert segment.translation.state is State.APPROVED
