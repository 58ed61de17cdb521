"""What commands without a site take from the last build is what they would make themselves."""

import json
import os
import shutil
from pathlib import Path

import pytest

from dwiwarta.cli import main
from dwiwarta.commands.shared import articles_log
from dwiwarta.errors import UnreadableError
from dwiwarta.pipeline.stories import kept_stories
from dwiwarta.pipeline.whole import read_stories
from dwiwarta.settings import Project, load_project
from project_rig import PUBLISHED


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(PUBLISHED, tmp_path / "articles")
    (tmp_path / "mkdocs.yml").write_text("site_name: Uji\n", "utf-8")
    copy = next((tmp_path / "articles").rglob("*.txt"))
    shutil.copy(copy, tmp_path / "articles" / "salinan.txt")
    (tmp_path / "articles" / "rusak.md").write_text("---\ntitle: [\n---\nIsi.\n", "utf-8")
    (tmp_path / "articles" / "draf.md").write_text("---\nskip: true\n---\nIsi draf.\n", "utf-8")
    return load_project(tmp_path)


def alike(project: Project) -> None:
    made, kept = articles_log(project), articles_log(project)
    stories = read_stories(project, made)
    assert stories
    assert kept_stories(project, kept, print) == stories
    assert (kept.all, kept.notes, kept.unread) == (made.all, made.notes, made.unread)


def test_kept_stories_are_those_that_are_made(project: Project) -> None:
    alike(project)  # nothing is kept yet
    alike(project)
    (project.articles_dir / "draf.md").write_text("Isi draf.\n\nWarga desa naik perahu ke kota.\n")
    (project.articles_dir / "salinan.txt").unlink()
    alike(project)


def test_nothing_is_made_twice(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_stories(project, articles_log(project), print)
    monkeypatch.setattr("dwiwarta.pipeline.prepare._prepare", lambda *_: pytest.fail("made again"))
    assert kept_stories(project, articles_log(project), print)


def test_without_a_folder_for_results_all_is_made(project: Project) -> None:
    project.cache_dir.write_text("a file")
    alike(project)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_is_kept_through_a_link(project: Project, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    project.cache_dir.symlink_to(elsewhere)
    alike(project)
    assert list(elsewhere.iterdir()) == []


def test_a_folder_of_articles_that_is_gone_is_a_fault(project: Project) -> None:
    shutil.rmtree(project.articles_dir)
    with pytest.raises(UnreadableError):
        kept_stories(project, articles_log(project), print)


def test_review_says_the_same_with_and_without_what_is_kept(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    def said() -> object:
        main(["review", "--root", str(project.root), "--json"])
        return json.loads(capsys.readouterr().out)

    first = said()
    assert said() == first
    shutil.rmtree(project.cache_dir)
    assert said() == first
