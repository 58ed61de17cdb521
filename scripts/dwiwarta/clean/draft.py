"""An article while it is being cleaned, and its audit log."""

from dataclasses import dataclass, field

from dwiwarta.model import Published, Removal, RemovalKind, Repair, TitleOrigin


@dataclass(slots=True)
class PasteAudit:
    """What repairs of pasted text took out or changed, before there is a draft."""

    removed: list[Removal] = field(default_factory=list)

    def note(self, text: str, reason: str) -> None:
        """Record that ``text`` was taken out or changed."""
        if text.strip():
            self.removed.append(Removal(text.strip(), RemovalKind.PASTE, reason))


@dataclass(slots=True)
class Draft:
    """The lines of an article on their way to paragraphs.

    Every step takes lines away through ``drop`` or ``note``, so nothing leaves without a reason.
    ``lines`` holds no empty line and no line break; the fields fill up as they are found.
    """

    lines: list[str]
    title: str = ""
    title_origin: TitleOrigin | None = None
    published: Published | None = None
    ahead: Published | None = None
    dateline: str | None = None
    byline: str | None = None
    initials: str | None = None
    outlet: str | None = None
    removed: list[Removal] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def note(self, text: str, kind: RemovalKind, reason: str) -> None:
        """Record that ``text`` was taken out of a line."""
        if text.strip():
            self.removed.append(Removal(text.strip(), kind, reason))

    def drop(self, index: int, kind: RemovalKind, reason: str) -> None:
        """Take a whole line out."""
        self.note(self.lines.pop(index), kind, reason)
