"""What is left out and why, and the annexes."""

from __future__ import annotations

from datetime import date

from store.recheck.entries import Entry
from store.recheck.journal import Line

from .chronology import changes
from .compare import Cell, Reckoned, Words
from .record import Record

ALWAYS = frozenset("client terms interest fixed-sum invoice payment disputed cost".split())
"""The kinds that are about the agreement or the account."""

RELATIONS = "amends adds-to late-of voids answers accepts keeps breaks about".split()


def reasons(record: Record) -> dict[str, int]:
    """Return why each entry left out is left out, counted; a correction goes with what it is of."""
    found = dict.fromkeys(("internal", "settlement", "redacted", "unchosen", "outside"), 0)
    for line in record.journal.lines:
        if line.seq not in record.docket.all:
            why = why_left_out(record, line)
            found[why] = found.get(why, 0) + 1
    if record.purpose not in ("mediator", "own"):
        found["internal"] += found["settlement"]
        found["settlement"] = 0
    return found


def why_left_out(record: Record, line: Line) -> str:
    """Return why an entry is left out; a correction for the reason that what it is of has."""
    lines = {one.seq: one for one in record.journal.lines}
    return _why(record, _root(lines, line), line)


def _root(lines: dict[int, Line], line: Line) -> Line:
    while line.fields["kind"] in ("amendment", "addendum", "void"):
        line = lines[int(line.fields["links"][0]["seq"])]
    return line


def _why(record: Record, root: Line, line: Line) -> str:
    for one in (line, root):
        if one.fields.get("visibility", "record") == "internal":
            return "internal"
    if record.purpose != "mediator" and "settlement" in (
        one.fields.get("visibility", "record") for one in (line, root)
    ):
        return "settlement"
    if line.seq in record.whole or root.seq in record.whole:
        return "redacted"
    kind = line.fields["kind"] if record.purpose == "public" else root.fields["kind"]
    if record.chosen and (kind not in record.chosen or _moved(record, line)):
        return "unchosen"
    day = date.fromisoformat(root.fields["occurred_at"][:10])
    return "outside" if not record.since <= day <= record.until else "for no reason"


def _moved(record: Record, line: Line) -> bool:
    """Whether an entry was withdrawn or moved since, which a facts sheet then leaves out."""
    since = [one.fields for one in record.journal.lines if _root_seq(one) == line.seq]
    moved = any("occurred_at" in one.get("data", {}).get("changes", {}) for one in since)
    return record.purpose == "public" and (moved or any(one["kind"] == "void" for one in since))


def _root_seq(line: Line) -> int:
    corrects = line.fields["kind"] in ("amendment", "void")
    return int(line.fields["links"][0]["seq"]) if corrects else 0


def corrections(record: Record) -> Reckoned:
    """Annex A."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    for one in record.docket.all.values():
        for seq in sorted([*one.corrected_by, *([one.voided_by] if one.voided_by else [])]):
            rows += _corrections(record, one, record.docket.all[seq])
    mine.table("Entry|By|Recorded|What|Before|After|Reason", rows, 2)
    return mine


def _corrections(record: Record, one: Entry, by: Entry) -> list[list[Cell]]:
    head: list[Cell] = [str(one.seq), f"entry {by.seq}", by.recorded.date().isoformat()]
    why = Words(by.reason() or by.statement)
    if by.kind != "amendment":
        after = Words(by.statement if by.kind == "addendum" else "")
        return [[*head, None, Words(""), after, why]]
    return [
        [*head, None, Words(before), Words(after), why]
        for amendment, _, before, after in changes(record, one)
        if amendment is by
    ]


def out_of_place(record: Record) -> list[int]:
    """Return the entries that are shown although they should not be, by number."""
    allowed = ("record", "settlement") if record.purpose == "mediator" else ("record",)
    return [
        one.seq
        for one in record.docket.all.values()
        if one.visibility not in allowed or not _belongs(record, one)
    ]


def _belongs(record: Record, one: Entry) -> bool:
    """Whether an entry, or one that it is linked with, is of the period and the kinds chosen."""
    linked = [int(link["seq"]) for link in one.raw.get("links", [])]
    near = [one, *(record.docket.all[seq] for seq in linked if seq in record.docket.all)]
    near += [other for other in record.docket.all.values() if other.target(*RELATIONS) == one.seq]
    kinds = record.chosen
    wanted = [other for other in near if not kinds or other.kind in kinds or other.kind == "client"]
    return any(
        record.since <= other.day <= record.until or other.kind in ALWAYS for other in wanted
    )


def redactions(record: Record) -> Reckoned:
    """Annex B: each digest is made anew from the seed."""
    mine = Reckoned()
    lines = {line.seq: line for line in record.journal.lines}
    rows: list[list[Cell]] = [[str(seq), "all of it", lines[seq].hash[:8]] for seq in record.whole]
    for seq, names in record.hidden.items():
        rows += [[str(seq), name, lines[seq].digest(name)[:8]] for name in sorted(names)]
    mine.table("Entry|What is withheld|Digest", rows, 1)
    return mine


def digests(record: Record) -> Reckoned:
    """Annex C."""
    mine = Reckoned()
    runs: list[tuple[str, list[Line]]] = []
    for line in record.journal.lines:
        hidden = "withheld" if line.seq in record.whole else "left out"
        seen = "shown" if line.seq in record.docket.all else hidden
        if not runs or runs[-1][0] != seen:
            runs.append((seen, []))
        runs[-1][1].append(line)
    rows: list[list[Cell]] = []
    for seen, lines in runs:
        first, last = lines[0].seq, lines[-1].seq
        rows.append([f"{first}-{last}" if last > first else f"{first}", seen, lines[-1].hash])
    mine.table("Entries|In this record|Hash of the last", rows)
    return mine
