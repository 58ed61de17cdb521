"""Fixtures of several unit tests."""

from pathlib import Path

import pytest

from memory_rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    """A project with an empty ``articles/``."""
    (tmp_path / "articles").mkdir()
    return Rig(tmp_path)
