"""The record screen in lines: profiles, what is covered, sections and preview; pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from textual.content import Content

from store.errors import DocketError
from store.records import LeftOut, Section
from store.text import plural
from store.text.cells import cell_width
from tui.commands import BY_ID, key_name, keys_of
from tui.safe_text import fit, wrap
from tui.screens.correct_fields import day_in_full
from tui.screens.lines import BLANK, paragraph
from tui.screens.record_findings import look_again
from tui.screens.record_making import PROFILES, SINGLE, Asked, Made, Profile, is_record
from tui.screens.rows import Row
from tui.words.record import FIELD_LIMIT, FORM_LIMIT, in_days

LOOK, EXPORTS, WRITE = "look", "exports", "write"
"""What the lines of the list that are no sections lead to."""
_DESPITE: Final = re.compile(r"\b(add|with) ((?:--despite [^\s;.]+ ?)+)(?<! )")
_UNDER_HEADS: Final = re.compile(r"\|[ :|-]*-[ :|-]*\|")
_WORDS: Final[dict[Profile, str]] = {"own": "own", "public": "facts"}
_MADE: Final[dict[Profile, str]] = {
    "public": "facts sheet",
    "statement": "statement",
    "report": "final report",
}


def profiles(chosen: Profile, own: Mapping[str, str], width: int) -> Content:
    """Return the profiles with their keys in lines of `width` cells, the chosen one marked."""
    pieces: list[str | tuple[str, str]] = ["for  "]
    taken = 5
    for profile in PROFILES:
        mark = "▸" if profile == chosen else " "
        key = key_name(keys_of(BY_ID[f"for-{profile}"], own)[0])
        words = f"{mark}{key} {_WORDS.get(profile, profile)}"
        if taken + cell_width(words) > width:
            pieces.append("\n     ")
            taken = 5
        pieces += [(words, "bold reverse" if profile == chosen else ""), " "]
        taken += cell_width(words) + 1
    return Content.assemble(*pieces)


def extras(profile: Profile, own: Mapping[str, str], *, html: bool, sign: bool) -> Content:
    """Return what goes with it: the page to print and, of a record, the signature."""
    pieces: list[str | tuple[str, str]] = ["with "]
    on = [("html-page", "a page to print", html)]
    if profile not in SINGLE:
        on.append(("sign", "my SSH signature", sign))
    for command, label, chosen in on:
        key = key_name(keys_of(BY_ID[command], own)[0])
        words = f"{'▸' if chosen else ' '}{key} {label}"
        pieces += [(words, "bold reverse" if chosen else ""), " "]
    return Content.assemble(*pieces)


def reading(asked: Asked, made: Made | None, today: date) -> list[str]:
    """Return in lines what the fields come to: days, what is withheld, length, day to answer."""
    if asked.profile == "report":
        return [f"as of {day_in_full(today)}; `docket report --help` says what can be added"]
    words = f"covers {period_in_full(asked.since, asked.until)}"
    record = is_record(made)
    if record and asked.redact:
        parts = [
            plural(len(record.material.chosen_to_withhold), "field"),
            plural(len(record.material.redacted), "entry", "entries"),
        ]
        words += f"; withholds {' and '.join(part for part in parts if part[0] != '0')}"
    lines = [words]
    if asked.profile == "platform" and made:
        lines.append(length(made.characters))
    if asked.answer_by:
        lines.append(f"answer by {day_in_full(asked.answer_by)}, {in_days(asked.answer_by, today)}")
    return lines


def period_in_full(since: date | None, until: date | None) -> str:
    """Return the days a record covers, such as `from Thu 1 Oct 2026 until today`."""
    if since is None and until is None:
        return "the whole docket"
    start = f"from {day_in_full(since)}" if since else "from the start"
    return f"{start} until {day_in_full(until) if until else 'today'}"


def length(characters: int) -> str:
    """Return how long a document is, and whether a card issuer's form takes it."""
    if characters <= FIELD_LIMIT:
        fits = f"fits one field ({FIELD_LIMIT:,})"
    elif characters <= FORM_LIMIT:
        fits = f"over one field ({FIELD_LIMIT:,}), under {FORM_LIMIT:,}"
    else:
        fits = f"over the {FORM_LIMIT:,} of a whole form"
    return f"{characters:,} characters: {fits}"


def counted(left: LeftOut, entries: int) -> str:
    """Return how many entries are in a record, and how many are left out for which reason."""
    reasons = (
        (left.internal, "internal"),
        (left.settlement, "settlement talk"),
        (left.redacted, "withheld"),
        (left.unchosen, "of other kinds"),
        (left.outside, "outside these days"),
    )
    out = ", ".join(f"{number} {why}" for number, why in reasons if number)
    return f"{entries - left.total} of {entries} entries; left out: {out or 'none'}"


def title_of(made: Made | None, entries: int, *, refused: bool) -> str:
    """Return what stands on the rule above the sections."""
    if made is None:
        return "no record" if refused else "reading the docket..."
    record = is_record(made)
    return counted(record.left_out, entries) if record else made.name


def list_rows(made: Made | None, exports: int, width: int) -> list[Row]:
    """Return the line of findings, that of the last exports, one for each section, then `write`."""
    last = Row.of(fit(f"Last exports ({exports})", width), opens=True, leads=EXPORTS)
    if made is None:
        return [last]
    look = fit(look_again(made.noticed, made.notes), width)
    rows = [Row.of((look, "bold" if made.noticed else ""), opens=True, leads=LOOK), last]
    for number, section in enumerate(made.document.sections):
        rows.append(Row.of(fit(section.title, width), opens=True, leads=str(number)))
    return [*rows, Row.of((fit("▸ Write it", width), "bold"), opens=True, leads=WRITE)]


def preview_rows(section: Section, width: int) -> list[Row]:
    """Return the Markdown text of one section as plain text, its tables without their padding."""
    rows: list[Row] = []
    for line in section.body.split("\n"):
        if _UNDER_HEADS.fullmatch(line):
            rows.append(Row.of(("─" * width, "dim")))
        else:
            shown = " ".join(line.split()) if line.startswith("|") else line
            rows += [Row.of(part) for part in wrap(shown, width)]
    return rows


def refusal(error: DocketError) -> str:
    """Return an error in words that fit here: options of the command line are told as such."""
    words = str(error).replace("with --redact", "by withholding")
    words = _DESPITE.sub(lambda found: _typed_at_despite(found[2], found[1] == "add"), words)
    return words.replace("with --sign KEY", "with `docket record --sign KEY`")


def _typed_at_despite(options: str, add: bool) -> str:
    """Return `--despite A --despite B` as what is typed into the field of that name."""
    typed = "; ".join(options.replace("--despite ", "").replace("'", "").split())
    return f"{'type' if add else 'with'} {typed} at despite"


def plan_rows(asked: Asked, folder: str, width: int) -> list[Row]:
    """Return what writing will do."""
    what = _MADE.get(asked.profile, f"record for {asked.profile}")
    if asked.profile in SINGLE:
        how = "One file to send; nothing is written over."
    else:
        how = "A folder of its own, verified at once; nothing is written over."
    rows = [Row.of((f"enter or w writes the {what} into", "bold"))]
    rows += paragraph(folder, width, indent=2)
    rows += [BLANK, *paragraph(how, width)]
    if asked.html:
        rows += paragraph("A page to print comes with it.", width)
    if asked.sign:
        words = "It is signed with your first SSH key; ssh-keygen may ask for its passphrase."
        rows += paragraph(words, width)
    return rows
