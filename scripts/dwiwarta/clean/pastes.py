"""What a paste brings along, repaired before the lines are looked at as those of a page."""

from collections.abc import Callable

from dwiwarta.clean.cells import mark_cells
from dwiwarta.clean.chats import unwrap_chat
from dwiwarta.clean.draft import PasteAudit
from dwiwarta.clean.mails import unwrap_mail
from dwiwarta.clean.posts import unwrap_post
from dwiwarta.clean.subtitles import unwrap_subtitles
from dwiwarta.clean.wrapped import join_wrapped


def repair_paste(
    text: str, audit: PasteAudit, stands_alone: Callable[[str], bool], words: frozenset[str]
) -> str:
    """The text without what subtitles, chats, posts and mails have around it, its lines whole.

    ``stands_alone`` and ``words`` as in ``join_wrapped``.
    """
    lines = unwrap_subtitles(text.split("\n"), audit)
    lines = unwrap_post(unwrap_chat(lines, audit, words), audit)
    lines = mark_cells(unwrap_mail(lines, audit), audit)
    return "\n".join(join_wrapped(lines, audit, stands_alone, words))
