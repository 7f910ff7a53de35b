"""Every sum of a statement, added up again from the raw journal without the docket's code."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.store.records.accounts import account_case, made, padded
from tests.store.records.case import NOW, Case

TODAY = NOW.date()


def raw_entries(case: Case) -> list[dict[str, Any]]:
    """Return the journal's own fields, which nothing of the docket's code has read."""
    journal = (case.workspace.root / "clients" / "acme.jsonl").read_text(encoding="utf-8")
    return [json.loads(line)["fields"] for line in journal.splitlines()[1:]]


def cents(amount: Fraction) -> str:
    """Return an amount to the cent, halves up, with thousands grouped."""
    whole = Decimal((amount * 100 + Fraction(1, 2)).__floor__()) / 100
    return f"{whole.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


class Books:
    """An account in euros, added up from the raw journal with fractions and a loop over days."""

    def __init__(self, entries: list[dict[str, Any]], day: date) -> None:
        self.day = day
        self.bills = sorted(self._of(entries, "invoice"), key=lambda bill: str(bill["due"]))
        self.paid = self._of(entries, "payment")
        self.rates = sorted(
            (date.fromisoformat(e["data"]["starts"]), Fraction(e["data"]["percent"]))
            for e in entries
            if e["kind"] == "interest"
        )
        for payment in self.paid:
            left = payment["amount"]
            for bill in self.bills:
                part = min(left, bill["amount"] - sum(one for _, one in bill["parts"]))
                if part:
                    bill["parts"].append((payment["on"], part))
                    left -= part

    def _of(self, entries: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
        return [
            e["data"]
            | {
                "on": date.fromisoformat(e["occurred_at"][:10]),
                "amount": Fraction(e["data"]["amount"]),
                "parts": [],
            }
            for e in entries
            if e["kind"] == kind and e["data"]["currency"] == "EUR"
        ]

    def interest(self, bill: dict[str, Any]) -> Fraction:
        """Add up each day after the due date at the rate of that day."""
        total, day = Fraction(0), date.fromisoformat(bill["due"]) + timedelta(days=1)
        while day <= self.day:
            owed = bill["amount"] - sum(part for on, part in bill["parts"] if on < day)
            rate = [percent for starts, percent in self.rates if starts <= day][-1]
            total += owed * rate / 36500
            day += timedelta(days=1)
        return total

    def owed(self, bill: dict[str, Any]) -> Fraction:
        """Return what is left to pay."""
        return Fraction(bill["amount"] - sum(part for _, part in bill["parts"]))


def test_every_sum_is_what_the_raw_journal_adds_up_to(tmp_path: Path) -> None:
    case = account_case(tmp_path)
    markdown = made(case).markdown
    books_ = Books(raw_entries(case), TODAY)
    check_invoices(markdown, books_)
    by_hand = {bill["number"]: books_.interest(bill) for bill in books_.bills}
    headers = "Invoice|First day|Last day|Days|Owed|Yearly rate|Unrounded|Interest"
    shown = {row[0]: row[-1] for row in padded(markdown, "Interest", headers) if row[-1]}
    assert shown == {number: cents(sum_) for number, sum_ in by_hand.items() if sum_}
    closing = sum(map(books_.owed, books_.bills), Fraction(0))
    late = [b for b in books_.bills if by_hand[b["number"]]]
    interest = sum((Fraction(sum_.replace(",", "")) for sum_ in shown.values()), Fraction(0))
    due = closing - 500 + interest + 40 * len(late) + Fraction("35.50")
    totals = padded(markdown, "Total due", "What|EUR")
    assert [row[1] for row in totals] == [
        cents(closing),
        "500.00",
        cents(interest),
        cents(Fraction(40 * len(late))),
        "35.50",
        f"**{cents(due)}**",
    ]
    assert totals[1][0] == "Less what is not yet due"
    assert totals[-1][0] == f"**Total due on {TODAY:%-d %B %Y}**"


def check_invoices(markdown: str, books_: Books) -> None:
    """Compare the account, the open items and the ageing."""
    closing = sum(map(books_.owed, books_.bills), Fraction(0))
    account = padded(markdown, "Account", "Date|Ref|Charge|Payment or credit|Balance|What")
    assert account[-1][2:5] == [
        cents(sum((bill["amount"] for bill in books_.bills), Fraction(0))),
        cents(sum((one["amount"] for one in books_.paid), Fraction(0))),
        cents(closing),
    ]
    open_items = padded(
        markdown,
        "Invoices and payments",
        "Invoice|Issued|Due|Amount|Paid|Owed|Days late|Payments",
    )
    assert [(row[0], row[5]) for row in open_items[:-1]] == [
        (bill["number"], cents(books_.owed(bill))) for bill in books_.bills
    ]
    ages = padded(
        markdown,
        "Ageing",
        "Not late|1-30 days|31-60 days|61-90 days|Over 90 days|Balance",
    )
    sums = [Fraction(one.replace(",", "")) for one in ages[0]]
    assert sum(sums[:-1]) == sums[-1] == closing
