"""The figures of the quality page, and the page itself."""

from dataclasses import replace

import pytest

import factory
from dwiwarta.model import Entry, RefusedAnswer, Segment, State, Translation
from dwiwarta.quality import TermAgreement, measure_quality
from dwiwarta.render import render_pages
from dwiwarta.render.quality_page import month_name, percent

TERM = TermAgreement("KPK", 4, (("KPK", 2),), lost=1, wrong=1)


def entries() -> tuple[Entry, ...]:
    """Two articles: one with every state, one without English; a source and none."""
    full = factory.entry("satu", source_name="Sumber <A>")
    states = [*State, None]
    segments = tuple(
        Segment("Teks.", Translation("Text.", state, "google") if state else None)
        for state in states
    )
    refused = replace(segments[-1], refused=(RefusedAnswer("google", "the number 5 was lost"),))
    stale = replace(segments[0], stale=Translation("Old.", State.EDITED, "Ani"))
    stars = Segment("***", Translation("***", State.MACHINE, "unchanged"))  # counts nowhere
    paragraphs = (stale, stars, *segments[1:-1], refused)
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
    assert [(r.engine, r.segments) for r in quality.refusals] == [("google", 1)]
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
    page = pages["quality/index.md"].data.decode()
    assert "Sumber &lt;A&gt;" in page
    assert "the number 5 was lost" in page
    assert "KPK" in page
    assert "50 %" in page
    assert "<A>" not in page
