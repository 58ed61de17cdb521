"""Whatever happened before: a build gives what it would give with nothing but the inputs."""

import ast
import random
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import polib
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.errors import SiteError
from dwiwarta.knowledge import KNOWLEDGE_DIR
from dwiwarta.knowledge.glossary import Glossary, load_glossary
from dwiwarta.pipeline import BuildSummary, build, code, notes
from dwiwarta.pipeline.find import find_articles
from dwiwarta.pipeline.known import known_articles
from dwiwarta.pipeline.table import DamagedError
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project, Settings, load_project

# Texts of our own. Articles share paragraphs, so that some are copies and some tell the same story,
# and what is said of a paragraph in one memory file counts for other articles.
PARAGRAPHS = (
    "Pemerintah Kota Kupang membuka perpustakaan keliling baru untuk anak di tepi pantai.",
    "Wali kota mengatakan perpustakaan itu membawa lima ratus buku cerita dan peta dunia lama.",
    "Para guru dari Timor Leste datang melihat cara kerja perpustakaan itu pada hari Rabu.",
    "Duta Besar Jepang menyumbangkan seratus buku gambar tentang kereta api dan gunung berapi.",
    "Anak-anak membaca di bawah pohon besar sambil menunggu giliran meminjam buku kesukaan.",
    "Menurut panitia, 1.250 orang datang dalam tiga hari pertama dan separuhnya meminjam buku.",
    "Gempa kecil pada malam hari tidak merusak satu rak pun, kata petugas perpustakaan itu.",
    "Bank Indonesia mencatat kenaikan jumlah tabungan pelajar di provinsi itu sejak tahun lalu.",
)
TITLES = (
    "Perpustakaan Keliling Dibuka di Kupang",
    "Anak Kupang Meminjam Buku dari Jepang",
    "Guru Timor Leste Melihat Perpustakaan",
)
NAMES = ("a.txt", "b.txt", "2024-05-06-c.txt", "f/d.md", "2099-01-01-e.txt", "x.jsonl", "bad.txt")
SIDECARS = (
    "countries: [JP]\n",
    "source_name: Kabar Pesisir\ndrop: [Gempa kecil]\n",
    "topics: []\nskip: true\n",
    "drop: [Tidak pernah ada]\n",
    "countries: [\n",
    "same_as: a.txt\n",
    "slug: perpustakaan\n",
    "slug: perpustakaan-kupang\ndate: 2024-05-03\n",
    "title: Judul yang Benar\n",
    "not_same_as: [a.txt, b.txt]\nstory: 2024-05-06-c.txt\n",
    "not_story: [b.txt, d.md, x.jsonl]\nsame_as: [e.txt, 2099-01-01-e.txt]\n",
    f"records:\n  1: {{if_title: {TITLES[0]}, countries: [TL]}}\n  2: {{skip: true}}\n",
)
DEFAULTS = (
    "countries: [TL]\n",
    "source: Kabar Pesisir\nauthor: Redaksi\ntime_zone: WIT\n",
    "title: Semua\noutlet: pesisir\n",
    "author: [\n",
)
SETTINGS = (
    {"site": {"page_size": 2, "social_cards": 2}},
    {"site": {"page_size": 50, "social_cards": 0}},
    {"dedupe": {"merge": False}},
    {"dedupe": {"link": False}},
    {"input": {"max_article_mb": 0.0004}},
)


def write(root: Path, dice: random.Random) -> None:
    """A new article, or another text for one that is there."""
    name = dice.choice(NAMES)
    path = root / "articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    title = dice.choice(TITLES)
    first = dice.randrange(len(PARAGRAPHS) - 3)
    texts = list(PARAGRAPHS[first : first + dice.randrange(2, 5)])
    if dice.random() < 0.3:
        dice.shuffle(texts)
    day = f"Rabu, {dice.randrange(1, 28):02d} Mei 2024 - 10:{dice.randrange(10, 59)} WIB"
    if name == "bad.txt":
        path.write_bytes(dice.choice([b"", b"\0\1\2", b"x"]))
    elif name.endswith(".jsonl"):
        records = (
            f'{{"id": "{n}", "title": "{dice.choice(TITLES)} {n}", "text": "{texts[n % 2]}"}}\n'
            for n in range(dice.randrange(1, 4))
        )
        path.write_text("".join(records) + dice.choice(["", "{broken\n"]), "utf-8")
    else:
        path.write_text("\n\n".join([title, day, *texts]) + "\n", "utf-8")


def articles_of(root: Path) -> list[Path]:
    found = (p for p in (root / "articles").rglob("*") if p.is_file())
    return sorted(p for p in found if p.suffix not in (".po", ".yml"))


