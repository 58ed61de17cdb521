"""Settings and knowledge files: every fault is named with its line, all at once."""

from pathlib import Path

import pytest

from dwiwarta.errors import SettingsError
from dwiwarta.settings import PROJECT_ROOT, Settings, load_project
from dwiwarta.yamlfile import load_yaml


def project(root: Path, own: str = "", mkdocs: str = "site_name: Probe\n") -> Path:
    (root / "mkdocs.yml").write_text(mkdocs, "utf-8")
    (root / "dwiwarta.yml").write_text(own, "utf-8")
    return root


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_project(project(tmp_path)).settings == Settings()


def test_the_projects_own_settings_are_valid() -> None:
    assert load_project(PROJECT_ROOT).site_name == "Dwiwarta"


def test_every_fault_is_listed_with_its_line(tmp_path: Path) -> None:
    own = "input:\n  max_article_mb: -1\ntranslation:\n  engine: google\nsite:\n  page_size: many\n"
    with pytest.raises(SettingsError) as caught:
        load_project(project(tmp_path, own))
    lines = str(caught.value).splitlines()
    assert [line.split("dwiwarta.yml:")[1].split(":")[0] for line in lines] == ["2", "4", "6"]
    assert "translation.engine: unknown key" in lines[1]


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1, }\n", 1), ("site:\n  page_size: 2\n  page_size : : 3\n", 3), ("- 1\n- 2\n", 1)],
)
def test_broken_yaml_is_one_line_not_a_traceback(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "x.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=rf"x\.yml:{line}: "):
        load_yaml(path, Settings)


def test_python_objects_in_yaml_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("site: !!python/object/apply:os.system ['true']\n", "utf-8")
    with pytest.raises(SettingsError):
        load_yaml(path, Settings)


@pytest.mark.parametrize(
    ("mkdocs", "expected"),
    [
        ("site_name: x\n", None),
        ("repo_url: https://g.example/o/r\n", "https://g.example/o/r/edit/main/"),
        (
            "repo_url: https://g.example/o/r/\nedit_uri: blob/dev/docs/\n",
            "https://g.example/o/r/blob/dev/",
        ),
        (
            "repo_url: https://g.example/o/r\nedit_uri: https://e.example/r/docs/\n",
            "https://e.example/r/",
        ),
    ],
)
def test_the_edit_address_leads_to_the_project_not_to_docs(
    tmp_path: Path, mkdocs: str, expected: str | None
) -> None:
    assert load_project(project(tmp_path, mkdocs=mkdocs)).edit_base == expected


def test_a_missing_mkdocs_yml_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:1: cannot be read"):
        load_project(tmp_path)
