"""The buttons below a page's headline and text, as copying a page leaves them: a line for each.

``Facebook`` alone on a line may be the heading of a part of the text, three such lines in a row are
none. Lists with bullets or numbers are left alone.
"""

from itertools import groupby

from dwiwarta.clean.draft import Draft
from dwiwarta.model import RemovalKind
from dwiwarta.text import squash, word_set

_NETWORKS = word_set(
    """
    facebook twitter x whatsapp telegram line linkedin email surel instagram threads pinterest
    bluesky messenger tiktok youtube reddit
    """
)
# What only a button says.
_ACTIONS = word_set(
    """
    bagikan share sharethis bagikanini bagikanartikel bagikanke tweet copylink salintautan salinlink
    copyurl print cetak xtwitter twitterx facebookmessenger shareon sebarkan kirimkeemail
    """
)
_BUTTONS = _NETWORKS | _ACTIONS
_LEAST = 3  # lines; with one that only a button says, two
_LENGTH = 24  # characters of the longest


def drop_share_buttons(draft: Draft) -> None:
    """Take out rows of such lines, each with its reason."""
    rows = groupby(enumerate(draft.lines), lambda line: _is_button(line[1]))
    for row in reversed([list(row) for is_row, row in rows if is_row]):
        least = _LEAST - any(squash(line) in _ACTIONS for _, line in row)
        if len(row) >= least:
            for _ in row:
                draft.drop(row[0][0], RemovalKind.BOILERPLATE, "boilerplate: share buttons")


def _is_button(line: str) -> bool:
    return len(line) <= _LENGTH and line[:1].isalnum() and squash(line) in _BUTTONS
