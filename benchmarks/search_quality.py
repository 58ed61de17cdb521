"""What searching finds: ``python benchmarks/search_quality.py --misses``.

Asks the 60 queries of ``search_queries.yml`` of its articles, which stand among made-up ones, and
prints per language the recall (of the articles that answer a query, how many are found) and the
rate of first hits (the first result is one of those that should come first). Beside ours stands
lunr as Material for MkDocs ships it, over the same texts.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import material
import yaml
from playwright.sync_api import Page, sync_playwright
from search import PLANTED, make_entries, serve, write_pages

from dwiwarta.model import (
    Article,
    DateOrigin,
    Entry,
    Published,
    Segment,
    SourceRef,
    State,
    Story,
    Tags,
    TitleOrigin,
    TranslatedText,
    Translation,
)
from dwiwarta.search import index_entries
from dwiwarta.settings import Project, Settings
from provision_browser import launch

QUERIES = Path(__file__).with_name("search_queries.yml")
OURS = """async text => {
  const { Files } = await import("/assets/search/files.js");
  const { Search } = await import("/assets/search/engine.js");
  const root = new URL("/", location.href);
  window.files ??= new Files(root);
  const search = new Search(root, window.files, text);
  if (!(await search.prepare())) return [];
  const items = await search.take(50);
  return (await Promise.all(items.map((item) => search.card(item)))).map((card) => card[0]);
}"""
# The messages of its worker: 0 set up, 1 ready, 2 query, 3 result.
LUNR = """async text => {
  const answer = (message, type) => new Promise((resolve) => {
    window.worker.onmessage = ({ data }) => data.type === type && resolve(data.data);
    window.worker.postMessage(message);
  });
  if (!window.worker) {
    window.worker = new Worker("/lunr/worker.js");
    const index = await (await fetch("/lunr/search_index.json")).json();
    await answer({ type: 0, data: { ...index, options: { suggest: false } } }, 1);
  }
  const { items } = await answer({ type: 2, data: text }, 3);
  return items.map((sections) => sections[0].location.split("/")[0]).slice(0, 50);
}"""


def entry(slug: str, day: date, title: str, text: str, *english: str | None) -> Entry:
    """An article of the file."""
    segments = [
        Segment(source, Translation(target, State.MACHINE, "made up") if target else None)
        for source, target in zip((title, text), english, strict=True)
    ]
    article = Article(
        ref=SourceRef(f"{slug}.txt"),
        title=title,
        title_origin=TitleOrigin.FIRST_LINE,
        paragraphs=(text,),
        published=Published(day, DateOrigin.METADATA),
    )
    texts = TranslatedText(segments[0], (segments[1],))
    return Entry(slug, Story(article), texts, Tags(), f"articles/{slug}.po")


def has_planted(one: Entry) -> bool:
    """Whether a made-up article has real words in it."""
    words = {word for language in PLANTED.values() for word in language}
    texts = (part for segment in one.text.segments for part in _both(segment))
    return any(word in text for text in texts for word in words)


def write_lunr(entries: Sequence[Entry], folder: Path) -> None:
    """The index that Material's own search would have of the same texts."""
    folder.mkdir()
    templates = Path(material.__file__).parent / "templates" / "assets" / "javascripts" / "workers"
    shutil.copy(next(templates.glob("search.*.min.js")), folder / "worker.js")
    docs = [
        {
            "location": f"{one.slug}/",
            "title": " / ".join(_both(one.text.title)),
            "text": " ".join(part for segment in one.text.paragraphs for part in _both(segment)),
        }
        for one in entries
    ]
    config = {"lang": ["en"], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"]}
    fields = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}}
    index = {"config": {**config, "fields": fields}, "docs": docs}
    (folder / "search_index.json").write_text(json.dumps(index), encoding="utf-8")


def _both(segment: Segment) -> list[str]:
    return [segment.source, *([segment.translation.text] if segment.translation else [])]


def measure(
    name: str, ask: Callable[[str], list[str]], cases: dict[str, Any], misses: bool
) -> None:
    """Ask all queries and print what came of it."""
    for language, queries in cases.items():
        recall, firsts = 0.0, 0
        for query, expected in queries:
            first, _, others = expected.partition("|")
            wanted = {*first.split(), *others.split()}
            found = ask(query)
            hits = wanted & set(found)
            recall += len(hits) / len(wanted)
            is_first = bool(found) and found[0] in first.split()
            firsts += is_first
            if misses and (hits != wanted or not is_first):
                print(f"  {name}: {query!r}: {found[:3]}, wanted {sorted(wanted)}")
        count = len(queries)
        print(f"{name}, {language}: recall {recall / count:.2f}, first hits {firsts / count:.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1000, help="made-up ones around them")
    parser.add_argument("--misses", action="store_true", help="print each query that fell short")
    options = parser.parse_args()
    cases = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    made_up = [one for one in make_entries(options.articles) if not has_planted(one)]
    entries = [*made_up, *(entry(*one) for one in cases["articles"])]
    with tempfile.TemporaryDirectory() as name:
        project = Project(Path(name), Settings(), "Benchmark")
        index_entries(entries, project)
        write_pages(entries, project.docs_dir)
        write_lunr(entries, project.docs_dir / "lunr")
        with serve(project.docs_dir) as address, sync_playwright() as playwright:
            browser, _ = launch(playwright)
            page: Page = browser.new_page()
            page.goto(address + "search/")
            for kind, script in (("ours", OURS), ("lunr", LUNR)):

                def ask(query: str, script: str = script) -> list[str]:
                    found: list[str] = page.evaluate(script, query)
                    return found

                measure(kind, ask, cases["queries"], options.misses)
            browser.close()


if __name__ == "__main__":
    main()
