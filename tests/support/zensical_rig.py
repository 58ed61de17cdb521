"""The same pages built by MkDocs and by Zensical, and what their builds differ in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree, html

from site_rig import build_site, load_entries

TIMEOUT_SECONDS = 300
_ADDRESSES = ("href", "src", "action")
_PARTS = ("docs", "overrides", "mkdocs.yml")


@dataclass(frozen=True, slots=True)
class Built:
    """The two sites, in folders of one folder."""

    root: Path

    @property
    def mkdocs(self) -> Path:
        return self.root / "mkdocs" / "site"

    @property
    def zensical(self) -> Path:
        return self.root / "zensical" / "site"


def build_both(root: Path) -> Built:
    """Make the pages of ``entries.yml`` below ``root``, with the manuals, and build them twice."""
    one, two = root / "mkdocs", root / "zensical"
    one.mkdir()
    two.mkdir()
    build_site(one, load_entries(), page_size=3)
    for part in _PARTS:
        copy = shutil.copytree if (one / part).is_dir() else shutil.copy2
        copy(one / part, two / part)
    run_zensical(two)
    return Built(root)


def run_zensical(project: Path) -> None:
    """Build ``project/site/`` as somebody does who types `zensical build`."""
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=project,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass(frozen=True, slots=True)
class Difference:
    """What is left out of a comparison: the elements, attributes or contents at ``path`` (XPath).

    ``only``: of them, compare this alone: nothing (""), their text ("text"), or their links
    ("links"). ``reason``: why they differ.
    """

    path: str
    only: str
    reason: str


def page_of(path: Path, known: tuple[Difference, ...]) -> html.HtmlElement:
    """A page of a site, without what is known to differ."""
    tree = html.fromstring(path.read_text("utf-8"))
    for one in known:
        for found in _found(tree, one):
            _reduce(found, one.only)
    return tree


def _found(tree: html.HtmlElement, one: Difference) -> list[object]:
    return list(tree.xpath(one.path))


def occurs(path: Path, one: Difference) -> bool:
    """Whether a page has anything that a known difference is about."""
    return bool(_found(html.fromstring(path.read_text("utf-8")), one))


def _reduce(found: object, only: str) -> None:
    if not isinstance(found, html.HtmlElement):  # an attribute
        parent = found.getparent()  # type: ignore[attr-defined]
        del parent.attrib[found.attrname]  # type: ignore[attr-defined]
    elif not only:
        found.drop_tree()
    elif only == "text":
        text = found.text_content()
        _empty(found, "pre")
        found.text = text
    else:
        links = [(one.get("href"), " ".join(one.text_content().split())) for one in found.iter("a")]
        _empty(found, "links")
        for href, text in links:
            etree.SubElement(found, "a", {"href": href}).text = text


def _empty(element: html.HtmlElement, tag: str) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.tail = tag, tail


def lines_of(tree: html.HtmlElement, page: str) -> Iterator[str]:
    """A page as lines, one an element or a text, with whole addresses; spaces do not count."""
    at = urljoin("https://site.example/", page)
    for event, one in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(one.tag, str):
            continue
        if event == "start":
            attributes = {
                key: _address(at, value) if key in _ADDRESSES else " ".join(value.split())
                for key, value in one.attrib.items()
            }
            yield f"<{one.tag} {sorted(attributes.items())}>"
            yield from _words(one.text)
        else:
            yield from _words(one.tail)


def _address(at: str, value: str) -> str:
    """What a link leads to: Zensical writes ``./help/`` and ``index.html``, too."""
    return urljoin(at, value).removesuffix("index.html")


def _words(text: str | None) -> Iterator[str]:
    if words := " ".join((text or "").split()):
        yield words
