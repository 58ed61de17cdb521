"""Newspaper style in the browser and in the build: the same explanations of the same texts."""

import itertools

import pytest
import yaml
from playwright.sync_api import Browser

from conftest import lone_page
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.words.affixes import Language
from dwiwarta.words.newspaper import load_newspaper, unfolding
from site_rig import serve_site

CASES = yaml.safe_load((PROJECT_ROOT / "tests/cases/newspaper.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "id"])
def test_both_say_the_same(browser: Browser, language: Language) -> None:
    texts = [case["text"] for case in CASES]
    forms = list(load_newspaper().said)
    texts += [f"Kata {one} dan {two.upper()}." for one, two in itertools.pairwise(forms)]
    texts += [
        f"{before}{number}{power}{end}"
        for before in ("", "Rp", "Rp. ", "US$ ", "x", "(", "-")
        for number in ("1.000", "1,5", "12", "0,25", "1.234.567,89", "007", "1.23")
        for power in ("", " juta", " triliun", " JUTA", "juta")
        for end in ("", ".", ",5", "-an", "%")
    ]
    texts += [
        f"{before}{day}{numbers}"
        for before in ("", "per ", "Per ", "super ")
        for day in ("", "Kamis", "KAMIS", "kamisan", "Jum'at", "Jum’at,")
        for numbers in ("", " (9/11)", " (31/12/2023)", " (0/5)", " (9/13)", "(9/11)", " (9/11/23)")
    ]
    known = unfolding(language)
    ours = [
        [{"from": one.start, "to": one.end, "text": one.text} for one in known.unfold(text)]
        for text in texts
    ]
    assert sum(map(bool, ours)) > 100
    with serve_site(PROJECT_ROOT / "docs" / "assets") as site, lone_page(browser) as page:
        page.goto(site.url + "words/newspaper.js")
        page.add_script_tag(url=site.url + "words/newspaper.js")
        theirs = page.evaluate(
            "([texts, rules]) => texts.map((text) => dwNewspaper.explain(text, rules))",
            [texts, known.rules()],
        )
    for text, mine, other in zip(texts, ours, theirs, strict=True):
        assert mine == other, text
