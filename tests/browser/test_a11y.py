"""No serious finding of axe on any kind of page, in either colour, on desktop and phone."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from conftest import DESKTOP, PHONE
from site_rig import BuiltSite

PATHS = {
    "home": "",
    "article": "article/2026-03-01-pelabuhan-baru-di-makassar/",
    "mixed states": "article/2026-02-26-vaksin-baru/",
    "not translated": "article/tanpa-tanggal/",
    "original on tap": "article/2026-02-27-banjir-di-tepi-mekong/?view=tap",
    "countries": "country/",
    "country": "country/jp/",
    "story": "story/2026-03-01-kapal-jepang-bersandar/",
    "topic": "topic/economy-business-and-finance/",
    "about": "about/",
    "help": "help/",
    "editors": "editors/",
    "table of keys": "editors/adding-articles/",
    "diagram": "developers/architecture/",
    "quality": "quality/",
    "feeds": "feed/",
    "e-books": "book/",
    "yours": "mine/",
    "your words": "mine/words/",
    "not found": "404.html",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious(
    open_page: Callable[..., Page], reader: BuiltSite, device: dict[str, Any], scheme: str
) -> None:
    page = open_page(**device, color_scheme=scheme)
    found = {}
    for name, path in PATHS.items():
        page.goto(reader.url + path)
        for details in page.locator("details").all():
            details.evaluate("node => { node.open = true; }")
        if "view=tap" in path:
            page.locator(".dw-pair__tap").first.click()
        violations = Axe().run(page).response["violations"]
        serious = [v for v in violations if v["impact"] in ("serious", "critical")]
        if serious:
            found[name] = [
                (v["id"], [(n["html"][:160], n["failureSummary"]) for n in v["nodes"][:4]])
                for v in serious
            ]
    assert found == {}
