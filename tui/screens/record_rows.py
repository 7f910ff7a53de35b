"""The record screen in rows: profiles, what is covered, sections, preview, what was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from textual.content import Content

from store.dates import day_in_full
from store.journal import Line
from store.records import LeftOut, Preview, RecordRequest, Section, Written
from store.records.desk import PROFILES, SINGLE, RecordProfile
from store.records.outbox import Export, since
from store.records.review.case import OpenPoint
from store.records.review.look_over import Noticed
from store.text import plural
from store.text.cells import cell_width
from tui.keys import key_shown
from tui.safe_text import safe_fit, safe_wrap
from tui.screens.preview import UNFOLD
from tui.screens.rows import BLANK, Row, bullet, paragraph
from tui.screens.sides import MINE, THEIRS
from tui.words.record import (
    case_said,
    in_days,
    noticed_head,
    noticed_words,
    part_words,
    written_lines,
)

if TYPE_CHECKING:
    from store.records.dispute.material import Material
    from store.records.html import Paper

_MOST = 400
"""Findings shown; nobody reads more at once, and wrapping thousands would be felt."""

_COUNTED = 5
"""Cells of the number of a finding."""
LOOK, EXPORTS, WRITE = "look", "exports", "write"
"""What the lines of the list that are no sections lead to."""
_DESPITE: Final = re.compile(r"\b(add|with) ((?:--despite [^\s;.]+ ?)+)(?<! )")
_WORDS: Final[dict[RecordProfile, str]] = {"own": "own", "public": "facts"}
_MADE: Final[dict[RecordProfile, str]] = {
    "public": "facts sheet",
    "statement": "statement",
    "report": "final report",
}
_ALONE: Final = "It is one document to send, not a record."
_NOT_VERIFIED: Final = "It was not verified: you stopped that. `docket verify` and its folder does."


def profiles(chosen: RecordProfile, own: Mapping[str, str], width: int) -> Content:
    """Return the profiles with their keys in lines of `width` cells, the chosen one marked."""
    pieces: list[str | tuple[str, str]] = ["for  "]
    taken = 5
    for profile in PROFILES:
        mark = "▸" if profile == chosen else " "
        key = key_shown(f"for-{profile}", own)
        words = f"{mark}{key} {_WORDS.get(profile, profile)}"
        if taken + cell_width(words) > width:
            pieces.append("\n     ")
            taken = 5
        pieces += [(words, "bold reverse" if profile == chosen else ""), " "]
        taken += cell_width(words) + 1
    return Content.assemble(*pieces)


PRINTED: Final = {
    "on": "a page to print",
    "A4": "a page and a PDF on A4",
    "letter": "a page and a PDF on letter",
}
"""The ways to print a document, by what stands for each in a draft."""
PAPERS: Final[Mapping[str, Paper]] = {"A4": "A4", "letter": "letter"}


def extras(profile: RecordProfile, own: Mapping[str, str], *, printed: str, sign: bool) -> Content:
    """Return what goes with it: the page to print and, of a record, the signature."""
    pieces: list[str | tuple[str, str]] = ["with "]
    page = PRINTED.get(printed, PRINTED["on"])
    on = [("html-page", page, bool(printed)), ("period", "fields", False)]
    if profile not in SINGLE:
        on.insert(1, ("sign", "my SSH signature", sign))
    for command, label, chosen in on:
        key = key_shown(command, own)
        words = f"{'▸' if chosen else ' '}{key} {label}"
        pieces += [(words, "bold reverse" if chosen else ""), " "]
    return Content.assemble(*pieces)


def fields_told(asked: RecordRequest, made: Preview | None, today: date) -> list[str]:
    """Return in lines what the fields come to: days, what is withheld, length, day to answer."""
    if asked.profile == "report":
        return [f"as of {day_in_full(today)}; `docket report --help` says what can be added"]
    words = f"covers {period_in_full(asked.since, asked.until)}"
    record = made.record if made else None
    if record and asked.redact:
        parts = [
            plural(len(record.material.chosen_to_withhold), "field"),
            plural(len(record.material.redacted), "entry", "entries"),
        ]
        words += f"; withholds {' and '.join(part for part in parts if part[0] != '0')}"
    if record:
        words += f"; {left_out_words(record.left_out)}"
    elif made and made.name:
        words += f"; {made.name}"
    if asked.first:
        words += f"; first {', '.join(f'#{one}' for one in asked.first)}"
    lines = [words]
    if record and record.material.options.has_pack:
        lines.append(fullness(record.material))
    if asked.answer_by:
        lines.append(f"answer by {day_in_full(asked.answer_by)}, {in_days(asked.answer_by, today)}")
    return lines


def period_in_full(since: date | None, until: date | None) -> str:
    """Return the days a record covers, such as `from Thu 1 Oct 2026 until today`."""
    if since is None and until is None:
        return "the whole docket"
    start = f"from {day_in_full(since)}" if since else "from the start"
    return f"{start} until {day_in_full(until) if until else 'today'}"


def fullness(material: Material) -> str:
    """Return how full the fields of a platform's form are, or which hold too much."""
    from store.records.platform.document import platform_pack

    pack = platform_pack(material)
    if pack.too_long:
        over = ", ".join(f"{one.slot.name} by {one.over:,}" for one in pack.too_long)
        return f"too long for the form: {over} characters"
    return f"fits the form: {', '.join(f'{one.count:,}' for one in pack.slots)} characters"


