"""How the record is kept, the statement of truth, and the annexes with what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from statistics import median
from typing import Final

from store.docket import Standing
from store.entries import Entry
from store.languages.values import DayCount
from store.records.dispute.corrections import amended_fields, given_reason
from store.records.dispute.material import Digest, Material
from store.records.dispute.words import kind_words
from store.records.markdown import Md, bullets, cell, gfm_table, inline, paragraphs

_IN_PASSING: Final = 2  # days
_LISTED: Final = 12
"""How many entries that were noted late are named; where there are more, the chronology says so."""
_BLANK: Final = Md("…" * 24)
_CHAIN: Final = Md("`chain.jsonl`")


def keeping(material: Material) -> Md:
    """Return how entries are made, how late they were, what was left out, and the limits."""
    say = material.texts.say
    return paragraphs(
        _practice(material),
        f"{say('keeping.moments')} {_zone(material)}",
        say("keeping.unchanged"),
        bullets(_worth_knowing(material)),
        _left_out(material),
        _unnamed(material),
        anchored(material),
        signed_with(material),
        say("words.limits"),
        say("keeping.closing"),
    )


def noted_when(material: Material) -> Md:
    """Return how many entries are shown, and how late they were noted."""
    say, entries = material.texts.say, material.as_they_stand
    late = [entry for entry in entries if material.lags[entry.seq]]
    if not entries:
        return say("keeping.nothing-shown")
    if not late:
        return say("keeping.all-on-day", n=len(entries))
    longest = DayCount(max(material.lags[entry.seq] for entry in late))
    if len(late) == len(entries):
        return say("keeping.all-late", n=len(entries), longest=longest)
    few = material.texts.entries(entry.seq for entry in late) if len(late) <= _LISTED else None
    shown = say("keeping.shown", n=len(entries))
    return Md(f"{shown} {say('keeping.late', n=len(late), longest=longest, entries=few)}")


def _zone(material: Material) -> Md:
    """Return by which clocks the times are."""
    say = material.texts.say
    if material.zoned:
        return say("keeping.in-zones")
    zone = next((entry.zone for entry in material.docket.entries if entry.zone), "")
    return say("keeping.in-zone", zone=zone) if zone else say("keeping.in-one-zone")


def _practice(material: Material) -> Md:
    """Return how entries come about; that they were made in passing is said only if they were."""
    noted, lags = noted_when(material), list(material.lags.values())
    if not lags or median(lags) > _IN_PASSING:
        return noted
    return Md(f"{material.texts.say('keeping.practice')} {noted}")


def anchored(material: Material) -> Md:
    """Return the anchors that go with the record, or that there is none."""
    texts = material.texts
    if not material.anchors:
        return texts.say("keeping.no-anchor")
    rows = [[Md(str(one.count)), Md(one.at), Md(one.head)] for one in material.anchors]
    return paragraphs(
        texts.say("keeping.anchors-given", folder=Md("`anchors`")),
        gfm_table(texts.columns("keeping.anchors"), rows),
    )


def truth(material: Material) -> Md:
    """Return the statement of truth, who signs it, and blanks to be filled in on paper."""
    say = material.texts.say
    return paragraphs(
        inline(material.options.truth) or say("keeping.truth"),
        say("keeping.signs", name=material.options.prepared_by),
        *(say(f"keeping.blank.{what}", blank=_BLANK) for what in ("place", "date", "signature")),
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
    say, rows = material.texts.say, []
    for one in material.docket.standing:
        for change in amended_fields(one):
            texts = material.texts
            values = [change.name(texts), change.before(texts), change.after(texts)]
            rows.append(_correction(material, one.seq, change.amendment, values))
        for extra in one.addenda:
            values = [say("keeping.added"), Md("-"), cell(extra.statement)]
            if extra.kind == "amendment":
                withheld = inline(material.withheld_words(extra.seq))
                values = [say("keeping.amended"), Md("-"), withheld]
            rows.append(_correction(material, one.seq, extra, values))
        if one.void:
            values = [say("keeping.withdrawn"), _was(material, one), Md("-")]
            rows.append(_correction(material, one.seq, one.void, values))
    if not rows:
        return say("keeping.no-correction")
    return gfm_table(material.texts.columns("keeping.corrections"), rows)


def _was(material: Material, one: Standing) -> Md:
    """Return what a withdrawn correction was about; other entries stand in the chronology."""
    texts, link = material.texts, one.original.link("amends", "adds-to", "voids")
    if not link:
        return Md("-")
    kind = kind_words(material, one.original.kind)
    return texts.say("keeping.correction", kind=kind, entry=texts.entries([link.seq]))


def _correction(material: Material, seq: int, by: Entry, values: list[Md]) -> list[Md]:
    texts = material.texts
    recorded = texts.value(by.recorded_local.date(), "iso")
    why = inline(given_reason(by)) or texts.say("chronology.no-reason")
    if why == values[-1]:  # `docket attach --note` says both with the same words
        why = Md("-")
    return [Md(str(seq)), texts.entries([by.seq]), recorded, *values, why]


def redactions(material: Material) -> Md:
    """Return what was withheld, why and by whom, each with the digest it still has."""
    say, options = material.texts.say, material.options
    whole = {one.seq: one.hash for one in material.digests if one.seq in material.redacted}
    rows = [[Md(str(seq)), say("keeping.whole"), Md(digest[:8])] for seq, digest in whole.items()]
    rows += [
        [Md(str(one.seq)), Md(one.field), Md(one.digest[:8])] for one in material.chosen_to_withhold
    ]
    if not rows:
        said = _unnamed(material) or say("keeping.nothing-withheld")
        return paragraphs(said, not_read(material))
    rows.sort(key=lambda row: int(row[0]))
    return paragraphs(
        gfm_table(material.texts.columns("keeping.redactions"), rows),
        say("keeping.withheld-by", who=options.prepared_by, reason=options.because, chain=_CHAIN),
        say("keeping.only-entries"),
        _unnamed(material),
        not_read(material),
    )


def not_read(material: Material) -> Md:
    """Return what went out although nobody could tell whether it holds what is withheld."""
    options = material.options
    if not options.despite:
        return Md("")
    return material.texts.say("keeping.not-read", who=options.prepared_by, files=options.despite)


def entry_hashes(material: Material) -> Md:
    """Return which entries are shown and which are not, each run of them with its last hash."""
    texts, rows = material.texts, []
    for state, run in groupby(material.digests, key=lambda one: _state(material, one)):
        first, *others = run
        last = others[-1] if others else first
        numbers = Md(f"{first.seq}-{last.seq}" if others else f"{first.seq}")
        rows.append([numbers, texts.say(f"keeping.state.{state}"), Md(last.hash)])
    return paragraphs(
        texts.say("keeping.digests-of", chain=_CHAIN),
        gfm_table(texts.columns("keeping.digests"), rows),
    )


def _state(material: Material, one: Digest) -> str:
    if one.shown:
        return "shown"
    return "withheld" if one.seq in material.redacted else "left-out"


def _worth_knowing(material: Material) -> Iterator[Md]:
    """Yield what is not as in most records: other authors, zones, a slow clock."""
    texts, entries = material.texts, material.as_they_stand
    wrote = Counter(entry.author for entry in material.docket.entries)
    if wrote.keys() - {material.options.prepared_by}:
        yield texts.say("keeping.authors", authors=_counted(material, wrote))
    if material.zoned:
        zones = Counter(
            entry.zone or f"UTC{entry.occurred_at:%z}" for entry in material.docket.entries
        )
        yield texts.say("keeping.zones", zones=_counted(material, zones))
    if back := [entry.seq for entry in entries if entry.clock_behind]:
        yield texts.say("keeping.clock-behind", entries=texts.entries(back))
    yield from _after_notice(material)


def _counted(material: Material, numbers: Counter[str]) -> Md:
    """Return how often each name was found, by the alphabet."""
    say = material.texts.say
    unknown = say("keeping.not-named")
    return material.texts.listed(
        [
            say("keeping.counted", name=inline(name) or unknown, number=number)
            for name, number in sorted(numbers.items())
        ]
    )


def _after_notice(material: Material) -> Iterator[Md]:
    """Name what was noted only after the first formal notice: a reader takes that for a flag."""
    texts, notices = material.texts, material.docket.kind("notice")
    if not notices:
        if material.left_out.total and not material.options.chosen_kinds:
            yield texts.say("keeping.notice-unknown")
        return
    first = notices[0]
    notice = texts.entries([first.seq])
    after = [
        entry.seq
        for entry in material.as_they_stand
        if entry.day < first.day < entry.recorded_local.date() and entry.group != "correction"
    ]
    if not after:
        yield texts.say("keeping.before-notice", day=first.day, notice=notice)
        return
    entries = texts.entries(after)
    yield texts.say(
        "keeping.after-notice", n=len(after), day=first.day, notice=notice, entries=entries
    )


def _unnamed(material: Material) -> Md:
    """Return what is withheld inside the entries that are shown; empty for nothing."""
    texts = material.texts
    if not material.unnamed:
        return Md("")
    entries = texts.entries(material.unnamed)
    return texts.say("keeping.unnamed", entries=entries, called=Md("`called`"), chain=_CHAIN)


def docket_has(material: Material) -> Md:
    """Return how many entries the docket has, shown or not."""
    return material.texts.say("keeping.docket-has", n=len(material.digests))


def _left_out(material: Material) -> Md:
    """Return how many entries there are, and what of them is not in this record."""
    say, left = material.texts.say, material.left_out
    said = [docket_has(material)]
    if not left.total:
        said.append(say("keeping.nothing-left-out"))
    else:
        said.append(say("keeping.left-out", parts=material.texts.listed(list(_left(material)))))
        said.append(say("keeping.keeps-hash", n=left.total))
    if parts := {one.seq for one in material.chosen_to_withhold}:
        annex, entries = material.place("redactions"), material.texts.entries(parts)
        said.append(say("keeping.parts-withheld", entries=entries, annex=annex))
    if material.options.since or material.options.until:
        said.append(say("keeping.outside"))
    return Md(" ".join(said))


def _left(material: Material) -> Iterator[Md]:
    """Yield how many entries are left out, by the reason, where there are any."""
    say, left = material.texts.say, material.left_out
    if left.internal:
        yield say("keeping.left.internal", n=left.internal)
    if left.settlement:
        yield say("keeping.left.settlement", n=left.settlement)
    if left.redacted:
        yield say("keeping.left.redacted", n=left.redacted, annex=material.place("redactions"))
    if left.unchosen:
        yield say("keeping.left.unchosen", n=left.unchosen)
    if left.outside:
        yield say("keeping.left.outside", n=left.outside)
