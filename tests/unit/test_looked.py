"""`inspect` and `compare` say the same with what the last build kept as without it."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from dwiwarta.cache import CACHE_NAME
from dwiwarta.cli import cli
from dwiwarta.commands.shared import articles_log
from dwiwarta.dedupe import find_pairs
from dwiwarta.pipeline.looked import Looked
from dwiwarta.pipeline.run import hold_project
from dwiwarta.pipeline.stories import kept_stories
from dwiwarta.settings import Project, load_project
from project_rig import PUBLISHED

EXPORT = [
    {"title": "Pasar Buah Dibuka", "content": "Pasar buah dibuka pada Senin pagi di tepi kali."},
    {"title": "Tanggul Baru", "content": "Tanggul sepanjang dua kilometer selesai dibangun."},
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    articles = tmp_path / "articles"
    shutil.copytree(PUBLISHED, articles)
    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    text = next(articles.rglob("*.txt"))
    shutil.copy(text, articles / "salinan.txt")
    (articles / "salinan.txt.yml").write_text(
        f"not_same_as: {text.name}\ndrop: [Tidak ada]\noutlet: entah\n", "utf-8"
    )
    (articles / "rusak.md").write_text("---\ntitle: [\n---\nIsi.\n", "utf-8")
    (articles / "draf.md").write_text("---\nskip: true\n---\nIsi draf.\n", "utf-8")
    (articles / "lama" / "2031").mkdir(parents=True)
    (articles / "lama" / "_defaults.yml").write_text("source: Warta Lama\nentah: 1\n", "utf-8")
    (articles / "lama" / "2031" / "2031-02-03-kali.txt").write_text("Kali\n\nKali meluap.\n")
    (articles / "ekspor.json").write_text(json.dumps(EXPORT), "utf-8")
    (articles / "sebagian.json").write_text(json.dumps([*EXPORT, {"title": "Kosong"}]), "utf-8")
    (articles / "sebagian.json.yml").write_text(
        "records:\n  1: {if_title: Pasar, skip: true}\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return load_project(tmp_path)


QUESTIONS = [
    ["inspect", "articles", "--json", "--explain"],
    ["inspect", "articles/lama/2031/2031-02-03-kali.txt", "articles/ekspor.json", "--explain"],
    ["compare", "articles", "--json"],
    ["compare", "articles"],
    ["compare", "articles/lama", "articles/ekspor.json", "articles/sebagian.json", "--jsonl"],
    ["suggest-boilerplate", "articles", "--least", "2"],
]


def answers() -> list[tuple[int, str, str]]:
    run = CliRunner().invoke
    done = [run(cli, [*q, "--root", "."], catch_exceptions=False) for q in QUESTIONS]
    return [(one.exit_code, one.stdout, one.stderr) for one in done]


def keep(project: Project) -> None:
    kept_stories(project, articles_log(project), print)


def test_the_answers_are_the_same(project: Project) -> None:
    before = answers()
    assert not project.cache_dir.exists(), "nothing is written"
    keep(project)
    assert answers() == before
    assert any("lama/_defaults.yml:2" in err for _, _, err in before)
    assert "Pasar Buah" not in before[4][1]


def test_what_is_kept_is_not_made_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(project)
    made: list[str] = []
    monkeypatch.setattr(Looked, "_made", _noted(made, Looked._made))
    monkeypatch.setattr("dwiwarta.pipeline.looked.find_pairs", lambda _: pytest.fail("again"))
    answers()
    # Nothing is kept of what is left out, which `inspect` shows; an export may hold such records.
    exports = [*project.articles_dir.rglob("*.json*.yml"), *project.articles_dir.rglob("*.csv.yml")]
    partly = {path.relative_to(project.articles_dir).as_posix()[:-4] for path in exports}
    assert "sebagian.json" in partly
    assert set(made) == {"draf.md", "rusak.md", *partly}
    (project.articles_dir / "salinan.txt").write_text("Lain\n\nIsi yang lain.\n", "utf-8")
    monkeypatch.setattr("dwiwarta.pipeline.looked.find_pairs", find_pairs)
    made.clear()
    answers()
    assert "salinan.txt" in made


def _noted(made: list[str], make):
    def noted(self, file, defaults):
        made.append(file.name)
        return make(self, file, defaults)

    return noted


def test_beside_a_build_and_without_rights_all_is_made(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers()
    keep(project)
    with hold_project(project, print):
        assert answers() == before
    (project.cache_dir / "build.lock").unlink()
    (project.cache_dir / "build.lock").mkdir()
    assert answers() == before


def test_what_is_damaged_is_made(project: Project) -> None:
    before = answers()
    keep(project)
    with sqlite3.connect(project.cache_dir / CACHE_NAME) as db:
        db.execute("UPDATE whole SET data = data || ' '")
    db.close()
    assert answers() == before
    (project.cache_dir / CACHE_NAME).write_bytes(b"no such thing")
    assert answers() == before