def left_out_words(left: LeftOut) -> str:
    """Return how many entries are left out for which reason."""
    reasons = (
        (left.internal, "kept back"),
        (left.settlement, "settlement talk"),
        (left.redacted, "withheld"),
        (left.unchosen, "of other kinds"),
        (left.outside, "outside these days"),
    )
    out = ", ".join(f"{number} {why}" for number, why in reasons if number)
    return f"left out: {out or 'none'}"


def title_of(made: Preview | None, entries: int, *, refused: bool) -> str:
    """Return what stands in the rule above the sections: how many entries are in it."""
    if made is None:
        return "no record" if refused else "reading..."
    if made.record is None:
        return "Sections"
    return f"{entries - made.record.left_out.total} of {plural(entries, 'entry', 'entries')}"


def section_head(section: Section, number: int, width: int, *, unfolded: bool) -> Row:
    """Return the title of a section where the whole document is read; enter folds it."""
    mark = "-" if unfolded else "+"
    words = safe_fit(f"{mark} {_numbered_title(section.title)}", width)
    return Row.of((words, "bold"), opens=True, leads=f"{UNFOLD}{number}")


def _numbered_title(title: str) -> str:
    """Return a title with its number at the right of two cells, as in a list."""
    number, dot, rest = title.partition(". ")
    return f"{number:>2} {rest}" if dot and number.isdecimal() else title


def list_rows(made: Preview | None, exports: int, width: int) -> list[Row]:
    """Return the line of findings, that of the last exports, one for each section, then `write`."""
    last = Row.of(safe_fit(f"Last exports ({exports})", width), opens=True, leads=EXPORTS)
    if made is None:
        return [last]
    style = "bold" if made.noticed or made.open_points else ""
    look, *more = paragraph(look_again(made), width, style=style)
    rows = [Row(look.cells, opens=True, leads=LOOK), *more, last]
    for number, section in enumerate(made.sections):
        shown = safe_fit(_numbered_title(section.title), width)
        rows.append(Row.of(shown, opens=True, leads=str(number)))
    return [*rows, Row.of((safe_fit("▸ Write it", width), "bold"), opens=True, leads=WRITE)]


def typed_here(words: str) -> str:
    """Return a sentence in words that fit here: options of the command line are told as fields."""
    words = words.replace("with --redact", "by withholding").replace("' --redact '", "'; '")
    words = _DESPITE.sub(lambda found: _typed_at_despite(found[2], found[1] == "add"), words)
    return words.replace("with --sign KEY", "with `docket record --sign KEY`")


def _typed_at_despite(options: str, add: bool) -> str:
    """Return `--despite A --despite B` as what is typed into the field of that name."""
    typed = "; ".join(options.replace("--despite ", "").replace("'", "").split())
    return f"{'type' if add else 'with'} {typed} at despite"


def plan_rows(asked: RecordRequest, folder: str, width: int) -> list[Row]:
    """Return what writing will do."""
    what = _MADE.get(asked.profile, f"record for {asked.profile}")
    if asked.profile in SINGLE:
        how = "One file to send; nothing is written over."
    else:
        how = "A folder of its own, verified at once; nothing is written over."
    rows = [Row.of((f"enter or w writes the {what} into", "bold"))]
    rows += paragraph(folder, width, indent=2)
    rows += [BLANK, *paragraph(how, width)]
    if asked.paper:
        words = (
            f"A page to print and a PDF on {asked.paper} come with it, by a browser that is here."
        )
        rows += paragraph(words, width)
    elif asked.html:
        rows += paragraph("A page to print comes with it.", width)
    if asked.signing:
        words = "It is signed with your first SSH key; ssh-keygen may ask for its passphrase."
        rows += paragraph(words, width)
    return rows


def look_again(made: Preview) -> str:
    """Return the line that stands above the sections."""
    count = look_count(made)
    return f"Look again: {plural(count, 'point')}" if count else "Nothing to look at again"


def look_count(made: Preview) -> int:
    """Return how many points there are to look at again: the one count that the screen says."""
    return len(made.noticed) + len(made.open_points) + len(made.hints)


def asked_again(asked: int, made: Preview) -> str:
    """Return what is said of `asked` of the points before it is written."""
    count = look_count(made)
    told = f"{plural(count, 'point')} to look at again"
    if asked < count:
        told = f"{asked} of the {told} may be held against you"
    return f"{told}: w again writes it all the same."


