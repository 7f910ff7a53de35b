"""What a next step is; light, so that a list of them that was kept is read at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from shlex import quote
from typing import Any, Final, NamedTuple

_NEUTRAL: Final = {
    "bill": "payment",
    "resume": "work goes on",
    "staged": "look again",
    "request": "answer",
    "block": "answer",
    "promise": "promise",
    "talk": "talk",
    "watch": "look again",
    "round": "note",
    "complaint": "reply",
    "act": "promise",
    "time": "reply",
    "blame": "reply",
    "repair": "look again",
    "end": "notice",
    "give-back": "handover",
    "handover": "handover",
    "access": "access",
    "welcome": "welcome",
    "sheet": "welcome",
    "inspire": "talk",
    "inspired": "look again",
    "review": "look again",
    "hold": "look again",
}
"""What a step may be called where others may read it, by the beginning of its key."""


def watch_words(until: date, left: float) -> str:
    """Return until when it is watched, and what ends it: `watching until 25 Apr: ...`."""
    many = "one more crossing ends it" if left <= 1 else "two crossings end it"
    return f"watching until {until:%-d %b}: {many}"


class NextStep(NamedTuple):
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

    @property
    def neutral(self) -> str:
        """Its name where others may read it, such as in a calendar."""
        return _NEUTRAL.get(self.key.partition(":")[0], "step")

    @classmethod
    def of(cls, raw: Sequence[Any]) -> NextStep:
        """Return the step that was kept as a row of JSON; ValueError or TypeError if it is none."""
        step = cls(*raw)
        due = date.fromisoformat(str(step.due))
        return step._replace(due=due, evidence=tuple(step.evidence))

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


def in_order(steps: Iterable[NextStep], today: date) -> tuple[NextStep, ...]:
    """Return steps, of any clients, as they are listed on a day."""
    return tuple(
        sorted(steps, key=lambda one: (max(one.due, today), one.rank, one.due, one.client, one.key))
    )
