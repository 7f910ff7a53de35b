"""The days by which something is to come, as people write them in six languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date, get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from store.languages.deadlines import deadlines
from tests.examples import examples

SAID = date(2026, 11, 16)
NAMED = {
    "by 3 March": "2027-03-03",
    "until Friday": "2026-11-20",
    "Greiðið í síðasta lagi 3. desember 2026.": "2026-12-03",
    "fyrir föstudag": "2026-11-20",
    "Svar óskast fyrir 1. mars": "2027-03-01",
    "til og með 30. nóv.": "2026-11-30",
    "fyrir fimmtudaginn 26. nóvember": "2026-11-26",
    "eigi síðar en 3.12.2026": "2026-12-03",
    "Kérem, 2026. december 3-ig fizessenek.": "2026-12-03",
    "december 3-áig": "2026-12-03",
    "péntekig": "2026-11-20",
    "2026. 12. 03-ig": "2026-12-03",
    "legkésőbb december 1-jén": "2026-12-01",
    "március 3-ig": "2027-03-03",
    "december 1-je előtt": "2026-12-01",
    "أرجو السداد حتى 3 ديسمبر 2026": "2026-12-03",
    "قبل يوم الجمعة": "2026-11-20",
    "في موعد أقصاه ٣ ديسمبر": "2026-12-03",
    "قبل الجمعة 27 نوفمبر": "2026-11-27",
    "3.12.2026 mennessä": "2026-12-03",
    "3. joulukuuta mennessä": "2026-12-03",
    "perjantaihin 27.11. mennessä": "2026-11-27",
    "viimeistään torstaina": "2026-11-19",
    "15.12. asti": "2026-12-15",
    "ត្រឹមថ្ងៃទី ៣ ខែធ្នូ ឆ្នាំ២០២៦": "2026-12-03",
    "មុនថ្ងៃសុក្រ": "2026-11-20",
    "យ៉ាងយូរនៅថ្ងៃទី៣ ធ្នូ ២០២៦": "2026-12-03",
}
NONE = (
    *("by 3/4", "بحلول 3/4/2027", "til Jóns", "ennen kuin tulee", "klo 12 asti", "előtt"),
    *("fyrir mánudaginn 26. nóvember", "maanantaihin 27.11. mennessä", "fyrir 1. október"),
    *("mennessä 3.12.", "fram til vinnu", "ត្រឹមតែប៉ុណ្ណោះ", "1. nóvember"),
)
"""No day, one that could be two, one of another weekday, one that is over, no word for it."""


@pytest.mark.parametrize("text", NAMED)
def test_a_day_is_read(text: str) -> None:
    assert [day.isoformat() for day in deadlines(text, SAID)] == [NAMED[text]]


@pytest.mark.parametrize("text", NONE)
def test_nothing_is_guessed(text: str) -> None:
    assert list(deadlines(text, SAID)) == []


def _with_its_word(code: str, day: str) -> str:
    return {
        "is": f"fyrir {day}",
        "hu": f"legkésőbb {day}",
        "ar": f"حتى {day}",
        "fi": f"{day} mennessä",
        "km": f"ត្រឹមថ្ងៃទី {day}",
    }[code]


@examples(100)
@given(st.integers(1, 700), st.sampled_from(["is", "hu", "ar", "fi", "km"]))
def test_a_day_is_read_as_each_language_writes_it_long(ahead: int, code: str) -> None:
    day = SAID + timedelta(days=ahead)
    written = format_date(day, "long", locale=code)
    assert list(deadlines(_with_its_word(code, written), SAID)) == [day], written


@pytest.mark.parametrize("code", ["is", "hu", "ar", "fi", "km"])
def test_each_month_and_day_of_the_week_is_known_by_its_name(code: str) -> None:
    for number, name in get_month_names("wide", locale=code).items():
        point = "" if code == "km" else "."
        written = f"2027. {name} 3" if code == "hu" else f"3{point} {name} 2027"
        assert list(deadlines(_with_its_word(code, written), SAID)) == [date(2027, number, 3)], name
    for number, name in get_day_names("wide", locale=code).items():
        text = f"ត្រឹមថ្ងៃ{name}" if code == "km" else _with_its_word(code, name)
        (day,) = deadlines(text, SAID)
        assert day.weekday() == number and 0 < (day - SAID).days <= 7, name
