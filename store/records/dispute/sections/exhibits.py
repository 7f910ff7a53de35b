"""The list of exhibits: each with what it is, where it came from, and who has handled it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from store.docket.exhibits import exhibit_label
from store.entries import Entry
from store.evidence.custody import CustodyLine
from store.records.dispute.custody import CUSTODY_FILE, ShownCustody
from store.records.dispute.material import Labelled, Material, NotShownWhy
from store.records.dispute.words import kind_words, occurred, recorded_on
from store.records.markdown import Md, gfm_table, inline, paragraphs
from store.text import cut_at_word, top_line

_COUNTED: Final = ("looked", "exported", "recalled")
_FOUND: Final = ("missing", "changed", "whole")
_LONGEST: Final = 120


def exhibits(material: Material) -> Md:
    """Return each exhibit with label, date, size, origin and custody; its SHA-256 is in files."""
    texts, found, custody = material.texts, material.exhibits, material.custody
    if not found:
        return paragraphs(texts.say("exhibits.none"), not_shown(material))
    labels = {sha256: one.label for sha256, one in found.items()}
    alike, told = _custody(material)
    rows = [_row(material, one, labels, told.get(one.label)) for one in found.values()]
    each = texts.say("exhibits.alike", told=alike) if alike else Md("")
    heads = texts.columns("exhibits.columns")
    if not told:
        heads = texts.columns("exhibits.columns-alike")
    how = texts.say(
        "exhibits.how",
        folder=Md("`exhibits`"),
        manifest=Md("`manifest.json`"),
        chain=Md("`chain.jsonl`"),
    )
    return paragraphs(
        gfm_table(heads, rows),
        not_shown(material),
        how,
        " ".join(filter(None, [each, _journal(material, custody)])),
    )


def not_shown(material: Material) -> Md:
    """Return which exhibits of the docket are left out, and why; empty where none is."""
    texts, by_reason = material.texts, dict[NotShownWhy, list[tuple[int, int]]]()
    for one in material.not_shown:
        runs = by_reason.setdefault(one.why, [])
        if runs and runs[-1][1] == one.number - 1:
            runs[-1] = runs[-1][0], one.number
        else:
            runs.append((one.number, one.number))
    if not by_reason:
        return Md("")
    named = [
        texts.say(
            f"exhibits.left-out.{why}", labels=texts.listed([_run(material, *run) for run in runs])
        )
        for why, runs in by_reason.items()
    ]
    return texts.say("exhibits.left-out", n=len(material.not_shown), which=texts.listed(named))


def _run(material: Material, first: int, last: int) -> Md:
    """Return `AB-3`, or `AB-3 to AB-5`."""
    labels = [Md(exhibit_label(material.options.initials, one)) for one in (first, last)]
    if first == last:
        return labels[0]
    return material.texts.say("exhibits.from-to", first=labels[0], last=labels[1])


def custody_words(material: Material, entry: Entry, lines: Sequence[CustodyLine]) -> Md:
    """Return who added an exhibit and when, and how often it was looked at and exported since.

    `entry` is the one it was added with; days are on the calendar of the place where it occurred.
    """
    added = material.texts.say("exhibits.added", day=recorded_on(entry), who=entry.author)
    return Md("; ".join([added, *_handled(material, entry, lines)]))


def _custody(material: Material) -> tuple[Md, dict[str, Md]]:
    """Return the custody of all exhibits, where it is alike; else that of each by its label."""
    texts, found = material.texts, material.exhibits
    lines = {sha256: material.custody.of(sha256) for sha256 in found}
    handled = {tuple(_handled(material, one.entry, lines[key])) for key, one in found.items()}
    authors = {one.entry.author for one in found.values()}
    on_its_day = all(recorded_on(one.entry) == one.entry.day for one in found.values())
    if len(handled) == len(authors) == 1 and on_its_day:
        added = texts.say("exhibits.added-then", who=authors.pop())
        return Md("; ".join([added, *handled.pop()])), {}
    each = {one.label: custody_words(material, one.entry, lines[k]) for k, one in found.items()}
    return Md(""), each


def _handled(material: Material, entry: Entry, lines: Sequence[CustodyLine]) -> list[Md]:
    """Return how often an exhibit was looked at and exported, last when, and how it was found."""
    say, zone = material.texts.say, entry.occurred_at.tzinfo
    counts = Counter(line.act for line in lines)
    handled = [line.at for line in lines if line.act in _COUNTED]
    parts = [say(f"exhibits.handled.{act}", n=counts[act]) for act in _COUNTED if counts[act]]
    if handled:
        parts.append(say("exhibits.last", day=max(handled).astimezone(zone).date()))
    parts += [
        say(f"exhibits.found.{line.act}", day=line.at.astimezone(zone).date())
        for line in lines
        if line.act in _FOUND
    ]
    return parts


def _row(material: Material, one: Labelled, labels: dict[str, str], custody: Md | None) -> list[Md]:
    exhibit = one.exhibit
    return [
        Md(one.label),
        occurred(material, one.entry),
        material.texts.value(exhibit.size),
        Md(f"{inline(exhibit.name)}: {_told(material, one, labels)}"),
        *([custody] if custody else []),
    ]


def _told(material: Material, one: Labelled, labels: dict[str, str]) -> Md:
    """Return what an exhibit shows, how it was obtained and when the file was last changed."""
    say, exhibit = material.texts.say, one.exhibit
    changed = f"{exhibit.modified:%Y-%m-%d %H:%M} UTC" if exhibit.modified else ""
    return say(
        "exhibits.told",
        described=_description(material, one, labels),
        obtained=exhibit.obtained,
        changed=Md(changed),
        later=say("exhibits.later") if one.changed_later else None,
    )


def _description(material: Material, one: Labelled, labels: dict[str, str]) -> Md:
    """Return what an exhibit shows, and of which other it was made."""
    say, origin = material.texts.say, one.exhibit.derived_from
    described = _described(material, one.entry)
    if not origin:
        return described
    if origin in labels:
        return say("exhibits.made-from", described=described, label=Md(labels[origin]))
    return say("exhibits.made-from-file", described=described, sha256=Md(origin))


def _described(material: Material, entry: Entry) -> Md:
    """Return the words of the entry that an exhibit came with, and of what that entry adds to.

    Words of the program's own, as an addendum has by default, would tell a reader little.
    """
    texts, words = material.texts, inline(_first_words(entry))
    known, kind = texts.entries([entry.seq]), kind_words(material, entry.kind)
    link = entry.link("adds-to")
    if not link:
        return texts.say("exhibits.described", words=words, entry=known, kind=kind)
    whole = material.standing.get(link.seq)
    return texts.say(
        "exhibits.added-to",
        words=words,
        entry=known,
        kind=kind,
        other=texts.entries([link.seq]),
        others_words=_first_words(whole.entry) if whole else None,
    )


def _first_words(entry: Entry) -> str:
    """Return the beginning of an entry's text, cut between two words where it is long."""
    return cut_at_word(top_line(entry.statement), _LONGEST)


def _journal(material: Material, custody: ShownCustody) -> Md:
    """Return by which list custody is counted; empty where the record has none."""
    if not custody.head:
        return Md("")
    file, head = Md(f"`{CUSTODY_FILE}`"), Md(custody.head)
    return material.texts.say("exhibits.journal", n=custody.count, file=file, head=head)
