"""What the stages hand to each other: frozen values, no behaviour beyond reading them.

``RawArticle`` (read) → ``Article`` (clean) → ``Story`` (dedupe) → ``Translation`` (translate)
→ ``Tags`` (tag) → ``Entry``, which render receives.
"""

from dwiwarta.model.articles import (
    Article,
    DateOrigin,
    Decision,
    DecisionKind,
    Kept,
    Overrides,
    Pair,
    Published,
    RawArticle,
    Relation,
    Removal,
    RemovalKind,
    Repair,
    SourceRef,
    Story,
    TitleOrigin,
)
from dwiwarta.model.english import (
    MACHINE_ENGLISH,
    SOURCE_LANGUAGE,
    TARGET_LANGUAGE,
    UNNAMED_EDITOR,
    Rejection,
    Segment,
    State,
    TranslatedText,
    Translation,
)
from dwiwarta.model.pages import (
    Entry,
    Page,
    Summary,
)
from dwiwarta.model.tags import (
    BodyTag,
    CountryTag,
    Evidence,
    Tags,
    TopicTag,
)

__all__ = [
    "MACHINE_ENGLISH",
    "SOURCE_LANGUAGE",
    "TARGET_LANGUAGE",
    "UNNAMED_EDITOR",
    "Article",
    "BodyTag",
    "CountryTag",
    "DateOrigin",
    "Decision",
    "DecisionKind",
    "Entry",
    "Evidence",
    "Kept",
    "Overrides",
    "Page",
    "Pair",
    "Published",
    "RawArticle",
    "Rejection",
    "Relation",
    "Removal",
    "RemovalKind",
    "Repair",
    "Segment",
    "SourceRef",
    "State",
    "Story",
    "Summary",
    "Tags",
    "TitleOrigin",
    "TopicTag",
    "TranslatedText",
    "Translation",
]
