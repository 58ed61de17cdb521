"""Text from articles arrives on the page literally, whatever it holds."""

import json
import re

import lxml.html
import markdown
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

import factory
from dwiwarta.knowledge.glossary import Explanation
from dwiwarta.model import Segment, State, Translation
from dwiwarta.render.article import article_body, article_head
from dwiwarta.render.markup import (
    compact,
    english_tag,
    excerpt,
    literal,
    segment_html,
)
from dwiwarta.render.near import Neighbours
from dwiwarta.render.page import page_bytes
from dwiwarta.render.views import card
from dwiwarta.site.shells import take_apart


def machine(text: str) -> Translation:
    return Translation(text, State.MACHINE, "fake")


def test_sentences_become_spans_with_the_same_number_on_both_sides() -> None:
    source, english = segment_html(
        Segment(
            "Satu.  Dua & tiga.", machine("One. Two."), (("Satu.", "One."), ("Dua & tiga.", "Two."))
        )
    )
    assert source == '<span data-s="1">Satu.</span> <span data-s="2">Dua &amp; tiga.</span>'
    assert english == '<span data-s="1">One.</span> <span data-s="2">Two.</span>'


def test_terms_are_explained_where_they_stand() -> None:
    source, english = segment_html(
        Segment("AS & Korut. MK.", machine("US. MK."), (("AS & Korut.", "US."), ("MK.", "MK."))),
        [
            Explanation(0, 2, 'the "United" States'),
            Explanation(5, 10, "Korut, North Korea"),  # says itself what it means
            Explanation(9, 14, "half in one sentence, half in the next"),
            Explanation(12, 14, "Constitutional Court"),
        ],
    )
    assert source == (
        '<span data-s="1"><abbr tabindex="0" title="the &#34;United&#34; States">AS</abbr> &amp; '
        "Korut.</span> "
        '<span data-s="2"><abbr tabindex="0" title="Constitutional Court">MK</abbr>.</span>'
    )
    assert english == '<span data-s="1">US.</span> <span data-s="2">MK.</span>'


@pytest.mark.parametrize(
    "sentences",
    [
        (("Satu.", "One."),),  # the second sentence would be lost
        (("Satu.", "One."), ("Tiga.", "Two.")),  # not in the text
        (("Dua.", "One."), ("Satu.", "Two.")),  # not in this order
        (("Satu.", "One."), ("Dua.", "Two."), ("", "")),
    ],
)
def test_sentences_that_do_not_make_up_the_text_leave_the_paragraph_whole(
    sentences: tuple[tuple[str, str], ...],
) -> None:
    assert segment_html(Segment("Satu. Dua.", machine("One. Two."), sentences)) == (
        "Satu. Dua.",
        "One. Two.",
    )


def test_quotation_marks_of_text_stay_and_those_of_attributes_do_not() -> None:
    """News quotes a lot: written out, each mark is five bytes."""
    source, english = segment_html(
        Segment("\"AS\" & 'MK' <b>", machine("\"US\" & 'MK' <b>")), [Explanation(1, 3, '"US"')]
    )
    assert source == ('"<abbr tabindex="0" title="&#34;US&#34;">AS</abbr>" &amp; \'MK\' &lt;b&gt;')
    assert english == "\"US\" &amp; 'MK' &lt;b&gt;"


def test_english_is_called_english_once_a_person_stands_behind_it() -> None:
    tags = {state: english_tag(Translation("x", state, "e")) for state in State}
    assert tags == {
        State.DRAFT: "en-x-mtfrom-id",
        State.MACHINE: "en-x-mtfrom-id",
        State.EDITED: "en",
        State.APPROVED: "en",
    }


def test_excerpts_end_between_words() -> None:
    assert excerpt("pendek saja") == "pendek saja"
    long = excerpt("kata " * 200)
    assert long.endswith("kata…")
    assert len(long) <= 241
    assert excerpt("x" * 5000) == "x" * 240 + "…"


def test_no_line_of_a_template_begins_with_text() -> None:
    assert (
        compact("<p>\n  ```\n\n# judul\n---\n<b>x</b>\n</p>\n")
        == "<p> ``` # judul ---\n<b>x</b>\n</p>"
    )


# What has a meaning in HTML, Markdown, YAML or Jinja, in any order and any company.
PIECES = st.sampled_from(
    [
        *(
            "<script>alert(1)</script>",
            "</p>",
            "</div>",
            "<!--",
            "-->",
            "]]>",
            "<![CDATA[",
            "&amp;",
        ),
        *(
            "{{ 7*7 }}",
            "{% include 'x' %}",
            "{#",
            "---",
            "\n---\n",
            "\n\n",
            "```",
            "~~~",
            "# ",
            "* ",
        ),
        *(
            "[x](y)",
            "[x]: y",
            "![i](j)",
            "`",
            "_a_",
            "**b**",
            "|",
            "    ",
            "\t",
            "\r",
            "\x00",
            "\x02",
        ),
        *(
            "\x03",
            "wzxhzdk:0",
            "\u2028",
            "\x0c",
            "\ufeff",
            "\u202e",
            "\u200b",
            "\ud800",
            "😀",
            "العربية",
        ),
        *(
            "é",
            "'",
            '"',
            ":",
            "- ",
            "? ",
            "!!python/object:x",
            "%",
            "@",
            "&nbsp;",
            "kata",
            " ",
            "1. ",
        ),
        *("=====", "\\", "\\n", "markdown='1'", "{: .a }", "*[A]: b", "[^1]", "+++", ":::", "$$"),
    ]
)
NASTY = st.one_of(st.lists(PIECES, max_size=8).map("".join), st.text(max_size=40))


