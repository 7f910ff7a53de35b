"""Wrong words to the verbs that say what to do: one line each, with a way on, and nothing done."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli, cli
from tests.tui.cli.timed import Timed

__all__ = ["cli"]

AHEAD = "tomorrow, fri, +3d or in 2 weeks"
WRONG = [
    ("next nobody", "No client fits 'nobody'. See `docket clients`"),
    ("next acmee", "Did you mean acme?"),
    ("next acme --days x", "'x' is none: write 0 to 3650"),
    ("next acme --days -3", "See `docket next --help`"),
    ("next acme --days 99999999999", "write 0 to 3650"),
    ("next acme --line --json", "not allowed with"),
    ("next acme --snooze INV-1 --until someday --why x", AHEAD),
    ("next acme --snooze INV-1 --until 2026-13-40 --why x", AHEAD),
    ("next acme --snooze INV-1 --until +9999m --why x", AHEAD),
    ("next acme --snooze INV-1 --until yesterday --why x", "has come already. Name a later day"),
    ("next acme --snooze INV-9 --until +3d --why x", "there is INV-1"),
    ("next acme --snooze '' --until +3d --why x", "Name one of these"),
    ("next acme --hold --until +3d", "Write docket next CLIENT --hold --until D --why TEXT"),
    ("letter nobody", "No client fits"),
    ("letter acme rant", "Name one of these"),
    ("letter acme reminder --about 99", "There is no entry acme#99"),
    ("letter acme reminder --about INV-9", "it has the invoices INV-1"),
    ("letter acme reminder --about '#0'", "There is no entry acme#0"),
    ("letter acme reminder --set mood=bad", "is no fact of a letter"),
    ("letter acme reminder --set =1", "'=1' sets nothing. Write --set NAME=VALUE"),
    ("letter acme reminder --set me", "Write --set NAME=VALUE"),
    ("letter acme reminder --lang klingonish", ""),
    ("exit acme --next ''", "For example: Ann Lee"),
    ("letter acme reminder extra", "See `docket letter --help`"),
    ("items acme#3", "Did you mean acme?"),
    ("items acme extra", "See `docket items --help`"),
    ("access nobody", "See `docket clients`"),
    ("access acme --for access", "See `docket access --help`"),
    ("time acme -o out.md --json", "not allowed with"),
    ("time nobody", "See `docket clients`"),
    ("welcome acme --form --goal x", "--form only prints the lines. Leave it out"),
    ("welcome acme --form --sent", "--form only prints the lines"),
    ("welcome acme --fill /no/such/sheet", "cannot be read"),
    ("welcome acme --fill /", "cannot be read"),
    ("welcome acme --fill /dev/zero", "over 2 MB"),
    ("welcome acme --fill /dev/null", "answers nothing"),
    ("welcome acme --payment never", "Write net14"),
    ("welcome acme --reply-within 0", "Write 2d"),
    ("welcome acme --html", "Give -o FILE"),
    ("repair acme#3", "one useful act is enough to begin"),
    ("repair acme#3 'Send the list'", "Name a day, such as fri"),
    ("repair acme#3 'Send the list' --by yesterday", "has gone by"),
    ("repair acme#3 'Send the list' --by someday", AHEAD),
    ("repair acme#99 'Send the list' --by fri", "There is no entry acme#99"),
    ("repair acme 'Send the list' --by fri", "Write CLIENT#N"),
    ("outcome acme#3 yes", "Name what you did about it"),
    ("outcome acme#99 yes", "See `docket show acme`"),
    ("outcome acme#3", "yes, partly or no"),
    ("outcome acme#3 maybe", "'maybe' is no answer"),
    ("ladder nobody", "See `docket clients`"),
    ("ladder --use xx", "Name one of these"),
    ("ladder --use no --facts no", "not allowed with"),
    ("ladder --presets --grace 3", "--presets and --facts only show"),
    ("ladder --grace x", "Write --grace 3"),
    ("ladder --grace 366", "days are 0 to 365. Write --grace 3"),
    ("ladder --wait stop", "Write --wait stop=10"),
    ("ladder --wait stop=-3", "'-3' is no wait: days are 0 to 365. Write --wait stop=10"),
    ("ladder --wait rant=3", "Name one"),
    ("deliver acme Page --rounds 100", "Write 0 to 99"),
    ("deliver acme Page --rounds 1.5", "Write 0 to 99"),
    ("log acme stop 'Until paid' --set effective=someday", AHEAD),
    ("log acme stop 'Until paid' --set effective=2026-11-01", "before it was said"),
    ("log acme note x --on tomorrow", "An entry says what did happen: log it once it has."),
    ("handover acme Keys --to Ann --on tomorrow", "log it once it has."),
    ("ask acme 'Logo?' --on tomorrow", "a day to come goes with --needed-by."),
    ("promise acme 'The rest' --due fri --on tomorrow", "a day to come goes with --due."),
    ("invoice acme INV-2 10 --issued tomorrow", "a day to come goes with --due."),
    ("timer nobody", "See `docket clients`"),
    ("timer '#3'", "See `docket clients`"),
]


@pytest.fixture
def owed(cli: Cli) -> Timed:
    """A client whose bill, acme#3, is late."""
    timed = Timed(cli)
    timed.ok("new", "Acme Media", "--id", "acme", "--currency", "EUR", "--terms", "net14")
    timed.ok("invoice", "acme", "INV-1", "500", "--issued", "2026-10-20", "--due", "2026-11-03")
    return timed


