"""The English of each article: recalled or asked for where it may be another than last time.

What the memory says of an article depends on its own file, on those of its copies, and on what
other files say of the same texts. So beside each article's English stands which contents of its
files it was made of, and beside each memory file what others learn from it: of a file that has
changed, only those articles are looked at that hold a text of which it now says something else.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from pydantic import TypeAdapter

from dwiwarta.cache import Cache
from dwiwarta.dedupe import Group
from dwiwarta.fingerprint import digest_of
from dwiwarta.model import SourceRef, Story, TranslatedText
from dwiwarta.pipeline.articles import Articles
from dwiwarta.pipeline.code import story_code
from dwiwarta.pipeline.notes import TEXT
from dwiwarta.pipeline.summary import Count, not_counted
from dwiwarta.pipeline.table import DamagedError, Table
from dwiwarta.translate import (
    Chain,
    Memory,
    Options,
    TranslationLog,
    memory_path,
    translate_each,
)

_MEANINGS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])


_UNKNOWN = "unknown"  # key of what has to be found again in any case


class English:
    """The English of all articles that have a page."""

    def __init__(
        self, cache: Cache, articles: Articles, load: Callable[[SourceRef], Story]
    ) -> None:
        """``load`` gives an article with its copies."""
        self._code = story_code()
        self._texts = Table(cache, "text", TEXT)
        self._files = Table(cache, "memory", _MEANINGS)
        self._articles = articles
        self._load = load
        self._keys: dict[SourceRef, str] = {}
        # Articles of which the memory may say something else by now.
        self.unsettled: set[SourceRef] = set()

    def key(self, ref: SourceRef) -> str:
        """The digest of all that decided about an article's English."""
        return self._keys[ref]

    def text(self, ref: SourceRef) -> TranslatedText:
        """The English of an article. Raises ``DamagedError``."""
        text = self._texts.get(ref.key, self._keys[ref])
        if text is None:
            raise DamagedError(f"no English of {ref.key}")
        return text

    def stored(self, ref: SourceRef) -> bytes:
        """As ``text``, as it lies in the cache. Raises ``DamagedError``."""
        data = self._texts.get_json(ref.key, self._keys[ref])
        if data is None:
            raise DamagedError(f"no English of {ref.key}")
        return data

    def find(
        self,
        groups: Sequence[Group],
        is_known: Callable[[SourceRef, str], bool],
        memory: Memory,
        chain: Chain,
        log: TranslationLog,
        count: Count = not_counted,
    ) -> Iterator[tuple[SourceRef, TranslatedText]]:
        """What is not known any more, one article after the other; see ``translate_each``.

        ``is_known``: whether the English of an article need not be found again, given its key.
        ``count`` is told of each answer that comes.
        """
        by_ref = {group.ref: group for group in groups}
        before = memory.index.digests()
        stored = self._files.keys()
        changed = {
            path
            for path in before.keys() | stored.keys()
            if not before.get(path) or before[path] != stored.get(path)
        }
        meanings = self._said(stored, changed)
        stale = self._learn(memory, changed, meanings, look=bool(stored))
        todo = []
        for ref, group in by_ref.items():
            self._keys[ref] = key = self._key(group, memory, before)
            if key == _UNKNOWN or _file(ref) in stale or not is_known(ref, key):
                todo.append(ref)
        options = Options(progress=self._counter(todo, count))
        for ref, text in translate_each(todo, self._load, memory, chain, log, options):
            memory.bring_index_up_to_date()
            now = memory.index.digests(_files(by_ref[ref]))
            self._keys[ref] = self._key(by_ref[ref], memory, now)
            self._texts.put(ref.key, self._keys[ref], text)
            yield ref, text
        after = memory.index.digests()
        written = {
            path for path in after.keys() | before.keys() if after.get(path) != before.get(path)
        }
        # What an article was told before another's file was written, it may be told anew.
        meanings |= self._said(stored, written - changed)
        stale = self._learn(memory, written, meanings, look=True)
        self.unsettled = {ref for ref in by_ref if _file(ref) in stale}
        for path in changed | written:
            if digest := after.get(path):
                self._files.put(path, digest, meanings[path])
        self._files.keep_only([path for path, digest in after.items() if digest])
        self._texts.keep_only([ref.key for ref in by_ref])

    def _said(self, stored: Mapping[str, str], paths: Collection[str]) -> dict[str, dict[str, str]]:
        """What others learned from these memory files by the last build."""
        found = {path: self._files.get(path, stored[path]) for path in paths if path in stored}
        return {path: said for path, said in found.items() if said is not None}

    def _counter(self, todo: Sequence[SourceRef], count: Count) -> Callable[[int, int], None]:
        """Tells ``count`` how many titles and paragraphs are done; see ``Options.progress``."""
        whole = sum(1 + self._articles.by_ref[ref].paragraphs for ref in todo)
        done = asked = 0

        def progress(now: int, seen: int) -> None:
            nonlocal done, asked
            asked = 0 if seen else asked + now
            done += seen
            count(min(done + asked, whole), whole, "paragraphs")

        return progress

    def _key(self, group: Group, memory: Memory, digests: Mapping[str, str]) -> str:
        files = _files(group)
        if any(digests.get(file, "none") == "" or file in memory.broken for file in files):
            return _UNKNOWN
        parts = [self._code, self._articles.by_ref[group.ref].key]
        parts += [copy.key for copy in group.copies]
        parts += [digests.get(file, "none") for file in files]
        return digest_of("\0".join(parts))

    def _learn(
        self,
        memory: Memory,
        changed: Collection[str],
        meanings: dict[str, dict[str, str]],
        *,
        look: bool,
    ) -> set[str]:
        """Bring ``meanings`` up to date, and say whom that touches.

        ``meanings``: what others learn from each memory file. Given back are the memory files of
        which the articles may be told something else since those files ``changed``; not without
        ``look``.
        """
        norms: set[str] = set()
        appeared: set[str] = set()
        for path, new in memory.index.meanings(changed).items():
            old = meanings.pop(path, None)
            if memory.index.holds(path):
                meanings[path] = new
            if (old is None) == (path in meanings):
                appeared.add(path)
            old = old or {}
            norms.update(norm for norm in old.keys() | new.keys() if old.get(norm) != new.get(norm))
        return memory.index.listeners(norms, appeared) if look else set()


def _file(ref: SourceRef) -> str:
    return str(memory_path(ref))


def _files(group: Group) -> list[str]:
    return [_file(ref) for ref in (group.ref, *group.copies)]
