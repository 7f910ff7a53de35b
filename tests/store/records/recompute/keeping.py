"""Exhibits with their files and custody, and how the record is kept."""

from __future__ import annotations

from collections import Counter

from store.recheck.entries import CORRECTIONS, Entry
from store.recheck.figures import counted, days, entries, joined, long_day, numbered
from store.recheck.journal import Line, sha

from .annexes import reasons, why_left_out
from .compare import Cell, Reckoned, Words
from .record import Record

_HANDLED = {"looked": "looked at", "exported": "exported"}
_LISTED = 12
_KEPT = (
    "Each keeps its number and its hash, so the chain can be checked to its head without it. A "
    "correction of an entry that is left out is left out with it and counted with it."
)
FILES = (
    "The files stand in the folder exhibits, named by their labels; manifest.json says which of "
    "them are not in it. They are numbered in the order in which they were added to the log, so "
    "that a file has the same label in every document. The SHA-256 of each was taken when it was "
    "added, and stands in manifest.json and in its entry's line of chain.jsonl. The date is that "
    "of the entry; when a file was last changed is what the file itself said then."
)


def exhibits(record: Record) -> Reckoned:
    """Section 13, with each file read anew."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    for one, told in files(record):
        rows.append(_file(record, one, told))
    headers = "Label|Date|Bytes|File and what it is"
    alike = _alike(record)
    if alike:
        mine.table(headers, [row[:4] for row in rows], 1)
    else:
        mine.table(f"{headers}|Custody", rows, 1)
    said = [f"Custody of each: {alike}."] if alike else []
    if rows and record.custody is not None:
        count = counted(record.custody_count, "line", "lines")
        said.append(
            "Custody is counted from a journal that only grows, this record's own export with it: "
            f"custody.jsonl, {count} to the head {record.custody.head(record.custody_count)}."
        )
    mine.line(" ".join(said))
    if rows:
        mine.line(FILES)
    mine.line(files_left_out(record))
    return mine


def files_left_out(record: Record) -> str:
    """Return what is said of the exhibits of the client that the record does not show."""
    here = {told["sha256"] for _, told in files(record)}
    by_reason: dict[str, list[int]] = {}
    for line in record.journal.lines:
        for told in line.fields.get("exhibits", []):
            if told["sha256"] in here:
                continue
            here.add(told["sha256"])
            number = int(record.files[told["sha256"]].rpartition("-")[2])
            by_reason.setdefault(_why_not(record, line), []).append(number)
    initials = "".join(word[0] for word in record.by.split())[:3].upper()
    said = []
    for why, numbers in by_reason.items():
        starts = [one for one in numbers if one - 1 not in numbers]
        ends = [one for one in numbers if one + 1 not in numbers]
        runs = [
            f"{initials}-{first}" + (f" to {initials}-{last}" if last > first else "")
            for first, last in zip(starts, ends, strict=True)
        ]
        said.append(f"{joined(runs)} ({why})")
    count = sum(map(len, by_reason.values()))
    several = numbered(count, "exhibit of the log is", "exhibits of the log are").capitalize()
    return f"{several} not in this document: {joined(said)}." if said else ""


def _why_not(record: Record, line: Line) -> str:
    if line.seq in record.docket.all:
        return "redacted"
    words = {"internal": "withheld", "settlement": "withheld", "redacted": "redacted"}
    words |= {"unchosen": "not chosen", "outside": "outside the period"}
    return words[why_left_out(record, line)]


def files(record: Record) -> list[tuple[Entry, dict[str, str]]]:
    """Return each file once, with the first entry shown that has it."""
    found: dict[str, tuple[Entry, dict[str, str]]] = {}
    for one in record.docket.all.values():
        for told in one.raw.get("exhibits", []):
            found.setdefault(told["sha256"], (one, told))
    return list(found.values())


def _file(record: Record, one: Entry, told: dict[str, str]) -> list[Cell]:
    data = record.exhibits.get(told["sha256"], b"")
    changed = str(told.get("modified", ""))[:16].replace("T", " ")
    adds_to = one.target("adds-to") or ""
    about = f"{one.statement} entry {one.seq} {adds_to} {told.get('obtained', '')} {changed}"
    label = record.files[told["sha256"]]
    row: list[Cell] = [label, one.occurred, str(len(data))]
    return [*row, Words(f"{told['name']} {about}", cut=True), _custody(record, one, sha(data))]


def _alike(record: Record) -> str:
    """Return the custody of all files where it is the same, and each came on its day."""
    found = [(one, _custody(record, one, told["sha256"])) for one, told in files(record)]
    if not found or any(one.recorded.date() != one.day for one, _ in found):
        return ""
    said = {words.replace(f"added {one.day}", "added on its date") for one, words in found}
    return said.pop() if len(said) == 1 else ""


def _custody(record: Record, one: Entry, digest: str) -> str:
    lines: list[Line] = record.custody.lines[: record.custody_count] if record.custody else []
    mine = [line for line in lines if line.fields["sha256"] == digest]
    added = [line for line in mine if line.fields["act"] == "added"]
    when = str(added[0].fields["recorded_at"])[:10] if added else one.recorded.date().isoformat()
    said = [f"added {when} by {one.raw.get('author', record.by)}"]
    handled = [line.fields for line in mine if line.fields["act"] in _HANDLED]
    for act, word in _HANDLED.items():
        if done := sum(one["act"] == act for one in handled):
            often = {1: "once", 2: "twice"}.get(done, f"{done} times")
            said.append(f"{word} {often}")
    if handled:
        said.append(f"last on {str(handled[-1]['recorded_at'])[:10]}")
    return "; ".join(said)


def kept(record: Record) -> Reckoned:
    """Section 14."""
    mine = Reckoned()
    shown = sorted(record.docket.all.values(), key=lambda one: one.seq)
    _lags(mine, shown)
    authors = Counter(str(one.raw.get("author", "somebody not named")) for one in shown)
    if authors.keys() - {record.by}:
        mine.line(f"Recorded by {_counts(authors)}.")
    zones = Counter(_zone(one) for one in shown)
    if len(zones) > 1:
        mine.line(f"Time zones of the entries: {_counts(zones)}.")
    _behind(record, mine, shown)
    mine.line(_left_out(record))
    rows: list[list[Cell]] = [
        [str(one["count"]), str(one["at"]), str(one["head"])] for one in record.anchors
    ]
    mine.table("Entries|Noted at (UTC)|Hash of the last", rows)
    return mine


def _zone(one: Entry) -> str:
    return str(one.raw.get("zone") or f"UTC{one.at:%z}")


def _counts(counted_: Counter[str]) -> str:
    return joined([f"{name} ({count})" for name, count in sorted(counted_.items())])


def _lags(mine: Reckoned, shown: list[Entry]) -> None:
    how = "Entries are made in Docket in the course of the work."
    lags = sorted(one.lag for one in shown)
    regular = lags[len(lags) // 2] + lags[~(len(lags) // 2)] <= 2 * 2
    mine.line(f"{f'{how} ' if regular else ''}{noted(shown)}")


def noted(shown: list[Entry]) -> str:
    """Return how many entries are shown, and how late they were noted."""
    late = [one for one in shown if one.lag]
    many = numbered(len(shown), "entry is", "entries are")
    if not late:
        return f"{many} shown, all noted on the day they occurred."
    longest = days(max(one.lag for one in late))
    if len(late) == len(shown):
        return f"{many} shown, all noted later than they occurred, by up to {longest}."
    named = f" ({entries(one.seq for one in late)})" if len(late) <= _LISTED else ""
    said = f"{numbered(len(late), 'of them was', 'of them were')} noted later than they occurred"
    if len(late) == 1:
        return f"{many} shown. One of them was noted {longest} later than it occurred{named}."
    return f"{many} shown. {said}, by up to {longest}{named}, the rest on the day."


def _behind(record: Record, mine: Reckoned, shown: list[Entry]) -> None:
    behind = entries(one.seq for one in shown if one.raw.get("clock_behind"))
    mine.line(f"Recorded while the computer's clock stood behind the entry before: {behind}.")
    notice = next(iter(record.docket.of("notice")), None)
    if not notice:
        return
    told = [
        one.seq
        for one in shown
        if one.day < notice.day < one.recorded.date() and one.kind not in CORRECTIONS
    ]
    which = f"occurred before the first formal notice ({long_day(notice.day)}, entry {notice.seq})"
    if not told:
        mine.line(f"Nothing that {which} was recorded after it.")
    else:
        were = "was" if len(told) == 1 else "were"
        many = numbered(len(told), "entry", "entries")
        mine.line(f"{many} that {which} {were} recorded after it ({entries(told)}).")


def _left_out(record: Record) -> str:
    found, by_choice = reasons(record), " withheld by choice (Annex B)"
    said = [
        numbered(count, f"{before}entry{of_one}", f"{before}entries{of_many}")
        for count, before, of_one, of_many in (
            (found["internal"], "", "", ""),
            (found["settlement"], "", " about a settlement", " about a settlement"),
            (found["redacted"], "", by_choice, by_choice),
            (found["unchosen"], "", " of another kind", " of other kinds"),
            (found["outside"], "", " outside the period", " outside the period"),
        )
        if count
    ]
    parts = [seq for seq, names in record.hidden.items() if names - {"called"}]
    told = [docket_has(record), "Nothing is left out."]
    if said:
        told = [docket_has(record), f"Left out here: {joined(said)}.", _KEPT]
    if parts:
        told.append(f"Parts of {entries(parts)} are withheld by choice (Annex B).")
    return " ".join(told)


def docket_has(record: Record) -> str:
    """Return how many entries the docket has."""
    count = len(record.journal.lines)
    return f"The docket has {'one entry' if count == 1 else counted(count, 'entry', 'entries')}."
