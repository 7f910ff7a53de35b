"""Clients as an address book (vCard), and what had a time of day as a calendar (iCalendar)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from store.docket import Docket
from store.entries import KINDS
from store.text import top_line

_MEETING: Final = frozenset({"meeting", "phone", "video"})


def as_cards(dockets: Iterable[Docket]) -> str:
    """Return a card for each client, as vCard 3.0."""
    import vobject

    cards = []
    for docket in dockets:
        profile, card = docket.profile, vobject.vCard()
        card.add("fn").value = profile.name
        card.add("n").value = vobject.vcard.Name()
        card.add("org").value = [profile.name]
        card.add("uid").value = f"{docket.client}@docket"
        for name, value in (("email", profile.email), ("tel", profile.phone)):
            if value:
                card.add(name).value = value
        if profile.address:
            card.add("adr").value = vobject.vcard.Address(street=profile.address)
        cards.append(str(card.serialize()))
    return "".join(cards)


def as_meetings(dockets: Iterable[Docket], now: datetime) -> str:
    """Return what was said on the phone, by video or in a meeting as an iCalendar file.

    An event lasts as many hours as its entry says, or half of one.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Docket//entries//EN")
    calendar.add("version", "2.0")
    for docket in dockets:
        for entry in docket.counted:
            if entry.channel not in _MEETING or entry.precision == "day":
                continue
            event = Event()
            event.add("uid", f"{docket.client}-{entry.seq}@docket")
            event.add("dtstamp", now)
            event.add("dtstart", entry.occurred_at)
            hours = getattr(entry.data, "hours", None)
            event.add("dtend", entry.occurred_at + timedelta(hours=float(hours or 0.5)))
            said = top_line(entry.statement) or KINDS[entry.kind].label
            event.add("summary", f"{docket.name}: {said}")
            if entry.statement != said:
                event.add("description", entry.statement)
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()
