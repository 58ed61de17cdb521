"""The documentation names what the code has: settings, commands, options, front matter, engines."""

import re
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from dwiwarta.clean.repeats import REPEAT_LENGTH
from dwiwarta.cli import cli
from dwiwarta.commands.output import SPEECH_FLAGS
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.codes import topic_id
from dwiwarta.read.decided import FrontMatter
from dwiwarta.settings import PROJECT_ROOT, Settings
from dwiwarta.translate.engines.registry import FACTORIES

DOCS = PROJECT_ROOT / "docs"
EDITORS = DOCS / "editors"
HAND_WRITTEN = sorted(
    path
    for pattern in ("*.md", "editors/*.md", "developers/*.md")
    for path in DOCS.glob(pattern)
    if path != DOCS / "index.md"  # generated
) + [PROJECT_ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]

# Folders and pages of docs/ that a build writes.
GENERATED = tuple(
    PROJECT_ROOT / line.strip("/")
    for line in (PROJECT_ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    if line.startswith("/docs/")
)

# Tables cannot wrap.
WIDTH = 100

_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
_PROJECT_PATH = re.compile(r"`((?:scripts|tests|docs|articles|\.github)/[\w./-]+\.\w+)`")


def setting_keys(model: type[BaseModel], above: str = "") -> list[str]:
    """``input.max_article_mb`` and so on."""
    keys = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            keys += setting_keys(kind, f"{above}{name}.")
        else:
            keys.append(f"{above}{name}")
    return keys


def command_names() -> list[str]:
    """Every command, sub-commands as ``models fetch``."""

    def below(command: click.Command, name: str) -> list[str]:
        if not isinstance(command, click.Group):
            return [name]
        ctx = click.Context(command)
        return [
            full
            for sub in command.list_commands(ctx)
            if (child := command.get_command(ctx, sub)) is not None
            for full in below(child, f"{name} {sub}".strip())
        ]

    return below(cli, "")


def command(name: str) -> click.Command:
    found: click.Command = cli
    for part in name.split():
        assert isinstance(found, click.Group)
        child = found.get_command(click.Context(found), part)
        assert child is not None
        found = child
    return found


def section(text: str, heading: str) -> str:
    """The part of a page under a heading ``## `heading` ``."""
    _, found, rest = text.partition(f"\n## `{heading}`\n")
    return rest.partition("\n## ")[0] if found else ""


@pytest.mark.parametrize("key", setting_keys(Settings))
def test_every_setting_is_explained(key: str) -> None:
    assert f"| `{key}` |" in (EDITORS / "settings.md").read_text(encoding="utf-8")


def test_no_setting_is_explained_that_does_not_exist() -> None:
    page = (EDITORS / "settings.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+(?:\.\w+)+)` \|", page, re.MULTILINE)
    assert set(named) == set(setting_keys(Settings))


@pytest.mark.parametrize("key", setting_keys(Settings))
def test_the_default_of_every_setting_is_right(key: str) -> None:
    page = (EDITORS / "settings.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{re.escape(key)}` \| `([^`]*)` \|", page, re.MULTILINE)
    assert row is not None
    value: object = Settings()
    for part in key.split("."):
        value = getattr(value, part)
    if isinstance(value, bool):
        want = str(value).lower()
    elif isinstance(value, tuple):
        want = f"[{', '.join(value)}]"
    elif isinstance(value, float):
        want = f"{value:g}"
    else:
        want = str(value) or '""'
    assert row[1] == want


@pytest.mark.parametrize("name", command_names())
def test_every_command_and_option_is_explained(name: str) -> None:
    text = section((EDITORS / "commands.md").read_text(encoding="utf-8"), name)
    assert text, f"docs/editors/commands.md has no section for `{name}`"
    options = [
        option
        for parameter in command(name).params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--") and option not in {"--help", *SPEECH_FLAGS}
    ]
    missing = [option for option in options if f"`{option}" not in text]
    assert not missing


def test_no_command_or_option_is_explained_that_does_not_exist() -> None:
    page = (EDITORS / "commands.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## `([a-z -]+)`$", page, re.MULTILINE)
    assert sorted(sections) == sorted(command_names())
    for name in sections:
        known = {option for parameter in command(name).params for option in parameter.opts}
        named = set(re.findall(r"^\| `(--[a-z-]+)", section(page, name), re.MULTILINE))
        assert named <= known, name


@pytest.mark.parametrize("key", FrontMatter.model_fields)
def test_every_front_matter_key_is_explained(key: str) -> None:
    page = (EDITORS / "adding-articles.md").read_text(encoding="utf-8")
    assert f"| `{key}` |" in page


@pytest.mark.parametrize("name", [name for name in FACTORIES if name != "fake"])
def test_every_engine_is_explained(name: str) -> None:
    assert f"| `{name}` |" in (EDITORS / "engines.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(KNOWLEDGE_DIR.glob("*.yml")), ids=lambda path: path.name)
def test_every_knowledge_file_is_named(path: Path) -> None:
    assert any(f"`{path.name}`" in page.read_text(encoding="utf-8") for page in HAND_WRITTEN)


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in _LINK.findall(text):
        target = link.partition("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            path = (page.parent / target).resolve()
            generated = any(path.is_relative_to(folder) for folder in GENERATED)
            assert generated or path.exists(), link
    for name in _PROJECT_PATH.findall(text):
        if "berita" not in name and "ekspor" not in name:  # names that stand for any file
            generated = any((PROJECT_ROOT / name).is_relative_to(folder) for folder in GENERATED)
            assert generated or (PROJECT_ROOT / name).exists(), name


def test_every_topic_is_listed_by_an_id_and_a_name_that_editors_may_write() -> None:
    text = (EDITORS / "correcting-tags.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(medtop:\d+)` \| ([^|]+) \|", text, re.MULTILINE)
    assert [topic for topic, _ in rows] == [f"medtop:{number:02}000000" for number in range(1, 18)]
    assert [topic_id(name) for _, name in rows] == [topic for topic, _ in rows]


def test_every_reason_for_a_removal_is_explained() -> None:
    text = (EDITORS / "boilerplate.md").read_text(encoding="utf-8")
    sources = (PROJECT_ROOT / "scripts" / "dwiwarta" / "clean").glob("*.py")
    reasons = {
        reason.strip()
        for source in sources
        for reason in re.findall(
            r"\"((?:repeat|field|editor|boilerplate): [^\"{(]*)", source.read_text(encoding="utf-8")
        )
    }
    assert len(reasons) > 10
    assert sorted(reason for reason in reasons if f"`{reason}" not in text) == []


def test_the_length_below_which_repeats_stay_is_the_real_one() -> None:
    text = " ".join((EDITORS / "boilerplate.md").read_text(encoding="utf-8").split())
    assert f"shorter than {REPEAT_LENGTH} letters and digits" in text


@pytest.mark.parametrize(
    "path", [*HAND_WRITTEN, PROJECT_ROOT / "benchmarks" / "README.md"], ids=lambda path: path.name
)
def test_lines_are_short_enough_for_a_diff(path: Path) -> None:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    long = [
        number
        for number, line in lines
        if len(line) > WIDTH and not line.lstrip().startswith("|") and " " in line.strip()
    ]
    assert long == [], f"wrap these lines of {path.name} at {WIDTH}"
