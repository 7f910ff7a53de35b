"""A picture drawn over another: what is on the terminal is the same, in fewer bytes."""

from __future__ import annotations

from collections.abc import Sequence

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size

from tests.examples import examples
from tui.app.looks import BARE, after, change
from tui.app.picture import NotCellsError, Picture

LOOKS = (
    *("", "1", "2", "3", "4", "7", "9", "1;4", "39;49", "1;39;49", "31", "3;92;48;5;9"),
    *("38;2;10;20;30", "7;38;2;1;2;3;48;2;9;9;9", "1;38;2;1;2;3;48;2;9;9;9", "48;2;9;9;9"),
)
KHMER = "រោងត្បាញដើមត្នោត"
COLUMNS, ROWS = 40, 6
CLEAR = "\x1b[H\x1b[2J"


def shown(*sent: str) -> list[list[pyte.screens.Char]]:
    """Return the cells of a terminal that was sent this, and where its cursor is at the end."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(screen)
    for data in sent:
        stream.feed(data)
    cells = [[as_seen(screen.buffer[y][x]) for x in range(COLUMNS)] for y in range(ROWS)]
    cursor = pyte.screens.Char(f"{screen.cursor.y} {min(screen.cursor.x, COLUMNS - 1)}")
    return [*cells, [cursor]]


def as_seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    """Return a cell without what a blank does not show."""
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


def piece(look: str, text: str) -> str:
    """Return a piece of text as Textual sends it."""
    return f"\x1b[{look}m{text}\x1b[0m" if look else text


def at(row: int, column: int) -> str:
    return f"\x1b[{row};{column}H"


def frames(*words: str) -> st.SearchStrategy[list[str]]:
    """Return pictures as Textual sends them, no cell twice; all words are as wide."""
    text = st.lists(st.sampled_from(words), max_size=5).map("".join)
    texts = st.tuples(st.sampled_from(LOOKS), text)
    wide = cell_len(words[0])
    columns = st.integers(0, (COLUMNS - 10 * wide) // wide).map(lambda number: 1 + number * wide)
    spot = st.tuples(st.integers(1, ROWS), columns)
    part = st.tuples(spot, st.lists(texts, max_size=2), st.sampled_from(["", "\n"]))

    def frame(parts: Sequence[tuple[tuple[int, int], list[tuple[str, str]], str]]) -> str:
        sent = [at(*spot) + "".join(piece(*text) for text in said) for spot, said, _end in parts]
        ends = [end if spot[0] < ROWS else "" for spot, _said, end in parts]
        return "".join(a + b for a, b in zip(sent, ends, strict=True)) + at(1, 1)

    apart = st.lists(part, min_size=1, max_size=6, unique_by=lambda one: one[0][0])
    return st.lists(apart.map(frame), min_size=1, max_size=5)


def drawn(sent: Sequence[str], picture: Picture | None = None) -> list[str]:
    if picture is None:
        picture = Picture(COLUMNS, ROWS)
        picture.clear()
    return [picture.drawn(data) for data in sent]


@given(frames(*"ab …─│"))
@examples(300)
def test_the_picture_is_the_same(sent: list[str]) -> None:
    assert shown(CLEAR, *drawn(sent)) == shown(CLEAR, *sent)


@given(frames("ab", "  ", "日", "本", "… "))
@examples(300)
def test_it_is_the_same_with_letters_of_two_cells(sent: list[str]) -> None:
    assert shown(CLEAR, *drawn(sent)) == shown(CLEAR, *sent)


@given(frames(*"ab …"), frames(*"a b"))
@examples(200)
def test_it_is_the_same_where_nothing_is_known_of_what_was_there(
    before: list[str], sent: list[str]
) -> None:
    picture = Picture(COLUMNS, ROWS)
    assert shown(CLEAR, *before, *drawn(sent, picture)) == shown(CLEAR, *before, *sent)


@given(frames(*"ab …─│"))
@examples(100)
def test_what_is_there_already_costs_nothing(sent: list[str]) -> None:
    picture = Picture(COLUMNS, ROWS)
    picture.clear()
    for data in sent:
        first, again = drawn([data, data], picture)
        assert len(first.encode()) <= len(data.encode()) + 2 * data.count("H")
        assert len(again) <= len(first)
    assert drawn([at(2, 3) + piece("1", "word") + at(1, 1)] * 2)[1] == ""


@given(
    st.lists(st.tuples(st.integers(1, ROWS), st.sampled_from(["ab", KHMER, "日 é"])), max_size=8)
)
@examples(100)
def test_a_text_in_doubt_is_drawn_over_blanks_and_what_follows_it_anew(
    rows: list[tuple[int, str]],
) -> None:
    frames = [at(row, 3) + f"{set_cell_size(name, 24)}│ keep" + at(1, 1) for row, name in rows]
    last = {row: frame for (row, _name), frame in zip(rows, frames, strict=True)}
    assert shown(CLEAR, *drawn(frames))[:-1] == shown(CLEAR, *drawn([*last.values()]))[:-1]


def test_only_cells_that_differ_are_sent() -> None:
    row = at(2, 1) + piece("1", "Acme") + "   late-payment  INV-42"
    other = at(2, 1) + piece("1", "Acme") + "   late-payment  INV-43"
    assert drawn([row + at(1, 1), other + at(1, 1)])[1] == "\x1b[2;27H3\x1b[1H"


def test_near_cells_are_reached_by_writing_what_stands_between() -> None:
    before, now = at(3, 1) + "one two three", at(3, 1) + "oNe tWo three"
    assert drawn([before, now])[1] == "\x1b[2GNe tW\x1b[3;14H"


def test_a_line_is_cleared_to_its_end() -> None:
    assert drawn([at(3, 2) + "gone soon", at(3, 2) + " " * 9 + at(1, 1)])[1] == (
        "\x1b[3H\x1b[K\x1b[1H"
    )


def test_no_look_is_left_on() -> None:
    assert drawn([piece("1", "a") + piece("1", "b")]) == ["\x1b[1mab\x1b[m"]
    assert drawn([piece("39;49", "a")]) == ["a"]


def test_only_what_differs_of_a_look_is_sent_where_that_is_shorter() -> None:
    page = "38;2;218;220;214;48;2;21;23;28"
    sent = drawn([piece(page, "a") + piece(f"1;{page}", "b") + piece(page, "c")])
    assert sent == [f"\x1b[{page}ma\x1b[1mb\x1b[22mc\x1b[m"]
    bold, dim = after("1", BARE), after("2", BARE)
    assert change(bold, dim) == "\x1b[;2m"


def test_what_follows_a_name_that_terminals_measure_differently_is_placed() -> None:
    [sent] = drawn([at(3, 1) + piece("2", "▌  ") + piece("39;49", KHMER + "   ") + "keep?│"])
    where, after_it = sent.index(KHMER), sent.index("keep?")
    assert sent[:where].endswith(" " * 13 + "\x1b[4G"), "over blanks, from its own column"
    assert sent[where + len(KHMER) : after_it] == "\x1b[17G"


def test_nothing_is_known_of_what_is_left_of_a_text_written_over_in_part() -> None:
    name = at(1, 1) + "日本 x"
    sent = drawn([name, at(1, 3) + "ab", name])
    assert sent[1:] == ["\x1b[3Gab", f"\x1b[1H{' ' * 5}\x1b[1G日本\x1b[6Gx\x1b[K"]


def test_a_mark_belongs_to_the_letter_before_it() -> None:
    [sent] = drawn([at(1, 1) + "Cafe\u0301 Bar"])
    assert sent.startswith("Caf")
    assert "e\u0301" in sent
    assert shown(CLEAR, sent)[0][:5] == shown(CLEAR, "Cafe\u0301 Bar")[0][:5]


@pytest.mark.parametrize("text", ["Fjarðarljós Ferðir ehf.", "Kőrösligeti", "Юрий", "Ελλάς", "◆ …"])
def test_what_all_terminals_measure_alike_is_sent_as_it_is(text: str) -> None:
    assert drawn([at(1, 1) + text]) == [text]


@pytest.mark.parametrize("data", ["\x1b]8;;http://x\x1b\\a", "a\tb", at(9, 1) + "a", "x" * 41])
def test_what_is_no_picture_is_refused(data: str) -> None:
    with pytest.raises(NotCellsError):
        drawn([data])


@given(frames(*"ab …─", *"│c"), frames("ab", "  ", "日", "… "))
@examples(100)
def test_one_that_was_kept_is_drawn_over_to_the_same(one: list[str], other: list[str]) -> None:
    pictures = []
    for sent in (one, other):
        picture = Picture(COLUMNS, ROWS)
        picture.clear()
        drawn(sent, picture)
        pictures.append(picture)
    before, after_it = pictures
    kept = before.kept()
    assert shown(CLEAR, kept.sent) == shown(CLEAR, *one)
    assert Picture.of(kept).kept() == kept._replace(sent=Picture.of(kept).kept().sent)
    assert before.known
    if after_it.known:
        assert shown(CLEAR, kept.sent, after_it.over(Picture.of(kept))) == shown(CLEAR, *other)
    else:  # half of a wide letter was written over
        with pytest.raises(NotCellsError):
            after_it.over(Picture.of(kept))


def test_of_a_text_in_doubt_the_row_is_drawn_whole() -> None:
    before, after_it = Picture(COLUMNS, ROWS), Picture(COLUMNS, ROWS)
    for picture, text in ((before, f"{KHMER} ab"), (after_it, "plain words of no doubt")):
        picture.clear()
        picture.drawn(at(1, 1) + text)
    assert "plain words of no doubt" in after_it.over(before)
    assert KHMER in before.over(after_it)
