"""Stage 7: the pages on disk, the search index over them, and the site made of both."""

from dwiwarta.site.docs import WriteCount, write_docs, written_pages
from dwiwarta.site.lock import lock_pages
from dwiwarta.site.mkdocs_run import mkdocs_environment
from dwiwarta.site.places import check_places
from dwiwarta.site.publish import SiteCount, make_site
from dwiwarta.site.search import index_search

__all__ = [
    "SiteCount",
    "WriteCount",
    "check_places",
    "index_search",
    "lock_pages",
    "make_site",
    "mkdocs_environment",
    "write_docs",
    "written_pages",
]
