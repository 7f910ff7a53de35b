"""How input is read: letters in halves, bytes that are no text, a terminal that is gone."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from textual import events
from textual.message import Message

from tui.app.terminal import Terminal


class Reader(Terminal):
    """The driver without its app: it reads from a pipe, and keeps what it would pass on."""

    def __init__(self, fileno: int) -> None:
        self.fileno = fileno
        self.exit_event = threading.Event()
        self.keys: list[str] = []

    def process_message(self, message: Message) -> None:
        """Keep a key; `q` ends the reading."""
        assert isinstance(message, events.Key)
        self.keys.append(message.key)
        if message.key == "q":
            self.exit_event.set()


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Reader, int]]:
    """A reader that gets a byte at a time, and where to write."""
    monkeypatch.setattr("tui.app.terminal._CHUNK", 1)
    reading, writing = os.pipe()
    yield Reader(reading), writing
    os.close(reading)


def test_a_letter_in_halves_and_a_byte_that_is_no_text(pipe: tuple[Reader, int]) -> None:
    reader, writing = pipe
    os.write(writing, b"a\xe6\xb0\xb4\xff\x1b[M \xf3\xae\x1b[Dq")
    reader.run_input_thread()
    os.close(writing)
    assert reader.keys == ["a", "水", "replacement_character", "left", "q"]


def test_a_terminal_that_is_gone_is_said(pipe: tuple[Reader, int]) -> None:
    reader, writing = pipe
    os.write(writing, b"a")
    os.close(writing)
    with pytest.raises(EOFError):
        reader.run_input_thread()
    assert reader.keys == ["a"]
