"""What goes over the wire: fewer bytes, the same picture, columns that no terminal can shift."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.app.wire import thin

LOOKS = (
    *("", "1", "2", "3", "4", "7", "9", "1;4", "39;49", "1;39;49", "31", "3;92;48;5;9"),
    *("38;2;10;20;30", "7;38;2;1;2;3;48;2;9;9;9", "1;38;2;1;2;3;48;2;9;9;9", "48;2;9;9;9"),
)
KHMER = "រោងត្បាញដើមត្នោត"


def shown(data: str) -> list[list[pyte.screens.Char]]:
    screen = pyte.Screen(40, 6)
    pyte.Stream(screen).feed(data)
    return [[as_seen(screen.buffer[y][x]) for x in range(40)] for y in range(6)]


def as_seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    """Return a cell without what a blank does not show."""
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


def piece(look: str, text: str) -> str:
    """Return a piece of text as Textual sends it."""
    return f"\x1b[{look}m{text}\x1b[0m" if look else text


@st.composite
def updates(draw: st.DrawFn) -> str:
    """Return an update of a screen as Textual sends it."""
    sent = []
    for _ in range(draw(st.integers(1, 6))):
        sent.append(f"\x1b[{draw(st.integers(1, 6))};{draw(st.integers(1, 20))}H")
        texts = draw(st.lists(st.text("ab …─│", max_size=5), max_size=4))
        sent += [piece(draw(st.sampled_from(LOOKS)), text) for text in texts]
        sent.append(draw(st.sampled_from(["", "\r\n"])))
    return "".join(sent)


@given(updates())
def test_the_picture_is_the_same_in_no_more_bytes(data: str) -> None:
    assert shown(thin(data)) == shown(data)
    assert len(thin(data)) <= len(data)


def test_no_look_is_left_on() -> None:
    assert thin(piece("1", "a") + piece("1", "b")) == "\x1b[1mab\x1b[m"
    assert thin(piece("39;49", "a")) == "a"


def test_what_follows_a_name_that_terminals_measure_differently_is_placed() -> None:
    sent = thin(f"\x1b[3;1H{piece('2', '▌  ')}{piece('39;49', KHMER + '   ')}keep?│")
    at, after = sent.index(KHMER), sent.index("keep?")
    assert sent[:at].endswith(" " * 13 + "\x1b[4G"), "over blanks, from its own column"
    assert sent[at + len(KHMER) : after] == "\x1b[17G"


@pytest.mark.parametrize("text", ["Fjarðarljós Ferðir ehf.", "Kőrösligeti", "Юрий", "Ελλάς", "◆ …"])
def test_what_all_terminals_measure_alike_is_sent_as_it_is(text: str) -> None:
    assert thin(f"\x1b[1;1H{text}") == f"\x1b[1;1H{text}"


def test_only_what_differs_is_sent_where_that_is_shorter() -> None:
    page = "38;2;218;220;214;48;2;21;23;28"
    sent = thin(piece(page, "a") + piece(f"1;{page}", "b") + piece(page, "c"))
    assert sent == f"\x1b[{page}ma\x1b[1mb\x1b[22mc\x1b[m"
    assert thin(piece("1", "a") + piece("2", "b")) == "\x1b[1ma\x1b[;2mb\x1b[m"


def test_other_sequences_pass_as_they_are() -> None:
    for data in ("\x1b[?2026h", "\x1b]11;?\x07", "\x1b[>1u", "\x1b[?1049l\x1b[?25h", "plain"):
        assert thin(data) == data
