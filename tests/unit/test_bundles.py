"""The style sheet and the script of each kind of page (``docs/bundle/``)."""

import re
from pathlib import Path

import pytest

from dwiwarta.files import write_atomic
from dwiwarta.kinds import BUNDLES
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.site import write_docs
from dwiwarta.site.bundles import compact_script, compact_styles, without_selectors
from project_rig import make_project

ASSETS = PROJECT_ROOT / "docs" / "assets"
SCRIPTS = sorted({name for one in BUNDLES.values() for name in one.all_scripts})


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("/* a */\n.x {\n  color: red;\n}\n", ".x{color: red}"),
        ('.x > .y,\n.z::before {\n  content: "a; b";\n}', '.x > .y,.z::before{content: "a; b"}'),
        ('.x {\n  content: ", /* a */  ;}";\n}', '.x{content: ", /* a */  ;}"}'),
        ('.x {\n  src: url("fonts/a.woff2");\n}', '.x{src: url("../assets/fonts/a.woff2")}'),
        ('.x {\n  mask: url("data:image/svg+xml,%3Csvg");\n}', None),
        ("@media (a) and (b) {\n  .x:not(.y) .z {\n    width: calc(1px + 2px);\n  }\n}", None),
    ],
)
def test_styles_lose_comments_and_space_alone(written: str, made: str | None) -> None:
    compact = compact_styles(written)
    if made is not None:
        assert compact == made
    assert "\n" not in compact
    squeezed = [
        re.sub(r"\s+|;(?=\s*})", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
        for text in (written, compact)
    ]
    assert squeezed[1].replace("../assets/", "") == squeezed[0]


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("/* a\n   b */\nlet a = 1; // c\n\n  // d\n  f(a);\n", "let a = 1; // c\nf(a);"),
        ("/** a */ f();\ng(); /* b */\n", "/** a */ f();\ng(); /* b */"),
        ('f("/* no comment */");\ng("// none");', 'f("/* no comment */");\ng("// none");'),
    ],
)
def test_scripts_lose_comments_of_whole_lines_and_indents(written: str, made: str) -> None:
    assert compact_script(written) == made


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (".gone{a:b}.kept{c:d}", ".kept{c:d}"),
        (".gone,.kept{a:b}", ".kept{a:b}"),
        (".kept .gone--more>p,.kept:is(.a,.b){a:b}", ".kept:is(.a,.b){a:b}"),
        (".kept:not(.gone){a:b}", ".kept:not(.gone){a:b}"),
        (".goner{a:b}", ".goner{a:b}"),
        ("@media print{.gone{a:b}.kept{c:d}}", "@media print{.kept{c:d}}"),
        ("@keyframes x{from{a:b}to{a:c}}", "@keyframes x{from{a:b}to{a:c}}"),
    ],
)
def test_selectors_of_what_no_page_has_are_left_out(written: str, left: str) -> None:
    assert without_selectors(re.compile(r"\.gone(?![a-z])"), written) == left


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_text_in_a_script_goes_over_the_end_of_a_line(name: str) -> None:
    text = (ASSETS / f"{name}.js").read_text("utf-8")
    for line in compact_script(text).splitlines():
        assert line.count("`") % 2 == 0, line


def test_bundles_are_made_of_the_parts_and_again_when_one_changes(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    write_docs([], project)
    folder = project.docs_dir / "bundle"
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(made) == {f"{name}.{ending}" for name in BUNDLES for ending in ("css", "js")}
    for data in made.values():
        for address in re.findall(rb"url\(\"(?!data:)([^\"]+)", data):
            assert (folder / address.decode()).resolve().is_file(), address
    assert b".md-typeset" in made["prose.css"]
    assert b".md-typeset h1" not in made["article.css"]
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    write_docs([], project)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times
    reader = project.docs_dir / "assets" / "reader.js"
    write_atomic(reader, reader.read_bytes() + b"console;\n", below=project.root)
    write_docs([], project)
    changed = {path.name for path in folder.iterdir() if path.read_bytes() != made[path.name]}
    assert changed == {"article.js"}
    (project.docs_dir / "assets" / "reader.js").unlink()
    write_docs([], project)
    assert b"console;" not in (folder / "article.js").read_bytes()
