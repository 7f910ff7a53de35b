"""The paper on where the time went, to hand over: dates and figures, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from store.docket import Docket
from store.records.dispute.sections.elapsed import where_it_went
from store.records.dispute.selection import shown_docket
from store.records.document import Document, Section, finished
from store.records.markdown import front_matter
from store.records.texts import Texts
from store.working_days import WorkingDays


def elapsed_paper(
    docket: Docket, working: WorkingDays, author: str, now: datetime, code: str = ""
) -> Document:
    """Return the paper, made from what may be shown: nothing internal, no settlement talk.

    It is in the language `code`, in that of the client where this is empty.

    Raises RecordError where leaving that out would make the rest untrue.
    """
    shown = shown_docket(docket)
    first = shown.started or docket.today
    who = shown.profile.contract_name or shown.name
    texts = Texts(code or shown.profile.language or "", "elapsed")
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
                **texts.front,
            }
        ),
        title=title,
        sections=finished(_by_week(shown, days, texts), texts),
    )


def _by_week(docket: Docket, days: WorkingDays, texts: Texts) -> Iterator[Section]:
    yield Section(texts.say("elapsed.by-week"), where_it_went(docket, days, texts))
