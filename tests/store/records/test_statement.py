"""The statement of account: read as a bookkeeper would, added up again, hostile text and all.

Renew the golden file with `python -m tests.store.records.test_statement`; read it again then.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.records.texts as records_texts
from store.docket import Docket
from store.errors import UsageError
from store.records import RecordError, RecordOptions, RecordRequest, verify_record, write_record
from store.records.statement.document import Statement, statement
from store.records.statement.figures import Figures, StatementOptions
from store.records.statement.to_json import statement_json
from store.records.texts import TEXTS, catalogue
from tests.examples import examples
from tests.store.docket.test_account import books
from tests.store.records.accounts import EUROS, PAY_TO, account_case, made, padded, until
from tests.store.records.case import MARKS, NOW, Case
from tests.store.records.hostile import GFM, NAME, NOTE, cells
from tests.store.records.test_hostile import harmless, structure

BOOKED = ("invoice", "payment", "refund")
GOLDEN = Path(__file__).parent / "golden" / "statement.md"
TODAY = NOW.date()


def body(made_: Statement, title: str) -> str:
    """Return the body of a section, or nothing where it was left out."""
    return next((str(one.body) for one in made_.sections if one.title == title), "")


def test_the_statement_of_a_year_is_as_it_was_read_and_found_good(tmp_path: Path) -> None:
    assert made(account_case(tmp_path)).markdown == GOLDEN.read_text(encoding="utf-8")


def test_the_same_docket_gives_the_same_bytes_and_every_line_fits_a_page(tmp_path: Path) -> None:
    case = account_case(tmp_path)
    first, second = made(case).markdown, made(case).markdown
    assert first == second
    tables = [line for line in first.splitlines() if line.startswith("|")]
    assert max(map(len, tables)) <= 132  # a landscape page in a fixed face


def test_a_period_begins_with_the_balance_before_it(tmp_path: Path) -> None:
    found = made(account_case(tmp_path), until(date(2026, 10, 15), since=date(2026, 7, 1)))
    lines = padded(found.markdown, "Account", "Date|Ref|Charge|Payment or credit|Balance|What")
    assert [row[4] for row in lines] == ["850.25", "1,470.25", "570.25", "570.25"]
    assert "INV-1" not in found.markdown
    assert "INV-4" not in found.markdown  # issued on a later day
    assert "before 1 July 2026 is in the opening balance" in body(found, "Notes")
    assert "43" in body(found, "In dispute")


def test_as_of_an_earlier_day_nothing_later_is_in_it_but_the_rates(tmp_path: Path) -> None:
    found = made(account_case(tmp_path), until(date(2026, 9, 1)))
    assert found.figures.claims.interest_total.amount > 0
    assert "Acme Média GmbH, Hauptstr. 1" in body(found, "Parties and period")  # logged on 20 Sep
    assert {body(found, title) for title in ("In dispute", "Costs of recovery")} == {""}
    assert body(found, "Work not yet billed").startswith("3 h of work since the invoice of 15 Aug")
    assert "20 Oct 2026" not in body(found, "Reminders")


def test_one_currency_a_statement_and_the_others_are_named(tmp_path: Path) -> None:
    case = account_case(tmp_path)
    assert "one entry in JPY" in body(made(case), "Notes")
    yen = made(case, until(TODAY, "JPY"))
    assert "eight entries in EUR" in body(yen, "Notes")
    assert "EUR" not in "".join(str(one.body) for one in yen.sections if one.title != "Notes")
    with pytest.raises(UsageError, match="has no account in USD: it has EUR and JPY"):
        made(case, until(TODAY, "USD"))
    with pytest.raises(UsageError, match="has no account in JPY: it has EUR up to 1 Aug 2026"):
        made(case, until(date(2026, 8, 1), "JPY"))


def test_there_is_no_statement_of_nothing_nor_of_a_day_to_come(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing was billed or paid"):
        made(Case(tmp_path))
    with pytest.raises(UsageError, match="23 Nov 2026 has not come yet"):
        made(Case(tmp_path / "other"), until(TODAY + timedelta(days=1)))
    with pytest.raises(UsageError, match="would cover no day"):
        until(TODAY, since=TODAY + timedelta(days=1))


def test_nothing_private_and_nothing_internal_gets_in(tmp_path: Path) -> None:
    case = account_case(tmp_path)
    found = made(case)
    told = found.markdown + json.dumps(statement_json(found.figures))
    assert not [mark for mark in MARKS.values() if mark in told]
    for word in ("walk", "verdict", "score", "Wrong client", "bank was slow", "Keep going"):
        assert word not in told


@pytest.mark.parametrize("visibility", ["internal", "settlement"])
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("payment", {"amount": "1", "currency": "EUR"}),
        ("cost", {"amount": "1", "currency": "EUR"}),
        ("disputed", {"number": "INV-5", "amount": "1", "currency": "EUR"}),
        ("interest", {"percent": "1", "starts": "2020-01-01", "source": "x"}),
        (
            "fixed-sum",
            {"currency": "EUR", "source": "x", "bands": [{"at_least": "0", "amount": "1"}]},
        ),
    ],
)
def test_a_hidden_entry_never_changes_a_sum_unsaid(
    tmp_path: Path, kind: str, data: dict[str, Any], visibility: str
) -> None:
    case = account_case(tmp_path)
    hidden = case.log(kind, "2026-11-21", "Kept back", data=data, visibility=visibility)
    for make in (made, Case.record):
        with pytest.raises(RecordError, match=rf"acme#{hidden.seq} would not be shown, and the su"):
            make(case)
    record = case.record("mediator") if visibility == "settlement" else None
    assert record is None or "Kept back" in record.markdown


def test_what_was_paid_beyond_the_bills_is_a_credit(tmp_path: Path) -> None:
    case = account_case(tmp_path)
    case.log("payment", "2026-11-21", data={"amount": "2000", "currency": "EUR"})
    found = made(case)
    ages = padded(
        found.markdown,
        "Ageing",
        "Not late|1-30 days|31-60 days|61-90 days|Over 90 days|Paid on charges|Credit"
        "|Balance in your favour",
    )
    assert ages == [["0.00"] * 5 + ["(163.74)", "(766.01)", "(929.75)"]]
    assert "766.01 on account" in body(found, "Account")
    assert "Nothing is due: more was paid than was billed." in body(found, "Total")
    assert "**Credit in your favour on 22 November 2026** | **766.01**" in body(found, "Total")
    assert "Total due" not in found.markdown
    assert "continues at" not in found.markdown


def test_without_rates_it_says_that_none_is_claimed(tmp_path: Path) -> None:
    case = Case(tmp_path)
    bill = {"number": "A", "amount": "10", "currency": "EUR", "due": "2026-04-01"}
    case.log("invoice", "2026-03-05", data=bill)
    found = made(case, StatementOptions("EUR", None, TODAY, "Ann Berg"))
    assert body(found, "Interest") == "No interest is claimed, as no rate of interest is on record."
    assert body(found, "How to pay") == "As the invoices say."
    assert {body(found, title) for title in ("Costs of recovery", "Reminders", "In dispute")} == {
        ""
    }


def hostile_case(root: Path, name: str, note: str) -> Case:
    """Return a case where every text that a statement prints is `note` or its first line."""
    case = Case(root, name)
    line = " ".join(note.split())[:200]
    paper = case.exhibit(line.encode(), f"{line}.pdf")
    who = {"name": name, "contract_name": line, "address": line}
    case.log("client", "2026-03-01", data=who)
    sum_of = {"amount": "10", "currency": "EUR"}
    case.log("invoice", "2026-03-05", note, data={"number": line, "due": "2026-03-10", **sum_of})
    case.log("payment", "2026-03-15", note, data={"amount": "3", "currency": "EUR"})
    case.log("disputed", "2026-03-16", note, data={"number": line, **sum_of})
    case.log("cost", "2026-03-17", note, data=sum_of, exhibits=[paper])
    rate = {"percent": "8", "starts": "2026-01-01", "source": line}
    case.log("interest", "2026-03-17", note, data=rate)
    fixed = {"currency": "EUR", "source": line, "bands": [{"at_least": "0", "amount": "4"}]}
    case.log("fixed-sum", "2026-03-17", note, data=fixed)
    case.log("reminder", "2026-03-18", note, refs={"invoice": line})
    return case


def test_hostile_text_changes_no_structure(tmp_path: Path) -> None:
    def written(root: Path, name: str, note: str) -> str:
        options = StatementOptions("EUR", None, TODAY, "Ann Berg", note.strip())
        return made(hostile_case(root, name, note), options).markdown

    hostile = written(tmp_path / "a", NAME, NOTE)
    tame = written(tmp_path / "b", harmless(NAME), harmless(NOTE))
    assert structure(GFM, hostile) == structure(GFM, tame)
    assert "# Verdict: guilty | No. |" in " ".join(cells(GFM, hostile))
    record = hostile_case(tmp_path / "c", NAME, NOTE).record().markdown
    calm = hostile_case(tmp_path / "d", harmless(NAME), harmless(NOTE)).record().markdown
    assert structure(GFM, record) == structure(GFM, calm)


def test_the_record_claims_the_same_and_verifies(tmp_path: Path) -> None:
    case = account_case(tmp_path)
    written = write_record(
        case.workspace, "acme", RecordOptions("court", None, None, "Ann Berg"), tmp_path / "out"
    )
    report = verify_record(written.folder)
    assert report.findings == ()
    markdown = written.document.read_text(encoding="utf-8")
    headers = "Currency|Owed after its due date|Interest|Fixed compensation|Costs of recovery|Total"
    euros = padded(markdown, "4. Sums claimed", headers)[0]
    claims = made(case).figures.claims
    heads = [claims.principal, claims.interest_total, claims.fixed_total, claims.costs_total]
    assert euros == ["EUR", *map(str, heads), str(made(case).figures.total_due)]
    claimed = markdown.split("\n## 4. Sums claimed\n")[1].split("\n## 5")[0]
    for said in (
        "10.40 % from 1 July 2026: Directive 2011/7, H2 2026 (entry 39)",
        "44; exhibit AB-2",
        "at EUR 0.16 a day from 23 November 2026, as long as the rate does not change. "
        "Interest continues at JPY 26 a day from 23 November 2026, as long as the rate does not",
    ):
        assert said in claimed
    payments = markdown.split("\n## 3. Payments\n")[1].split("\n## 4")[0]
    assert "- INV-5, EUR 200.00: Says the second round was not ordered" in payments
    changed = written.document.read_bytes().replace(b"48.40", b"58.40")
    written.document.chmod(0o600)
    written.document.write_bytes(changed)
    assert not verify_record(written.folder).ok


def test_the_chronology_says_what_such_entries_are(tmp_path: Path) -> None:
    shown = " ".join(cells(GFM, account_case(tmp_path).record().markdown))
    for said in (
        "EUR 200.00 of invoice INV-5 disputed",
        "EUR 35.50 spent",
        "Interest on late sums: 10.15 % a year from 2026-01-01. Source: Directive 2011/7, H1 2026",
        "For each late invoice: EUR 40.00. Source: Directive 2011/7, art. 6",
    ):
        assert said in shown


def test_it_is_in_the_language_of_the_client_or_in_the_one_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TEXTS / "en", tmp_path / "texts" / "en")
    shutil.copytree(TEXTS / "en", tmp_path / "texts" / "de")
    case = account_case(tmp_path / "case")
    case.log("client", "2026-11-21", data={"name": "Acme", "language": "de"})
    case.clock.now = NOW
    monkeypatch.setattr(records_texts, "TEXTS", tmp_path / "texts")
    catalogue.cache_clear()

    def written(language: str = "") -> str:
        asked = RecordRequest("statement", currency="EUR", language=language)
        return asked.preview(case.workspace, "acme").document.markdown

    german, english = written(), written("en")
    assert 'language: "de"' in german and "language" not in english
    assert "**Total due on 22. November 2026**" in german
    assert "**734,15**" in german and "**734.15**" in english
    assert "in English" not in german
    asked = RecordRequest("statement", currency="EUR", language="fi")
    hints = asked.preview(case.workspace, "acme").hints
    catalogue.cache_clear()
    assert "It is in English, as Docket has none in Finnish yet." in hints


def test_json_has_every_figure_as_a_string(tmp_path: Path) -> None:
    found = statement_json(made(account_case(tmp_path)).figures)
    assert found["total_due"] == "734.15"
    assert found["interest_a_day"] == "0.1625"
    assert found["unbilled"] == {"hours": "3.5", "since": "2026-11-20", "worth": "297.50"}
    assert [one["spans"][-1]["rate"] for one in found["interest"]] == [39, 39]
    assert json.loads(json.dumps(found)) == found
    assert not list(floats(found))


def floats(value: Any) -> Iterator[float]:
    """Yield every float in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from floats(one)
    elif isinstance(value, float):
        yield value


