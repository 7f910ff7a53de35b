"""The paper on where the time went, to hand over: dates and figures, and nothing else."""

from __future__ import annotations

from datetime import datetime

from store.docket import Docket
from store.languages import ENGLISH
from store.records.dispute.sections.elapsed import where_it_went
from store.records.dispute.selection import shown_docket
from store.records.document import Document, Section
from store.records.markdown import front_matter
from store.records.texts import Texts
from store.working_days import WorkingDays


def elapsed_paper(docket: Docket, working: WorkingDays, author: str, now: datetime) -> Document:
    """Return the paper, made from what may be shown: nothing internal, no settlement talk.

    Raises RecordError where leaving that out would make the rest untrue.
    """
    shown = shown_docket(docket)
    first = shown.started or docket.today
    who = shown.profile.contract_name or shown.name
    texts = Texts(ENGLISH, "elapsed")
    title = texts.plain_text("elapsed.title", client=shown.name)
    days = working.spelled(first, docket.today)
    return Document(
        front=front_matter(
            {
                "title": title,
                "client": who,
                "prepared_by": author,
                "prepared_at": now.isoformat(timespec="seconds"),
                "from": first.isoformat(),
                "to": docket.today.isoformat(),
            }
        ),
        title=title,
        sections=(Section(texts.say("elapsed.by-week"), where_it_went(shown, days, texts)),),
    )
