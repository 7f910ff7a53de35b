"""Finding in all dockets from the app: as one types, there and back, whatever comes meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from store.index.words import Hit
from store.overview.finding import Finder, Found
from store.workspace import Workspace
from tests.benchmarks.fixture import write_workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened, Typing, day, opened, typing, workspace  # noqa: F401
from tests.tui.app.test_main import main
from tests.tui.waiting import paste, settled, until
from tui.screens.find import FindScreen
from tui.screens.find_asking import Asker
from tui.screens.find_rows import FoundList
from tui.screens.main import MainScreen
from tui.widgets.line import PlainLine
from tui.words.find import filter_completed, marked, snippet


def shown(pilot: Pilot[Any]) -> list[str]:
    """Return the rows of the list as they are drawn."""
    found = pilot.app.screen.query_one(FoundList)
    drawn = ["".join(text for text, _ in found.cells(n, 78)) for n in range(found.count())]
    return [" ".join(row.split()) for row in drawn]


def screen(pilot: Pilot[Any]) -> FindScreen:
    found = pilot.app.screen
    assert isinstance(found, FindScreen)
    return found


def head(pilot: Pilot[Any]) -> tuple[str, ...]:
    return screen(pilot)._head.line.said


def near(pilot: Pilot[Any]) -> str:
    return str(screen(pilot).query_one("#near").render())


async def test_what_fits_is_listed_by_client_and_the_entry_shown_below(
    opened: Opened,  # noqa: F811
    workspace: Workspace,  # noqa: F811
    typing: Typing,  # noqa: F811
) -> None:
    workspace.log(workspace.draft("bolt", "note", "Logo: café, twice", **day(20)))
    async with opened() as (app, pilot):
        await pilot.press("F")
        await settled(pilot)
        assert head(pilot) == ("Find", "in 3 dockets, 9 entries", "")
        await typing(pilot, "logo")
        await settled(pilot)
        assert head(pilot)[2] == "4 entries, 2 clients"
        assert shown(pilot) == [
            "Bolt & Co",
            "▌ #2 20 Nov note Logo: café, twice",
            "Acme Media",
            "#5 19 Nov no-reply !! logo files, third ask",
            "#3 10 Nov request logo files",
            "#2 2 Nov invoice logo and site",
        ]
        assert near(pilot).startswith("names near “logo”: none.")
        await pilot.press("down", "down")
        assert screen(pilot)._rule.title == [("#3", "bold"), (" request", "dim"), ("", "bold")]
        await pilot.press("enter")
        assert isinstance(app.screen, MainScreen)
        assert main(app).client == "acme"
        selected = main(app).log_pane.selected
        assert selected
        assert (selected.seq, main(app).pane) == (3, "log")


async def test_esc_comes_back_to_where_one_was(
    opened: Opened,  # noqa: F811
    typing: Typing,  # noqa: F811
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "j", "j")
        selected = main(app).log_pane.selected
        assert selected
        before = main(app).client, selected.seq, main(app).pane
        await pilot.press("F", "c", "a", "f", "down", "escape")
        assert isinstance(app.screen, MainScreen)
        again = main(app).log_pane.selected
        assert again
        assert (main(app).client, again.seq, main(app).pane) == before
        await pilot.press("p", "F", "escape")
        assert app.screen.__class__.__name__ == "PortfolioScreen"
        assert not [one for one in app.workers if not one.is_finished]


async def test_back_leads_to_what_was_found_and_past_what_was_given_up(
    opened: Opened,  # noqa: F811
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "j")
        await pilot.press("F", *"thief", "escape", "F", *"logo", "down", "enter")
        assert isinstance(app.screen, MainScreen)
        found = main(app).log_pane.selected
        assert found
        assert found.seq == 3
        await pilot.press("<")
        await settled(pilot)
        assert screen(pilot).looked_for == "logo"
        assert screen(pilot)._list.hit == Hit("acme", 3)
        await pilot.press("up", "enter", "ctrl+o", "backspace")
        await settled(pilot)
        assert screen(pilot).looked_for == "log"
        await pilot.press("escape", "<")
        assert isinstance(app.screen, MainScreen)
        found = main(app).log_pane.selected
        assert found
        assert found.seq == 5  # as it was before any find


async def test_keys_in_one_go_lead_to_the_first_that_fits(
    opened: Opened,  # noqa: F811
    workspace: Workspace,  # noqa: F811
) -> None:
    """The index is made, the words are looked for, and `enter` waits for both."""
    write_workspace(workspace.root, {"long": 2000})
    async with opened() as (app, pilot):
        await pilot.press("F", *"thief", "enter", "escape", "F", *"third", "enter")
        assert isinstance(app.screen, MainScreen)
        selected = main(app).log_pane.selected
        assert selected
        assert (main(app).client, selected.seq) == ("acme", 5)


async def test_a_name_that_is_near_is_offered_and_taken(
    opened: Opened,  # noqa: F811
    typing: Typing,  # noqa: F811
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("F")
        await typing(pilot, "aerro")
        await settled(pilot)
        assert near(pilot).startswith("names near “aerro”: Café Ærø.  tab takes the first")
        await pilot.press("enter")
        assert screen(pilot).query_one(PlainLine).value == "client:cafe "
        await pilot.press("enter")
        assert isinstance(app.screen, MainScreen)
        assert main(app).client == "cafe"


async def test_what_is_wrong_is_said_and_what_stands_before_it_is_found(
    opened: Opened,  # noqa: F811
    typing: Typing,  # noqa: F811
) -> None:
    async with opened() as (_, pilot):
        await pilot.press("F")
        await paste(pilot, "logo knd:request")
        await settled(pilot)
        assert "Did you mean kind:request?" in near(pilot)
        assert len(shown(pilot)) == 4
        await pilot.press("ctrl+u")
        await paste(pilot, "logo client:zzz")
        await settled(pilot)
        assert "No client fits 'zzz'" in near(pilot)
        assert shown(pilot) == []
        await pilot.press("enter")
        assert screen(pilot).query_one(PlainLine).value == "logo client:zzz"


async def test_an_answer_that_comes_late_never_replaces_a_newer_one(
    opened: Opened,  # noqa: F811
    typing: Typing,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While a thread is still at the first question, keys are taken, and only the last counts."""
    real, asked, go_on = Finder.find, list[tuple[str, ...]](), threading.Event()

    def slow(finder: Finder, what: Any, *rest: Any, **more: Any) -> Found:
        asked.append(what.values("text"))
        assert go_on.wait(20)
        return real(finder, what, *rest, **more)

    monkeypatch.setattr(Finder, "find", slow)
    async with opened() as (_, pilot):
        await pilot.press("F")
        line = screen(pilot).query_one(PlainLine)
        line.value = "log"
        await until(pilot, lambda: asked == [("log",)])
        for text in ("third", "third a", "inv-42"):
            line.value = text
            await pilot.pause()
        assert head(pilot)[2] == ""
        go_on.set()
        await settled(pilot)
        assert asked == [("log",), ("inv-42",)]
        assert [hit.seq for hit in screen(pilot).asker.answer.found.hits] == [4, 2]
        assert screen(pilot).query_one(FoundList).words == ("inv-42",)


