"""Run by ``test_memory_kill`` as a process of its own: translate 200 articles in FOLDER.

With a number behind FOLDER it waits in that call of the engine until it is killed: however late a
busy machine lets the test come, the work is not done yet.

``asked`` in FOLDER gets every text that the engine is asked for. ``saved`` gets the texts of a call
when the next one begins: by then they must be in the memory, whatever happens to the process.
"""

import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from dwiwarta.model import Article, SourceRef, Story, TitleOrigin
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.chain import Chain
from dwiwarta.translate.engines.base import Answer, Capabilities, Request
from dwiwarta.translate.memory import open_memory
from dwiwarta.translate.stories import translate_stories

ARTICLES = 200
PARAGRAPHS = 3


def articles() -> list[Article]:
    """200 small articles, no two texts alike."""
    return [
        Article(
            SourceRef(f"{number % 10}/{number}.txt"),
            f"Judul nomor {number}",
            TitleOrigin.FIRST_LINE,
            tuple(f"Paragraf {part} dari artikel {number}." for part in range(PARAGRAPHS)),
        )
        for number in range(ARTICLES)
    ]


class TellingEngine:
    """Answers in batches of three; a call means that the answers of the one before are saved."""

    capabilities = Capabilities("telling", online=False, max_chars=1000, batch=3)

    def __init__(self, folder: Path, last_call: int | None) -> None:
        self._left = last_call
        self._saved = (folder / "saved").open("a", encoding="utf-8")
        self._asked = (folder / "asked").open("a", encoding="utf-8")
        self._last: Sequence[str] = ()

    def version(self) -> str:
        return "telling 1"

    def translate(self, request: Request) -> Sequence[Answer]:
        self.tell()
        self._last = request.texts
        self._asked.write("".join(f"{text}\n" for text in request.texts))
        self._asked.flush()
        time.sleep(0.001)
        if self._left is not None:
            self._left -= 1
            if not self._left:
                signal.pause()
        return [f"EN({text})" for text in request.texts]

    def tell(self) -> None:
        """The chain asks for more: what it got before is on disk."""
        self._saved.write("".join(f"{text}\n" for text in self._last))
        self._saved.flush()


def main(folder: Path, last_call: int | None = None) -> None:
    engine = TellingEngine(folder, last_call)
    problems = ProblemLog()
    with open_memory(folder / "articles", folder / ".cache", problems) as memory:
        translate_stories(
            [Story(one) for one in articles()], memory, Chain([engine], TranslationSettings())
        )
        engine.tell()
    sys.stdout.write(f"done {problems.count}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
