"""The step to prefill when the user asks what to do next with the selected client."""

from __future__ import annotations

from datetime import date

from store.docket import Docket

# One more step of the ladder for each that was taken since the invoice fell due.
_LADDER = ("reminder", "talk", "warning", "notice")
_BY_VERDICT = {
    "set-boundaries": "expectations wrote down what they can expect from me, and I from them",
    "stop-work": "stop until what is open is settled",
    "walk-away": "end-notice gave notice",
}


def next_step(docket: Docket, verdict: str) -> str:
    """Return a line for quick capture that says the next step, or an empty string if none is due.

    Money owed comes first, then answers that are overdue, then what the verdict asks for.
    """
    if docket.ended:
        return ""
    if docket.overdue:
        invoice = docket.overdue[0]
        late = invoice.days_late(docket.today)
        return (
            f"{_rung(docket, invoice.due)} {invoice.number}: {invoice.balance} open, "
            f"{late} {'day' if late == 1 else 'days'} late"
        )
    waiting = [one for one in docket.open_requests if one.days_over(docket.today) > 0]
    if waiting:
        asked = waiting[0]
        return f"reminder #{asked.seq} {asked.statement.splitlines()[0] if asked.statement else ''}"
    return _BY_VERDICT.get(verdict, "") if not docket.stopped else ""


def _rung(docket: Docket, since: date) -> str:
    taken = sum(1 for entry in docket.kind(*_LADDER) if entry.day >= since)
    return _LADDER[min(taken, len(_LADDER) - 1)]
