"""`docket decide --explain`, `--json`, `--history` and `--except`: one set of numbers, one log."""

from __future__ import annotations

from typing import Any

import pytest

from store.entries import ExceptionData
from tests.calibration.by_hand import verdict_of
from tests.store.decision.test_explain import sums
from tests.tui.cli.conftest import Cli
from tests.tui.cli.timed import Timed, acme


@pytest.fixture
def timed(cli: Cli) -> Timed:
    """A client who owes, asked for more work, and takes hours; noon of 22 Nov 2026."""
    made = acme(cli)
    made.ok("invoice", "acme", "INV-1", "900", "--issued", "2026-09-01", "--due", "2026-09-15")
    made.ok("pay", "acme", "900", "--on", "2026-09-26")
    made.ok("invoice", "acme", "INV-2", "1200", "--issued", "2026-10-12", "--due", "2026-10-26")
    made.ok("hours", "acme", "9", "--on", "2026-10-10")
    made.ok("hours", "acme", "3.5", "--class", "chase", "--on", "2026-11-10")
    made.ok("log", "acme", "off-hours", "Called at 23:00", "--on", "2026-11-02")
    made.ok("log", "acme", "pay-later", "Keep going", "--on", "2026-11-09", "--severity", "3")
    made.ok("ask", "acme", "The logo files?", "--on", "2026-11-01")
    made.ok("checkin", "acme", "8", "3", "--dread", "6")
    return made


def decided(timed: Timed, *words: str) -> dict[str, Any]:
    result = timed("decide", "acme", "--json", *words)
    assert result.status == 0, result
    found: dict[str, Any] = result.json
    return found


def test_explain_and_json_and_the_text_print_the_same_digits(timed: Timed) -> None:
    told, text = decided(timed), timed.ok("decide", "acme", "--explain")
    plain = " ".join(timed.ok("decide", "acme", "-v").split())
    lines = text.splitlines()
    assert len(lines) <= 25
    assert len(sums(lines)) == 13
    for redone, printed in sums(lines):
        assert redone == pytest.approx(printed, abs=0.11)
    assert lines[-1].endswith(f" = {told['score']:g}")
    high = told["range"][1]
    assert f"Rank: {told['score']:.1f} of 100, {high:.1f} at the most" in plain
    assert f"{told['coverage']:.0%} is known" in plain
    for factor in told["factors"]:
        if factor["known"]:
            assert f"{factor['burden']:4.2f} {factor['label']}" in plain
    assert f"client-to-work ratio {told['client_to_work_ratio']:.2f}" in plain
    assert verdict_of(lines) == told["verdict"]


def test_the_answer_is_short_and_everything_is_a_letter_away(timed: Timed) -> None:
    short, whole = timed.ok("decide", "acme"), timed.ok("decide", "acme", "-v")
    assert len(short.splitlines()) < 20 < len(whole.splitlines())
    assert "Walk away. They asked you to keep working" in short
    assert "Keep working, pay later (R1, walk away)" in short
    for said in ("Do: finish what you owe them", "Solve it:", "End it:", "docket decide acme -v"):
        assert said in " ".join(short.split())
    assert "Rules that spoke" not in short and "Rules that spoke" in whole


def test_the_history_ends_with_today_and_is_what_as_of_says(timed: Timed) -> None:
    told = decided(timed, "--history")
    assert len(told["history"]) == 15, "the docket is 100 days old"
    last = told["history"][-1]
    assert (last["day"], last["verdict"], last["score"]) == (
        "2026-11-22",
        told["verdict"],
        told["score"],
    )
    for point in told["history"][::4]:
        then = decided(timed, "--as-of", point["day"])
        assert (then["verdict"], then["score"]) == (point["verdict"], point["score"])
    text = timed.ok("decide", "acme", "--history")
    assert f"2026-11-22  {told['score']:5.1f}  walk-away" in text


def test_an_exception_holds_a_rule_back_and_lapses_by_itself(timed: Timed) -> None:
    assert decided(timed)["verdict"] == "walk-away"
    why = "Half is paid, the rest has a day"
    result = timed("decide", "acme", "--except", "r1", "--until", "+9d", "--why", why)
    assert result.status == 0
    assert "an exception to R1 until 1 Dec 2026, internal." in result.err
    assert "but your exception has 9 days left" in " ".join(result.out.split())
    whole = timed.ok("decide", "acme", "-v")
    assert "set aside; your exception has 9 days left" in " ".join(whole.split())
    row = next(one for one in timed.ok("clients").splitlines() if one.startswith("acme "))
    assert "set-boundaries*" in row
    assert timed("clients", "--json").json[0]["excepted"] == ["R1"]
    assert "set-boundaries*" in timed.ok("portfolio")
    entry = timed.workspace.entries("acme")[-1]
    assert isinstance(entry.data, ExceptionData)
    assert (entry.visibility, entry.statement, entry.data.rule) == ("internal", why, "R1")
    held = decided(timed)
    assert held["verdict"] != "walk-away"
    (r1,) = [rule for rule in held["rules"] if rule["id"] == "R1"]
    assert (r1["verdict"], r1["excepted_days"]) == ("walk-away", 9)
    assert "your exception has 9 days left" in held["headline"]
    assert "to R1, until 1 Dec 2026" in timed.ok("show", "acme")
    timed.clock.move(days=9)
    assert decided(timed)["verdict"] != "walk-away", "the last day counts"
    timed.clock.move(days=1)
    assert decided(timed)["verdict"] == "walk-away"


def test_a_voided_exception_is_none(timed: Timed) -> None:
    timed.ok("decide", "acme", "--except", "R1", "--until", "+9d", "--why", "half is paid")
    last = timed.workspace.entries("acme")[-1].seq
    timed.ok("void", f"acme#{last}", "--reason", "it was not paid after all")
    assert decided(timed)["verdict"] == "walk-away"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--except", "R1", "--until", "+9d"), "has no reason"),
        (("--except", "R1", "--until", "+91d", "--why", "x"), "it may last 90 days"),
        (("--except", "R1", "--until", "2026-11-01", "--why", "x"), "1 Nov 2026 is past"),
        (("--except", "R8", "--until", "+9d", "--why", "x"), "R8 does not speak about acme"),
    ],
)
def test_an_exception_that_cannot_be_is_one_line(
    timed: Timed, words: tuple[str, ...], said: str
) -> None:
    assert said in timed.wrong("decide", "acme", *words)


def test_the_log_verb_names_the_verb_for_exceptions(timed: Timed) -> None:
    assert "docket decide CLIENT --except" in timed.wrong("log", "acme", "exception", "just so")


def test_no_record_holds_an_exception(timed: Timed) -> None:
    why = "Sotto voce: half is paid"
    timed.ok("decide", "acme", "--except", "R1", "--until", "+9d", "--why", why)
    folder = timed.cli.root.parent / "out"
    folder.mkdir()
    for purpose in ("court", "platform", "mediator", "own"):
        timed.ok("record", "acme", "--for", purpose, "-o", str(folder))
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 8
    for path in files:
        assert b"Sotto voce" not in path.read_bytes(), path
        assert b'"R1"' not in path.read_bytes(), path
