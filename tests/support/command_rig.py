"""Commands as an editor runs them, in a small project and without a process of their own."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dwiwarta.cli import main

Say = Callable[..., tuple[int, str]]


def articles_project(root: Path, articles: Mapping[str, str]) -> Path:
    """A project without engines. ``articles``: texts by path below ``articles/``."""
    for name, text in articles.items():
        path = root / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "mkdocs.yml").write_text("site_name: Uji\n", encoding="utf-8")
    (root / "dwiwarta.yml").write_text("translation: {engines: []}\n", encoding="utf-8")
    return root


def runner(root: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command in a project, named first: exit code and all output."""

    def run(name: str, *args: object) -> tuple[int, str]:
        code = main([name, "--root", str(root), *map(str, args)])
        out, err = capsys.readouterr()
        return code, out + err

    return run
