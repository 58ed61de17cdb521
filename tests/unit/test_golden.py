"""The golden site: small articles of every form, and every byte of the pages made of them.

After a wanted change: ``python -m pytest tests/unit/test_golden.py --update-golden``, then read the
diff like any other change.
"""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dwiwarta.pipeline import build
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project, Settings

GOLDEN = Path(__file__).parents[1] / "golden"
# The index and the lexicon are not for reading; what goes into them has its own tests.
LEFT_OUT = ("lexicon/", "search/")


def make_docs(root: Path) -> tuple[dict[str, bytes], ProblemLog]:
    """Build a copy of the golden articles; the generated files and the warnings."""
    shutil.copytree(GOLDEN / "articles", root / "articles")
    project = Project(
        root=root,
        settings=Settings.model_validate({"site": {"page_size": 2}}),
        site_name="Golden",
        site_url="https://golden.example/",
        edit_base="https://forge.example/golden/edit/main/",
    )
    problems = ProblemLog()
    build(project, problems, lambda _: None, engines=(), with_site=False)
    files = {
        path.relative_to(root / "docs").as_posix(): path.read_bytes()
        for path in sorted((root / "docs").rglob("*"))
        if path.is_file()
    }
    kept = {name: data for name, data in files.items() if not name.startswith(LEFT_OUT)}
    return dict(unpacked(kept)), problems


def unpacked(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files, with what is in an e-book in its place: how it is packed is zlib's. Of pictures
    the size alone: how they are packed is the library's, and changes with it.
    """
    for path, data in files.items():
        if path.endswith(".png"):
            width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
            yield path, f"{width} x {height}\n".encode()
            continue
        if not path.endswith(".epub"):
            yield path, data
            continue
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if path != "book/latest.epub":  # of the same articles
                yield path, "\n".join([*book.namelist(), ""]).encode()
                continue
            for name in book.namelist():
                yield f"{path}/{name}", book.read(name)


def test_pages_are_byte_for_byte_as_agreed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made, problems = make_docs(tmp_path)
    expected_dir = GOLDEN / "docs"
    if request.config.getoption("--update-golden"):
        shutil.rmtree(expected_dir, ignore_errors=True)
        for name, data in made.items():
            (expected_dir / name).parent.mkdir(parents=True, exist_ok=True)
            (expected_dir / name).write_bytes(data)
    expected = {
        path.relative_to(expected_dir).as_posix(): path.read_bytes()
        for path in expected_dir.rglob("*")
        if path.is_file()
    }
    assert sorted(made) == sorted(expected)
    for name, data in made.items():
        assert data.decode() == expected[name].decode(), name
    assert [str(problem) for problem in problems.all] == [
        "articles/ekspor/berita.jsonl:3: " + problems.all[0].reason
    ]


def test_two_builds_and_a_rebuild_are_byte_identical(tmp_path: Path) -> None:
    one, _ = make_docs(tmp_path / "one")
    two, _ = make_docs(tmp_path / "two")
    assert one == two


def test_building_leaves_the_memory_untouched(tmp_path: Path) -> None:
    make_docs(tmp_path)
    for path in (GOLDEN / "articles").rglob("*.po"):
        copy = tmp_path / "articles" / path.relative_to(GOLDEN / "articles")
        assert copy.read_bytes() == path.read_bytes()
