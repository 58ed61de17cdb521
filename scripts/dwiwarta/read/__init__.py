"""Reading: files that people drop into ``articles/`` become raw articles.

``.txt`` pasted text, ``.md`` with front matter, ``.html`` saved pages; exports
``.jsonl``, ``.json`` and ``.csv``. See ``frontmatter`` for what an editor may decide by hand.
"""

from dwiwarta.dates import parse_date
from dwiwarta.read.files import read_file
from dwiwarta.read.folder import article_names, is_stray, read_folder, read_paths
from dwiwarta.read.folders import FolderDefaults

__all__ = [
    "FolderDefaults",
    "article_names",
    "is_stray",
    "parse_date",
    "read_file",
    "read_folder",
    "read_paths",
]
