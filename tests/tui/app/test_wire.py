"""What goes over the wire besides pictures, and what makes a picture known or unknown."""

from __future__ import annotations

import pytest
from textual._ansi_sequences import SYNC_END, SYNC_START

from tui.app.picture import Picture
from tui.app.wire import Wire
from tui.opening import KeptPicture

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


def kept() -> KeptPicture:
    picture = Picture(*SIZE)
    picture.clear()
    picture.drawn(FRAME)
    return picture.kept()


def test_a_picture_that_was_kept_stands_until_it_is_let_go() -> None:
    wire = Wire()
    wire.hold(kept())
    assert wire.sent("\x1b[?1049h", SIZE) == "", "it is shown already"
    assert wire.sent("\x1b[?25l", SIZE) == "\x1b[?25l"
    blank = "\x1b[2;1H    \x1b[1;1H"
    drawn = [SYNC_START, blank, SYNC_END, SYNC_START, "\x1b[2;1Hwork\x1b[1;1H", SYNC_END]
    assert [wire.sent(data, SIZE) for data in drawn] == [""] * 6
    assert wire.let_go() == "\x1b[2;4Hk\x1b[1H"
    assert wire.sent(FRAME, SIZE) == "\r\nword\x1b[1H"
    assert wire.let_go() == ""


@pytest.mark.parametrize("data", ["a\tb", "\x1b[2;1H日\x1b[1;1H"])
def test_what_nobody_can_tell_of_is_drawn_anew_once_it_is_let_go(data: str) -> None:
    wire = Wire()
    wire.hold(kept())
    wire.sent("\x1b[?1049h", SIZE)
    assert wire.sent(data, SIZE) == ""
    assert wire.sent("\x1b[2;1Ha\x1b[1;1H", SIZE) == ""
    assert wire.let_go() is None


def test_nothing_stands_where_the_size_is_another_or_the_screen_is_left() -> None:
    for said, size in (("\x1b[?25l", (30, 4)), ("\x1b[?1049l", SIZE)):
        wire = Wire()
        wire.hold(kept())
        wire.sent(said, size)
        assert not wire.holds


def test_what_is_drawn_unseen_can_be_kept(wire: Wire) -> None:
    wire.sent(FRAME, SIZE)
    wire.fall_silent()
    assert wire.sent("\x1b[2;1Hwork\x1b[1;1H", SIZE) == ""
    assert (found := wire.kept())
    assert "work" in found.sent
    assert wire.sent("\x1b[?1049l", SIZE) == "\x1b[?1049l"
