"""Logging while the client is on the phone, as an asciinema cast and as an SVG that moves.

Both are told from what the app shows after each key, typed at the pace that is given here: no
clock is in them, and so the same program gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.color import ColorSystem
from textual.strip import Strip

from tests.docs.scenes import NOW, typed, wardrobe, workspace_of
from tests.docs.svg import HIGH, WIDE, Looks, Row, drawn, framed, page_of, row_of
from tests.tui.waiting import settled, without_the_clock
from tui.app import DocketApp
from tui.widgets.scripts import unsure

SIZE: Final = (80, 24)
THEME: Final = "dark"
CLIENT, SEQ = "ostrelle", 46
_LINE = 'pay-later programme first, "the money comes later" !3 ^phone +20m'
_LETTER, _WORD, _LOOK = 0.07, 0.18, 1.6
"""Seconds after a letter, after a word, and for reading what is new."""

STORY: Final[Sequence[tuple[str, float]]] = (
    ("", 2.0),
    ("n", _LOOK),
    *((key, _WORD if key == "space" else _LETTER) for key in typed(_LINE)),
    ("", 2.5),
    ("enter", 3.0),
    ("escape", 4.0),
)
"""The keys, and how long each one's picture stands; no key, where it stands longer."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the screen shows for some seconds: as it is sent, row by row, and as runs."""

    seconds: float
    sent: tuple[str, ...]
    rows: tuple[Row, ...]


async def filmed() -> list[Frame]:
    """Return the pictures of the story."""
    without_the_clock()
    frames: list[Frame] = []
    with workspace_of(CLIENT) as workspace:
        app = DocketApp(workspace, wardrobe(workspace, THEME))
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            app.main.select(CLIENT, SEQ)
            await settled(pilot)
            for key, seconds in STORY:
                if key:
                    await pilot.press(key)
                    await settled(pilot)
                frame = _frame(app, seconds)
                if frames and frames[-1].sent == frame.sent:
                    seconds += frames.pop().seconds
                    frame = _frame(app, seconds)
                frames.append(frame)
    return frames


def _frame(app: DocketApp, seconds: float) -> Frame:
    strips = app.screen._compositor.render_strips()
    page = page_of(THEME)
    return Frame(
        round(seconds, 2),
        tuple(map(_sent, strips)),
        tuple(row_of(strip, page) for strip in strips),
    )


def _sent(strip: Strip) -> str:
    """Return a row as it is sent: what follows a script of unsure width is placed by its column."""
    sent, column = "", 0
    for text, style, control in strip:
        if not control:
            sent += style.render(text, color_system=ColorSystem.TRUECOLOR) if style else text
            column += cell_len(text)
            if unsure(text):
                sent += f"\x1b[{column + 1}G"
    return sent


def cast(frames: Sequence[Frame]) -> str:
    """Return the story as an asciinema cast, version 2: of each picture the rows that changed."""
    head = {
        "version": 2,
        "width": SIZE[0],
        "height": SIZE[1],
        "timestamp": int(NOW.timestamp()),
        "title": "Docket: logging while the client is on the phone",
        "env": {"TERM": "xterm-256color"},
    }
    lines = [json.dumps(head)]
    shown: Sequence[str] = [""] * SIZE[1]
    at = 0.0
    for frame in frames:
        changed = "".join(
            f"\x1b[{number};1H\x1b[2K{row}"
            for number, (row, before) in enumerate(zip(frame.sent, shown, strict=True), 1)
            if row != before
        )
        start = "\x1b[?25l\x1b[2J" if not at else ""
        lines.append(json.dumps([round(at, 2), "o", start + changed], ensure_ascii=False))
        at, shown = at + frame.seconds, frame.sent
    lines.append(json.dumps([round(at, 2), "o", ""]))
    return "\n".join(lines) + "\n"


def moving(frames: Sequence[Frame]) -> str:
    """Return the story as an SVG: all pictures side by side, of which the window shows one.

    Where less motion is asked for it stands still, on the last one.
    """
    looks = Looks()
    names: dict[Row, str] = {}
    for row in (row for frame in frames for row in frame.rows if row):
        names.setdefault(row, f"r{len(names)}")
    rows = "".join(f'<g id="{name}">{drawn(row, looks)}</g>\n' for row, name in names.items())
    wide = SIZE[0] * WIDE
    pictures = "".join(_picture(frame, names, at * wide) for at, frame in enumerate(frames))
    last = -(len(frames) - 1) * wide
    css = (
        f"{looks.css()}@keyframes play{{{''.join(_steps(frames, wide))}}}"
        f"#film{{transform:translateX({last:.1f}px)}}@media(prefers-reduced-motion:no-preference)"
        f"{{#film{{animation:play {_length(frames):.2f}s step-end infinite}}}}"
    )
    window = (
        f'<svg width="{wide:.1f}" height="{SIZE[1] * HIGH}"><defs>\n{rows}</defs>\n'
        f'<g id="film">\n{pictures}</g></svg>\n'
    )
    title = "Docket: an entry is logged while the client is on the phone"
    return framed(window, SIZE, page_of(THEME), css, title)


def _picture(frame: Frame, names: dict[Row, str], left: float) -> str:
    used = "".join(
        f'<use href="#{names[row]}" y="{at * HIGH}"/>' for at, row in enumerate(frame.rows) if row
    )
    return f'<g transform="translate({left:.1f})">{used}</g>\n'


def _steps(frames: Sequence[Frame], wide: float) -> Iterator[str]:
    whole, at = _length(frames), 0.0
    for number, frame in enumerate(frames):
        yield f"{at / whole * 100:.3f}%{{transform:translateX({-number * wide:.1f}px)}}"
        at += frame.seconds


def _length(frames: Sequence[Frame]) -> float:
    return sum(frame.seconds for frame in frames)
