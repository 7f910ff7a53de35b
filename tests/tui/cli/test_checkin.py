"""`docket checkin`: two numbers are enough; what is kept can be listed, and forgotten."""

from __future__ import annotations

import pytest

from store.private.model import CheckIn
from tests.tui.cli.conftest import Cli
from tests.tui.cli.timed import Timed, acme

HINT = "Dread twice within two weeks: it may be time for `docket decide acme`.\n"


@pytest.fixture
def timed(cli: Cli) -> Timed:
    """A command line on one client, its clock at noon of 22 Nov 2026."""
    return acme(cli)


def kept(timed: Timed) -> tuple[CheckIn, ...]:
    return timed.workspace.private.of("acme").checkins


def test_two_numbers_are_the_stress_from_the_client_then_from_the_work(timed: Timed) -> None:
    result = timed("checkin", "acme", "8", "3")
    assert result.out == ("acme: checked in, 22 Nov 2026 12:00; private, never in a record\n")
    assert result.err == ""
    told = timed("checkin", "--dread", "2", "media", "10", "0", "--note", "tired", "--json").json
    assert (told["client"], told["stress_client"], told["stress_work"]) == ("acme", 10, 0)
    first, second = kept(timed)
    assert first == CheckIn(at=timed.clock(), stress_client=8, stress_work=3)
    assert second == CheckIn(
        at=timed.clock(), stress_client=10, stress_work=0, dread=2, note="tired"
    )


def test_options_go_on_working(timed: Timed) -> None:
    timed.ok("checkin", "acme", "--stress-client", "7", "--energy", "0", "--fit-vision", "10")
    (one,) = kept(timed)
    assert (one.stress_client, one.stress_work, one.energy, one.fit_vision) == (7, None, 0, 10)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("8", "it takes two numbers, 0 to 10"),
        ("8 3 1", "it takes two numbers, 0 to 10"),
        ("eight three", "'eight three' is no check-in"),
        ("8 -3", "'8 -3' is no check-in"),
        ("8.5 3", "Write it like 8 3"),
        ("11 3", "--stress-client is 0 to 10: not 11"),
        ("3 11", "--stress-work is 0 to 10: not 11"),
        ("8 3 --stress-client 8", "--stress-client said twice"),
        ("8 3 --stress-work 0 --stress-client 1", "--stress-client and --stress-work said twice"),
        ("--dread 11", "--dread is 0 to 10: not 11"),
        ("", "such as docket checkin acme 8 3"),
        ("--list 8 3", "--list and --forget stand alone"),
        ("--forget 1 --note x", "--list and --forget stand alone"),
        ("--list --forget 1", "not allowed with"),
        ("--forget x", "invalid int value"),
        ("--forget 1", "acme has no check-in 1: 0 check-ins are kept"),
    ],
)
def test_what_is_no_check_in_is_one_line_and_keeps_nothing(
    timed: Timed, words: str, said: str
) -> None:
    assert said in timed.wrong("checkin", "acme", *words.split())
    assert kept(timed) == ()


def test_hostile_words_reach_no_terminal(timed: Timed) -> None:
    told = timed.wrong("checkin", "acme", "\x1b[31m8\u202e", "3" * 300)
    assert not set("\x1b\u202e") & set(told)
    assert len(told) < 250


@pytest.fixture
def three(timed: Timed) -> Timed:
    """Three check-ins, an hour between them."""
    timed.ok("checkin", "acme", "8", "3")
    timed.clock.move(hours=1)
    timed.ok(
        "checkin", "acme", "--dread", "2", "--note", "Bo rang.\nI let it ring \u202e " + "on " * 40
    )
    timed.clock.move(hours=1)
    timed.ok("checkin", "acme", "--version", "4", "--fit-direction", "0")
    return timed


def test_the_list_is_numbered_newest_last_and_fits_the_terminal(three: Timed) -> None:
    lines = three.ok("checkin", "acme", "--list").splitlines()
    assert lines[0] == "1  22 Nov 2026 12:00  stress client 8, stress work 3"
    assert lines[1].startswith("2  22 Nov 2026 13:00  dread 2; Bo rang. I let it ring <U+202E> on")
    assert lines[2].startswith("    on on")
    assert lines[-1] == "3  22 Nov 2026 14:00  version 4, fit direction 0"
    assert max(map(len, lines)) <= 80
    three.cli.patch.setenv("COLUMNS", "40")
    assert max(map(len, three.ok("checkin", "acme", "--list").splitlines())) <= 40


def test_the_list_in_json_has_everything(three: Timed) -> None:
    listed = three("checkin", "acme", "--list", "--json").json
    assert [one["number"] for one in listed] == [1, 2, 3]
    fields = {"number", "client"}
    told = [CheckIn(**{k: v for k, v in one.items() if k not in fields}) for one in listed]
    assert tuple(told) == kept(three)


def test_an_empty_list_says_so_beside_the_data(timed: Timed) -> None:
    result = timed("checkin", "acme", "--list")
    assert (result.status, result.out, result.err) == (0, "", "No check-in about acme yet.\n")
    assert timed("checkin", "acme", "--list", "--json").json == []


def test_one_is_forgotten_by_its_number(three: Timed) -> None:
    first, second, third = kept(three)
    out = three.ok("checkin", "acme", "--forget", "2")
    assert out == "acme: check-in 2 of 22 Nov 2026 13:00 is forgotten\n"
    assert kept(three) == (first, third)
    assert second.note.encode() not in three.workspace.private.path.read_bytes()
    assert b"let it ring" not in b"".join(three.cli.files().values())
    told = three("checkin", "acme", "--forget", "2", "--json").json
    assert told == {"client": "acme", "forgotten": 2}
    assert kept(three) == (first,)
    assert "acme has no check-in 2: 1 check-in is kept" in three.wrong(
        "checkin", "acme", "--forget", "2"
    )


def test_dread_twice_within_two_weeks_suggests_to_decide(timed: Timed) -> None:
    assert timed("checkin", "acme", "--dread", "6").err == ""
    timed.clock.move(days=14)
    result = timed("checkin", "acme", "--dread", "6", "--json")
    assert result.err == HINT
    assert result.json["dread"] == 6, "the data stays JSON"
    assert timed("checkin", "acme", "--dread", "5").err == ""
    assert timed("checkin", "acme", "9", "3").err == "", "nothing was said of dread"
    timed.clock.move(days=15)
    assert timed("checkin", "acme", "--dread", "10").err == ""
    assert timed("checkin", "acme", "--dread", "10").err == HINT


def test_the_suggestion_can_be_muted_and_is_about_one_client(timed: Timed) -> None:
    timed.ok("new", "Bolt", "--id", "bolt")
    timed.ok("checkin", "acme", "--dread", "9")
    assert timed("checkin", "bolt", "--dread", "9").err == ""
    config = timed.cli.root / "config.toml"
    config.write_text("ask_checkin = false\n")
    assert timed("checkin", "acme", "--dread", "9").err == ""
    config.write_text("ask_checkin = true\n")
    assert timed("checkin", "acme", "--dread", "9").err == HINT


def test_wrong_settings_do_not_make_a_kept_check_in_fail(timed: Timed) -> None:
    timed.ok("checkin", "acme", "--dread", "9")
    (timed.cli.root / "config.toml").write_text("ask_checkin = 'perhaps'\n")
    result = timed("checkin", "acme", "--dread", "9")
    assert (result.status, result.err) == (0, HINT)
    assert len(kept(timed)) == 2
