"""The letter of a step by key: changed in place or in the editor, handed on, logged once sent."""

from __future__ import annotations

import threading
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from store.docket import Docket
from store.playbook.letters import Letter
from store.playbook.letters.tone import letter_hints
from store.tone.sent import Hint
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened, Typing
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled, until
from tui.app import DocketApp
from tui.screens.letter import LetterScreen, step_of
from tui.screens.letter_text import LetterTextScreen


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    workspace.set_texts({"author": "Kari Nord", "email": "kari@nord.example"})
    return workspace


async def _letter(app: DocketApp, pilot: Pilot[None]) -> LetterScreen:
    step = step_of(app.workspace, "acme", "step-notice")._replace(about="#3")
    app.push_screen(LetterScreen(app.workspace, step))
    await settled(pilot)
    found = app.screen
    assert isinstance(found, LetterScreen)
    return found


async def test_it_says_what_it_rests_on_and_lacks_nothing(opened: Opened) -> None:
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        assert not found.letter.missing and not found.query(Input)
        await pilot.press("G")
        assert "It rests on #3." in text_of(app)
        await pilot.press("f")
        await settled(pilot)
        assert not found.query(Input)
        await pilot.press("d")  # what does nothing here says so, and holds no key up
        assert app.told.startswith("d (decide) does nothing here")


