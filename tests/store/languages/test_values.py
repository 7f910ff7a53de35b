"""Days, spans and sums as each language says them; what Docket does not know stays plain."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from store.errors import UsageError
from store.languages import LANGUAGES, parse_language
from store.languages.values import DayCount, Value, in_language
from store.money import Money

DAY = date(2026, 12, 9)
ROOT = Path(__file__).parents[3]


def _money(amount: str, currency: str) -> Money:
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("code", "day", "days", "total"),
    [
        ("en", "9 December 2026", "12 days", "EUR 1,500.00"),
        ("is", "9. desember 2026", "12 dagar", "1.500,00 EUR"),
        ("hu", "2026. december 9.", "12 nap", "1 500,00 EUR"),
        ("ar", "9 ديسمبر 2026", "12 يومًا", "1,500.00 يورو"),
        ("fi", "9.12.2026", "12 päivää", "1 500,00 €"),
        ("km", "ថ្ងៃទី ៩ ខែធ្នូ ឆ្នាំ២០២៦", "១២ ថ្ងៃ", "១.៥០០,០០ អឺរ៉ូ"),
        ("xx", "9 December 2026", "12 days", "EUR 1,500.00"),
    ],
)
def test_each_language_has_its_own_way(code: str, day: str, days: str, total: str) -> None:
    said = [in_language(one, code) for one in (DAY, DayCount(12), _money("1500.00", "EUR"))]
    assert [" ".join(one.split()) for one in said] == [day, days, total]


@pytest.mark.parametrize(
    ("code", "amount", "currency", "said"),
    [
        ("hu", "780000.00", "HUF", "780 000 Ft"),
        ("hu", "780000.50", "HUF", "780 000,50 Ft"),
        ("is", "290000", "ISK", "290.000 kr."),
        ("km", "1800000.00", "KHR", "១.៨០០.០០០ រៀល"),
        ("ar", "6080.00", "AED", "6,080.00 درهم إماراتي"),
    ],
)
def test_a_sum_has_the_digits_that_people_use(
    code: str, amount: str, currency: str, said: str
) -> None:
    assert " ".join(in_language(_money(amount, currency), code).split()) == said


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("on", "1-jén 2-án 3-án 4-én 5-én 6-án 7-én 8-án 9-én 10-én 20-án 22-én 30-án 31-én"),
        ("by", "1-jéig 2-áig 3-áig 4-éig 5-éig 6-áig 7-éig 8-áig 9-éig 10-éig 20-áig 22-éig"),
        ("from", "1-jétől 2-ától 3-ától 4-étől 5-étől 6-ától 7-étől 8-ától 9-étől 10-étől"),
    ],
)
def test_a_hungarian_day_has_the_ending_of_its_sound(form: str, said: str) -> None:
    for ending in said.split():
        day = date(2026, 12, int(ending.partition("-")[0]))
        assert in_language(day, "hu", form) == f"2026. december {ending}"
    assert in_language((DAY, DAY + timedelta(days=1)), "hu", "on").count("-én") == 2


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_that_cannot_be_seen_is_said(code: str) -> None:
    values: tuple[Value, ...] = (DAY, DayCount(1), (DAY, DAY), *(_money("10.00", c) for c in
        ("EUR", "KHR", "AED", "HUF", "ISK", "USD", "JPY")))  # fmt: skip
    said = "".join(in_language(one, code) for one in values)
    assert not set(said) & set("\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069")


def test_a_language_is_named_as_people_do() -> None:
    assert [parse_language(one) for one in ("fi", "Finnish", "suomi", " KM ", "de")] == [
        *("fi", "fi", "fi", "km", "de")
    ]
    with pytest.raises(UsageError, match="'Klingon of old' is no language"):
        parse_language("Klingon of old")


def test_babel_is_loaded_once_something_is_said_and_not_before() -> None:
    code = (
        "import sys, tui.cli.letter, store.playbook.letters.filling as f;"
        "from store.languages.values import in_language, DayCount;"
        "print('babel' in sys.modules); in_language(DayCount(2), 'fi');"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "True"], done.stderr
