"""fxtranslate in a process of its own: the program that ``fxprocess.py`` starts. Never imported.

Three things of fxtranslate 0.5 ask for that. A translator works only in the thread that made it
and panics in any other, while every call of an engine has a thread of its own, for the deadline. It
keeps Python's lock while it computes, so that no deadline could be noticed. And on a malformed
model, or records nested too deep, it ends the whole process instead of raising an error.

Requests come on standard input, answers go to standard output. Each is a line of JSON and then
bytes: ``{"do": …, "sizes": […], "seconds": …}`` and parts of those sizes; ``{"size": …}`` and the
answer, or ``{"error": …}``. The end of standard input ends the program. It imports nothing of
Dwiwarta, so that it starts in a few hundredths of a second.
"""

import contextlib
import json
import os
import signal
import sys
from typing import Any, BinaryIO

# After the time for an answer; until then, whoever asked ends the process.
GRACE_SECONDS = 2.0


def main(memory: int) -> None:
    """Serve requests. ``memory``: most bytes that they may take, where the system can limit it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C reaches this process too: no traceback
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    limit_memory(memory)
    translator: list[Any] = []
    while line := requests.readline():
        request = json.loads(line)
        parts = [requests.read(size) for size in request["sizes"]]
        end_within(request["seconds"])
        try:
            answer = serve(request["do"], parts, translator)
        except BaseException as error:  # Rust's panics are no Exception
            first_line = (str(error).splitlines() or [type(error).__name__])[0]
            send(answers, {"error": first_line[:300]})
        else:
            send(answers, {"size": len(answer)}, answer)
        end_within(None)


def end_within(seconds: float | None) -> None:
    """Let the system end this process then: whoever started it may have been killed meanwhile.

    Its default action needs no lock of Python's. Unix only.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else seconds + GRACE_SECONDS)


def serve(what: str, parts: list[bytes], translator: list[Any]) -> bytes:
    """Do one thing; ``translator`` holds the loaded one, if any."""
    import fxtranslate  # here, so that its absence is an answer too

    match what:
        case "load":  # model, vocabularies of source and target, shortlist or b""
            model, source, target, shortlist = parts
            translator[:] = [fxtranslate.Translator(model, source, target, shortlist or None)]
            return b""
        case "translate":
            return str(translator[0].translate_long(parts[0].decode())).encode()
        case "pairs":  # records in JSON; the language pairs that this fxtranslate can run
            return json.dumps(fxtranslate.discovery.model_pairs(parts[0].decode())).encode()
        case "unpack":  # a zstd frame, the SHA-256 of what is in it
            return bytes(fxtranslate.discovery.verify_and_decompress(parts[0], parts[1].decode()))
        case _:
            raise ValueError(what)


def send(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Write one answer."""
    stream.write(json.dumps(head).encode() + b"\n" + body)
    stream.flush()


def limit_memory(most: int) -> None:
    """Let what wants so many bytes more than now fail, and leave no core file when it does."""
    # Only Linux has all of it. The limit is on addresses, and how many are mapped at the start
    # (locales, the interpreter) is the system's business.
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (pathlib is slow to import)
            most += int(file.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main(int(sys.argv[1]))
