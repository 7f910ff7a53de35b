"""The welcome sheet as it is sent: one document for the client, with what is still to answer."""

from __future__ import annotations

from datetime import date
from typing import Final

from store.docket import Docket
from store.docket.welcome import ITEMS, MINE, sheet
from store.records.document import Document, Section
from store.records.markdown import Md, bullets, front_matter, inline, paragraphs

_PARTS: Final = {
    "How we work": ("process", "roles", "dates", "approvals"),
    "Payment": ("payment", "pays_by"),
    "Reaching each other": ("reach_me", "my_reply", "reach_them", "their_reply"),
    "What it is for": ("goal", "vision", "decides", "access"),
}
"""The sections, with the items in each."""
_CONFIRM: Final = (
    "Please answer with one line that this is how you understand it too, or say what is different."
)


def welcome_document(docket: Docket, prepared_by: str, today: date) -> Document:
    """Return the welcome sheet for the client; what I have not said yet is not in it."""
    said = sheet(docket).answers
    title = f"Working together: {docket.name}"
    made = []
    open_ = []
    for part, names in _PARTS.items():
        told = []
        for name in names:
            if name in said and not (said[name].none and name not in MINE):
                told.append(Md(f"**{ITEMS[name]}:** {inline(said[name].text)}"))
            elif name not in MINE:
                open_.append(Md(ITEMS[name]))
        if told:
            made.append(Section(part, bullets(told)))
    if open_:
        asked = paragraphs("Please tell me:", bullets(open_))
        made.append(Section("Still open", asked))
    made.append(Section("Before we begin", Md(_CONFIRM)))
    front = {"title": title, "prepared_by": prepared_by, "prepared_on": today.isoformat()}
    return Document(front_matter(front), title, tuple(made))
