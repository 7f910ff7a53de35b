"""What may be shown while somebody looks along: of one client, what both sides know of each other.

A workspace that is `discreet` answers by it: every screen and every verb asks `docket_shown` for
what it shows. It is of a session, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, Protocol

from store.docket.docket import Docket
from store.entries import Entry, Group, HoursData

OPEN_GROUPS: Final = frozenset[Group](
    {"agreement", "money", "request", "hours", "delivery", "promise"}
)
"""What both sides know: no incident, step or note, for those say what one thinks of the other."""
_CLOSED: Final = frozenset({"cost", "welcome"})
"""Kinds of those groups that only the user knows."""


class Holder(Protocol):
    """A workspace, as far as it is asked here."""

    discreet: bool

    def docket(self, client: str, today: date | None = None) -> Docket:
        """Return the docket of `client`, whole."""


def docket_shown(workspace: Holder, client: str, today: date | None = None) -> Docket:
    """Return the docket as it may be shown now: whole unless somebody looks along."""
    docket = workspace.docket(client, today)
    return open_docket(docket) if workspace.discreet else docket


def open_docket(docket: Docket) -> Docket:
    """Return the docket with nothing on it but what both sides know; the last one is kept."""
    if not is_opened(docket):
        shown = Docket.of(docket.client, _open(docket), docket.today, docket.reply_days)
        _kept.update(whole=docket, shown=shown)
    return _kept["shown"]


def is_opened(docket: Docket) -> bool:
    """Whether what may be shown of it is at hand: of a long one that takes a while."""
    return _kept.get("whole") is docket


_kept: Final[dict[str, Docket]] = {}


def names_others(text: str, names: dict[str, str], client: str | None) -> bool:
    """Whether `text` names a client other than `client`."""
    said = text.casefold()
    return any(
        one.casefold() in said
        for other, name in names.items()
        if other != client
        for one in (other, name)
    )


def _open(docket: Docket) -> Iterator[Entry]:
    """Yield what is open, with what was corrected of it."""
    closed = {
        link.seq
        for entry in docket.entries
        if entry.kind == "amendment"
        and (link := entry.followed)
        and (one := docket.find(link.seq))
        and one.entry.visibility != "record"
    }
    for entry in docket.entries:
        if entry.group == "correction":
            about = entry.followed
            known = about is not None and about.seq not in closed
            known = known and entry.visibility == "record"
        else:
            known = entry.seq not in closed and _known(entry)
        if known:
            yield entry
        else:
            closed.add(entry.seq)


def _known(entry: Entry) -> bool:
    if entry.visibility != "record" or entry.group not in OPEN_GROUPS or entry.kind in _CLOSED:
        return False
    return not isinstance(entry.data, HoursData) or entry.data.spent == "work"