async def test_esc_answers_while_long_dockets_are_read(
    opened: Opened,  # noqa: F811
    workspace: Workspace,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is said how far they are, and what was read is not read again."""
    write_workspace(workspace.root, {"long": 6000})
    real, at, go_on = Asker._told, threading.Event(), threading.Event()

    def told(found: Asker, count: int) -> None:
        real(found, count)
        if found._done > 1_000_000:
            at.set()
            assert go_on.wait(20)

    monkeypatch.setattr(Asker, "_told", told)
    monkeypatch.setattr("tui.screens.find._SOON", 0.01)
    async with opened() as (app, pilot):
        await pilot.press("F")
        await until(pilot, lambda: at.is_set() and "% read, esc stops it" in head(pilot)[2])
        await pilot.press("escape")
        assert isinstance(app.screen, MainScreen)
        go_on.set()
        most = workspace.path("long").stat().st_size - 500_000
        await until(pilot, lambda: 0 < Finder(workspace).behind() < most)


async def test_what_another_session_logs_is_found_at_the_next_key(
    opened: Opened,  # noqa: F811
    workspace: Workspace,  # noqa: F811
    typing: Typing,  # noqa: F811
) -> None:
    async with opened() as (_, pilot):
        await pilot.press("F")
        await typing(pilot, "zebr")
        await settled(pilot)
        assert shown(pilot) == ["Nothing that was logged has that in it."]
        other = Workspace.open(workspace.root, clock=workspace.clock)
        other.enter("bolt", "note", "a zebra")
        await typing(pilot, "a")
        await settled(pilot)
        assert screen(pilot).asker.answer.found.hits == [Hit("bolt", 2)]


async def test_nothing_private_is_found(
    opened: Opened,  # noqa: F811
    workspace: Workspace,  # noqa: F811
    typing: Typing,  # noqa: F811
) -> None:
    from store.private.model import CheckIn

    note = CheckIn(at=workspace.clock(), dread=5, note="zebra thoughts")
    workspace.private.add("acme", note)
    workspace.drafts.add("unsent", "zebra in a draft", "acme")
    async with opened() as (_, pilot):
        await pilot.press("F")
        await typing(pilot, "zebra")
        await settled(pilot)
        assert screen(pilot).asker.answer.found == Found([], {})
    assert b"zebra" not in workspace.places.words.read_bytes()


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("The login", ["login"], [("The ", False), ("login", True)]),
        (
            "LOGIN, logins",
            ["login"],
            [("LOGIN", True), (", ", False), ("login", True), ("s", False)],
        ),
        ("Café Ærø", ["cafe", "aero"], [("Café", True), (" ", False), ("Ærø", True)]),
        ("東京の請求書", ["京"], [("東", False), ("京", True), ("の請求書", False)]),
        ("ខ្មែរ", ["មែ"], [("ខ្", False), ("មែ", True), ("រ", False)]),
        ("abcd", ["abc", "bcd"], [("abc", True), ("d", True)]),
        ("nothing", ["zebra"], [("nothing", False)]),
        ("", ["zebra"], [("", False)]),
    ],
)
def test_where_the_words_stand(text: str, words: list[str], pieces: list[tuple[str, bool]]) -> None:
    assert list(marked(text, words)) == pieces


def test_a_line_begins_where_the_word_is_seen(workspace: Workspace) -> None:  # noqa: F811
    long = "one two three four five six seven eight nine ten zebra eleven twelve thirteen"
    workspace.enter("bolt", "note", long)
    one = workspace.docket("bolt").find(2)
    assert one
    assert "".join(text for text, _ in snippet(one, ["zebra"], 30)).startswith("… nine ten zebra")
    assert [text for text, hit in snippet(one, ["zebra"], 30) if hit] == ["zebra"]
    assert "".join(text for text, _ in snippet(one, ["two"], 12)) == "one two thr…"


@pytest.mark.parametrize(
    ("typed", "done"),
    [
        ("ki", "kind:"),
        ("logo ki", "logo kind:"),
        ("kind:late-p", "kind:late-payment "),
        ("kind:no-", "kind:no-"),
        ("kind:pay-l,no-r", "kind:pay-l,no-reply "),
        ("channel:ph", "channel:phone "),
        ("client:ac", "client:acme "),
        ("logo harc", "logo client:harcourt "),
        ("", ""),
        ("kind:zzz", "kind:zzz"),
    ],
)
def test_tab_completes_the_last_word(typed: str, done: str) -> None:
    assert filter_completed(typed, {"acme": "Acme"}, ["harcourt"], {}) == done


Size = tuple[int, int]


@pytest.mark.parametrize("size", swept([((60, 20),), ((80, 24),), ((120, 40),)], 1))
async def test_the_entry_and_the_names_are_seen_at_any_size(
    opened: Callable[[Size], Any],  # noqa: F811
    typing: Typing,  # noqa: F811
    size: Size,
) -> None:
    async with opened(size) as (_, pilot):
        await pilot.press("F")
        await typing(pilot, "logo")
        await settled(pilot)
        strips = pilot.app.screen._compositor.render_strips()
        lines = ["".join(part.text for part in strip).rstrip() for strip in strips]
        assert lines[0].startswith(" Find  in 3 dockets, 8 entries")
        assert lines[2].startswith(" / logo")
        assert any(line.startswith("─ #5 no-reply ─") for line in lines)
        assert any(line.startswith("  names near") for line in lines[-2:])
        assert "enter go there" in lines[-1]
