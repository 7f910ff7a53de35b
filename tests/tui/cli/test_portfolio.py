"""`docket portfolio`, and `docket new --referred-by`: what they print, keep and refuse."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from store.text.cells import cell_width
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli

NAME = "Żółw & Søn 水端茶舗 with a name that goes on for longer than any column may"


def days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).date().isoformat()


def settings(cli: Cli, text: str = "savings = 6000\nmonthly_costs = 1000\n") -> None:
    (cli.root / "config.toml").write_text(text)


@pytest.fixture
def three(acme: Cli) -> Cli:
    """Acme will pay later, Bolt pays, and it is over with Cafe."""
    acme.ok("new", "Bolt & Co", "--id", "bolt", "--on", days_ago(300))
    acme.ok("new", "Cafe", "--id", "cafe", "--on", days_ago(300))
    acme.ok("pay", "acme", "3600", "--on", days_ago(20), "--currency", "EUR")
    acme.ok("pay", "bolt", "1800", "--on", days_ago(20), "--currency", "EUR")
    acme.ok("pay", "cafe", "999.50", "--on", days_ago(20), "--currency", "USD")
    acme.ok("log", "acme", "pay-later", "Keep going, I'll pay you eventually")
    acme.ok("log", "cafe", "end-notice", "It is over", "--on", days_ago(9))
    settings(acme)
    return acme


def test_the_table_lists_the_gravest_first_and_ex_clients_under_their_own_heading(
    three: Cli,
) -> None:
    result = three("portfolio")
    assert result.status == 0
    lines = result.out.splitlines()
    assert lines[0].split()[:5] == ["name", "verdict", "share", "runway", "money"]
    assert lines[1].startswith("Acme Media")
    assert "walk-away" in lines[1] and "67% EUR" in lines[1] and "8.5 mo" in lines[1]
    assert "33% EUR" in lines[2] and "15.0 mo" in lines[2]
    below = lines[lines.index("Ex-clients") :]
    assert below[2].startswith("Cafe") and "100% USD" in below[2]
    assert "EUR 5,400.00 + USD 999.50" in result.out
    assert "nothing is converted" in result.err


def test_json_says_all_of_it_to_the_cent(three: Cli) -> None:
    found = three("portfolio", "--json").json
    by_id = {one["client"]: one for one in found["clients"]}
    assert list(by_id) == ["acme", "bolt", "cafe"]
    assert found["income"] == [
        {"amount": "5400.00", "currency": "EUR"},
        {"amount": "999.50", "currency": "USD"},
    ]
    assert by_id["acme"]["income"] == [{"amount": "3600.00", "currency": "EUR", "share": 0.6667}]
    assert (by_id["acme"]["runway_months"], by_id["acme"]["covered"]) == (8.5, False)
    assert (by_id["cafe"]["runway_months"], by_id["cafe"]["covered"]) == (None, None)
    assert by_id["cafe"]["ended"] == days_ago(9)
    assessed = three("decide", "acme", "--json").json
    for name in ("verdict", "score", "provisional"):
        assert by_id["acme"][name] == assessed[name]
    assert by_id["acme"]["money"] == assessed["money"]["rung"]
    settings(three, "savings = 6000\nmonthly_costs = 300\n")
    assert three("portfolio", "--json").json["clients"][0]["covered"] is True


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", ["savings", "monthly_costs"]),
        ("savings = 10\n", ["monthly_costs"]),
        ("monthly_costs = 10\n", ["savings"]),
    ],
)
def test_what_the_runway_lacks_is_said_a_line_each(three: Cli, text: str, named: list[str]) -> None:
    settings(three, text)
    result = three("portfolio")
    told = [line for line in result.err.splitlines() if "No runway" in line]
    assert len(told) == len(named)
    for name, line in zip(named, told, strict=True):
        assert name in line and "config.toml" in line
    assert three("portfolio", "--json").json["missing"] == named


def test_a_day_that_is_past_shows_what_had_happened_by_then(three: Cli) -> None:
    earlier = three("portfolio", "--as-of", days_ago(30), "--json").json
    assert {one["client"] for one in earlier["clients"]} == {"bolt", "cafe"}
    assert earlier["income"] == []
    assert {one["ended"] for one in earlier["clients"]} == {None}
    ahead = three("portfolio", "--as-of", days_ago(-3))
    assert (ahead.status, ahead.out) == (2, "")
    assert "has not come yet" in ahead.err


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_it_fits_the_terminal_whatever_the_names_and_sums(
    three: Cli, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    three.ok("new", NAME, "--id", "long", "--referred-by", "acme", "--on", days_ago(200))
    for currency in ("EUR", "KHR", "CHF"):
        three.ok("pay", "long", "99999999", "--currency", currency, "--on", days_ago(9))
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = three.ok("portfolio").splitlines()
    assert max(map(cell_width, lines)) <= columns
    assert any(line.startswith("Acme") and "72" not in line for line in lines)


def test_a_docket_that_cannot_be_read_is_said_and_passed_over(three: Cli) -> None:
    (three.root / "clients" / "bolt.jsonl").write_bytes(b"")
    result = three("portfolio")
    assert result.status == 0 and "Bolt" not in result.out and "Acme" in result.out
    assert "Without bolt: " in result.err


def test_nobody_yet(cli: Cli) -> None:
    Workspace.create(cli.root)
    result = cli("portfolio")
    assert (result.status, result.out) == (0, "") and "docket new NAME" in result.err
    assert cli("portfolio", "--json").json["clients"] == []


def test_a_review_that_is_due_is_listed(three: Cli) -> None:
    three.ok("decide", "acme", "--choose", "keep", "--review", "+1d")
    assert "due since" not in three.ok("portfolio")
    path = three.root / "private.json"
    kept = json.loads(path.read_text())
    kept["decisions"]["1"]["review"] = days_ago(1)
    path.write_text(json.dumps(kept))
    out = three.ok("portfolio")
    assert "Decisions to look at again\n  Acme Media: due since" in out


@pytest.mark.parametrize(
    ("source", "why"),
    [("acme", "of whom the log says: walk away"), ("Cafe", "with whom you ended it on")],
)
def test_who_sent_a_client_is_kept_and_a_bad_source_warned_of(
    three: Cli, source: str, why: str
) -> None:
    added = three("new", "Dune", "--referred-by", source)
    assert added.status == 0 and "dune#1" in added.out
    assert added.err.count("\n") == 1
    assert added.err.startswith("Dune was sent by ") and why in added.err
    assert Workspace.open(three.root).private.of("dune").referred_by == source.lower()
    journals = b"".join(path.read_bytes() for path in (three.root / "clients").glob("dune*"))
    assert b"referred" not in journals and source.encode() not in journals
    out = " ".join(three.ok("portfolio").split())
    assert added.err.strip() in out
    assert "sent you Dune." in out
    by_id = {one["client"]: one for one in three("portfolio", "--json").json["clients"]}
    assert by_id["dune"]["referred_by"] == source.lower()
    assert by_id[source.lower()]["sent"] == ["dune"]


def test_a_good_source_is_kept_without_a_word(three: Cli) -> None:
    added = three("new", "Dune", "--referred-by", "bolt")
    assert (added.status, added.err) == (0, "")
    assert Workspace.open(three.root).private.of("dune").referred_by == "bolt"
    assert "Warnings" not in three.ok("portfolio")


def test_a_source_that_is_no_client_adds_nobody(three: Cli) -> None:
    before = three.files()
    refused = three("new", "Dune", "--referred-by", "nobody")
    assert (refused.status, refused.out) == (2, "")
    assert three.files() == before


def test_a_private_file_that_cannot_be_read_adds_nobody(three: Cli) -> None:
    (three.root / "private.json").write_text("not JSON")
    before = three.files()
    assert three("new", "Dune", "--referred-by", "bolt").status == 1
    assert three.files() == before
