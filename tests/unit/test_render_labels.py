"""Who made the English: labels, the note on a page, and marks in lists."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import lxml.html
import pytest

import factory
from dwiwarta.model import Entry, Page, Rejection, Segment, State, Translation
from dwiwarta.render import render_pages
from dwiwarta.render.article import article_head
from dwiwarta.render.note import translation_note
from page_rig import read, texts

DAY = date(2026, 3, 2)
STARS = Segment("***", Translation("***", State.MACHINE, "unchanged"))
OUTDATED = Segment("Ada kata.", stale=Translation("A word.", State.EDITED, "Ani", DAY))
REFUSED = (Rejection("google", "numbers"),)
TRUST = "The Indonesian is the original: where the two differ, trust it."


def by(who: str, state: State = State.MACHINE) -> Segment:
    """A paragraph whose English is by ``who``."""
    return Segment("Ada kata.", Translation("There is a word.", state, who, DAY))


def made_of(title: Segment, *paragraphs: Segment, slug: str = "contoh") -> Entry:
    """An entry of these segments."""
    made = factory.entry(slug)
    return replace(made, text=replace(made.text, title=title, paragraphs=paragraphs))


def title_page(title: Segment, *paragraphs: Segment) -> Any:
    """The article page of an entry of these segments."""
    made = render_pages([made_of(title, *paragraphs)], factory.project())
    return read({page.path: page for page in made}["article/contoh/index.md"])[1]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    made = render_pages(factory.sample_entries(), factory.project())
    return {page.path: page for page in made}


def test_each_state_is_worded_and_marked(pages: dict[str, Page]) -> None:
    _, page = read(pages["article/2026-02-26-vaksin-baru/index.md"])
    pairs = page.xpath("//div[contains(@class, 'dw-text')]/div[@class='dw-pair']")
    assert [p.get("data-state") for p in pairs] == [
        *("edited", "machine", "draft", "missing", "stale", "approved", "machine"),
    ]
    machine, human = "en-x-mtfrom-id", "en"
    assert [p.xpath("./div/p[not(@class)]/@lang") for p in pairs] == [
        [human], [machine], [machine], [], [human], [human], [machine],
    ]  # fmt: skip
    # Who made each kind is said once, in the note.
    assert [texts(p, "./div/p[@class='dw-state']") for p in pairs] == [
        ["Edited translation"],
        ["Machine translation"],
        ["Rough draft"],
        [],
        ["Earlier wording, edited by Dewi Lestari, 2 March 2026: the Indonesian has changed since"],
        ["Checked translation"],
        ["Machine translation"],
    ]
    note = " ".join(texts(page, "//div[@class='dw-note__text']/p"))
    for said in (
        "Checked by Budi Hartono, 2 March 2026.",
        "Edited by Dewi Lestari, 2 March 2026.",
        "Machine translation by Firefox Translations, 2 March 2026, not checked.",
        "Rough draft by Firefox Translations, 2 March 2026.",
    ):
        assert said in note
    assert texts(pairs[3], ".//p[@class='dw-pair__none']") == [
        "Not translated yet belum diterjemahkan"
    ]
    assert "Firefox Translations 1.0" in page.xpath("//div[@class='dw-note__text']//@title")


def test_english_of_an_earlier_wording_stands_open_where_there_is_no_newer(
    pages: dict[str, Page],
) -> None:
    _, page = read(pages["article/2026-02-26-vaksin-baru/index.md"])
    (only,), (beside,) = (page.xpath(f"//div[@id='{one}']") for one in ("p5", "p7"))
    assert texts(only, "./div/*")[1:] == ["Hospitals in Alexandria follow in April."]
    assert not only.xpath(".//details | .//*[contains(@class, 'dw-pair__none')]")
    assert texts(beside, ".//details") == [
        "Earlier wording, checked by Budi Hartono, 2 March 2026: the Indonesian has changed since"
    ]
    assert texts(beside, ".//details/following-sibling::p[@lang='en']") == [
        "The first report is due in May."
    ]


def test_the_title_says_who_made_it_where_that_is_not_clear(pages: dict[str, Page]) -> None:
    label = "//header//p[contains(@class, 'dw-state--title')]"
    _, mixed = read(pages["article/2026-02-26-vaksin-baru/index.md"])
    assert texts(mixed, label) == [
        "Title: machine translation by Firefox Translations, 2 March 2026, not checked"
    ]
    ani = by("Ani", State.APPROVED)
    assert texts(title_page(ani, by("google"), by("google")), label) == [
        "Title: checked by Ani, 2 March 2026"
    ]
    assert texts(title_page(by("google"), by("google"), STARS), label) == []
    assert texts(title_page(by("google"), Segment("Ada kata.")), label) == [
        "Title: machine translation by Google Translate, 2 March 2026, not checked"
    ]
    assert texts(title_page(Segment("Ada kata."), ani, by("google")), label) == []


def test_a_title_whose_indonesian_has_changed_keeps_its_english_with_a_warning() -> None:
    old = Translation("There was a word.", State.EDITED, "Ani", DAY)
    page = title_page(Segment("Ada kata.", stale=old), by("google"))
    assert texts(page, "//h1/span[@class='dw-pair__en']") == ["There was a word."]
    assert texts(page, "//header//p[contains(@class, 'dw-state--title')]") == [
        "Title: earlier wording, edited by Ani, 2 March 2026: the Indonesian has changed since"
    ]


def test_where_nothing_is_translated_the_note_alone_says_so_aloud(pages: dict[str, Page]) -> None:
    _, page = read(pages["article/tanpa-tanggal/index.md"])
    (article,) = page.xpath("//article")
    assert "dw-article--alone" in article.get("class").split()
    absent = page.xpath("//*[contains(@class, 'dw-pair__none')]")
    assert [one.tag for one in absent] == ["span", "p", "p"]
    assert all("dw-hidden" in one.get("class").split() for one in absent)
    assert texts(page, "//div[@class='dw-note__text']//strong") == ["Not translated yet"]
    # A title alone in English changes nothing of that for the paragraphs.
    titled = title_page(by("google"), Segment("Ada kata."), STARS)
    assert titled.xpath("//p[contains(@class, 'dw-pair__none')]/@class") == [
        "dw-pair__none dw-hidden"
    ]
    _, mixed = read(pages["article/2026-02-26-vaksin-baru/index.md"])
    assert mixed.xpath("//*[contains(@class, 'dw-pair__none')]/@class") == ["dw-pair__none"]


def test_the_note_says_who_made_the_english() -> None:
    notes = {
        entry.slug: lxml.html.fromstring(f"<p>{note.heading}{note.text}</p>").text_content()
        for entry in factory.sample_entries()
        for note in [translation_note(entry)]
    }
    assert notes["2026-03-01-kapal-jepang-bersandar"] == (
        f"Machine translation by Google Translate, 2 March 2026. No person has checked it. {TRUST}"
    )
    assert notes["2026-02-27-satelit-cuaca"] == (
        "Checked translation by Dewi Lestari, 2 March 2026."
    )
    assert notes["2026-02-26-vaksin-baru"] == (
        "Mixed translation Checked by Budi Hartono, 2 March 2026. "
        "Edited by Dewi Lestari, 2 March 2026. "
        "Machine translation by Firefox Translations, 2 March 2026, not checked. "
        "Rough draft by Firefox Translations, 2 March 2026. "
        "Where English is missing, a translation program has answered, but its English did not "
        "pass the checks of numbers, names, length and language and is not shown. "
        f"Below one paragraph, a person's English of an earlier wording is kept. {TRUST}"
    )
    assert notes["tanpa-tanggal"] == (
        "Not translated yet. The Indonesian text is complete; "
        "no translation program has answered for it so far."
    )


def test_the_note_counts_the_states_where_there_are_several(pages: dict[str, Page]) -> None:
    _, page = read(pages["article/2026-02-26-vaksin-baru/index.md"])
    assert texts(page, "//p[@class='dw-note__counts']") == [
        "1 checked · 1 edited · 2 machine · 1 rough draft · 1 from an earlier wording · "
        "1 not translated yet (of 7 paragraphs)"
    ]
    _, alike = read(pages["article/2026-03-01-pelabuhan-baru-di-makassar/index.md"])
    assert not alike.xpath("//p[@class='dw-note__counts']")


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ((), "no translation program has answered for it so far."),
        (
            (True, True, True),
            "a translation program has answered, but its English did not pass the checks of "
            "numbers, names, length and language and is not shown.",
        ),
        (
            (False, True, False),
            "a translation program has answered for some of it, but its English did not pass the "
            "checks of numbers, names, length and language and is not shown.",
        ),
    ],
)
def test_answers_that_were_refused_are_not_said_to_be_none(
    refused: tuple[bool, ...], said: str
) -> None:
    parts = [Segment("Ada kata.", rejections=REFUSED if one else ()) for one in refused or (False,)]
    made = factory.entry()
    text = replace(made.text, title=parts[0], paragraphs=tuple(parts[1:]))
    assert translation_note(replace(made, text=text)).text == (
        f". The Indonesian text is complete; {said}"
    )


def test_human_made_text_without_a_title_is_not_called_machine_made() -> None:
    made = factory.entry(state=State.EDITED, engine="Dewi Lestari")
    made = replace(made, text=replace(made.text, title=Segment("Berita contoh")))
    note = translation_note(made)
    assert note.heading == "Edited translation"
    assert note.text == " by Dewi Lestari, 2 March 2026. The title is not translated yet."


@pytest.mark.parametrize(
    ("title", "paragraphs", "heading", "text"),
    [
        (
            by("google"),
            [STARS, by("Ani", State.APPROVED), by("Budi", State.EDITED), by("google")],
            "Mixed translation",
            " Checked by Ani, 2 March 2026. Edited by Budi, 2 March 2026. "
            "Machine translation by Google Translate, 2 March 2026, not checked. ",
        ),
        (by("google"), [STARS, by("firefox")], "Machine translation",
         " by Firefox Translations, 2 March 2026. No person has checked it. "),
        (by("Ani", State.EDITED), [by("google")], "Machine translation",
         " by Google Translate, 2 March 2026. No person has checked it. "),
        (by("google", State.DRAFT), [by("google", State.DRAFT)], "Rough draft",
         " by Google Translate, 2 March 2026. No person has checked it. "),
        (by("google"), [by("Ani", State.EDITED), STARS], "Edited translation",
         " by Ani, 2 March 2026. The title is a machine translation."),
        (by("google"), [by("google"), Segment("Ada kata.")], "Partly translated",
         " Machine translation by Google Translate, 2 March 2026. No person has checked it. "),
        (by("google"), [Segment("Ada kata.")], "Not translated yet",
         ". The Indonesian text is complete; no translation program has answered for it so far. "
         "The title is a machine translation."),
        (by("google"), [OUTDATED, STARS], "English of an earlier wording",
         ", by Ani, 2 March 2026. The Indonesian has changed since. "
         "The title is a machine translation. "),
        (by("Ani", State.APPROVED), [STARS, by("Budi", State.EDITED)], "Edited translation",
         " by Budi, 2 March 2026."),
        (by("Ani", State.EDITED), [by("Budi", State.APPROVED)], "Checked translation",
         " by Budi, 2 March 2026."),
        (
            by("Ani", State.EDITED),
            [by("Budi", State.EDITED), by("Ani", State.APPROVED)],
            "Checked and edited translation",
            " by Budi and Ani, 2 March 2026.",
        ),
        (by("Ani", State.EDITED), [by("editor", State.EDITED)], "Edited translation",
         " by an unnamed editor, 2 March 2026."),
        (STARS, [STARS], "Nothing to translate", "."),
    ],
)  # fmt: skip
def test_the_note_counts_words_and_names_who_touched_the_text(
    title: Segment, paragraphs: list[Segment], heading: str, text: str
) -> None:
    made = factory.entry()
    note = translation_note(
        replace(made, text=replace(made.text, title=title, paragraphs=tuple(paragraphs)))
    )
    assert note.heading == heading
    assert note.text.removesuffix(TRUST) == text


def test_what_holds_no_word_is_nobodys_translation() -> None:
    made = factory.entry("contoh")
    made = replace(
        made,
        text=replace(
            made.text,
            title=by("Ani", State.APPROVED),
            paragraphs=(STARS, by("Ani", State.APPROVED), by("editor", State.EDITED)),
        ),
    )
    files = {page.path: page for page in render_pages([made], factory.project())}
    _, page = read(files["article/contoh/index.md"])
    assert "unchanged" not in page.text_content()
    pairs = page.xpath("//div[contains(@class, 'dw-text')]//div[@class='dw-pair']")
    assert [pair.get("data-state") for pair in pairs] == ["same", "approved", "edited"]
    assert pairs[0].xpath(".//div[@class='dw-pair__en']/p/@lang") == ["en"]
    assert texts(pairs[2], ".//p[@class='dw-state']") == ["Edited translation"]
    [data] = page.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data)["workTranslation"]["translator"] == {"@type": "Person", "name": "Ani"}


def test_several_makers_of_a_kind_are_told_apart_and_none_twice_in_a_row() -> None:
    made = factory.entry("contoh")
    people = ("Ani", "Ani", "Budi", "Ani")
    made = replace(
        made,
        text=replace(
            made.text,
            paragraphs=(
                *(by(name, State.APPROVED) for name in people),
                *(by("editor", State.EDITED) for _ in range(2)),
            ),
        ),
    )
    files = {page.path: page for page in render_pages([made], factory.project())}
    _, page = read(files["article/contoh/index.md"])
    pairs = page.xpath("//div[contains(@class, 'dw-text')]/div[@class='dw-pair']")
    day = "2 March 2026"
    assert [texts(p, "./div/p[@class='dw-state']") for p in pairs] == [
        *([f"Checked by Ani, {day}"], [], [f"Checked by Budi, {day}"], [f"Checked by Ani, {day}"]),
        *(["Edited translation"], []),
    ]
    # Who hears the page hears it of each.
    assert texts(pairs[1], "./div/p[@class='dw-state dw-hidden']") == [f"Checked by Ani, {day}"]


def test_paragraphs_that_are_all_alike_are_not_labelled_one_by_one(pages: dict[str, Page]) -> None:
    for slug in ("2026-03-01-pelabuhan-baru-di-makassar", "2026-02-27-satelit-cuaca"):
        _, page = read(pages[f"article/{slug}/index.md"])
        assert not page.xpath("//p[@class='dw-state']")


def home_of(*entries: Entry) -> Any:
    return read({p.path: p for p in render_pages(entries, factory.project())}["index.md"])[1]


@pytest.mark.parametrize(
    ("paragraphs", "shown"),
    [
        (["09.10 WIB", "Peringatan dicabut", "Warga pulang ke rumah masing-masing."], 2),
        (["Warga pulang ke rumah masing-masing.", "Bupati ikut."], 0),
        (["09.10 WIB", "Gempa lagi."], 0),
    ],
)
@pytest.mark.parametrize("english", [True, False])
def test_an_excerpt_is_no_time_and_no_heading_where_there_is_more(
    paragraphs: list[str], shown: int, english: bool
) -> None:
    """Live reports begin with the time of their latest entry."""
    segments = [
        Segment(one, Translation(f"EN {one}", State.EDITED, "Ani")) if english else Segment(one)
        for one in paragraphs
    ]
    entry = made_of(by("Ani"), *segments)
    pages = {page.path: page for page in render_pages([entry], factory.project())}
    wanted = f"EN {paragraphs[shown]}" if english else paragraphs[shown]
    home = read(pages["index.md"])[1]
    assert texts(home, "//p[@class='dw-card__excerpt']") == [wanted]
    assert article_head(entry, factory.project()).description == wanted


@pytest.mark.parametrize(
    ("title", "paragraphs", "mark", "flag"),
    [
        (by("Ani", State.APPROVED), [by("Budi", State.APPROVED)], "Checked translation", ""),
        (by("Ani", State.APPROVED), [by("Budi", State.EDITED)], "Edited translation", ""),
        (by("google"), [by("google")], "Machine translation", ""),
        (by("firefox", State.DRAFT), [by("firefox", State.DRAFT)], "Rough draft", ""),
        (by("Ani", State.EDITED), [by("google")], "Partly machine translation", ""),
        (by("google"), [by("firefox", State.DRAFT)], "Partly rough draft", ""),
        # The excerpt is of the first paragraph that has English; what comes later is not shown.
        (by("google"), [Segment("Ada."), by("Ani", State.EDITED), by("x", State.DRAFT)],
         "Partly machine translation", "Partly translated"),
        (Segment("Ada."), [by("google")], "Excerpt: machine translation",
         "Title not translated yet"),
        (Segment("Ada."), [Segment("Ada.")], "", "Not translated yet"),
        (by("Ani", State.EDITED), [STARS], "Edited translation", ""),
    ],
)  # fmt: skip
def test_a_card_says_who_made_the_english_that_it_shows(
    title: Segment, paragraphs: list[Segment], mark: str, flag: str
) -> None:
    home = home_of(made_of(title, *paragraphs))
    shown = texts(home, "//article//p[@class='dw-item__meta']//span[@class='dw-made']")
    assert shown == ([mark] if mark else [])
    assert texts(home, "//article//span[contains(@class, 'dw-flag--wait')]") == (
        [flag] if flag else []
    )


def test_the_same_story_elsewhere_has_the_mark_too(pages: dict[str, Page]) -> None:
    _, page = read(pages["article/2026-03-01-kapal-jepang-bersandar/index.md"])
    assert texts(page, "//section[@class='dw-related']//span[@class='dw-made']") == [
        "Machine translation"
    ]


WHOLE, PART, NONE = (
    [by("google"), by("google")],
    [by("google"), Segment("Ada.")],
    [Segment("Ada."), Segment("Ada.")],
)


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ([WHOLE], "1 article in two languages berita dwibahasa"),
        ([WHOLE, WHOLE], "2 articles in two languages berita dwibahasa"),
        ([PART], "1 article in Indonesian, partly in English"),
        ([NONE], "1 article in Indonesian, not yet in English"),
        ([NONE, NONE], "2 articles in Indonesian, not yet in English"),
        ([WHOLE, NONE], "2 articles in Indonesian, 1 wholly in English too"),
        ([PART, PART, NONE], "3 articles in Indonesian, 2 partly in English too"),
        (
            [WHOLE, PART, PART, NONE],
            "4 articles in Indonesian, 1 wholly and 2 partly in English too",
        ),
    ],
)
def test_home_counts_as_english_only_what_is(articles: list[list[Segment]], said: str) -> None:
    home = home_of(*(made_of(*one, slug=f"a{n}") for n, one in enumerate(articles)))
    assert texts(home, "//p[@class='dw-totals']") == [said]


def test_places_are_marked_as_the_indonesian_that_they_are(pages: dict[str, Page]) -> None:
    for path in ("index.md", "article/2026-03-01-pelabuhan-baru-di-makassar/index.md"):
        _, page = read(pages[path])
        (place,) = page.xpath("//span[@class='dw-place']")
        assert (place.text_content(), place.get("lang")) == ("Makassar", "id")
