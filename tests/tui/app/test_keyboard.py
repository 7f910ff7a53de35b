"""What is read from a terminal: keys are keys in any number of pieces, its own reports nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import constants, events
from textual.message import Message

from tui.app.terminal import Keyboard

REPORTS = {
    "a mouse report": "\x1b[<0;10;5M",
    "a mouse release": "\x1b[<35;120;40m",
    "a mouse report before the window": "\x1b[<0;-1;0M",
    "a mouse report of the old kind": "\x1b[M !!",
    "one of the old kind in UTF-8": "\x1b[M \u0151\u0120",
    "one of the old kind with bytes that are no text": "\x1b[M \udcf3\udcae",
    "a mouse report of urxvt": "\x1b[32;10;5M",
    "focus in": "\x1b[I",
    "focus out": "\x1b[O",
    "the text colour": "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "the ground colour": "\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
    "a colour with its share": "\x1b]11;rgba:1e/1e/2e/ff\x9c",
    "a colour of the palette": "\x1b]4;1;rgb:cd/00/00\x07",
    "a mode": "\x1b[?2048;2$y",
    "a mode of the standard": "\x1b[4;2$y",
    "what it is": "\x1b[?62;1;6;22c",
    "what it is, the second answer": "\x1b[>41;354;0c",
    "what it is, the third answer": "\x1bP!|00000000\x1b\\",
    "its name": "\x1bP>|XTerm(370)\x1b\\",
    "a setting": "\x1bP1$r0m\x1b\\",
    "its keyboard": "\x1b[?1u",
    "where the cursor is": "\x1b[12;40R",
    "where the cursor is, on the first line": "\x1b[1;2R",
    "where the cursor is, with the page": "\x1b[?12;40;1R",
    "that all is well": "\x1b[0n",
    "light or dark": "\x1b[?997;1n",
    "its size": "\x1b[48;24;80;480;640t",
    "its size, when asked": "\x1b[8;24;80t",
    "its parameters": "\x1b[2;1;1;128;128;1;0x",
    "a paste of nothing": "\x1b[200~\x1b[201~",
    "the end of a paste that never began": "\x1b[201~",
    "an answer about pictures": "\x1b_Gi=31;OK\x1b\\",
    "the clipboard": "\x1b]52;c;bm90ZSBub3RoaW5n\x07",
    "a key that is no key": "\x1b[99999999;1u",
    "a key with numbers too many": "\x1b[97;1:3:5u",
    "shift alone": "\x1b[57441;2u",
    "caps lock alone": "\x1b[57358;1u",
    "a sequence nobody knows": "\x1b[5;10z",
}
AT_ONCE_ONLY = {"its name", "a setting", "an answer about pictures", "the clipboard"}
AT_ONCE_ONLY |= {"a sequence nobody knows", "a key that is no key", "a key with numbers too many"}


class Clock:
    """A clock for the parser, which asks it how long it has been silent."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("textual._parser.get_time", clock)
    return clock


def read(*pieces: str, clock: Clock | None = None) -> list[str]:
    """Return what is made of `pieces`; with a `clock`, a pause comes after each of them."""
    keyboard = Keyboard()
    found: list[Message] = []
    for piece in pieces:
        found += keyboard.feed(piece)
        if clock is not None:
            clock.now += 2 * constants.ESCAPE_DELAY
            found += keyboard.tick()
    return [said(one) for one in found if isinstance(one, events.Key | events.Paste)]


def said(one: Message) -> str:
    if isinstance(one, events.Paste):
        return f"<{one.text}>"
    assert isinstance(one, events.Key)
    return one.key


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_a_report_is_nothing_at_once_and_letter_by_letter(report: str) -> None:
    assert read(f"a{report}b") == ["a", "b"]
    assert read("a", *report, "b") == ["a", "b"]


@pytest.mark.parametrize("name", sorted(REPORTS.keys() - AT_ONCE_ONLY))
def test_a_report_is_nothing_wherever_the_line_stalls(name: str, clock: Clock) -> None:
    report = REPORTS[name]
    for at in range(2, len(report)):
        if report[:at].endswith("\x1b") or (report[:2] != "\x1b[" and at == 2):
            continue  # there it cannot be told from the key
        assert read("a", report[:at], report[at:], "b", clock=clock) == ["a", "b"], at


