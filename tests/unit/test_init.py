"""``dwiwarta init`` makes a folder for articles; what the program brings stays the program's."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.utils.yaml import yaml_load

from dwiwarta import program_files
from dwiwarta.cli import cli, main
from dwiwarta.commands.init import settings_text
from dwiwarta.errors import SiteError
from dwiwarta.files import refuse_link, write_atomic
from dwiwarta.program_files import Placed, place_program_files
from dwiwarta.settings import PROJECT_ROOT, Settings, load_project
from dwiwarta.starter import content_files, starter_files

OURS = "docs/assets/base.css"
MINE = "/* mine */\n"


def init(folder: Path) -> Result:
    done = CliRunner().invoke(cli, ["init", str(folder)])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def news(tmp_path: Path) -> Path:
    init(tmp_path / "news")
    return tmp_path / "news"


def placed(root: Path) -> Placed:
    done = place_program_files(root)
    assert done is not None
    return done


def files(root: Path) -> Mapping[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_a_new_folder_has_everything(news: Path) -> None:
    have = files(news)
    assert set(content_files()) <= set(have)
    assert set(starter_files()) <= set(have)
    assert load_project(news).settings == Settings()
    assert b"{" not in have["requirements.txt"]


def test_no_name_is_not_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", ""]) == 2
    assert "it is empty" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_every_picture_of_a_manual_comes_with_it() -> None:
    there = starter_files()
    pictures = {
        (name, os.path.normpath(Path(name).parent / picture))
        for name, source in there.items()
        if name.endswith(".md")
        for picture in re.findall(r"!\[[^\]]*\]\(([^)\s:]+)\)", source.read_text("utf-8"))
    }
    assert pictures
    assert [pair for pair in pictures if pair[1] not in there] == []


def test_a_second_run_changes_nothing_and_says_so(news: Path) -> None:
    (news / "mkdocs.yml").write_text("site_name: Mine\ntheme: {name: material}\n", "utf-8")
    (news / "articles" / "samples" / "kaldera-toba.txt").unlink()
    before = files(news)
    said = init(news).output
    assert files(news) == before, "the sample does not come back"
    assert "there  mkdocs.yml" in said
    assert "0 files made" in said


def test_the_articles_folder_stays_in_git_without_the_sample(news: Path) -> None:
    run = partial(subprocess.run, cwd=news, check=True, capture_output=True)
    run(["git", "init", "-q"])
    run(["git", "add", "-A"])
    run(["git", "rm", "-q", "-r", "-f", "articles/samples"])
    assert [path.name for path in (news / "articles").iterdir()] == ["README.md"]


def test_the_settings_are_all_there_with_their_defaults() -> None:
    """Whoever takes the marks away has the defaults, and each setting is explained."""
    text = re.sub(r"^# ", "", settings_text().split("\n\n", 1)[1], flags=re.MULTILINE)
    assert Settings.model_validate(yaml.safe_load(text)) == Settings()
    for name, group in Settings.model_fields.items():
        assert f"{name}:" in text, group


def test_the_look_is_that_of_the_program(news: Path) -> None:
    ours = yaml_load((PROJECT_ROOT / "mkdocs.yml").read_text("utf-8"))
    theirs = yaml_load((news / "mkdocs.yml").read_text("utf-8"))
    same = ("plugins", "markdown_extensions", "validation")
    assert {key: theirs[key] for key in same} == {key: ours[key] for key in same}
    assert theirs["theme"]["custom_dir"] == "overrides"
    assert theirs["theme"]["font"] is False, "no request leaves for others' fonts"


def test_actions_are_pinned() -> None:
    workflow = content_files()[".github/workflows/pages.yml"].read_text("utf-8")
    used = re.findall(r"uses: (\S+)", workflow)
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one)] == []


def test_git_shows_a_persons_files_and_none_of_the_programs(news: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=news, check=True)

    def shown() -> set[str]:
        command = ["git", "ls-files", "--others", "--exclude-standard"]
        return set(
            subprocess.run(command, cwd=news, check=True, capture_output=True, text=True)
            .stdout.strip()
            .splitlines()
        )

    assert shown() == {*content_files(), "dwiwarta.yml"}
    (news / OURS).write_text(MINE, "utf-8")
    place_program_files(news)
    assert OURS in shown(), "what a person changed is theirs to commit"


def test_what_a_person_changed_stays_and_the_rest_follows_the_program(
    news: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (news / OURS).write_text(MINE, "utf-8")
    newer = tmp_path / "newer.css"
    newer.write_text("/* newer */", "utf-8")
    gone = "overrides/404.html"
    both = {OURS: newer, "docs/assets/frame.css": newer, "docs/assets/new.css": newer}
    left = {name: path for name, path in starter_files().items() if name != gone}
    monkeypatch.setattr("dwiwarta.program_files.starter_files", lambda: left | both)
    looked = place_program_files(news, only_look=True)
    assert not (news / "docs/assets/new.css").exists()
    done = placed(news)
    assert looked == done
    assert done.written == ("docs/assets/frame.css", "docs/assets/new.css")
    assert (done.removed, done.yours) == ((gone,), (OURS,))
    assert not (news / gone).exists()
    assert (news / OURS).read_text("utf-8") == MINE
    again = placed(news)
    assert (again.written, again.removed) == ((), ())


class _KilledError(BaseException):
    """As the end of the process: nothing of ours catches it."""


def versions_of(tmp_path: Path) -> list[dict[str, Path]]:
    """Three versions of the program's files: changed in both, one or none, new, and gone."""
    found = []
    for number, names in enumerate(("a b c g", "a b d e g", "a c d f g"), 1):
        folder = tmp_path / f"version{number}"
        folder.mkdir()
        files = {f"docs/assets/{name}.css": folder / f"{name}.css" for name in names.split()}
        for name, path in files.items():
            same = number != 1 if name.endswith(("b.css", "d.css")) else number
            path.write_text("for all" if name.endswith("g.css") else f"{name} {same}", "utf-8")
        found.append({**files, "overrides/main.html": files["docs/assets/a.css"]})
    return found


