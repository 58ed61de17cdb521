"""A folder with articles' memories, and a run over it as a build does it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dwiwarta.model import Article, SourceRef, Story, TitleOrigin, TranslatedText
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate.chain import Chain, Judges
from dwiwarta.translate.engines.base import Engine
from dwiwarta.translate.engines.fake import FakeEngine
from dwiwarta.translate.log import TranslationLog
from dwiwarta.translate.memory import memory_path, open_memory
from dwiwarta.translate.stories import Options, translate_stories

TODAY = date(2026, 11, 23)
TITLE = "Jembatan baru dibuka di Palu"
PARAGRAPHS = (
    "Jembatan sepanjang 250 meter itu dibuka untuk umum pada hari Senin. Warga menyambutnya.",
    "Wali kota mengatakan bahwa pembangunan memakan waktu tiga tahun dan melibatkan 400 pekerja.",
    "Pedagang berharap pasar menjadi lebih ramai.",
)
CHANGED = PARAGRAPHS[1].replace("400 pekerja", "450 pekerja")


def article(
    path: str = "jembatan.txt",
    paragraphs: Sequence[str] = PARAGRAPHS,
    title: str = TITLE,
    record: str = "",
) -> Article:
    return Article(SourceRef(path, record), title, TitleOrigin.FIRST_LINE, tuple(paragraphs))


@dataclass
class Run:
    """What one run gave."""

    texts: tuple[TranslatedText, ...]
    log: TranslationLog
    problems: ProblemLog
    asked: list[str]


@dataclass
class Rig:
    """A project on disk; ``run`` is one build's translation stage."""

    root: Path
    settings: TranslationSettings = field(
        default_factory=lambda: TranslationSettings(deadline_seconds=300)
    )

    @property
    def articles_dir(self) -> Path:
        return self.root / "articles"

    def run(
        self,
        *articles: Article,
        engines: Sequence[Engine] | None = None,
        options: Options | None = None,
        today: date = TODAY,
        gate: Callable[[str, str], str | None] = lambda _source, _answer: None,
        misplaced: Callable[..., Collection[int]] = lambda _sources, _answers: (),
        copies: Sequence[Article] = (),
    ) -> Run:
        chosen = [FakeEngine()] if engines is None else engines
        problems, log = ProblemLog(), TranslationLog()
        with open_memory(self.articles_dir, self.root / ".cache", problems, today=today) as memory:
            chain = Chain(chosen, self.settings, Judges(gate=gate, misplaced=misplaced))
            stories = [Story(one, tuple(copies)) for one in articles or (article(),)]
            texts = translate_stories(stories, memory, chain, log, options)
        asked = [text for e in chosen if isinstance(e, FakeEngine) for text in e.texts]
        return Run(texts, log, problems, asked)

    def po(self, one: Article | None = None) -> Path:
        """The memory file of an article."""
        return self.articles_dir / memory_path((one or article()).ref)

    def change(self, old: str, new: str, one: Article | None = None) -> None:
        """What a person does in an editor."""
        path = self.po(one)
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in\n{text}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def snapshot(self) -> dict[str, tuple[bytes, int]]:
        """Every memory file with its bytes and time stamp."""
        return {
            str(path.relative_to(self.root)): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.articles_dir.rglob("*"))
            if path.is_file()
        }