@pytest.mark.parametrize(
    ("report", "keys"),
    [
        ("[<0;10;5M", []),
        ("[I", []),
        ("]11;rgb:1e1e/1e1e/2e2e\x07", []),
        ("[", ["left_square_bracket"]),
        ("]", ["right_square_bracket"]),
        ("[j", ["left_square_bracket", "j"]),
    ],
)
def test_a_report_after_its_escape_was_a_key(report: str, keys: list[str], clock: Clock) -> None:
    assert read("\x1b", report, "b", clock=clock) == ["escape", *keys, "b"]


@pytest.mark.parametrize(
    "begun", ["\x1b[<0;10", "\x1b[?62;", "\x1b]11;rgb:1e1e/", "\x1b[48;24", "\x1b[3", "\x1b[<0;10;"]
)
def test_a_report_cut_short_costs_none_of_the_words_after_it(begun: str, clock: Clock) -> None:
    assert read(begun, "w", "o", clock=clock) == ["w", "o"]
    assert read(begun, "\x1b", "o", clock=clock) == ["escape", "o"]
    assert read(begun, "\r", "o", clock=clock) == ["enter", "o"]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("\x1bn", ["escape", "n"]),
        ("\x1b2", ["escape", "2"]),
        ("\x1bb", ["escape", "b"]),
        ("\x1bN", ["escape", "N"]),
        ("\x1bO", ["escape", "O"]),
        ("\x1bOs", ["escape", "O", "s"]),
        ("\x1b]a", ["escape", "right_square_bracket", "a"]),
        ("\x1bPa", ["escape", "P", "a"]),
        ("\x1b\r", ["escape", "enter"]),
        ("a\n", ["a", "enter"]),
        ("\x1b\t", ["escape", "tab"]),
        ("\x1b\x7f", ["escape", "backspace"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1b[1;3A", ["escape", "up"]),
        ("\x1b[120;3u", ["escape", "x"]),
        ("\x1b[120;4u", ["escape", "X"]),
        ("\x1b[27u", ["escape"]),
        ("\x1b[A\x1b[B\x1bOC", ["up", "down", "right"]),
        ("\x1b[3~\x1b[6~\x1b[Z", ["delete", "pagedown", "shift+tab"]),
        ("\x1bOQ\x1b[12~\x1b[[B", ["f2", "f2", "f2"]),
        ("\x1b[1;5C", ["ctrl+right"]),
        ("\x1b[3$a", ["shift+delete", "a"]),
        ("\x1b[97;;97u", ["a"]),
        ("\x9bA", ["up"]),
        ("é水", ["é", "水"]),
        ("\udce9", ["replacement_character"]),
        ("\x01\x03\x13", ["ctrl+a", "ctrl+c", "ctrl+s"]),
        ("\x1b[200~one\rtwo\x1b[201~\r", ["<one\rtwo>", "enter"]),
        ("\x1b[200~a\x1b[2mb\x1b\x1b[201~c", ["<a\x1b[2mb\x1b>", "c"]),
        ("\x1b[200~\x00\x1b[201~", []),
    ],
)
def test_keys_and_pastes(typed: str, keys: list[str], clock: Clock) -> None:
    assert read(typed, clock=clock) == keys


def test_a_key_in_pieces_is_a_key(clock: Clock) -> None:
    assert read("\x1b[", "A", clock=clock) == ["up"]
    assert read("\x1b[1;", "5C", clock=clock) == ["ctrl+right"]
    assert read("\x1b[20", "0~wo", "rds\x1b[2", "01~", "j", clock=clock) == ["<words>", "j"]


def test_escape_ends_a_paste_that_does_not_end(clock: Clock) -> None:
    assert read("\x1b[200~half", "\x1b", "j", clock=clock) == ["<half>", "escape", "j"]


@given(st.lists(st.sampled_from([*REPORTS.values(), *"jn2 é", "\r"]), max_size=20), st.data())
def test_whatever_comes_between_the_keys_are_the_same(
    parts: list[str], data: st.DataObject
) -> None:
    keys = [one for one in parts if len(one) == 1]
    sent, pieces = "".join(parts), []
    while sent:
        cut = data.draw(st.integers(1, len(sent)))
        pieces.append(sent[:cut])
        sent = sent[cut:]
    assert read(*pieces) == read("".join(keys))


@given(
    st.text(
        st.sampled_from("\x1b[]<?;:0123456789MmRuct$yPOI_G\\\x07\x9b\u20ac\udcffaj\r ~"),
        max_size=60,
    )
)
def test_no_input_stops_the_reading(text: str) -> None:
    read(text)
    assert read(text + "\x1b[201~", "\r\x1b\x1b", "n")[-1:] == ["n"]
