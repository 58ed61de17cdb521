"""``docs/bundle/``: one style sheet and one script for each kind of page.

A first visit is as fast as its number of requests allows. The parts in ``docs/assets/`` are what
people read and change; what is made of them here loses comments and indents, and no more, so that
both need no tool beyond this file.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files

from dwiwarta.files import read_plain
from dwiwarta.fingerprint import Tree, digest_of
from dwiwarta.kinds import BUNDLES, Bundle
from dwiwarta.model import Page
from dwiwarta.settings import Project

Make = Callable[[Sequence[str]], str]

PARTS = "assets"  # below docs/
_MADE = 1  # another number where the same parts give other bytes

# A comment, a run of space or what needs none around it; texts come first, so that they stay.
_TEXT = r"""(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
_COMMENT = re.compile(rf"{_TEXT}|/\*.*?\*/", re.DOTALL)
_SCRIPT_COMMENT = re.compile(
    r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*$", re.DOTALL | re.MULTILINE
)
_SPACE = re.compile(rf"{_TEXT}|\s+", re.DOTALL)
_AROUND = re.compile(rf"{_TEXT}| ?(?P<mark>[{{}};,]) ?", re.DOTALL)
_LAST = re.compile(rf"{_TEXT}|;}}", re.DOTALL)
# An address below docs/assets/, as one says it there; those with a scheme stay ("data:").
_ADDRESS = re.compile(r"""url\((["'])(?![a-z]+:|/|#)""")


def bundle_pages(project: Project, docs: Tree) -> Iterator[Page]:
    """The files of all bundles, without what is not there: another theme may have none of it."""
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
            render = partial(_render, project, there, make)
            yield Page(f"bundle/{name}.{ending}", digest, render)


def _render(project: Project, paths: Sequence[str], make: Make) -> bytes:
    texts = [read_plain(project.docs_dir / path).decode("utf-8", "replace") for path in paths]
    return make(texts).encode()


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
    return re.sub(r"/\*# sourceMappingURL.*?\*/", "", text).strip()
