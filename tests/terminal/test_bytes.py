"""What a key costs over a slow line, on the sample, counted on a real terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.examples import swept
from tests.old.sample import old_sample
from tests.terminal.driver import Terminal

KHMER = "រោងត្បាញដើម".encode()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, looked at once, so that nothing is worked out while bytes are counted."""
    root = old_sample(tmp_path_factory.mktemp("sample")).root
    with Terminal(root) as terminal:
        terminal.wait_for("Thistlemarch")
        terminal.settle()
        terminal.send("q")
        terminal.wait()
    return root


@pytest.fixture
def app(root: Path, tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(copytree(root, tmp_path / "own")) as terminal:
        terminal.wait_for("1 of ")
        terminal.settle()
        yield terminal


@pytest.fixture
def held(root: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The app, its cursor at rest only after half a second: a slow machine holds a key as well."""
    with Terminal(copytree(root, tmp_path / "own"), rest=0.5) as terminal:
        terminal.wait_for("1 of ")
        terminal.settle()
        terminal.collect(0.6)
        terminal.settle()
        yield terminal


def cost(terminal: Terminal, keys: str) -> int:
    """Return the bytes that keys cost, with all that is drawn once the cursor rests."""
    start = len(terminal.raw)
    terminal.send(keys)
    terminal.settle()
    terminal.collect(max(0.1, 1.2 * terminal.rest))  # the cursor rests: that is drawn in its time
    terminal.settle()
    return len(terminal.raw) - start


def test_the_first_paint(root: Path, app: Terminal) -> None:
    assert len(app.raw) <= 6_000, "rows first, then how all stand, in order"
    (root / "cache" / "picture.json").unlink()
    with Terminal(root) as warm:
        warm.wait_for("1 of ")
        warm.settle()
        assert len(warm.raw) <= 5_000


def test_a_move_in_the_log_draws_two_rows_and_the_entry(app: Terminal) -> None:
    cost(app, "2")
    moves = [cost(app, "j") for _ in range(8)]
    assert max(moves) <= 700
    assert sum(moves) / len(moves) <= 500


def test_a_held_key_draws_two_rows_a_move(held: Terminal) -> None:
    cost(held, "2")
    first = cost(held, "jjjjjjjj")
    assert first <= 8 * 250 + 500


def test_a_held_key_in_the_clients_draws_their_log_once(held: Terminal) -> None:
    assert cost(held, "jjjjjj") <= 6 * 350 + 1_400, "two rows, and the line of what is owed"
    assert cost(held, "k") <= 1_700, "all of another client's log, and its entry"


def test_a_message_costs_what_it_says(app: Terminal) -> None:
    assert cost(app, "\x03") <= 150
    assert "leaves Docket" in app.screen
    assert cost(app, "2") <= 600


def test_going_back_costs_what_differs(app: Terminal) -> None:
    assert cost(app, "]") <= 2_000
    assert cost(app, "<") <= 2_000


@pytest.mark.parametrize("keys", ["cF", pytest.param("n:/dxpN?lsM", marks=pytest.mark.slow)])
def test_what_opens_costs_half_a_page_and_closes_as_cheaply(app: Terminal, keys: str) -> None:
    for key in keys:
        before = app.screen
        assert 0 < cost(app, key) <= 6_000, key
        while app.screen != before:
            assert 0 < cost(app, "\x1b") <= 6_000, (key, app.screen)


@pytest.mark.parametrize("bar", swept(["n", ":", "F", "/"], 2))
def test_a_letter_typed_costs_itself_and_what_it_finds(app: Terminal, bar: str) -> None:
    cost(app, bar)
    assert cost(app, "i") <= (800 if bar == "n" else 2_000), "with the kinds it may become"
    for letter in "nv":  # each on its own: two in one write are drawn once or twice, as it happens
        assert cost(app, letter) <= (250 if bar == "n" else 2_000)


def test_what_another_program_wrote_is_drawn_over_when_asked(app: Terminal) -> None:
    before = app.screen
    os.write(app.slave, b"\x1b[8;1HBroadcast message from root: the machine goes down\r\n")
    app.collect(0.1)
    assert "Broadcast" in app.screen
    app.send("\x12")
    app.settle()
    assert app.screen == before


def test_a_second_of_a_held_key_fits_a_slow_line(held: Terminal) -> None:
    cost(held, "2")
    assert cost(held, "j" * 30) <= 9_600, "a second of keys at 76,800 bits a second"


def test_the_column_after_a_khmer_name_is_placed(app: Terminal) -> None:
    at = app.raw.index(KHMER)
    assert app.raw[:at].endswith(b"\x1b[4G")
    assert app.raw[at + len(KHMER) :].startswith("\x1b[11G…".encode()), "cut: tmux takes more"


def test_the_card_costs_a_page_and_a_move_on_it_two_halves_of_rows(app: Terminal) -> None:
    assert cost(app, "c") <= 4_000
    assert "── Hours, 90 days ──" in app.screen
    moves = [cost(app, "j") for _ in range(6)]
    assert max(moves) <= 300
    assert sum(moves) / len(moves) <= 200


def test_an_entry_whole_costs_a_page_and_the_next_one_what_changed(app: Terminal) -> None:
    assert cost(app, "2\r") <= 3_000
    assert "Around it" in app.screen
    assert cost(app, "j") <= 1_500


@pytest.mark.slow
def test_what_is_on_the_screen_is_what_is_drawn_anew(app: Terminal) -> None:
    for keys in (
        "jj2j]",
        "c",
        "\x1b",
        "F",
        "inv",
        "\x1b",
        "z",
        "z<",
        "x",
        "jj",
        "\x1b",
        "n",
        "acme",
    ):
        app.send(keys)
        app.settle()
        app.collect(0.2)
        before, cells = app.screen, app.cells
        cost(app, "\x12")
        assert app.screen == before, keys
        assert app.cells == cells, keys


def test_after_a_change_of_size_all_of_it_is_there(app: Terminal) -> None:
    for columns, rows in ((60, 20), (120, 40), (80, 24)):
        app.resize(columns, rows)
        app.wait_for("Thistlemarch")
        app.settle()
        app.collect(0.2)
        before = app.screen
        cost(app, "\x12")
        assert app.screen == before
