"""Words in the browser and in the build: the same readings and senses of the same forms.

The files of the lexicon are those that a build makes, read by ``docs/assets/words/*.js``.
"""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from conftest import lone_page
from dwiwarta.commands.word import as_record
from dwiwarta.knowledge.overlays import Overlays, lay, use_overlays
from dwiwarta.render.entry_files import BOUNDS
from dwiwarta.render.lexicon import lexicon_pages
from dwiwarta.settings import PROJECT_ROOT, Project, Settings
from dwiwarta.words import load_meanings
from site_rig import serve_site

CASES = yaml.safe_load((PROJECT_ROOT / "tests/cases/words.yml").read_text(encoding="utf-8"))
# Bytes of a file as a server sends it: of any, of one with entries, of the one with all of them.
LARGEST, LARGEST_PART, LARGEST_OF_ALL = 15_000, 1_100, 200_000

MEANING = """
async ([words, root]) => {
  for (const name of ["files", "analyser", "sieve", "lexicon"])
    if (!window.dwWords?.Lexicon)
      await new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = `${root}assets/words/${name}.js`;
        Object.assign(script, { onload: done, onerror: fail });
        document.head.append(script);
      });
  window.lexicon ??= new dwWords.Lexicon(root);
  const out = [];
  for (const word of words) out.push(await lexicon.meaning(word));
  return out.map(({ word, kind, senses }) => ({
    word,
    kind,
    senses: senses.map(({ root, pieces, glosses, of, pos, register, note, explained }) => ({
      root,
      pieces: pieces.map((piece) => ({ form: piece.form, does: lexicon.does(piece, root) })),
      senses: glosses,
      ...Object.fromEntries(
        Object.entries({ of, pos, register, note, explained }).filter(([, value]) => value),
      ),
    })),
  }));
}
"""


def write_lexicon(root: Path, language: str = "en") -> Path:
    """A folder to serve: the lexicon of a build and the scripts that read it."""
    settings = Settings.model_validate({"site": {"language": language}})
    for page in lexicon_pages(Project(root=root, settings=settings, site_name="Words")):
        path = root / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.render())
    shutil.copytree(PROJECT_ROOT / "docs/assets/words", root / "assets/words")
    (root / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><title>Words</title>", "utf-8"
    )
    return root


@pytest.fixture(scope="module")
def words_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = write_lexicon(tmp_path_factory.mktemp("lexicon"))
    with serve_site(folder) as site, lone_page(browser) as page:
        page.goto(site.url)
        yield page


def theirs(page: Page, words: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(MEANING, [words, page.url])
    return found


def ours(words: list[str]) -> list[dict[str, Any]]:
    known = load_meanings()
    records = []
    for word in words:
        record = as_record(known.of(word), known)
        first = {
            name: record[name] for name in record if name not in ("word", "kind", "other", "from")
        }
        senses = [first, *record["other"]] if first["root"] is not None else []
        records.append({"word": word, "kind": record["kind"], "senses": senses})
    return records


def unlike(page: Page, words: list[str]) -> list[tuple[Any, Any]]:
    pairs = zip(ours(words), theirs(page, words), strict=True)
    return [(one, other) for one, other in pairs if one != other][:5]


def test_every_root_form_and_phrase_means_what_the_build_says(words_page: Page) -> None:
    lexicon = load_meanings().analyser.lexicon
    words = sorted({*lexicon.entries, *lexicon.forms, *lexicon.joined})
    assert len(words) > 10_000
    assert unlike(words_page, words) == []


def test_words_with_affixes_mean_what_the_build_says(words_page: Page) -> None:
    known = load_meanings().analyser
    roots = list(known.lexicon.entries)
    shapes = [shape for shapes in known.affixes.shapes.values() for shape in shapes]
    words = {case[0] for case in (*CASES["readings"], *CASES["other"])} | {*CASES["nothing"]}
    for number, root in enumerate(roots):
        for turn in (7, 11):
            shape = shapes[number * turn % len(shapes)]
            left = root.removeprefix(shape.hides) if shape.hides else root
            words.add(f"{shape.begin}{left}{shape.end}")
        end = ("nya", "lah", "kannya", "ku", "i", "nyalah")[number % 6]
        words |= {f"{root}{end}", f"{root}-{root}", f"{root}-{root}an"}
        words |= {f"me{root[0]}e{root}", f"di{roots[number // 2]}{root}kan"}
    words |= {word.capitalize() for word in sorted(words)[::50]}
    words |= {form for term in load_meanings()._terms for form in (term, term.lower())}
    assert len(words) > 20_000
    assert unlike(words_page, sorted(words)) == []


ANY_WORD = st.text("abeghijklmnoprstuy-'", max_size=24) | st.text(max_size=8)


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(ANY_WORD, min_size=40, max_size=80))
def test_any_text_is_read_alike(words_page: Page, words: list[str]) -> None:
    # JavaScript has no lone surrogates from Python, and other letters have their own rules of case.
    words = [word for word in words if word.isascii()]
    assert unlike(words_page, words) == []


OTHERS = ("entries", "function", "gist", "names", "newspaper", "places", "roots", "rules", "terms")


def test_the_files_are_small_and_all_there_is() -> None:
    project = Project(root=Path("/nowhere"), settings=Settings(), site_name="Words")
    pages = {page.path: page for page in lexicon_pages(project)}
    files = (f"entries-{bound}" for bound in BOUNDS)
    names = {*OTHERS, *files}
    assert set(pages) == {f"lexicon/{name}.js" for name in names}
    sizes = {path: len(gzip.compress(page.render())) for path, page in pages.items()}
    assert sizes.pop("lexicon/entries.js") < LARGEST_OF_ALL
    assert max(sizes.values()) < LARGEST, sizes
    assert max(sizes[f"lexicon/entries-{bound}.js"] for bound in BOUNDS) < LARGEST_PART
    assert list(BOUNDS) == sorted(BOUNDS)


def test_a_site_s_own_words_are_in_the_files(browser: Browser, tmp_path: Path) -> None:
    own = tmp_path / "knowledge"
    own.mkdir()
    (own / "lexicon.yml").write_text(
        "warnet: {pos: n, senses: [internet café]}\nébène: {pos: n, senses: [ebony]}\n"
        "zumba: {pos: n, senses: [dance], forms: {mulet: person who dances}}\nwithout: [rumah]\n",
        "utf-8",
    )
    (own / "glossary.yml").write_text(
        "terms:\n  - {source: [KUDW], target: [Two-News Office], expansion: an office}\n", "utf-8"
    )
    try:
        use_overlays(own)
        words = ["warnetnya", "ébène", "rumah", "KUDW", "mulet", "zumba"]
        folder = write_lexicon(tmp_path / "site", "id")
        with serve_site(folder) as site, lone_page(browser) as page:
            page.goto(site.url)
            found = theirs(page, words)
        said = [one["senses"][0]["senses"] if one["senses"] else None for one in found]
        assert said[:1] == [["internet café"]]
        assert said[1:] == [["ebony"], None, ["Two-News Office"], ["person who dances"], ["dance"]]
        assert found[0]["senses"][0]["pieces"][0]["does"].startswith("milik")
    finally:
        lay(Overlays())
