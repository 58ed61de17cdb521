"""What a site says of words itself: which of its files, and whether they have faults."""

from dwiwarta.knowledge.overlays import own_file
from dwiwarta.words.english import matching_rules
from dwiwarta.words.lexicon import own_roots
from dwiwarta.words.newspaper import load_newspaper, own_newspaper_forms


def check_own_words() -> None:
    """Raise ``SettingsError`` for faults of the site's own files, which takes no time."""
    own_roots(), load_newspaper(), matching_rules()


def own_file_of(root: str = "", form: str = "") -> str:
    """The site's own file that says what a root, or a form of newspapers, means; "" if none."""
    if root and root in own_roots():
        return own_file("lexicon.yml")
    return own_file("newspaper.yml") if form and form in own_newspaper_forms() else ""
