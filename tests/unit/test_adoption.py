"""The memory of a renamed article follows it; what could be wrong is said and left alone."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import polib
import pytest

from command_rig import Say, articles_project, runner
from dwiwarta.files import move_file
from dwiwarta.model import SourceRef, State, Story, Translation
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
    (project / "reads").write_text("a 1\nnothing\x1b[2J here\n")
    code, text = say("review", "--kind", "unchecked", "--reads", "reads")
    assert (code, "reads:2: no address with a number" in text, "\x1b" in text) == (1, True, False)