@pytest.mark.parametrize(("typed", "told"), WRONG, ids=[typed for typed, _ in WRONG])
def test_what_is_wrong_is_one_line_that_says_what_to_do(owed: Timed, typed: str, told: str) -> None:
    said = owed.wrong(*shlex.split(typed))
    assert told in said
    assert "bug" not in said


def test_what_a_letter_lacks_of_mine_is_said_once_for_all(owed: Timed) -> None:
    assert 'It lacks your name: docket me "Your name"\n' in owed("letter", "acme", "reminder").err
    owed.ok("me", "Jo Ek")
    assert "your name" not in owed("letter", "acme", "reminder").err


def test_a_letter_is_about_what_is_named(owed: Timed) -> None:
    owed.ok("invoice", "acme", "7", "70", "--issued", "2026-10-21", "--due", "2026-11-04")
    assert "invoice 7" in owed.ok("letter", "acme", "reminder", "--about", "7")
    assert "INV-1" in owed.ok("letter", "acme", "reminder", "--about", "inv-1")


def test_a_preset_begins_with_its_own_days(owed: Timed) -> None:
    owed.ok("ladder", "--wait", "courtesy=0", "--wait", "stop=0", "--grace", "9")
    steps = json.loads(owed.ok("ladder", "--use", "plain", "--wait", "claim=30", "--json"))["rungs"]
    assert [one["id"] for one in steps][:1] == ["courtesy"]
    assert (steps[0]["wait"], steps[-1]["wait"]) == (1, 30)


def test_a_wrong_ladder_file_is_named(owed: Timed) -> None:
    (owed.cli.root / "ladder.toml").write_text('preset = "zz"\n', "utf-8")
    said = owed.wrong("ladder", status=1)
    assert re.search(r"ladder\.toml is wrong at preset: There is no ladder 'zz'", said)


def test_doctor_names_a_ladder_that_cannot_be_read(owed: Timed) -> None:
    (owed.cli.root / "ladder.toml").write_text("x = " + "[" * 5000, "utf-8")
    assert "ladder.toml cannot be read: it is nested too deep" in owed("doctor").out
    assert "nested too deep" in owed.wrong("next", status=1)


def test_a_stop_may_name_its_day_as_any_day_is_named(owed: Timed) -> None:
    owed.ok("log", "acme", "stop", "Until INV-1 is paid", "--set", "effective=+3d")
    (stop,) = owed.workspace.docket("acme", owed.clock.now.date()).kind("stop")
    assert str(getattr(stop.data, "effective", "")) == "2026-11-25"


def test_a_timer_of_somebody_who_is_gone_can_be_stopped(owed: Timed) -> None:
    owed.ok("timer", "acme")
    (owed.cli.root / "clients" / "acme.jsonl").unlink()
    assert "there is no client acme any more" in owed("timer", "stop").err
    assert owed.ok("timer") == "no timer runs\n"


def test_a_sheet_from_another_editor_is_read(owed: Timed, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    sheet.write_bytes("\ufeff# How the work goes\r\nprocess: A draft\r\n".encode())
    assert "A draft" in owed.ok("welcome", "acme", "--fill", str(sheet))


def test_the_calendar_goes_into_a_folder_under_a_name_of_its_own(
    owed: Timed, tmp_path: Path
) -> None:
    assert "There is no folder /no/such" in owed("next", "--ics", "/no/such/x.ics").err
    assert " written to " in owed("next", "--ics", str(tmp_path)).err
    assert (tmp_path / "docket.ics").read_text("utf-8").startswith("BEGIN:VCALENDAR")


def test_the_calendar_replaces_its_own_kind_alone(owed: Timed, tmp_path: Path) -> None:
    own, theirs, gone = tmp_path / "own.ics", tmp_path / "theirs.txt", tmp_path / "link.ics"
    theirs.write_text("BEGIN my only copy\n", "utf-8")
    gone.symlink_to(tmp_path / "nowhere")
    os.mkfifo(pipe := tmp_path / "pipe.ics")
    for path in (theirs, gone, pipe):
        assert (
            "is no calendar of Docket, and stays as it is" in owed("next", "--ics", str(path)).err
        )
    assert theirs.read_text("utf-8") == "BEGIN my only copy\n"
    assert gone.is_symlink() and pipe.is_fifo()
    for _ in range(2):
        assert " written to " in owed("next", "--ics", str(own)).err


@pytest.mark.parametrize("option", ["-o", "--eml"])
def test_a_letter_is_written_to_nothing_that_is_there(owed: Timed, option: str) -> None:
    said = owed("letter", "acme", "reminder", option, "/")
    assert (said.status, said.err.splitlines()[-1]) == (
        2,
        "/ is there already: nothing is written over. Name a new file.",
    )


@pytest.mark.parametrize("words", [("--on", "tomorrow", "--set", "me=Jo"), ()])
def test_a_letter_that_cannot_be_logged_as_sent_is_written_nowhere(
    owed: Timed, tmp_path: Path, words: tuple[str, ...]
) -> None:
    draft = tmp_path / "draft.txt"
    said = owed("letter", "acme", "reminder", "-o", str(draft), "--sent", *words)
    assert said.status == 2
    assert ("log it once it has" if words else "it lacks your name") in said.err
    assert not draft.exists()
