"""The memory of a renamed article follows it; what could be wrong is said and left alone."""

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import polib
import pytest

from command_rig import Say, articles_project, runner
from dwiwarta.cache import Cache
from dwiwarta.files import move_file
from dwiwarta.fingerprint import Tree
from dwiwarta.model import SourceRef, State, Story, Translation
from dwiwarta.pipeline.renamed import Renamed
from dwiwarta.problems import ProblemLog
from dwiwarta.translate import adopt_renamed, open_memory
from dwiwarta.translate.memory.keys import SegmentKey
from memory_rig import PARAGRAPHS, Rig, article

NEWS = """Pasar Ikan di Ambon Dibuka Kembali

AMBON - Pasar ikan di pusat kota Ambon dibuka kembali setelah diperbaiki selama enam bulan.

Pembeli berharap harga ikan tidak naik karena sewa lapak menjadi lebih mahal 15 persen.
"""
REPORTED = NEWS.replace("15 persen", "20 persen")
OTHER = "Sekolah di Ternate Menanam Pohon\n\nSiswa menanam bibit mangga di sekitar lapangan bola.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return articles_project(tmp_path, {"ambon.txt": NEWS, "ternate.txt": OTHER})


@pytest.fixture
def say(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Runs a command in a project where a person has worked: exit code and all output."""
    monkeypatch.chdir(project)

    run = runner(project, capsys)
    assert run("translate")[0] == 0
    with open_memory(project / "articles", project / ".cache", ProblemLog()) as memory:
        for entry in polib.pofile(str(project / "articles" / "ambon.txt.po")):
            made = Translation(f"EN {entry.msgid}", State.EDITED, "Wati", date(2026, 1, 2))
            key = SegmentKey(entry.msgid, bool(entry.msgctxt))
            assert memory.record_at("ambon.txt.po", key, made)
        earlier = Translation("What it was.", State.EDITED, "Wati", date(2026, 1, 1))
        key = SegmentKey("Yang dahulu tertulis di sini tidak ada lagi.")
        assert memory.record_at("ambon.txt.po", key, earlier, earlier=True)
    return run


@pytest.mark.parametrize("command", [("build", "--docs-only"), ("translate",)])
@pytest.mark.parametrize("new", ["pasar.txt", "baru/2026/ambon.txt"])
def test_the_memory_follows_its_article_byte_for_byte(
    say: Say, project: Path, command: tuple[str, ...], new: str
) -> None:
    articles = project / "articles"
    say("build", "--docs-only")
    before = (articles / "ambon.txt.po").read_bytes()
    assert b"What it was." in before
    (articles / new).parent.mkdir(parents=True, exist_ok=True)
    (articles / "ambon.txt").rename(articles / new)
    code, text = say(*command)
    assert code == 0
    assert f"note: articles/{new}.po: taken over from ambon.txt.po" in text
    assert (articles / f"{new}.po").read_bytes() == before
    assert not (articles / "ambon.txt.po").exists()
    assert "taken over" not in say(*command)[1]
    assert "taken over" not in say("build", "--docs-only")[1]
    (page,) = (project / "docs" / "article").glob("pasar-ikan*/*.md")
    assert "EN Pasar ikan di pusat" in page.read_text(encoding="utf-8")


def test_git_sees_a_rename(say: Say, project: Path) -> None:
    def git(*words: str) -> str:
        name = ("-c", "user.name=a", "-c", "user.email=a@a.example")
        return subprocess.run(
            ["git", *name, *words], cwd=project, check=True, capture_output=True, text=True
        ).stdout

    git("init", "-q")
    git("add", "articles")
    git("commit", "-qm", "x")
    (project / "articles" / "ambon.txt").rename(project / "articles" / "pasar.txt")
    say("translate")
    git("add", "articles")
    assert git("diff", "--cached", "-M", "--name-status").splitlines() == [
        "R100\tarticles/ambon.txt\tarticles/pasar.txt",
        "R100\tarticles/ambon.txt.po\tarticles/pasar.txt.po",
    ]


def test_a_renamed_article_may_have_been_corrected_as_well(say: Say, project: Path) -> None:
    articles = project / "articles"
    (articles / "ambon.txt").unlink()
    (articles / "pasar.txt").write_text(REPORTED, encoding="utf-8")
    assert "taken over from ambon.txt.po" in say("translate")[1]
    entries = polib.pofile(str(articles / "pasar.txt.po"))
    assert [bool(entry.msgstr) for entry in entries if not entry.obsolete] == [True, True, False]
    assert sum(entry.obsolete for entry in entries) == 2
    assert "dwiwarta-earlier" in (articles / "pasar.txt.po").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("texts", "taken"),
    [
        ({"a.txt": PARAGRAPHS, "b.txt": PARAGRAPHS}, ""),
        ({"a.txt": PARAGRAPHS[:2], "b.txt": PARAGRAPHS[:2]}, ""),
        ({"a.txt": PARAGRAPHS[:2], "b.txt": PARAGRAPHS}, "b.txt"),
        ({"a.txt": PARAGRAPHS[:2], "b.txt": PARAGRAPHS[2:]}, "a.txt"),
        ({"a.txt": PARAGRAPHS[2:]}, ""),
    ],
)
def test_of_two_candidates_only_the_very_text_is_sure(
    rig: Rig, texts: dict[str, tuple[str, ...]], taken: str
) -> None:
    rig.run(article("lama.txt"))
    before = rig.po(article("lama.txt")).read_bytes()
    stories = {SourceRef(path): Story(article(path, text)) for path, text in texts.items()}
    problems = ProblemLog()
    with open_memory(rig.articles_dir, rig.root / ".cache", problems) as memory:
        moved = adopt_renamed(memory, stories, stories.__getitem__, problems)
    assert moved == ({"lama.txt.po": f"{taken}.po"} if taken else {})
    assert problems.count == 0
    assert rig.po(article(taken or "lama.txt")).read_bytes() == before
    assert len(list(rig.articles_dir.glob("*.po"))) == 1
    if not taken and len(texts) > 1:
        assert "nothing was taken over by a.txt, b.txt" in str(problems.notes)


def test_two_files_of_the_same_text_are_both_left(rig: Rig) -> None:
    rig.run(article("lama.txt"), article("usang.txt"))
    story = Story(article("baru.txt"))
    problems = ProblemLog()
    with open_memory(rig.articles_dir, rig.root / ".cache", problems) as memory:
        assert not adopt_renamed(memory, [story.article.ref], lambda _: story, problems)
    assert sorted(path.name for path in rig.articles_dir.iterdir()) == [
        "lama.txt.po",
        "usang.txt.po",
    ]


def test_an_article_that_shares_little_takes_nothing_over(say: Say, project: Path) -> None:
    articles = project / "articles"
    (articles / "ambon.txt").unlink()
    title = NEWS.partition("\n")[0]
    (articles / "lain.txt").write_text(f"{title}\n\n{OTHER.partition(chr(10))[2] * 2}", "utf-8")
    assert "taken over" not in say("translate")[1]
    assert (articles / "ambon.txt.po").exists()


def test_what_lies_there_unread_keeps_its_memory(say: Say, project: Path) -> None:
    articles = project / "articles"
    before = (articles / "ambon.txt.po").read_bytes()
    shutil.copy(articles / "ambon.txt", articles / "pasar.txt")
    (articles / "ambon.txt.yml").write_text("skip: true\n", encoding="utf-8")
    assert "taken over" not in say("translate")[1]
    assert (articles / "ambon.txt.po").read_bytes() == before


def test_a_file_that_is_there_is_never_overwritten(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = project / "articles"
    (articles / "ambon.txt").rename(articles / "pasar.txt")
    link = os.link

    def somebody_is_quicker(source: str, target: str) -> None:
        Path(target).write_text('msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "mine"\n', "utf-8")
        link(source, target)

    monkeypatch.setattr(os, "link", somebody_is_quicker)
    text = say("translate")[1]
    assert "cannot be taken over from ambon.txt.po" in text
    assert "mine" in (articles / "pasar.txt.po").read_text(encoding="utf-8")
    assert b"What it was." in (articles / "ambon.txt.po").read_bytes()


def test_a_kill_between_the_two_names_is_made_good(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = project / "articles"
    before = (articles / "ambon.txt.po").read_bytes()
    (articles / "ambon.txt").rename(articles / "pasar.txt")

    def kill(_path: Path, missing_ok: bool = False) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", kill)
        with pytest.raises(KeyboardInterrupt):
            move_file(articles / "ambon.txt.po", articles / "pasar.txt.po")
    assert (articles / "ambon.txt.po").exists()
    assert (articles / "pasar.txt.po").read_bytes() == before
    say("translate")
    assert not (articles / "ambon.txt.po").exists()
    assert (articles / "pasar.txt.po").read_bytes() == before


def test_without_hard_links_it_is_renamed(
    say: Say, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = project / "articles"
    before = (articles / "ambon.txt.po").read_bytes()
    (articles / "ambon.txt").rename(articles / "pasar.txt")

    def refuse(_source: str, _target: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert "taken over from ambon.txt.po" in say("translate")[1]
    assert (articles / "pasar.txt.po").read_bytes() == before
    assert not (articles / "ambon.txt.po").exists()


def test_edit_and_fix_find_the_memory_first(say: Say, project: Path) -> None:
    articles = project / "articles"
    (articles / "ambon.txt").rename(articles / "pasar.txt")
    code, text = say("fix", "--no-build", "pasar.txt", "EN Pembeli", "Buyers")
    assert (code, "taken over from ambon.txt.po" in text) == (0, True)
    assert "What it was." in (articles / "pasar.txt.po").read_text(encoding="utf-8")


def test_the_records_of_a_renamed_export_keep_theirs(say: Say, project: Path) -> None:
    articles = project / "articles"
    (articles / "ambon.txt.po").unlink()
    title, _, rest = NEWS.partition("\n")
    rows = f'id,title,content\n7,{title},"{rest.strip()}"\n'
    (articles / "ambon.txt").unlink()
    (articles / "lama.csv").write_text(rows, encoding="utf-8")
    say("translate")
    (record,) = (articles / "lama.csv.d").iterdir()
    before = record.read_bytes()
    (articles / "lama.csv").rename(articles / "baru.csv")
    assert "taken over from lama.csv.d/" in say("translate")[1]
    assert (articles / "baru.csv.d" / record.name).read_bytes() == before
    assert not (articles / "lama.csv.d").exists()


# --- review -------------------------------------------------------------------------------------


def test_orphans_are_named_with_what_is_in_them(say: Say, project: Path) -> None:
    articles = project / "articles"
    (articles / "ambon.txt").rename(articles / "pasar.txt")
    code, text = say("review", "--kind", "orphan", "--check")
    assert code == 1
    assert "articles/ambon.txt.po:1" in text
    assert "there is no articles/ambon.txt; 4 texts here are a person's" in text
    assert "its text is in articles/pasar.txt" in text
    assert say("review", "--check", "--kind", "broken")[0] == 0


def test_the_worklist_has_what_nobody_checked_the_doubtful_first(say: Say, project: Path) -> None:
    articles = project / "articles"
    dates = {"a.txt": "3 Maret 2024", "b.txt": "5 Maret 2024", "c.txt": "4 Maret 2024"}
    towns = {"a.txt": "Palu", "b.txt": "Bitung", "c.txt": "Sorong"}
    for name, day in dates.items():
        own = OTHER.replace("Ternate", towns[name]).replace("mangga", f"mangga {towns[name]}")
        text = own.replace("\n\n", f"\nSenin, {day} - 09:30 WIB\n\n", 1)
        (articles / name).write_text(text, encoding="utf-8")
    say("translate")
    with open_memory(articles, project / ".cache", ProblemLog()) as memory:
        for name in dates:
            for entry in polib.pofile(str(articles / f"{name}.po")):
                wrong = name == "a.txt" and not entry.msgctxt
                text = entry.msgid if wrong else f"Students in {towns[name]} plant mango trees"
                text += "" if entry.msgctxt or wrong else " around the football pitch."
                made = Translation(text, State.MACHINE, "fake 1", date(2026, 1, 2))
                key = SegmentKey(entry.msgid, bool(entry.msgctxt))
                assert memory.record_at(f"{name}.po", key, made)
    assert "unchecked" not in say("review")[1]
    text = say("review", "--kind", "unchecked")[1]
    order = [text.index(f"articles/{name}.po:") for name in ("a.txt", "b.txt", "c.txt")]
    assert order == sorted(order)
    assert "2024-03-05; 2 of 2 texts unchecked · Sekolah di Bitung" in text
    assert "doubtful, line " in text
    assert "ambon.txt" not in text
    (project / "reads").write_text(
        "count address\n"
        "   12 /article/2024-03-04-sekolah-di-sorong-menanam-pohon/?from=x\n"
        "https://berita.example/article/2024-03-05-sekolah-di-bitung-menanam-pohon/index.html,3\n"
        "40 /about/\n"
    )
    text = say("review", "--kind", "unchecked", "--reads", "reads")[1]
    order = [text.index(f"articles/{name}.po:") for name in ("a.txt", "c.txt", "b.txt")]
    assert order == sorted(order)
    assert "12 reads; " in text
    assert say("review", "--reads", "reads") == (0, text), "nothing else can be meant"
    assert say("review", "--reads", "reads", "--kind", "pending")[0] == 2
    (project / "reads").write_text("a 1\nnothing\x1b[2J here\n")
    code, text = say("review", "--kind", "unchecked", "--reads", "reads")
    assert (code, "reads:2: no address with a number" in text, "\x1b" in text) == (1, True, False)


DECIDED = "source_name: Kabar Ambon\ncountries: [JP]\n"


def page_of(project: Path) -> str:
    """The page of the market's article, "" where there is none."""
    pages = [path.read_text("utf-8") for path in (project / "docs" / "article").glob("*/*.md")]
    return next((page for page in pages if "diperbaiki selama enam bulan" in page), "")


@pytest.mark.parametrize("text", [NEWS, REPORTED])
@pytest.mark.parametrize("ending", [".yml", ".yaml"])
def test_the_sidecar_follows_the_memory(say: Say, project: Path, text: str, ending: str) -> None:
    articles = project / "articles"
    (articles / f"ambon.txt{ending}").write_text(DECIDED, "utf-8")
    say("build", "--docs-only")
    (articles / "ambon.txt").unlink()
    (articles / "lama").mkdir()
    (articles / "lama" / "pasar.txt").write_text(text, "utf-8")
    shutil.rmtree(project / ".cache")  # another clone, which knows no earlier build
    code, said = say("build", "--docs-only", "--strict")
    assert code == 0
    assert said.count("the article was renamed") == 2
    place = f"lama/pasar.txt{ending}"
    assert f"note: articles/{place}: taken over from ambon.txt{ending}: the article" in said
    assert (articles / place).read_text("utf-8") == DECIDED
    assert not (articles / f"ambon.txt{ending}").exists()
    assert "Kabar Ambon" in page_of(project)
    assert "country/jp/" in page_of(project)
    before = {path: path.read_bytes() for path in project.rglob("docs/**/*") if path.is_file()}
    assert "taken over" not in say("build", "--docs-only")[1]
    shutil.rmtree(project / ".cache")
    say("build", "--docs-only")
    assert before == {path: path.read_bytes() for path in before}


def test_translate_takes_the_sidecar_along_too(say: Say, project: Path) -> None:
    articles = project / "articles"
    (articles / "ambon.txt.yml").write_text("title: Judul baru\n", "utf-8")
    (articles / "ambon.txt").rename(articles / "pasar.txt")
    said = say("translate")[1]
    assert "pasar.txt.yml: taken over from ambon.txt.yml" in said
    assert 'msgid "Judul baru"' in (articles / "pasar.txt.po").read_text("utf-8")


def test_what_is_left_out_stays_left_out_under_another_name(say: Say, project: Path) -> None:
    """It has no memory: what it held in the last build tells."""
    articles = project / "articles"
    (articles / "rahasia.txt").write_text(f"Rahasia\n\n{OTHER}\nTidak untuk umum.\n", "utf-8")
    (articles / "rahasia.txt.yml").write_text("skip: true\n", "utf-8")
    say("build", "--docs-only")
    (articles / "rahasia.txt").rename(articles / "lain.txt")
    code, said = say("build", "--docs-only", "--strict")
    assert (code, "lain.txt.yml: taken over from rahasia.txt.yml" in said) == (0, True)
    assert not any(b"umum" in path.read_bytes() for path in project.rglob("docs/article/*/*.md"))
    assert sorted(path.name for path in articles.iterdir() if "lain" in path.name) == [
        "lain.txt",
        "lain.txt.yml",
    ]


def test_a_renamed_export_takes_its_sidecar_along(say: Say, project: Path) -> None:
    articles = project / "articles"
    rows = "title,content\nSatu,Berita pertama dari pulau Buru.\nDua,Berita kedua dari Seram.\n"
    (articles / "lama.csv").write_text(rows, "utf-8")
    (articles / "lama.csv.yml").write_text("source_name: Kabar Seram\n", "utf-8")
    say("build", "--docs-only")
    (articles / "lama.csv").unlink()
    (articles / "baru.csv").write_text(f"{rows}Tiga,Berita ketiga dari Kei.\n", "utf-8")
    assert "baru.csv.yml: taken over from lama.csv.yml" in say("build", "--docs-only")[1]
    pages = [path.read_text("utf-8") for path in (project / "docs" / "article").glob("*/*.md")]
    assert sum("Kabar Seram" in page for page in pages) == 3


@pytest.mark.parametrize(
    ("left", "new", "word"),
    [
        # Two that hold the same.
        ({}, {"satu.txt": NEWS, "dua.txt": NEWS}, "nothing was taken over by"),
        # It has a sidecar of its own, or somebody changed the text and there is no memory.
        ({}, {"satu.txt": NEWS, "satu.txt.yml": "title: Lain\n"}, ""),
        ({}, {"satu.txt": OTHER}, ""),
        # It was there before: a copy, and the other one was deleted.
        ({"salinan.txt": NEWS}, {}, ""),
    ],
)
def test_a_sidecar_that_could_be_another_ones_stays(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    left: dict[str, str],
    new: dict[str, str],
    word: str,
) -> None:
    project = articles_project(tmp_path, {"ambon.txt": NEWS, **left})
    articles = project / "articles"
    (articles / "ambon.txt.yml").write_text("skip: true\n", "utf-8")
    run = runner(project, capsys)
    run("build", "--docs-only")
    (articles / "ambon.txt").unlink()
    for name, text in new.items():
        (articles / name).write_text(text, "utf-8")
    for first in (True, False):  # the warning stays until somebody mends it
        code, said = run("build", "--docs-only", "--strict")
        assert code == 1
        assert not first or word in said
        assert "articles/ambon.txt.yml:1: belongs to no article" in said
        assert (articles / "ambon.txt.yml").read_text("utf-8") == "skip: true\n"
    code, said = run("review", "--kind", "orphan", "--json")
    (found,) = json.JSONDecoder().raw_decode(said[said.index("{") :])[0]["findings"]
    assert (found["kind"], found["file"]) == ("orphan", "articles/ambon.txt.yml")
    assert "articles/ambon.txt" in found["reason"]


def test_an_article_that_cannot_be_read_is_not_gone(tmp_path: Path) -> None:
    """Its sidecar is nobody else's, whatever holds the same."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("a.txt", "b.txt"):
        (articles / name).write_text(NEWS, "utf-8")
    (articles / "a.txt.yml").write_text("skip: true\n", "utf-8")
    tree = Tree(articles)
    tree.refresh()
    with Cache(tmp_path / "results.sqlite", ("file", "sidecar")) as cache:
        Renamed().take_same(tree, cache, ProblemLog())
        (articles / "a.txt").unlink()
        (articles / "a.txt").symlink_to("b.txt")  # for one that is not trusted to root either
        tree.refresh()
        assert "a.txt" in tree.odd
        renamed = Renamed()
        renamed.take_same(tree, cache, ProblemLog())
    assert not renamed
    assert (articles / "a.txt.yml").exists()


def test_a_sidecar_is_never_moved_over_another_or_through_a_link(
    say: Say, project: Path, tmp_path: Path
) -> None:
    articles = project / "articles"
    (articles / "ambon.txt.yml").write_text(DECIDED, "utf-8")
    say("build", "--docs-only")
    outside = tmp_path / "outside"
    outside.write_text("x", "utf-8")
    (articles / "ambon.txt").rename(articles / "pasar.txt")
    (articles / "pasar.txt.yml").symlink_to(outside)
    say("build", "--docs-only")
    assert outside.read_text("utf-8") == "x"
    assert (articles / "ambon.txt.yml").read_text("utf-8") == DECIDED
