"""The memory as XLIFF 1.2 or TMX 1.4 files, for people who work in CAT tools.

Through translate-toolkit, which is under the GPL: it is not a part of Dwiwarta, nor needed to run
it, but an extra that the person who imports or exports installs.
"""

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from dwiwarta.errors import MemoryStoreError
from dwiwarta.files import read_plain
from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE, State, Translation
from dwiwarta.text import INVISIBLE, one_line
from dwiwarta.translate.memory.po import MemoryEntry
from dwiwarta.translate.memory.pocomment import digest

FORMATS = {"xliff": ".xlf", "tmx": ".tmx"}
INSTALL = ".venv/bin/python -m pip install 'translate-toolkit>=3.15,<4'"
MAX_IMPORT_BYTES = 100_000_000  # 100,000 segments take about 60 MB

_NOTHING = "none"  # in an id: there was no English when it was exported
_APPROVED = "-a"  # in an id: it went out as approved
UNIT_ID = re.compile(rf"([0-9a-f]{{12}})-([tp])-([0-9a-f]{{12}}|{_NOTHING})({_APPROVED})?")


# What no XML 1.0 document can hold; the toolkit leaves it out.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_exchanged(text: str) -> str:
    """The text as it comes back from a CAT tool in which nobody touched it.

    Without characters that only hide or turn others around, whoever put them there.
    """
    return one_line(INVISIBLE.sub("", _NOT_XML.sub("", text)))


@dataclass(frozen=True, slots=True)
class ExchangeUnit:
    """One segment on its way out: ``path`` of its memory file, below the articles folder."""

    path: str
    entry: MemoryEntry

    @property
    def id(self) -> str:
        """Digest of the Indonesian, title or paragraph, digest of the English, if approved."""
        english = self.entry.translation
        kind = "t" if self.entry.key.title else "p"
        base = digest(as_exchanged(english.text)) if english else _NOTHING
        approved = _APPROVED if english and english.state is State.APPROVED else ""
        return f"{digest(self.entry.key.source)}-{kind}-{base}{approved}"


@dataclass(frozen=True, slots=True)
class ImportedUnit:
    """One segment on its way in; ``path`` and ``id`` are "" in files that are not from us."""

    path: str
    id: str
    source: str
    target: str
    approved: bool


def write_units(units: Iterable[ExchangeUnit], file_format: str) -> bytes:
    """The units as a file of that format (a key of ``FORMATS``). Raises ``MemoryStoreError``."""
    if file_format == "tmx":
        return _write_tmx(unit for unit in units if unit.entry.translation)
    return _write_xliff(units)


def read_units(path: Path) -> list[ImportedUnit]:
    """Units of an XLIFF 1.x or TMX file, told apart by content. Raises ``MemoryStoreError``."""
    toolkit = _toolkit()
    try:
        data = read_plain(path, most=MAX_IMPORT_BYTES + 1)
    except FileNotFoundError as error:
        raise MemoryStoreError(f"{path}: no such file") from error
    except OSError as error:
        raise MemoryStoreError(f"{path}:1: cannot be read: {error.strerror}") from error
    if len(data) > MAX_IMPORT_BYTES:
        raise MemoryStoreError(f"{path}:1: larger than {MAX_IMPORT_BYTES // 1_000_000} MB")
    root = _checked_root(path, data)
    _check_kind(path, root)
    if _without_codes(root):
        data = etree.tostring(root.getroottree(), encoding="UTF-8")
    try:
        if etree.QName(root).localname == "tmx":
            return [_from_tmx(unit) for unit in toolkit.tmx.parsestring(data).units]
        return [
            _from_xliff(unit)
            for unit in toolkit.xliff.parsestring(data).units
            if not unit.isheader()
        ]
    except (ValueError, KeyError, AttributeError, TypeError, StopIteration) as error:
        # The toolkit meets well-formed XML that is neither of the two in many ways.
        raise MemoryStoreError(f"{path}:1: not XLIFF 1.x or TMX") from error


