"""Reads one client's story from TOML: rows relative to a moment, turned into fields of drafts.

A story holds `id`, `entries`, and the private `checkins`, `guts`, `decisions`, `referred_by`. An
entry is [when, kind, statement, {more}]: `more` holds fields of the draft, of its data, and these:
`late` ("9d", typed that much later), `clock_back` ("1h", the clock stood that far behind), `label`,
`link` ("answers photos", by label) and `why`, `quote` and `by_whom`, `invoice`, `project`,
`basis` (the source of a rate), `attach` ([[name, text]]). A decision is
[when, choice, why, verdict, days ago of its review]. What is not `late` is typed in the order
of the file.

Times are "DAYS HH:MM": that many days before the moment, at that local time; "DAYS" alone is a day
known no closer, "~DAYS" is about that day, "DAYS HHh" is that hour. `{30}` in a text becomes the
day 30 days before the moment.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from typing import Any

from store.dates import Precision
from store.entries.words import WRITTEN
from store.private.model import CheckIn, Decision, GutAnswer, Private

_WHEN = re.compile(r"(~?)(\d{1,4})(?: (\d{2}):(\d{2})| (\d{2})h)?")
_DAY = re.compile(r"\{(-?\d{1,4})\}")
_SPAN = re.compile(r"(\d{1,3})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_DAYS_AGO = frozenset({"due", "needed_by", "effective", "until", "starts"})
_PLAIN = frozenset({"occurred_at", "precision", "channel", "source", "visibility"})


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One entry to log: what to draft, when it was typed, and what it links to by label.

    `recorded_at` orders the rows, `shown_at` is what the clock says then. `links` are (relation,
    label, reason), `label` is what later rows call this one, `files` are (name, text) to attach.
    """

    kind: str
    statement: str
    fields: Mapping[str, Any]
    recorded_at: datetime
    shown_at: datetime
    label: str
    links: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One client: rows in the order they were typed, and what is private."""

    client: str
    rows: tuple[StoryRow, ...]
    private: Private


def stories(now: datetime) -> list[Story]:
    """Return every story of the sample, told back from `now`, by client id."""
    folder = resources.files("store.sample") / "clients"
    texts = [one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")]
    return sorted((read_story(text, now) for text in texts), key=lambda story: story.client)


def read_story(text: str, now: datetime) -> Story:
    """Return the story in `text`; KeyError, ValueError or TOMLDecodeError where it is mistyped."""
    raw = tomllib.loads(text)
    rows: list[StoryRow] = []
    typed = datetime.min.replace(tzinfo=UTC)
    for position, (when, kind, statement, *rest) in enumerate(raw["entries"]):
        more = dict(rest[0]) if rest else {}
        at, precision = moment(when, now)
        late = more.pop("late", "")
        recorded = _recorded(at, precision, late, position, now)
        if not late:  # typed after what stands before it
            recorded = typed = max(recorded, typed + timedelta(seconds=50))
        more |= {"occurred_at": at, "precision": precision}
        rows.append(_row(kind, statement, more, recorded, now))
    rows.sort(key=lambda row: row.recorded_at)
    return Story(raw["id"], tuple(rows), _private(raw, rows, now))


def _row(
    kind: str, statement: str, more: dict[str, Any], recorded: datetime, now: datetime
) -> StoryRow:
    back = _span(more.pop("clock_back", "0m"))
    label = more.pop("label", "")
    why = more.pop("why", "")
    links = tuple((*link.split(), why) for link in _listed(more.pop("link", [])))
    fields: dict[str, Any] = {name: more.pop(name) for name in _PLAIN & more.keys()}
    if fields.get("channel") in WRITTEN:
        fields.setdefault("source", "message")
    fields["refs"] = {name: more.pop(name) for name in ("project", "invoice") if name in more}
    by = more.pop("by_whom", "client")
    quotes = _listed(more.pop("quote", []))
    fields["quotes"] = [{"text": _dated(quote, now), "by": by} for quote in quotes]
    files = tuple((name, _dated(text, now)) for name, text in more.pop("attach", []))
    if basis := more.pop("basis", ""):
        more["source"] = basis
    fields["data"] = _data(more, now)
    return StoryRow(
        kind, _dated(statement, now), fields, recorded, recorded - back, label, links, files
    )


def moment(text: str, now: datetime) -> tuple[datetime, Precision]:
    """Return the moment that "DAYS HH:MM" names, in the zone of `now`, and how exact it is."""
    match = _WHEN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not DAYS HH:MM")
    about, days, hour, minute, whole = match.groups()
    at = time(int(hour or whole or 0), int(minute or 0))
    precision: Precision = "minute" if minute else "hour" if whole else "day"
    local = datetime.combine(_ago(int(days), now), at, tzinfo=now.tzinfo)
    return local, "about" if about else precision


def _recorded(
    at: datetime, precision: Precision, late: str, position: int, now: datetime
) -> datetime:
    """Return when it was typed: after `late`, else within two hours; a bare day that evening."""
    known = at if precision in ("minute", "hour") else at.replace(hour=17, minute=40)
    lag = _span(late) if late else timedelta(minutes=4 + position * 37 % 113)
    seconds = timedelta(seconds=position * 17 % 60)
    return min(known.astimezone(UTC) + lag + seconds, now.astimezone(UTC))


def _private(raw: Mapping[str, Any], rows: Iterable[StoryRow], now: datetime) -> Private:
    """Return what is private; a decision rests on the entries typed before it."""
    decisions = []
    for when, choice, why, verdict, *review in raw.get("decisions", []):
        at = moment(when, now)[0]
        decisions.append(
            Decision(
                at=at,
                choice=choice,
                why=why,
                verdict=verdict,
                review=_ago(review[0], now) if review else None,
                entries=sum(row.recorded_at <= at for row in rows),
            )
        )
    felt = [CheckIn(at=moment(when, now)[0], **felt) for when, felt in raw.get("checkins", [])]
    guts = [GutAnswer(at=moment(when, now)[0], answer=said) for when, said in raw.get("guts", [])]
    return Private(
        checkins=tuple(felt),
        guts=tuple(guts),
        decisions=tuple(decisions),
        referred_by=raw.get("referred_by", ""),
    )


def _data(raw: Any, now: datetime) -> Any:
    """Return `raw` with days ago turned into dates, also inside an amendment, or a plan's parts."""
    if isinstance(raw, list):
        return [_data(one, now) for one in raw]
    if not isinstance(raw, dict):
        return raw
    return {
        name: _ago(value, now).isoformat() if name in _DAYS_AGO else _data(value, now)
        for name, value in raw.items()
    }


def _dated(text: str, now: datetime) -> str:
    return _DAY.sub(lambda match: _ago(int(match[1]), now).isoformat(), text)


def _ago(days: int, now: datetime) -> date:
    return now.date() - timedelta(days=days)


def _span(text: str) -> timedelta:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a span such as 40m, 3h or 9d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
