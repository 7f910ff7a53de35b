"""`docket decide --choose`: what is kept with a decision, and what one is reminded of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.decision import assess
from store.decision.history import rested_on
from store.private.model import Decision, Private
from tests.tui.cli.conftest import Cli
from tests.tui.cli.timed import Timed, acme


@pytest.fixture
def timed(cli: Cli) -> Timed:
    """A command line on one client, its clock at noon of 22 Nov 2026."""
    return acme(cli)


def kept(timed: Timed) -> Private:
    return timed.workspace.private.of("acme")


def told(timed: Timed, *words: str) -> list[str]:
    """Return what `docket decide acme words` says beside the data, which must be the same JSON."""
    plain = timed("decide", "acme", *words)
    assert plain.status == 0
    json = timed("decide", "acme", "--json")
    assert (json.status, json.json["client"]) == (0, "acme")
    return plain.err.splitlines()


def test_a_decision_keeps_the_whole_of_what_it_rested_on(timed: Timed) -> None:
    timed.ok("invoice", "acme", "INV-1", "900", "--issued", "2026-08-20", "--due", "2026-09-01")
    timed.ok("log", "acme", "pay-later", "Keep going, I'll pay you", "--on", "2026-10-20")
    timed.ok("checkin", "acme", "8", "3")
    timed.ok("decide", "acme", "--choose", "keep", "--why", "rent\x1b[31m", "--review", "+30d")
    (made,) = kept(timed).decisions
    found = assess(timed.workspace.docket("acme"), kept(timed), timed.workspace.config)
    assert made.rested_on == rested_on(found)
    assert found.rules and made.rested_on is not None
    assert made.rested_on.rules == tuple(rule.id for rule in found.rules)
    assert made == Decision(
        at=timed.clock(),
        choice="keep",
        why="rent",
        review=timed.clock().date() + timedelta(days=30),
        rested_on=rested_on(found),
        entries=4,
        gut=None,
    )


def test_the_last_gut_of_that_day_is_kept_with_it(timed: Timed) -> None:
    timed.clock.move(days=-1)
    timed.ok("decide", "acme", "--gut", "walk-away")
    timed.clock.move(days=1)
    timed.ok("decide", "acme", "--choose", "keep")
    timed.ok("decide", "acme", "--gut", "stop-work")
    timed.ok("decide", "acme", "--gut", "unsure")
    timed.ok("decide", "acme", "--choose", "keep")
    timed.ok("decide", "acme", "--gut", "set-boundaries", "--choose", "keep")
    assert [one.gut for one in kept(timed).decisions] == [None, "unsure", "set-boundaries"]


def test_two_resets_are_the_rule(timed: Timed) -> None:
    timed.ok("new", "Bolt", "--id", "bolt")
    reset = ("--choose", "set-boundaries")
    timed.ok("decide", "acme", *reset)
    timed.ok("decide", "acme", "--choose", "keep")
    timed.ok("decide", "acme", *reset)
    for words in (reset, (*reset, "--why", "  \x1b[31m "), (*reset, "--gut", "unsure")):
        said = timed.wrong("decide", "acme", *words)
        assert "Boundaries were set 2 times already: two resets are the rule" in said
        assert "--why" in said
    assert kept(timed).guts == (), "nothing of a refused command is kept"
    timed.ok("decide", "bolt", *reset)
    timed.ok("decide", "acme", "--choose", "stop-work")
    timed.ok("decide", "acme", *reset, "--why", "New owner")
    assert kept(timed).decisions[-1].why == "New owner"
    assert "3 times already" in timed.wrong("decide", "acme", *reset)


def test_a_review_that_is_due_is_said_until_somebody_decides(timed: Timed) -> None:
    timed.clock.move(days=-19)
    timed.ok("decide", "acme", "--choose", "set-boundaries", "--review", "2026-11-20")
    timed.clock.move(days=16)
    assert told(timed) == []
    timed.clock.move(days=1)
    due = "Your decision of 3 Nov 2026 (set boundaries) was to be looked at again on 20 Nov 2026."
    assert told(timed) == [due]
    timed.clock.move(days=2)
    assert told(timed) == [due]
    assert told(timed, "--as-of", "2026-11-21") == [], "that is about today"
    assert told(timed, "--choose", "keep") == ["Your decision is kept, private: keep."]
    assert told(timed) == []


def test_a_review_is_settled_by_saying_whether_it_was_right(timed: Timed) -> None:
    timed.clock.move(days=-19)
    timed.ok("decide", "acme", "--choose", "keep", "--review", "2026-11-20")
    timed.clock.move(days=19)
    assert len(told(timed)) == 1
    timed.ok("decisions", "acme", "--right", "1", "yes")
    assert told(timed) == []


def test_leaving_that_was_put_off_is_said_with_its_days(timed: Timed) -> None:
    timed.clock.move(days=-52)
    said = told(timed, "--gut", "walk-away")
    assert [line for line in said if "first" in line] == [], "it was said just now"
    timed.clock.move(days=1)
    assert told(timed) == ["You first decided or felt walk away on 1 Oct 2026, 1 day ago."]
    timed.ok("decide", "acme", "--choose", "walk-away")
    timed.clock.move(days=51)
    put_off = "You first decided or felt walk away on 1 Oct 2026, 52 days ago."
    assert told(timed) == [put_off]
    timed.ok("log", "acme", "end-notice", "Gave notice")
    assert told(timed) == []
    timed.clock.move(days=1)
    timed.ok("log", "acme", "resume", "Took it up again")
    assert told(timed) == [put_off.replace("52", "53")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--choose keep --as-of 2026-11-01", "one decides today. Leave --as-of out"),
        ("--choose keep --review 2026-11-22", "22 Nov 2026 is not ahead"),
        ("--choose keep --review 2026-10-01", "1 Oct 2026 is not ahead"),
        ("--why rent", "--why belongs to --choose or --except"),
        ("--review +3d", "--review belongs to --choose"),
        ("--except R1", "--except and --until go together"),
        ("--until +3d", "--except and --until go together"),
        ("--except R1 --until +3d --why rent", "R1 does not speak about acme"),
        ("--except one --until +3d --why rent", "'one' is no rule"),
        ("--explain --json", "--json has its numbers"),
        ("--as-of 2026-12-24", "24 Dec 2026 has not come yet"),
        ("--choose leave", "invalid choice"),
    ],
)
def test_what_cannot_be_decided_is_one_line(timed: Timed, words: str, said: str) -> None:
    assert said in timed.wrong("decide", "acme", "--gut", "keep", *words.split())
    assert kept(timed) == Private()


def test_a_decision_changes_no_docket(timed: Timed) -> None:
    before = timed.cli.files()
    timed.ok("decide", "acme", "--gut", "keep", "--choose", "walk-away", "--why", "enough")
    changed = {name for name, data in timed.cli.files().items() if before.get(name) != data}
    assert changed == {"private.json"}
