"""The final report to the client: eleven short sections, the empty ones left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from store.docket import Docket
from store.records.document import Document, Section
from store.records.markdown import Md, front_matter
from store.records.report import sections as farewell
from store.records.report.material import Parting, ReportWords, gather

_SECTIONS: tuple[tuple[str, Callable[[Parting], Md]], ...] = (
    ("Thank you", farewell.thanks),
    ("What we set out to do", farewell.goal),
    ("What we achieved", farewell.achieved),
    ("Where things stand today", farewell.state),
    ("Accounts and access", farewell.access),
    ("What is still open", farewell.still_open),
    ("Dates to watch", farewell.dates),
    ("Your account", farewell.account),
    ("Why we part", farewell.why),
    ("For the way ahead", farewell.tips),
    ("The last day", farewell.last_day),
)


def final_report(docket: Docket, words: ReportWords, now: datetime) -> Document:
    """Return the final report of `docket` as of the day of `now`, in the order of its sections.

    Pure: the same arguments give the same bytes. It holds no incident, score, step or threat, as
    it draws on the kinds of TOLD alone. Raises as `gather` does.
    """
    return write(gather(docket, words, now))


def write(parting: Parting) -> Document:
    """Return the document of what was gathered."""
    made = [Section(title, make(parting)) for title, make in _SECTIONS]
    profile = parting.docket.profile
    front = front_matter(
        {
            "title": f"Final report for {profile.name}",
            "client": profile.contract_name or profile.name,
            "prepared_by": parting.words.prepared_by,
            "date": parting.today.isoformat(),
            "note": "This is not an invoice.",
        }
    )
    kept = tuple(section for section in made if section.body)
    return Document(front, f"Final report for {profile.name}", kept)
