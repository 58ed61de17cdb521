"""The figures of the quality page, and the page itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import pytest
import yaml

import factory
from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.knowledge.term_use import TermUse
from dwiwarta.model import Entry, Rejection, Segment, State, Translation
from dwiwarta.quality import kind_of, measure_quality
from dwiwarta.render import render_pages
from dwiwarta.render.quality_page import month_name, percent, row, wanted
from dwiwarta.translate.gate import check_answer

TERM = TermUse("KPK", 4, (("KPK", 2),), lost=1, wrong=1)
WRONG = Path(__file__).parents[1] / "cases/gate/wrong.yml"


def entries() -> tuple[Entry, ...]:
    """Two articles: one with every state, one without English; a source and none."""
    full = factory.entry("satu", source_name="Sumber <A>")
    states = [*State, None]
    segments = tuple(
        Segment("Teks.", Translation("Text.", state, "google") if state else None)
        for state in states
    )
    rejected = replace(segments[-1], rejections=(Rejection("google", "the number 5 was lost"),))
    stale = replace(segments[0], stale=Translation("Old.", State.EDITED, "Ani"))
    stars = Segment("***", Translation("***", State.MACHINE, "unchanged"))  # counts nowhere
    paragraphs = (stale, stars, *segments[1:-1], rejected)
    full = replace(full, text=replace(full.text, title=segments[2], paragraphs=paragraphs))
    bare = factory.entry("dua", source_name=None)
    empty = tuple(Segment(p.source) for p in bare.text.paragraphs)
    bare = replace(bare, text=replace(bare.text, title=Segment("Judul"), paragraphs=empty))
    return full, bare


def test_every_segment_is_counted_once_in_its_state() -> None:
    quality = measure_quality(entries(), [TERM])
    known, unknown = sorted(quality.by_source, key=lambda group: group.name, reverse=True)
    counts = (known.draft, known.machine, known.edited, known.approved, known.missing)
    assert counts == (1, 1, 2, 1, 1)
    assert known.segments == 6
    assert unknown.missing == unknown.segments > 0
    assert unknown.translated == 0
    assert quality.total.segments == known.segments + unknown.segments
    assert quality.total.articles == 2
    assert quality.stale == 1
    assert quality.engines == (("google", 2),)
    assert [(r.engine, r.answers) for r in quality.rejections] == [("google", 1)]
    assert quality.agreement == 0.5


def test_the_order_of_articles_does_not_matter() -> None:
    one, two = entries()
    assert measure_quality([one, two], []) == measure_quality([two, one], [])


def test_nothing_at_all_is_complete() -> None:
    quality = measure_quality([], [])
    assert quality.total.translated == quality.agreement == 1


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0 %"), (0.001, "1 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %")]
)
def test_all_and_nothing_are_never_rounded_to(share: float, text: str) -> None:
    assert percent(share) == text


def test_months_are_named_and_other_groups_kept() -> None:
    (group, *_) = measure_quality(entries(), []).by_month
    assert month_name(replace(group, name="2023-11")) == "November 2023"
    assert month_name(replace(group, name="")) == ""


def test_the_page_shows_the_figures_and_escapes_names() -> None:
    quality = measure_quality(entries(), [TERM])
    pages = {p.path: p for p in render_pages(entries(), factory.project(), quality=quality)}
    page = pages["quality/index.md"].render().decode()
    assert "Sumber &lt;A&gt;" in page
    assert "the number 5 was lost" in page
    assert "KPK" in page
    assert "50 %" in page
    assert "<A>" not in page


# --- order ----------------------------------------------------------------------------------


def test_sources_go_by_letter_and_months_by_time_and_the_unknown_comes_last() -> None:
    made = [
        factory.entry(f"{n}", source_name=name, when=when)
        for n, (name, when) in enumerate(
            [
                (None, date(2025, 1, 2)),
                ("Warta", date(2024, 12, 31)),
                ("detikcom", None),
                ("ANTARA", date(2025, 11, 1)),
                ("Éntara", date(2025, 2, 1)),
            ]
        )
    ]
    quality = measure_quality(made, ())
    assert [one.name for one in quality.by_source] == ["ANTARA", "detikcom", "Warta", "Éntara", ""]
    assert [one.name for one in quality.by_month] == [
        "2025-11",
        "2025-02",
        "2025-01",
        "2024-12",
        "",
    ]


# --- answers rejected -------------------------------------------------------------------------


def rejecting(*rejected: tuple[str, str]) -> Entry:
    """An article whose only paragraph these engines translated wrong, for these reasons."""
    made = factory.entry("ditolak", source_name="Sumber")
    paragraph = Segment("Teks.", rejections=tuple(Rejection(*one) for one in rejected))
    return replace(made, text=replace(made.text, paragraphs=(paragraph,)))


def test_answers_rejected_are_counted_by_engine_and_kind() -> None:
    made = rejecting(
        ("google", "a number is missing: 7"),
        ("google", "a number is missing: 12"),
        ("google", "the answer is empty"),
        ("deepl", "a number is missing: 1"),
        ("google", "a number is missing: 12"),
        ("google", "a number is missing: 3"),
        ("google", "a number is missing: 99"),
    )
    quality = measure_quality([made], ())
    assert [(one.engine, one.kind, one.answers) for one in quality.rejections] == [
        ("google", "a number is missing", 5),
        ("deepl", "a number is missing", 1),
        ("google", "the answer is empty", 1),
    ]
    assert quality.rejected == 7
    # The most frequent first, then by letter, each with the first place that it was met at.
    assert [[example.reason for example in one.examples] for one in quality.rejections] == [
        ["a number is missing: 12", "a number is missing: 3", "a number is missing: 7"],
        ["a number is missing: 1"],
        ["the answer is empty"],
    ]
    assert {
        (example.slug, example.place) for one in quality.rejections for example in one.examples
    } == {(made.slug, 1)}


def test_a_kind_holds_nothing_of_a_single_answer() -> None:
    cases = yaml.safe_load(WRONG.read_text("utf-8"))
    glossary = load_glossary()
    reasons = [check_answer(case["source"], case["answer"], glossary) for case in cases]
    kinds = {kind_of(reason) for reason in reasons if reason}
    assert len(kinds) > 10
    assert [kind for kind in kinds if re.search(r"\d|[\"“”:…]", kind)] == []


@pytest.mark.parametrize("reason", ["", " ", ": 5", '"x"'])
def test_any_reason_has_a_kind(reason: str) -> None:
    assert measure_quality([rejecting(("google", reason))], ()).rejected == 1


# --- the page ---------------------------------------------------------------------------------


def page_of(entries: Sequence[Entry], terms: Iterable[TermUse] = ()) -> lxml.html.HtmlElement:
    quality = measure_quality(entries, terms)
    pages = {p.path: p for p in render_pages(entries, factory.project(), quality=quality)}
    return lxml.html.fromstring(pages["quality/index.md"].render().decode().split("---\n", 2)[2])


def cells(page: lxml.html.HtmlElement, table: str) -> list[list[str]]:
    """The rows of a table, heads included, as they are shown on a wide screen."""
    found = page.xpath(f"//table[@aria-label='{table}']")[0]
    for word in found.xpath(".//span[@class='dw-rows__what']"):
        word.drop_tree()
    return [[cell.text_content().strip() for cell in row] for row in found.iter("tr")]


@pytest.mark.parametrize("table", ["By source", "By month of publication"])
def test_how_much_is_there_and_how_much_is_not_come_first(table: str) -> None:
    rows = cells(page_of(entries()), table)
    assert rows[0][1:] == [
        *("Translated", "Missing", "Checked", "Edited", "Machine", "Rough draft", "Articles")
    ]
    assert rows[-1] == ["All", "62 %", "3", "1", "2", "1", "1", "2"]
    names = [row[0] for row in rows[1:-1]]
    assert names == (["Sumber <A>", "Not known"] if table == "By source" else ["February 2026"])


def test_a_bar_says_in_words_what_it_shows() -> None:
    known = measure_quality(entries(), ()).by_source[0]
    shown = row("Sumber", known)
    assert (
        shown.spoken == "50 % checked or edited by a person, 33 % by a machine alone, 17 % missing"
    )
    assert shown.parts == (
        *(("approved", 1), ("edited", 2), ("machine", 1), ("draft", 1), ("missing", 1)),
    )
    assert row("Kosong", replace(known, name="", approved=0, edited=0)).spoken == (
        "67 % by a machine alone, 33 % missing"
    )
    bars = page_of(entries()).xpath("//*[@role='img']/@aria-label")
    assert shown.spoken in bars


def test_answers_rejected_are_a_table_with_a_sum_and_a_few_examples() -> None:
    made = rejecting(
        ("google", "a number is missing: <7>"),
        *[("deepl", f"a day differs: {n}") for n in range(9)],
    )
    page = page_of([made])
    assert cells(page, "Rejected answers") == [
        ["Engine", "What was wrong", "Answers"],
        ["DeepL", "A day differs", "9"],
        ["Google Translate", "A number is missing", "1"],
        ["All", "", "10"],
    ]
    examples = [one.text_content() for one in page.xpath("//details//dd")]
    assert examples == [
        *(f"a day differs: {n} paragraph 1" for n in range(3)),
        "a number is missing: <7> paragraph 1",
    ]
    assert {str(link) for link in page.xpath("//details//dd/a/@href")} == {
        f"../article/{made.slug}/#p1"
    }


def test_terms_that_are_most_often_wrong_come_first_with_what_is_right() -> None:
    terms = [
        TermUse("aman", 9, (("safe", 9),), lost=0, wrong=0, right=("safe",)),
        TermUse("bank", 3, (("bank", 2),), lost=1, wrong=0, right=("bank",)),
        TermUse("Anu", 5, (), lost=0, wrong=1, right=("a", "b", "c", "d", "e")),
        TermUse("capres", 9, (("x", 1), ("<y>", 1)), lost=4, wrong=3),
    ]
    assert cells(page_of(entries(), terms), "Terms without an agreed rendering") == [
        ["Term", "Should be", "Rendered as", "Not found", "Wrong", "Uses"],
        ["capres", "–", "x (1), <y> (1)", "4", "3", "9"],
        ["Anu", "a, b, c and 2 more", "–", "0", "1", "5"],
        ["bank", "bank", "bank (2)", "1", "0", "3"],
    ]
    assert wanted(("a", "b", "c")) == "a, b, c"
