"""Find the browser that the tests drive, or get one: ``python scripts/provision_browser.py``.

``make test`` calls this first; the tests call ``launch`` themselves and so use the same browser.
Which one, in this order, and only if it really starts:

1. the program that the environment variable ``DWIWARTA_BROWSER`` names, and then no other;
2. an installed headless shell: the same engine without a window's own pages, which since
   Chromium 156 take as much of the processor as the page under test (the browser tests run in
   half the time);
3. an installed Chrome or Chromium;
4. the one that Playwright keeps for itself;
5. with none of these: what ``playwright install chromium`` fetches;
6. on Debian and Ubuntu, as root or where sudo asks for no password: the system's package.

Before that, what Playwright's own program needs and a bare Debian lacks is installed, if it can be.
Root on Debian (a container, CI) gets the headless shell even where a whole browser is found.

With no browser at the end the exit code is 1 and the message says what to install. Tests are
never skipped for want of a browser.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

ENVIRONMENT = "DWIWARTA_BROWSER"
SHELL = "chromium-headless-shell"  # as Debian names both the program and its package
NAMES = (
    SHELL,
    "chrome-headless-shell",
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "chrome",
)
MAC_APPS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
)
# No graphics card, and nothing that a browser likes to ask the network for on its own account.
# The resolver rule makes every other host unreachable: a page that asks for one fails its test,
# and on no machine does the request get out.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
DRIVER_LIBRARY = "libatomic1"  # of Node.js, which Playwright brings
START_SECONDS = 300  # a few on a machine that has nothing else to do
INSTALL_SECONDS = 900  # a browser is about 150 MB; slower than this is as good as never


class NoBrowserError(Exception):
    """No browser starts here; ``str(error)`` tells what was tried and what to do."""


def candidates(playwright: Playwright) -> Iterator[Path]:
    """The browsers of this machine, best first."""
    chosen = os.environ.get(ENVIRONMENT)
    if chosen:
        yield Path(chosen)
        return
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for app in MAC_APPS:
                if (folder / app).exists():
                    yield folder / app
    own = Path(playwright.chromium.executable_path)
    if own.exists():
        yield own


def launch(
    playwright: Playwright, environment: Mapping[str, str] | None = None
) -> tuple[Browser, Path]:
    """Start the first browser that starts. Raises ``NoBrowserError`` with the reasons if none does.

    The browser runs without a window, with ``environment`` beside this one's; the caller closes it.
    """
    arguments = list(ARGUMENTS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chrome refuses to start as root otherwise
    tried: list[str] = []
    for path in candidates(playwright):
        try:
            browser = playwright.chromium.launch(
                executable_path=path,
                args=arguments,
                timeout=START_SECONDS * 1000,
                env={**os.environ, **(environment or {})},
            )
        except PlaywrightError as error:
            lines = error.message.strip().splitlines() or ["no reason given"]
            tried.append(f"  {path}: {lines[0]}")
        else:
            return browser, path
    if os.environ.get(ENVIRONMENT):
        raise NoBrowserError(f"{ENVIRONMENT} names a browser that does not start:\n{tried[0]}")
    found = "\n".join(["These do not start:", *tried]) if tried else "None is installed."
    raise NoBrowserError(
        f"The browser tests need Chrome or Chromium. {found}\n"
        "Install Chrome (https://www.google.com/chrome/) or Chromium (Debian and Ubuntu: "
        "`apt install chromium`, macOS: `brew install --cask chromium`), or name the program "
        f"in the environment variable {ENVIRONMENT}."
    )


def driver_fault() -> str | None:
    """Why Playwright's own program does not start, or None. A bare Linux lacks a library of it."""
    program = [*map(str, compute_driver_executable()), "--version"]
    try:
        done = subprocess.run(  # noqa: S603 (Playwright's own program)
            program, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[0]


def prepare_driver() -> None:
    """Bring what Playwright's own program needs. Raises ``NoBrowserError`` if it does not start."""
    fault = driver_fault()
    prefix = _apt_prefix() if fault else None
    if prefix is not None:
        _run_shown([*prefix, "apt-get", "update"])
        _run_shown(_install(prefix, DRIVER_LIBRARY))
        fault = driver_fault()
    if fault:
        raise NoBrowserError(
            f"Playwright, which drives the browser of the tests, does not start: {fault}\n"
            f"Install what it lacks (Debian and Ubuntu: `apt install {DRIVER_LIBRARY}`, Fedora: "
            "`dnf install libatomic`)."
        )


def _apt_prefix() -> list[str] | None:
    """What goes before ``apt-get`` here; None if nothing can be installed with it."""
    if not shutil.which("apt-get"):
        return None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if _succeeds(["sudo", "-n", "true"]) else None


def _install(prefix: list[str], package: str) -> list[str]:
    return [*prefix, "apt-get", "install", "-y", "--no-install-recommends", package]


def install_commands() -> Iterator[list[str]]:
    """The commands that may bring a browser, best first; ask for the next only if one is needed."""
    yield [sys.executable, "-m", "playwright", "install", "chromium"]
    prefix = _apt_prefix()
    if prefix is None:
        return
    with sync_playwright() as playwright:
        fetched = Path(playwright.chromium.executable_path).exists()
    if fetched:  # and did not start: on a bare machine it lacks libraries
        yield [*prefix, sys.executable, "-m", "playwright", "install-deps", "chromium"]
    yield [*prefix, "apt-get", "update"]
    for package in (SHELL, "chromium"):  # Ubuntu has only the second
        yield _install(prefix, package)


def _succeeds(command: list[str]) -> bool:
    """Run a command; what it says goes to standard error, as the answer is ours alone."""
    if not shutil.which(command[0]):
        return False
    try:
        done = subprocess.run(  # noqa: S603 (our own commands)
            command, stdout=sys.stderr, check=False, timeout=INSTALL_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _run_shown(command: list[str]) -> bool:
    click.echo(f"$ {' '.join(command)}", err=True)
    return _succeeds(command)


def describe() -> str:
    """Which browser is used and its version. Raises ``NoBrowserError`` if none starts."""
    with sync_playwright() as playwright:
        browser, path = launch(playwright)
        version = browser.version
        browser.close()
    return f"Browser for the tests: {path} ({version})"


def get_shell() -> None:
    """Bring the headless shell where that asks nobody for anything; a failure costs only time."""
    if os.environ.get(ENVIRONMENT) or shutil.which(SHELL) or _apt_prefix() != []:
        return
    try:
        is_debian = platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return
    # What is known of packages may be old or nothing.
    if is_debian and not _run_shown(_install([], SHELL)) and _run_shown(["apt-get", "update"]):
        _run_shown(_install([], SHELL))


def provision() -> str:
    """Find a browser or get one; returns what ``describe`` says. Raises ``NoBrowserError``."""
    prepare_driver()
    get_shell()
    try:
        return describe()
    except NoBrowserError as error:
        if os.environ.get(ENVIRONMENT):
            raise
        last = error
        click.echo(str(error).partition("\n")[0] + " Trying to get one.", err=True)
    for command in install_commands():
        if _run_shown(command):
            try:
                return describe()
            except NoBrowserError as error:
                last = error
    raise last


def main() -> int:
    """0 with the browser named on standard output; 1 with what to do on standard error."""
    try:
        click.echo(provision())
    except NoBrowserError as error:
        click.echo(f"error: {error}", err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
