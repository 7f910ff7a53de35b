"""What is asked as something is logged of one who owes, or is no client any more.

It is light, for it is read as one logs.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from store.entries.paying import speaks_of_paying

if TYPE_CHECKING:
    from store.docket import Docket

ASKED_OF: Final = frozenset(
    "hours delivery invoice request repeat-work stop answer partial-answer promise".split()
)
"""The kinds of entry that something is asked about: while money is owed, or of an ex-client."""
_NEW_WORK: Final = frozenset("hours delivery invoice request repeat-work".split())


class Owing(NamedTuple):
    """How a client stands who owes: the bill that is latest, and whether work is stopped.

    `stopped` is the ISO day of the stop or empty, `said` whether anything was said about the bill;
    `clause` and `notice` are what was agreed about stopping. `ended` says in a sentence since when
    a client is one no more, and why; then nothing else is said.
    """

    bill: str = ""
    late: int = 0
    stopped: str = ""
    said: bool = False
    clause: str = ""
    notice: int | None = None
    ended: str = ""


def question(
    kind: str, owing: Owing | None, today: date, text: str = "", spent: str = "work"
) -> str:
    """Return what to ask about an entry of `kind` as it is logged; empty where nothing is.

    `text` is what it says, `spent` the class of hours. An answer or a promise is asked about where
    it speaks of what is owed, or where work is stopped over something else.
    """
    if owing is None or kind not in ASKED_OF:
        return ""
    if owing.ended:
        return f"{owing.ended} Is this new work, and why?" if kind in _NEW_WORK else ""
    if kind == "stop":
        return _before_a_stop(owing, today)
    since = f"{date.fromisoformat(owing.stopped):%-d %b}" if owing.stopped else ""
    if kind in _NEW_WORK:
        working = kind in ("hours", "delivery") and spent == "work"
        return _working_on(owing, since) if working else ""
    told = speaks_of_paying(text) or owing.bill.casefold() in text.casefold()
    if owing.bill and not told:
        return ""
    over = f"Work has been stopped since {since}" if since else f"{owing.bill} is overdue"
    return f"{over}: what does that change? Until you say so, nothing."


def _working_on(owing: Owing, since: str) -> str:
    late = f"{owing.bill} is {_days(owing.late)} late" if owing.bill else ""
    stopped = f"Work has been stopped since {since}" if since else ""
    why = "why work on?" if since else "why work on before it is paid?"
    listed = " A record lists it as work after the due date." if late else ""
    return f"{stopped or late}: {why}{listed}"


def after_payment(docket: Docket, leaving: bool) -> str:
    """Return what to ask once money came while work is stopped; empty where it is not.

    `leaving` says whether the verdict is to leave, which a payment does not change.
    """
    if docket.stopped is None or docket.ended is not None:
        return ""
    since = f"Work has been stopped since {docket.stopped.day:%-d %b}"
    if docket.overdue:
        return f"{since}, and stays so: a part has come. What does it change?"
    if leaving:
        return f"{since}, and all has come. What speaks for leaving still does."
    return f"{since}, and nothing is overdue now: take it up again, and tell them."


def _before_a_stop(owing: Owing, today: date) -> str:
    if owing.stopped:
        return ""
    said = []
    if owing.bill and not owing.said:
        said.append(f"Nothing was said about {owing.bill} before: why stop, with no courtesy note?")
    if not owing.clause:
        said.append("Which clause lets you stop, and after how many days' notice?")
    elif owing.notice:
        said.append(f"{owing.clause} asks for {_days(owing.notice)}' notice: from which day?")
    return " ".join(said)


def _days(many: int) -> str:
    return f"{many} {'day' if many == 1 else 'days'}"
