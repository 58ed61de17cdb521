"""An article as a file of its own: Markdown with front matter, or text with a sidecar."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from dwiwarta.model import Article, DateOrigin, DecisionKind, Published, RawArticle
from dwiwarta.read import decode_text, is_toml, split_front_matter, split_metadata

# A date that is only guessed the build finds again, and says that it guessed.
_GUESSED_DATES = (DateOrigin.FIRST_SENTENCE,)
# What a record of an export says in fields of its own, and their names.
_IN_RECORD = {"date": "date", "source_url": "link", "author": "author", "category": "category"}
# What Markdown, or one of the marks that are understood with it, may be made of.
_MARKS = re.compile(r"[\\`*_\[\]<>#|~=%&{}!^$]")
_BEGINNING = re.compile(r"^(\s*)([-+]|\d{1,9}[.)])(?=\s|$)", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_RULES = re.compile(r"^(\s*)([-=+]{2,})", re.MULTILINE)
# Where front matter begins and ends, and the list of Readwise; old breaks; an empty key.
_OPENING = re.compile(rb"\s*(?:---|\+\+\+)[ \t]*\r?\n")
_CLOSING = re.compile(rb"^(?:---|\.\.\.|\+\+\+)[ \t]*\r?$", re.MULTILINE)
_METADATA = re.compile(rb"^#{1,3} Metadata[ \t]*(?:\r?\n)+", re.MULTILINE)
_OLD_BREAK = re.compile(rb"\r(?!\n)")
_EMPTY = re.compile(rb"^source_url[ \t]*[:=][ \t]*(?:\"\"|'')?[ \t]*\r?(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an article down; ``sidecar``: what stands beside it, "" for nothing."""

    ending: str
    text: str
    sidecar: str = ""


def forms(raw: RawArticle, article: Article) -> Iterator[Form]:
    """Ways to write an article down, the most readable first.

    Whoever writes takes the first that is read back as ``article``: a text may look like Markdown,
    and its first paragraph like a title. Where nothing but the text gave the title, a paragraph
    that stands twice would be taken for a copy of it; so the last two name no title of their own.
    """
    found = front_matter(raw, article)
    front = _yaml(found)
    head = f"---\n{front}---\n\n" if front else ""
    text = raw.text.strip("\n") + "\n"
    titled = f"{article.title}\n\n{text}"
    for body in dict.fromkeys((text, escaped(text), escaped(titled))):
        yield Form(".md", head + body)
    for body in (text, titled):
        yield Form(".txt", body, front)
    yield Form(".txt", text, _yaml({key: found[key] for key in found if key != "title"}))
    record = {"title": raw.overrides.title or raw.title or "", "content": raw.text}
    record |= {name: str(found[key]) for key, name in _IN_RECORD.items() if key in found}
    beside = {key: found[key] for key in found if key != "title" and key not in _IN_RECORD}
    yield Form(".json", f"{json.dumps([record], ensure_ascii=False, indent=2)}\n", _yaml(beside))


def front_matter(raw: RawArticle, article: Article) -> dict[str, object]:
    """What is known of an article beside its text, by the keys of front matter."""
    own = raw.overrides
    # A guessed title, too: the build would guess another one from the name of the new file.
    found: dict[str, object] = {"title": article.title}
    if article.published and article.published.origin not in _GUESSED_DATES:
        found["date"] = _date(article.published)
    found["source_name"] = article.source_name
    found["source_url"] = article.source_url
    found["author"] = own.author or raw.author
    found["category"] = article.category
    found["countries"] = None if own.countries is None else list(own.countries)
    found["topics"] = None if own.topics is None else list(own.topics)
    found["drop"] = list(own.drop) or None
    found["sample"] = own.sample or None
    found["slug"] = own.slug
    found["outlet"] = own.outlet
    for kind in DecisionKind:
        targets = [one.target for one in own.decisions if one.kind is kind]
        found[kind.value] = targets[0] if len(targets) == 1 else targets or None
    return {key: value for key, value in found.items() if value is not None}


def address_line(source_url: str) -> str:
    """The line of front matter or of a sidecar that says where an article comes from."""
    return _yaml({"source_url": source_url})


def with_address(data: bytes, source_url: str) -> bytes:
    """A Markdown file that names no address with one; all else as it was."""
    data, text = _utf8(data)
    front, _, _ = split_front_matter(text)
    line = address_line(source_url).encode()
    if front is not None:
        if is_toml(text):
            line = f"source_url = {json.dumps(source_url)}\n".encode()
        return _put_in(data, line)
    if split_metadata(text):
        line = f"- URL: {source_url}\n".encode()
        return _METADATA.sub(lambda found: found[0] + line, data, count=1)
    return b"---\n" + line + b"---\n\n" + data


def sidecar_with_address(data: bytes, source_url: str) -> bytes:
    """A sidecar that names no address, "" for none, with one; all else as it was."""
    return _put_in(_utf8(data)[0] if data else b"", address_line(source_url).encode())


def _put_in(data: bytes, line: bytes) -> bytes:
    """A line more in YAML or TOML, in place of an empty one of its key, and behind the fence."""
    opening = _OPENING.match(data)
    at = opening.end() if opening else 0
    closing = _CLOSING.search(data, at)
    end = closing.start() if closing else len(data)
    return data[:at] + line + _EMPTY.sub(b"", data[at:end]) + data[end:]


def _utf8(data: bytes) -> tuple[bytes, str]:
    """A file so that lines may be added to it, and its text."""
    text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n")
    if not _is_utf8(data) or _OLD_BREAK.search(data):  # what is added must be as all else is
        data = text.encode("utf-8", "replace")
    return data.removeprefix(codecs.BOM_UTF8), text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def escaped(text: str) -> str:
    """A plain text as Markdown that means it."""
    text = _MARKS.sub(r"\\\g<0>", _INDENT.sub("", text))
    text = _BEGINNING.sub(_escaped_beginning, text)
    return _RULES.sub(r"\1\\\2", text)


def _escaped_beginning(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2][:-1]}\\{match[2][-1]}"


def _date(published: Published) -> str:
    if not published.has_time:
        return published.iso
    day, _, time = published.iso.partition("T")
    return f"{day} {time.removesuffix('+07:00')}"


def _yaml(values: Mapping[str, object]) -> str:
    lines = []
    for key, value in values.items():
        if key == "date":  # which YAML's writer would quote
            lines.append(f"date: {value}\n")
        else:
            lines.append(yaml.safe_dump({key: value}, allow_unicode=True, width=10_000))
    return "".join(lines)
