"""A terminal's screen as SVG: one text per run of equal looks, each at its own column.

Letters are placed by column, so that a font of another width, or a script that a font lacks,
moves nothing beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from tui.tokens import THEMES

WIDE, HIGH, EDGE = 8.4, 17, 10
"""The size of a cell, and the room around all of them."""
_FONT: Final = "font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace"
_SCRIPTS = re.compile(r"[ -\u024f\u2010-\u26ff]+|[^ -\u024f\u2010-\u26ff]+")


class Page(NamedTuple):
    """The two colours of a terminal that says nothing of them."""

    text: str
    ground: str


def page_of(theme: str) -> Page:
    """Return the page that a theme is drawn on; of one without a ground of its own, a dark one."""
    worn = THEMES[theme] if THEMES[theme].ground else THEMES["dark"]
    return Page(worn.look("text").split()[-1].lower(), worn.ground.lower())


class Run(NamedTuple):
    """Some cells of a row that look alike; `look` is CSS, and `ground` a colour or nothing."""

    column: int
    cells: int
    text: str
    look: str
    ground: str


Row = tuple[Run, ...]


def row_of(segments: Iterable[Segment], page: Page) -> Row:
    """Return a line of the screen as runs; blanks that show nothing are left out."""
    runs: list[Run] = []
    column = 0
    for text, style, control in segments:
        if control:
            continue
        look, ground = _look(style or Style.null(), page)
        for part in _SCRIPTS.findall(text):
            cells = cell_len(part)
            last = runs[-1] if runs else None
            if not part.strip() and not ground and "underline" not in look:
                pass
            elif last and (last.look, last.ground) == (look, ground) and _joins(last, part, column):
                gap = " " * (column - last.column - last.cells)
                wide = column + cells - last.column
                runs[-1] = last._replace(text=last.text + gap + part, cells=wide)
            else:
                runs.append(Run(column, cells, part, look, ground))
            column += cells
    return tuple(runs)


def _joins(last: Run, part: str, column: int) -> bool:
    """Whether `part` may be one text with `last`: both of one script, and no hole on a ground."""
    alike = bool(re.match("[ -\u024f]", part)) == bool(re.match("[ -\u024f]", last.text))
    return alike and (not last.ground or last.column + last.cells == column)


def _look(style: Style, page: Page) -> tuple[str, str]:
    """Return the CSS of a style, and its ground where that is not the page's."""
    text, ground = _hex(style.color, page.text), _hex(style.bgcolor, page.ground)
    if style.reverse:
        text, ground = ground, text
    if style.dim:
        text = _between(text, ground)
    words = [
        f"fill:{text}" * (text != page.text),
        "font-weight:700" * bool(style.bold),
        "font-style:italic" * bool(style.italic),
        "text-decoration:underline" * bool(style.underline),
        "text-decoration:line-through" * bool(style.strike),
    ]
    return ";".join(filter(None, words)), ground if ground != page.ground else ""


def _hex(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex


def _between(one: str, other: str) -> str:
    """Return the colour that is more than half way from `other` to `one`."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * 0.6 + b * 0.4):02x}" for a, b in pairs)


class Looks:
    """The classes of a picture: a short name for each look there is."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def of(self, look: str) -> str:
        """Return the attribute that gives a text its look; nothing where it has none."""
        if not look:
            return ""
        return f' class="{self.names.setdefault(look, f"s{len(self.names)}")}"'

    def css(self) -> str:
        """Return what the classes mean."""
        return "".join(f".{name}{{{look}}}" for look, name in self.names.items())


def drawn(row: Row, looks: Looks, top: float = 0) -> str:
    """Return the SVG of a row whose upper edge is at `top`."""
    grounds: list[tuple[int, int, str]] = []
    for run in row:
        if grounds and grounds[-1][1:] == (run.column, run.ground):
            grounds[-1] = (grounds[-1][0], run.column + run.cells, run.ground)
        elif run.ground:
            grounds.append((run.column, run.column + run.cells, run.ground))
    parts = [
        f'<rect x="{_number(begin * WIDE)}" y="{_number(top)}"'
        f' width="{_number((end - begin) * WIDE)}" height="{HIGH}" fill="{ground}"/>'
        for begin, end, ground in grounds
    ]
    for run in row:
        text = run.text if "underline" in run.look else run.text.strip(" ")
        if text:
            before = len(run.text) - len(run.text.lstrip(" ")) if text != run.text else 0
            cells = run.cells - len(run.text) + len(text)
            parts.append(
                f'<text x="{_number((run.column + before) * WIDE)}" y="{_number(top + 13)}"'
                f' textLength="{_number(cells * WIDE)}"{looks.of(run.look)}>'
                f"{escape(text, quote=False)}</text>"
            )
    return "".join(parts)


def framed(body: str, size: tuple[int, int], page: Page, css: str, title: str) -> str:
    """Return a whole SVG file: the page, `body` on it, and what a reader is told of it."""
    wide, high = size[0] * WIDE + 2 * EDGE, size[1] * HIGH + 2 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(wide)} {_number(high)}"'
        f' width="{_number(wide)}" height="{_number(high)}" role="img" xml:space="preserve">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>text{{{_FONT};fill:{page.text}}}{css}</style>\n"
        f'<rect width="100%" height="100%" rx="6" fill="{page.ground}"/>\n'
        f'<svg x="{EDGE}" y="{EDGE}">\n{body}</svg>\n</svg>\n'
    )


def picture(rows: Sequence[Row], size: tuple[int, int], page: Page, title: str) -> str:
    """Return the SVG of a screen."""
    looks = Looks()
    body = "".join(
        line + "\n" for at, row in enumerate(rows) if (line := drawn(row, looks, at * HIGH))
    )
    return framed(body, size, page, looks.css(), title)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def text_twin(rows: Sequence[Row]) -> str:
    """Return a screen as plain text."""
    lines = []
    for row in rows:
        line, at = "", 0
        for run in row:
            line += " " * (run.column - at) + run.text
            at = run.column + run.cells
        lines.append(line.rstrip())
    return "\n".join(lines).rstrip("\n") + "\n"