def test_an_update_that_is_killed_anywhere_is_taken_over_by_the_next_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = versions_of(tmp_path)

    def site(name: str) -> Path:
        root = tmp_path / name
        (root / "docs" / "assets").mkdir(parents=True)
        (root / "mkdocs.yml").write_text(
            "theme: {name: material, custom_dir: overrides}\n", "utf-8"
        )
        update(root, first)
        (root / "docs" / "assets" / "g.css").write_text(MINE, "utf-8")
        (root / "docs" / "assets" / "f.css").write_text("mine before it was yours", "utf-8")
        return root

    def update(root: Path, version: dict[str, Path], steps: int = 1000) -> bool:
        """Update, killed after so many steps; whether it came to its end."""
        left = [steps]

        def counted(do: Callable[..., object]) -> Callable[..., object]:
            def either(*args: Any, **more: Any) -> object:
                left[0] -= 1
                if left[0] < 0:
                    raise _KilledError
                return do(*args, **more)

            return either

        with monkeypatch.context() as patch:
            patch.setattr(program_files, "starter_files", lambda: version)
            patch.setattr(program_files, "write_atomic", counted(write_atomic))
            patch.setattr(program_files, "refuse_link", counted(refuse_link))
            try:
                place_program_files(root)
            except _KilledError:
                if "under way" in (root / "docs" / ".gitignore").read_text("utf-8"):
                    (root / "docs" / "assets" / ".a.css.0_kill__.tmp").write_text("half", "utf-8")
                (root / "docs" / "..gitignore.0_kill__.tmp").write_text("half", "utf-8")
                return False
        return True

    def seen(root: Path) -> dict[str, bytes]:
        return {name: data for name, data in files(root).items() if not name.startswith(".cache")}

    wanted = site("never-killed")
    update(wanted, third)
    for steps in range(1000):
        root = site(f"killed{steps}")
        if update(root, second, steps):
            break
        # Killed again by the version that follows, at as many steps from its beginning.
        update(root, third, steps // 2)
        update(root, third)
        assert seen(root) == seen(wanted), steps
        again = update(root, third)
        assert again
        assert seen(root) == seen(wanted), steps
    assert steps > 10
    assert (wanted / "docs" / "assets" / "g.css").read_text("utf-8") == MINE


def test_a_clone_without_the_list_keeps_what_is_committed(news: Path) -> None:
    """Git brings a person's files and neither ours nor the lists."""
    (news / OURS).write_text(MINE, "utf-8")
    place_program_files(news)
    for name in {*starter_files(), "docs/.gitignore", "overrides/.gitignore"} - {OURS}:
        (news / name).unlink()
    done = placed(news)
    assert set(done.written) == set(starter_files()) - {OURS}
    assert (news / OURS).read_text("utf-8") == MINE


def test_a_list_names_nothing_outside_and_nothing_changed(news: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("", "utf-8")
    (news / "docs" / "mine.md").write_text("mine", "utf-8")
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with (news / "docs" / ".gitignore").open("a", encoding="utf-8") as lines:
        lines.write(f"# sha256 {nothing}\n/../../other.txt\n# sha256 {nothing}\n/mine.md\n")
    assert placed(news).removed == ()
    assert (tmp_path / "other.txt").exists()
    assert (news / "docs" / "mine.md").exists()


@pytest.mark.parametrize("place", ["docs/assets", "docs/assets/base.css", "overrides"])
def test_nothing_is_written_through_a_link(news: Path, tmp_path: Path, place: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (news / place).rename(elsewhere)
    (news / place).symlink_to(elsewhere)
    before = files(tmp_path / "elsewhere") if elsewhere.is_dir() else elsewhere.read_bytes()
    with pytest.raises(SiteError, match="is a link"):
        place_program_files(news)
    assert before == (files(elsewhere) if elsewhere.is_dir() else elsewhere.read_bytes())


def test_init_writes_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "articles").symlink_to(tmp_path / "elsewhere")
    done = CliRunner().invoke(cli, ["init", str(tmp_path / "news")])
    assert files(tmp_path / "elsewhere") == {}
    assert done.exit_code == 0, "what is there is left as it is"


def test_a_gitignore_of_a_person_is_named(news: Path) -> None:
    (news / "docs" / ".gitignore").write_text("*.bak\n", "utf-8")
    with pytest.raises(SiteError, match=r"docs/\.gitignore:1: "):
        place_program_files(news)


def test_a_checkout_and_a_theme_of_ones_own_are_left_alone(news: Path) -> None:
    assert place_program_files(PROJECT_ROOT) is None
    (news / "mkdocs.yml").write_text("site_name: Mine\ntheme: {name: material}\n", "utf-8")
    assert place_program_files(news) is None
