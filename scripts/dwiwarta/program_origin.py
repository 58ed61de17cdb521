"""Where this program came from, as a line of ``requirements.txt`` that gets the same one elsewhere.

A folder of articles is published by a workflow that installs the program on another machine, so it
has to name a source that is there: the index, a repository at a commit, or an archive. pip notes
the last two in ``direct_url.json`` (PEP 610); a checkout is asked by git.
"""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dwiwarta import __version__
from dwiwarta.starter import CHECKOUT, IN_CHECKOUT, is_checkout

_NAME = "dwiwarta"
# What a hook of git says of its own repository, which need not be the program's (git-rev-parse(1)).
_OF_HOOKS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"}
_GIT_SECONDS = 20.0  # git answers from its own files; only a stuck disk takes longer
# What may stand in a requirement: nothing that ends it or begins an option of pip.
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~%+-]+)+")
_SCP = re.compile(r"(?:[\w.-]+@)?([A-Za-z0-9.-]+\.[A-Za-z]+):(?!/)(.+)")  # git@host:owner/name.git
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")  # SHA-1 or SHA-256, both of git


@dataclass(frozen=True, slots=True)
class ProgramOrigin:
    """A requirement of pip's for this very program, and why another machine may not get it."""

    requirement: str
    doubt: str = ""


def program_origin() -> ProgramOrigin:
    """Where this program came from; without a source that others reach, this version, doubted."""
    return _of_checkout(CHECKOUT) if IN_CHECKOUT else _of_installed(_direct_url())


def _direct_url() -> str | None:
    try:
        return distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return None


def _of_installed(noted: str | None) -> ProgramOrigin:
    """From pip's note, which is there unless the package came from an index."""
    if noted is None:
        return _release()
    try:
        note = json.loads(noted)
        url, vcs, folder = str(note["url"]), note.get("vcs_info"), note.get("dir_info")
        commit = str(vcs["commit_id"]) if vcs and vcs["vcs"] == "git" else ""
    except (ValueError, KeyError, TypeError):
        return _release("pip's note of where it came from cannot be read")
    public = _public_address(url)
    if public and commit:
        return _at_commit(public, commit)
    if public and not vcs:
        return ProgramOrigin(f"{_NAME} @ {public}")
    if folder is not None and url.startswith("file://"):
        root = Path(unquote(url.removeprefix("file://")))
        if is_checkout(root):
            return _of_checkout(root)
    return _release("it was installed from a place that only this machine has")


def _of_checkout(root: Path) -> ProgramOrigin:
    commit = _git(root, "rev-parse", "HEAD")
    if not commit or not (root / ".git").exists():
        return _release("this copy of the program is in no git repository")
    address = _public_address(_git(root, "config", "--get", "remote.origin.url"))
    if not address:
        return _release("this checkout's origin is no repository that others reach")
    pushed = _git(root, "branch", "--remotes", "--contains", commit)
    doubt = "" if pushed else f"its commit {commit[:10]} is not at {address} yet: push it"
    return _at_commit(address, commit, doubt)


def _at_commit(address: str, commit: str, doubt: str = "") -> ProgramOrigin:
    if not _COMMIT.fullmatch(commit):
        return _release("its commit cannot be read")
    return ProgramOrigin(f"{_NAME} @ git+{address}@{commit}", doubt)


def _release(doubt: str = "") -> ProgramOrigin:
    return ProgramOrigin(f"{_NAME}=={__version__}", doubt)


def _public_address(remote: str) -> str:
    """An address as https without a name or a password in it; empty where it is none."""
    if scp := _SCP.fullmatch(remote):
        remote = f"https://{scp[1]}/{scp[2]}"
    try:
        parts = urlsplit(remote)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("https", "ssh", "git") or "." not in host:
        return ""
    # The port of ssh or of git's own protocol says nothing of https.
    at = f"{host}:{port}" if port and parts.scheme == "https" else host
    address = f"https://{at}{parts.path.rstrip('/')}"
    return address if _ADDRESS.fullmatch(address) else ""


def _git(root: Path, *words: str) -> str:
    """What git says of a checkout; empty where there is no git, or it has nothing to say."""
    git = shutil.which("git")
    if git is None:
        return ""
    around = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(  # noqa: S603 (words of ours alone)
            [git, "-C", str(root), *words],
            env=around,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
