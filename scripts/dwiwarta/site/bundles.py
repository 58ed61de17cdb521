"""``docs/bundle/``: one style sheet and one script for each kind of page.

A first visit is as fast as its number of requests allows. The parts in ``docs/assets/`` are what
people read and change; what is made of them here loses comments and indents, and no more, so that
both need no tool beyond this file.

Each has a version, which ends its text and which pages name with its address: so a browser, and the
service worker (``docs/assets/offline/worker.js``, the site's ``sw.js``), never put a page together
with the styles of another build.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files

from dwiwarta.files import read_plain, write_if_changed
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.kinds import BUNDLES, Bundle
from dwiwarta.model import Page
from dwiwarta.settings import Project
from dwiwarta.site.given import theme_values

Make = Callable[[Sequence[str]], str]

PARTS = "assets"  # below docs/
VERSIONS = "overrides/partials/bundles.html"  # for the theme
_VERSION_CHARS = 12
_MADE = 2  # another number where the same parts give other bytes

# A comment, a run of space or what needs none around it; texts come first, so that they stay.
_TEXT = r"""(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
_COMMENT = re.compile(rf"{_TEXT}|/\*.*?\*/", re.DOTALL)
_SCRIPT_COMMENT = re.compile(
    r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*$", re.DOTALL | re.MULTILINE
)
_SPACE = re.compile(rf"{_TEXT}|\s+", re.DOTALL)
_AROUND = re.compile(rf"{_TEXT}| ?(?P<mark>[{{}};,]) ?", re.DOTALL)
_LAST = re.compile(rf"{_TEXT}|;}}", re.DOTALL)
# A rule of compressed styles, and one of its selectors: commas in brackets part nothing.
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+")
# What Material has and our theme does without: its header, tabs, search, footer, and its blog.
_ABSENT = re.compile(
    r"\.md-(?:author|banner|consent|copyright|feedback|footer|header|post|search|select|social|"
    r"tabs|version)(?![a-z])"
)
# An address below docs/assets/, as one says it there; those with a scheme stay ("data:").
_ADDRESS = re.compile(r"""url\((["'])(?![a-z]+:|/|#)""")


def bundle_pages(project: Project, docs: Tree) -> Iterator[Page]:
    """The files of all bundles, without what is not there: another theme may have none of it."""
    made = []
    for name, bundle in BUNDLES.items():
        material = _material() if bundle.material else ""
        for ending, parts, make in (
            ("css", bundle.all_styles, partial(_styles, bundle)),
            ("js", bundle.all_scripts, _scripts),
        ):
            paths = [f"{PARTS}/{part}.{ending}" for part in parts]
            there = [path for path in paths if docs.contents(path) is not None]
            if not there:
                continue
            digest = digest_of(
                f"bundle {_MADE} {version('mkdocs-material') if material else ''}",
                *(f"{path} {docs.contents(path)}" for path in there),
            )
            render = partial(_render, project, there, make, _version(digest))
            made.append(Page(f"bundle/{name}.{ending}", digest, render))
    yield from made
    worker = f"{PARTS}/offline/{'worker' if project.settings.site.offline else 'none'}.js"
    if docs.contents(worker) is not None:
        # A browser takes the new worker where any bundle is new, and so the page that it shows
        # where it has no other.
        digest = digest_of(worker, docs.contents(worker) or "", *(one.digest for one in made))
        render = partial(_render, project, [worker], _scripts, _version(digest))
        yield Page("sw.js", digest, render)


def write_versions(project: Project, pages: Iterable[Page]) -> None:
    """Tell the theme those of the bundles among ``pages``; a theme of somebody's own does not ask.

    Raises ``OSError``.
    """
    if not (project.root / VERSIONS).parent.is_dir():
        return
    found = {
        one.path.removeprefix("bundle/"): _version(one.digest)
        for one in pages
        if one.path.startswith("bundle/")
    }
    text = theme_values("versions", found)
    write_if_changed(project.root / VERSIONS, text, below=project.root)


def _version(digest: str) -> str:
    return digest[:_VERSION_CHARS]


def _render(project: Project, paths: Sequence[str], make: Make, ends: str) -> bytes:
    texts = [read_plain(project.docs_dir / path).decode("utf-8", "replace") for path in paths]
    return f"{make(texts)}/*{ends}*/\n".encode()


def _styles(bundle: Bundle, texts: Sequence[str]) -> str:
    ours = "\n".join(compact_styles(text) for text in texts)
    return f"{_material()}\n{ours}\n" if bundle.material else f"{ours}\n"


def _scripts(texts: Sequence[str]) -> str:
    return "".join(f"{compact_script(text)}\n" for text in texts)


def compact_styles(text: str) -> str:
    """Without comments and needless space, and with addresses as the bundle has to say them."""
    text = _COMMENT.sub(lambda found: found["text"] or "", text)
    text = _SPACE.sub(lambda found: found["text"] or " ", text).strip()
    text = _AROUND.sub(lambda found: found["text"] or found["mark"], text)
    text = _LAST.sub(lambda found: found["text"] or "}", text)
    return _ADDRESS.sub(rf"url(\1../{PARTS}/", text)


def compact_script(text: str) -> str:
    """Without comments that have lines of their own, indents and empty lines.

    No string of ours goes over the end of a line (a test looks), so indents are no text.
    """
    lines = _SCRIPT_COMMENT.sub("", text).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


@cache
def _material() -> str:
    """Material's own style sheet, already compact; its name has a digest in it."""
    folder = files("material") / "templates" / "assets" / "stylesheets"
    found = [one for one in folder.iterdir() if re.fullmatch(r"main\.\w+\.min\.css", one.name)]
    text = "".join(one.read_text("utf-8") for one in found)
    return without_selectors(_ABSENT, re.sub(r"/\*# sourceMappingURL.*?\*/", "", text).strip())


def without_selectors(absent: re.Pattern[str], styles: str) -> str:
    """Styles without the selectors that need a class of ``absent``; a rule with others stays."""

    def kept(rule: re.Match[str]) -> str:
        found = [one for one in _SELECTOR.findall(rule[1]) if not absent.search(_nested(one))]
        return f"{','.join(found)}{{{rule[2]}}}" if found else ""

    return _RULE.sub(kept, styles)


def _nested(selector: str) -> str:
    """A selector without what stands in brackets: ``:not(.md-search)`` asks for no search."""
    return re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", selector)
