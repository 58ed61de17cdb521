"""`pip install .` gives the whole program: code, YAML, templates, what a project starts with."""

import shutil
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dwiwarta import __version__
from dwiwarta.kinds import BUNDLES
from dwiwarta.settings import PROJECT_ROOT
from dwiwarta.starter import content_files, starter_files
from wheel_rig import build_wheel, contents, make_environment, run

NEWS = (
    "Jembatan Baru Dibuka di Palu\n\n"
    "Warga kota menyambut jembatan baru itu dengan gembira pada hari Senin.\n"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment that has the wheel and our libraries."""
    return make_environment(tmp_path_factory.mktemp("environment"), wheel)


def test_everything_below_the_package_is_in_the_wheel(wheel: Path) -> None:
    package = PROJECT_ROOT / "scripts"
    ours = {
        path.relative_to(package).as_posix()
        for path in (package / "dwiwarta").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert sorted(ours - packed) == []
    assert {name for name in packed if name.endswith((".yml", ".j2", ".css", ".js"))}
    starter = {f"dwiwarta/starter/{name}" for name in starter_files()}
    about = {name for name in packed if ".dist-info/" in name}
    assert sorted(packed) == sorted(ours | starter | about), "and nothing else is"


def test_the_starter_holds_what_the_theme_and_the_navigation_name() -> None:
    settings = yaml_load(content_files()["mkdocs.yml"].read_text("utf-8"))
    parts = {
        *(f"assets/{name}.css" for one in BUNDLES.values() for name in one.all_styles),
        *(f"assets/{name}.js" for one in BUNDLES.values() for name in one.all_scripts),
    }
    named = {*parts, "assets/early.js", settings["theme"]["logo"]}
    have = starter_files()
    assert {f"docs/{name}" for name in named} <= set(have)
    assert {"overrides/main.html", "docs/help.md"} <= set(have)
    assert not {"mkdocs.yml", "dwiwarta.yml", "docs/about.md"} & set(have), "these are an owner's"
    ours = {path.relative_to(PROJECT_ROOT).as_posix() for path in have.values()}
    assert ours == set(have)
    written = (PROJECT_ROOT / "docs" / "editors").glob("*.md")
    assert {f"docs/editors/{path.name}" for path in written} <= set(have)


def test_an_old_pip_leaves_no_library_out() -> None:
    """Before 23.3 it does not know ``html_clean`` where the library calls its extra html-clean."""
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    todo = [Requirement(one) for one in project["dependencies"]]
    named = {canonicalize_name(one.name) for one in todo}
    seen = set[str]()
    left_out = set[str]()

    def is_for(need: Requirement, extra: str) -> bool:
        return not need.marker or need.marker.evaluate({"extra": extra})

    while todo:
        one = todo.pop()
        needs = [Requirement(text) for text in metadata.requires(one.name) or ()]
        theirs = metadata.metadata(one.name).get_all("Provides-Extra") or []
        for extra in {canonicalize_name(name): name for name in theirs}.items():
            if extra[1] not in one.extras and extra[0] in map(canonicalize_name, one.extras):
                more = (need for need in needs if is_for(need, extra[1]) and not is_for(need, ""))
                left_out |= {canonicalize_name(need.name) for need in more}
        if one.name not in seen:
            seen.add(one.name)
            todo += [need for need in needs if is_for(need, "")]
    assert len(seen) > len(named)
    assert left_out <= named


def test_the_installed_command_builds_a_project(installed: Path, tmp_path: Path) -> None:
    dwiwarta, python = installed / "dwiwarta", installed / "python"
    said = run(dwiwarta, "--version", cwd=tmp_path).stdout
    assert said.split() == ["dwiwarta,", "version", __version__]
    # What a project starts with comes from the installed package, not from here.
    listing = (
        "import dwiwarta.starter as it; print(it.IN_CHECKOUT);"
        "[print(name, path, sep='\\t') for name, path in it.starter_files().items()]"
    )
    first, *lines = run(python, "-c", listing, cwd=tmp_path).stdout.splitlines()
    files = dict(line.split("\t") for line in lines)
    assert first == "False"
    assert set(files) == set(starter_files())
    root = tmp_path / "project"
    for path in files.values():
        assert not Path(path).is_relative_to(PROJECT_ROOT / "docs")
    run(dwiwarta, "init", root, cwd=tmp_path)
    shutil.rmtree(root / "articles" / "samples")
    (root / "articles" / "palu.txt").write_text(NEWS, "utf-8")
    said = run(dwiwarta, "build", "--root", root, "--engines", "none", cwd=tmp_path).stdout
    assert "Articles  1 with 1 paragraph" in said
    assert "dwiwarta serve" in said
    assert len(list((root / "site" / "article").glob("*/index.html"))) == 1
    # Called in the project's folder, it means that project.
    again = run(dwiwarta, "build", "--engines", "none", cwd=root).stdout
    assert "0 written" in again
    # Plain MkDocs, which knows nothing of us, makes the same site.
    plain = tmp_path / "plain"
    command = ("-W", "ignore", "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", plain)
    run(python, *command, cwd=root, NO_MKDOCS_2_WARNING="1", SOURCE_DATE_EPOCH="315532800")
    assert contents(plain) == contents(root / "site")
    assert b"fonts.googleapis" not in contents(plain)["index.html"]


def test_an_installed_command_looks_at_files_anywhere(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "palu.txt").write_text(NEWS, "utf-8")
    said = run(installed / "dwiwarta", "inspect", "palu.txt", cwd=tmp_path).stdout
    assert "Jembatan Baru Dibuka di Palu" in said
    usage = run(installed / "dwiwarta", "inspect", "--help", cwd=tmp_path).stdout
    assert usage.startswith("Usage: dwiwarta inspect")
