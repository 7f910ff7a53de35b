"""Quick capture of what bills say beside their sum, as people write it: VAT, and the due day."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from store.capture import read_capture
from tests.store.building import NOON, docket, invoice

KNOWN = docket([invoice(1, 60, 46, "INV-42", "500")])


def read(line: str) -> Any:
    """Return what a line on acme says."""
    return read_capture(
        line, clients={"acme": "Acme Media"}, now=NOON, current="acme", docket=KNOWN
    )


@pytest.mark.parametrize(
    ("line", "vat", "due", "statement"),
    [
        ("invoice B-1 1200 site vat 20% due:+14d", "200.00", 14, "site"),
        ("invoice B-1 1200 vat20 net14", "200.00", 14, ""),
        ("invoice B-1 1250 VAT 25 % NET30, design", "250.00", 30, "design"),
        ("invoice B-1 1200 (20% MwSt.) net7 design", "200.00", 7, "design"),
        ("invoice B-1 1250 25 % mva net14 kapitler", "250.00", 14, "kapitler"),
        ("invoice B-1 1270 27% áfa net7 design", "270.00", 7, "design"),
        ("invoice B-1 1200 incl. 20% vat net7", "200.00", 7, "incl."),
        ("invoice B-1 1200 vat:20% due:+3d", "200.00", 3, ""),
        ("invoice B-1 300 net30 for 30 days of support", None, 30, "for 30 days of support"),
        (
            "invoice B-1 300 net30 \\net14 stays, vat \\20% too",
            None,
            30,
            "net14 stays, vat 20% too",
        ),
        ("credit INV-42 120 CN-1 vat 20% less work", "20.00", None, "less work"),
    ],
)
def test_it_is_read_as_people_write_it(
    line: str, vat: str | None, due: int | None, statement: str
) -> None:
    found = read(line)
    assert found.complete, found.words
    assert found.data.get("vat") == (None if vat is None else Decimal(vat))
    if due is not None:
        assert found.data["due"] == NOON.date() + timedelta(days=due)
    assert found.statement == statement
    assert "is it due by that?" not in found.words, "what was read is not asked about"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("invoice B-1 1200 net7 plus 20% vat", "give the whole sum, with the VAT in it: vat:20%"),
        ("invoice B-1 1200 net7 zzgl. 20% MwSt", "give the whole sum"),
        ("invoice B-1 1200 net7 vat:1200", "The VAT is all of the sum"),
        ("invoice B-1 1200 net7 vat:12%=200", "12 % of EUR 1,000.00 is EUR 120.00"),
        (
            'invoice B-1 1200 net7 vat:20% vatnote:"Reverse charge"',
            "Under reverse charge a paper bills no VAT: EUR 200.00 of VAT was given",
        ),
    ],
)
def test_what_cannot_be_is_asked(line: str, said: str) -> None:
    found = read(line)
    assert not found.complete
    assert said in found.words


def test_a_note_keeps_its_words() -> None:
    assert read("note they want vat 20% and net14").statement == "they want vat 20% and net14"
