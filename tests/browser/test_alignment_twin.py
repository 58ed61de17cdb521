"""Partners of words in the browser and in the build: the same links of the same sentences."""

import itertools
import json
from typing import Any

import yaml
from playwright.sync_api import Browser

from conftest import lone_page
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.words import load_meanings
from dwiwarta.words.alignment import Looked, link_words, looking_up
from dwiwarta.words.partners import partners_file
from site_rig import serve_site

CASES = yaml.safe_load((PROJECT_ROOT / "tests/cases/alignment.yml").read_text(encoding="utf-8"))
PARTNERS = {"tolak": ("dismis", "refus"), "orang": ("citizen",), "polda": ("polic",)}
# Texts with what is hard about them; each is also put beside the English of another case.
TEXTS = [
    (
        "Rp 9.050,75 per dolar AS, kata Jum’at-nya Élan.",
        "Rp 9,050.75 against the US$, said Friday's élan.",
    ),
    ('Ketua MPR-DPR itu "marah-marah" 😀 lagi', "The “MPR-DPR” chairman's 😀 anger — again"),
    ("İstanbul STRASSE straße ½ x2 3D G20", "Istanbul strasse STRASSE ½ x2 3D G20"),
    ("dia dia dia dan dia", "he, he and he and he"),
]


def test_both_find_the_same_partners(browser: Browser) -> None:
    look, asked = looking_up(load_meanings()), {}

    def noting(text: str) -> Looked | None:
        found = look(text)
        asked[text] = {"root": found.root, "glosses": found.glosses} if found else None
        return found

    pairs = [(case["id"], case["en"]) for case in CASES] + TEXTS
    sides = list(zip(*pairs, strict=True))
    pairs += [(a, b) for a, b in itertools.product(sides[0], sides[1]) if (a, b) not in pairs]
    pairs += [(" ".join(sides[0]), " ".join(sides[1]))]
    ours = [_in_utf16(pair, link_words(*pair, noting, PARTNERS)) for pair in pairs]
    assert sum(map(len, ours)) > len(CASES) * 3

    with serve_site(PROJECT_ROOT / "docs" / "assets") as site, lone_page(browser) as page:
        page.goto(site.url + "words/align.js")
        page.evaluate("window.dwLexicon = (name, said) => { window[name] = said; }")
        page.add_script_tag(content=partners_file(PARTNERS).decode())
        page.add_script_tag(url=site.url + "words/align.js")
        theirs = page.evaluate(
            """([pairs, asked]) => {
              const known = new Map(Object.entries(asked));
              const look = (text) => {
                if (!known.has(text)) throw new Error(`asked for ${text}`);
                return known.get(text);
              };
              return pairs.map(([id, en]) => dwAlign.link(id, en, look, partners));
            }""",
            [pairs, json.loads(json.dumps(asked))],
        )
    for pair, mine, other in zip(pairs, ours, theirs, strict=True):
        assert mine == other, pair


def _in_utf16(pair: tuple[str, str], links: Any) -> list[dict[str, Any]]:
    """Links as a browser counts characters."""

    def at(text: str, place: int) -> int:
        return len(text[:place].encode("utf-16-le")) // 2

    source, target = pair
    return [
        {
            "id": [at(source, place) for place in link.id],
            "en": [[at(target, place) for place in span] for span in link.en],
        }
        for link in links
    ]
