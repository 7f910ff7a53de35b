"""What a next step is; light, so that a list of them that was kept is read at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from shlex import quote
from typing import Any, Final, NamedTuple

LATER: Final = 6
"""The rank of what was best done long since, and is done after all else."""
_NEUTRAL: Final = {
    "bill": "payment",
    "resume": "work goes on",
    "staged": "look again",
    "said": "look again",
    "stopped": "look again",
    "anchor": "proof",
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
    "leave": "look again",
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
    typed into the quick capture; `verb` are the words behind `docket` that do it, where more than
    an entry is to be made. `rank` orders steps of one day, 0 first. `subject` is what it belongs to
    where `about` does not say so; `under` is the key of the step that it waits behind: of one
    subject one is to be taken at a time. `owed` is what is open of the invoice it is about.
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
    subject: str = ""
    under: str = ""
    owed: str = ""

    @property
    def command(self) -> str:
        """What does it, as typed in a shell; what logs it, where that is all there is to do."""
        return f"docket {self.verb}" if self.verb else self.logging

    @property
    def logging(self) -> str:
        """What logs that it was done, as typed in a shell; empty where its verb does."""
        kind, _, rest = self.line.partition(" ")
        if self.verb and kind != "note":
            return ""
        first, _, text = rest.partition(" ")
        if first.startswith("#"):  # a text in quotes is kept as it is, and would name it again
            kind, rest = f"{kind} --about {first[1:]}", text
        logs = f"docket log {self.client} {kind}" + (f" {quote(rest)}" if rest.strip() else "")
        return logs if kind else ""

    @property
    def neutral(self) -> str:
        """Its name where others may read it, such as in a calendar."""
        return _NEUTRAL.get(self.key.partition(":")[0], "step")

    @classmethod
    def of(cls, raw: Sequence[Any]) -> NextStep:
        """Return the step that was kept as a row of JSON; ValueError or TypeError if it is none."""
        client, due, what, why, key, about, evidence, *rest = raw
        day = date.fromisoformat(due)
        return cls(client, day, what, why, key, about, tuple(evidence), *rest)

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
            "logging": self.logging,
            "step": self.key,
            "under": self.under,
            "owed": self.owed or None,
        }


def in_order(steps: Iterable[NextStep], today: date) -> tuple[NextStep, ...]:
    """Return steps, of any clients, as they are listed on a day; what waits behind others, last."""
    return tuple(sorted(steps, key=lambda one: (bool(one.under), *_weight(one, today))))


def to_take(steps: Iterable[NextStep]) -> list[NextStep]:
    """Return the steps that can be taken now: those that wait behind no other."""
    return [step for step in steps if not step.under]


def within(steps: Sequence[NextStep], last: date) -> list[NextStep]:
    """Return the steps up to a day, each with what waits behind it."""
    led = {(step.client, step.key) for step in to_take(steps) if step.due <= last}
    return [step for step in steps if (step.client, step.under or step.key) in led]


def in_turn(steps: Iterable[NextStep], leads: dict[str, str], today: date) -> list[NextStep]:
    """Return the steps of a client, each that is not the first of its subject behind that.

    `leads` are the keys of steps that others, by key, wait behind whatever they are about.
    """
    found = list(steps)
    first: dict[str, str] = {}
    for step in sorted(found, key=lambda one: _weight(one, today)[1:]):
        if step.key not in leads:
            first.setdefault(step.subject or step.about or step.key, step.key)
    own = {one.key: first.get(one.subject or one.about or one.key, one.key) for one in found}
    above = {**own, **leads}
    return [one._replace(under=_lead(one.key, above)) for one in found]


def _lead(key: str, leads: dict[str, str]) -> str:
    """Return the step at the top of those that one waits behind; nothing where that is itself."""
    at, seen = key, {key}
    while (above := leads.get(at, at)) not in seen:
        seen.add(at := above)
    return "" if at == key else at


def _weight(step: NextStep, today: date) -> tuple[date, int, date, str, str]:
    return max(step.due, today), step.rank, step.due, step.client, step.key
