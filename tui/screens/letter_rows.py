"""The lines of a letter on the screen, with what the tone check finds numbered in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from store.playbook.letters import Letter
from store.tone.sent import Hint
from tui.screens.rows import BLANK, Row, paragraph, title
from tui.words.letter import proposals, rests, unmarked

_MARGIN = 4


def letter_rows(letter: Letter, hints: Sequence[Hint], room: int, key: str) -> list[Row]:
    """Return the lines of a letter, what it rests on, and what there is to look at again.

    `key` takes the better sentence of one.
    """
    rows = [row for said in letter.doubts for row in paragraph(f"! {said}", room)]
    rows += [BLANK] if rows else []
    rows += [title(unmarked(letter.subject)), BLANK]
    rows += _body(letter.body, hints, room - _MARGIN if hints else room)
    if told := " ".join(filter(None, (rests(letter), proposals(letter)))):
        rows += [BLANK, *paragraph(told, room, style="dim")]
    return rows + (_found(hints, room, key) if hints else [])


def _body(body: str, hints: Sequence[Hint], room: int) -> list[Row]:
    """Return the wrapped lines, the numbers of what is to be looked at in the margin."""
    rows, place = [], 0
    for line in body.rstrip().split("\n"):
        here = {
            str(count): _letters(line[: hint.start - place])
            for count, hint in enumerate(hints, start=1)
            if place <= hint.start < place + len(line)
        }
        place += len(line) + 1
        before = 0
        for row in paragraph(unmarked(line), room) if unmarked(line).strip() else [BLANK]:
            after = before + _letters(row.text)
            said = " ".join(count for count, at in here.items() if before <= at < after)
            rows.append(
                Row(((f"{said[: _MARGIN - 1]:{_MARGIN}}", "bold"), *row.cells)) if hints else row
            )
            before = after
    return rows


def _letters(text: str) -> int:
    """Return how many letters a text has, blanks left aside, as wrapping leaves them."""
    return len("".join(unmarked(text).split()))


def _found(hints: Sequence[Hint], room: int, key: str) -> list[Row]:
    rows = [
        BLANK,
        title(f"Tone: {len(hints)} to look at", f"{key} takes the better · it never blocks"),
    ]
    for count, hint in enumerate(hints, start=1):
        words = " ".join(hint.words.split())
        first, *rest = paragraph(f"“{words}” is {hint.noun}. {hint.why}", room, indent=_MARGIN)
        numbered = ((f"{count:<{_MARGIN}}", "bold"), *first.cells[1:])
        rows += [Row(numbered, opens=True, about=str(count)), *rest]
        if hint.better:
            rows += paragraph(f"better  {hint.better}", room, indent=_MARGIN)
    return rows
