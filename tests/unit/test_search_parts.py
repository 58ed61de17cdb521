"""What one article adds to the search."""

import json
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

import factory
from dwiwarta.knowledge.taxonomy import topic_slug
from dwiwarta.model import BodyTag, CountryTag, Entry, State, Tags, TopicTag, TranslatedText
from dwiwarta.provenance import WEAKEST_FIRST, standing
from dwiwarta.render.labels import standing_label
from dwiwarta.search import PartRef, SearchPart, make_part, make_shard
from dwiwarta.search.facets import facet_names, facet_table
from dwiwarta.search.keys import keys_of_names, keys_of_words, learn_keys
from dwiwarta.search.part import NO_ENGLISH, made_words
from dwiwarta.search.shards import make_shards

TAGS = Tags(
    countries=(CountryTag("CD", about=True, score=9), CountryTag("JP", about=False, score=1)),
    bodies=(BodyTag("ASEAN", 3),),
    topics=(TopicTag("medtop:11000000", 4),),
)
CARD = ("slug", "id", "en", "tag", "date", "source", "made", "made_title", "countries", "topics")


def card(entry: Entry) -> dict[str, object]:
    return dict(zip(CARD, json.loads(make_part(entry).card), strict=True))


def keys(words: str, language: str) -> set[str]:
    return {key for word in words.split() for key in keys_of_words(language)[word]}


def test_words_stand_by_language_with_their_stems() -> None:
    part = make_part(
        factory.entry(
            title=("Roket Diluncurkan", "Rocket Launched"),
            paragraphs=[("Harga Rp600.000.", "It costs Rp 600,000."), ("AS setuju.", None)],
        )
    )
    indonesian, english = keys(part.texts[0], "id"), keys(part.texts[1], "en")
    assert {"roket", "luncur diluncurkan", "harga", "rp", "600000", "as AS"} <= indonesian
    assert {"launch launched", "rocket", "600000", "rp"} <= english
    assert "as AS" not in english
    assert keys(part.titles[0], "id") == {"roket", "luncur diluncurkan"}
    assert keys(part.titles[1], "en") == {"rocket", "launch launched"}
    for words in (*part.texts, *part.titles):
        assert len(words.split()) == len(set(words.split()))


def test_names_of_tags_are_found_and_are_no_words_of_the_text() -> None:
    part = make_part(factory.entry(tags=TAGS, source_name="Kompas"))
    names = {key for facet in part.facets for key in keys_of_names(facet)}
    assert {"kongo +kongo", "asean +asean"} <= names
    assert "japan +japan" not in names  # only mentioned
    # A newspaper is no compass.
    assert not [key for key in names if "kompas" in key]
    assert "kompas" not in " ".join(part.texts).lower()
    assert part.facets == (
        *("body:ASEAN", "country:CD", "has:english", "source:Kompas", "topic:medtop:11000000"),
    )


@pytest.mark.parametrize(
    ("paragraphs", "has"),
    [
        ([("Teks.", "Text.")], True),
        ([("Teks.", "Text."), ("***", None)], True),
        ([("Teks.", "Text."), ("Lagi.", None)], False),
        ([("Teks.", None)], False),
    ],
)
def test_has_english(paragraphs: list[tuple[str, str | None]], has: bool) -> None:
    assert ("has:english" in make_part(factory.entry(paragraphs=paragraphs)).facets) is has


def test_a_part_survives_the_cache() -> None:
    nasty = "Judul \u2028 \u200b\"'<&> 🚆 \ud800"
    for entry in (factory.entry(tags=TAGS), factory.entry(title=(nasty, None), when=None)):
        part = make_part(entry)
        assert SearchPart.from_bytes(part.to_bytes()) == part


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"\xff", b'{"slug": 1, "day": "x"}'])
def test_what_is_no_part_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        SearchPart.from_bytes(data)


def test_a_card_holds_what_a_result_shows() -> None:
    entry = factory.entry(tags=TAGS, source_name="Koran\nUji", when=date(2024, 4, 1))
    assert card(entry) == {
        "slug": entry.slug,
        "id": "Berita contoh",
        "en": "A sample item",
        "tag": "en-x-mtfrom-id",
        "date": "2024-04-01",
        "source": "Koran Uji",
        "made": 1,
        "made_title": 1,
        "countries": ["CD"],
        "topics": ["medtop:11000000"],
    }
    assert make_part(entry).day == date(2024, 4, 1).toordinal()
    undated = factory.entry(when=None, title=("J" * 400, None))
    assert (card(undated)["date"], card(undated)["en"], card(undated)["source"]) == ("", "", "")
    assert card(undated)["id"] == "J" * 300 + "…"
    assert make_part(undated).day == 0


