"""The registry: one key does one thing, and every surface is fed from it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.binding import Binding

from store.errors import DocketError
from tests.examples import together
from tui.app import DocketApp
from tui.bindings import bindings_for, keymap
from tui.commands import BY_ID, COMMANDS, PLACES, commands_in
from tui.keys import check_keys, key_shown, keys_of, keys_passed, preset_words, stray_words
from tui.presets import PRESETS
from tui.screens.help import CAPTURE_HELP, help_lines
from tui.screens.main import MainScreen
from tui.widgets.hints import hints
from tui.widgets.palette import Choices, line_for, matching

# Taken by tmux, screen, flow control, job control, or the same byte as another key.
TAKEN = {"ctrl+a", "ctrl+b", "ctrl+c", "ctrl+z", "ctrl+q", "ctrl+m", "ctrl+i", "ctrl+h", "ctrl+j"}

# Digits choose and rate, esc leads back from wherever one is, and the rest is typing.
MANY_MEANINGS = {*"0123456789", "escape", "enter", "tab", "space", "backspace", "delete"}
MANY_MEANINGS |= {"up", "down", "left", "right"}


def test_a_key_does_one_thing_everywhere() -> None:
    check_keys({})
    called: dict[str, set[str]] = {}
    for one in COMMANDS:
        for key in set(one.keys) - MANY_MEANINGS:
            called.setdefault(key, set()).add(one.label)
    assert {key: labels for key, labels in called.items() if len(labels) > 1} == {}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_key_has_one_meaning_in_every_preset(preset: str) -> None:
    own = check_keys({"preset": preset})
    called: dict[str, set[str]] = {}
    for one in COMMANDS:
        for key in set(keys_of(one, own)) - MANY_MEANINGS:
            called.setdefault(key, set()).add(one.label)
    assert {key: labels for key, labels in called.items() if len(labels) > 1} == {}
    for place in PLACES:
        here = [key for one in commands_in(place) for key in keys_of(one, own)]
        assert len(here) == len(set(here)) or place in ("checkin", "two-keys"), place
    assert set(PRESETS[preset]) <= set(BY_ID)


def test_own_keys_go_on_top_of_a_preset() -> None:
    own = check_keys({"preset": "vi", "log": "h"})
    assert keys_of(BY_ID["log"], own) == ("h",)
    assert keys_of(BY_ID["pane-left"], own) == ("left",)
    assert keymap(own) == {
        "log": "h",
        "decisions": "Y",
        "letter": "L",
        "pane-right": "l,right",
        "page-down": "ctrl+f,pagedown,space",
        "page-up": "ctrl+b,pageup",
    }
    assert keys_passed(own) == ["keys.log: h is pane-left by default, and yours stands"]
    assert preset_words(own).startswith("Preset vi: pane left is h ←, pane right is l →")
    assert preset_words({}) == ""


def test_a_preset_that_there_is_not_is_named() -> None:
    with pytest.raises(DocketError, match="There is no preset 'emacs' of keys"):
        check_keys({"preset": "emacs"})


def test_a_key_that_does_nothing_says_so_and_what_it_does_elsewhere() -> None:
    assert stray_words("d", "d", "letter", {}) == (
        "d (decide) does nothing here; ? has the keys that do."
    )
    assert stray_words("percent_sign", "%", "help", {}) == "% does nothing here; esc goes back."
    assert stray_words("delete", None, "main", {}).startswith("delete does nothing here")
    assert stray_words("x", "x", "letter", {"log": "x", "help": "f1"}) == (
        "x (log) does nothing here; f1 has the keys that do."
    )
    assert stray_words("f19", None, "main", {}) == ""  # nobody meant it
    assert stray_words("ctrl+@", "\x00", "main", {}) == ""


def test_help_says_how_to_do_what_has_lost_its_key() -> None:
    own = check_keys({"log": "d"})
    lines = ["".join(piece for piece, _ in line) for line in help_lines("main", own, 120)]
    (decide,) = [line for line in lines if BY_ID["decide"].help in line]
    assert decide.split()[:2] == [":", "decide"]


@together(COMMANDS)
def test_a_command_is_reachable_and_explained(command: object) -> None:
    assert command in COMMANDS
    found = BY_ID[getattr(command, "id", "")]
    if found.id in ("cancel", "suspend"):  # what whoever reaches for ctrl+c or ctrl+z expects
        return
    safe = [key for key in found.keys if key not in TAKEN and key != "ctrl+s"]
    assert safe or not found.keys, "its only keys are taken by terminals"
    assert found.help and found.label and set(found.where) <= set(PLACES)


@pytest.mark.parametrize("place", ["main", "everywhere"])
def test_every_binding_has_a_method(place: str) -> None:
    owner = MainScreen if place == "main" else DocketApp
    for binding in bindings_for(place):
        assert isinstance(binding, Binding)
        called = binding.action.partition("(")[0]
        done_by = DocketApp if called.startswith("app.") else owner
        assert hasattr(done_by, f"action_{called.removeprefix('app.')}")
        assert binding.action == BY_ID[binding.id or ""].action


def test_help_lists_every_command_of_the_place() -> None:
    text = "\n".join("".join(piece for piece, _ in line) for line in help_lines("main", {}, 120))
    for command in COMMANDS:
        if set(command.where) & {"main", "everywhere"}:
            assert command.help in text


@pytest.mark.parametrize("place", ["correct", "choice", "capture"])
def test_help_in_a_form_promises_no_letter_that_would_be_typed(place: str) -> None:
    lines = ["".join(piece for piece, _ in line) for line in help_lines(place, {}, 120)]
    at = next(number for number, line in enumerate(lines) if "─ Everywhere ─" in line)
    text = "\n".join(lines[at:])
    for name in ("log", "palette", "quit", "new-client"):
        assert BY_ID[name].help not in text
    (help_,) = [line for line in lines if BY_ID["help"].help in line]
    assert help_.split()[0] == "f1"
    assert "esc" in text and "ctrl+z" in text


@together(product(PLACES, [57, 77, 117]))
def test_no_line_of_the_help_is_cut_off(place: str, width: int) -> None:
    lines = ["".join(piece for piece, _ in line) for line in help_lines(place, {}, width)]
    assert max(map(cell_len, lines)) <= width
    words = " ".join(" ".join(lines).split())
    for text in (*(one.help for one in COMMANDS if place in one.where), *CAPTURE_HELP):
        assert all(word in words for word in text.split())


def test_the_palette_has_every_command_and_ranks_names_first() -> None:
    assert {one.id for one in matching("", "main")} >= {"log", "decide", "undo", "quit"}
    assert matching("amend", "main")[0].id == "amend"
    assert matching("zzz", "main") == []
    for typed, line in (
        ("invo", "invoice INV-43 500"),
        ("Promise", "promise by"),
        ("abu", "abuse"),
    ):
        assert [one.id for one in matching(typed, "main")][:1] == ["log"], "a line of it is logged"
        assert line_for(typed).startswith(line)


def test_hints_fit_any_width() -> None:
    for width in range(10, 130):
        assert hints("main", {}, width).cell_length <= width
    assert "n log" in str(hints("main", {}, 80))
    assert "? help" in str(hints("main", {}, 40))
    assert str(hints("main", {}, 78)) == (
        "n log  d decide  s step  x record  c card  F find  N due  ? help  q quit"
    )
    assert "L log" in str(hints("main", {"log": "L"}, 80))
    assert str(hints("main", {}, 60, zoomed=True)).startswith("z unzoom  n log")


@together(product(PLACES, [57, 77]))
def test_the_help_cuts_no_key_and_no_label(place: str, width: int) -> None:
    told = ["".join(piece for piece, _ in line) for line in help_lines(place, {}, width)]
    assert not [line for line in told if "…" in line or len(line) > width]


def test_keys_of_ones_own_replace_letters_and_keep_the_arrows() -> None:
    own = check_keys({"down": "X", "log": "L"})
    assert keys_of(BY_ID["down"], own) == ("X", "down")
    assert keymap(own) == {"down": "X,down", "log": "L"}


def test_two_keys_may_be_swapped() -> None:
    assert check_keys({"decide": "s", "next": "d"})


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"log": "z", "decide": "z"}, "The key 'z' is given to both log and decide"),
        ({"log": "esc"}, "'esc' is no key"),
        ({"log": ""}, "'' is no key"),
    ],
)
def test_wrong_keys_are_named(own: dict[str, str], message: str) -> None:
    with pytest.raises(DocketError, match="^" + message.replace("?", r"\?")):
        check_keys(own)


def test_an_own_key_wins_over_a_default_and_that_is_said() -> None:
    own = {"fly": "f", "log": "d", "down": "G"}
    assert check_keys(own) == {"log": "d", "down": "G"}
    assert keys_of(BY_ID["log"], own) == ("d",)
    assert keys_of(BY_ID["decide"], own) == ()
    assert keys_of(BY_ID["bottom"], own) == ("end",)
    assert (key_shown("log", own), key_shown("decide", own)) == ("d", ": decide")
    assert keys_passed(own) == [
        "keys.fly: there is no such action",
        "keys.log: d is decide by default, and yours stands",
        "keys.down: G is bottom by default, and yours stands",
    ]


def test_nothing_is_said_of_keys_that_meet_none() -> None:
    for own in ({}, {"log": "n"}, {"decide": "s", "next": "d"}, {"judge-right": "4"}):
        assert keys_passed(own) == []


@given(st.dictionaries(st.sampled_from(sorted(BY_ID)), st.sampled_from("abcdxyzq1:"), max_size=4))
def test_one_key_does_one_thing_wherever_it_is_pressed(own: dict[str, str]) -> None:
    try:
        keys = check_keys(own)
    except DocketError:
        return
    for place in PLACES:
        here = [key for one in commands_in(place) for key in keys_of(one, keys)]
        assert len(here) == len(set(here)) or place in ("checkin", "two-keys"), place


def test_the_palette_says_so_where_no_command_is_called_that() -> None:
    choices = Choices("main", {})
    choices.shown = matching("qqq", "main")
    assert choices.count() == 1
    assert "No command is called that" in choices.cells(0, 76)[0][0]
