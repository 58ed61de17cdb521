"""Names of HTML in XML: people write ``&nbsp;`` into feeds, which XML itself does not know."""

import re
from html.entities import name2codepoint
from typing import BinaryIO

_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_LONGEST = 40  # bytes of such a name, which a chunk may cut


class EntityReader:
    """A file in which these names are numbers, which every XML parser reads.

    Files in two bytes a letter come out as they are. Lines stay where they were.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._held = b""

    def read(self, size: int = -1) -> bytes:
        """About ``size`` bytes; none at the end of the file."""
        data = self._held + self._file.read(size)
        cut = len(data)
        if size > 0 and len(data) > len(self._held):
            start = data.rfind(b"&", max(0, len(data) - _LONGEST))
            cut = start if start > 0 and b";" not in data[start:] else cut
        self._held = data[cut:]
        return _NAMED.sub(_numbered, data[:cut])


def _numbered(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    code = None if name in _XML_OWN else name2codepoint.get(name)
    return match[0] if code is None else f"&#{code};".encode("ascii")