def memories_of(root: Path) -> list[Path]:
    return sorted((root / "articles").rglob("*.po"))


def remove(root: Path, dice: random.Random) -> None:
    if found := articles_of(root):
        dice.choice(found).unlink()


def rename(root: Path, dice: random.Random) -> None:
    """With its sidecar: one that is left behind goes by what the last build knew."""
    if found := articles_of(root):
        path = dice.choice(found)
        new = path.with_name(f"new{dice.randrange(3)}{path.suffix}")
        path.rename(new)
        sidecar = path.with_name(f"{path.name}.yml")
        if sidecar.exists() and new != path:
            sidecar.rename(f"{new}.yml")


def retag(root: Path, dice: random.Random) -> None:
    if found := articles_of(root):
        path = dice.choice(found)
        sidecar = path.with_name(f"{path.name}.yml")
        if dice.random() < 0.2:
            sidecar.unlink(missing_ok=True)
        else:
            sidecar.write_text(dice.choice(SIDECARS), "utf-8")


def edit_memory(root: Path, dice: random.Random) -> None:
    if found := memories_of(root):
        path = dice.choice(found)
        file = polib.pofile(str(path), wrapwidth=-1)
        entries = list(file)
        if entries:
            entry = dice.choice(entries)
            entry.msgstr = dice.choice(["", f"English number {dice.randrange(9)}."])
            file.save(str(path))


def spoil_memory(root: Path, dice: random.Random) -> None:
    if found := memories_of(root):
        path = dice.choice(found)
        path.write_text(dice.choice(['msgid "open\n', ""]), "utf-8")


def drop_memory(root: Path, dice: random.Random) -> None:
    if found := memories_of(root):
        dice.choice(found).unlink()


def spoil_cache(root: Path, dice: random.Random) -> None:
    path = root / ".cache" / CACHE_NAME
    if not path.exists():
        return
    if dice.random() < 0.5:
        data = bytearray(path.read_bytes())
        for _ in range(5):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(data)
        return
    with closing(sqlite3.connect(path)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        table = dice.choice(sorted(tables))
        db.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} LIMIT 3)")
        db.commit()


def drop_cache(root: Path, dice: random.Random) -> None:
    found = sorted(p for p in (root / ".cache").rglob("*") if p.is_file())
    if found:
        dice.choice(found).unlink()


def spoil_pages(root: Path, dice: random.Random) -> None:
    found = sorted(p for p in (root / "docs").rglob("*") if p.is_file())
    if found:
        path = dice.choice(found)
        data = path.read_bytes()
        path.write_bytes(dice.choice([data[:-9], data + b"x"]))


def stray_page(root: Path, dice: random.Random) -> None:
    stray = root / "docs" / "article" / dice.choice(["old/index.md", ".index.md.a1b2c3d4.tmp"])
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("---\ntitle: Old\nkind: article\n---\n", "utf-8")


def decide(root: Path, dice: random.Random) -> None:
    """Two articles are joined or parted by hand."""
    if found := articles_of(root):
        one, other = dice.choice(found), dice.choice(found)
        kind = dice.choice(["same_as", "same_as", "not_same_as", "story", "not_story"])
        one.with_name(f"{one.name}.yml").write_text(f"{kind}: {other.name}\n", "utf-8")


def change_defaults(root: Path, dice: random.Random) -> None:
    path = root / "articles" / dice.choice(["_defaults.yml", "f/_defaults.yml"])
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and dice.random() < 0.3:
        path.unlink()
    else:
        path.write_text(dice.choice(DEFAULTS), "utf-8")


