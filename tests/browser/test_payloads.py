"""Articles made of attacks: they are shown as text, and nothing else happens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

import factory
from conftest import Watch
from dwiwarta.model import Evidence, Removal, RemovalKind, Tags, TopicTag
from site_rig import BuiltSite, build_site, serve_site

PAYLOADS = [
    "<script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<svg/onload=alert(4)>",
    "\"><iframe src='https://evil.example/'></iframe>",
    "' onmouseover='alert(5)' x='",
    "</p></div></article></body><script src=https://evil.example/x.js></script>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example><button>x</button></form>",
    "{{ config }} {{ 7*7 }} {% for x in y %} {# no #}",
    "--- title: x ---",
    "# heading ```js alert(6)``` <!-- comment",
    "[klik](javascript:alert(7)) ![x](https://evil.example/x.png) <https://evil.example>",
    "&lt;script&gt;alert(8)&lt;/script&gt; &amp;amp; &#x3c;",
    "]]><![CDATA[ <!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "</script><script>alert(9)</script>",
    "\u202eright to left\u202c \u200bzero width",
    "javascript:alert(10)",
    "${alert(11)} `alert(12)` \\u003cscript\\u003e",
]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """A site of one article per payload; the payload stands wherever text can stand."""
    entries = tuple(
        factory.entry(
            f"payload-{at}",
            (payload, payload),
            [(payload, payload), (f"Kata {payload} kata.", f"Word {payload} word.")],
            engine=payload,
            byline=payload,
            initials=payload,
            dateline=payload,
            source_name=payload,
            source_url=f"javascript:alert({at})",
            tags=Tags(
                countries=factory.countries("JP"),
                topics=(TopicTag("medtop:11000000", 1.0, (Evidence(payload, 1, 1.0, "body"),)),),
            ),
            related=[f"payload-{(at + 1) % len(PAYLOADS)}"],
            copies=[factory.entry("copy", source_name=payload, source_url=payload).article],
            removed=(Removal(payload, RemovalKind.BOILERPLATE, payload),),
        )
        for at, payload in enumerate(PAYLOADS)
    )
    root = tmp_path_factory.mktemp("attacked")
    with serve_site(build_site(root, entries)) as served:
        yield served


WATCHED = """
() => ({
  scripts: [...document.scripts].filter((s) => !s.src && /alert\\(\\d/.test(s.textContent)
             && s.type !== "application/ld+json").length,
  outside: [...document.querySelectorAll("[src], [href], [action], [data]")]
    .map((e) => e.getAttribute("src") || e.getAttribute("href") || e.getAttribute("action") || "")
    .filter((u) => /evil\\.example|^\\s*(javascript|data|vbscript):/i.test(u)),
  handlers: [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes])
    .filter((a) => a.name.startsWith("on")).map((a) => a.name),
  strange: [...document.querySelectorAll(
    ".dw-page :is(img, iframe, style, link, base, meta, form, object, embed, input, h4, pre, svg)"
  )].map((e) => e.outerHTML),
})
"""
NOTHING = {"scripts": 0, "outside": [], "handlers": [], "strange": []}


@pytest.mark.parametrize("at", range(len(PAYLOADS)), ids=PAYLOADS)
def test_an_article_made_of_an_attack_is_only_text(
    page: Page, attacked: BuiltSite, at: int
) -> None:
    page.goto(f"{attacked.url}article/payload-{at}/")
    assert page.evaluate(WATCHED) == NOTHING
    shown = " ".join(PAYLOADS[at].split())
    for side in (".dw-pair__id", ".dw-pair__en > p"):
        assert page.locator(f"#p1 > {side}").first.evaluate("node => node.textContent") == shown
    assert shown in page.title()
    for view in ("en", "id", "tap"):
        page.locator(f".dw-views button[data-view={view}]").click()
    page.locator("#p1 .dw-pair__en").click()
    page.locator(".dw-why summary").click()
    assert page.evaluate(WATCHED) == NOTHING


@pytest.mark.parametrize("path", ["", "archive/2026/", "country/jp/", "topic/politics/"])
def test_lists_of_attacks_are_only_text(page: Page, attacked: BuiltSite, path: str) -> None:
    page.goto(attacked.url + path)
    assert page.evaluate(WATCHED) == NOTHING
    assert page.locator("article, .dw-lines li").count() > 0


def test_attacks_found_by_search_are_only_text(page: Page, attacked: BuiltSite) -> None:
    page.goto(f"{attacked.url}search/?q=alert")
    results = page.locator("#dw-main a[href*='article/payload']")
    results.first.wait_for()
    assert page.locator("#dw-main :is(script, img, iframe, svg[onload], style, base)").count() == 0
    assert results.count() > 0


SMUGGLED = (
    "<script>window.ran = 'inline'</script>"
    "<img src='data:,' onerror=\"window.ran = 'handler'\">"
    "<script src='data:text/javascript,window.ran=1'></script>"
    "<base href='https://evil.example/'>"
    "<a id='link' href=\"javascript:window.ran='link'\">link</a>"
)


@pytest.mark.parametrize("path", ["", "article/payload-0/", "country/jp/", "topic/politics/"])
def test_even_markup_that_got_through_could_run_nothing(
    page: Page, attacked: BuiltSite, watch: Watch, path: str
) -> None:
    def get_through(route: Route) -> None:
        html = route.fetch().text()
        route.fulfill(body=html.replace("</h1>", f"</h1>{SMUGGLED}", 1), content_type="text/html")

    page.route(attacked.url + path, get_through)
    page.goto(attacked.url + path)
    page.locator("#link").click()
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.baseURI") == attacked.url + path
    assert len([fault for fault in watch.faults if "Content Security Policy" in fault]) >= 4
    watch.faults.clear()
    # The page itself goes on working.
    page.keyboard.press("/")
    expect(page.locator("#dw-search-input")).to_be_focused()
