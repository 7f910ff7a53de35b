"""Whether what a record states of itself fits what it shows: purpose, period, moment, files."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from store.anchors import Anchor
from store.docket.exhibits import exhibit_label
from store.entries import Entry
from store.entries.words import SLACK
from store.records.dispute.custody import CUSTODY_FILE
from store.records.dispute.material import Material
from store.records.dispute.selection import Omission, hidden_entries
from store.records.folder.contents import ANCHORS, CHAIN, MANIFEST, base_name, exhibit_path
from store.text import plural

_EXPORTING = timedelta(hours=1)
"""How long after a record's moment its custody lines may be: exhibits are searched between."""

_NEVER: Final[dict[Omission, str]] = {
    "internal": "is internal, and no record shows such",
    "settlement": "is settlement talk, and it is not for a mediator",
    "redacted": "is about one that is withheld",
    "unchosen": "is of none of the kinds it is an extract of",
    "outside": "is outside its period",
}


def misfits(material: Material) -> list[str]:
    """Return what cannot be so, each with the file that says it; empty for an honest record.

    Whether the purpose, the period and the numbers left out are those of the day the record was
    made cannot be told from it, only whether such a record would show what this one shows.
    """
    checks = (_shown_wrongly, _shown_alone, _counted_wrongly, _numbered_wrongly, _made_before)
    said = [what for check in checks for what in check(material)]
    return [*(f"{MANIFEST}: {what}" for what in said), *_anchored_before(material)]


def _shown_wrongly(material: Material) -> Iterator[str]:
    """Yield which shown entries a record with these options leaves out."""
    hidden = hidden_entries(material.docket, material.options, material.redacted)
    # A facts sheet has an addendum for its documents alone, and those may be withheld.
    bare = {one.seq for one in material.withheld if one.field == "exhibits"}
    for reason, words in _NEVER.items():
        seqs = [seq for seq, why in sorted(hidden.items()) if why == reason and seq not in bare]
        if seqs:
            more = f", and so are {len(seqs) - 1:,} more" if len(seqs) > 1 else ""
            yield f"it does not fit the entries shown: entry {seqs[0]} {words}{more}"


def _shown_alone(material: Material) -> Iterator[str]:
    """Yield which entries are shown without the one they correct or answer; both or none are.

    But a facts sheet has dates that answer nothing it shows.
    """
    leaves = {one.seq for one in material.digests if not one.shown}
    for entry in material.entries if material.options.purpose != "public" else ():
        link = entry.followed
        if link and link.seq in leaves:
            yield f"it shows entry {entry.seq}, and not entry {link.seq}, which that is about"


def _counted_wrongly(material: Material) -> Iterator[str]:
    """Yield which numbers of entries left out cannot be, and a name that no such record has."""
    left, options = material.left_out, material.options
    public = options.purpose == "public"
    # Once the clock ran ahead an entry may be of a later day than the record, and outside it.
    ran_ahead = any(entry.clock_behind for entry in material.entries)
    bounded = options.since or options.until or options.kinds or ran_ahead
    if left.unchosen and not options.chosen_kinds:
        yield f"it leaves out {_entries(left.unchosen)} of other kinds, and names no kinds"
    if left.outside and (public or not bounded):
        yield f"it leaves out {_entries(left.outside)} outside its period, and has no period"
    if left.settlement and options.purpose != "own":
        yield f"it leaves out {_entries(left.settlement)} of settlement talk, as it would not"
    if options.name and not public:
        yield "it gives the client's name itself, and only a facts sheet does"


def _made_before(material: Material) -> Iterator[str]:
    """Yield what a record was made before and still shows.

    The clock may have been set back: so the last entry counts, not the latest, and an anchor only
    where no entry after it was recorded earlier, too. A facts sheet shows no notes: there, one
    that is not shown may be it.
    """
    made, entries = material.now, material.entries
    public, last = material.options.purpose == "public", material.digests[-1].seq
    untold = public and entries and entries[-1].seq < last
    if entries and not untold and _later(entries[-1].recorded_at, made):
        yield f"it was made {_moment(made)}, and shows entry {entries[-1].seq}, " + (
            _recorded(entries[-1])
        )
    for anchor in material.anchors:
        at = datetime.fromisoformat(anchor.at)
        after = [entry for entry in entries if entry.seq > anchor.count]
        if public and len(after) < last - anchor.count:
            continue
        if _later(at, made) and not any(_later(at, entry.recorded_at) for entry in after):
            yield f"it was made {_moment(made)}, and has an anchor of {anchor.at}"


