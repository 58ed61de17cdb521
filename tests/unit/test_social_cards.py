"""Social cards: who has one, what it says, and that nothing on it is cut off or smuggled in."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import factory
from dwiwarta.kinds import may_be_generated
from dwiwarta.model import Entry, Page
from dwiwarta.pipeline import build, code
from dwiwarta.pipeline.stages import NO_CARDS
from dwiwarta.problems import ProblemLog
from dwiwarta.render import can_draw, render_pages, social
from dwiwarta.render.social.drawing import COLOURS, HEIGHT, WIDTH, Shown, draw, png
from dwiwarta.render.social.faces import FOLDER, Face, sans, serif
from dwiwarta.render.social.lines import broken, cut, shortened
from dwiwarta.settings import PROJECT_ROOT, Project, Settings, SiteSettings

SVG = {"s": "http://www.w3.org/2000/svg"}
EDGE, TOP, BOTTOM = 72, 110, 540  # of what is on a card, and of its titles
SHOWN = Shown(
    site="Kabar Dua Bahasa",
    kind="Sample",
    indonesian="Pasar Terapung Dibuka Lagi",
    english="Floating Market Reopens",
    made="Machine translation",
    topic="Economy, business and finance",
    countries=("Indonesia", "Thailand", "Malaysia"),
    origin=("Kabar Pesisir", "1 March 2026"),
)
LONG = "Panitia Festival Perahu Hias Menjelaskan Perubahan Jadwal Lomba di Sepuluh Kampung Nelayan "
ANY = st.text(max_size=300)


def project(**site: Any) -> Project:
    return replace(factory.project(), settings=Settings(site=SiteSettings(**site)))


def files(entries: Sequence[Entry], of: Project | None = None) -> dict[str, Page]:
    return {page.path: page for page in render_pages(entries, of or project())}


def cards(made: dict[str, Page]) -> list[str]:
    return sorted(path for path in made if path.startswith("social/"))


def on_days(number: int) -> list[Entry]:
    first = date(2026, 1, 5)
    return [factory.entry(f"a{at}", when=first + timedelta(days=at)) for at in range(number)]


def drawn(shown: Shown) -> list[Any]:
    """The texts of a card, every one of which is inside it."""
    found = etree.fromstring(draw(shown)).findall("s:text", SVG)
    for one in found:
        text, size = one.text or "", float(one.get("font-size"))
        face = serif() if one.get("font-family") == serif().family else sans()
        width = face.width(text, size)
        left = float(one.get("x")) - (width if one.get("text-anchor") == "end" else 0)
        assert left >= EDGE - 1
        assert left + width <= WIDTH - EDGE + 1
    for one in found[2:-2]:
        baseline, size = float(one.get("y")), float(one.get("font-size"))
        assert baseline - 0.75 * size >= TOP
        assert baseline + 0.25 * size <= BOTTOM
    return found


def titles(shown: Shown) -> tuple[str, str]:
    """What stands in the Indonesian and in the English title, without what says who made it."""
    found = [one for one in drawn(shown)[2:-2] if float(one.get("font-size")) > 21]
    return tuple(
        " ".join(one.text for one in found if one.get("font-family") == face.family)
        for face in (serif(), sans())
    )  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Air & “batu” – 2,5 °C", "Air & “batu” – 2,5 °C"),
        ("Erdoğan di Wałbrzych dan Łódź", "Erdogan di Walbrzych dan Lódz"),
        ("Tamu (习近平) datang, “中” pulang", "Tamu datang, pulang"),
        ("Pesta 🎉 selesai", "Pesta selesai"),
        ("Nomor № 5, Ｂｅｓａｒ", "Nomor No 5, Besar"),
        ("Kata\u00adkata\u200b\u202e ini", "Katakata ini"),
        ("محمد يزور جاكرتا", ""),
        ("习近平 A", ""),
        ("Москва", ""),
        ("!?", ""),
        ("", ""),
    ],
)
def test_what_a_face_lacks_is_left_out_or_written_plainly(text: str, shown: str) -> None:
    assert serif().drawable(text) == shown
    assert sans().drawable(text) == shown


def test_what_cannot_be_drawn_leaves_no_dot_behind() -> None:
    shown = replace(SHOWN, origin=("صحيفة الخليج", "1 March 2026"))
    assert [one.text for one in drawn(shown)][-1] == "1 March 2026"


@given(ANY)
def test_a_drawable_text_has_only_what_the_face_has(text: str) -> None:
    shown = sans().drawable(text)
    assert set(shown) <= sans().advances.keys()
    assert shown == shown.strip()


@pytest.mark.parametrize(("name", "face"), [("newsreader", serif()), ("libre-franklin", sans())])
def test_widths_are_those_of_the_faces(name: str, face: Face) -> None:
    font = TTFont(FOLDER / f"{name}.ttf")
    scale = 1000 / font["head"].unitsPerEm
    assert {chr(point) for point in font.getBestCmap()} == face.advances.keys()
    for point, glyph in font.getBestCmap().items():
        assert abs(font["hmtx"][glyph][0] * scale - face.advances[chr(point)]) <= 0.5
    assert (font["name"].getDebugName(1), font["OS/2"].usWeightClass) == (face.family, face.weight)


@given(st.lists(st.text("abcW.-", min_size=1, max_size=40), max_size=30), st.integers(1, 6))
def test_lines_are_no_wider_than_they_may_be_and_lose_nothing(words: list[str], most: int) -> None:
    text = " ".join(words)
    lines = broken(text, serif(), 50, 600)
    assert all(serif().width(line, 50) <= 600 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    some = cut(lines, most, serif(), 50, 600)
    assert len(some) == min(most, len(lines))
    assert all(serif().width(line, 50) <= 600 for line in some)
    assert some == lines or some[-1].endswith("…") or len(lines) > most
    assert serif().width(shortened(text, serif(), 50, 200), 50) <= 200


@pytest.mark.parametrize(
    ("parts", "indonesian", "english"),
    [
        ({}, SHOWN.indonesian, SHOWN.english),
        ({"english": "", "made": ""}, SHOWN.indonesian, ""),
        ({"indonesian": "محمد يزور جاكرتا"}, "", SHOWN.english),
        ({"indonesian": "Banjir <b>&amp; angin"}, "Banjir <b>&amp; angin", SHOWN.english),
        ({"indonesian": "习近平", "english": ""}, SHOWN.site, ""),
    ],
)
def test_both_titles_are_there_as_far_as_they_can_be_shown(
    parts: dict[str, Any], indonesian: str, english: str
) -> None:
    assert titles(replace(SHOWN, **parts)) == (indonesian, english)


def test_a_long_title_gets_smaller_then_it_is_cut() -> None:
    once, often = (replace(SHOWN, indonesian=LONG * n, english=LONG * n) for n in (1, 5))
    assert titles(once) == (LONG.strip(), LONG.strip())
    assert all(text.endswith("…") for text in titles(often))
    sizes = [max(float(one.get("font-size")) for one in drawn(one)) for one in (SHOWN, once, often)]
    assert sizes == sorted(sizes, reverse=True)


def test_countries_that_have_no_room_are_counted() -> None:
    many = replace(SHOWN, countries=tuple(f"Negeri Panjang {n}" for n in range(9)))
    line = drawn(many)[-2].text
    named = line.rpartition(" +")[0].split(", ")
    assert line.endswith(f" +{9 - len(named)}")
    assert len(named) > 1


@settings(deadline=None)
@given(ANY, ANY, ANY, ANY, st.lists(ANY, max_size=4))
def test_any_text_is_escaped_and_inside(
    site: str, indonesian: str, english: str, other: str, countries: list[str]
) -> None:
    drawn(Shown(site, other, indonesian, english, other, other, tuple(countries), other))


def test_the_same_words_give_the_same_bytes_in_another_process_too() -> None:
    svg = draw(SHOWN)
    data = png(svg)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(data[at : at + 4], "big") for at in (16, 20)] == [WIDTH, HEIGHT]
    assert png(draw(replace(SHOWN, english="Floating Market Opens"))) != data
    program = (
        "import sys; from dwiwarta.render.social.drawing import png; "
        "sys.stdout.buffer.write(png(sys.stdin.buffer.read().decode()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=svg.encode(),
        capture_output=True,
        check=True,
        cwd=PROJECT_ROOT / "scripts",
    )
    assert done.stdout == data


def test_the_colours_are_the_sites() -> None:
    assert f"--dw-id: {COLOURS[0]}; --dw-en: {COLOURS[1]};" in " ".join(
        (PROJECT_ROOT / "docs/assets/palette.css").read_text("utf-8").split()
    )
    own = project(colours={"indonesian": "#702020", "english": "#204070"}, logo="")
    (entry,) = on_days(1)
    made = [files([entry], of)["social/article/a0.png"].render() for of in (project(), own)]
    assert made[0] != made[1]


def test_the_newest_have_cards_and_the_stories_that_they_are_of() -> None:
    old, new, other = on_days(3)
    reports = [replace(old, related=("a1",)), replace(new, related=("a0",)), other]
    assert cards(files(reports, project(social_cards=2))) == [
        *("social/article/a1.png", "social/article/a2.png", "social/story/a0.png")
    ]
    assert cards(files(reports, project(social_cards=1))) == ["social/article/a2.png"]
    assert all(map(may_be_generated, cards(files(reports))))
    for of in (project(social_cards=0), replace(project(), site_url=None)):
        made = files(reports, of)
        assert cards(made) == []
        for path in ("article/a2/index.md", "story/a0/index.md"):
            text = made[path].render().decode()
            assert "og:image" not in text
            assert "twitter:card" not in text
            assert "dw-card" not in text


def test_the_head_tells_of_a_card_where_there_is_one() -> None:
    bad = '"><script>alert(1)</script>'
    old, new = on_days(2)
    entries = [old, factory.entry("a1", (f"Judul {bad}", f"Title {bad}"), when=date(2026, 1, 6))]
    made = files(entries, project(social_cards=1))
    old_page, new_page = (made[f"article/a{n}/index.md"].render().decode() for n in (0, 1))
    assert "og:image" not in old_page
    assert "dw-card" not in old_page + new_page
    head = new_page.split("\n")[2]
    path = "https://dwiwarta.example/social/article/a1.png"
    assert f'og:image\\" content=\\"{path}\\"' in head
    for fact in ('og:image:width\\" content=\\"1200', 'og:image:height\\" content=\\"630'):
        assert fact in head
    assert 'twitter:card\\" content=\\"summary_large_image' in head
    assert "<script>" not in head
    assert "Title &#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt; · Judul" in head
    assert new.slug == "a1"


def test_a_new_article_takes_the_card_of_the_oldest_and_leaves_the_others() -> None:
    before, after = (
        {path: page.digest for path, page in files(some, project(social_cards=3)).items()}
        for some in (on_days(5), on_days(6))
    )
    gone = {path for path in before if path not in after}
    assert gone == {"social/article/a2.png"}
    come = {path for path in after if path not in before and not path.startswith("book/")}
    assert come == {"article/a5/index.md", "social/article/a5.png"}
    kept = [f"social/article/a{n}.png" for n in (3, 4)]
    assert [after[path] for path in kept] == [before[path] for path in kept]
    # Its page says no more that it has one; the page of an older article stays as it is.
    assert after["article/a2/index.md"] != before["article/a2/index.md"]
    assert after["article/a1/index.md"] == before["article/a1/index.md"]


def test_where_nothing_can_draw_there_are_none_and_a_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert can_draw()
    (tmp_path / "articles").mkdir()
    text = "Pasar Malam Dibuka\n\nSenin, 4 Maret 2024\n\nPasar malam di tepi sungai dibuka lagi.\n"
    (tmp_path / "articles" / "a.txt").write_text(text, "utf-8")
    of = replace(project(), root=tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(social, "_library", lambda: "")
        patch.setattr(code, "_OF_PICTURES", "no-such-library")
        made = build(of, ProblemLog(), lambda _: None, engines=(), with_site=False)
        assert NO_CARDS in made.notes
        assert not (tmp_path / "docs" / "social").exists()
    made = build(of, ProblemLog(), lambda _: None, engines=(), with_site=False)
    assert NO_CARDS not in made.notes
    (card,) = (tmp_path / "docs" / "social" / "article").iterdir()
    (page,) = (tmp_path / "docs" / "article").glob("*/index.md")
    assert f"social/article/{card.name}" in page.read_text("utf-8")
