"""What is found out of a word, once for each word: the same ones come again and again."""

from collections.abc import Callable

_KEPT = 200_000  # words


class ByWord(dict[str, str]):
    """``table[word]`` is what ``find`` says of the word.

    A mapping rather than a function: to look up all words of an article by ``table.__getitem__``
    takes half of the time of as many calls of ``functools.lru_cache``.
    """

    def __init__(self, find: Callable[[str], str]) -> None:
        """``find`` is asked once a word, again only after there were very many."""
        self._find = find

    def __missing__(self, word: str) -> str:
        """See ``dict``."""
        if len(self) >= _KEPT:
            self.clear()
        found = self[word] = self._find(word)
        return found