def anchored_before(anchor: Anchor, entries: Iterable[Entry]) -> str:
    """Return how an anchor is older than the last entry it covers; nothing where it is not."""
    covered = [entry for entry in entries if entry.seq <= anchor.count]
    if not covered or not _later(covered[-1].recorded_at, datetime.fromisoformat(anchor.at)):
        return ""
    said = f"it says {anchor.at}, and covers entry {covered[-1].seq}, "
    return f"{ANCHORS}/{anchor.stem}.json: {said}{_recorded(covered[-1])}"


def _anchored_before(material: Material) -> Iterator[str]:
    yield from filter(None, (anchored_before(one, material.entries) for one in material.anchors))


def _numbered_wrongly(material: Material) -> Iterator[str]:
    """Yield how the exhibits cannot have the numbers that they have.

    They are counted from 1, each at the entry that had it first: a shown one, or one left out
    before that, which may have had any number of them. What an entry withholds may be exhibits.
    """
    shown = {number: sha256 for sha256, number in material.numbers.items()}
    numbers = [*material.numbers.values(), *(one.number for one in material.not_shown)]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield "the numbers of its exhibits are not 1, 2, 3 and so on, each once"
        return
    first: dict[str, tuple[int, int]] = {}
    for entry in material.entries:
        for which, one in enumerate(entry.exhibits, start=1):
            first.setdefault(one.sha256, (entry.seq, which))
    behind = [one.seq for one in material.digests if not one.shown]
    behind = sorted([*behind, *(one.seq for one in material.withheld if one.field == "exhibits")])
    reached = (0, 0)
    for number in sorted(numbers):
        later = bisect_left(behind, reached[0])
        places = [(behind[later], 0)] if later < len(behind) else []
        places += [first[shown[number]]] if number in shown else []
        at = min(places, default=(0, 0))
        if at == (0, 0) or at < reached:
            label = exhibit_label(material.options.initials, number)
            yield f"exhibit {label} cannot have come in this place"
            return
        reached = at


def strangers(
    material: Material, document: str, made: Iterable[str], listed: Iterable[str]
) -> list[str]:
    """Return the `listed` files that no record has. `made` are the names of its texts."""
    known = {CHAIN, *made, *map(exhibit_path, material.exhibits.values())}
    if material.exhibits and material.options.purpose != "public":
        known.add(CUSTODY_FILE)
    for anchor in material.anchors:
        beside = (".json", ".json.sig", ".tsq", ".tsr")
        known |= {f"{ANCHORS}/{anchor.stem}{suffix}" for suffix in beside}
    wrong = [f"{name}: it belongs to no record" for name in sorted(set(listed) - known)]
    name = base_name(material)
    if not re.fullmatch(rf"{re.escape(name)}(-([2-9]|[1-9]\d))?\.md", document):
        wrong.append(f"{MANIFEST}: its document is not called {name}.md")
    return wrong


def exported_wrongly(material: Material, present: Collection[str]) -> list[str]:
    """Return where custody.jsonl and the exhibits present do not say that these went out.

    A record is made just after its own lines, the last ones: one whose end was cut has none, and
    one whose exhibits were taken out still has theirs. A facts sheet has no custody.
    """
    if material.options.purpose == "public":
        return []
    made, out = material.now, [one for one in material.custody.lines if one.act == "exported"]
    out = [one for one in out if made - SLACK <= one.at <= made + _EXPORTING]
    about, after = {one.sha256 for one in out}, {one.sha256 for one in out if one.at >= made}
    paths = {sha256: exhibit_path(one) for sha256, one in material.exhibits.items()}
    untold = [path for one, path in paths.items() if path in present and one not in about]
    gone = [path for one, path in paths.items() if path not in present and one in after]
    wrong = [f"{path}: {CUSTODY_FILE} says that it went out with this record" for path in gone]
    if untold:
        more = f" and of {len(untold) - 1:,} more" if len(untold) > 1 else ""
        wrong.append(f"{CUSTODY_FILE}: it has no export of {untold[0]}{more} with this record")
    return wrong


def _later(one: datetime, other: datetime) -> bool:
    return one - other > SLACK


def _moment(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="seconds")


def _recorded(entry: Entry) -> str:
    return f"which was recorded later, {_moment(entry.recorded_at)}"


def _entries(count: int) -> str:
    return plural(count, "entry", "entries")
