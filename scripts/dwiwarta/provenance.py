"""What stands behind several English texts taken together: the weakest of them counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from dwiwarta.interface import N_, gettext
from dwiwarta.model import Segment, State

WEAKEST_FIRST = (State.DRAFT, State.MACHINE, State.EDITED, State.APPROVED)
# What readers are told an English text is: on its page, in lists and in results of the search.
KIND = {
    State.APPROVED: N_("checked translation"),
    State.EDITED: N_("edited translation"),
    State.MACHINE: N_("machine translation"),
    State.DRAFT: N_("rough draft"),
}
_PARTLY = {
    State.MACHINE: N_("partly machine translation"),
    State.DRAFT: N_("partly rough draft"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """``weakest``: the state of the least checked text. ``partly``: a program made that one, and
    others have another state.
    """

    weakest: State
    partly: bool

    @property
    def words(self) -> str:
        """What readers are told, without a capital: "partly rough draft"."""
        return gettext((_PARTLY if self.partly else KIND)[self.weakest])


def standing(segments: Iterable[Segment]) -> Standing | None:
    """Of the English of ``segments``, None if there is none. What holds no word does not count."""
    states = {s.translation.state for s in segments if s.translatable and s.translation}
    if not states:
        return None
    weakest = min(states, key=WEAKEST_FIRST.index)
    return Standing(weakest, partly=len(states) > 1 and not weakest.is_human)
