"""The style sheets and the names of classes (docs/developers/styles.md)."""

import re
from pathlib import Path

from dwiwarta.kinds import BUNDLES
from dwiwarta.settings import PROJECT_ROOT

ASSETS = PROJECT_ROOT / "docs" / "assets"
SHEETS = {path.name: path.read_text("utf-8") for path in sorted(ASSETS.glob("*.css"))}
WRITERS = [
    *(PROJECT_ROOT / "overrides").rglob("*.html"),
    *(PROJECT_ROOT / "scripts" / "dwiwarta" / "render").rglob("*.j2"),
    *(PROJECT_ROOT / "scripts" / "dwiwarta" / "render").rglob("*.py"),
    *ASSETS.rglob("*.js"),
    *(PROJECT_ROOT / "docs").glob("*.md"),
]
CLASS = re.compile(r"\.(dw-[\w-]+)")
WORD = r"[a-z0-9]+(-[a-z0-9]+)*"
SCHEME = re.compile(rf"dw-{WORD}(__{WORD})?(--{WORD})?")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What a template puts together from a prefix and a value.
PUT_TOGETHER = ("dw-part--",)


def _rules(name: str) -> str:
    return COMMENT.sub("", SHEETS[name])


def _said(path: Path) -> set[str]:
    return set(re.findall(r"dw-[\w-]+", path.read_text("utf-8")))


def test_class_names_follow_the_scheme() -> None:
    for name in SHEETS:
        for one in CLASS.findall(_rules(name)):
            assert SCHEME.fullmatch(one), (name, one)


def test_no_rule_is_for_a_class_that_nothing_has() -> None:
    used = {one for path in WRITERS for one in _said(path)}
    for name in SHEETS:
        for one in CLASS.findall(_rules(name)):
            assert one in used or one.startswith(PUT_TOGETHER), (name, one)


def test_every_sheet_and_script_is_loaded_by_somebody() -> None:
    styles = {f"{name}.css" for one in BUNDLES.values() for name in one.all_styles}
    assert set(SHEETS) == styles
    scripts = {f"{name}.js" for one in BUNDLES.values() for name in one.all_scripts}
    theme = "".join(path.read_text("utf-8") for path in (PROJECT_ROOT / "overrides").glob("*.html"))
    for path in ASSETS.glob("*.js"):
        assert path.name in scripts or f"assets/{path.name}" in theme, path.name


def test_colours_stand_in_the_palette_alone() -> None:
    for name in SHEETS.keys() - {"palette.css", "print.css"}:
        assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*;)", _rules(name)), name


def test_who_knows_no_light_dark_gets_the_light_colours() -> None:
    pairs = dict(
        re.findall(r"(--dw-[\w-]+): light-dark\((rgb\([^)]*\)|[^,]+),", _rules("palette.css"))
    )
    plain = dict(re.findall(r"(--dw-[\w-]+): (#\w+|rgb\([^)]*\));", _rules("palette.css")))
    assert pairs
    assert plain == pairs
