"""Each paragraph of a page leads to its line in the memory, whatever was built before."""

from pathlib import Path

import lxml.html

from dwiwarta.pipeline import build
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project, Settings

TEXT = """Gedung {name} Dibuka Kembali

Rabu, 08 Mei 2024 - 10:20 WIB

Gedung {name} di tepi sungai dibuka kembali setelah diperbaiki selama tiga tahun penuh.

***

Para tetangga gedung {name} datang membawa kue dan bunga sejak pagi hari.
"""
NAMES = ("Melati", "Kenanga", "Cempaka")
HOST = "https://code.example/warta/edit/main/"


def made(root: Path, *engines: str) -> dict[str, bytes]:
    """Build; what lies in docs/ then."""
    project = Project(root, Settings(), "Warta", edit_base=HOST)
    build(project, ProblemLog(), lambda _: None, engines=engines, with_site=False)
    docs = root / "docs"
    return {
        path.relative_to(docs).as_posix(): path.read_bytes()
        for path in docs.rglob("*")
        if path.is_file()
    }


def articles(root: Path) -> None:
    (root / "articles").mkdir()
    for number, name in enumerate(NAMES):
        text = TEXT.format(name=name).replace("Rabu, 08", f"Rabu, {8 + number:02d}")
        (root / "articles" / f"{name}.txt").write_text(text, "utf-8")


def pointed_at(root: Path, docs: dict[str, bytes], name: str) -> list[str]:
    """What stands where the links of an article's page lead, in the order of its paragraphs."""
    (page,) = (path for path in docs if path.startswith("article/") and name.lower() in path)
    html = lxml.html.fromstring(docs[page].decode("utf-8").partition("\n---\n")[2])
    memory = (root / "articles" / f"{name}.txt.po").read_text("utf-8").split("\n")
    (pattern,) = html.xpath("//*/@data-dw-correct")
    assert pattern == f"{HOST}articles/{name}.txt.po#L{{line}}"
    (lines,) = html.xpath("//*/@data-dw-lines")
    return [memory[int(line) - 1] for line in lines.split() if line != "0"]


def texts(name: str) -> list[str]:
    lines = TEXT.format(name=name).splitlines()
    return [f'msgid "{lines[4]}"', f'msgid "{lines[8]}"']


def test_a_line_that_moved_makes_its_page_anew_and_no_other(tmp_path: Path) -> None:
    articles(tmp_path)
    before = made(tmp_path)
    for name in NAMES:
        assert pointed_at(tmp_path, before, name) == texts(name)
    memory = tmp_path / "articles" / "Melati.txt.po"
    text = memory.read_text("utf-8")
    noted = text.replace(texts("Melati")[0], f"# Kata pengelola gedung.\n{texts('Melati')[0]}")
    memory.write_text(noted, "utf-8")
    after = made(tmp_path)
    assert memory.read_text("utf-8") == noted
    assert pointed_at(tmp_path, after, "Melati") == texts("Melati")
    found = {path for path, data in after.items() if before[path] != data}
    # The list of what browsers keep names the page's state.
    (changed,) = found - {"offline/newest.json"}
    assert changed.startswith("article/")
    assert "melati" in changed
    assert after.keys() == before.keys()


def test_lines_that_the_build_itself_moves(tmp_path: Path) -> None:
    """Answers bring lines of their own, and what one article learns moves those of another."""
    articles(tmp_path)
    made(tmp_path)
    docs = made(tmp_path, "fake")
    for name in NAMES:
        assert pointed_at(tmp_path, docs, name) == texts(name)
    first = tmp_path / "articles" / "Melati.txt"
    shared = TEXT.format(name="Kenanga").splitlines()[8]
    first.write_text(f"{shared}\n\n{first.read_text('utf-8')}\n{shared}\n", "utf-8")
    docs = made(tmp_path)
    assert f'msgid "{shared}"' in pointed_at(tmp_path, docs, "Melati")
    assert set(texts("Melati")) <= set(pointed_at(tmp_path, docs, "Melati"))
    assert docs == made(tmp_path)
