"""What goes over the wire besides pictures, and what makes a picture known or unknown."""

from __future__ import annotations

import pytest
from textual._ansi_sequences import SYNC_END, SYNC_START

from tui.app.wire import Wire

SIZE = (20, 4)
FRAME = "\x1b[2;1Hword\x1b[1;1H"
DRAWN = "\x1b[2Hword\x1b[1H"


@pytest.fixture
def wire() -> Wire:
    wire = Wire()
    assert wire.sent("\x1b[?1049h", SIZE) == "\x1b[?1049h\x1b[H\x1b[2J"
    return wire


def test_a_picture_is_sent_once(wire: Wire) -> None:
    assert [wire.sent(FRAME, SIZE) for _ in range(2)] == ["\r\nword\x1b[1H", ""]


def test_a_picture_comes_in_one_go_only_if_there_is_something_to_see(wire: Wire) -> None:
    one, two = ([SYNC_START, FRAME, SYNC_END] for _ in range(2))
    assert [wire.sent(data, SIZE) for data in one] == ["", f"{SYNC_START}\r\nword\x1b[1H", SYNC_END]
    assert [wire.sent(data, SIZE) for data in two] == ["", "", ""]
    assert wire.sent("\x1b[2;1Hwork\x1b[1;1H", SIZE), "nothing is held for a picture on its own"


@pytest.mark.parametrize(
    "data",
    ["\x1b[?2026$p", "\x1b]11;?\x07\x1b]4;1;?\x1b\\", "\x1b[>1u", "\x1b[<u", "\x1b[?25l", "\x07"],
)
def test_what_does_not_draw_passes_and_changes_nothing(wire: Wire, data: str) -> None:
    wire.sent(FRAME, SIZE)
    assert wire.sent(data, SIZE) == data
    assert wire.sent(FRAME, SIZE) == ""


@pytest.mark.parametrize("data", ["\x1b]8;;http://x\x1b\\a", "\x1b[2K", "\x1bc", "a\tb"])
def test_nothing_is_known_after_what_nobody_foresaw(wire: Wire, data: str) -> None:
    wire.sent(FRAME, SIZE)
    assert wire.sent(data, SIZE) == data
    assert wire.sent(FRAME, SIZE) == DRAWN


def test_nothing_is_known_after_a_change_of_size(wire: Wire) -> None:
    wire.sent(FRAME, SIZE)
    assert wire.sent(FRAME, (21, 4)) == DRAWN


def test_nothing_is_known_when_the_shell_had_the_terminal(wire: Wire) -> None:
    wire.sent(FRAME, SIZE)
    assert wire.sent("\x1b[?1049l", SIZE) == "\x1b[?1049l"
    assert wire.sent("\x1b[?1049h", SIZE).endswith("\x1b[2J")
    assert wire.sent(FRAME, SIZE) == "\r\nword\x1b[1H"


def test_nothing_is_known_when_it_is_to_be_drawn_anew(wire: Wire) -> None:
    wire.sent(FRAME, SIZE)
    wire.forget()
    assert wire.sent(FRAME, SIZE) == DRAWN
