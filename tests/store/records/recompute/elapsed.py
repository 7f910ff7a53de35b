"""Where the time went, counted day by day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from store.recheck.entries import Entry
from store.recheck.figures import counted, hours, joined, long_day, numbered

from .compare import Cell, Reckoned
from .record import Record, requests

_DAY = timedelta(1)
_HEADERS = (
    "Week from|Working days|No wait on record|Waited for the client|Waited for me|Work stopped"
    "|Handed over|Hours of work"
)


def elapsed(record: Record) -> Reckoned:
    """Return the weeks with somebody waited for, the others, and all."""
    mine = Reckoned()
    first = record.docket.standing[0].day
    last = closed_on(record)
    theirs = _theirs(record)
    my_own = _my_own(record, theirs)
    weeks: dict[date, list[Fraction]] = {}
    day = first - timedelta(first.weekday())
    while day <= last:
        week = weeks.setdefault(day - timedelta(day.weekday()), [Fraction(0)] * 6)
        if first <= day and _works(record, day):
            week[
                2 if day in my_own else 1 if day in theirs else 3 if _idle(record, day) else 0
            ] += 1
        day += _DAY
    _add_done(record, weeks)
    waited = {monday: week for monday, week in weeks.items() if any(week[1:4])}
    rest = [week for monday, week in weeks.items() if monday not in waited]
    rows = [_alike(run) for run in _runs(waited)]
    if rest:
        rows.append(_row(f"{counted(len(rest), 'week', 'weeks')} without waiting", rest))
    rows.append(_row("Total", list(weeks.values())))
    by_week = record.purpose not in ("court", "mediator")
    mine.table(_HEADERS, rows if waited and by_week else [])
    on, client, me, stop = (sum(int(week[n]) for week in weeks.values()) for n in range(4))
    said = [
        f"On {numbered(count, 'of them', 'of them')} {what}."
        for count, what in (
            (client, "the client was waited for"),
            (me, "I was waited for"),
            (stop, "work was stopped"),
        )
        if count
    ]
    all_days = on + client + me + stop
    there = "was one working day" if all_days == 1 else f"were {all_days} working days"
    mine.line(
        f"From {long_day(first)} to {long_day(last)} there {there}. "
        f"{' '.join(said) or 'No wait is on record.'}"
    )
    if record.off:
        off = joined([str(one) for one in sorted(record.off) if first <= one <= last])
        names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        worked = joined([names[one] for one in sorted(record.week)])
        mine.line(f"Working days are {worked}, without the holidays {off}")
    return mine


def _idle(record: Record, day: date) -> bool:
    """Whether work was stopped on a day: a stop before it was not followed by a resume up to it."""
    stop = False
    for one in record.docket.of("stop", "resume"):
        if one.kind == "resume" and one.day <= day:
            stop = False
        elif one.kind == "stop":
            named = one.data.get("effective")
            begins = date.fromisoformat(named) if named else one.day + _DAY
            stop = stop or max(begins, one.day) <= day
    return stop


def _works(record: Record, day: date) -> bool:
    return day.weekday() in record.week and day not in record.off


def closed_on(record: Record) -> date:
    """Return the day of the notice that ended it, unless it was taken up again; else today."""
    turns = record.docket.of("end-notice", "resume", "repeat-work")
    return turns[-1].day if turns and turns[-1].kind == "end-notice" else record.as_of


def _theirs(record: Record) -> set[date]:
    """Return the working days on which something of theirs was waited for."""
    found: set[date] = set()
    spans = [(one.needed + _DAY, one.end) for one in requests(record) if one.needed]
    for held in record.docket.of("approval-block", "access-withheld"):
        asked = [one for one in _sought(record) if one in _named(held)]
        came = [
            one.day
            for one in _ends(record)
            if held.seq in _named(one)
            or ((one.day, one.seq) > (held.day, held.seq) and set(asked[:1]) & set(_named(one)))
        ]
        came += [record.as_of] if asked else []
        spans += [(held.day, came[0])] if came else []
    for first, last in spans:
        found |= {
            first + timedelta(n)
            for n in range((last - first).days + 1)
            if _works(record, first + timedelta(n))
        }
    return found


def _sought(record: Record) -> list[int]:
    return [one.seq for one in record.docket.of("request") if one.data.get("seeks")]


def _ends(record: Record) -> list[Entry]:
    return record.docket.of("acceptance", "answer", "concession", "confirmation")


def _named(one: Entry) -> list[int]:
    return [int(link["seq"]) for link in one.raw.get("links", [])]


def _my_own(record: Record, theirs: set[date]) -> set[date]:
    """Return the working days on which a promise of mine was late, its day moved by theirs."""
    found: set[date] = set()
    for one in record.docket.of("promise"):
        if one.data.get("by") != "me":
            continue
        due = date.fromisoformat(one.data["due"])
        for day in sorted(theirs):
            if one.day < day <= due:
                due += _DAY
                while not _works(record, due):
                    due += _DAY
        settled = [
            end for said in ("keeps", "breaks") for end in record.docket.linked(said, one.seq)
        ]
        settled += [o for o in record.docket.of("promise-released") if o.target("about") == one.seq]
        end = max((other.day for other in settled), default=record.as_of)
        late = (due + timedelta(n) for n in range(1, (end - due).days + 1))
        found |= {day for day in late if _works(record, day)}
    return found


def _add_done(record: Record, weeks: dict[date, list[Fraction]]) -> None:
    for one in record.docket.of("delivery", "hours"):
        week = weeks.get(one.day - timedelta(one.day.weekday()))
        if week and one.kind == "delivery":
            week[4] += 1
        elif week and one.data.get("spent", "work") == "work":
            week[5] += one.amount("hours")


def _runs(waited: dict[date, list[Fraction]]) -> list[list[tuple[date, list[Fraction]]]]:
    """Return the weeks with those together that follow each other and were lost alike."""
    runs: list[list[tuple[date, list[Fraction]]]] = []
    for monday, week in waited.items():
        last, before = runs[-1][-1] if runs else (date.min, week)
        lost = [bool(count) for count in week[1:4]]
        if last == monday - 7 * _DAY and [bool(count) for count in before[1:4]] == lost:
            runs[-1].append((monday, week))
        else:
            runs.append([(monday, week)])
    return runs


def _alike(run: list[tuple[date, list[Fraction]]]) -> list[Cell]:
    first = run[0][0].isoformat()
    name = first if len(run) == 1 else f"{len(run)} weeks from {first}"
    return _row(name, [week for _, week in run])


def _row(name: str, weeks: list[list[Fraction]]) -> list[Cell]:
    sums = [sum((week[n] for week in weeks), Fraction(0)) for n in range(6)]
    cells: list[Cell] = [name, str(sum(sums[:4]))]
    return [*cells, *(str(one) for one in sums[:5]), hours(sums[5])]
