"""What a screen asks about, as it stood when it was shown: another session may change it since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from store.entries import Entry
from store.text import plural
from store.workspace import Workspace
from tui.safe_text import safe_fit
from tui.words.entry import gist

_LABEL = 18
_LEAST = 20


class AsSeen:
    """Tells what changed of what `parts` returns: each is a text, and all together what it is."""

    def __init__(self, parts: Callable[[], Iterable[str]]) -> None:
        self._parts = parts
        self._stood: tuple[str, ...] = ()

    def seen(self) -> None:
        """Take what stands now as what the user saw."""
        self._stood = tuple(self._parts())

    def moved(self, not_yet: str, still: str, width: int) -> str:
        """Return what it was and is, if it is not what was seen; it is seen then.

        `not_yet` says what was not done, and `still` what to do where it holds all the same.
        """
        before = self._stood
        self.seen()
        if before == self._stood:
            return ""
        room = max(_LEAST, width - _LABEL)
        stood = _cut((one for one in before if one not in self._stood), room)
        now = _cut((one for one in self._stood if one not in before), room)
        return (
            f"{not_yet} yet: another session changed what this is about.\n"
            f"As you opened it: {stood}\nAs it is now:     {now}\n{still}"
        )


class LogSeen(AsSeen):
    """Tells what was logged about a client since the log was seen."""

    def __init__(self, workspace: Workspace, client: str) -> None:
        super().__init__(self._logged)
        self._workspace, self._client, self._since = workspace, client, 0

    def seen_anew(self) -> None:
        """Take all that is logged by now as what the user saw."""
        self._since = len(self._workspace.entries(self._client))
        self.seen()

    def _logged(self) -> Iterator[str]:
        entries = self._workspace.entries(self._client)
        yield plural(len(entries), "entry", "entries")
        yield from map(logged_since, entries[self._since :])


def logged_since(entry: Entry) -> str:
    """Return an entry that came meanwhile in a line: its number, its kind and its words."""
    return f"#{entry.seq} {entry.called or entry.kind}: {gist(entry)}"


def _cut(parts: Iterable[str], room: int) -> str:
    """Return parts in one line of at most `room` cells."""
    said = "; ".join(" ".join(one.split()) for one in parts) or "nothing more"
    return safe_fit(said, room).rstrip()
