"""The welcome sheet as it is sent: one document for the client, with what is still to answer."""

from __future__ import annotations

from datetime import date
from typing import Final

from store.docket import Docket
from store.docket.welcome import MINE, sheet
from store.records.document import Document, Section, finished
from store.records.markdown import Md, bullets, front_matter, paragraphs
from store.records.texts import Texts

_PARTS: Final = {
    "work": ("process", "roles", "dates", "approvals"),
    "payment": ("payment", "pays_by"),
    "reaching": ("reach_me", "my_reply", "reach_them", "their_reply"),
    "purpose": ("goal", "vision", "decides", "access"),
}
"""The sections, with the items in each."""


def welcome_document(docket: Docket, prepared_by: str, today: date, texts: Texts) -> Document:
    """Return the welcome sheet for the client; what I have not said yet is not in it."""
    said, say = sheet(docket).answers, texts.say
    made: list[Section] = []
    open_: list[Md] = []
    for part, names in _PARTS.items():
        told: list[Md] = []
        for name in names:
            item = say(f"welcome.item.{name}")
            if name in said and not (said[name].none and name not in MINE):
                told.append(say("welcome.said", item=item, text=said[name].text))
            elif name not in MINE:
                open_.append(item)
        if told:
            made.append(Section(say(f"welcome.heading.{part}"), bullets(told)))
    if open_:
        asked = paragraphs(say("welcome.please-tell"), bullets(open_))
        made.append(Section(say("welcome.heading.open"), asked))
    made.append(Section(say("welcome.heading.begin"), say("welcome.confirm")))
    title = texts.plain_text("welcome.title", client=docket.name)
    front = {
        "title": title,
        "prepared_by": prepared_by,
        "prepared_on": today.isoformat(),
        **texts.front,
    }
    return Document(front_matter(front), title, finished(made, texts))
