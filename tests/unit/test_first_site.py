"""The walk "From nothing to a published site" of the manual, block by block as it is printed.

Only what needs the network or runs until it is stopped is stood in for: the environment and the
program in it are made offline, the engine and the model's server answer on loopback.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from lxml import html

from dwiwarta.settings import PROJECT_ROOT
from faultserver import FaultServer
from modelserver import RECORDS, public_records, publish
from wheel_rig import build_wheel, contents, install, make_environment, run

PAGE = PROJECT_ROOT / "docs" / "editors" / "first-site.md"
ENGLISH: Mapping[str, str] = yaml.safe_load(
    (PROJECT_ROOT / "tests" / "cases" / "first_site.yml").read_text("utf-8")
)
KNOWLEDGE = "scripts/dwiwarta/knowledge"
# What the newer version knows otherwise: a line that goes, a country, a rival of an own term.
NEWER = {
    "scripts/dwiwarta/__init__.py": ('__version__ = "', '__version__ = "9.'),
    f"{KNOWLEDGE}/boilerplate.yml": (
        "  - id: read-also\n",
        "  - {id: free-entry, action: line, pattern: '^Tiket masuk gratis',\n"
        "     matches: [Tiket masuk gratis untuk semua], spares: Ia membeli tiket masuk.}\n"
        "  - id: read-also\n",
    ),
    f"{KNOWLEDGE}/countries.yml": ("places: [Den Haag,", "places: [Muara Biru, Den Haag,"),
    f"{KNOWLEDGE}/glossary.yml": (
        "terms:\n",
        "terms:\n  - {source: [Dinas Perikanan], target: [Fishery Service], protect: true}\n",
    ),
}
# Nothing is fetched; a web server would run until it is stopped.
STAND_INS = 'pip() { test -d "${@: -1}"; }; python3() { :; };'


class Walk:
    """Somebody who types the steps of the page, with an environment of their own."""

    def __init__(self, root: Path, engine: FaultServer, models: FaultServer) -> None:
        steps = re.split(r"^## \d\. ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]
        self._blocks = [
            re.findall(r"^```sh\n(.*?)^```", one, re.MULTILINE | re.DOTALL) for one in steps
        ]
        self.root, self.news = root, root / "news"
        self._own = {
            "HOME": str(root),
            "DWIWARTA_MODELS": str(root / "models"),
            "FXTRANSLATE_RECORDS_URL": models.url + RECORDS,
            "LC_ALL": "C",
            **engine.environment("libre"),
            **{f"GIT_{who}_NAME": "Me" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "me@teluk.example" for who in ("AUTHOR", "COMMITTER")},
        }

    def step(self, number: int) -> str:
        said = ""
        for block in self._blocks[number - 1]:
            there = self.news if self.news.is_dir() else self.root
            words = f"set -e; . {self.root}/env/bin/activate; {STAND_INS}\n{block}"
            said += run("bash", "-c", words, cwd=there, **self._own).stdout
        return said

    def git(self, *words: str) -> str:
        return run("git", *words, cwd=self.news, **self._own).stdout

    @property
    def steps(self) -> int:
        return len(self._blocks)


def links_to_nothing(site: Path, address: str) -> set[str]:
    """Links and sources of all pages that a plain web server could not answer at ``address``."""
    missing = set()
    base = urlsplit(address)
    for path in site.rglob("*.html"):
        here = urljoin(address, path.relative_to(site).as_posix())
        for element, _, link, _ in html.fromstring(path.read_bytes()).iterlinks():
            target = urlsplit(urljoin(here, link))
            if target.netloc != base.netloc or element.get("rel") == "canonical":
                continue
            below = unquote(target.path).removeprefix(base.path)
            wanted = site / below / "index.html" if below.endswith("/") or not below else None
            if not target.path.startswith(base.path) or not (wanted or site / below).is_file():
                missing.add(f"{path.name}: {link}")
    return missing


@pytest.mark.skipif(not shutil.which("bash") or not shutil.which("git"), reason="needs both")
def test_from_nothing_to_a_published_site_and_a_newer_version(tmp_path: Path) -> None:
    commands = make_environment(tmp_path / "env", build_wheel(tmp_path / "first"))
    with FaultServer(ENGLISH.__getitem__) as engine, FaultServer(str) as models:
        publish(models, *public_records())
        walk = Walk(tmp_path, engine, models)
        assert walk.steps == 8
        (tmp_path / "dwiwarta").mkdir()  # where the program would be installed from
        walk.step(1)
        assert "Next: name the site in dwiwarta.yml" in walk.step(2)
        assert walk.git("status", "--short") == ""
        branch = walk.git("branch", "--show-current").strip()
        workflow = (walk.news / ".github" / "workflows" / "pages.yml").read_text("utf-8")
        assert f"branches: [{branch}]" in workflow
        with (walk.news / "dwiwarta.yml").open("a", encoding="utf-8") as settings:
            settings.write("translation: {engines: [libre]}\n")  # for Firefox's model
        walk.step(3)
        walk.step(4)
        walk.step(5)
        said = walk.step(6)
        assert "Articles  5 with 11 paragraphs" in said
        assert "Translated  16 now, 0 from memory, 0 pending" in said
        assert "Warnings  0" in said
        assert "Nothing to review." in said
        assert walk.git("status", "--short") == ""
        assert "Warnings  0" in walk.step(7)
    assert walk.git("status", "--short") == ""
    www = tmp_path / "www" / "kabar"
    assert links_to_nothing(www, "https://teluk.example/kabar/") == set()
    home = html.fromstring((www / "index.html").read_bytes())
    assert home.get("lang") == "id"
    assert "Kabar Teluk: Warta pesisir, dua bahasa" in home.text_content()
    assert len(list((www / "article").glob("*/index.html"))) == 5
    # A clone, as the publishing workflow has it.
    walk.git("clone", "-q", ".", str(tmp_path / "clone"))
    run(commands / "dwiwarta", "build", "--engines", "none", "--strict", cwd=tmp_path / "clone")
    assert contents(tmp_path / "clone" / "site") == contents(www)

    # No engine answers any more, and none is needed.
    install(commands, build_wheel(tmp_path / "second", NEWER))
    before = contents(walk.news / "articles")
    said = walk.step(8)
    told = {line.strip() for line in said.splitlines()}
    assert "paragraph gone: Tiket masuk gratis untuk murid Sekolah Laut." in told
    assert "countries: CN → CN NL" in told
    assert any(line.startswith("requirements.txt publishes with") for line in told)
    assert "Translated  0 now, 15 from memory, 0 pending (titles and paragraphs)" in told
    changed = "articles/mercusuar.md.po"
    assert walk.git("status", "--short") == f" M {changed}\n"
    after = contents(walk.news / "articles")
    assert {name for name in before | after if before.get(name) != after.get(name)} == {
        changed.removeprefix("articles/")
    }
    # Plain MkDocs makes the same site.
    command = ("-W", "ignore", "-m", "mkdocs", "build", "--quiet", "--site-dir", tmp_path / "plain")
    quiet = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "315532800"}
    run(commands / "python", *command, cwd=walk.news, **quiet)
    assert contents(tmp_path / "plain") == contents(walk.news / "site")
