"""The stages in their order: the build, and what commands ask for that build no site."""

from dwiwarta.pipeline.stages import BUILD_LOCK, BuildSummary, build
from dwiwarta.pipeline.whole import clean_each, read_stories, tag_each

__all__ = ["BUILD_LOCK", "BuildSummary", "build", "clean_each", "read_stories", "tag_each"]
