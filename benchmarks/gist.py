"""How much of the English "word by word" has: ``python benchmarks/gist.py [FOLDER…]``.

Reads the pairs of paragraphs in the memories (``*.po``) of some folders, as a rule ``articles/``,
and asks a browser for each Indonesian paragraph word by word, as a page without English shows it.
Counted are its content words that the Indonesian does not have, and how many of them stand in the
English paragraph by their stems. The rest are synonyms, mostly; nothing here says that a text is
understood. ``--show N`` prints the first N paragraphs with both.

Needs the browser of the tests (``make test`` sets it up).
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import polib
from playwright.sync_api import sync_playwright

from dwiwarta.render.lexicon import lexicon_pages
from dwiwarta.settings import Project, Settings
from dwiwarta.words.english import WORD, english_key, is_empty
from provision_browser import launch
from site_rig import serve_site

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ("files", "analyser", "sieve", "lexicon", "sentence", "newspaper", "line")
# What docs/assets/device.js and words/popup.js give these scripts.
STUB = "(address) => { window.dw = { root: new URL(address), say: (message) => message }; }"
LEXICON = "() => { dwWords.lexicon = new dwWords.Lexicon(dw.root); }"
GIST = """async (texts) => {
  await dwWords.lexicon.whole();
  const found = [];
  for (const text of texts) {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    found.push(await dwWords.wordByWord(paragraph));
  }
  return found;
}"""


def main() -> int:
    """Measure, and print the share."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*", default=[ROOT / "articles"])
    parser.add_argument("--show", type=int, default=0, metavar="N", help="paragraphs to print")
    options = parser.parse_args()
    pairs = sorted(set(_pairs(options.folders)))
    gists = word_by_word([original for original, _ in pairs])
    right = words = 0
    for (original, english), gist in zip(pairs, gists, strict=True):
        known = {word.lower() for word in WORD.findall(original)}
        wanted = {english_key(word) for word in WORD.findall(english)}
        said = [one for one in WORD.findall(gist) if not is_empty(one) and not one[0].isdigit()]
        said = [one for one in said if one.lower() not in known]
        words += len(said)
        right += sum(english_key(word) in wanted for word in said)
    print(f"paragraphs            {len(pairs):>7,}")
    print(f"content words said    {words:>7,}")
    print(f"in the English, too   {right / max(words, 1):>7.1%}")
    for (original, english), gist in list(zip(pairs, gists, strict=True))[: options.show]:
        print(f"\n{original}\n  {gist}\n  {english}")
    return 0


def _pairs(folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.po")):
            for entry in polib.pofile(str(path)):
                if entry.msgid and entry.msgstr and not entry.obsolete:
                    yield entry.msgid, entry.msgstr


def word_by_word(texts: list[str]) -> list[str]:
    """Each text as a page shows it word by word."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for page in lexicon_pages(Project(root=folder, settings=Settings(), site_name="Gist")):
            path = folder / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page.render())
        shutil.copytree(ROOT / "docs/assets/words", folder / "words")
        (folder / "index.html").write_text("<!doctype html><title>Gist</title>", "utf-8")
        with serve_site(folder) as site, sync_playwright() as playwright:
            browser, _ = launch(playwright)
            page_ = browser.new_page()
            page_.goto(site.url)
            page_.evaluate(STUB, site.url)
            for script in SCRIPTS:
                page_.add_script_tag(url=f"{site.url}words/{script}.js")
                if script == "lexicon":
                    page_.evaluate(LEXICON)
            found: list[str] = page_.evaluate(GIST, texts)
            browser.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
