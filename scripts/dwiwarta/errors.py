"""The errors of Dwiwarta::

    DwiwartaError            anything a person can mend; shown as one line, never a traceback
    ├── SettingsError        dwiwarta.yml, mkdocs.yml or a knowledge file does not fit its schema
    ├── ArticleError         one article cannot be used; the rest of the build goes on
    │   └── UnreadableError  the disk refused it, so nobody knows what it says
    ├── MemoryStoreError     a translation memory file is broken, or another build holds the lock
    ├── EngineError          a translation engine did not answer (see ``kind``)
    ├── SiteError            MkDocs failed on what we generated
    └── ClusterError         the machines that were to help cannot be asked, or would not help

Foreign exceptions are mapped to these where the foreign library is called. Anything else that
escapes is a bug of ours and keeps its traceback.
"""

from enum import Enum


def first_line(error: BaseException) -> str:
    """What a foreign exception says, on one line; its name if it says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0]


class DwiwartaError(Exception):
    """Base of all expected errors. ``str(error)`` is the line shown to the person."""


class SettingsError(DwiwartaError):
    """A file that a person edits is not what its schema says; lists every fault at once."""


class ArticleError(DwiwartaError):
    """One article cannot be used.

    ``path`` is relative to the articles folder (or as the person gave it), ``line`` counts from 1.
    """

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class UnreadableError(ArticleError):
    """The disk refused an article or a folder: what it holds, or held, cannot be known now."""


class MemoryStoreError(DwiwartaError):
    """The translation memory could not be read, written or locked. Nothing was overwritten."""


class EngineFailure(Enum):
    """Why an engine did not answer; decides what the chain does next."""

    TRANSIENT = "transient"  # worth another try: timeout, reset connection, server error
    QUOTA = "quota"  # the engine refuses for now: no more calls in this run
    UNSUPPORTED = "unsupported"  # this engine cannot do this segment (too long, say): next engine
    UNAVAILABLE = "unavailable"  # not set up here: no model, no key, package missing
    INVALID = "invalid"  # it answered, but not with a translation


class EngineError(DwiwartaError):
    """A translation engine failed; names the engine and the cause in words for a person."""

    def __init__(self, engine: str, kind: EngineFailure, reason: str) -> None:
        super().__init__(f"{engine}: {reason}")
        self.engine = engine
        self.kind = kind
        self.reason = reason


class SiteError(DwiwartaError):
    """MkDocs did not accept the generated pages, or the disk did not; carries the reason."""


class ClusterError(DwiwartaError):
    """A Dask scheduler cannot be reached, or its workers would not give what we would."""
