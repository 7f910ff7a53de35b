"""What was asked for and has not come, the longest waited for first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from store.docket import Docket
from store.docket.tracking import Request
from store.text import plural, top_line
from tui.text import wrap


class Ask(NamedTuple):
    """One open request of a client, as of a day."""

    client: str
    request: Request
    today: date

    @property
    def missing(self) -> str:
        """What has not come: of what was asked, or of what a part of the answer left open."""
        left = self.request.parts[-1].missing if self.request.parts else ""
        return top_line(left or self.request.statement)

    def to_json(self) -> dict[str, Any]:
        """Return it as `docket ask --open --json` prints it."""
        request = self.request
        return {
            "client": self.client,
            "entry": request.seq,
            "missing": self.missing,
            "asked": request.asked.isoformat(),
            "expected": request.expected.isoformat(),
            "waited": request.waited(self.today),
            "over": request.days_over(self.today),
            "parts": [part.seq for part in request.parts],
        }


def by_age(dockets: Iterable[Docket], today: date) -> list[Ask]:
    """Return the open requests of these clients, the longest overdue first, then the oldest."""
    asks = (Ask(one.client, request, today) for one in dockets for request in one.open_requests)
    return sorted(asks, key=lambda one: (one.request.expected, one.request.asked, one.client))


def ask_lines(asks: Sequence[Ask], cells: int) -> Iterator[str]:
    """Yield each with its age, what of it came, and what logs the answer."""
    for one in asks:
        request = one.request
        name = f"{one.client}#{request.seq}"
        yield from wrap(f"{name}  {one.missing}", cells)
        over = request.days_over(one.today)
        due = (
            f"{plural(over, 'day')} overdue"
            if over
            else "due today"
            if request.expected == one.today
            else f"due {request.expected:%-d %b}"
        )
        part = f"; a part came {request.parts[-1].day:%-d %b}" if request.parts else ""
        said = f"asked {plural(request.waited(one.today), 'day')} ago, {due}{part}"
        yield from wrap(said, cells, "    ")
        yield f"    docket answer '{name}' "
