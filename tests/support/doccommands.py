"""The commands that README and manual tell people to type."""

import re
from collections.abc import Iterator
from pathlib import Path

from dwiwarta.settings import PROJECT_ROOT

PAGES = sorted(
    [PROJECT_ROOT / "README.md", PROJECT_ROOT / "CONTRIBUTING.md"]
    + [
        path
        for pattern in ("*.md", "editors/*.md", "developers/*.md", "id/**/*.md")
        for path in (PROJECT_ROOT / "docs").glob(pattern)
        if path.name != "index.md" or path.parent.name != "docs"
        # Its commands build on each other: tests/unit/test_first_site.py walks through them.
        if path.name != "first-site.md"
    ]
)
_BLOCK = re.compile(r"^ *```(?:sh|bash|console|shell)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
_OURS = re.compile(r"^(?:(?:\S*python3? )?scripts/build\.py|dwiwarta)(?: |$)")


def commands_in(page: Path) -> Iterator[str]:
    """Each line of a shell block, and each of our commands that stands in the text."""
    text = page.read_text("utf-8")
    for block in _BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            command = re.sub(r"(^|\s)#.*", "", line).strip().removeprefix("$ ")
            if command:
                yield " ".join(command.split())
    for span in _SPAN.findall(_BLOCK.sub("", text)):
        if _OURS.match(span):
            yield " ".join(span.split())


def all_commands() -> dict[str, str]:
    """Every command once, with the page where it stands first."""
    found: dict[str, str] = {}
    for page in PAGES:
        for command in commands_in(page):
            found.setdefault(command, page.relative_to(PROJECT_ROOT).as_posix())
    return found