@pytest.mark.parametrize(
    ("states", "tag"),
    [
        ([State.MACHINE], "en-x-mtfrom-id"),
        ([State.APPROVED, State.EDITED], "en"),
        ([State.APPROVED, State.MACHINE], "en-x-mtfrom-id"),
        ([State.DRAFT], "en-x-mtfrom-id"),
    ],
)
def test_english_is_plain_only_where_people_stand_behind_all_of_it(
    states: list[State], tag: str
) -> None:
    segments = tuple(factory.segment("Teks.", "Text.", state) for state in states)
    stars = factory.segment("***", "***", State.MACHINE, "unchanged")  # nobody translates these
    text = TranslatedText(title=segments[0], paragraphs=(*segments[1:], stars))
    assert card(replace(factory.entry(), text=text))["tag"] == tag


D, M, E, A = State.DRAFT, State.MACHINE, State.EDITED, State.APPROVED


@pytest.mark.parametrize(
    ("states", "english", "title"),
    [
        ([A, A], 3, 3),
        ([A, E], 2, 3),
        ([M, M], 1, 1),
        ([A, E, M], 5, 3),
        ([M, A, D], 4, 1),
        ([None, M], 1, NO_ENGLISH),
        ([D, None], 0, 0),
        ([None, None], NO_ENGLISH, NO_ENGLISH),
    ],
)
def test_the_mark_says_what_stands_behind_the_english(
    states: list[State | None], english: int, title: int
) -> None:
    segments = tuple(
        factory.segment("Teks.", "Text." if state else None, state or M) for state in states
    )
    stars = factory.segment("***", "***", M, "unchanged")
    text = TranslatedText(title=segments[0], paragraphs=(*segments[1:], stars))
    entry = replace(factory.entry(), text=text)
    assert (card(entry)["made"], card(entry)["made_title"]) == (english, title)


def test_what_has_no_words_has_no_mark() -> None:
    numbers = factory.entry(title=("2023", "2023"), paragraphs=[("***", "***")])
    assert (card(numbers)["made"], card(numbers)["made_title"]) == (None, None)


def test_results_call_the_english_what_lists_call_it() -> None:
    words = made_words()
    assert words[NO_ENGLISH] == ("missing", "not translated yet")
    for state in State:
        of_one = standing([factory.segment("Teks.", "Text.", state)])
        assert of_one is not None
        rank = WEAKEST_FIRST.index(state)
        assert words[rank] == (state.value, standing_label(of_one).lower())
        assert (rank + len(WEAKEST_FIRST) in words) == (not state.is_human)


def test_facets_are_counted_and_have_names_and_addresses() -> None:
    table = json.loads(facet_table({"country:CD": 2, "topic:medtop:11000000": 1, "source:K: x": 3}))
    country, source, topic = table
    assert country[:4] == ["country", "CD", "country/cd/", dict(facet_names("country:CD"))["en"]]
    assert country[5] == 2
    assert source == ["source", "K: x", "", "K: x", "K: x", 3, []]
    assert topic[2] == f"topic/{topic_slug('medtop:11000000')}/"
    assert json.loads(facet_table({"has:english": 1}))[0][:2] == ["has", "english"]


def test_keys_that_are_known_are_not_made_again() -> None:
    keys_of_words("id").clear()
    keys_of_words("en").clear()
    learn_keys("1tahu mengetahui\n2mak makes\n3radio\n3nama +ketahui")
    try:
        assert keys("mengetahui makes", "id") == {"tahu mengetahui", "makes"}
        assert keys("makes ketahui", "en") == {"mak makes", "ketahui"}
    finally:
        learn_keys("")
        keys_of_words("id").clear()
        keys_of_words("en").clear()


def test_a_shard_is_the_same_whether_its_keys_are_known_or_not() -> None:
    entries = [
        factory.entry(title=("Roket Diluncurkan", "Rockets Launched"), tags=TAGS),
        factory.entry(paragraphs=[("Harga Rp600.000 untuk AS.", "It costs 600,000 for the US.")]),
    ]
    refs = []
    for number, entry in enumerate(entries):
        part = replace(make_part(entry), slug=f"{number}")
        data = part.to_bytes()
        refs.append(PartRef(part.slug, part.day, f"{number}", partial(SearchPart.from_bytes, data)))
    (shard,) = make_shards(refs)
    made = make_shard(shard)
    known = "\n".join(bucket.keys for bucket in made[2] if bucket.keys)
    assert "luncur diluncurkan" in known
    for language in ("id", "en"):
        keys_of_words(language).clear()
    assert make_shard(replace(shard, known=known)) == made
