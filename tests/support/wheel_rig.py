"""The program as a wheel, and environments that have it beside our libraries; all offline."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from pathlib import Path

from dwiwarta.settings import PROJECT_ROOT

SOURCES = ("pyproject.toml", "setup.py", "README.md", "LICENSE")


def run(*command: object, cwd: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a command that must succeed, with nothing of this checkout on the path."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | more
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def build_wheel(folder: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """Built in ``folder``, from a copy, as building leaves folders in the sources.

    ``changes``: what to write instead of what, once, by file below the checkout.
    """
    source, out = folder / "source", folder / "wheel"
    source.mkdir(parents=True)
    for name in SOURCES:
        shutil.copy(PROJECT_ROOT / name, source)
    for name in ("scripts", "overrides", "docs"):
        left = shutil.ignore_patterns("__pycache__", "*.egg-info", "generated", "article")
        shutil.copytree(PROJECT_ROOT / name, source / name, ignore=left)
    for name, (old, new) in (changes or {}).items():
        text = (source / name).read_text("utf-8")
        assert old in text, name
        (source / name).write_text(text.replace(old, new, 1), "utf-8")
    offline = ("--no-build-isolation", "--no-deps", "--no-index")
    run(sys.executable, "-m", "pip", "wheel", *offline, "-w", out, ".", cwd=source)
    (built,) = out.iterdir()
    return built


def make_environment(root: Path, wheel: Path) -> Path:
    """A virtual environment with the wheel. Gives the folder of its commands."""
    venv.create(root, with_pip=False)
    scheme = {"base": str(root), "platbase": str(root)}
    commands = Path(sysconfig.get_path("scripts", "venv", scheme))
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    install(commands, wheel)
    return commands


def install(commands: Path, wheel: Path) -> None:
    """Put a wheel into an environment, in place of the one that is there."""
    pip = (sys.executable, "-m", "pip", "--python", commands / "python", "install")
    run(*pip, "--no-deps", "--no-index", "--force-reinstall", wheel, cwd=commands)


def contents(site: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }
