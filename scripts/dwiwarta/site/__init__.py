"""Stage 7: the pages on disk, the search index over them, and MkDocs to make the site."""

from dwiwarta.site.docs import WriteCount, write_docs
from dwiwarta.site.lock import lock_pages
from dwiwarta.site.mkdocs_run import mkdocs_environment, run_mkdocs
from dwiwarta.site.places import check_places
from dwiwarta.site.search import index_search

__all__ = [
    "WriteCount",
    "check_places",
    "index_search",
    "lock_pages",
    "mkdocs_environment",
    "run_mkdocs",
    "write_docs",
]
