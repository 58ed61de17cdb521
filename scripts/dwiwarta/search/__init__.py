"""Stage 7: the search index, static files that the reader's browser reads in small pieces."""

from dwiwarta.search.index import IndexCount, index_entries, stale_shards, write_index
from dwiwarta.search.part import SearchPart, make_part
from dwiwarta.search.schema import search_words
from dwiwarta.search.shards import PartRef, Shard, ShardFiles, make_shard

__all__ = [
    "IndexCount",
    "PartRef",
    "SearchPart",
    "Shard",
    "ShardFiles",
    "index_entries",
    "make_part",
    "make_shard",
    "search_words",
    "stale_shards",
    "write_index",
]
