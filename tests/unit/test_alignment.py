"""Partners of words: which are lit (``tests/cases/alignment.yml``), and what is learnt."""

import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.render.partners import MOST, partner_sample
from dwiwarta.words import load_meanings
from dwiwarta.words.alignment import link_words, looking_up
from dwiwarta.words.english import english_key, gloss_keys
from dwiwarta.words.partners import (
    Unmatched,
    learn_partners,
    leaving_over,
    likelihood_ratio,
    partners_file,
    unmatched,
)
from entries import cases, check_each

CASES = Path(__file__).parents[1] / "cases" / "alignment.yml"
LOOK = looking_up(load_meanings())


def lit(case: dict[str, Any]) -> dict[str, str]:
    """Which English each Indonesian word of a case lights."""
    source, target = case["id"], case["en"]
    links = link_words(source, target, LOOK, case.get("partners"))
    return {source[slice(*one.id)]: " + ".join(target[a:b] for a, b in one.en) for one in links}


def test_partners_of_words() -> None:
    def check(case: dict[str, Any]) -> None:
        found = lit(case)
        for link in case.get("links", ()):
            word, english = link.split(" = ")
            assert found.get(word) == english, f"{word}: {found.get(word)}"
        for word in case.get("none", ()):
            assert word not in found, f"{word}: {found[word]}"

    check_each(cases(CASES), check)


def test_what_was_learnt_is_needed() -> None:
    (case,) = (one for one in yaml.safe_load(CASES.read_text("utf-8")) if "partners" in one)
    assert "menolak" not in lit({**case, "partners": {}})


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gives_ranges_of_its_own_and_no_english_word_twice(left: str, right: str) -> None:
    taken: list[int] = []
    for link in link_words(left, right, LOOK):
        assert 0 <= link.id[0] < link.id[1] <= len(left)
        for begin, end in link.en:
            assert 0 <= begin < end <= len(right)
            taken += range(begin, end)
    assert len(taken) == len(set(taken))


def test_keys_of_english_words() -> None:
    for forms in (
        "study studies studied studying",
        "stop stops stopped stopping",
        "make made makes making",
        "say said says saying",
        "organise organize organized organising",
        "labour labor",
        "centre center",
        "child children child's",
    ):
        assert len({english_key(form) for form in forms.split()}) == 1, forms
    assert english_key("US") != english_key("us")
    assert gloss_keys("be granted (of a wish)") == (english_key("grant"),)
    assert gloss_keys("of") == ("of",)


PAIRS = [
    ("Warga menolak rencana itu.", "Residents dismissed the plan."),
    ("Hakim menolak permohonan.", "The judge dismissed the request."),
    ("Ia menolak tuduhan itu.", "He dismissed the accusation."),
    ("Mereka menolak usul baru.", "They dismissed the new proposal."),
    *((f"Harga beras naik {n} persen.", f"The price of rice rose {n} percent.") for n in range(40)),
]


def test_partners_are_learnt_in_any_order() -> None:
    sentences = unmatched(PAIRS, LOOK)
    found = learn_partners(sentences)
    assert found["tolak"] == (english_key("dismissed"),)
    assert learn_partners(reversed(sentences)) == found
    assert partners_file(found) == partners_file(dict(reversed(found.items())))


def test_what_is_left_over_depends_on_the_pair_alone() -> None:
    pairs = [*PAIRS[:6], ("Batu itu AS batu.", "That Batu is US rock.")]
    together = leaving_over(LOOK)(pairs)
    assert together == tuple(leaving_over(LOOK)([pair])[0] for pair in pairs)
    assert together == tuple(reversed(leaving_over(LOOK)(reversed(pairs))))
    assert "tolak" in together[0].roots
    assert together[-1].roots == ()  # it stands in the English, too


def test_what_is_seen_too_seldom_is_not_learnt() -> None:
    assert learn_partners(unmatched([*PAIRS[:2], *PAIRS[4:]], LOOK)) == {}
    assert learn_partners([]) == {}


def test_what_stands_beside_everything_is_no_partner() -> None:
    every = [Unmatched((f"r{n % 4}",), ("said",)) for n in range(400)]
    assert learn_partners(every) == {}


def test_the_likelihood_ratio_is_that_of_a_table() -> None:
    # Both always together in 10 of 1000: twice the entropy of the table, 2·(10 ln 100 + 990 ln
    # (1000/990)).
    assert round(likelihood_ratio(10, 10, 10, 1000), 1) == 112.0
    assert likelihood_ratio(1, 10, 100, 1000) == 0


def test_the_file_holds_what_the_browser_needs() -> None:
    said = partners_file({"tolak": ("dismis", "refus")}).decode()
    name, value = json.loads(f"[{said.strip().removeprefix('dwLexicon(').removesuffix(');')}]")
    assert name == "partners"
    assert value["partners"] == {"tolak": "dismis refus"}
    assert value["bases"]["said"] == "say"
    assert "the" in value["empty"].split()
    assert "yang" in value["loose"].split()


def test_the_sample_is_bounded_and_depends_on_the_set_alone() -> None:
    few = tuple(f"a{n}" for n in range(MOST))
    assert partner_sample(few) == few
    many = tuple(f"a{n}" for n in range(4 * MOST))
    chosen = partner_sample(many)
    assert MOST // 4 < len(chosen) <= MOST
    assert set(partner_sample(many[::-1])) == set(chosen)
    # One article more changes the sample by itself at most.
    assert set(partner_sample([*many, "new"])) - {"new"} == set(chosen)
