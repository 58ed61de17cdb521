"""Writing files so that a reader, or a kill in the middle, never meets half of one."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def write_atomic(
    path: Path,
    data: bytes,
    *,
    durable: bool = True,
    only_if: Callable[[], bool] | None = None,
) -> bool:
    """Replace ``path`` by ``data`` in one step: a temporary file beside it, then a rename.

    ``durable``: on disk before this returns, so that a power cut cannot take it either. Waiting
    for the disk costs milliseconds a file; what a build can make again does without.

    ``only_if`` is asked at the last moment, when all that is left is the rename: False leaves the
    file alone. Says whether the file was replaced.
    """
    path = path.resolve()  # a link stays one, and what it leads to is replaced
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        # mkstemp makes files private to the user; a site or a memory is for others to read too.
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        if only_if is not None and not only_if():
            temporary.unlink()
            return False
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write what a build can make again, unless the file holds it; says whether it wrote.

    Unchanged files keep their time stamp, so watchers and incremental builders skip them.
    """
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    write_atomic(path, data, durable=False)
    return True
