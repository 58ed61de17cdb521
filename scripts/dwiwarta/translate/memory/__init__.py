"""The translation memory: one PO file beside each article, found again by text."""

from dwiwarta.translate.memory.keys import memory_path
from dwiwarta.translate.memory.store import Memory, open_memory

__all__ = ["Memory", "memory_path", "open_memory"]
