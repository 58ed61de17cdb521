"""The translation memory: one PO file beside each article, found again by text."""

from dwiwarta.translate.memory.store import Memory, memory_path, open_memory

__all__ = ["Memory", "memory_path", "open_memory"]
