"""The portfolio in lines: pure functions from it to the rows of the screen, at any width."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from store.dates import day_in_full
from store.decision import VERDICT
from store.overview.portfolio import Client, Portfolio
from store.overview.words import ended, notes, percent, referrals, reviews, runway, warnings
from tui.safe_text import fit
from tui.screens.clients import LOOKS
from tui.screens.parts import bar
from tui.screens.rows import BLANK, Row, bullet, paragraph, title

_START = "No clients yet. Press n and type: new Acme Media"
_RUNWAY = (
    "Runway: the months your savings last without that client, if the other current clients pay "
    "on as they did on average."
)
_ENDED = 17
_MARK = 3


class Columns(NamedTuple):
    """Cells of each column; `bar` is the part of strain and share that is drawn, 0 for none."""

    name: int
    strain: int
    verdict: int
    share: int
    runway: int
    money: int
    bar: int

    @classmethod
    def of(cls, width: int) -> Columns:
        """Return the columns that fit `width` cells."""
        drawn = 0 if width < 70 else 5 if width < 100 else 10
        more = drawn + 1 if drawn else 0
        fixed = (max(6, 3 + more), 16 if drawn else 5, 9 + more, 7, 14 if width >= 100 else 0)
        name = width - _MARK - sum(fixed) - 2 * sum(cells > 0 for cells in fixed)
        return cls(max(8, name), *fixed, drawn)


def portfolio_rows(found: Portfolio, width: int) -> list[tuple[Row, str]]:
    """Return every line, at most `width` cells each, with the id of the client it is about."""
    if not found.clients:
        return [(row, "") for row in paragraph(_START, width)]
    columns = Columns.of(width)
    lines: list[tuple[Row, str]] = []
    if found.current:
        lines.append((_head(columns), ""))
        lines += [(_current(one, columns), one.id) for one in found.current]
    if found.former:
        lines += [(BLANK, "")] if found.current else []
        lines.append((title("Ex-clients"), ""))
        lines += [(_former(one, columns), one.id) for one in found.former]
    return [*lines, *((row, "") for row in _below(found, width))]


def _below(found: Portfolio, width: int) -> list[Row]:
    """Return what stands under the clients: warnings, decisions due, referrals, how to read it."""
    rows = [
        *_part("Warnings", warnings(found), width),
        *_part("Decisions to look at again", reviews(found), width),
        *_part("Who sent whom", referrals(found), width),
        BLANK,
    ]
    said = [*notes(found), *(() if found.lacks else (_RUNWAY,))]
    if found.income:
        paid = " + ".join(map(str, found.income))
        said.append(f"Came in since {day_in_full(found.since)}: {paid}.")
    for text in said:
        rows += paragraph(text, width, style="dim")
    return rows


def _part(heading: str, said: Iterable[str], width: int) -> list[Row]:
    points = [row for text in said for row in bullet(text, width)]
    return [BLANK, title(heading), *points] if points else []


def _head(columns: Columns) -> Row:
    verdict = "verdict" if columns.bar else "says"
    names = ("client", "strain", verdict, "share", "runway", "money")
    text = "  ".join(fit(name, wide) for name, wide in zip(names, columns, strict=False) if wide)
    return Row.of((" " * _MARK + text, "dim"))


def _current(one: Client, columns: Columns) -> Row:
    told, look = VERDICT[one.verdict], LOOKS[one.verdict]
    said = (told.words if columns.bar else told.short) + ("?" if one.provisional else "")
    money = f"  {fit(one.money, columns.money)}" if columns.money else ""
    return Row.of(
        (told.mark, look),
        f" {fit(one.name, columns.name)}  ",
        (f"{_strain(one, columns)}  {fit(said, columns.verdict)}", look),
        f"  {_share(one, columns)}  {fit(runway(one) or '-', columns.runway)}{money}",
        opens=True,
        about=_about(one),
    )


def _former(one: Client, columns: Columns) -> Row:
    share = _share(one, columns) if columns.bar else ""
    text = (
        f"{'':{_MARK}}{fit(one.name, columns.name)}  {_strain(one, columns)}  "
        f"{fit(ended(one), _ENDED)} {share}"
    )
    return Row.of((text, "dim"), opens=True, about=_about(one))


def _strain(one: Client, columns: Columns) -> str:
    number = "  -" if one.score is None else f"{one.score:3.0f}"
    drawn = bar((one.score or 0) / 100, columns.bar)
    return f"{drawn} {number}" if drawn else f"{number:>{columns.strain}}"


def _share(one: Client, columns: Columns) -> str:
    """Return the share where it is greatest; a plus says that other currencies came in too."""
    most = max(one.income, key=lambda part: part.share, default=None)
    drawn = f" {bar(most.share if most else 0, columns.bar)}" if columns.bar else ""
    if most is None:
        return fit(f"   -{drawn}", columns.share)
    more = "+" if len(one.income) > 1 else ""
    return fit(f"{percent(most.share):>4}{drawn} {most.money.currency}{more}", columns.share)


def _about(one: Client) -> str:
    strain = "unknown" if one.score is None else f"{one.score:.0f}"
    paid = ", ".join(f"{part.money} ({percent(part.share)})" for part in one.income) or "nothing"
    when = ended(one) or f"runway without them {runway(one) or 'unknown'}"
    return f"{one.name}: strain {strain}, {VERDICT[one.verdict].words}, paid {paid}, {when}"