STEPS: tuple[Callable[[Path, random.Random], None], ...] = (
    *(write, write, write, remove, rename, retag, decide, decide, change_defaults),
    *(
        edit_memory,
        edit_memory,
        spoil_memory,
        drop_memory,
        spoil_cache,
        drop_cache,
        spoil_pages,
        stray_page,
    ),
)


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a copy of the program whose files and glossary all builds here go by."""
    package = tmp_path_factory.mktemp("program") / "dwiwarta"
    shutil.copytree(code.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))

    def load() -> Glossary:
        return load_glossary(package / "knowledge" / "glossary.yml")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code, "PACKAGE", package)
        patch.setattr("dwiwarta.pipeline.notes.load_glossary", load)
        yield package / "knowledge"
    read_anew()


def read_anew() -> None:
    """As in a new process: what was read of the program is forgotten."""
    code._package.cache_clear()
    code._digest.cache_clear()
    notes.glossary.cache_clear()


def change_glossary(knowledge: Path, dice: random.Random) -> None:
    """Another explanation for a word of the articles."""
    original = (KNOWLEDGE_DIR / "glossary.yml").read_text("utf-8")
    term = dice.choice(["perpustakaan", "tabungan", "gunung berapi", "panitia"])
    entry = f"  - source: [{term}]\n    target: [thing {dice.randrange(3)}]\n"
    entry += f"    expansion: what it is, told {dice.randrange(9)}\n"
    (knowledge / "glossary.yml").write_text(f"{original.rstrip()}\n{entry}", "utf-8")
    read_anew()


def made(
    root: Path,
    values: object,
    engines: tuple[str, ...],
    progress: Callable[[str], None] = lambda _: None,
    scheduler: str | None = None,
) -> tuple[Any, ...]:
    """What a build made and said."""
    project = Project(
        root=root,
        settings=Settings.model_validate(values),
        site_name="Riwayat",
        site_url="https://riwayat.example/",
        edit_base="https://forge.example/edit/",
    )
    problems = ProblemLog()
    summary = build(
        project, problems, progress, engines=engines, with_site=False, scheduler=scheduler
    )
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("articles", "docs")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }
    return files, problems.lines(), steady(summary)


def steady(summary: BuildSummary) -> BuildSummary:
    """What does not depend on what was there before."""
    count = summary.translation
    return replace(
        summary,
        # Where a damaged cache is found late, answers were saved before: they are from memory then.
        translation=replace(
            count, translated=0, rejected=0, from_memory=count.translated + count.from_memory
        ),
        pages_written=0,
        pages_unchanged=summary.pages_written + summary.pages_unchanged,
        pages_removed=0,
        seconds=0,
        site_rendered=False,
    )


def from_scratch(root: Path, other: Path) -> Path:
    """A copy of the inputs alone."""
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(root / "articles", other / "articles")
    return other


def assert_same(now: tuple[Any, ...], scratch: tuple[Any, ...], step: object) -> None:
    files, others = now[0], scratch[0]
    assert sorted(files) == sorted(others), step
    for name, data in files.items():
        assert data.decode("utf-8", "replace") == others[name].decode("utf-8", "replace"), step
    assert now[1:] == scratch[1:], step


# Not made smaller: each try takes seconds.
@settings(deadline=None, max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(
    st.integers(0, 2**32),
    st.lists(st.sampled_from(STEPS), min_size=3, max_size=10),
)
def test_after_any_history_a_build_is_as_from_scratch(
    tmp_path_factory: pytest.TempPathFactory,
    knowledge: Path,
    seed: int,
    steps: list[Callable[[Path, random.Random], None]],
) -> None:
    dice = random.Random(seed)
    root, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    for _ in range(4):
        write(root, dice)
    values: object = {}
    for step in (lambda *_: None, *steps):
        step(root, dice)
        if dice.random() < 0.2:
            values = dice.choice(SETTINGS)
        if dice.random() < 0.2:
            change_glossary(knowledge, dice)
        engines = ("fake",) if dice.random() < 0.3 else ()
        from_scratch(root, other)
        assert_same(made(root, values, engines), made(other, values, engines), step)


def test_another_glossary_is_seen(tmp_path: Path, knowledge: Path) -> None:
    root, other = tmp_path / "one", tmp_path / "other"
    (root / "articles").mkdir(parents=True)
    (root / "articles" / "a.txt").write_text("\n\n".join([TITLES[0], *PARAGRAPHS]), "utf-8")
    dice = random.Random(20261129)
    seen = set()
    for _ in range(3):
        change_glossary(knowledge, dice)
        from_scratch(root, other)
        now = made(root, {}, ())
        assert_same(now, made(other, {}, ()), change_glossary)
        seen.add(now[0]["docs/article/perpustakaan-keliling-dibuka-di-kupang/index.md"])
    assert len(seen) > 1


def test_where_nothing_has_changed_nothing_is_written(tmp_path: Path) -> None:
    dice = random.Random(20261128)
    for _ in range(8):
        write(tmp_path, dice)
    made(tmp_path, {}, ())
    made(tmp_path, {}, ())  # what one article took from another's memory is settled now
    before = {path: path.stat() for path in (tmp_path / "docs").rglob("*")}
    before |= {path: path.stat() for path in (tmp_path / "articles").rglob("*")}
    made(tmp_path, {}, ())
    for path, status in before.items():
        now = path.stat()
        assert (now.st_mtime_ns, now.st_ino) == (status.st_mtime_ns, status.st_ino), path


def test_where_nothing_has_changed_no_stage_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(20261128)
    for _ in range(8):
        write(tmp_path, dice)
    made(tmp_path, {}, ())
    first = made(tmp_path, {}, ())
    monkeypatch.setattr("dwiwarta.pipeline.stages.run_stages", None)
    assert made(tmp_path, {}, ()) == first
    with pytest.raises(TypeError):  # other engines may know more
        made(tmp_path, {}, ("fake",))


@pytest.mark.parametrize(
    "step", [retag, decide, change_defaults, edit_memory, spoil_pages, stray_page, drop_memory]
)
def test_whatever_changes_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Callable[[Path, random.Random], None]
) -> None:
    dice = random.Random(20261128)
    for _ in range(8):
        write(tmp_path, dice)
    made(tmp_path, {}, ())
    made(tmp_path, {}, ())
    step(tmp_path, dice)
    monkeypatch.setattr("dwiwarta.pipeline.stages.run_stages", None)
    with pytest.raises(TypeError):
        made(tmp_path, {}, ())


@pytest.mark.parametrize("moment", ["Looking for near-duplicates", "Rendering pages"])
@pytest.mark.parametrize("step", [write, retag, change_defaults, edit_memory, remove, rename])
def test_what_is_saved_while_a_build_runs_is_in_the_next(
    tmp_path: Path, step: Callable[[Path, random.Random], None], moment: str
) -> None:
    """A save of the same size too, as the last look at the files is not the first."""
    root, other = tmp_path / "one", tmp_path / "other"
    dice = random.Random(20261129)
    for _ in range(6):
        write(root, dice)
    made(root, {}, ())

    def save(line: str) -> None:
        if line.startswith(moment):
            step(root, dice)

    write(root, dice)
    made(root, {}, (), save)
    from_scratch(root, other)
    assert_same(made(root, {}, ()), made(other, {}, ()), step)


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("2099-01-01-e.txt", ""),
        ("e.md", "---\ndate: 2099-01-01\n---\n"),
        ("e.txt", "Kamis, 1 Januari 2099\n"),
    ],
)
def test_a_day_that_has_come_is_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, above: str
) -> None:
    (tmp_path / "articles").mkdir()
    text = above + "\n\n".join([TITLES[0], *PARAGRAPHS[:2]])
    (tmp_path / "articles" / name).write_text(text, "utf-8")
    _, warnings, _ = made(tmp_path, {}, ())
    assert [line for line in warnings if "still to come" in line]
    assert made(tmp_path, {}, ())[1] == warnings
    for module in ("pipeline.articles", "pipeline.last_build"):
        monkeypatch.setattr(f"dwiwarta.{module}.latest_day", lambda: date(2099, 1, 2))
    files, warnings, _ = made(tmp_path, {}, ())
    assert warnings == []
    page = files["docs/article/perpustakaan-keliling-dibuka-di-kupang/index.md"]  # where it was
    assert b'datetime="2099-01-01"' in page


def test_results_depend_on_every_library_that_stages_use() -> None:
    """Of what is kept under the versions of libraries, none that made it is missing."""
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in (*code._LIBRARIES, code._OF_PICTURES)}
    of_modules = packages_distributions()
    for stage in ("read", "clean", "dedupe", "tag", "knowledge", "render", "search"):
        for path in (code.PACKAGE / stage).rglob("*.py"):
            tops = {
                name.partition(".")[0]
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for name in (
                    [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else [one.name for one in node.names]
                )
            }
            for top in tops - sys.stdlib_module_names - {"dwiwarta"}:
                used = {re.sub(r"[-_.]+", "-", one).lower() for one in of_modules[top]}
                assert used & names, f"{path.name} uses {top}"


def test_a_cache_that_never_holds_what_it_should_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while somebody else removes it: that is said, and nothing goes round for ever."""
    write(tmp_path, random.Random(20261129))

    def find_nothing(*_: object) -> None:
        raise DamagedError("no sketch")

    monkeypatch.setattr("dwiwarta.pipeline.stages.find_groups", find_nothing)
    with pytest.raises(SiteError, match=r"results\.sqlite: something else"):
        made(tmp_path, {}, ())


def test_a_cache_that_never_holds_what_it_should_ends_other_commands_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, random.Random(20261129))
    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    project = load_project(tmp_path)
    monkeypatch.setattr(Cache, "get", lambda *_: None)
    with pytest.raises(SiteError, match=r"results\.sqlite: something else"):
        known_articles(project, print)
    with pytest.raises(SiteError, match=r"results\.sqlite: something else"):
        find_articles(project, "a", "a", ProblemLog(), print)
