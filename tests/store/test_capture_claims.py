"""Quick capture of disputed sums and costs; what needs its source is sent to its verb."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from store.capture import read_capture
from tests.store.building import NOON, docket, entry, invoice

YEN = {"number": "2026-7", "amount": "900", "currency": "JPY", "due": "2026-11-01"}
KNOWN = docket([invoice(1, 60, 46, "INV-42", "500"), entry(2, "invoice", 30, data=YEN)])


def read(line: str) -> Any:
    """Return what a line on acme says."""
    return read_capture(
        line, clients={"acme": "Acme Media"}, now=NOON, current="acme", docket=KNOWN
    )


@pytest.mark.parametrize(
    ("line", "data", "statement"),
    [
        ("disputed inv-42 200 not ordered", ("INV-42", "200.00", "EUR"), "not ordered"),
        ("dispute 2026-7 300 too late", ("2026-7", "300", "JPY"), "too late"),
        ("cost 35.50 court fee", (None, "35.50", "EUR"), "court fee"),
        ("cost $20 postage", (None, "20.00", "USD"), "postage"),
        ("expense 20 GBP postage", (None, "20.00", "GBP"), "postage"),
    ],
)
def test_a_sum_and_what_it_is_about(
    line: str, data: tuple[str | None, str, str], statement: str
) -> None:
    found = read(line)
    assert found.complete, found.words
    number, amount, currency = data
    assert found.data.get("number") == number
    assert (found.data["amount"], found.data["currency"]) == (Decimal(amount), currency)
    assert found.statement == statement
    assert f"{currency} {amount}" in found.words


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("disputed INV-42", "how much of which invoice?"),
        ("disputed", "how much of which invoice?"),
        ("disputed INV-9 20 not ordered", "There is no invoice INV-9 on acme"),
        ("disputed INV-42 501 all of it", "INV-42 is about EUR 500.00"),
        ("disputed INV-42 $20 a part", "INV-42 is in EUR"),
        ("cost court fee", "what did it cost?"),
        ("interest 10.4 from 1 Jul", "needs its source; log it with `docket rate`"),
        ("fixed-sum 40", "needs its source; log it with `docket rate`"),
    ],
)
def test_what_is_missing_is_said(line: str, said: str) -> None:
    found = read(line)
    assert not found.complete
    assert said in found.words
