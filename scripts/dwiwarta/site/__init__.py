"""Stage 8: the pages on disk, and the site made of them."""

from dwiwarta.site.docs import WriteCount, write_docs, written_pages
from dwiwarta.site.given import MADE_HERE, theme_values
from dwiwarta.site.lock import lock_pages
from dwiwarta.site.mkdocs_run import mkdocs_environment
from dwiwarta.site.places import check_places
from dwiwarta.site.publish import SiteCount, make_site
from dwiwarta.site.trees import open_tree

__all__ = [
    "MADE_HERE",
    "SiteCount",
    "WriteCount",
    "check_places",
    "lock_pages",
    "make_site",
    "mkdocs_environment",
    "open_tree",
    "theme_values",
    "write_docs",
    "written_pages",
]