def through_mkdocs(data: bytes) -> tuple[dict[str, str], lxml.html.HtmlElement]:
    """A page as MkDocs reads it: its front matter and what Markdown makes of the rest."""
    _, front = meta.get_data(data.decode("utf-8"))
    return front, lxml.html.fromstring(through_markdown(data))


def through_markdown(data: bytes) -> str:
    source, _ = meta.get_data(data.decode("utf-8"))
    extensions = ["toc", "tables", "fenced_code", "admonition", "attr_list"]
    return markdown.markdown(source, extensions=extensions)


TAGS = {
    *(
        "div",
        "article",
        "header",
        "footer",
        "section",
        "nav",
        "h1",
        "h2",
        "p",
        "span",
        "bdi",
        "time",
    ),
    *("a", "strong", "details", "summary", "dl", "dt", "dd", "ul", "li", "script"),
}
# Of the buttons that share, save, read aloud and say words.
BUTTONS = {"aria-expanded", "aria-pressed", "data-source"} | {
    f"data-dw-{name}" for name in ("share", "save", "aloud", "gist", "unknown", "names", "learn")
}
ATTRIBUTES = {
    *("class", "id", "lang", "translate", "href", "rel", "type", "datetime", "title"),
    *("aria-label", "aria-hidden", "data-state", "data-s", "data-dw-lines", "data-dw-correct"),
}


@given(st.one_of(NASTY, st.text(alphabet=" a\n\u00a0\x00\ud800é")))
def test_literal_takes_the_short_way_to_the_same_end(text: str) -> None:
    bad = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]+")
    assert literal(text) == re.sub(r"\s+", " ", bad.sub("", text)).strip()


@settings(deadline=None)
@example(source="meta", english="")
@given(source=NASTY, english=NASTY)
def test_any_text_is_shown_literally(source: str, english: str) -> None:
    made = factory.entry(
        title=(source, english),
        paragraphs=[(source, english)] * 2,
        engine=source,
        byline=source,
        dateline=english,
        source_name=source,
        source_url=english,
    )
    project = factory.project()
    head = article_head(made, project)
    near = Neighbours(older=card(made), related=(card(made),), later=card(made))
    body = article_body(made, near, project, [(), ()])
    data = page_bytes("article/x/", head, body, project)
    front, page = through_mkdocs(data)

    # Whoever stamps pages reads them as MkDocs does, byte for byte.
    parts = take_apart(data)
    assert (parts.head, parts.body) == (front["head"], through_markdown(data))
    assert yaml.safe_load(parts.front) == {
        key: value for key, value in front.items() if key not in ("title", "head")
    }
    assert {node.tag for node in page.iter()} <= TAGS | {"button", "i"}
    # What the rarer words of a text mean stands in <i>; no text brings one.
    assert len(page.xpath("//i")) == len(page.xpath("//footer/details/p/i[@lang='en']"))
    # Those that share, save and read aloud are there, and none that a text brings.
    buttons = page.xpath("//button")
    assert all(button.get("class") == "dw-act" for button in buttons)
    names = ("share", "save", "aloud", "gist", "unknown", "names")
    for button in buttons:
        assert sum(f"data-dw-{name}" in button.attrib for name in names) == 1
    assert page.xpath("count(//button[@data-dw-share])") == 1
    for side, text in (("dw-pair__id", source), ("dw-pair__en", english)):
        shown = page.xpath(f"//div[contains(@class, 'dw-text')]//*[contains(@class, '{side}')]")
        assert [node.text_content().strip() for node in shown] == [literal(text)] * 2
        assert page.xpath(f"//h1/span[@class='{side}']")[0].text_content() == literal(text)
    assert not re.search(r"""[<>"']""", front["title"])
    # The marks around its social card, which go where it comes to nothing; no text brings one.
    named = front["head"].replace("<!--dw-card-->", "", 2)
    shown = lxml.html.fromstring(f"<html><head>{named}</head></html>")
    assert {node.tag for node in shown.iter()} <= {"html", "head", "title", "meta", "link"}
    for path, text in (
        ("//title/text()", f"{literal(english)} · {project.site_name}"),
        ("//meta[@property='og:title']/@content", literal(english)),
        ("//meta[@name='description']/@content", excerpt(english)),
    ):
        assert [" ".join(one.split()) for one in shown.xpath(path)] == [" ".join(text.split())]
    original = json.loads(page.xpath("//script")[0].text_content())
    assert original["headline"] == literal(source)
    assert all(set(lines) <= set("0123456789 ") for lines in page.xpath("//@data-dw-lines"))
    for node in page.iter("a"):
        assert re.match(r"https?://|\.\./", node.get("href"))
    assert {name for node in page.iter() for name in node.keys()} <= ATTRIBUTES | BUTTONS  # noqa: SIM118
