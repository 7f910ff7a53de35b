"""The welcome sheet: what both sides said at first contact, and what nobody has answered."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from store.docket.acceptances import acceptances
from store.docket.docket import Docket
from store.entries import Entry
from store.entries.words import WELCOME
from store.quantities import payment_words
from store.text import few, plural

ITEMS: Final[dict[str, str]] = {
    **{name: WELCOME[name] for name in ("process", "roles", "dates", "approvals")},
    "payment": "When a bill is due",
    **{name: WELCOME[name] for name in ("pays_by", "reach_me", "my_reply", "reach_them")},
    "their_reply": "You answer within",
    **{name: WELCOME[name] for name in ("decides", "access", "goal", "vision")},
}
"""What the sheet asks or tells, in its order."""
MINE: Final = frozenset(
    {"process", "roles", "dates", "approvals", "payment", "reach_me", "my_reply"}
)
"""What I tell them; the rest is theirs to answer."""
READY: Final = {
    "goal": "a goal",
    "decides": "who decides",
    "access": "access",
    "their_reply": "a time to answer",
}
"""What a client who is ready has an answer to (advice 7)."""
_NONE: Final = re.compile(r"\W*(none|no|nothing|nobody|no one|refused|refuses)\b\W*", re.IGNORECASE)
_DEMANDS: Final = ("scope-creep", "rush-demand", "pay-later")
_NAMED: Final = 8
_ARGUABLE: Final = ("scope", "price", "rate", "payment", "form")


class WelcomeAnswer(NamedTuple):
    """What was said on an item, and the entry that says it."""

    text: str
    seq: int
    day: date

    @property
    def none(self) -> bool:
        """Whether it says that there is none."""
        return _NONE.fullmatch(self.text) is not None


class Flag(NamedTuple):
    """What to be wary of before work begins, and the entries it rests on."""

    says: str
    evidence: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """It, with the entries behind it."""
        return f"{self.says} ({self.named})"

    @property
    def named(self) -> str:
        """The first of the entries behind it: there may be thousands."""
        return few([f"#{seq}" for seq in self.evidence], _NAMED, ", ")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet as it stands; `sent` is the step that sent it, after what I last told in it.

    `accepted` is the entry by which they acknowledged it. Without `begun` there is no sheet.
    """

    answers: Mapping[str, WelcomeAnswer]
    begun: Entry | None
    sent: Entry | None
    accepted: Entry | None

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The items nothing is said on, in order."""
        return tuple(name for name in ITEMS if name not in self.answers)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The items without which a client is not ready, or which they say they have not."""
        said = self.answers
        return tuple(name for name in READY if name not in said or said[name].none)


def sheet(docket: Docket) -> Sheet:
    """Return the welcome sheet of a docket."""
    told = docket.kind("welcome")
    answers: dict[str, WelcomeAnswer] = dict(_agreed(docket))
    changed = 0
    for entry in told:
        for name in WELCOME:
            if text := getattr(entry.data, name):
                answers[name] = WelcomeAnswer(text, entry.seq, entry.day)
                changed = entry.seq if name in MINE else changed
    numbers = {entry.seq for entry in told}
    sent = [
        step
        for step in docket.kind("expectations")
        if step.seq > changed and numbers & {link.seq for link in step.links}
    ]
    named = acceptances(docket).named
    numbers |= {step.seq for step in docket.kind("expectations")} if told else set()
    accepted = [named[seq] for seq in sorted(numbers) if seq in named]
    return Sheet(
        answers,
        told[0] if told else None,
        sent[-1] if sent else None,
        accepted[-1] if accepted else None,
    )


def inspired(docket: Docket) -> list[Entry]:
    """Return the tries to show them what it could become, oldest first (advice 99)."""
    return docket.kind("inspire")


def flags(docket: Docket) -> Iterator[Flag]:
    """Yield what to be wary of, from the sheet and from what they did before anything was agreed.

    That there is no vision counts only once a try to inspire them is known not to have helped.
    """
    found = sheet(docket)
    said = found.answers
    if found.begun and (lacks := found.lacks):
        seqs = (found.begun.seq, *(said[name].seq for name in lacks if name in said))
        without = ", ".join(READY[name] for name in lacks)
        yield Flag(f"Not ready: without {without}", tuple(dict.fromkeys(seqs)))
    if (vision := said.get("vision")) and vision.none and (tried := _failed(docket)):
        yield Flag("No vision, and showing them one did not help", (vision.seq, tried))
    if (pays := said.get("pays_by")) and pays.none:
        yield Flag("They refuse every ordinary way to pay", (pays.seq,))
    if demands := _demands(docket, found):
        yield Flag("Great demands before anything is agreed", demands)


def _agreed(docket: Docket) -> Iterator[tuple[str, WelcomeAnswer]]:
    """Yield what the terms answer."""
    terms, written = docket.terms, docket.kind("terms")
    if terms.payment:
        says = _last(written, "payment")
        yield "payment", WelcomeAnswer(payment_words(terms.payment), says.seq, says.day)
    if terms.reply_within_days:
        says = _last(written, "reply_within_days")
        days = plural(terms.reply_within_days, "day")
        yield "their_reply", WelcomeAnswer(days, says.seq, says.day)


def _last(written: list[Entry], field: str) -> Entry:
    return next(one for one in reversed(written) if getattr(one.data, field) is not None)


def _failed(docket: Docket) -> int:
    """Return the number of the last try to inspire them, if it is known not to have helped."""
    from store.docket.steps import outcomes

    known = outcomes(docket)
    tries = [one.seq for one in inspired(docket) if one.seq in known]
    return tries[-1] if tries and known[tries[-1]][-1].worked == "no" else 0


def _demands(docket: Docket, found: Sheet) -> tuple[int, ...]:
    """Return what was demanded before anything was agreed, or so far, by the days and by the log.

    Trouble that is logged after the terms says nothing of what was agreed when it happened.
    """
    agreed = [
        (one.day, one.seq)
        for one in docket.kind("terms")
        if any(getattr(one.data, name) is not None for name in _ARGUABLE)
    ]
    agreed += [(found.accepted.day, found.accepted.seq)] if found.accepted else []
    day, seq = min(agreed, default=(date.max, sys.maxsize))
    return tuple(one.seq for one in docket.kind(*_DEMANDS) if one.day < day and one.seq < seq)
