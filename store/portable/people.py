"""Clients as an address book (vCard), and what had a time of day as a calendar (iCalendar)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from store.docket import Docket
from store.entries import KINDS, Entry
from store.entries.words import BY_VOICE
from store.text import top_line


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


def _lasted(entry: Entry, said: str) -> timedelta:
    """Return how long it took: as its hours say, or its words, where it came from a calendar."""
    if hours := getattr(entry.data, "hours", None):
        return timedelta(hours=float(hours))
    found = re.search(r"\((\d{1,2}):([0-5]\d) h\)$", said)
    return timedelta(hours=int(found[1]), minutes=int(found[2])) if found else timedelta(minutes=30)


def as_meetings(dockets: Iterable[Docket], now: datetime) -> str:
    """Return what was said on the phone, by video or in a meeting as an iCalendar file.

    An event lasts as long as its entry says, or half an hour.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Docket//entries//EN")
    calendar.add("version", "2.0")
    for docket in dockets:
        for entry in docket.counted:
            if entry.channel not in BY_VOICE or entry.precision == "day":
                continue
            event = Event()
            event.add("uid", f"{docket.client}-{entry.seq}@docket")
            event.add("dtstamp", now)
            event.add("dtstart", entry.occurred_at)
            said = top_line(entry.statement) or KINDS[entry.kind].label
            event.add("dtend", entry.occurred_at + _lasted(entry, said))
            event.add("summary", f"{docket.name}: {said}")
            if entry.statement != said:
                event.add("description", entry.statement)
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()
