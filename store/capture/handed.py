"""Reads what a captured line says of something that is handed back to the client."""

from __future__ import annotations

from datetime import date
from typing import Any

from store.capture.marks import Marks, spaced
from store.dates import parse_day
from store.docket import Docket
from store.docket.handover import check_gate

OPTIONS = frozenset({"to", "ends", "renews", "despite"})
"""`to:Jo ends:31-dec renews:2027-01-05`, and `despite:debt` where money is owed."""


def handover_data(marks: Marks, docket: Docket | None, today: date) -> dict[str, Any]:
    """Return the data of the handover that `marks` tell of.

    Raises DocketError where money is owed after its due date and `despite:debt` is not said, or
    where a day cannot be read.
    """
    data: dict[str, Any] = {}
    if who := marks.options.get("to"):
        data["to"] = spaced(who)
    for option, name in (("ends", "access_ends"), ("renews", "renews")):
        if typed := marks.options.get(option):
            data[name] = parse_day(typed, today)
    if docket and docket.overdue:
        if marks.options.get("despite", "").lower() != "debt":
            check_gate(docket, "Add despite:debt, or log a note on why you wait")
        data["despite_debt"] = True
    return data
