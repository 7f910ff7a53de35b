"""The page of past decisions by key: what followed, the entries behind it, was it right."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from store.decision import assess
from store.decision.history import followed
from store.overview.client_book import ClientBook
from store.overview.portfolio import Assessed, portfolio
from store.private.file import PrivateFile
from store.private.model import Decision, Private
from store.workspace import Workspace
from tests.tui.screens.host import HOSTILE, NOW, SIZES, Host, text_of, workspace
from tests.tui.waiting import settled, until
from tui.app import DocketApp
from tui.screens.decision import DecisionScreen
from tui.screens.decision_rows import detail_rows
from tui.screens.past import PastScreen, past_rows

LONG = "Société anonyme 水端茶舗 رسدة Kőrösligeti Pékség " * 2


def chosen(age: int, choice: str = "keep", review: int | None = None, **more: Any) -> Decision:
    """Return a decision made, and to be looked at again, so many days before NOW."""
    day = None if review is None else (NOW - timedelta(days=review)).date()
    return Decision.model_validate(
        {"at": NOW - timedelta(days=age), "choice": choice, "review": day, **more}
    )


def decided(folder: Path, name: str = "Acme Media") -> Workspace:
    """Return a workspace: two decisions about Acme, the later one due, and one about Bolt."""
    made = workspace(folder, name)
    said: Any = {"gut": "keep", "verdict": "set-boundaries"}
    first = chosen(30, review=20, why=HOSTILE, score=41.0, **said)
    second = chosen(10, "set-boundaries", review=1, why="Told them", score=52.5, **said)
    made.private.add("acme", first)
    made.private.add("acme", second)
    bolt = made.draft(
        "bolt", "client", occurred_at=NOW, precision="day", data={"name": "Bolt & Co"}
    )
    made.new_client("bolt", [bolt])
    made.private.add("bolt", chosen(3, verdict="keep"))
    return made


def host(made: Workspace, client: str = "acme") -> Host:
    return Host(PastScreen(made, client))


async def ready(pilot: Pilot[None]) -> str:
    """Wait for what is read in a thread; return what is shown, its lines joined."""
    await settled(pilot)
    await until(pilot, lambda: "Reading…" not in text_of(pilot.app))
    return " ".join(text_of(pilot.app).split())


@pytest.mark.parametrize("size", SIZES)
async def test_each_decision_stands_against_what_followed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = decided(tmp_path, HOSTILE)
    found = assess(made.docket("acme"), made.private.of("acme"), made.config)
    app = host(made)
    async with app.run_test(size=size, notifications=True) as pilot:
        shown = await ready(pilot)
        head = text_of(app).splitlines()[0]
        assert "Past decisions  [/foo]" in head and "private, never exported" in head
        assert "Decision 2: set boundaries, 12 Nov 2026 To be looked at again on 21 Nov" in shown
        assert "due since 1 day Why: Told them" in shown
        said = "The log said set boundaries, score 52.5 (by the model before); your gut said keep;"
        assert said in shown
        assert "Since then, in 10 days: 2 incidents, no step taken" in shown
        assert f"The log says now: walk away, rank {found.score:.1f}" in shown
        assert "Was it right? 1 right, 2 partly, 3 not right" in shown
        assert "Bolt" not in shown
        await pilot.press("j", "G")
        shown = await ready(pilot)
        assert "Decision 1: keep, 23 Oct 2026 Was to be looked at again on 2 Nov 2026" in shown
        assert "Why: [/foo] <b>x</b>" in shown
        assert "your gut said keep; you chose what your gut said" in shown
        assert (
            "in 20 days: 1 incident, EUR 1,200.00 became overdue, 1 step taken (reminder #9)"
            in (shown)
        )
        assert "By 12 Nov 2026 the log said: " in shown
        assert shown.count("Was it right?") == 1, "asked once it is time, and of that one"
        assert "\x1b" not in text_of(app)
        assert max(map(cell_len, text_of(app).splitlines())) <= size[0]


@pytest.mark.parametrize("size", SIZES)
async def test_an_answer_shows_at_once_and_can_be_given_again(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = decided(tmp_path)
    app = host(made)
    async with app.run_test(size=size, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("2")
        shown = await ready(pilot)
        assert "It was partly right, as you saw it on 22 Nov 2026" in shown
        assert "Decision 2 (set boundaries, 12 Nov 2026) was partly right: kept, private" in shown
        assert "Was it right?" not in shown and "due since" not in shown
        judged = made.private.of("acme").decisions
        assert [(one.right, one.right_at) for one in judged] == [(None, None), ("partly", NOW)]
        await pilot.press("3")
        assert "It was not right" in await ready(pilot)
        await pilot.press("1")
        assert "It was right" in await ready(pilot)
        await pilot.press("j", "3")
        assert "It was not right" in await ready(pilot)
    assert [one.right for one in made.private.of("acme").decisions] == ["no", "yes"]


async def test_the_same_answer_keeps_its_reason_and_another_one_does_not(tmp_path: Path) -> None:
    made = decided(tmp_path)
    made.private.judge("acme", 2, "no", "They forgot [/it]", NOW)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "as you saw it on 22 Nov 2026: They forgot [/it]" in await ready(pilot)
        await pilot.press("3")
        assert "They forgot [/it]" in await ready(pilot)
        await pilot.press("1")
        assert "They forgot" not in await ready(pilot)
    assert made.private.of("acme").decisions[1].right_why == ""


async def test_what_is_read_meanwhile_does_not_undo_an_answer(tmp_path: Path) -> None:
    made = decided(tmp_path)
    read = threading.Event()
    go_on = threading.Event()
    go_on.set()

    class Held(PrivateFile):
        def of(self, client: str) -> Private:
            kept = super().of(client)
            read.set()
            assert go_on.wait(5)
            return kept

    made.private = Held(made.private.path)
    screen = PastScreen(made, "acme")
    app = Host(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        read.clear()
        go_on.clear()
        screen.look()
        await until(pilot, read.is_set)
        await pilot.press("1")
        go_on.set()
        assert "It was right" in await ready(pilot)


async def test_enter_opens_the_entries_behind_what_followed(tmp_path: Path) -> None:
    app = host(decided(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        shown = await ready(pilot)
        assert "Behind what followed: 2 entries" in shown
        assert "#5 Thu 19 Nov 2026 pay later severity 3 Keep going, I'll pay [/foo]" in shown
        assert "\x1b" not in text_of(app)
        await pilot.press("j")
        shown = await ready(pilot)
        assert "Behind what followed: 3 entries" in shown, "it follows the cursor"
        assert "Decision 1. Since then, in 20 days: 1 incident" in shown
        assert "It was" not in shown
        await pilot.press("tab", "G")
        shown = await ready(pilot)
        assert "#3 " in shown and "invoice" in shown, "the bill that became overdue"
        await pilot.press("escape")
        assert "Behind what followed" not in await ready(pilot)
        assert app.result == "not dismissed"
        await pilot.press("escape")
        await pilot.pause()
        assert app.result is None


async def test_a_decision_of_today_has_nothing_behind_it(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.private.add("acme", chosen(0))
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await ready(pilot)
        assert "What the log said then was not kept" in shown
        await pilot.press("enter")
        assert "Decision 1. No day has passed since then." in await ready(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_those_of_all_clients_due_ones_on_top(tmp_path: Path, size: tuple[int, int]) -> None:
    made = decided(tmp_path, HOSTILE)
    screen = PastScreen(made, "bolt")
    app = Host(screen)
    async with app.run_test(size=size, notifications=True) as pilot:
        assert "Decision 1: keep, 19 Nov 2026" in await ready(pilot)
        await pilot.press("A")
        shown = await ready(pilot)
        assert "Past decisions all clients" in shown
        assert "[/foo] <b>x</b> 2: set boundaries, 12 Nov 2026" in shown
        assert "\x1b" not in text_of(app)
        order = [(one.client, one.number) for one in screen.found or ()]
        assert order == [("acme", 2), ("bolt", 1), ("acme", 1)]
        assert screen.client == "acme"
        await pilot.press("j", "k", "1")
        shown = await ready(pilot)
        assert "2 (set boundaries, 12 Nov 2026) was right: kept" in shown
        await pilot.press("j")
        assert "was right: kept" not in await ready(pilot)
        await pilot.press("3")
        assert "Bolt & Co 1 (keep, 19 Nov 2026) was not right" in await ready(pilot)
        await pilot.press("A")
        shown = await ready(pilot)
        assert "Past decisions Bolt & Co" in shown and "set boundaries" not in shown
    assert made.private.of("bolt").decisions[0].right == "no"
    assert [one.right for one in made.private.of("acme").decisions] == [None, "yes"]


async def test_what_an_answer_is_about_is_in_view(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    for age in (40, 30, 20, 10):
        why = LONG * 15 if age == 20 else "Told them"
        made.private.add("acme", chosen(age, why=why, verdict="keep"))
    screen = PastScreen(made, "acme")
    app = Host(screen)
    async with app.run_test(size=(60, 20)) as pilot:
        await ready(pilot)

        def heading() -> str:
            assert screen.current is not None
            return f"Decision {screen.current.number}: "

        await pilot.press("j")
        assert heading() == "Decision 3: "
        assert heading() in await ready(pilot)
        before = text_of(app)
        await pilot.press("j")
        await ready(pilot)
        assert heading() == "Decision 3: " and text_of(app) != before, "it is read to its end"
        for _ in range(60):
            await pilot.press("j")
            await ready(pilot)
            if heading() != "Decision 3: ":
                break
        shown = await ready(pilot)
        assert "Decision 2: keep" in shown and "By 2 Nov 2026 the log said" in shown
        await pilot.press("j", "k", "k", "k")
        assert heading() in await ready(pilot)
        await pilot.press("pagedown", "pagedown", "1")
        await ready(pilot)
        assert heading() in text_of(app), "what was judged comes into view"


async def test_a_docket_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    made = decided(tmp_path)
    made.path("acme").write_bytes(b"")
    app = host(Workspace.open(made.root, clock=made.clock), "bolt")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("A")
        shown = await ready(pilot)
        assert "Bolt & Co 1: keep" in shown
        assert "Without acme: not readable." in shown
        await pilot.press("1")
        assert "was right: kept" in await ready(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_where_there_is_none_one_line_says_how(tmp_path: Path, size: tuple[int, int]) -> None:
    made = workspace(tmp_path, HOSTILE)
    (made.root / "config.toml").write_text('[keys]\nchoose = "C"\n')
    app = host(Workspace.open(made.root, clock=made.clock))
    async with app.run_test(size=size, notifications=True) as pilot:
        shown = await ready(pilot)
        assert "No decision about [/foo] <b>x</b> is written down yet. d on a client asks" in shown
        assert "C there writes down what you decide" in shown
        await pilot.press("1", "enter", "y", "j", "G", "A")
        assert "No decision is written down yet." in await ready(pilot)
        assert app.copied == []


async def test_an_answer_that_cannot_be_kept_is_said_and_changes_nothing(tmp_path: Path) -> None:
    made = decided(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        made.private.path.write_text("not JSON")
        await pilot.press("1")
        shown = await ready(pilot)
        assert "not a private file" in shown
        assert "It was right" not in shown


async def test_a_private_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    made = decided(tmp_path)
    made.private.path.write_text("not JSON")
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await ready(pilot)
        assert "not a private file" in shown
        assert "No decision" not in shown and "Reading" not in shown


async def test_y_copies_the_whole_of_it(tmp_path: Path) -> None:
    app = host(decided(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("y")
        assert "It is private" in await ready(pilot)
    lines = app.copied[0].splitlines()
    assert lines[0] == "Decision 2: set boundaries, 12 Nov 2026"
    assert "Since then, in 10 days: 2 incidents, no step taken" in lines


async def test_h_leads_here_from_the_main_screen_and_takes_in_what_is_logged(
    tmp_path: Path,
) -> None:
    made = decided(tmp_path)
    app = DocketApp(made)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("h")
        assert "Past decisions Acme Media" in await ready(pilot)
        assert app.place == "past"
        assert "2 incidents" in text_of(app)
        line = "acme abuse shouted at me"
        await pilot.press("n", *("space" if letter == " " else letter for letter in line), "enter")
        await ready(pilot)
        assert made.docket("acme").entries[-1].kind == "abuse"
        assert "Decision 2" in text_of(app)
        await pilot.press("escape")
        await ready(pilot)
        assert app.place == "main"


async def test_h_waits_for_the_gut_on_the_decision_screen(tmp_path: Path) -> None:
    made = decided(tmp_path)
    app = Host(DecisionScreen(made, "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("h")
        shown = await ready(pilot)
        assert "Answer your gut first" in shown and "The log says now" not in shown
        await pilot.press("3", "h")
        await ready(pilot)
        assert isinstance(app.screen, PastScreen)
        await pilot.press("1", "escape")
        await ready(pilot)
        assert isinstance(app.screen, DecisionScreen)


def test_a_due_review_is_one_thing_everywhere(tmp_path: Path) -> None:
    made = decided(tmp_path)
    docket = made.docket("acme")
    assessment = assess(docket, made.private.of("acme"), made.config)
    last = chosen(10, "walk-away", review=1, verdict=assessment.verdict)
    made.private.add("acme", last)

    def everywhere() -> set[bool]:
        private = made.private.of("acme")
        shelf = ClientBook(made)
        shelf.keep(shelf.docket("acme"), assessment, shelf.state("acme"))
        lines = " ".join(row.text for row in detail_rows(assessment, private, 120))
        side = portfolio([Assessed(docket, assessment, private)], made.config, docket.today)
        return {
            shelf.row("acme").asks,
            "(due)" in lines,
            side.clients[0].review is not None,
            followed(docket, private, made.config)[-1].due,
        }

    assert everywhere() == {True}
    made.private.judge("acme", 3, "yes", "", NOW - timedelta(days=2))
    assert everywhere() == {True}, "it was judged before its day"
    made.private.judge("acme", 3, "yes", "", NOW)
    assert everywhere() == {False}
    earlier = docket.as_of(NOW.date() - timedelta(days=1))
    before = [Assessed(earlier, assessment, made.private.of("acme"))]
    assert portfolio(before, made.config, earlier.today).clients[0].review == earlier.today
    made.private.add("acme", chosen(0, "keep", review=-9, verdict=assessment.verdict))
    assert everywhere() == {False}
    made.private.add("acme", chosen(0, "keep", review=0, verdict=assessment.verdict))
    assert everywhere() == {True}


@pytest.mark.parametrize("width", range(40, 121, 7))
def test_no_line_is_wider_than_the_screen(tmp_path: Path, width: int) -> None:
    made = decided(tmp_path)
    found = followed(made.docket("acme"), made.private.of("acme"), made.config)
    wide = [replace(one, decision=one.decision.model_copy(update={"why": LONG})) for one in found]
    lines = past_rows(wide, lambda one: LONG, date(2026, 11, 22), width, "1 right")
    assert max(cell_len(row.text) for row, _ in lines) <= width
    heads = [row.text for row, one in lines if one is not None]
    assert [head[-11:] for head in heads] == ["23 Oct 2026", "12 Nov 2026"]


def test_the_gut_of_that_day_stands_beside_the_log(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    words: dict[tuple[str, str | None], str] = {
        ("keep", "keep"): "you chose what both said",
        ("keep", "walk-away"): "you chose what the log said",
        ("walk-away", "keep"): "you chose what your gut said",
        ("stop-work", "stop-work"): "you chose otherwise",
        ("keep", None): "you chose the same",
        ("stop-work", None): "you chose otherwise",
    }
    for (verdict, gut), said in words.items():
        private = Private(decisions=(chosen(5, verdict=verdict, gut=gut),))
        found = followed(made.docket("acme"), private, made.config)
        text = " ".join(row.text for row, _ in past_rows(found, lambda _: "", NOW.date(), 120, ""))
        assert said in text
