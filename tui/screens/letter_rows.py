"""The lines of a letter on the screen, with what the tone check finds numbered in the margin."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from store.playbook.letters import Letter
from store.tone.sent import Hint
from tui.screens.rows import BLANK, Row, paragraph, title
from tui.words.letter import proposals, rests, unmarked

_MARGIN = 4
_GAP = re.compile(r"<[^<>]+>")


def letter_rows(letter: Letter, hints: Sequence[Hint], room: int, key: str) -> list[Row]:
    """Return the lines of a letter, what it rests on, and what there is to look at again.

    What it lacks is set apart; `key` takes the better sentence of one.
    """
    rows = [row for said in letter.doubts for row in paragraph(f"! {said}", room)]
    rows += [BLANK] if rows else []
    rows += _body(letter.body, hints, room - _MARGIN if hints else room)
    if told := " ".join(filter(None, (rests(letter), proposals(letter)))):
        rows += [BLANK, *paragraph(told, room, style="dim")]
    return rows + (_found(hints, room, key) if hints else [])


def _body(body: str, hints: Sequence[Hint], room: int) -> list[Row]:
    """Return the wrapped lines, the numbers of what is to be looked at in the margin."""
    rows, place, ahead = [], 0, deque(enumerate(hints, start=1))
    for line in body.rstrip().split("\n"):
        told = unmarked(line)
        wrapped = paragraph(told, room) if told.strip() else [BLANK]
        shown, counted, read = 0, 0, place
        for row in _gaps_marked(wrapped, told):
            shown += _letters(row.text)
            said: list[str] = []
            while ahead and ahead[0][1].start < place + len(line):
                counted += _letters(body[read : ahead[0][1].start])
                read = ahead[0][1].start
                if counted >= shown:
                    break
                said.append(str(ahead.popleft()[0]))
            margin = f"{' '.join(said)[: _MARGIN - 1]:{_MARGIN}}"
            rows.append(Row(((margin, "bold"), *row.cells)) if hints else row)
        place += len(line) + 1
    return rows


def _gaps_marked(rows: Sequence[Row], line: str) -> Iterator[Row]:
    """Yield the rows of a wrapped line, what the letter lacks in it set apart."""
    ends = {at for gap in _GAP.finditer(line) for at in (gap.start(), gap.end() - 1)}
    signs = [at in ends for at, sign in enumerate(line) if sign in "<>"]
    if not ends:
        yield from rows
        return
    number, inside = 0, False
    for row in rows:
        pieces: list[tuple[str, str]] = []
        text = ""
        for sign in row.text:
            edge = sign in "<>" and signs[number]
            number += sign in "<>"
            if edge and not inside:
                pieces, text, inside = [*pieces, (text, "")], sign, True
            elif edge:
                pieces, text, inside = [*pieces, (text + sign, "heat1")], "", False
            else:
                text += sign
        yield replace(row, cells=(*pieces, (text, "heat1" if inside else "")))


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
