"""Address books (vCard) and calendars (iCalendar): who clients are, which meetings there were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from store.intake.sources.row import FileSort, ForeignFile, ForeignRow, HowRead, moment_fields

_NAMELESS: Final = "a card without a name"
_BROKEN: Final = "a card that cannot be read"
_MOST_OF_CARD: Final = 50_000
"""Letters of a card that are read, its pictures aside."""
_LARGE: Final = re.compile(
    r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:].*(?:\n[ \t].*)*\n?", re.MULTILINE | re.IGNORECASE
)
_NO_EVENT: Final = "an event that cannot be read"
_ENDS: Final = ("BEGIN", "END")
_AHEAD: Final = "it has not been yet"
_CALLED_OFF: Final = "it was called off"


def _cards(opened: ForeignFile) -> bool:
    return opened.text[:200].lstrip("\ufeff \t\r\n").lower().startswith("begin:vcard")


def _card_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    import vobject

    text = opened.text.lstrip("\ufeff").replace("\r\n", "\n")
    end = 0
    for begun in re.finditer(r"^BEGIN:VCARD\b.*?^END:VCARD[ \t]*$", text, re.DOTALL | re.M | re.I):
        number = text.count("\n", 0, begun.start()) + 1
        try:
            whole = _LARGE.sub("", begun[0])  # what unfolds it takes the square of its lines
            found = vobject.readComponents(whole, allowQP=True, ignoreUnreadable=True)
            card = next(found, None) if len(whole) < _MOST_OF_CARD else None
        except Exception:
            card = None
        yield _card(number, card, asked) if card is not None else ForeignRow(number, passed=_BROKEN)
        end = begun.end()
    for begun in re.finditer(r"^BEGIN:VCARD\b", text[end:], re.M | re.I):
        number = text.count("\n", 0, end + begun.start()) + 1
        yield ForeignRow(number, passed=_BROKEN)


def _card(number: int, card: Any, asked: HowRead) -> ForeignRow:
    org = getattr(getattr(card, "org", None), "value", None)
    company = " ".join(filter(None, org)) if isinstance(org, list) else str(org or "")
    person = str(getattr(getattr(card, "fn", None), "value", "") or "").strip()
    name = company.strip() or person
    if not name:
        return ForeignRow(number, passed=_NAMELESS)
    data = {
        "name": name,
        "email": _first(card, "email"),
        "phone": _first(card, "tel").removeprefix("tel:"),
        "address": _address(card),
    }
    with_person = company.strip() and person and person != company.strip()
    fields = {
        **moment_fields(asked, asked.now),
        "kind": "client",
        "statement": f"Known there: {person}" if with_person else "",
        "data": {field: text for field, text in data.items() if text},
        "source": "document",
    }
    return ForeignRow(number, fields, name)


def _first(card: Any, name: str) -> str:
    found = card.contents.get(name, [])
    return " ".join(str(found[0].value).split()) if found else ""


def _address(card: Any) -> str:
    found = card.contents.get("adr", [])
    if not found or isinstance(found[0].value, str):
        return str(found[0].value).replace("\n", ", ") if found else ""
    value = found[0].value
    parts = (
        value.box,
        value.extended,
        value.street,
        f"{value.code} {value.city}".strip(),
        value.region,
        value.country,
    )
    return ", ".join(str(part).replace("\n", ", ").strip() for part in parts if str(part).strip())


def _calendar(opened: ForeignFile) -> bool:
    return opened.text[:200].lstrip("\ufeff \t\r\n").lower().startswith("begin:vcalendar")


def _calendar_rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    from icalendar import Calendar

    text, lost = _closed(opened.text.lstrip("\ufeff"))
    for number in lost:
        yield ForeignRow(number, passed=_NO_EVENT)
    for calendar in Calendar.from_ical(text, multiple=True):
        for number, event in enumerate(calendar.walk("VEVENT"), 1):
            try:
                yield _event(number, event, asked)
            except (AttributeError, TypeError, ValueError, OverflowError):  # a field given twice
                yield ForeignRow(number, passed=_NO_EVENT)


def _closed(text: str) -> tuple[str, range]:
    """Return a calendar up to its last whole event where it was cut short, and which are lost."""
    begun, ended = (list(re.finditer(rf"^{word}:VEVENT\b.*", text, re.M | re.I)) for word in _ENDS)
    if len(begun) <= len(ended):
        return text, range(0)
    whole = f"{text[: ended[-1].end()]}\nEND:VCALENDAR\n" if ended else ""
    return whole, range(len(ended) + 1, len(begun) + 1)


_OWN: Final = re.compile(r"(.+)-(\d{1,9})@docket")
"""What `docket export` names an event by: the entry it was."""


def _event(number: int, event: Any, asked: HowRead) -> ForeignRow:
    """Return a meeting that was, as a note of when and how long; its title says whose it is."""
    title = str(event.get("SUMMARY", "")).strip()
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return ForeignRow(number, whose=title, passed=_CALLED_OFF)
    begin = event.get("DTSTART")
    if begin is None:
        return ForeignRow(number, whose=title, passed="no day that can be read")
    at = begin.dt if isinstance(begin.dt, datetime) else datetime.combine(begin.dt, time())
    local = asked.local(at)
    if local > asked.now:
        return ForeignRow(number, whose=title, passed=_AHEAD)
    own = _OWN.fullmatch(str(event.get("UID", "")))
    if own:
        said = str(event.get("DESCRIPTION", "")).strip() or title.partition(": ")[2]
        return ForeignRow(
            number, {**_met(asked, at), "statement": said}, title, own="#".join(own.groups())
        )
    lines = [f"Meeting: {title}" if title else "Meeting"]
    if (end := _end(event)) is not None and isinstance(begin.dt, datetime):
        minutes = int((asked.local(end) - local).total_seconds() // 60)
        lines[0] += f" ({minutes // 60}:{minutes % 60:02} h)" if 0 < minutes < 6000 else ""
    for label, name in (("Where", "LOCATION"), ("", "DESCRIPTION")):
        if text := str(event.get(name, "")).strip():
            lines.append(f"{label}: {text}" if label else text)
    if people := _people(event):
        lines.append(f"With: {', '.join(people)}")
    if event.get("RRULE"):
        lines.append("It was planned to come again and again; this is the first.")
    fields = _met(asked, at, exact=isinstance(begin.dt, datetime))
    return ForeignRow(number, {**fields, "statement": "\n".join(lines)}, " ".join([title, *people]))


def _met(asked: HowRead, at: datetime, *, exact: bool = True) -> dict[str, Any]:
    fields = {"kind": "note", "channel": "meeting", "source": "document"}
    return {**moment_fields(asked, at, exact=exact), **fields}


def _end(event: Any) -> datetime | None:
    end = event.get("DTEND")
    found: date | None = end.dt if end is not None else None
    return found if isinstance(found, datetime) else None


def _people(event: Any) -> list[str]:
    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    return [str(one.params.get("CN") or str(one).removeprefix("mailto:")) for one in attendees]


CONTACTS: Final = (
    FileSort("an address book (vCard)", _cards, _card_rows),
    FileSort("a calendar (iCalendar)", _calendar, _calendar_rows),
)
