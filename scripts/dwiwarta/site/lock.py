"""One process at a time has ``docs/`` and ``site/``: whoever writes them or reads them whole."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from dwiwarta.errors import SiteError
from dwiwarta.lock import hold_lock

LOCK_NAME = "pages.lock"
# MkDocs needs a minute for some thousand pages.
WAIT_SECONDS = 600.0


def lock_pages(
    cache_dir: Path, on_wait: Callable[[str], None] | None = None
) -> AbstractContextManager[None]:
    """Hold ``docs/`` and ``site/`` while the block runs, so that nobody meets them half changed.

    ``on_wait`` is told if another build or a preview has them. Raises ``SiteError`` if that lasts
    ten minutes.
    """
    return hold_lock(
        cache_dir / LOCK_NAME, WAIT_SECONDS, what="the pages", error=SiteError, on_wait=on_wait
    )
