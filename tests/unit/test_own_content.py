"""The checkout is a folder of articles, too: its owner's content and settings decide no test."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from dwiwarta import __version__
from dwiwarta.settings import PROJECT_ROOT

# Some that read the project around them: pages, settings, navigation, what a new folder gets.
TESTS = ("test_init.py", "test_inspect.py", "test_settings.py", "test_styles.py")


def test_another_owner_changes_no_test(tmp_path: Path) -> None:
    """Other name, settings, rules and no articles: tests that look at the project still pass."""
    root = tmp_path / "checkout"
    left = shutil.ignore_patterns("__pycache__", ".*", "golden", "published")
    root.mkdir()
    for name in ("docs", "overrides", "scripts", "tests"):
        shutil.copytree(PROJECT_ROOT / name, root / name, ignore=left, symlinks=True)
    for name in ("pyproject.toml", "setup.py"):
        shutil.copy(PROJECT_ROOT / name, root)
    mkdocs = (PROJECT_ROOT / "mkdocs.yml").read_text("utf-8")
    changed = re.sub(r"^site_name: .*$", "site_name: Kabar Kampung", mkdocs, flags=re.MULTILINE)
    changed = re.sub(r"^(site_url|repo_url): .*\n", "", changed, flags=re.MULTILINE)
    (root / "mkdocs.yml").write_text(changed, "utf-8")
    (root / "dwiwarta.yml").write_text(
        "site: {page_size: 7}\ntranslation: {engines: []}\n", "utf-8"
    )
    (root / "docs" / "about.md").write_text("# Ours\n", "utf-8")
    (root / "knowledge").mkdir(exist_ok=True)
    (root / "knowledge" / "glossary.yml").write_text("without: [KPK]\n", "utf-8")
    (root / "knowledge" / "countries.yml").write_text("without: [NL, Kabul]\n", "utf-8")
    (root / "articles").mkdir(exist_ok=True)
    tests = [str(root / "tests" / "unit" / name) for name in TESTS]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_a_push_of_content_tests_no_code_but_builds_the_site() -> None:
    folder = PROJECT_ROOT / ".github" / "workflows"
    tests = yaml.load((folder / "test.yml").read_text("utf-8"), Loader=yaml.BaseLoader)["on"]
    pages = yaml.load((folder / "pages.yml").read_text("utf-8"), Loader=yaml.BaseLoader)["on"]
    for event in ("push", "pull_request"):
        assert {"articles/**", "knowledge/**", "dwiwarta.yml"} <= set(tests[event]["paths-ignore"])
    assert pages["push"] == {"branches": ["main"]}


def test_each_version_has_its_entry_in_the_changelog() -> None:
    text = (PROJECT_ROOT / "CHANGELOG.md").read_text("utf-8")
    heads = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert heads[0] == "Unreleased"
    released = [re.fullmatch(r"(\d+\.\d+\.\d+) – \d{4}-\d\d-\d\d", head) for head in heads[1:]]
    assert all(released), heads
    newest = released[0][1] if released and released[0] else "0.1.0"
    assert newest == __version__
