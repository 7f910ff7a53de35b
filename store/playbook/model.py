"""What a next step is, and what the playbook reads to find the steps of one client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from shlex import quote
from typing import Any

from store.decision.model import Assessment
from store.docket import Docket
from store.docket.open_items import Item, open_items
from store.entries import Entry
from store.playbook.ladder import PLAIN, Ladder
from store.private.model import Private
from store.settings.config import Config


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do about a client: by when, what, and why, with the entries it rests on.

    `key` names it from one day to the next. `about` is what it is about (`INV-42`, `#12`, or
    nothing), `letter` the id of the letter that says it. `line` logs it once it is done, as it is
    typed into the quick capture; a step that is no entry has `verb` instead: the words behind
    `docket`. `rank` orders steps of one day, 0 first.
    """

    client: str
    due: date
    what: str
    why: str
    key: str
    about: str = ""
    evidence: tuple[int, ...] = ()
    letter: str = ""
    line: str = ""
    verb: str = ""
    rank: int = 5

    @property
    def command(self) -> str:
        """What does or logs it, as typed in a shell."""
        if not self.line:
            return f"docket {self.verb}" if self.verb else ""
        kind, _, rest = self.line.partition(" ")
        return f"docket log {self.client} {kind}" + (f" {quote(rest)}" if rest else "")

    def to_json(self) -> dict[str, Any]:
        """Return it as `docket next --json` prints it."""
        return {
            "client": self.client,
            "due": self.due.isoformat(),
            "what": self.what,
            "why": self.why,
            "about": self.about,
            "evidence": list(self.evidence),
            "letter": self.letter,
            "command": self.command,
        }


@dataclass(frozen=True)
class Scene:
    """What the steps of one client are found in: the docket and its day, and all beside it."""

    docket: Docket
    assessment: Assessment
    config: Config
    private: Private
    ladder: Ladder = PLAIN

    @property
    def today(self) -> date:
        """The day it is."""
        return self.docket.today

    @property
    def leaving(self) -> bool:
        """Whether the verdict is to leave, and notice was not given yet."""
        return self.assessment.verdict == "walk-away" and self.docket.ended is None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What is open."""
        return open_items(self.docket)

    def open(self, *sorts: str) -> list[Item]:
        """Return what is open of these sorts."""
        return [item for item in self.items if item.sort in sorts]

    @cached_property
    def taken(self) -> list[Entry]:
        """The steps taken so far, oldest first."""
        from store.docket.steps import steps

        return steps(self.docket)

    def step(self, due: date, what: str, why: str, key: str, **more: Any) -> NextStep:
        """Return a step of this client."""
        return NextStep(self.docket.client, due, what, why, key, **more)

    def in_days(self, day: date, days: int) -> date:
        """Return the day so many days later."""
        return day + timedelta(days=days)