def _checked_root(path: Path, data: bytes) -> etree._Element:
    """The document's root. Raises ``MemoryStoreError`` for what no CAT tool writes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise MemoryStoreError(f"{path}:{line}: not well-formed XML: {error.msg}") from error
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        # Entities of its own are how an XML file reads other files or grows without bound.
        raise MemoryStoreError(f"{path}:1: declares entities, which is not allowed here")
    return root


def _check_kind(path: Path, root: etree._Element) -> None:
    """Raises ``MemoryStoreError`` for another version, or a translation into another language."""
    if etree.QName(root).localname != "xliff":
        return
    if (root.get("version") or "").startswith("2"):
        raise MemoryStoreError(f"{path}:1: not XLIFF 1.x but 2: have the tool write XLIFF 1.2")
    for file in root.iter("{*}file"):
        language = file.get("target-language") or TARGET_LANGUAGE
        if re.split("[-_]", language)[0].casefold() != TARGET_LANGUAGE:
            reason = f"translations into {language!r}, not into {TARGET_LANGUAGE!r}"
            raise MemoryStoreError(f"{path}:{file.sourceline}: {reason}")


# Elements of TMX 1.4 and XLIFF 1.2 whose content is a code of the editor's document, not text:
# begin and end of a pair, placeholder, isolated, unknown.
_CODES = ("bpt", "ept", "ph", "it", "ut")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Both languages in ISO 639-1 and 639-2; "in" is what Java called Indonesian.
_LANGUAGES = {
    **dict.fromkeys((SOURCE_LANGUAGE, "ind", "in"), SOURCE_LANGUAGE),
    **dict.fromkeys((TARGET_LANGUAGE, "eng"), TARGET_LANGUAGE),
}
_LINE_BREAK = re.compile(r"<(?:w:)?br\b|\\n|\\line|\n", re.IGNORECASE)


def _without_codes(root: etree._Element) -> bool:
    """Take the codes out of every segment, as they would show as text; says if there were any."""
    names = [f"{{*}}{name}" for name in _CODES]
    codes = [element for element in root.iter(*names) if element is not root]
    for element in codes:
        if _LINE_BREAK.search("".join(str(text) for text in element.itertext())):
            element.tail = f" {element.tail or ''}"
    etree.strip_elements(root, *names, with_tail=False)
    return bool(codes)


_XLIFF_12 = "urn:oasis:names:tc:xliff:document:1.2"


@dataclass(frozen=True, slots=True)
class _Toolkit:
    """What we use of translate-toolkit, which may not be installed."""

    xliff: Any
    tmx: Any


def _toolkit() -> _Toolkit:
    try:
        # By name, as our own package must type-check where the toolkit is not installed.
        xliff: Any = importlib.import_module("translate.storage.xliff")
        tmx: Any = importlib.import_module("translate.storage.tmx")
    except ModuleNotFoundError:
        raise MemoryStoreError(f"import and export need translate-toolkit: {INSTALL}") from None
    # The toolkit writes 1.1; CAT tools expect 1.2, which for our elements is the same.
    old = xliff.xlifffile
    unit_class = type("Unit", (xliff.xliffunit,), {"namespace": _XLIFF_12})
    skeleton = old.XMLskeleton.replace("version='1.1'", "version='1.2'")
    file_class = type(
        "File",
        (old,),
        {
            "UnitClass": unit_class,
            "namespace": _XLIFF_12,
            "XMLskeleton": skeleton.replace(old.namespace, _XLIFF_12),
        },
    )
    return _Toolkit(file_class, tmx.tmxfile)


_XLIFF_STATES = {
    State.DRAFT: "needs-translation",
    State.MACHINE: "needs-review-translation",
    State.EDITED: "translated",
    State.APPROVED: "final",
}


def _write_xliff(units: Iterable[ExchangeUnit]) -> bytes:
    store = _toolkit().xliff()
    for unit in units:
        new = store.addsourceunit(unit.entry.key.source, unit.path, createifmissing=True)
        new.setid(unit.id)
        english = unit.entry.translation
        if unit.entry.key.title:
            new.xmlelement.set("restype", "x-title")
        if english is not None:
            new.target = english.text
            node = new.getlanguageNode(lang=None, index=1)
            node.set("state", _XLIFF_STATES[english.state])
            approved = english.state is State.APPROVED
            new.xmlelement.set("approved", "yes" if approved else "no")
            new.addnote(_origin(english), origin="dwiwarta")
    store.setsourcelanguage(SOURCE_LANGUAGE)
    store.settargetlanguage(TARGET_LANGUAGE)
    return bytes(store)


def _write_tmx(units: Iterable[ExchangeUnit]) -> bytes:
    store = _toolkit().tmx(sourcelanguage=SOURCE_LANGUAGE, targetlanguage=TARGET_LANGUAGE)
    for unit in units:
        english = unit.entry.translation
        assert english is not None
        new = store.addsourceunit(unit.entry.key.source, SOURCE_LANGUAGE)
        new.settarget(english.text, TARGET_LANGUAGE)
        new.xmlelement.set("tuid", unit.id)
        new.setcontext(unit.path)
        new.addnote(_origin(english))
    return bytes(store)


def _origin(english: Translation) -> str:
    day = f", {english.made.isoformat()}" if english.made else ""
    return f"{english.state.value}: {english.engine}{day}"


def _from_xliff(unit: Any) -> ImportedUnit:
    path, _, own_id = unit.getid().rpartition("\x04")
    node = unit.getlanguageNode(lang=None, index=1)
    state = node.get("state") if node is not None else None
    approved = unit.xmlelement.get("approved") == "yes" or state in ("final", "signed-off")
    return ImportedUnit(path, own_id, unit.source or "", as_exchanged(unit.target or ""), approved)


def _from_tmx(unit: Any) -> ImportedUnit:
    # By what each text says of its language: tools order them as they like, and have others beside.
    texts: dict[str, str] = {}
    for variant in unit.xmlelement.iter("{*}tuv"):
        code = variant.get(_XML_LANGUAGE) or variant.get("lang") or ""
        language = _LANGUAGES.get(re.split("[-_]", code)[0].casefold(), "")
        segment = next(variant.iter("{*}seg"), None)
        if segment is not None:
            texts.setdefault(language, "".join(str(text) for text in segment.itertext()))
    return ImportedUnit(
        path=unit.getcontext(),
        id=unit.xmlelement.get("tuid", ""),
        source=texts.get(SOURCE_LANGUAGE, ""),
        target=as_exchanged(texts.get(TARGET_LANGUAGE, "")),
        approved=False,  # TMX has no word for it
    )
