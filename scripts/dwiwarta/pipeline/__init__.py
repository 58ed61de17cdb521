"""The stages in their order: the build; ``whole`` is for commands that build no site."""

from dwiwarta.pipeline.run import BUILD_LOCK, build
from dwiwarta.pipeline.summary import BuildSummary

__all__ = ["BUILD_LOCK", "BuildSummary", "build"]
