"""What is said beside a record: what was withheld, noticed and signed, and how long it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from store.dates import day_words
from store.text import plural
from tui.words import one_line

if TYPE_CHECKING:
    from store.records import Part, WrittenRecord
    from store.records.dispute.material import Material
    from store.records.review.case import OpenPoint
    from store.records.review.look_over import Noticed

_LONGEST = 80


def noticed_lines(noticed: Sequence[Noticed]) -> list[str]:
    """Return what was noticed in lines, the first of which says what is looked for."""
    return [noticed_head(noticed), *(f"  {line}" for line in noticed_words(noticed))]


def written_lines(written: WrittenRecord, today: date) -> Iterator[str]:
    """Yield what is to be known of a record that was written."""
    options, material = written.material.options, written.material
    if written.signed:
        yield f"Signed with {written.signed}: give the public key to whoever is to check it."
    if written.unsearched:
        told = "; ".join(one.words for one in written.unsearched)
        yield f"Handed over though not all could be read for what is withheld: {told}."
    if written.stayed_behind:
        yield written.stayed_behind
    if options.purpose == "platform":
        yield from pack_lines(material)
        if options.answer_by:
            far = in_days(options.answer_by, today)
            yield f"To be answered by {day_words(options.answer_by)}, {far}."
    yield from withheld_lines(material)
    if options.purpose == "public":
        yield from _public_lines(material)
    if options.purpose == "court" and not options.truth:
        puts = "`docket record --truth TEXT` puts in yours."
        yield f"Courts differ in the words of a statement of truth: {puts}"
    yield f"Check it, or let others check it, with `docket verify {written.folder}`."
    others = plural(len(written.files) - 1, "other file")
    yield f"Beside it: {others}. VERIFY.md says how anyone can check them without us."


def part_words(part: Part) -> Iterator[str]:
    """Yield what one part of a check compared, what that shows and what it does not."""
    yield f"{part.name}: {part.said}" if not part.name.startswith("no ") else part.name
    yield f"  shows {part.shows}"
    yield f"  does not show {part.does_not}" if part.said != "none" else f"  ({part.does_not})"


def _public_lines(material: Material) -> Iterator[str]:
    """Yield what of a facts sheet's folder has words in it, since the sheet has none."""
    if material.exhibits:
        yield (
            f"The folder holds {plural(len(material.exhibits), 'document')} with all that is in "
            "them. Look at each before anybody else does; one is left out with --redact "
            "'#N.exhibits'."
        )
    told = [f"'{one.exhibit.obtained}'" for one in material.exhibits.values()]
    told += [f"'{link.reason}'" for entry in material.entries for link in entry.links]
    words = [one for one in dict.fromkeys(told) if one != "''"]
    if words:
        yield f"Its chain.jsonl also holds these words of yours: {', '.join(words)}."


def withheld_lines(material: Material) -> list[str]:
    """Return what is withheld because it was asked for: whole fields, so that nobody is misled."""
    fields = [f"#{one.seq} {one.field}" for one in material.chosen_to_withhold]
    whole = [f"#{seq}" for seq in material.redacted]
    lines = []
    if fields:
        what = plural(len(fields), "field is", "fields are")
        lines.append(f"{what} withheld, each whole: {', '.join(fields)}.")
    if whole:
        what = plural(len(whole), "entry is", "entries are")
        lines.append(f"{what} withheld whole: {', '.join(whole)}.")
    return lines


def pack_lines(material: Material) -> Iterator[str]:
    """Yield how full each field of the platform's form is, and what is too much for it."""
    from store.records.platform.document import PACK_FILE, platform_pack

    if not material.options.has_pack:
        return
    pack = platform_pack(material)
    full = (f"{one.slot.name} {one.count:,} of {one.slot.limit:,}" for one in pack.slots)
    yield f"{PACK_FILE} has the text for each field: {'; '.join(full)} characters."
    for one in pack.too_long:
        gone = ", ".join(f"{count} {rank}" for rank, count in one.fit.gone)
        helps = f": --cut leaves out {gone}" if gone and not material.options.cut else ""
        yield f"{one.slot.name} has {one.over:,} characters too many{helps}."
    yield "Evidence can usually be sent only once."


def pack_json(material: Material) -> dict[str, Any] | None:
    """Return `{"form": "card", "fields": [{"name": ..., "characters": ..., "limit": ...}]}`."""
    from store.records.platform.document import platform_pack

    if not material.options.has_pack:
        return None
    fields = [
        {"name": one.slot.name, "characters": one.count, "limit": one.slot.limit}
        for one in platform_pack(material).slots
    ]
    return {"form": material.options.form, "fields": fields}


def in_days(day: date, today: date) -> str:
    """Return how far a day is off."""
    days = (day - today).days
    if days < 0:
        return "which is past"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def case_lines(found: Sequence[OpenPoint]) -> list[str]:
    """Return what a record's case leaves open in lines, each with what mends it."""
    if not found:
        return []
    return [
        f"{plural(len(found), 'point')} open in the case:",
        *(f"  {case_line(one)}" for one in found),
    ]


def case_line(one: OpenPoint) -> str:
    """Return `acme#35: EUR 680.00 is claimed on NV-04, and ...: docket attach acme#35 FILE`."""
    return f"{case_said(one)}: {one.mend}" if one.mend else f"{case_said(one)}."


def case_said(one: OpenPoint) -> str:
    """Return what is open alone, under the name of its entry if it has one."""
    said = f"{one.entry}: {one.said}" if one.entry else f"{one.said[:1].upper()}{one.said[1:]}"
    return one_line(said)


def noticed_words(found: Sequence[Noticed]) -> list[str]:
    """Return a line for each finding: `acme#14 says "always": an absolute; say how often, ...`."""
    return [_line(one) for one in found]


def noticed_head(found: Sequence[Noticed]) -> str:
    """Return the line over the others, which says what the check can and cannot see."""
    from store.tone.check import CHECKED

    if not found:
        return f"No words were found to look at again ({CHECKED})."
    return f"{plural(len(found), 'place')} to look at again ({CHECKED}):"


def noticed_json(found: Sequence[Noticed]) -> list[dict[str, Any]]:
    """Return each finding as `{"entry": "acme#14", "seq": 14, "field": "statement", ...}`.

    The other keys are `what` (a word such as `absolute`), `words` as written, `start` in the
    field's text, and `why`, what to write instead; of a text that is no entry, `entry` and `seq`
    are null.
    """
    return [
        {
            "entry": _entry(one) or None,
            "seq": one.seq,
            "field": one.field,
            "what": one.what,
            "words": one.words,
            "start": one.start,
            "why": one.why,
        }
        for one in found
    ]


def _line(one: Noticed) -> str:
    who = _entry(one) or f"The {one.field}"
    words = one_line(one.words)
    shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    why = one.why.rstrip(".")
    return f'{who} {_verb(one.field)} "{shown}": {one.noun}; {why[:1].lower()}{why[1:]}'


def _entry(one: Noticed) -> str:
    return "" if one.seq is None else f"{one.client}#{one.seq}"


def _verb(field: str) -> str:
    if field == "author":
        return "is"
    if field.startswith("quotes") and not field.endswith(".by"):
        return "quotes"
    if field.startswith("exhibits, "):
        return f"has a file, {field.removeprefix('exhibits, ')}, that says"
    return "has a file named with" if field.startswith("exhibits") else "says"
