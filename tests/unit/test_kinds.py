"""The list of page kinds, and all that has to agree with it."""

import re

import pathspec
import pytest

from dwiwarta.kinds import (
    BUNDLES,
    GENERATED_FILES,
    GENERATED_FOLDERS,
    KINDS,
    LAYOUTS,
    WORD_FILES,
    is_generated,
)
from dwiwarta.settings import PROJECT_ROOT

PLACES = {*GENERATED_FOLDERS, *GENERATED_FILES}


def test_git_ignores_just_what_is_generated() -> None:
    lines = (PROJECT_ROOT / ".gitignore").read_text("utf-8").splitlines()
    ignored = {line.removeprefix("/docs/").rstrip("/") for line in lines if "/docs/" in line}
    assert ignored == PLACES


def test_make_clean_removes_just_what_is_generated() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text("utf-8")
    (recipe,) = re.findall(r"^clean:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert set(re.findall(r"\bdocs/(\S+)", recipe)) == PLACES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_navigation_knows_every_page_or_leaves_it_out_on_purpose(kind: object) -> None:
    text = (PROJECT_ROOT / "mkdocs.yml").read_text("utf-8")
    (block,) = re.findall(r"^not_in_nav: \|\n((?:  .*\n)+)", text, re.MULTILINE)
    left_out = pathspec.PathSpec.from_lines("gitignore", block.split())
    assert isinstance(kind, type(KINDS[0]))
    for page in kind.in_nav:
        assert f": {page}\n" in text
        assert not left_out.match_file(page)
    if kind.name in ("moved", "sitemap", "search", "bundle", "lexicon", "social"):
        return  # no pages of the theme
    for name in ("index.md", "x/index.md", "x/2026-11/index.md", "x/2026-11/1/index.md"):
        path = f"{kind.folder}/{name}" if kind.folder else "index.md"
        assert left_out.match_file(path) != (path in kind.in_nav), path


def test_each_layout_has_a_bundle_and_each_bundle_its_parts() -> None:
    assert {*LAYOUTS.values(), "prose"} == set(BUNDLES)
    for bundle in BUNDLES.values():
        for ending, parts in (("css", bundle.all_styles), ("js", bundle.all_scripts)):
            assert len(set(parts)) == len(parts)
            for part in parts:
                assert (PROJECT_ROOT / "docs" / "assets" / f"{part}.{ending}").is_file()


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("index.md", True),
        ("sitemap.xml", True),
        ("article/x/index.md", True),
        ("archive/2026-11/index.md", True),
        ("articles.md", False),
        ("editors/index.md", False),
        ("country.md", False),
    ],
)
def test_what_belongs_to_the_build(path: str, ours: bool) -> None:
    assert is_generated(path) == ours


def test_all_that_says_what_words_mean_is_kept_for_reading_without_network() -> None:
    folder = PROJECT_ROOT / "docs" / "assets" / "words"
    assert sorted(WORD_FILES) == sorted(path.name for path in folder.iterdir())
