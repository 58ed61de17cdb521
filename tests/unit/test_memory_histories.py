"""Random histories of a project: whatever happens, a person's work is there and is shown."""

import shutil
import tempfile
from pathlib import Path

import polib
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dwiwarta.model import Article
from dwiwarta.translate.engines.fake import FakeEngine, Script
from dwiwarta.translate.stories import Options
from memory_rig import Rig, article

POOL = (
    "Pedagang berharap pasar menjadi lebih ramai pada bulan depan.",
    "Wali kota meresmikan taman di tepi sungai hari ini.",
    "Korban gempa naik menjadi 12 orang menurut badan penanggulangan.",
    "Korban gempa naik menjadi 15 orang menurut badan penanggulangan.",
    "Harga cabai naik di pasar induk.",
)
PARAGRAPHS = st.lists(st.sampled_from(POOL), min_size=1, max_size=4, unique=True).map(tuple)
WHICH = st.integers(0, 99)  # picks one of what there is at that moment


class History(RuleBasedStateMachine):
    """``own``: by memory file and Indonesian, the English that a person put there."""

    def __init__(self) -> None:
        super().__init__()
        self.rig = Rig(Path(tempfile.mkdtemp()))
        self.rig.articles_dir.mkdir()
        self.texts = {"a.txt": POOL[:2], "b.txt": POOL[1:3]}
        self.own: dict[tuple[Path, str], str] = {}
        self.version = 1
        self.names = 0

    def teardown(self) -> None:
        shutil.rmtree(self.rig.root)

    def articles(self) -> list[Article]:
        return [article(name, texts, "Judul sama") for name, texts in sorted(self.texts.items())]

    def pick(self, which: int) -> str:
        return sorted(self.texts)[which % len(self.texts)]

    # --- what a build may be ----------------------------------------------------------------------

    @rule(
        newer=st.booleans(),
        draft=st.booleans(),
        redo=st.booleans(),
        batch=st.sampled_from([1, 3]),
        limit=st.sampled_from([None, None, 1]),
        asks=st.booleans(),
    )
    def build(
        self, newer: bool, draft: bool, redo: bool, batch: int, limit: int | None, asks: bool
    ) -> None:
        self.version += newer
        script = Script(
            version=f"fake {self.version}",
            default=f"EN{self.version}({{text}})",
            draft=draft,
            batch=batch,
        )
        options = Options(redo=(lambda _: True) if redo else None, limit=limit)
        articles = self.articles()
        run = self.rig.run(*articles, engines=[FakeEngine(script)] * asks, options=options)
        assert run.problems.count == 0
        for one, text in zip(articles, run.texts, strict=True):
            for segment in text.segments:
                written = self.own.get((self.rig.po(one), segment.source))
                if written is not None:
                    assert segment.translation
                    assert segment.translation.state.is_human
                    assert segment.translation.text == written
        before = self.rig.snapshot()
        again = self.rig.run(*articles, engines=[])
        assert again.texts == run.texts
        assert self.rig.snapshot() == before

    # --- what a person may do ---------------------------------------------------------------------

    def entry(self, which: int) -> tuple[Path, polib.POFile, polib.POEntry] | None:
        """One of the active entries of all files, with its file."""
        found = [
            (path, file, entry)
            for path in sorted(self.rig.articles_dir.glob("*.po"))
            for file in [polib.pofile(str(path), wrapwidth=-1)]
            for entry in file
            if not entry.obsolete
        ]
        return found[which % len(found)] if found else None

    @rule(which=WHICH, what=st.sampled_from(["edit", "approve", "state", "give up"]), n=WHICH)
    def work_in_a_file(self, which: int, what: str, n: int) -> None:
        found = self.entry(which)
        if found is None:
            return
        path, file, entry = found
        key = path, entry.msgid
        if what == "edit":
            entry.msgstr = self.own[key] = f"A person's text {n}."
        elif what == "give up":
            entry.msgstr = ""
            self.own.pop(key, None)
        elif what == "approve" and entry.msgstr and "fuzzy" in entry.flags:
            entry.flags.remove("fuzzy")
            self.own[key] = entry.msgstr
        elif what == "state" and entry.msgstr and "state=machine" in entry.tcomment:
            entry.tcomment = entry.tcomment.replace("state=machine", "state=approved")
            self.own[key] = entry.msgstr
        file.save(str(path))

    @rule(which=WHICH, texts=PARAGRAPHS)
    def change_an_article(self, which: int, texts: tuple[str, ...]) -> None:
        self.texts[self.pick(which)] = texts

    @rule(which=WHICH, with_memory=st.booleans())
    def rename_an_article(self, which: int, with_memory: bool) -> None:
        old, new = self.pick(which), f"renamed-{self.names}.txt"
        self.names += 1
        self.texts[new] = self.texts.pop(old)
        before, after = (self.rig.articles_dir / f"{name}.po" for name in (old, new))
        if with_memory and before.exists():
            before.rename(after)
            for path, source in [key for key in self.own if key[0] == before]:
                self.own[after, source] = self.own.pop((path, source))

    @precondition(lambda self: len(self.texts) > 1)
    @rule(which=WHICH)
    def delete_an_article(self, which: int) -> None:
        del self.texts[self.pick(which)]

    @rule(texts=PARAGRAPHS)
    def add_an_article(self, texts: tuple[str, ...]) -> None:
        self.texts[f"new-{self.names}.txt"] = texts
        self.names += 1

    @rule()
    def delete_the_cache(self) -> None:
        shutil.rmtree(self.rig.root / ".cache", ignore_errors=True)

    @invariant()
    def everything_is_still_there(self) -> None:
        for (path, source), text in self.own.items():
            held = [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))]
            assert (source, text) in held


TestHistories = History.TestCase
TestHistories.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
