"""`docket decisions`: what was decided, what followed, and whether it was right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.private.model import Decision, RestedOn
from store.sample import write_sample
from store.text.cells import cell_width
from tests.store.building import NOON
from tests.tui.cli.conftest import Cli
from tests.tui.cli.timed import Timed, acme

WORDS = "She said it would be the last time, and I believed her\u202e \x1b[31m" + "ថ្ងៃនេះ" * 30
EARLY = NOON - timedelta(days=60)


@pytest.fixture
def timed(cli: Cli) -> Timed:
    """A command line on one client, its clock at noon of 22 Nov 2026."""
    return acme(cli)


@pytest.fixture
def two(timed: Timed) -> Timed:
    """Two decisions, 30 days between them, with something of everything after each."""
    timed.clock.move(days=-60)
    timed.ok("log", "acme", "abuse", "Before it")
    timed.ok("invoice", "acme", "INV-1", "1200", "--issued", "2026-09-23", "--due", "2026-10-01")
    timed.ok("ask", "acme", "Logo files?", "--needed-by", "2026-09-28")
    timed.ok("decide", "acme", "--gut", "walk-away", "--choose", "keep", "--review", "+20d")
    timed.clock.move(days=10)
    timed.ok("log", "acme", "late-payment", "INV-1", "--hours", "1.25")
    timed.ok("log", "acme", "reminder", "Wrote to Bo")
    timed.clock.move(days=5)
    timed.ok("pay", "acme", "700")
    timed.clock.move(days=15)
    words = ("--choose", "set-boundaries", "--why", "Told them what changes", "--review", "+21d")
    timed.ok("decide", "acme", *words)
    timed.clock.move(days=10)
    timed.ok("log", "acme", "no-reply", "Nothing on the logo", "--hours", "0.5")
    timed.ok("log", "acme", "no-reply", "Still nothing", "--hours", "0.5")
    timed.clock.move(days=20)
    return timed


def test_each_decision_is_told_with_what_followed_it(two: Timed) -> None:
    out = two.ok("decisions", "acme")
    later, earlier = out.split("\n\n")
    assert later.splitlines()[:3] == [
        "acme 2: set boundaries, 23 Oct 2026",
        "    To be looked at again on 13 Nov 2026: due since 9 days",
        "    Why: Told them what changes",
    ]
    assert "    Since then, in 30 days: 2 incidents (1 h lost), no step taken\n" in later
    assert "    The log says now: " in later
    assert later.endswith("Was it right? docket decisions acme --right 2 yes|partly|no")
    assert earlier.splitlines()[:2] == [
        "acme 1: keep, 23 Sep 2026",
        "    Was to be looked at again on 13 Oct 2026",
    ]
    flat = " ".join(earlier.split())
    assert "; your gut said walk away; you chose" in flat
    assert (
        "Since then, in 30 days: 1 incident (1.25 h lost), EUR 700.00 paid, EUR 1,200.00 became "
        "overdue, 1 late answer, 1 step taken (reminder #7)" in flat
    )
    assert "By 23 Oct 2026 the log said: " in flat
    assert "Why:" not in earlier


def test_json_says_the_same_with_the_entries_behind_it(two: Timed) -> None:
    later, earlier = two("decisions", "acme", "--json").json
    assert (later["number"], earlier["number"]) == (2, 1)
    assert (later["due"], earlier["due"], later["ask_whether_right"]) == (True, False, True)
    assert (earlier["gut"], later["gut"]) == ("walk-away", None)
    then = two("decide", "acme", "--as-of", "2026-09-23", "--json").json
    assert earlier["rested_on"]["verdict"] == earlier["verdict"] == then["verdict"]
    assert earlier["rested_on"]["score"] == earlier["score"] == then["score"]
    assert [earlier["rested_on"]["low"], earlier["rested_on"]["high"]] == then["range"]
    assert earlier["rested_on"]["rung"] == then["money"]["rung"]
    assert earlier["agreed"] is (then["verdict"] == "keep")
    after = earlier["after"]
    assert (after["since"], after["until"], after["days"]) == ("2026-09-23", "2026-10-23", 30)
    assert (after["incidents"], after["hours_lost"]) == ([6], "1.25")
    assert (after["payments"], after["paid"]) == ([8], [{"amount": "700.00", "currency": "EUR"}])
    overdue = [{"amount": "1200.00", "currency": "EUR"}]
    assert (after["unpaid"], after["became_overdue"]) == ([4], overdue)
    assert (after["late_answers"], after["steps"]) == ([5], [{"number": 7, "kind": "reminder"}])
    end = two("decide", "acme", "--as-of", "2026-10-23", "--json").json
    assert (after["verdict"], after["score"]) == (end["verdict"], end["score"])
    now = two("decide", "acme", "--json").json
    assert (later["after"]["verdict"], later["after"]["score"]) == (now["verdict"], now["score"])


def test_what_is_due_comes_first_then_the_newest(timed: Timed) -> None:
    private = timed.workspace.private
    for client, days, review in (
        ("acme", 50, 20),
        ("bolt", 40, 5),
        ("cafe", 30, -5),
        ("dune", 2, None),
    ):
        if client != "acme":
            timed.ok("new", client.title(), "--id", client)
        at = NOON - timedelta(days=days)
        day = None if review is None else NOON.date() - timedelta(days=review)
        private.add(client, Decision(at=at, choice="keep", review=day))
    private.add("bolt", Decision(at=NOON - timedelta(days=39), choice="unsure"))
    private.add("acme", Decision(at=NOON - timedelta(days=45), choice="keep", review=None))
    heads = [line for line in timed.ok("decisions").splitlines() if line[:1] not in ("", " ")]
    assert [head.partition(":")[0] for head in heads] == [
        *("dune 1", "cafe 1", "bolt 2", "bolt 1", "acme 2", "acme 1")
    ], "a later decision settles a review"
    private.add("cafe", Decision(at=NOON, choice="keep", review=NOON.date()))
    private.add(
        "acme",
        Decision(at=EARLY, choice="keep", review=NOON.date() - timedelta(days=1)),
    )
    listed = timed("decisions", "--json").json
    assert [(one["client"], one["number"]) for one in listed][:3] == [
        *(("acme", 3), ("cafe", 2), ("dune", 1))
    ]
    out = timed.ok("decisions")
    assert "To be looked at again on 22 Nov 2026: due today" in out
    assert "To be looked at again on 21 Nov 2026: due since 1 day\n" in out


def test_whether_it_was_right_is_asked_answered_and_asked_no_more(two: Timed) -> None:
    asked = "Was it right? docket decisions acme --right 2 yes|partly|no"
    assert asked in two.ok("decisions", "acme")
    out = two.ok(
        "decisions", "acme", "--right", "2", "partly", "--why", "It\x1b[31m helped a while"
    )
    assert out == "acme 2 (set boundaries, 23 Oct 2026) was partly right: kept, private\n"
    out = two.ok("decisions", "acme")
    assert asked not in out
    assert "It was partly right, as you saw it on 22 Nov 2026: It helped a while" in out
    assert "Was to be looked at again on 13 Nov 2026\n" in out, "somebody looked"
    judged = two.workspace.private.of("acme").decisions[1]
    assert (judged.right, judged.right_why, judged.right_at) == (
        *("partly", "It helped a while"),
        two.clock(),
    )
    told = two("decisions", "--right", "1", "no", "acme", "--json").json
    assert (told["client"], told["number"], told["right"]) == ("acme", 1, "no")
    assert "It was not right, as you saw it" in two.ok("decisions", "acme")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("acme --right 3 yes", "acme has no decision 3: 2 decisions are kept, numbered from 1"),
        ("acme --right 0 yes", "acme has no decision 0"),
        ("acme --right 1 perhaps", "'1 perhaps' is no answer. Write it like 2 yes"),
        ("acme --right yes 1", "'yes 1' is no answer"),
        ("acme --right -1 yes", "no answer"),
        ("acme --right 1", "expected 2 arguments"),
        ("--right 1 yes", "no client is named"),
        ("acme --why rent", "--why belongs to --right"),
        ("nobody", "No client fits"),
    ],
)
def test_what_is_no_answer_is_one_line(two: Timed, words: str, said: str) -> None:
    assert said in two.wrong("decisions", *words.split())


def test_nothing_decided_yet_is_said_beside_the_data(timed: Timed) -> None:
    for words in ((), ("acme",)):
        result = timed("decisions", *words)
        assert (result.status, result.out) == (0, "")
        assert "`docket decide CLIENT --choose`" in result.err
        assert timed("decisions", *words, "--json").json == []


def test_a_decision_of_today_has_no_days_behind_it(timed: Timed) -> None:
    timed.ok("decide", "acme", "--choose", "keep")
    out = timed.ok("decisions")
    assert out.startswith("acme 1: keep, 22 Nov 2026\n")
    assert "Since then" not in out and "Was it right" not in out


def test_a_decision_of_an_older_docket_is_told_as_far_as_it_was_kept(timed: Timed) -> None:
    private = timed.workspace.private
    old = Decision(at=EARLY, choice="keep", verdict="stop-work", score=55.0)
    private.add("acme", old)
    private.add("acme", Decision(at=EARLY, choice="keep"))
    out = " ".join(timed.ok("decisions", "acme").split())
    assert "The log said stop work, score 55.0 (by the model before); you chose otherwise" in out
    assert "What the log said then was not kept" in out


def test_a_docket_that_cannot_be_read_hides_no_other(two: Timed) -> None:
    two.ok("new", "Bolt", "--id", "bolt")
    two.ok("decide", "bolt", "--choose", "keep")
    path = two.cli.root / "clients" / "acme.jsonl"
    path.write_bytes(b"")
    result = two("decisions")
    assert result.status == 0
    assert result.out.startswith("bolt 1: keep") and "acme" not in result.out
    assert "Without acme: " in result.err
    assert "is not a journal" in two.wrong("decisions", "acme", status=1)
    (two.cli.root / "clients" / "bolt.jsonl").unlink()
    alone = two("decisions")
    assert (alone.status, alone.out) == (0, "") and "No decision" not in alone.err


@pytest.mark.parametrize("columns", ["40", "80", "100"])
def test_every_line_fits_the_terminal(timed: Timed, columns: str) -> None:
    timed.cli.patch.setenv("COLUMNS", columns)
    client = "a-client-with-a-very-long-name-indeed-40"
    timed.clock.move(days=-80)
    timed.ok("new", "X", "--id", client)
    rested = RestedOn(
        verdict="set-boundaries",
        score=99.9,
        low=0,
        high=100,
        coverage=1,
        more_than_the_work="yes",
        rung="clear",
    )
    timed.workspace.private.add(
        client,
        Decision(
            at=timed.clock(),
            choice="set-boundaries",
            why=WORDS,
            review=timed.clock().date() + timedelta(days=1),
            rested_on=rested,
            gut="set-boundaries",
        ),
    )
    timed.clock.move(days=1)
    for number in range(30):
        timed.ok("log", client, "reminder", str(number))
        timed.ok("pay", client, "999999999.99", "--currency", "EUR")
    timed.clock.move(days=79)
    out = timed.ok("decisions")
    assert "\x1b" not in out and "\u202e" not in out and "<U+202E>" in out
    assert max(map(cell_width, out.splitlines())) <= int(columns)
    assert "and 22 more)" in " ".join(out.split())
    timed.ok("decisions", client, "--right", "1", "no", "--why", WORDS)
    assert max(map(cell_width, timed.ok("decisions").splitlines())) <= int(columns)


def test_the_sample_fits_the_terminal(cli: Cli) -> None:
    timed = Timed(cli)
    write_sample(cli.root, timed.clock())
    out = timed.ok("decisions")
    assert out.count("\n\n") >= 4
    assert max(map(cell_width, out.splitlines())) <= 80


def test_it_is_read_from_the_private_file_and_changes_no_docket(two: Timed) -> None:
    before = two.cli.files()
    two.ok("decisions")
    assert two.cli.files() == before
    two.ok("decisions", "acme", "--right", "1", "yes")
    changed = {name for name, data in two.cli.files().items() if before.get(name) != data}
    assert changed == {"private.json"}
