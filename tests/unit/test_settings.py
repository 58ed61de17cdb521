"""Settings and knowledge files: every fault is named with its line, all at once."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from dwiwarta.cli import main
from dwiwarta.errors import SettingsError
from dwiwarta.settings import ENGINES, Settings, SiteSettings, load_project
from dwiwarta.translate.engines.registry import FACTORIES
from dwiwarta.yamlfile import load_yaml, parse_yaml


def project(root: Path, own: str = "", mkdocs: str = "site_name: Probe\n") -> Path:
    (root / "mkdocs.yml").write_text(mkdocs, "utf-8")
    (root / "dwiwarta.yml").write_text(own, "utf-8")
    return root


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_project(project(tmp_path)).settings == Settings()


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


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        (
            "translation:\n  engines: firefox\n",
            "2: translation.engines: should be a list such as [a, b], not 'firefox'",
        ),
        (
            "translation:\n  engines:\n    - google\n    - nosuch\n",
            f"4: translation.engines.1: no engine 'nosuch'; there are {', '.join(ENGINES)}",
        ),
        ("translation:\n  engines: [7]\n", "2: translation.engines.0: should be text, not 7"),
        ("[]\n", "1: should have keys of its own below it, each on a line, but is empty"),
        (
            "input: {}\nsite:\n  # page_size: 20\n",
            "2: site: should have keys of its own below it, each on a line, but is empty",
        ),
        ("site: 5\n", "1: site: should have keys of its own below it, each on a line, not 5"),
        ("site: {page_size: ten}\n", "1: site.page_size: should be a whole number, not 'ten'"),
        ("site: {page_size: 0}\n", "1: site.page_size: should be greater than or equal to 1"),
        ("dedupe: {merge: maybe}\n", "1: dedupe.merge: should be true or false, not 'maybe'"),
        ("input: {max_export_mb: big}\n", "1: input.max_export_mb: should be a number, not 'big'"),
        (
            "site:\n  page_size: 5\ndedupe: {}\nsite:\n  page_size: 6\n",
            "4: 'site' stands twice, first on line 1",
        ),
        (
            "site: {page_size: 5,\n  page_size: 5}\n",
            "2: 'page_size' stands twice, first on line 1",
        ),
        ("1: 2\n", "1: 1: a key should be text; put it in quotes"),
        (
            "site: {scripts_from: ['https://stats.example']}\n",
            "1: site.scripts_from: this setting is in mkdocs.yml now, as extra: scripts_from",
        ),
    ],
)
def test_faults_are_told_in_plain_words(tmp_path: Path, own: str, fault: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_project(project(tmp_path, own))
    assert str(caught.value) == f"{tmp_path / 'dwiwarta.yml'}:{fault}"


@pytest.mark.parametrize("name", ["dwiwarta.yml", "mkdocs.yml"])
def test_what_is_no_text_file_is_said_so(tmp_path: Path, name: str) -> None:
    path = project(tmp_path) / name
    path.write_bytes(b"# ok\n# caf\xe9\n")
    with pytest.raises(SettingsError, match=rf"{name}:2: not UTF-8"):
        load_project(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(SettingsError, match=rf"{name}:1: is a folder, but should be a file"):
        load_project(tmp_path)


def test_broken_yaml_in_mkdocs_yml_is_one_line(tmp_path: Path) -> None:
    project(tmp_path, mkdocs="site_name: x\nnav: [a, }\n")
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:2: broken YAML: [^\n]+$"):
        load_project(tmp_path)


def test_a_file_in_the_place_of_the_articles_folder_is_said_so(tmp_path: Path) -> None:
    (project(tmp_path) / "articles").write_text("x", "utf-8")
    with pytest.raises(SettingsError, match="articles:1: is a file, but should be the folder"):
        load_project(tmp_path)


DEEP = ["a: " + "[" * 200_000, "{a: " * 100_000, "- " * 100_000, "a: " + "[" * 60 + "]" * 60]


@pytest.mark.parametrize("text", DEEP, ids=["lists", "groups", "items", "closed"])
@pytest.mark.parametrize("name", ["dwiwarta.yml", "mkdocs.yml"])
def test_deep_yaml_is_one_line(tmp_path: Path, name: str, text: str) -> None:
    project(tmp_path)
    (tmp_path / name).write_text(f"{text}\n", "utf-8")
    with pytest.raises(SettingsError, match=rf"{name}:1: broken YAML: nested deeper") as caught:
        load_project(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "own",
    [
        "translation: {deadline_seconds: 1e300}",
        "translation: {deadline_seconds: .inf}",
        "translation: {deadline_seconds: .nan}",
        "translation: {failures_to_open: 1000000000000000000000}",
        "input: {max_article_mb: .inf}",
        "input: {max_export_mb: 1e300}",
        "site: {page_size: 1000000000000000000000}",
    ],
)
def test_numbers_beyond_any_machine_are_faults(tmp_path: Path, own: str) -> None:
    with pytest.raises(SettingsError, match=r"dwiwarta\.yml:1: \w+\.\w+: "):
        load_project(project(tmp_path, own))


NO_VALUES = {
    "no boolean": "!!bool barangkali",
    "no number": "!!int dua",
    "empty number": "!!int ''",
    "empty fraction": "!!float ''",
    "no moment": "!!timestamp besok",
    "no day": "2024-02-31",
    "too large": "0x" + "f" * 5000,
    "to the base of 60": "1" + ":59" * 3000,
}


@pytest.mark.parametrize("value", NO_VALUES.values(), ids=NO_VALUES)
def test_a_value_that_is_none_of_its_type_is_named_with_its_line(
    tmp_path: Path, value: str
) -> None:
    """PyYAML raises nearly anything here, or makes a number that cannot be shown."""
    with pytest.raises(SettingsError, match=r"dwiwarta\.yml:3: broken YAML: [^\n]{1,80}$"):
        load_project(project(tmp_path, f"site:\n  motto: x\n  page_size: {value}\n"))


def bomb(key: str) -> str:
    """Eight lines that each name the one before ten times, and a key that stands for them."""
    lines = [f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    return "\n".join(["k0: &a0 [x, x]", *lines, f"{key}: *a8", ""])


@pytest.mark.parametrize("name", ["dwiwarta.yml", "mkdocs.yml"])
@pytest.mark.parametrize("key", ["nav", "site", "site_name"])
def test_aliases_that_stand_for_more_than_a_machine_holds_are_refused(
    tmp_path: Path, name: str, key: str
) -> None:
    project(tmp_path)
    (tmp_path / name).write_text(bomb(key), "utf-8")
    with pytest.raises(SettingsError, match=rf"{name}:\d: broken YAML: aliases repeat more"):
        load_project(tmp_path)


@pytest.mark.parametrize("text", ["nav: &a [*a]", "nav: &a {b: [*a]}", "nav: [&a x, &a [*a]]"])
def test_an_alias_inside_of_what_it_names_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:1: broken YAML: \*a stands inside"):
        load_project(project(tmp_path, mkdocs=f"{text}\n"))


def test_a_few_aliases_are_what_yaml_has_them_for(tmp_path: Path) -> None:
    text = (
        "site_name: Probe\nextra: {one: &a [x, y], two: *a, three: [*a, *a], four: &b {<<: &c {}}}"
    )
    assert load_project(project(tmp_path, mkdocs=f"{text}\n")).site_name == "Probe"


def test_a_key_of_mkdocs_that_is_no_text_is_left_to_mkdocs(tmp_path: Path) -> None:
    text = "site_name: Probe\n? [a, b]\n: c\n? {a: b}\n: c\n"
    assert load_project(project(tmp_path, mkdocs=text)).site_name == "Probe"


def test_many_faults_are_told_in_a_few_lines(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_project(project(tmp_path, "site: {}\n" * 30_000))
    assert str(caught.value).endswith(
        "dwiwarta.yml:2: 'site' stands twice, first on line 1, and so do 29998 more"
    )
    with pytest.raises(SettingsError) as caught:
        load_project(project(tmp_path, "".join(f"k{n}: 1\n" for n in range(500))))
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1].endswith("dwiwarta.yml: … and 480 more faults")


@pytest.mark.parametrize("escape", [r"\UFFFFFFFF", r"\U00110000", r"\uD800"])
def test_escapes_that_are_no_characters(tmp_path: Path, escape: str) -> None:
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:1: broken YAML: "):
        load_project(project(tmp_path, mkdocs=f'site_name: "{escape}"\n'))
    with pytest.raises(SettingsError, match=r"dwiwarta\.yml:1: broken YAML: "):
        load_project(project(tmp_path, f'translation: {{llm_model: "{escape}"}}\n'))


def test_the_keys_of_another_group_may_be_taken_over_twice() -> None:
    text = "dedupe: &one {merge: false}\nsite:\n  <<: *one\n  <<: *one\n"
    assert parse_yaml(text, Settings) == ([(1, "site.merge: unknown key")], None)


def test_the_engines_that_settings_may_name_are_those_that_can_be_made() -> None:
    assert tuple(FACTORIES) == ENGINES


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


@pytest.mark.parametrize("pattern", ["#L", "L{line}", '#"{line}', "# {line}"])
def test_a_link_to_a_line_is_no_other_text(pattern: str) -> None:
    with pytest.raises(ValidationError):
        SiteSettings(line_link=pattern)


def test_a_missing_mkdocs_yml_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:1: is missing"):
        load_project(tmp_path)


def test_mkdocs_yml_is_parsed_once_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "news"
    assert main(["init", "-q", str(root)]) == 0
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    parsed: list[str] = []
    compose = yaml.compose

    def counted(text: str, *args: Any, **more: Any) -> Any:
        parsed.append(str(text))
        return compose(text, *args, **more)

    monkeypatch.setattr(yaml, "compose", counted)
    assert main(["build", "-q", "--root", str(root)]) == 0
    assert sum("site_name" in text for text in parsed) == 1


@pytest.mark.parametrize("url", ["https://[bad/", "news.example", "ftp://news.example/", "a b"])
def test_an_address_of_the_site_that_is_none_is_named_with_its_line(
    tmp_path: Path, url: str
) -> None:
    root = project(tmp_path, mkdocs=f'site_name: Probe\nsite_url: "{url}"\n')
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:2: site_url: "):
        load_project(root)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("https://news.example", "https://news.example/"),
        ("https://news.example/warta/", "https://news.example/warta/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("null", None),
        ("", None),
    ],
)
def test_the_address_of_the_site_is_that_of_a_folder(
    tmp_path: Path, written: str, known: str | None
) -> None:
    root = project(tmp_path, mkdocs=f"site_name: Probe\nsite_url: {written}\n")
    assert load_project(root).site_url == known


@pytest.mark.parametrize(
    ("key", "written", "what"),
    [("site_name", "[Warta, Kita]", "a list"), ("site_url", "{a: b}", "a mapping")],
)
def test_what_must_be_one_text_is_named_with_its_line(
    tmp_path: Path, key: str, written: str, what: str
) -> None:
    root = project(tmp_path, mkdocs=f"docs_dir: docs\n{key}: {written}\n")
    reason = rf"mkdocs\.yml:2: {key}: is {what}, but should be one text"
    with pytest.raises(SettingsError, match=reason):
        load_project(root)
