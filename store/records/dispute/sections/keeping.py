"""How the record is kept, the statement of truth, and the annexes with what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from store.docket import Standing
from store.entries import Entry
from store.journal import LIMITS
from store.quantities import percent_of
from store.records.dispute.corrections import amended_fields, reason
from store.records.dispute.material import Digest, Material
from store.records.dispute.words import (
    entry_numbers,
    recorded_day,
)
from store.records.markdown import Md, bullets, cell, gfm_table, inline, paragraphs
from store.text import plural

_IN_PASSING = 2  # days
_BLANK = "…" * 24
TRUTH = Md("I believe that the facts stated in this record are true.")
"""The statement of truth where no other words are given."""


def keeping(material: Material) -> Md:
    """Return how entries are made, how late they were, what was left out, and the limits."""
    entries = material.docket.entries
    return paragraphs(
        _practice(material),
        "Each entry states when it occurred, as told, and when it was recorded, from the "
        f"computer's clock. {_zones(material)}",
        "An entry is never changed or deleted. It is corrected by an amendment, added to by an "
        "addendum or withdrawn by a void, each with its own date; the original stays readable.",
        bullets([*_authors(entries), *_lags(material), _good_days(material)]),
        _left_out(material),
        *([_unnamed(material)] if material.unnamed else ()),
        anchored(material),
        signed_with(material),
        LIMITS,
        "This record is a list of what was noted, each entry with its lag. It is not legal advice.",
    )


def noted_when(entries: Sequence[Entry]) -> str:
    """Return how many entries were noted on the day, and how late the others."""
    if not entries:
        return "Nothing is shown."
    lags = [entry.lag_days for entry in entries]
    same, late = lags.count(0), len(lags) - lags.count(0)
    if not late:
        return "Every entry shown was noted on the day it occurred."
    return (
        f"Of {plural(len(lags), 'entry', 'entries')} shown, {same} "
        f"{'was' if same == 1 else 'were'} noted on the day; {late} later, by up to "
        f"{plural(max(lags), 'day')}."
    )


def _zones(material: Material) -> str:
    """Return by which clocks the times are."""
    if material.zoned:
        return (
            "The entries come from more than one time zone: each time is by the clocks of its "
            "place, with their offset from UTC."
        )
    zone = next((inline(entry.zone) for entry in material.docket.entries if entry.zone), "")
    place = f"the time zone {zone}" if zone else "one time zone"
    return f"Times are local, in {place}."


def _practice(material: Material) -> Md:
    """Return how entries come about; that they were made in passing is said only if they were."""
    entries = material.as_they_stand
    lags = [entry.lag_days for entry in entries]
    good = material.docket.group("good-day")
    regular = "Entries are made in Docket in the course of the work" + (
        ", on good days and bad. " if good else ". "
    )
    return Md((regular if lags and median(lags) <= _IN_PASSING else "") + noted_when(entries))


def anchored(material: Material) -> Md:
    """Return the anchors that go with the record, or that there is none."""
    if not material.anchors:
        return Md(
            "No anchor goes with this record: nothing here was left with somebody else in good "
            "time, so a chain made anew, or cut at its end, could not be told."
        )
    rows = [[Md(str(one.count)), Md(one.at), Md(one.head)] for one in material.anchors]
    return paragraphs(
        "Anchors made of this docket, in the folder `anchors`. Whoever was given one at the time "
        "can tell that the entries up to its number are those of that day:",
        gfm_table(["Entries", "Noted at (UTC)", "Hash of the last"], rows),
    )


def truth(material: Material) -> Md:
    """Return the statement of truth with blanks to be filled in on paper."""
    return paragraphs(
        inline(material.options.truth) or TRUTH,
        bullets(Md(f"{what}: {_BLANK}") for what in ("Name", "Place", "Date", "Signature")),
        signed_with(material),
    )


def signed_with(material: Material) -> Md:
    """Return with which key the record is signed, so that pen and key are tied; empty for none."""
    key = material.options.signed
    if not key:
        return Md("")
    named, guide = Md(f"`{key}`"), Md("`VERIFY.md`")
    return material.texts.say("verify.signed-with", key=named, guide=guide)


def amendments(material: Material) -> Md:
    """Return every correction in force with the old and the new value and the reason."""
    rows = []
    for one in material.docket.standing:
        for change in amended_fields(one):
            values = [inline(change.name), inline(change.old), inline(change.new)]
            rows.append(_correction(one.seq, change.amendment, values))
        for extra in one.addenda:
            values = [Md("addendum"), Md("-"), cell(extra.statement)]
            if extra.kind == "amendment":
                values = [Md("amended"), Md("-"), inline(material.withheld_words(extra.seq))]
            rows.append(_correction(one.seq, extra, values))
        if one.void:
            rows.append(_correction(one.seq, one.void, [Md("withdrawn"), _was(one), Md("-")]))
    if not rows:
        return Md("No entry shown was corrected.")
    headers = ["Entry", "By", "Recorded", "What", "Before", "After", "Reason"]
    return gfm_table(headers, rows)


def _was(one: Standing) -> Md:
    """Return what a withdrawn correction was about; other entries stand in the chronology."""
    link = one.original.link("amends", "adds-to", "voids")
    return Md(f"{one.original.kind} of entry {link.seq}" if link else "-")


def redactions(material: Material) -> Md:
    """Return what was withheld, why and by whom, each with the digest it still has."""
    reason, who = inline(material.options.because), inline(material.options.prepared_by)
    whole = {one.seq: one.hash for one in material.digests if one.seq in material.redacted}
    rows = [[Md(str(seq)), Md("all of it"), Md(digest[:8])] for seq, digest in whole.items()]
    rows += [
        [Md(str(one.seq)), Md(one.field), Md(one.digest[:8])] for one in material.chosen_to_withhold
    ]
    if not rows:
        told = Md("Nothing was redacted inside an entry that is shown.")
        said = _unnamed(material) if material.unnamed else told
        return paragraphs(said, not_read(material)) if material.options.despite else said
    return paragraphs(
        gfm_table(
            ["Entry", "What is withheld", "Digest"], sorted(rows, key=lambda row: int(row[0]))
        ),
        f"Withheld by {who}; the reason given: {reason}. What is withheld keeps its digest in "
        "`chain.jsonl`, so the record verifies to the same head, and whoever is shown the value "
        "later can check that it is the one recorded.",
        "Only what is written in entries can be withheld so. What is inside a picture or a "
        "document is not changed here: such a file is shown whole or left out.",
        _unnamed(material) if material.unnamed else "",
        not_read(material),
    )


def not_read(material: Material) -> Md:
    """Return what went out although nobody could tell whether it holds what is withheld."""
    if not material.options.despite:
        return Md("")
    named = ", ".join(material.options.despite)
    return Md(
        f"Not all of these could be read for what is withheld, or something in them looks like it; "
        f"they are shown because {inline(material.options.prepared_by)} chose so: {inline(named)}."
    )


def entry_hashes(material: Material) -> Md:
    """Return number and hash of every entry of the docket, shown or not."""
    rows = [[Md(str(one.seq)), Md(_state(material, one)), Md(one.hash)] for one in material.digests]
    return paragraphs(
        "Every entry of the docket, in order. The last hash is the head.",
        gfm_table(["No.", "Entry", "Hash"], rows),
    )


def _state(material: Material, one: Digest) -> str:
    if one.shown:
        return "shown"
    return "withheld" if one.seq in material.redacted else "left out"


def left_out_words(material: Material) -> str:
    """Return what is not in this record, with numbers."""
    left, annex = material.left_out, material.place("redactions")
    return (
        f"{plural(left.internal, 'internal entry', 'internal entries')}, "
        f"{plural(left.settlement, 'entry', 'entries')} about a settlement, "
        f"{plural(left.redacted, 'entry', 'entries')} withheld by choice"
        f"{f' ({annex})' if annex else ''}, "
        + (
            f"{plural(left.unchosen, 'entry', 'entries')} of other kinds, "
            if material.options.chosen_kinds
            else ""
        )
        + f"{plural(left.outside, 'entry', 'entries')} outside the period"
    )


def _correction(seq: int, correction: Entry, values: list[Md]) -> list[Md]:
    return [
        Md(str(seq)),
        Md(f"entry {correction.seq}"),
        Md(recorded_day(correction)),
        *values,
        inline(reason(correction)),
    ]


def _authors(entries: Sequence[Entry]) -> list[Md]:
    wrote = Counter(entry.author or "not named" for entry in entries)
    named = ", ".join(f"{inline(who)} ({number})" for who, number in sorted(wrote.items()))
    zones = Counter(entry.zone or f"UTC{entry.occurred_at:%z}" for entry in entries)
    places = ", ".join(f"{inline(zone)} ({number})" for zone, number in sorted(zones.items()))
    return [
        Md(f"Entries shown: {len(entries)}. Recorded by: {named or '-'}."),
        Md(f"Time zones of the entries: {places or '-'}."),
    ]


def _lags(material: Material) -> list[Md]:
    entries = material.as_they_stand
    if not entries:
        return []
    lags = [entry.lag_days for entry in entries]
    on_time = lags.count(0)
    late = [entry.seq for entry in entries if entry.lag_days]
    back = [entry.seq for entry in entries if entry.clock_behind]
    said = [
        f"Recorded the same day: {percent_of(on_time, len(lags))} % ({on_time} of {len(lags)}); "
        f"median lag {median(lags):g} d, longest {max(lags)} d.",
        f"Recorded on a later day: {entry_numbers(material, late)}.",
        f"Recorded while the computer's clock stood behind the entry before: "
        f"{entry_numbers(material, back)}.",
    ]
    return [Md(line) for line in (*said, *_after_notice(material))]


def _after_notice(material: Material) -> list[str]:
    """Name what was noted only after the first formal notice: a reader takes that for a flag."""
    notices = material.docket.kind("notice")
    if not notices:
        gone = material.left_out.total
        told = "Whether there was a formal notice cannot be told from the entries shown."
        return [told] if gone else []
    first = notices[0]
    after = [
        entry.seq
        for entry in material.as_they_stand
        if entry.day < first.day < entry.recorded_local.date() and entry.group != "correction"
    ]
    return [
        f"Occurred before the first formal notice ({first.day}, entry {first.seq}) and recorded "
        f"after it: {entry_numbers(material, after)}."
    ]


def _good_days(material: Material) -> Md:
    good = material.docket.group("good-day")
    return Md(f"Entries shown about something that went well: {len(good)}.")


def _unnamed(material: Material) -> Md:
    """Return what is withheld inside the entries that are shown."""
    numbers = entry_numbers(material, material.unnamed)
    return Md(
        f"Withheld inside {numbers}: the short word that the writer files "
        "such entries under (`called` in `chain.jsonl`). The kind it stands for and everything "
        "else recorded there is shown, and the chain can be checked to its head all the same."
    )


def _left_out(material: Material) -> Md:
    total = len(material.digests)
    return Md(
        f"The docket has {plural(total, 'entry', 'entries')}. Left out here: "
        f"{left_out_words(material)}. Each keeps its number and its hash, so the chain can be "
        "checked to its head without it. A correction of an entry that is left out is left out "
        "with it and counted with it. Entries outside the period are shown all the same where "
        "they are about the agreement or the account, belong to an entry inside it, were asked or "
        "promised before it and not settled when it began, or are faults or promises of mine or "
        "formal notices."
    )
