"""What a model is made of, and whether its files are the ones that they should be.

A fetched model has a ``manifest.json`` that holds the SHA-256 of each file; a folder of the user's
own may have one too, or a ``SHA256SUMS``. They are checked before every use: a file that was
damaged or exchanged is rejected.
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from dwiwarta.errors import DwiwartaError
from dwiwarta.yamlfile import Strict

# Firefox's models are 17 to 60 MB: what is larger is none, and nobody need read all of it.
MAX_FILE_BYTES = 200_000_000
MANIFEST = "manifest.json"
_SUMS = "SHA256SUMS"
_MAX_TEXT_BYTES = 1_000_000

Role = Literal["model", "vocab", "srcvocab", "trgvocab", "lex"]
# A pair may come with two shortlists; clients of Mozilla's records prefer the one named so.
PREFERRED_SHORTLIST = ".50.50."
# Named as in Firefox's releases.
PATTERNS: Mapping[Role, str] = {
    "model": "model*.bin",
    "vocab": "vocab*.spm",
    "srcvocab": "srcvocab*.spm",
    "trgvocab": "trgvocab*.spm",
    "lex": "lex*.bin",
}


class ModelError(DwiwartaError):
    """A model is missing, damaged, or could not be fetched; says what to do."""


class ModelFile(Strict):
    """One file of a model. ``sha256`` in hexadecimal, ``size`` in bytes."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")
    role: Role
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0, le=MAX_FILE_BYTES)


class Manifest(Strict):
    """What a model consists of. ``source``: the address that listed it."""

    # They stand beside every answer in the memory.
    version: str = Field(pattern=r"^[A-Za-z0-9._+-]{1,60}$")
    architecture: str = Field(pattern=r"^[A-Za-z0-9._+-]{1,60}$")
    source: str
    files: tuple[ModelFile, ...]

    @model_validator(mode="after")
    def _one_file_each(self) -> Self:
        if names_clash([file.name for file in self.files]):
            raise ValueError("two files of one name")
        roles = [file.role for file in self.files]
        if len({*roles}) < len(roles):
            raise ValueError("two files of one kind")
        return self

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Model:
    """An intact model in memory: the bytes of its files by role, and what to call it.

    ``folder``: where it lies, for messages.
    """

    version: str
    parts: Mapping[str, bytes]
    folder: str = ""


def names_clash(names: Sequence[str]) -> bool:
    """Whether two files of a model, or one and the manifest or sums beside it, are one on disk.

    Some file systems take "A" and "a" for the same name.
    """
    taken = {MANIFEST, _SUMS.casefold()}
    return len(taken | {name.casefold() for name in names}) < len(taken) + len(names)


def is_complete(roles: Collection[Role]) -> bool:
    """Whether files of these roles make a model: the weights, and a vocabulary or one a side."""
    return "model" in roles and ("vocab" in roles or {"srcvocab", "trgvocab"} <= {*roles})


def load_folder(name: str | Path) -> Model:
    """A model in a folder of the user's own, such as a re-hosted copy: files told by their names.

    Named as in Firefox's releases: ``model*.bin``, ``vocab*.spm`` (or ``srcvocab*.spm`` and
    ``trgvocab*.spm``), ``lex*.bin``; or listed in a ``manifest.json``. If there is a
    ``SHA256SUMS``, it must list each of them, with the right hash. Raises ``ModelError``.
    """
    folder = expanded(name)
    manifest = read_manifest(folder, "")
    if manifest is not None:
        paths = {file.role: folder / file.name for file in manifest.files}
        model = load_files(folder, manifest, "")
    else:
        paths = _by_name(folder)
        parts: dict[str, bytes] = {role: _read_part(path) for role, path in paths.items()}
        # No one says which version this is: its content does.
        model = Model(f"local {hashlib.sha256(parts['model']).hexdigest()[:8]}", parts, str(folder))
    _check_sums(folder, {path.name: model.parts[role] for role, path in paths.items()})
    return model


