"""Models of local engines on disk: where they are, what they are made of, and whether intact.

A fetched model lies in the user's cache folder (``DWIWARTA_MODELS`` names another) with a
``manifest.json`` that holds the SHA-256 of each file. It is checked before every use: a file that
was damaged or exchanged is refused. A folder of the user's own may have such a manifest too, or a
``SHA256SUMS``. Nothing is ever fetched by a build; ``build.py models fetch`` does that
(``translate/models/fetch.py``).

Nothing is ever deleted but what a manifest of ours lists or what is named as our files are.
"""

import hashlib
import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, Self

import platformdirs
from pydantic import Field, ValidationError, model_validator

from dwiwarta.errors import DwiwartaError
from dwiwarta.files import write_atomic
from dwiwarta.starter import shown_command
from dwiwarta.yamlfile import Strict

MODELS_VARIABLE = "DWIWARTA_MODELS"
# Firefox's models are 17 to 60 MB: what is larger is none, and nobody need read all of it.
MAX_FILE_BYTES = 200_000_000
_MANIFEST = "manifest.json"
_SUMS = "SHA256SUMS"
_MAX_TEXT_BYTES = 1_000_000

Role = Literal["model", "vocab", "srcvocab", "trgvocab", "lex"]
# A pair may come with two shortlists; clients of Mozilla's records prefer the one named so.
PREFERRED_SHORTLIST = ".50.50."
# Named as in Firefox's releases.
_PATTERNS: Mapping[Role, str] = {
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


class ModelStore:
    """The models of one user, a folder each."""

    def __init__(self, root: Path) -> None:
        """``root`` is made when the first model is fetched."""
        self.root = root

    def folder(self, name: str) -> Path:
        """Where the model of an engine lies, or would lie."""
        return self.root / name

    def manifest(self, name: str) -> Manifest | None:
        """The manifest, None if the model is not there. Raises ``ModelError`` if it is broken."""
        return _read_manifest(self.folder(name), f"; run: {fetch_command(name)}")

    def load(self, name: str) -> Model:
        """Read and check a fetched model. Raises ``ModelError`` naming the file at fault."""
        manifest = self.manifest(name)
        if manifest is None:
            raise ModelError(f"its model is not on this machine; run: {fetch_command(name)}")
        return _load(self.folder(name), manifest, f"; run: {fetch_command(name)}")

    def check_room(self, name: str) -> None:
        """Raise ``ModelError`` if a model must not be put there: the folder is somebody else's."""
        folder = self.folder(name)
        if folder.is_symlink():
            raise ModelError(
                f"{folder}: is a link, and nothing is written or removed through one; "
                f"remove the link, or set {MODELS_VARIABLE} to another folder"
            )
        try:
            others = self._contents(name)[1]
        except OSError as error:
            raise ModelError(f"{folder}: cannot be read: {_reason(error)}") from error
        if others and not self._is_ours(name):
            raise ModelError(
                f"{folder}: not a model's folder (there is {others[0].name}); "
                f"move {others[0].name} away first, or set {MODELS_VARIABLE} to another folder"
            )

    def save(self, name: str, manifest: Manifest, files: Mapping[str, bytes]) -> None:
        """Put a model in place of an earlier one; what is not a model's stays.

        The manifest is written last: until then it does not fit the files, and the model is
        refused. Raises ``ModelError`` if the folder is somebody else's or the disk refuses.
        """
        self.check_room(name)
        folder = self.folder(name)
        try:
            before = self._contents(name)[0]
            for file in manifest.files:
                write_atomic(folder / file.name, files[file.name])
            text = json.dumps(manifest.model_dump(mode="json"), indent=2, sort_keys=True)
            write_atomic(folder / _MANIFEST, f"{text}\n".encode())
            kept = {_MANIFEST, *(file.name for file in manifest.files)}
            for path in before:
                if path.name not in kept:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise ModelError(f"{folder}: cannot be written: {_reason(error)}") from error

    def remove(self, name: str) -> bool:
        """Delete a fetched model and nothing else; False if there was none.

        Raises ``ModelError`` if the folder holds something else than a model of ours.
        """
        folder = self.folder(name)
        self.check_room(name)
        try:
            ours, others = self._contents(name)
            for path in ours:
                path.unlink(missing_ok=True)
            if folder.is_dir() and not others:
                folder.rmdir()
        except OSError as error:
            raise ModelError(f"{folder}: cannot be removed: {_reason(error)}") from error
        return bool(ours)

    def _is_ours(self, name: str) -> bool:
        try:
            return self.manifest(name) is not None
        except ModelError:
            return False

    def _contents(self, name: str) -> tuple[list[Path], list[Path]]:
        """What lies in the folder: a model's files by manifest or name, and all else. By name."""
        folder = self.folder(name)
        if not folder.is_dir():
            return [], []
        try:
            manifest = self.manifest(name)
        except ModelError:
            manifest = None
        listed = {_MANIFEST, *(file.name for file in manifest.files)} if manifest else {_MANIFEST}
        ours: list[Path] = []
        others: list[Path] = []
        for path in sorted(folder.iterdir()):
            # A kill in the middle leaves files without a manifest, and temporary ones (files.py).
            plain = re.sub(r"^\.(.+)\.[^.]+\.tmp$", r"\1", path.name)
            named = plain in listed or any(fnmatchcase(plain, p) for p in _PATTERNS.values())
            is_file = path.is_file() or path.is_symlink()
            (ours if named and is_file else others).append(path)
        return ours, others


def fetch_command(name: str) -> str:
    """The one command that makes the model available."""
    return shown_command(f"models fetch {name}")


def names_clash(names: Sequence[str]) -> bool:
    """Whether two files of a model, or one and the manifest or sums beside it, are one on disk.

    Some file systems take "A" and "a" for the same name.
    """
    taken = {_MANIFEST, _SUMS.casefold()}
    return len(taken | {name.casefold() for name in names}) < len(taken) + len(names)


def is_complete(roles: Collection[Role]) -> bool:
    """Whether files of these roles make a model: the weights, and a vocabulary or one a side."""
    return "model" in roles and ("vocab" in roles or {"srcvocab", "trgvocab"} <= {*roles})


def default_store(environment: Mapping[str, str] = os.environ) -> ModelStore:
    """The user's models. Raises ``ModelError`` if the variable names a home that is not there."""
    own = environment.get(MODELS_VARIABLE, "").strip()
    cache = platformdirs.user_cache_path("dwiwarta")
    return ModelStore(_expanded(own) if own else cache / "models")


def load_folder(name: str | Path) -> Model:
    """A model in a folder of the user's own, such as a re-hosted copy: files told by their names.

    Named as in Firefox's releases: ``model*.bin``, ``vocab*.spm`` (or ``srcvocab*.spm`` and
    ``trgvocab*.spm``), ``lex*.bin``; or listed in a ``manifest.json``. If there is a
    ``SHA256SUMS``, it must list each of them, with the right hash. Raises ``ModelError``.
    """
    folder = _expanded(name)
    manifest = _read_manifest(folder, "")
    if manifest is not None:
        paths = {file.role: folder / file.name for file in manifest.files}
        model = _load(folder, manifest, "")
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
    for role, pattern in _PATTERNS.items():
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


def _read_manifest(folder: Path, advice: str) -> Manifest | None:
    path = folder / _MANIFEST
    if not _exists(path):
        return None
    try:
        return Manifest.model_validate_json(_read(path, _MAX_TEXT_BYTES))
    except ValidationError as error:
        raise ModelError(f"{path}: not a manifest of a model{advice}") from error


def _load(folder: Path, manifest: Manifest, advice: str) -> Model:
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
        raise ModelError(f"{path}: cannot be read: {_reason(error)}") from error


def _read(path: Path, most: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a file that is one, and not a pipe or a disk."""
    try:
        if not path.is_file():
            raise ModelError(f"{path}: not a file")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {_reason(error)}") from error
    if len(data) > most:
        raise ModelError(f"{path}: more than {most:,} bytes")
    return data


def _read_part(path: Path) -> bytes:
    """As ``_read``, for what a model is made of: fxtranslate would do without an empty file."""
    data = _read(path)
    if not data:
        raise ModelError(f"{path}: empty")
    return data


def _expanded(path: str | Path) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError as error:  # "~nobody"
        raise ModelError(f"{path}: {error}") from error


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
