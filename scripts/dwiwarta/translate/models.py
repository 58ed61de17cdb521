"""Models of local engines on disk: where they are, what they are made of, and whether intact.

A fetched model lies in the user's cache folder (``DWIWARTA_MODELS`` names another) with a
``manifest.json`` that holds the SHA-256 of each file. It is checked before every use: a file that
was damaged or exchanged is refused. Nothing is ever fetched by a build; ``build.py models fetch``
does that (``translate/modelfetch.py``).
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError

from dwiwarta.errors import DwiwartaError
from dwiwarta.files import write_atomic
from dwiwarta.yamlfile import Strict

MODELS_VARIABLE = "DWIWARTA_MODELS"
_MANIFEST = "manifest.json"


class ModelError(DwiwartaError):
    """A model is missing, damaged, or could not be fetched; says what to do."""


class ModelFile(Strict):
    """One file of a model. ``sha256`` in hexadecimal, ``size`` in bytes."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    role: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)


class Manifest(Strict):
    """What a fetched model consists of. ``source``: the address that listed it."""

    version: str
    architecture: str
    source: str
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Model:
    """An intact model in memory: the bytes of its files by role, and what to call it."""

    version: str
    parts: Mapping[str, bytes]


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
        path = self.folder(name) / _MANIFEST
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise ModelError(f"{path}: not a manifest; run: {fetch_command(name)}") from error

    def load(self, name: str) -> Model:
        """Read and check a fetched model. Raises ``ModelError`` naming the file at fault."""
        manifest = self.manifest(name)
        if manifest is None:
            raise ModelError(f"its model is not on this machine; run: {fetch_command(name)}")
        parts: dict[str, bytes] = {}
        for file in manifest.files:
            path = self.folder(name) / file.name
            try:
                data = path.read_bytes()
            except OSError as error:
                raise ModelError(
                    f"its model file {path} cannot be read; run: {fetch_command(name)}"
                ) from error
            if hashlib.sha256(data).hexdigest() != file.sha256:
                raise ModelError(
                    f"its model file {path} is not the one that was fetched (its SHA-256 differs); "
                    f"run: {fetch_command(name)}"
                )
            parts[file.role] = data
        return Model(f"{manifest.version} {manifest.architecture}", parts)

    def save(self, name: str, manifest: Manifest, files: Mapping[str, bytes]) -> None:
        """Put a model in place of an earlier one. The manifest is written last: until then the
        model counts as absent. Raises ``ModelError`` if the disk refuses.
        """
        folder = self.folder(name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _MANIFEST).unlink(missing_ok=True)
            for file in manifest.files:
                write_atomic(folder / file.name, files[file.name])
            text = json.dumps(manifest.model_dump(mode="json"), indent=2, sort_keys=True)
            write_atomic(folder / _MANIFEST, f"{text}\n".encode())
            kept = {_MANIFEST, *(file.name for file in manifest.files)}
            for path in sorted(folder.iterdir()):
                if path.name not in kept:
                    path.unlink()
        except OSError as error:
            raise ModelError(f"{folder}: cannot be written: {error.strerror}") from error

    def remove(self, name: str) -> bool:
        """Delete a fetched model; False if there was none."""
        folder = self.folder(name)
        if not folder.exists():
            return False
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise ModelError(f"{folder}: cannot be removed: {error.strerror}") from error
        return True


def fetch_command(name: str) -> str:
    """The one command that makes the model available."""
    return f"python scripts/build.py models fetch {name}"


def default_store(environment: Mapping[str, str] = os.environ) -> ModelStore:
    """The user's models."""
    own = environment.get(MODELS_VARIABLE, "").strip()
    root = Path(own).expanduser() if own else platformdirs.user_cache_path("dwiwarta") / "models"
    return ModelStore(root)


def load_folder(folder: Path) -> Model:
    """A model in a folder of the user's own, such as a re-hosted copy: files told by their names.

    Named as in Firefox's releases: ``model*.bin``, ``vocab*.spm`` (or ``srcvocab*.spm`` and
    ``trgvocab*.spm``), ``lex*.bin``. A ``manifest.json`` in it is honoured. Raises ``ModelError``.
    """
    if (folder / _MANIFEST).exists():
        return ModelStore(folder.parent).load(folder.name)
    parts: dict[str, bytes] = {}
    for role, pattern in (
        ("model", "model*.bin"),
        ("vocab", "vocab*.spm"),
        ("srcvocab", "srcvocab*.spm"),
        ("trgvocab", "trgvocab*.spm"),
        ("lex", "lex*.bin"),
    ):
        paths = sorted(folder.glob(pattern))
        if len(paths) > 1:
            raise ModelError(f"{folder}: more than one file fits {pattern}")
        try:
            if paths:
                parts[role] = paths[0].read_bytes()
        except OSError as error:
            raise ModelError(f"{paths[0]}: cannot be read: {error.strerror}") from error
    if "model" not in parts or not ("vocab" in parts or {"srcvocab", "trgvocab"} <= parts.keys()):
        raise ModelError(f"{folder}: no model*.bin with vocab*.spm in it")
    # No one says which version this is: its content does.
    return Model(f"local {hashlib.sha256(parts['model']).hexdigest()[:8]}", parts)
