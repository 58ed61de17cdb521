"""Finding or getting the tests' browser, on machines made up of a few stubs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from dwiwarta.settings import PROJECT_ROOT

SCRIPT = PROJECT_ROOT / "scripts" / "provision_browser.py"
hidden = pytest.mark.skipif(
    sys.platform == "darwin", reason="a Chrome in /Applications cannot be hidden from the script"
)


def provision(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )


@pytest.fixture(scope="module")
def real() -> str:
    """The browser of this machine."""
    done = provision()
    found = re.fullmatch(r"Browser for the tests: (.+) \([\d.]+\)\n", done.stdout)
    assert found, done.stderr
    return found[1]


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine with nothing installed and no network."""
    (tmp_path / "bin").mkdir()
    return {
        "PATH": str(tmp_path / "bin"),
        "DWIWARTA_BROWSER": "",
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "playwright"),
        "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9",  # nobody listens there
    }


def stub(environment: dict[str, str], name: str, script: str) -> Path:
    path = Path(environment["PATH"]) / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_environment_variable_wins(real: str) -> None:
    done = provision(DWIWARTA_BROWSER=real)
    assert done.returncode == 0
    assert done.stdout.startswith(f"Browser for the tests: {real} (")


def test_a_named_browser_that_does_not_start_is_a_failure(tmp_path: Path) -> None:
    done = provision(DWIWARTA_BROWSER=str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "DWIWARTA_BROWSER names a browser that does not start" in done.stderr
    assert "Traceback" not in done.stderr


@hidden
def test_no_browser_at_all_is_a_clear_failure(bare: dict[str, str]) -> None:
    broken = stub(bare, "chromium", "exit 7")
    done = provision(**bare)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "The browser tests need Chrome or Chromium." in done.stderr
    assert str(broken) in done.stderr  # what was tried
    assert "playwright install chromium" in done.stderr  # what was tried to get one
    assert "apt install chromium" in done.stderr  # what to do
    assert "Traceback" not in done.stderr


@hidden
def test_an_installed_browser_that_starts_is_taken_after_one_that_does_not(
    bare: dict[str, str], real: str
) -> None:
    stub(bare, "google-chrome", "exit 7")
    good = stub(bare, "chromium", f'PATH="{os.environ["PATH"]}" exec "{real}" "$@"')
    done = provision(**bare)
    assert done.stdout.startswith(f"Browser for the tests: {good} (")
    assert done.stderr == ""


@hidden
@pytest.mark.parametrize("package", ["chromium-headless-shell", "chromium"])
def test_the_system_package_is_the_last_resort(
    bare: dict[str, str], real: str, package: str
) -> None:
    folder = Path(bare["PATH"])
    good = stub(bare, "good", f'PATH="{os.environ["PATH"]}" exec "{real}" "$@"')
    log = folder / "log"
    stub(bare, "sudo", 'shift\nexec "$@"')
    stub(
        bare,
        "apt-get",
        f'echo "$@" >> "{log}"\n'
        f'case "$*" in *{package}) /bin/ln -s "{good}" "{folder}/{package}";;\n'
        "*headless-shell) exit 100;; esac",
    )
    stub(bare, "true", "exit 0")
    done = provision(**bare)
    assert done.stdout.startswith(f"Browser for the tests: {folder}/{package} (")
    assert log.read_text().splitlines()[-1] == f"install -y --no-install-recommends {package}"


@hidden
def test_the_headless_shell_comes_before_a_whole_browser(bare: dict[str, str], real: str) -> None:
    stub(bare, "google-chrome", "exit 7")
    good = stub(bare, "chromium-headless-shell", f'PATH="{os.environ["PATH"]}" exec "{real}" "$@"')
    assert provision(**bare).stdout.startswith(f"Browser for the tests: {good} (")


@pytest.fixture
def driverless(bare: dict[str, str]) -> dict[str, str]:
    """A machine that lacks a library of Playwright's program until it is installed."""
    real_driver, _ = compute_driver_executable()
    library = Path(bare["PATH"]) / "library"
    driver = stub(
        bare,
        "driver",
        f'[ -e "{library}" ] || {{ echo "libatomic.so.1: cannot open" >&2; exit 127; }}\n'
        f'exec "{real_driver}" "$@"',
    )
    return {**bare, "PLAYWRIGHT_NODEJS_PATH": str(driver)}


def test_a_driver_that_does_not_start_is_told_with_what_it_lacks(
    driverless: dict[str, str],
) -> None:
    done = provision(**driverless)
    assert done.returncode == 1
    assert "does not start: libatomic.so.1: cannot open" in done.stderr
    assert "apt install libatomic1" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_driver_lacks_is_installed(driverless: dict[str, str], real: str) -> None:
    folder = Path(driverless["PATH"])
    stub(driverless, "sudo", 'shift\nexec "$@"')
    stub(driverless, "true", "exit 0")
    stub(driverless, "apt-get", f'case "$*" in *libatomic1) : > "{folder}/library";; esac')
    done = provision(**{**driverless, "DWIWARTA_BROWSER": real})
    assert done.stdout.startswith(f"Browser for the tests: {real} ("), done.stderr
