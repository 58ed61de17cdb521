"""Each command that README and manual tell people to type is run as they would type it.

In a scratch checkout with an article and its English; what cannot run there is named with a reason.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import polib
import pytest

from doccommands import all_commands
from dwiwarta.settings import PROJECT_ROOT
from faultserver import FaultServer
from modelserver import RECORDS, public_records, publish
from project_rig import make_project

ENGLISH = ("The Fish Market Is Open", "The fish market opened on Monday with wrong words.")
ARTICLE = "Pasar Ikan Dibuka\n\nPasar ikan itu dibuka pada hari Senin pagi oleh para nelayan.\n"
FEED = """<?xml version="1.0"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Warta</title>
<link>https://warta.example/</link><description>Warta</description><item>
<title>Jembatan Gantung Dibuka</title><link>https://warta.example/2024/03/05/jembatan</link>
<pubDate>Tue, 05 Mar 2024 09:00:00 +0700</pubDate><content:encoded><![CDATA[<p>Jembatan gantung
itu dibuka untuk pejalan kaki pada Selasa pagi setelah enam bulan diperbaiki oleh warga.</p>]]>
</content:encoded></item></channel></rss>
"""

NOT_RUN = {
    "make ": "make installs packages from the network first; the commands it calls are run here",
    ".venv/bin/python -m pytest": "would run these tests within themselves",
    ".venv/bin/python -m pip": "needs the package index",
    "pip wheel": "needs the package index",
    "python3 -m venv": "makes the environment in which these tests already are",
    "python tests/quality/update_floors.py": "measures for minutes; tests/quality runs its parts",
    "sha256sum": "the system's own, and called otherwise on macOS",
    "dwiwarta COMMAND": "stands for any command",
    "python scripts/build.py COMMAND": "stands for any command",
    "python scripts/build.py serve": "runs until it is stopped: tests/unit/test_preview.py",
    "cd news && dwiwarta serve": "runs until it is stopped: tests/unit/test_preview.py",
    "python scripts/build.py import --watch": "runs until it is stopped: tests/unit/test_import.py",
}
# Texts that name a command without what it has to be given: wrong usage, and told so.
ONLY_NAMED = {"python scripts/build.py inspect", "dwiwarta init"}
FIRST = {"dwiwarta doctor": "init", "python scripts/build.py doctor --root ../news": "init"}
COMMANDS = all_commands()


def reason_not_to_run(command: str) -> str:
    return next((why for start, why in NOT_RUN.items() if command.startswith(start)), "")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with one article, all of it in English."""
    root = tmp_path_factory.mktemp("docs") / "checkout"
    root.mkdir()
    make_project(root, with_pages=False)
    shutil.copytree(
        PROJECT_ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__")
    )
    (root / "dwiwarta.yml").write_text("translation: {engines: [fake]}\n", "utf-8")
    (root / "articles").mkdir()
    (root / "articles" / "berita.txt").write_text(ARTICLE, "utf-8")
    done = run("python scripts/build.py --docs-only --engines none", root)
    assert done.returncode == 0, done.stderr
    memory = polib.pofile(str(root / "articles" / "berita.txt.po"))
    for entry, english in zip(memory, ENGLISH, strict=True):
        entry.msgstr = english
    memory.save()
    downloads = root / "home" / "Downloads" / "berita"
    downloads.mkdir(parents=True)
    (downloads / "kapal.txt").write_text(ARTICLE.replace("Ikan", "Apung"), "utf-8")
    (root / "feed.xml").write_text(FEED, "utf-8")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["title", "date", "text"])
    book.active.append(["Pelabuhan Baru", "2024-03-06", ARTICLE.splitlines()[-1]])
    book.save(root / "news.xlsx")
    return root


def run(command: str, root: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Type a command in the checkout."""
    script = f"{sys.executable} scripts/build.py"
    for start in ("python scripts/build.py", "dwiwarta"):
        if command == start or command.startswith(f"{start} "):
            command = script + command.removeprefix(start)
            break
    for name, meant in (("FILE", "articles/berita.txt"), ("FOLDER", "../folder")):
        command = " ".join(meant if word == name else word for word in command.split(" "))
    return subprocess.run(
        command,
        shell=True,
        cwd=root,
        env={**os.environ, "HOME": str(root / "home"), "EDITOR": "true", **environment},
        input=ARTICLE.replace("Ikan", "Bunga").replace("ikan", "bunga"),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [one for one in COMMANDS if not reason_not_to_run(one)])
def test_a_command_of_the_manual_does_what_it_says(
    command: str, template: Path, tmp_path: Path
) -> None:
    root = tmp_path / "checkout"
    shutil.copytree(template, root)
    if command in FIRST:
        assert run("dwiwarta init ../news", root).returncode == 0
    with FaultServer(str) as server:
        publish(server, *public_records())
        done = run(
            command,
            root,
            DWIWARTA_MODELS=str(tmp_path / "models"),
            FXTRANSLATE_RECORDS_URL=server.url + RECORDS,
        )
    said = f"{COMMANDS[command]}: {command}\n{done.stdout}{done.stderr}"
    assert "Traceback" not in said
    assert done.returncode == (2 if command in ONLY_NAMED else 0), said


def test_there_are_commands_and_each_reason_is_needed() -> None:
    assert len(COMMANDS) > 30
    unused = [start for start in NOT_RUN if not any(one.startswith(start) for one in COMMANDS)]
    assert unused == []
    assert ONLY_NAMED | FIRST.keys() <= COMMANDS.keys()


def test_a_bare_python_says_how_to_work_with_and_without_make(tmp_path: Path) -> None:
    """As in a fresh clone: the script, and a Python that has none of the packages."""
    (tmp_path / "scripts").mkdir()
    shutil.copy2(PROJECT_ROOT / "scripts" / "build.py", tmp_path / "scripts")
    bare = [str(Path(sys.executable).resolve()), "-S", "-E", "scripts/build.py", "--help"]
    done = subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "make site" in done.stderr
    told = [line.strip() for line in done.stderr.splitlines() if line.startswith("  ")]
    assert told[-2:] == [one for one in COMMANDS if "venv" in one and "pytest" not in one][:2]
