"""The stages in their order: the build; ``whole`` is for commands that build no site."""

from dwiwarta.pipeline.code import code_is_as_read
from dwiwarta.pipeline.run import BUILD_LOCK, build
from dwiwarta.pipeline.summary import BuildSummary, Count

__all__ = ["BUILD_LOCK", "BuildSummary", "Count", "build", "code_is_as_read"]
