"""What ``review`` finds about names that differ over the site, and about merged copies."""

from datetime import date
from pathlib import Path

import pytest

from dwiwarta.errors import SettingsError
from dwiwarta.knowledge.glossary import Glossary, Term, load_glossary
from dwiwarta.model import Article, SourceRef, State, Story, TitleOrigin, Translation
from dwiwarta.problems import ProblemLog
from dwiwarta.translate.gate import load_gate_rules
from dwiwarta.translate.memory import open_memory
from dwiwarta.translate.review import Finding, Kind, review_memory

AUDIT = Term(
    source=("BPK",),
    target=("Supreme Audit Agency", "Audit Board", "BPK", "auditors"),
    names=("Supreme Audit Agency", "Audit Board"),
)
KOREA = Term(source=("Korsel",), target=("South Korea", "South Korean", "ROK"))


def names_found(tmp_path: Path, *english: str, source: str = "BPK datang") -> list[Finding]:
    """Findings about articles of one paragraph each, in that English."""
    (tmp_path / "articles").mkdir()
    articles = []
    with open_memory(tmp_path / "articles", tmp_path / ".cache", ProblemLog()) as memory:
        for number, text in enumerate(english):
            ref = SourceRef(f"{number}.txt")
            articles.append(Article(ref, "7", TitleOrigin.FIRST_LINE, (f"{source} {number}.",)))
            made = Translation(f"{text} {number}.", State.APPROVED, "Ani", date(2026, 1, 2))
            assert memory.record(ref, f"{source} {number}.", made)
    with open_memory(tmp_path / "articles", tmp_path / ".cache", ProblemLog()) as memory:
        found = review_memory(
            [Story(one) for one in articles], memory, Glossary((AUDIT, KOREA)), load_gate_rules()
        )
    return [one for one in found.findings if one.kind is Kind.INCONSISTENT]


def test_the_rarer_name_is_reported_where_it_stands(tmp_path: Path) -> None:
    [found] = names_found(
        tmp_path, "The Audit Board came", "Supreme Audit Agency came", "The Audit Board came"
    )
    assert (found.path, found.source) == ("1.txt.po", "BPK datang 1.")
    lines = (tmp_path / "articles" / "1.txt.po").read_text(encoding="utf-8").splitlines()
    assert lines[found.line - 1] == 'msgid "BPK datang 1."'
    assert found.english == "Supreme Audit Agency came 1."
    assert found.reason == '"BPK" is "Supreme Audit Agency" here, "Audit Board" elsewhere (2)'


def test_of_two_names_equally_often_the_glossarys_first_stands(tmp_path: Path) -> None:
    [found] = names_found(tmp_path, "The Audit Board came", "Supreme Audit Agency came")
    assert found.path == "0.txt.po"


def test_acronyms_and_looser_words_are_no_other_names(tmp_path: Path) -> None:
    assert names_found(tmp_path, "The BPK came", "The auditors came", "Audit Board came") == []


def test_adjectives_are_no_other_names(tmp_path: Path) -> None:
    english = ("South Korea came", "South Korean troops came", "ROK came")
    assert names_found(tmp_path, *english, source="Korsel datang") == []


