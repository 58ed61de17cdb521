"""Where the models of local engines lie: a folder each, in the user's cache folder.

``DWIWARTA_MODELS`` names another place. Models are fetched by ``build.py models fetch``, and by
other commands if a person says yes (``commands/offer.py``).

Nothing is ever deleted but what a manifest of ours lists or what is named as our files are.
"""

import json
import os
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import platformdirs

from dwiwarta.files import write_atomic
from dwiwarta.starter import shown_command
from dwiwarta.translate.models.files import (
    MANIFEST,
    PATTERNS,
    Manifest,
    Model,
    ModelError,
    expanded,
    load_files,
    read_manifest,
    reason_of,
)

MODELS_VARIABLE = "DWIWARTA_MODELS"


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
        return read_manifest(self.folder(name), f"; run: {fetch_command(name)}")

    def load(self, name: str) -> Model:
        """Read and check a fetched model. Raises ``ModelError`` naming the file at fault."""
        manifest = self.manifest(name)
        if manifest is None:
            raise ModelError(f"its model is not on this machine; run: {fetch_command(name)}")
        return load_files(self.folder(name), manifest, f"; run: {fetch_command(name)}")

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
            raise ModelError(f"{folder}: cannot be read: {reason_of(error)}") from error
        if others and not self._is_ours(name):
            raise ModelError(
                f"{folder}: not a model's folder (there is {others[0].name}); "
                f"move {others[0].name} away first, or set {MODELS_VARIABLE} to another folder"
            )

    def save(self, name: str, manifest: Manifest, files: Mapping[str, bytes]) -> None:
        """Put a model in place of an earlier one; what is not a model's stays.

        The manifest is written last: until then it does not fit the files, and the model is
        rejected. Raises ``ModelError`` if the folder is somebody else's or the disk refuses.
        """
        self.check_room(name)
        folder = self.folder(name)
        try:
            before = self._contents(name)[0]
            for file in manifest.files:
                write_atomic(folder / file.name, files[file.name])
            text = json.dumps(manifest.model_dump(mode="json"), indent=2, sort_keys=True)
            write_atomic(folder / MANIFEST, f"{text}\n".encode())
            kept = {MANIFEST, *(file.name for file in manifest.files)}
            for path in before:
                if path.name not in kept:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise ModelError(f"{folder}: cannot be written: {reason_of(error)}") from error

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
            raise ModelError(f"{folder}: cannot be removed: {reason_of(error)}") from error
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
        listed = {MANIFEST, *(file.name for file in manifest.files)} if manifest else {MANIFEST}
        ours: list[Path] = []
        others: list[Path] = []
        for path in sorted(folder.iterdir()):
            # A kill in the middle leaves files without a manifest, and temporary ones (files.py).
            plain = re.sub(r"^\.(.+)\.[^.]+\.tmp$", r"\1", path.name)
            named = plain in listed or any(fnmatchcase(plain, p) for p in PATTERNS.values())
            is_file = path.is_file() or path.is_symlink()
            (ours if named and is_file else others).append(path)
        return ours, others


def fetch_command(name: str) -> str:
    """The one command that makes the model available."""
    return shown_command(f"models fetch {name}")


def default_store(environment: Mapping[str, str] = os.environ) -> ModelStore:
    """The user's models. Raises ``ModelError`` if the variable names a home that is not there."""
    own = environment.get(MODELS_VARIABLE, "").strip()
    cache = platformdirs.user_cache_path("dwiwarta")
    return ModelStore(expanded(own) if own else cache / "models")
