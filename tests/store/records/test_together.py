"""What a printed page keeps on one line."""

from __future__ import annotations

from hypothesis import given

from store.records.together import unbroken
from tests.store.records.test_markdown import HOSTILE


def test_sums_days_and_numbers_stay_on_one_line() -> None:
    kept = [
        *("556000-0000", "EUR 340.00", "30 November 2026", "entry 64", "2026-03-14", "NV-03"),
        *("14 days", "JE-2.png", "10.15 %", "section 3", "1-46", "Annex C", "5.5 h", "3 Aug"),
    ]
    said = ", ".join(kept)
    assert [piece for piece, whole in unbroken(said) if whole == "kept"] == kept
    assert list(unbroken("Date: " + "…" * 32)) == [("Date: ", ""), ("…" * 32, "hand")]
    assert not any(whole for _, whole in unbroken("x-1-2-3-4-5-6-7, in 2026 and 3 of them"))


@given(text=HOSTILE)
def test_no_letter_is_lost_by_it(text: str) -> None:
    pieces = list(unbroken(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(len(piece) < 30 for piece, whole in pieces if whole == "kept")