MINUS = re.compile(r"(?<![\w-])[-\u2212]\d")
"""A sum with a sign: nobody owes less than nothing."""


PART = re.compile(r"([\d,]+\.\d\d) (?:for|on account|that went back)\b")
"""What became of a part of a payment."""


def read(sum_: str) -> Decimal:
    """Return a sum of the account; in brackets it is in the client's favour."""
    amount = Decimal(sum_.strip("()").replace(",", "") or 0)
    return -amount if sum_.startswith("(") else amount


@examples(60)
@given(books(), st.integers(0, 700))
def test_whatever_was_billed_the_sums_on_paper_add_up(entries: list[Any], since: int) -> None:
    known = Docket.of("acme", entries, TODAY)
    options = StatementOptions("EUR", TODAY - timedelta(days=since), TODAY, "Ann Berg", PAY_TO)
    if not any(getattr(e.data, "currency", "") == "EUR" for e in known.kind(*BOOKED)):
        with pytest.raises(UsageError, match="no account in EUR"):
            Figures.of(known, options)
        return
    found = statement(known, options, NOW)
    lines = padded(found.markdown, "Account", "Date|Ref|Charge|Payment or credit|Balance|What")
    assert not MINUS.search(found.markdown)
    balance = read(lines[0][4])
    for row in lines[1:-1]:
        charge, payment, after = map(read, row[2:5])
        balance += charge - payment
        assert balance == after
        told = PART.findall(row[5])
        assert not told or sum(map(read, told)) == payment, "what became of a payment is all of it"
    assert read(lines[-1][4]) == balance
    assert ("in your favour" in lines[-1][5]) is (balance < 0)
    ages = body(found, "Ageing").splitlines()[-1]
    sums = [read(one.strip()) for one in ages[1:-1].split(" | ")]
    assert sum(sums[:-1]) == sums[-1] == balance


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        GOLDEN.write_text(made(account_case(Path(folder)), EUROS).markdown, encoding="utf-8")


def test_vat_has_totals_and_what_came_back_or_on_account_is_said(tmp_path: Path) -> None:
    case = account_case(tmp_path)
    bill = {"number": "V-1", "amount": "125", "currency": "EUR", "due": "2026-12-20"}
    taxed = {"vat": "25", "vat_percent": "25"}
    case.log("invoice", "2026-11-20", data=bill | taxed)
    off = {"of_invoice": "V-1", "amount": "25", "currency": "EUR", "vat": "5", "vat_percent": "25"}
    case.log("credit", "2026-11-20", data=off)
    gone = {"of_invoice": "V-1", "amount": "1", "currency": "EUR"}
    case.log("write-off", "2026-11-21", data=gone)
    found = made(case)
    rates = " ".join(body(found, "VAT").split())
    assert "| Total at 25 % | 80.00 | | 20.00 | 100.00 |" in rates
    assert "(20.00) | 25 % | (5.00) | (25.00)" in rates
    assert "What was taken off V-1 by discount or write-off is not split" in body(found, "VAT")
    assert "No VAT is noted on INV-" in body(found, "VAT")
    account = body(found, "Account")
    assert "Payment on account: 1,000.00 for INV-1" in account and "Write-off for V-1" in account
