"""Mozilla's list of models: Remote Settings records, as they come from a server nobody vouches for.

Every record is checked here, field by field, before anything of it is used. fxtranslate's own
parser is given none of it: it does not survive deep nesting.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dwiwarta.model import SOURCE_LANGUAGE, TARGET_LANGUAGE
from dwiwarta.translate.models.files import (
    MAX_FILE_BYTES,
    PREFERRED_SHORTLIST,
    ModelError,
    Role,
    is_complete,
    names_clash,
)

# Better and slower first; Indonesian has had "tiny" only (2026-11).
_ARCHITECTURES = ("base", "base-memory", "tiny")
_USUAL = "tiny"  # of files that name no architecture
_SIDES: frozenset[Role] = frozenset(("srcvocab", "trgvocab"))
_SHA256 = r"^[0-9a-fA-F]{64}$"
# Always below the address of the attachments: no host, no "..", no query.
LOCATION = r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$"
# Files that go with a model and that no engine needs: it estimates how good a translation is.
_NOT_NEEDED = frozenset({"qualityModel"})


class _Checked(BaseModel):
    # Records have many fields more. Strict: "5" is no number.
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, populate_by_name=True)


class Attachment(_Checked):
    """The file as the server sends it: packed with zstd. ``size`` in bytes."""

    hash: str = Field(pattern=_SHA256)
    size: int = Field(ge=1, le=MAX_FILE_BYTES)
    location: str = Field(pattern=LOCATION)


class Record(_Checked):
    """A file of a model. ``unpacked_hash`` and ``unpacked_size`` are of the file itself.

    ``modified``: in milliseconds since 1970. ``channels``: a condition on the browser that the file
    is for, "" for everybody.
    """

    # The name becomes a file's.
    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")
    role: Role = Field(alias="fileType")
    version: str = Field(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6}){0,4}[0-9A-Za-z]{0,20}$")
    # Without one it is for all models of its version.
    architecture: str = Field("", pattern=r"^[A-Za-z0-9._-]{0,40}$")
    unpacked_hash: str = Field(alias="decompressedHash", pattern=_SHA256)
    unpacked_size: int = Field(MAX_FILE_BYTES, alias="decompressedSize", ge=1, le=MAX_FILE_BYTES)
    modified: int = Field(0, alias="last_modified", ge=0)
    channels: str = Field("", alias="filter_expression")
    attachment: Attachment


def choose(body: bytes, where: str, runs: Callable[[str], bool]) -> list[Record]:
    """The files of the newest complete Indonesian-English model, by name.

    ``runs`` says of a version whether this fxtranslate can run it. A release goes before every
    pre-release, then the higher version, then the better architecture. Of several files of one kind
    the latest counts, of shortlists the preferred kind. Raises ``ModelError``, with ``where`` in
    it, if there is none, and says what was wrong with the first one that was not.
    """
    faults: list[str] = []
    groups = _groups(_records(body, where, faults))
    for version, architecture in sorted(groups, key=_order, reverse=True):
        group = _latest_of_each(groups[version, architecture])
        fault = _fault(group)
        if not fault and runs(version):
            return sorted(group, key=lambda record: record.name)
        faults.append(f"{version} {architecture}: {fault or 'not for this fxtranslate'}")
    reason = f" ({faults[0] if faults else 'none is listed'})"
    raise ModelError(f"{where}: no Indonesian-English model that this program can run{reason}")


def minimal_records(version: str) -> bytes:
    """Records of one model of that version, with nothing in them that came from a server."""
    record = {
        "name": "model.bin",
        "fileType": "model",
        "sourceLanguage": SOURCE_LANGUAGE,
        "targetLanguage": TARGET_LANGUAGE,
        "version": version,
        "attachment": {"location": "model.zst"},
    }
    return json.dumps({"data": [record]}).encode()


def _groups(records: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    """The files of each version and architecture.

    What names no architecture goes with each of its version that has no such file of its own.
    """
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        groups.setdefault((record.version, record.architecture), []).append(record)
    for version in dict.fromkeys([version for version, _ in groups]):
        shared = groups.pop((version, ""), [])
        of_version = [group for (one, _), group in groups.items() if one == version]
        if shared and not of_version:
            named = [one.model_copy(update={"architecture": _USUAL}) for one in shared]
            groups[version, _USUAL] = named
        for group in of_version:
            own = {record.role for record in group}
            architecture = {"architecture": group[0].architecture}
            group += [one.model_copy(update=architecture) for one in shared if one.role not in own]
    return groups


def _records(body: bytes, where: str, faults: list[str]) -> Iterator[Record]:
    """The records of our languages; what is wrong with others of them goes to ``faults``."""
    try:
        data = json.loads(body)
        # A server's other address for the same, "…/changeset", calls them so.
        listed = data["changes"] if "changes" in data else data["data"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(f"{where}: not a list of models") from error
    if not isinstance(listed, list):
        raise ModelError(f"{where}: not a list of models")
    ours = {"sourceLanguage": SOURCE_LANGUAGE, "targetLanguage": TARGET_LANGUAGE}
    for item in listed:
        if not isinstance(item, dict) or any(item.get(key) != ours[key] for key in ours):
            continue
        if item.get("fileType") in _NOT_NEEDED or item.get("deleted") is True:
            continue
        # Remote Settings writes an absent value as null or not at all.
        known = {key: value for key, value in item.items() if value is not None}
        try:
            record = Record.model_validate(known)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            faults.append(f"{str(item.get('name'))[:60]!r}: {field}: {first['msg']}")
        else:
            if record.channels.strip():
                faults.append(f"{record.name!r}: for some channels of the browser only")
            else:
                yield record


def _latest_of_each(group: Sequence[Record]) -> list[Record]:
    """One file of each kind, or two where nothing says which of them is the later.

    A shortlist only makes a model faster: of two, the one whose name is first will do. What is
    there of a vocabulary for each side is left out beside one for both.
    """
    kept: list[Record] = []
    for role in dict.fromkeys(record.role for record in group):
        found = [record for record in group if record.role == role]
        if role == "lex":
            found = [one for one in found if PREFERRED_SHORTLIST in one.name] or found
        latest = max(record.modified for record in found)
        last = [record for record in found if record.modified == latest]
        # The same file twice is one.
        once = list({record.unpacked_hash.lower(): record for record in last}.values())
        kept += [min(once, key=_name)] if role == "lex" else once
    roles = {record.role for record in kept}
    if "vocab" in roles and not roles >= _SIDES:
        kept = [record for record in kept if record.role not in _SIDES]
    return kept


def _name(record: Record) -> str:
    return record.name


def _fault(group: Sequence[Record]) -> str:
    """Why these files are no model; "" if they are one."""
    roles = [record.role for record in group]
    if len({*roles}) < len(roles):
        return "two files of one kind"
    if not is_complete(roles):
        return "no weights are listed" if "model" not in roles else "no vocabulary is listed"
    return "two files of one name" if names_clash([record.name for record in group]) else ""


def _order(key: tuple[str, str]) -> tuple[bool, list[int], list[int], str, int]:
    version, architecture = key
    numbers = re.split(r"[A-Za-z]", version, maxsplit=1)[0]
    suffix = version.removeprefix(numbers)
    known = _ARCHITECTURES
    rank = known.index(architecture) if architecture in known else len(known)
    release = [int(number) for number in numbers.split(".")]
    return not suffix, release, [int(n) for n in re.findall(r"\d+", suffix)], suffix, -rank
