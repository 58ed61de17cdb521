"""Pages that wait: taken once as they were put, in memory or out of it, and nothing is left."""

from pathlib import Path

import pytest

from dwiwarta.pipeline import drafts
from dwiwarta.pipeline.drafts import Drafts


@pytest.mark.parametrize("in_memory", [10, 10_000])
def test_each_is_taken_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(drafts, "_IN_MEMORY", in_memory)
    pages = {f"a{number}": bytes([number]) * (100 * number) for number in range(9)}
    with Drafts(tmp_path) as some:
        for name, data in pages.items():
            some.put(name, b"before")
            some.put(name, data)
        assert {name: some.take(name) for name in reversed(pages)} == pages
        assert [some.take(name) for name in (*pages, "b")] == [None] * 10
        some.put("a0", b"again")
        assert some.take("a0") == b"again"
    assert list(tmp_path.iterdir()) == []
