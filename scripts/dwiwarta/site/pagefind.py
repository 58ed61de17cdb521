"""Pagefind as a service: pages go in by its standard input, the index comes back by its output.

Its command line would read the pages in the order that the file system lists them in, so that two
disks give two indexes, and it takes a full disk for a success that leaves empty files. Here the
order is ours, and so is the writing. Its own package for Python speaks the same protocol
(https://pagefind.app/docs/py-api/), but waits a tenth of a second for each page and cannot take an
index of more than two megabytes.
"""

import base64
import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pagefind.service import get_executable

from dwiwarta.errors import SiteError

LIMIT_SECONDS = 1800  # measured: below 2 seconds per 1,000 articles and language
OUTPUT_LINES = 12  # of a failed run's output; the cause stands at its end
END_SECONDS = 10.0  # to end by itself once it has said all
_CHUNK_BYTES = 1 << 20


def make_index(pages: Mapping[str, str], language: str, folder: Path) -> dict[str, bytes]:
    """The files of an index over ``pages`` (path below the site → HTML), by their path.

    The same pages give the same bytes; none where no page has a word in it. ``folder``: where
    Pagefind runs and looks for settings of its own; there should be none. Raises ``SiteError`` with
    Pagefind's words if it fails or if what it gives is no whole index.
    """
    requests: list[dict[str, Any]] = [
        {"type": "NewIndex", "config": {"force_language": language}},
        *(
            {"type": "AddFile", "index_id": 0, "file_path": path, "file_contents": html}
            for path, html in sorted(pages.items())
        ),
        {"type": "GetFiles", "index_id": 0},
    ]
    try:
        answers = _Service(folder).ask(requests)
        files = {
            _own_path(file["path"]): base64.b64decode(file["content"], validate=True)
            for file in answers[-1]["files"]
        }
        counted = _check_whole(files, language)
        if counted > len(pages):
            raise _FaultError(f": its index has {counted} pages, not {len(pages)}")
    except _FaultError as error:
        raise SiteError(f"Pagefind could not index the articles ({language}){error}") from error
    except (OSError, KeyError, TypeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise SiteError(
            f"Pagefind could not index the articles ({language}): not understood: {reason}"
        ) from error
    return files if counted else {}


class _FaultError(Exception):
    """What went wrong, as the end of a sentence."""


def _own_path(name: str) -> str:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute():
        raise ValueError(f"a file {name!r}")
    return name


def _check_whole(files: Mapping[str, bytes], language: str) -> int:
    """How many pages the index says it has. Raises ``_FaultError`` if a file of it is missing."""
    about = json.loads(files["pagefind-entry.json"])["languages"].get(language)
    if about is None:
        return 0
    wanted = {"pagefind.js", f"pagefind.{about['hash']}.pf_meta", f"wasm.{about['wasm']}.pagefind"}
    lacking = sorted(wanted - files.keys()) + sorted(name for name in files if not files[name])
    counted = int(about["page_count"])
    if counted != sum(name.endswith(".pf_fragment") for name in files):
        lacking.append("fragments of pages")
    if lacking:
        raise _FaultError(f": its index lacks {', '.join(lacking[:3])}")
    return counted


class _Service:
    """One run of Pagefind. Messages are JSON in base 64, each with a comma behind it."""

    def __init__(self, folder: Path) -> None:
        """Start it. Raises ``_FaultError``."""
        program = get_executable()
        if program is None:
            raise _FaultError(": its program is missing; run: make site")
        # Pagefind would also take options from its environment variables; they may not decide what
        # we build.
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")
        }
        try:
            self._process = subprocess.Popen(  # noqa: S603 (Pagefind's own program, no shell)
                [str(program), "--service"],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise _FaultError(f": {program}: {error.strerror or error}") from error
        self._words = bytearray()

    def ask(self, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The answers to all requests, in order. Raises ``_FaultError``."""
        process = self._process
        assert process.stdin
        assert process.stdout
        assert process.stderr
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(LIMIT_SECONDS, give_up)
        # Both pipes at once, or each side would wait for the other to read.
        sender = threading.Thread(target=_send, args=(process.stdin, requests), daemon=True)
        listener = threading.Thread(target=self._listen, args=(process.stderr,), daemon=True)
        for thread in (timer, sender, listener):
            thread.start()
        try:
            answers = self._receive(process.stdout, len(requests))
            if answers is not None:
                sender.join()
                process.stdin.close()  # which ends it
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
        finally:
            process.kill()
            process.wait()
            timer.cancel()
            sender.join()
            listener.join()
            for pipe in (process.stdin, process.stdout, process.stderr):
                with contextlib.suppress(OSError):
                    pipe.close()
        if late.is_set():
            raise _FaultError(f": not done within {LIMIT_SECONDS} seconds")
        if answers is None:
            words = self._words.decode(errors="replace").strip().splitlines()[-OUTPUT_LINES:]
            lines = [f", exit code {process.returncode}:", *(words or ["it said nothing"])]
            raise _FaultError("\n".join(lines))
        return answers

    def _receive(self, pipe: IO[bytes], count: int) -> list[dict[str, Any]] | None:
        """So many answers; None if it ended before. Raises ``_FaultError`` with its words."""
        answers: list[dict[str, Any]] = []
        begun = bytearray()
        while len(answers) < count:
            data = os.read(pipe.fileno(), _CHUNK_BYTES)
            if not data:
                self._words += begun
                return None
            *whole, rest = data.split(b",")
            for message in whole:
                answers.append(_payload(bytes(begun + message)))
                begun.clear()
            begun += rest
        return answers

    def _listen(self, pipe: IO[bytes]) -> None:
        while data := os.read(pipe.fileno(), _CHUNK_BYTES):
            self._words = self._words[-_CHUNK_BYTES:] + data


def _payload(message: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(base64.b64decode(message, validate=True))["payload"]
        if payload["type"] != "Error":
            assert isinstance(payload, dict)
            return payload
        reason = str(payload["message"])
    except (ValueError, KeyError, TypeError):
        reason = message[:200].decode(errors="replace")
    raise _FaultError(f": {reason}")


def _send(pipe: IO[bytes], requests: Iterable[Mapping[str, Any]]) -> None:
    with contextlib.suppress(OSError):  # it has ended, and what it said tells why
        for number, payload in enumerate(requests, 1):
            message = json.dumps({"message_id": number, "payload": payload})
            pipe.write(base64.b64encode(message.encode()) + b",")
        pipe.flush()
