"""Reading: files that people drop into ``articles/`` become raw articles.

``.txt`` pasted text, ``.md`` with front matter, ``.html`` saved pages; exports
``.jsonl``, ``.json``, ``.csv`` and ``.xlsx``; feeds. See ``frontmatter`` for what an editor may
decide by hand.
"""

from dwiwarta.dates import parse_date
from dwiwarta.read.decode import NotTextError
from dwiwarta.read.decode import decode as decode_text
from dwiwarta.read.files import (
    ARTICLE_ENDINGS,
    EXPORT_ENDINGS,
    PAGE_ARCHIVE_ENDINGS,
    PAGE_ENDINGS,
    SIDECAR_ENDINGS,
    read_file,
    sidecar_of,
)
from dwiwarta.read.folder import (
    GivenFile,
    article_files,
    article_names,
    given_files,
    is_stray,
    read_folder,
)
from dwiwarta.read.folders import DEFAULTS_NAMES, FolderDefaults
from dwiwarta.read.frontmatter import is_toml, split_front_matter
from dwiwarta.read.readwise import split_metadata
from dwiwarta.read.sidecars import orphan_sidecars

__all__ = [
    "ARTICLE_ENDINGS",
    "DEFAULTS_NAMES",
    "EXPORT_ENDINGS",
    "PAGE_ARCHIVE_ENDINGS",
    "PAGE_ENDINGS",
    "SIDECAR_ENDINGS",
    "FolderDefaults",
    "GivenFile",
    "NotTextError",
    "article_files",
    "article_names",
    "decode_text",
    "given_files",
    "is_stray",
    "is_toml",
    "orphan_sidecars",
    "parse_date",
    "read_file",
    "read_folder",
    "sidecar_of",
    "split_front_matter",
    "split_metadata",
]