def _by_name(folder: Path) -> dict[Role, Path]:
    if not _exists(folder):
        raise ModelError(f"{folder}: there is no such folder")
    found: dict[Role, Path] = {}
    for role, pattern in PATTERNS.items():
        paths = sorted(folder.glob(pattern))
        if role == "lex":
            paths = [path for path in paths if PREFERRED_SHORTLIST in path.name] or paths
        if len(paths) > 1:
            raise ModelError(f"{folder}: more than one file fits {pattern}")
        if paths:
            found[role] = paths[0]
    if not is_complete(found):
        raise ModelError(f"{folder}: no model*.bin with vocab*.spm in it")
    return found


def read_manifest(folder: Path, advice: str) -> Manifest | None:
    """The manifest in a folder, None without one. Raises ``ModelError`` ending in ``advice``."""
    path = folder / MANIFEST
    if not _exists(path):
        return None
    try:
        return Manifest.model_validate_json(_read(path, _MAX_TEXT_BYTES))
    except ValidationError as error:
        raise ModelError(f"{path}: not a manifest of a model{advice}") from error


def load_files(folder: Path, manifest: Manifest, advice: str) -> Model:
    """Read and check the files of a manifest. Raises ``ModelError`` ending in ``advice``."""
    parts: dict[str, bytes] = {}
    for file in manifest.files:
        path = folder / file.name
        try:
            data = _read_part(path)
        except ModelError as error:
            raise ModelError(f"its model file {error}{advice}") from error
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise ModelError(
                f"its model file {path} is not the one of the manifest (its SHA-256 differs)"
                f"{advice}"
            )
        parts[file.role] = data
    return Model(f"{manifest.version} {manifest.architecture}", parts, str(folder))


def _check_sums(folder: Path, files: Mapping[str, bytes]) -> None:
    """Hold the files against a ``SHA256SUMS``, as coreutils' ``sha256sum`` writes it."""
    path = folder / _SUMS
    if not _exists(path):
        return
    listed: dict[str, str] = {}
    for number, line in enumerate(_read(path, _MAX_TEXT_BYTES).split(b"\n"), 1):
        text = line.decode("utf-8", "replace").rstrip("\r")
        match = re.fullmatch(r"([0-9A-Fa-f]{64}) [ *](?:\./)?(.+)", text)
        if match:
            listed[match[2]] = match[1].lower()
        elif text.strip() and not text.startswith("#"):
            raise ModelError(f"{path}:{number}: not a line of sha256sum: {text[:60]!r}")
    for name, data in files.items():
        if name not in listed:
            longer = next((one for one in listed if re.split(r"[/\\]", one)[-1] == name), "")
            advice = f" but {longer}: names must be bare, without a folder" if longer else ""
            raise ModelError(f"{path}: does not list {name}{advice}")
        if hashlib.sha256(data).hexdigest() != listed[name]:
            raise ModelError(
                f"its model file {folder / name} is not the one of {_SUMS} (its SHA-256 differs)"
            )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {reason_of(error)}") from error


def _read(path: Path, most: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a file that is one, and not a pipe or a disk."""
    try:
        if not path.is_file():
            raise ModelError(f"{path}: not a file")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {reason_of(error)}") from error
    if len(data) > most:
        raise ModelError(f"{path}: more than {most:,} bytes")
    return data


def _read_part(path: Path) -> bytes:
    """As ``_read``, for what a model is made of: fxtranslate would do without an empty file."""
    data = _read(path)
    if not data:
        raise ModelError(f"{path}: empty")
    return data


def expanded(path: str | Path) -> Path:
    """``path`` with ``~`` as the user's home. Raises ``ModelError`` if there is none."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:  # "~nobody"
        raise ModelError(f"{path}: {error}") from error


def reason_of(error: OSError) -> str:
    """What the system says, without the path."""
    return error.strerror or str(error)
