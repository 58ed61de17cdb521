"""The stages in their order: the build, and what commands ask for that build no site."""

from typing import TYPE_CHECKING, Any

from dwiwarta.pipeline.stages import BUILD_LOCK, BuildSummary, build

if TYPE_CHECKING:
    from dwiwarta.pipeline.whole import clean_each, read_stories, tag_each

__all__ = ["BUILD_LOCK", "BuildSummary", "build", "clean_each", "read_stories", "tag_each"]


def __getattr__(name: str) -> Any:
    """Loads ``whole``, and with it every stage, only for the commands that ask for it.

    A build in which no article has changed needs no patterns to clean and no names to tag with,
    which take a fifth of the time of its imports.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dwiwarta.pipeline import whole

    return getattr(whole, name)
