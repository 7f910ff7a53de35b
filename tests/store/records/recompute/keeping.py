"""Exhibits with their files and custody, and how the record is kept."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from store.recheck.entries import CORRECTIONS, GOOD, Entry
from store.recheck.figures import counted, days, entries, plain, rounded
from store.recheck.journal import Line, sha

from .annexes import reasons
from .compare import Cell, Reckoned, Words
from .record import Record

FILES = (
    "The files stand in the folder exhibits, named by their labels; manifest.json says which of "
    "them are not in it. The SHA-256 was taken when the file was added. The date is that of the "
    "entry; when a file was last changed is what the file itself said then."
)


def exhibits(record: Record) -> Reckoned:
    """Section 13, with each file read anew."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    for one, told in files(record):
        rows.append(_file(record, one, told))
    headers = "Label|Date|Bytes|Last changed|File|Description|How obtained|SHA-256|Custody"
    mine.table(headers, rows, 1)
    if rows and record.custody is not None:
        count = counted(record.custody_count, "line", "lines")
        mine.line(
            "Custody is counted from a journal that only grows, this record's own export with it: "
            f"custody.jsonl, {count} to the head {record.custody.head(record.custody_count)}. "
            "Paths and folders are withheld there by their digests."
        )
    if rows:
        mine.line(FILES)
    return mine


def files(record: Record) -> list[tuple[Entry, dict[str, str]]]:
    """Return each file once, with the first entry shown that has it."""
    found: dict[str, tuple[Entry, dict[str, str]]] = {}
    for one in record.docket.all.values():
        for told in one.raw.get("exhibits", []):
            found.setdefault(told["sha256"], (one, told))
    return list(found.values())


def _file(record: Record, one: Entry, told: dict[str, str]) -> list[Cell]:
    data = record.exhibits.get(told["sha256"], b"")
    changed = str(told.get("modified", "-"))[:16].replace("T", " ")
    about = f"{one.statement} entry {one.seq} {one.target('adds-to') or ''}"
    digest = sha(data)
    row: list[Cell] = [
        record.files[told["sha256"]],
        one.occurred,
        str(len(data)),
        changed,
        Words(told["name"]),
    ]
    return [*row, Words(about, cut=True), None, digest, _custody(record, one, digest)]


def _custody(record: Record, one: Entry, digest: str) -> str:
    lines: list[Line] = record.custody.lines[: record.custody_count] if record.custody else []
    mine = [line for line in lines if line.fields["sha256"] == digest]
    added = [line for line in mine if line.fields["act"] == "added"]
    when = str(added[0].fields["recorded_at"])[:10] if added else one.recorded.date().isoformat()
    said = [f"added {when} by {one.raw.get('author', record.by)}"]
    for act, word in (("looked", "looked at"), ("exported", "exported")):
        done = [str(line.fields["recorded_at"])[:10] for line in mine if line.fields["act"] == act]
        if done:
            said.append(f"{word} {counted(len(done), 'time', 'times')}, last {done[-1]}")
    return "; ".join(said if len(said) > 1 else [*said, "no look or export noted"])


def kept(record: Record) -> Reckoned:
    """Section 14."""
    mine = Reckoned()
    shown = sorted(record.docket.all.values(), key=lambda one: one.seq)
    authors = Counter(str(one.raw.get("author", "-")) for one in shown)
    mine.line(f"Entries shown: {len(shown)}. Recorded by: {_counts(authors)}.")
    zones = Counter(_zone(one) for one in shown)
    mine.line(f"Time zones of the entries: {_counts(zones)}.")
    good = sum(one.kind in GOOD for one in record.docket.standing)
    _lags(mine, shown, good)
    _behind(record, mine, shown)
    mine.line(f"Entries shown about something that went well: {good}.")
    mine.line(_left_out(record))
    rows: list[list[Cell]] = [
        [str(one["count"]), str(one["at"]), str(one["head"])] for one in record.anchors
    ]
    mine.table("Entries|Noted at (UTC)|Hash of the last", rows)
    return mine


def _zone(one: Entry) -> str:
    return str(one.raw.get("zone") or f"UTC{one.at:%z}")


def _counts(counted_: Counter[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in sorted(counted_.items()))


def _lags(mine: Reckoned, shown: list[Entry], good: int) -> None:
    lags = sorted(one.lag for one in shown)
    late = [one for one in lags if one]
    well = ", on good days and bad" if good else ""
    if late:
        noted = f"Of {len(lags)} entries shown, {lags.count(0)} were noted on the day"
        later = f"{len(late)} later, by up to {days(late[-1])}."
        mine.line(f"Entries are made in Docket in the course of the work{well}. {noted}; {later}")
    same = lags.count(0)
    half = len(lags) // 2
    median = Fraction(lags[half] + lags[~half], 2)
    share = int(rounded(Fraction(100 * same, len(lags)), 0))
    of = f"{share} % ({same} of {len(lags)})"
    mine.line(f"Recorded the same day: {of}; median lag {plain(median)} d, longest {lags[-1]} d.")
    mine.line(f"Recorded on a later day: {entries(one.seq for one in shown if one.lag)}.")


def _behind(record: Record, mine: Reckoned, shown: list[Entry]) -> None:
    behind = entries(one.seq for one in shown if one.raw.get("clock_behind"))
    mine.line(f"Recorded while the computer's clock stood behind the entry before: {behind}.")
    notice = next(iter(record.docket.of("notice")), None)
    if notice:
        told = [
            one.seq
            for one in shown
            if one.day < notice.day < one.recorded.date() and one.kind not in CORRECTIONS
        ]
        mine.line(
            f"Occurred before the first formal notice ({notice.day}, entry {notice.seq}) "
            f"and recorded after it: {entries(told)}."
        )


def _left_out(record: Record) -> str:
    found = reasons(record)
    chosen = f"{_entries(found['unchosen'])} of other kinds, " if record.chosen else ""
    return (
        f"The docket has {len(record.journal.lines)} entries. Left out here: "
        f"{found['internal']} internal {'entry' if found['internal'] == 1 else 'entries'}, "
        f"{_entries(found['settlement'])} about a settlement, "
        f"{_entries(found['redacted'])} withheld by choice (Annex B), {chosen}"
        f"{_entries(found['outside'])} outside the period. Each keeps its number and its hash, "
        "so the chain can be checked to its head without it. A correction of an entry that is left "
        "out is left out with it and counted with it. Entries outside the period are shown all the "
        "same where they are about the agreement or the account."
    )


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")
