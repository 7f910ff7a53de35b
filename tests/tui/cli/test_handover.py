"""`docket handover`: the list, the gate where money is owed, and own access last."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.parting import Typed, typing

OWED = ["invoice", "acme", "INV-1", "600", "--issued", "2026-10-01"]


@pytest.fixture
def typed(cli: Cli) -> Typed:
    return typing(cli)


def ok(typed: Typed, *words: str) -> str:
    """Run what must succeed and return all it printed."""
    result = typed(*words)
    assert result.status == 0, result
    return result.out + result.err


def test_with_nothing_owed_a_handover_is_logged_confirmed_and_ended(typed: Typed) -> None:
    words = "--to Jo --access-ends 2026-12-31 --renews 2027-01-05 --on yesterday".split()
    said = ok(typed, "handover", "acme", "Instagram", "account", *words)
    assert "acme#3 handover, occurred 21 Nov 2026" in said
    assert "Acme Media: to Jo, my access ends 31 Dec 2026, renews 5 Jan 2027; Inst" in said
    assert "missing: nobody has confirmed it; my own access" in ok(typed, "handover", "acme")
    said = ok(typed, "handover", "acme#3", "--confirmed-by", "Jo", "By mail")
    assert "acme#4 acceptance" in said
    assert "docket handover acme#3 --access-ended" in said
    assert "confirmed" not in ok(typed, "handover", "acme#3", "--access-ended")
    assert ok(typed, "handover", "acme") == (
        "acme#3 Instagram account\n"
        "    given to Jo on 21 Nov 2026; confirmed by Jo on 22 Nov 2026; my access ended\n"
        "    on 22 Nov 2026; renews on 5 Jan 2027\n"
    )
    (listed,) = typed("handover", "acme", "--json").json
    assert (listed["seq"], listed["confirmed_by"], listed["missing"]) == (3, "Jo", [])
    assert (listed["renews"], listed["despite_debt"]) == ("2027-01-05", False)


def test_money_owed_after_its_due_date_asks_for_a_choice(typed: Typed, cli: Cli) -> None:
    ok(typed, *OWED)
    before = cli.files()
    result = typed("handover", "acme", "Instagram account")
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    for said in (
        "EUR 600.00 is owed after its due date",
        "can be unlawful",
        "does not know which law or contract applies",
        "--despite-debt",
        "docket log acme note TEXT",
    ):
        assert said in result.err
    assert cli.files() == before
    ok(typed, "handover", "acme", "Instagram account", "--despite-debt")
    assert typed("show", "acme#4", "--json").json[0]["data"]["despite_debt"] is True
    assert "despite what was owed" in ok(typed, "show", "acme#4")
    assert "given although money was owed" in ok(typed, "handover", "acme")


def test_a_balance_of_zero_opens_the_gate(typed: Typed) -> None:
    ok(typed, *OWED)
    ok(typed, "pay", "acme", "599.99")
    assert typed("handover", "acme", "Keys").status == 1
    ok(typed, "pay", "acme", "0.01")
    ok(typed, "handover", "acme", "Keys", "--despite-debt")
    (shown,) = typed("show", "acme", "--kind", "handover", "--json").json
    assert shown["data"]["despite_debt"] is False, "nothing was owed"


def test_another_currency_is_owed_as_well(typed: Typed) -> None:
    ok(typed, "invoice", "acme", "A", "9000", "--currency", "JPY", "--issued", "2026-10-01")
    ok(typed, "pay", "acme", "9000", "--currency", "EUR")
    assert "JPY 9,000 is owed" in typed("handover", "acme", "Keys").err


def test_what_is_not_due_yet_is_only_told(typed: Typed) -> None:
    ok(typed, "invoice", "acme", "INV-1", "600", "--issued", "2026-11-20")
    said = ok(typed, "handover", "acme", "Keys")
    assert "EUR 600.00 is owed and not due yet; that is no reason to hold anything back" in said


def test_the_gate_looks_at_the_day_it_was_handed_over(typed: Typed) -> None:
    ok(typed, *OWED)
    ok(typed, "handover", "acme", "Keys", "--on", "2026-10-10")
    assert typed("handover", "acme", "Keys", "--on", "2026-10-20").status == 1


def test_giving_up_access_before_it_is_confirmed_asks_for_a_choice(typed: Typed, cli: Cli) -> None:
    ok(typed, "handover", "acme", "Keys")
    before = cli.files()
    result = typed("handover", "acme", "3", "--access-ended", "--on", "today")
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    assert "Nobody has confirmed acme#3 yet: own access is best given up last" in result.err
    assert "--confirmed-by WHO first, or add --unconfirmed" in result.err
    assert cli.files() == before
    ok(typed, "handover", "acme#3", "--access-ended", "--unconfirmed")
    assert typed("show", "acme#4", "--json").json[0]["kind"] == "access-ended"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["acme#3"], "Add --confirmed-by WHO or --access-ended"),
        (["acme#2", "--access-ended"], "acme#2 is not a handover: it is terms"),
        (["acme#3", "--confirmed-by", " "], "no name was given"),
        (["acme#99", "--access-ended"], "There is no entry acme#99"),
        (["acme", "--access-ended"], "names no entry"),
        (["acme#3", "--access-ended", "--to", "Jo"], "--to is said when something is handed over"),
        (["acme#3", "--access-ended", "--confirmed-by", "Jo"], "not allowed with"),
        (["acme", "--to", "Jo"], "no item was named"),
        (["acme", "Keys", "--unconfirmed"], "--unconfirmed goes with --access-ended"),
        (["acme#3", "--confirmed-by", "Jo", "--unconfirmed"], "goes with --access-ended"),
        (["acme", "Keys", "--renews", "5", "Jan"], '--renews "5 Jan"'),
        (["acme#4", "--access-ended"], "acme#4 was voided"),
        (["acme#6", "--access-ended"], "your access to it ended on 22 Nov 2026"),
        (["acme#6", "--confirmed-by", "Bo"], "it was confirmed on 22 Nov 2026"),
        (["nobody", "Keys"], "No client fits"),
    ],
)
def test_wrong_words_are_refused_in_one_line(
    typed: Typed, cli: Cli, words: list[str], why: str
) -> None:
    for item in ("Keys", "Twice"):
        ok(typed, "handover", "acme", item)
    ok(typed, "void", "acme#4", "--reason", "twice")
    ok(typed, "handover", "acme", "Domain")
    ok(typed, "handover", "acme#6", "--confirmed-by", "Jo")
    ok(typed, "handover", "acme#6", "--access-ended")
    before = cli.files()
    result = typed("handover", *words)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1), result
    assert why in result.err
    assert cli.files() == before


def test_the_plain_log_points_to_the_verb(typed: Typed) -> None:
    for kind, verb in (("handover", "docket handover"), ("access-ended", "--access-ended")):
        result = typed("log", "acme", kind, "Keys")
        assert result.status == 2
        assert verb in result.err


def test_an_exhibit_comes_with_the_confirmation(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_text("Got it")
    ok(typed, "handover", "acme", "Keys")
    attached = ["--attach", str(tmp_path / "mail.eml")]
    ok(typed, "handover", "acme#3", "--confirmed-by", "Jo", *attached)
    assert typed("show", "acme#4", "--json").json[0]["exhibits"][0]["name"] == "mail.eml"


def test_a_hidden_handover_hides_what_came_of_it(typed: Typed) -> None:
    line = '{"client": "acme", "kind": "handover", "occurred_at": "2026-11-20", "statement": "Keys"'
    Path("in.jsonl").write_text(f'{line}, "visibility": "internal"}}\n')
    ok(typed, "import", "in.jsonl")
    ok(typed, "handover", "acme#3", "--confirmed-by", "Jo")
    ok(typed, "handover", "acme#3", "--access-ended")
    for seq in (4, 5):
        assert typed("show", f"acme#{seq}", "--json").json[0]["visibility"] == "internal"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
