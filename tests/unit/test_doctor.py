"""``dwiwarta doctor``: a whole folder, and what an update changes for its articles."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dwiwarta import __version__
from dwiwarta.clean import load_rules
from dwiwarta.cli import cli
from dwiwarta.knowledge.overlays import Overlays, lay
from dwiwarta.pipeline import build
from dwiwarta.problems import ProblemLog
from dwiwarta.program_origin import ProgramOrigin
from dwiwarta.settings import load_project

TEXT = (
    "Pasar Baru Dibuka di Palu\n\nWarga menyambut pasar baru itu dengan gembira hari Senin.\n\n"
    "Langganan surat kami di sini\n\nPasar itu buka setiap hari sejak pagi hingga petang.\n"
)
PATTERN = """general:
  - {id: letter, action: line, pattern: '^Langganan surat kami',
     matches: [Langganan surat kami di sini], spares: [Ia menulis surat.]}
"""


def doctor(root: Path) -> Result:
    return CliRunner().invoke(cli, ["doctor", "--root", str(root)])


@pytest.fixture
def news(tmp_path: Path) -> Path:
    root = tmp_path / "news"
    assert CliRunner().invoke(cli, ["init", str(root)]).exit_code == 0
    (root / "articles" / "palu.txt").write_text(TEXT, "utf-8")
    return root


def built(root: Path) -> None:
    build(load_project(root), ProblemLog(), lambda _: None, engines=(), with_site=False)


def test_a_whole_folder_has_nothing_to_mend(news: Path) -> None:
    done = doctor(news)
    assert done.exit_code == 0, done.output
    assert "No build to compare with" in done.output
    built(news)
    before = {path: path.read_bytes() for path in news.rglob("*") if path.is_file()}
    done = doctor(news)
    assert "Compared with the last build: 2 articles, 0 of them" in done.output
    assert done.exit_code == 0
    after = {path: path.read_bytes() for path in news.rglob("*") if path.is_file()}
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert {path for path in changed if ".cache" not in path.parts} == set()


def test_an_article_that_is_left_out_is_no_fault_of_the_folder_but_told(news: Path) -> None:
    (news / "articles" / "kosong.txt").write_text("", "utf-8")
    done = doctor(news)
    assert done.exit_code == 0
    assert "articles/kosong.txt:1: the file is empty" in done.output
    assert "Nothing stops a build; 1 warning of articles." in done.output
    (news / "articles" / "kosong.txt").unlink()
    assert "Nothing has to be mended." in doctor(news).output


def test_it_tells_what_rules_change_for_articles(news: Path) -> None:
    """New rules stand for those that an update brings."""
    built(news)
    (news / "knowledge" / "boilerplate.yml").write_text(PATTERN, "utf-8")
    (news / "knowledge" / "countries.yml").write_text(
        "countries:\n  NL: {names: [Palu]}\n", "utf-8"
    )
    (news / "knowledge" / "bodies.yml").write_text(
        "bodies:\n  WRG: {en: Citizens, id: Warga, names: [Warga]}\n", "utf-8"
    )
    done = doctor(news)
    assert done.exit_code == 0, done.output
    assert "2 articles, 1 of them" in done.output
    lines = done.output.splitlines()
    start = lines.index("  articles/palu.txt")
    assert "    paragraph gone: Langganan surat kami di sini" in lines[start:]
    assert "    bodies: - → WRG" in lines[start:]
    own = ("bodies", "boilerplate", "countries")
    assert "Own rules: " + ", ".join(f"knowledge/{name}.yml" for name in own) in lines
    built(news)
    assert "0 of them" in doctor(news).output
    lay(Overlays())


def test_it_tells_of_merges(news: Path) -> None:
    (news / "articles" / "lain.txt").write_text(TEXT + "\nSumber: Kabar Kampung\n", "utf-8")
    built(news)
    (news / "articles" / "lain.txt").write_text(
        "Hujan Turun di Ambon\n\nHujan deras turun sepanjang malam di kota itu.\n", "utf-8"
    )
    said = doctor(news).output
    assert "no copy of palu.txt any more" in said
    assert "no copy of lain.txt any more" in said


def test_it_names_what_is_wrong_with_the_folder(news: Path) -> None:
    (news / "articles" / "gone.txt.po").write_text("", "utf-8")
    (news / "docs" / "assets" / "base.css").write_text("/* mine */", "utf-8")
    (news / "overrides" / "main.html").unlink()
    done = doctor(news)
    assert done.exit_code == 1
    assert "articles/gone.txt.po:1: belongs to no article" in done.output
    assert "Yours, not the program's: docs/assets/base.css" in done.output
    assert "1 to be written by the next build" in done.output
    assert not (news / "overrides" / "main.html").exists(), "it changes nothing"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("dwiwarta.yml", "sight: {}\n", "dwiwarta.yml:1: sight: unknown key"),
        ("knowledge/topics.yml", "x: 1\n", "topics.yml:1: x: unknown key"),
        ("knowledge/boilerplate.yml", "x: 1\n", "boilerplate.yml:1: x: unknown key"),
        ("mkdocs.yml", "site_name: x\n", "custom_dir is not overrides"),
        ("mkdocs.yml", None, "mkdocs.yml:1: is missing"),
    ],
)
def test_faults_are_a_line_each(news: Path, name: str, text: str | None, said: str) -> None:
    (news / name).unlink()
    if text is not None:
        (news / name).write_text(text, "utf-8")
    done = doctor(news)
    assert done.exit_code == 1, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert said in done.output
    lay(Overlays())
    load_rules()


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"x" * 4000])
def test_a_damaged_cache_is_no_fault(news: Path, damage: bytes) -> None:
    built(news)
    (news / ".cache" / "results.sqlite").write_bytes(damage)
    done = doctor(news)
    assert done.exit_code == 0, done.output
    assert "No build to compare with" in done.output


COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER = COMMIT[::-1]
AT = "dwiwarta @ git+https://host.example/us/it@"


@pytest.mark.parametrize(
    ("publishes", "told"),
    [
        ("# ours\ndwiwarta==0.0.1  # pinned\n", "0.0.1"),
        (f"{AT}v0.0.1\n", "0.0.1"),
        ("./program/dwiwarta-0.0.1-py3-none-any.whl\n", "0.0.1"),
        (f"{AT}{OTHER}\n", OTHER[:10]),
        ("dwiwarta==0.0.1\x1b[31m\n", "0.0.1"),
        (f"dwiwarta=={__version__}\n", ""),
        (f"./program/dwiwarta-{__version__}-py3-none-any.whl\n", ""),
        (f"{AT}v{__version__}\n", ""),
        (f"{AT}{COMMIT}\n", ""),
        (f"# {AT}v0.0.1\n", ""),
        (f"{AT}main\n", ""),
    ],
)
def test_it_tells_when_the_workflow_publishes_another_program(
    news: Path, monkeypatch: pytest.MonkeyPatch, publishes: str, told: str
) -> None:
    here = ProgramOrigin(f"{AT}{COMMIT}")
    monkeypatch.setattr("dwiwarta.commands.doctor.program_origin", lambda: here)
    (news / "requirements.txt").write_text(publishes, "utf-8")
    said = doctor(news).output
    line = f"requirements.txt publishes with {told}: write {here.requirement} there"
    assert (line in said) if told else ("requirements.txt" not in said)


def test_doctor_and_review_name_the_same_orphans(news: Path) -> None:
    """One rule: what lies on the disk is not gone, a record that left its export included."""
    folder = news / "articles"
    (folder / "ekspor.csv").write_text(
        "title,content\nPasar,Pasar itu buka setiap hari sejak pagi hingga petang.\n", "utf-8"
    )
    built(news)
    memory = (folder / "palu.txt.po").read_bytes()
    (folder / "ekspor.csv.d" / "0123456789ab.po").write_bytes(memory)
    (folder / "hilang.txt.po").write_bytes(memory)
    (folder / ".tersembunyi.po").write_bytes(memory)
    (folder / "draf.md").write_text("---\nskip: true\n---\nIsi.\n", "utf-8")
    (folder / "draf.md.po").write_bytes(memory)
    by_doctor = {line.partition(":")[0] for line in doctor(news).output.splitlines()
                 if "belongs to no article" in line}  # fmt: skip
    words = ["review", "--root", str(news), "--kind", "orphan", "--json"]
    review = json.loads(CliRunner().invoke(cli, words).stdout)
    assert by_doctor == {one["file"] for one in review["findings"]} == {"articles/hilang.txt.po"}
