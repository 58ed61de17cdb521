"""Topics: the 17 of IPTC, from weighted words and from the publisher's section."""

from pathlib import Path
from typing import Any

import pytest

from dwiwarta.knowledge import KNOWLEDGE_DIR, LEARNED_DIR, taxonomy
from dwiwarta.knowledge.entries import Topics
from dwiwarta.knowledge.taxonomy import is_topic, topic_name, topic_slug
from dwiwarta.model import Article, SourceRef, TitleOrigin
from dwiwarta.tag import Tagger, load_tagger
from dwiwarta.tag.schema import TopicTerms, TopicWeights
from dwiwarta.tag.topics import TopicTagger
from dwiwarta.yamlfile import load_yaml, parse_yaml
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "tag" / "topics.yml"
TERMS = load_yaml(KNOWLEDGE_DIR / "topic_terms.yml", TopicTerms)
WEIGHTS = load_yaml(LEARNED_DIR / "topic_weights.yml", TopicWeights)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger()


def topics(tagger: Tagger, title: str, text: str = "", category: str | None = None) -> list[str]:
    paragraphs = (text,) if text else ()
    article = Article(
        SourceRef("a.txt"), title, TitleOrigin.FIRST_LINE, paragraphs, category=category
    )
    return [topic.id for topic in tagger.tag(article).topics]


def test_topics_of_short_articles(tagger: Tagger) -> None:
    def check(case: dict[str, Any]) -> None:
        got = topics(tagger, case["title"], case["text"])
        assert got[:1] == ([f"medtop:{case['first']}000000"] if case["first"] else [])
        assert len(got) <= 3
        if "also" in case:
            assert f"medtop:{case['also']}000000" in got

    check_each(cases(CASES), check)


@pytest.mark.parametrize(
    ("category", "first"),
    [
        ("Olahraga", "15"),
        ("url:news/internasional > Cuaca", "17"),
        ("Hiburan > Film", "01"),
        ("Sosial & Kemasyarakatan / kw: BPJS", "14"),
    ],
)
def test_the_section_decides_where_the_text_says_little(
    category: str, first: str, tagger: Tagger
) -> None:
    assert topics(tagger, "Dibuka Pagi Ini", "Pintu kiri.", category)[0] == f"medtop:{first}000000"


def test_an_unknown_section_says_nothing(tagger: Tagger) -> None:
    assert topics(tagger, "Dibuka Pagi Ini", "Pintu kiri.", "nasional/umum") == []


def test_evidence_names_words_and_section(tagger: Tagger) -> None:
    article = Article(
        SourceRef("a.txt"), "Gol", TitleOrigin.FIRST_LINE, ("Pelatih senang.",), category="Bola"
    )
    (first, *_) = tagger.tag(article).topics
    told = {(e.words, e.where) for e in first.evidence}
    assert {("gol", "title"), ("pelatih", "body"), ("Bola", "section")} <= told


def test_longest_term_wins_and_capitals_are_kept_where_written() -> None:
    terms = TopicTerms(
        terms={
            "medtop:16000000": {2.0: ("perang",)},
            "medtop:04000000": {2.0: ("perang dagang",)},
            "medtop:02000000": {2.0: ("MA",)},
        }
    )
    plain = TopicWeights(title_counts=1, scale=3, bias={}, learned={})
    made = TopicTagger(taxonomy.topics(), terms, plain)
    tagger_of = load_tagger()
    tagger_of._topics = made
    assert topics(tagger_of, "Perang dagang")[0] == "medtop:04000000"
    assert topics(tagger_of, "Perang")[0] == "medtop:16000000"
    assert topics(tagger_of, "Putusan MA")[0] == "medtop:02000000"
    assert topics(tagger_of, "Ma, aku pulang") == []


def test_labels_slugs_and_ids() -> None:
    ids = list(taxonomy.topics().topics)
    assert ids == [f"medtop:{number:02}000000" for number in range(1, 18)]
    assert is_topic("medtop:11000000")
    assert not is_topic("medtop:20000001")
    assert topic_name("medtop:16000000", "id") == "Konflik, perang, dan perdamaian"
    assert topic_slug("medtop:16000000") == "conflict-war-and-peace"
    assert len({topic_slug(topic) for topic in ids}) == 17
    for lang in ("en", "id"):
        assert len({topic_name(topic, lang) for topic in ids}) == 17


def test_knowledge_files_speak_of_known_topics_only() -> None:
    for listed in (TERMS.terms, WEIGHTS.learned, WEIGHTS.bias):
        assert [topic for topic in listed if not is_topic(topic)] == []
    sections = [s for topic in taxonomy.topics().topics.values() for s in topic.sections]
    assert len(sections) == len(set(sections)), "a section stands under two topics"
    assert all(section == section.lower() for section in sections)


def test_lists_stay_small_enough_to_edit() -> None:
    for topic, groups in TERMS.terms.items():
        assert sum(map(len, groups.values())) + len(WEIGHTS.learned.get(topic, {})) <= 400, topic


def test_a_term_listed_twice_is_a_fault() -> None:
    faults, value = parse_yaml("terms: {'medtop:15000000': {1.5: [gol], 0.5: [gol]}}\n", TopicTerms)
    assert value is None
    assert "listed twice: gol" in faults[0][1]


def test_unknown_keys_are_faults() -> None:
    faults, _ = parse_yaml("rules: {}\ntopics: {}\ntopic: {}\n", Topics)
    assert any("unknown key" in reason for _, reason in faults)