async def test_it_is_changed_in_place_and_what_was_typed_is_kept(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        await pilot.press(*"aDear Ann. ")  # in one burst: the keys after a wait for the form
        await settled(pilot)
        form = app.screen
        assert isinstance(form, LetterTextScreen)
        assert form.given["words"].startswith("Dear Ann. Hello Acme Media,")
        await pilot.press("escape")
        await settled(pilot)
        [kept] = workspace.drafts.kept("letter-step-notice")
        assert "Dear Ann." in kept.text and "Dear Ann." not in found.letter.body
        await pilot.press("a", "up", "ctrl+s")
        await settled(pilot)
        assert found.letter.body.startswith("Dear Ann. Hello Acme Media,")
        assert "Dear Ann." in text_of(app)
        assert workspace.drafts.kept("letter-step-notice") == []


async def test_it_is_changed_in_the_editor(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        monkeypatch.setattr(
            app, "edited", lambda text: text.replace("Hello Acme Media", "Dear Ann")
        )
        await pilot.press("o")
        await settled(pilot)
        assert found.letter.body.startswith("Dear Ann,\n")


async def test_it_is_written_as_a_draft_and_handed_to_the_mailer(
    opened: Opened, workspace: Workspace, tmp_path: Path, typing: Typing
) -> None:
    took = tmp_path / "took"
    took.mkdir()
    workspace.set_texts({"mailer": f"cp -t {took}"})
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        await pilot.press("w")
        await typing(pilot, str(tmp_path / "a.eml"))
        await pilot.press("enter")
        await settled(pilot)
        mail = message_from_bytes((tmp_path / "a.eml").read_bytes(), policy=policy.default)
        assert mail["Subject"] == found.letter.subject
        await pilot.press("O")
        await settled(pilot)
        assert (took / "a.eml").exists()
        await pilot.press("w")
        await typing(pilot, str(tmp_path / "a.eml"))
        await pilot.press("enter")
        await settled(pilot)
        assert "nothing is written over" in text_of(app)
        assert found.query_one(Input).value == str(tmp_path / "a.eml")


async def test_sent_logs_the_step_with_the_text_as_exhibit(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        await pilot.press("s")
        await typing(pilot, "pigeon")
        await pilot.press("enter")
        await settled(pilot)
        assert "no way to send it" in text_of(app)
        found.query_one(Input).value = ""
        await pilot.press("enter")
        await settled(pilot)
        entry = workspace.docket("acme").entries[-1]
        assert (entry.kind, entry.channel, entry.statement) == (
            "notice",
            "email",
            found.letter.subject,
        )
        assert [(link.rel, link.seq) for link in entry.links] == [("about", 3)]
        [exhibit] = entry.exhibits
        kept = (workspace.places.exhibits / exhibit.sha256).read_text("utf-8")
        assert kept.strip().endswith("Kari Nord") and found.letter.subject in kept


async def test_a_letter_with_gaps_is_not_sent(opened: Opened, workspace: Workspace) -> None:
    workspace.set_texts({"author": ""})
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        await pilot.press("escape")
        await settled(pilot)
        before = len(workspace.docket("acme").entries)
        await pilot.press("s")
        await settled(pilot)
        assert "The letter has gaps: it lacks your name" in text_of(app)
        assert not found.query(Input) and len(workspace.docket("acme").entries) == before


async def test_a_letter_that_was_being_changed_is_opened_again_from_the_drafts(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await _letter(app, pilot)
        await pilot.press(*"aDear Ann. ")
        await settled(pilot)
        await pilot.press("escape", "escape", "escape", "D", "enter")
        await settled(pilot)
        form = app.screen
        assert isinstance(form, LetterTextScreen)
        assert form.given["words"].startswith("Dear Ann. ")


@pytest.mark.parametrize("size", swept([((60, 20),), ((80, 24),), ((120, 40),)], 1))
async def test_it_fits_every_size(opened: Opened, size: tuple[int, int]) -> None:
    async with opened(size) as (app, pilot):
        await _letter(app, pilot)
        assert "Your project waits for" in text_of(app)
        await pilot.press("a")
        await settled(pilot)
        assert isinstance(app.screen, LetterTextScreen)
        assert "subject" in text_of(app) and "Hello Acme Media" in text_of(app)


async def test_l_shows_the_letter_of_the_first_step_that_has_one(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("l")
        await settled(pilot)
        found = app.screen
        assert isinstance(found, LetterScreen)
        assert found.letter.kind == step_of(app.workspace, "acme").letter


async def test_a_client_with_no_letter_says_so(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("1", "G", "l")
        await settled(pilot)
        assert not isinstance(app.screen, LetterScreen)
        assert "No next step has a letter" in text_of(app)


async def test_what_is_filled_in_after_a_change_leaves_the_change(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    workspace.set_texts({"author": ""})
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press(*"aDear Ann. ", "ctrl+s")
        await settled(pilot)
        await pilot.press("f")
        await typing(pilot, "Kari")
        await pilot.press("enter")
        await settled(pilot)
        assert found.letter.body.startswith("Dear Ann. ") and found.letter.body.endswith("Kari\n")
        assert not found.letter.missing


async def test_a_changed_letter_that_is_left_is_kept_until_it_is_logged(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await _letter(app, pilot)
        await pilot.press(*"aDear Ann. ", "ctrl+s")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        [kept] = workspace.drafts.kept("letter-step-notice")
        assert "Dear Ann. Hello" in kept.fields["words"]
        found = await _letter(app, pilot)
        await pilot.press("a", "up", "ctrl+s")
        await settled(pilot)
        assert found.letter.body.startswith("Dear Ann. ")
        await pilot.press("s", "enter")
        await settled(pilot)
        assert workspace.docket("acme").entries[-1].kind == "notice"
        await pilot.press("escape")
        await settled(pilot)
    assert workspace.drafts.kept("letter-step-notice") == []


async def test_what_to_look_at_is_numbered_at_its_line_and_the_better_sentence_is_taken(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        assert "to look at" not in text_of(app)
        said = "Hello Ann,\n\nI hope you are well. You never answer my mails. You are lazy.\n"
        monkeypatch.setattr(app, "edited", lambda text: said)
        await pilot.press("o")
        await settled(pilot)
        shown = text_of(app)
        assert "1 2 I hope you are well." in shown, shown
        assert "1   “You never” is an opening that blames." in shown
        assert "Tone: 2 to look at" in shown and "it never blocks" in shown
        await pilot.press("B")
        await settled(pilot)
        better = "There was no answer to my mails on [days]. I need one to go on."
        assert f"well. {better} You are lazy." in found.letter.body
        assert "It stands for “You never answer my mails”." in text_of(app)
        assert "1   “[days]” is a place that is open. It is yours to say." in text_of(app)
        await pilot.press("j", "B")
        await settled(pilot)
        assert "Say what was done" in text_of(app) and "You are lazy." in found.letter.body


async def test_a_long_text_is_looked_at_beside_the_screen_and_stands_there_without(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as (app, pilot):
        found = await _letter(app, pilot)
        looked, going = [], threading.Event()

        def look(letter: Letter, docket: Docket) -> tuple[Hint, ...]:
            looked.append(threading.current_thread())
            assert going.wait(60)
            return letter_hints(letter, docket)

        monkeypatch.setattr("tui.screens.letter.letter_hints", look)
        said = "You are lazy.\n" * 1_500
        monkeypatch.setattr(app, "edited", lambda text: said)
        await pilot.press("o")
        await until(pilot, lambda: app.dockets.busy, "it is looked at beside the screen")
        assert looked != [threading.main_thread()]
        going.set()
        await settled(pilot)
        assert "1   You are lazy." in text_of(app)
        assert len(found._hints or ()) == 1_500


async def test_what_is_the_users_own_is_asked_for_once_and_not_by_letter(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    workspace.set_texts({"author": ""})
    async with opened() as (app, pilot):
        await _letter(app, pilot)
        assert "your name: Acme" not in text_of(app)  # whose name would that be?
        await typing(pilot, "Kari  Nord")
        await pilot.press("enter")
        await settled(pilot)
        assert "Kept: later letters have it too." in text_of(app)
        assert Workspace.open(workspace.root).config.author == "Kari Nord"
        await pilot.press("escape")
        await settled(pilot)
        found = await _letter(app, pilot)
        assert not found.letter.missing and found.letter.body.endswith("Kari Nord\n")


async def test_a_letter_that_stops_work_asks_for_its_clause_as_it_is_logged(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        step = step_of(app.workspace, "acme", "stop-notice")._replace(about="INV-42")
        found = LetterScreen(app.workspace, step)
        app.push_screen(found)
        await settled(pilot)
        assert not found.letter.missing
        await pilot.press("s", "enter")
        assert "Which clause lets you stop" in " ".join(text_of(app).split())
        await pilot.press(*"clause 7", "enter")
        await settled(pilot)
        assert workspace.entries("acme")[-1].statement.endswith(". clause 7")
