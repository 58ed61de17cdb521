"""Sidecars by their names: which files are some, and whose article is gone."""

from collections.abc import Collection

from dwiwarta.read.files import SIDECAR_ENDINGS
from dwiwarta.read.folders import DEFAULTS_NAMES


def orphan_sidecars(names: Collection[str]) -> dict[str, str]:
    """Of files below the articles folder, the sidecars without their article, with its name."""
    found = {}
    for name in names:
        if not name.casefold().endswith(SIDECAR_ENDINGS):  # nearly all: this is asked at each build
            continue
        article = name.rpartition(".")[0]
        file = name.rpartition("/")[2]
        if article in names:
            continue
        if not (file.startswith(".") or file.upper().startswith("README")) and (
            file not in DEFAULTS_NAMES
        ):
            found[name] = article
    return found