def look_rows(made: Preview, width: int) -> list[Row]:
    """Return all points to look at again: in the words, in the case, and what it lacks."""
    sorts = ((made.noticed, "in the words"), (made.open_points, "in the case"))
    told = [f"{len(found)} {where}" for found, where in sorts if found]
    told += [plural(len(made.hints), "hint")] if made.hints else []
    rows = []
    if len(told) > 1:
        count = plural(look_count(made), "point")
        rows = [*paragraph(f"{count}: {', '.join(told)}.", width), BLANK]
    rows += finding_rows(made.noticed, width)
    if points := made.open_points:
        rows += [BLANK, *paragraph(f"{plural(len(points), 'point')} open in the case:", width)]
        where = "enter on one goes to its entry; x brings you back here."
        rows += paragraph(where, width, style="dim")
    for number, one in enumerate(points, len(made.noticed) + 1):
        rows += [BLANK, *_point_rows(number, one, width)]
    for hint in made.hints:
        rows += [BLANK, *bullet(typed_here(hint), width)]
    return rows


def _point_rows(number: int, one: OpenPoint, width: int) -> list[Row]:
    """Return what is open, and under it what mends it; what a side lacks is asked for here."""
    if one.what == "address" and one.mend:
        head, *rest = _numbered(number, case_said(one), (), width)
        asks = replace(head, opens=True, leads=MINE if one.seq is None else THEIRS)
        return [asks, *rest, *paragraph("enter asks for it", width, indent=_COUNTED, style="dim")]
    rows = _numbered(number, case_said(one), () if one.seq is None else (one.seq,), width)
    if one.against_me:
        rows += paragraph("it may be held against you", width, indent=_COUNTED, style="bold")
    return rows + (paragraph(one.mend, width, indent=_COUNTED, style="dim") if one.mend else [])


def finding_rows(noticed: Sequence[Noticed], width: int) -> list[Row]:
    """Return the findings, each opening its entry."""
    rows = paragraph(noticed_head(noticed), width)
    if noticed:
        rows += paragraph("enter on one goes to its entry, where a amends it.", width, style="dim")
    shown = [_on_screen(one) for one in noticed[:_MOST]]
    for number, (one, words) in enumerate(zip(shown, noticed_words(shown), strict=True), 1):
        seqs = () if one.seq is None else (one.seq,)
        rows += [BLANK, *_numbered(number, words, seqs, width)]
    if len(noticed) > _MOST:
        rest_words = f"{len(noticed) - _MOST:,} more: `docket record --check` lists them all."
        rows += [BLANK, *paragraph(rest_words, width)]
    return rows


def _numbered(number: int, words: str, seqs: tuple[int, ...], width: int) -> list[Row]:
    """Return a finding under its number, which opens the entry that it is about."""
    first, *rest = safe_wrap(words, width - _COUNTED)
    mark = (f"{number:>{_COUNTED - 2}}  ", "dim")
    row = Row.of(mark, first, opens=bool(seqs), evidence=seqs)
    return [row, *(Row.of(" " * _COUNTED, line) for line in rest)]


def _on_screen(one: Noticed) -> Noticed:
    """Return a finding whose advice names no option of the command line."""
    return one._replace(why=one.why.replace(" with --redact", ""))


def export_rows(exports: Sequence[Export], lines: Sequence[Line], width: int) -> list[Row]:
    """Return each export with its day and whether the docket has grown since."""
    if not exports:
        words = "None of this client in the folder above. Another folder shows those in it."
        return paragraph(words, width)
    rows: list[Row] = []
    for one in exports:
        rows += [BLANK] if rows else []
        rows += paragraph(f"{_day(one.day)}  {one.what}", width, style="bold")
        if one.head:
            shown = plural(one.entries, "entry", "entries")
            rows += paragraph(f"{shown}, head {one.head[:8]}; {since(one, lines)}", width, indent=2)
        rows += paragraph(one.name, width, indent=2, style="dim")
    return rows


def _day(text: str) -> str:
    try:
        return day_in_full(date.fromisoformat(text[:10]))
    except ValueError:
        return text[:10]


def done_rows(done: Written, today: date, width: int) -> list[Row]:
    """Return where a document went and, of a record, all that is to be known of it."""
    rows = [Row.of(("Written to", "bold")), *paragraph(str(done.path), width, indent=2)]
    if done.record is None or done.report is None:
        for path in done.names[1:]:
            rows += paragraph(path, width, indent=2)
        rows += [row for line in done.to_print for row in paragraph(line, width)]
        alone = _ALONE if done.record is None else _NOT_VERIFIED
        return [*rows, BLANK, *paragraph(alone, width)]
    whole = "Verified: it is whole."
    words = whole if done.report.ok else "NOT VERIFIED: something is wrong with it."
    rows += [BLANK, Row.of((words, "bold"))]
    for line in (*done.report.findings, *done.to_print, *written_lines(done.record, today)):
        rows += bullet(typed_here(line), width)
    for part in done.report.parts:
        first, *rest = part_words(part)
        rows += [BLANK, *paragraph(first, width, style="bold")]
        for line in rest:
            rows += paragraph(line.strip(), width, indent=2)
    return [*rows, BLANK, *paragraph(done.report.limits, width)]
