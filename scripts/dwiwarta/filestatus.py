"""What the system says of a file without reading it, and how far that can be trusted."""

import os
import stat
import struct

_STAT = struct.Struct("<QQQqq")
_TIMES = struct.Struct("<qq")
STATUS_BYTES = _STAT.size
NEVER = bytes(STATUS_BYTES)  # of no file: what it belongs to is looked at again
# Clocks of file systems tick every few milliseconds, FAT's every two seconds.
TICK_NANOSECONDS = 2_000_000_000


def packed(status: os.stat_result) -> bytes:
    """Device, inode, size, times of modification and of change: what tells two states apart."""
    return _STAT.pack(
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )


def newest(status: bytes) -> int:
    """The later of the two times in what ``packed`` gave, in nanoseconds since 1970."""
    modified, changed = _TIMES.unpack_from(status, _STAT.size - _TIMES.size)
    return int(max(modified, changed))


def odd_kind(status: os.stat_result) -> str:
    """What is wrong with what is no ordinary file."""
    return "is a link" if stat.S_ISLNK(status.st_mode) else "not an ordinary file"


def unreadable(error: OSError) -> str:
    """The system's reason, as a part of a message."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