def test_names_must_be_right_renderings(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yml"
    path.write_text("terms:\n  - {source: [A], target: [B], names: [B, C]}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="names that are not in target: C"):
        load_glossary(path)


def test_the_shipped_names_are_two_or_more_of_a_kind() -> None:
    terms = [term for term in load_glossary().terms if term.names]
    assert terms
    for term in terms:
        assert len(set(term.names)) == len(term.names) > 1


def test_an_edit_of_a_merged_copy_is_listed_beside_the_article_that_is_shown(
    tmp_path: Path,
) -> None:
    (tmp_path / "articles").mkdir()
    old = "Jembatan sepanjang 250 meter itu dibuka untuk umum pada hari Senin pagi."
    copy = Article(SourceRef("copy.txt"), "7", TitleOrigin.FIRST_LINE, (old,))
    shown = Article(
        SourceRef("shown.txt"), "7", TitleOrigin.FIRST_LINE, (old.replace("250", "260"),)
    )
    edit = Translation("The bridge of 250 metres opened.", State.EDITED, "Ani", date(2026, 1, 2))
    with open_memory(tmp_path / "articles", tmp_path / ".cache", ProblemLog()) as memory:
        assert memory.record(copy.ref, old, edit)
        found = review_memory([Story(shown, (copy,))], memory, Glossary(), load_gate_rules())
    assert [one.kind for one in found.findings] == [Kind.PENDING, Kind.STALE]
    assert found.findings[1].path == "shown.txt.po"
    assert found.findings[1].reason == "was: The bridge of 250 metres opened."


SAME = "Jembatan sepanjang 250 meter itu dibuka untuk umum pada hari Senin pagi."
ONLY_THERE = "Pedagang kaki lima di dekat jembatan berharap pengunjung bertambah."


def copy_findings(
    tmp_path: Path, shown_english: Translation, copy_english: Translation, source: str = SAME
) -> list[Finding]:
    """What is found about the English of a paragraph of a merged copy."""
    (tmp_path / "articles").mkdir(parents=True)
    ref, copy_ref = SourceRef("news.jsonl", "7"), SourceRef("copy.txt")
    shown = Article(ref, "7", TitleOrigin.FIRST_LINE, (SAME,))
    copy = Article(copy_ref, "7", TitleOrigin.FIRST_LINE, (SAME, ONLY_THERE))
    with open_memory(tmp_path / "articles", tmp_path / ".cache", ProblemLog()) as memory:
        assert memory.record(ref, SAME, shown_english)
        # Another layout of the same words.
        assert memory.record(copy_ref, f"{source} ", copy_english)
        found = review_memory(
            [Story(shown, (copy,))], memory, Glossary(), load_gate_rules(), "articles/"
        )
    return [one for one in found.findings if one.kind is Kind.COPY]


def made(text: str, state: State) -> Translation:
    return Translation(text, state, "Ani", date(2026, 1, 2))


@pytest.mark.parametrize("state", [State.EDITED, State.APPROVED])
def test_english_beside_a_copy_that_the_page_does_not_show_is_named(
    tmp_path: Path, state: State
) -> None:
    [found] = copy_findings(
        tmp_path, made("The bridge opened.", State.APPROVED), made("It opened.", state)
    )
    lines = (tmp_path / "articles" / "copy.txt.po").read_text(encoding="utf-8").splitlines()
    assert found.path == "articles/copy.txt.po"
    assert lines[found.line - 1] == f'msgid "{SAME} "'
    assert (found.source, found.english) == (f"{SAME} ", "It opened.")
    shown = tmp_path / "articles" / "news.jsonl.d" / "7.po"
    line = 1 + shown.read_text(encoding="utf-8").splitlines().index(f'msgid "{SAME}"')
    assert found.reason == (
        f"edit articles/news.jsonl.d/7.po:{line} instead: "
        "this copy is merged into that article, where the English differs"
    )


@pytest.mark.parametrize(
    ("shown", "copy"),
    [
        (made("It opened.", State.APPROVED), made("It opened.", State.EDITED)),
        (made("By machine.", State.MACHINE), made("It opened.", State.EDITED)),  # it is shown
        (made("It opened.", State.EDITED), made("By machine.", State.MACHINE)),
    ],
)
def test_english_beside_a_copy_that_is_shown_or_nobodys_work_is_not_named(
    tmp_path: Path, shown: Translation, copy: Translation
) -> None:
    assert copy_findings(tmp_path, shown, copy) == []


def test_an_edit_of_what_only_a_copy_says_is_named_until_it_is_approved(tmp_path: Path) -> None:
    shown = made("The bridge opened.", State.APPROVED)
    edited = copy_findings(tmp_path / "a", shown, made("Traders.", State.EDITED), ONLY_THERE)
    assert [one.reason for one in edited] == [
        "edit articles/news.jsonl.d/7.po instead: "
        "this copy is merged into that article, which lacks this text"
    ]
    approved = made("Traders.", State.APPROVED)
    assert copy_findings(tmp_path / "b", shown, approved, ONLY_THERE) == []


def test_the_gate_judges_machines_not_people(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    texts = ("Jembatan itu sepanjang 250 meter.", "Pasar itu menjual 300 kerbau.")
    article = Article(SourceRef("a.txt"), "7", TitleOrigin.FIRST_LINE, texts)
    day = date(2026, 1, 2)
    with open_memory(tmp_path / "articles", tmp_path / ".cache", ProblemLog()) as memory:
        memory.record(article.ref, texts[0], Translation("The bridge.", State.EDITED, "Ani", day))
        memory.record(article.ref, texts[1], Translation("The market.", State.MACHINE, "x 1", day))
        found = review_memory([Story(article)], memory, Glossary(), load_gate_rules())
    assert [(one.kind, one.source) for one in found.findings] == [(Kind.GATE, texts[1])]
