"""Stage 7: the search index, static files that the reader's browser reads in small pieces."""

from dwiwarta.search.index import IndexCount, index_entries, write_index
from dwiwarta.search.part import SearchPart, make_part
from dwiwarta.search.shards import PartRef

__all__ = ["IndexCount", "PartRef", "SearchPart", "index_entries", "make_part", "write_index"]
