"""The sample shows everything the program knows, and nothing that could not have happened."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import timedelta

import pytest

from store.docket import Docket
from store.docket.hours import hours_spent
from store.docket.tracking import blocked_days
from store.entries import KINDS, Entry
from store.evidence.exhibits import Exhibits
from store.journal import verify_file
from store.sample import AUTHOR
from store.text import clean
from store.workspace import Workspace
from tests.store.sample.conftest import NOW


def _all(sample: Workspace) -> list[Entry]:
    return [entry for client in sample.client_ids() for entry in sample.entries(client)]


def _texts(entry: Entry) -> list[str]:
    return [entry.statement, *(quote.text for quote in entry.quotes)]


def test_there_are_a_dozen_clients_and_a_few_hundred_entries(sample: Workspace) -> None:
    sizes = {client: len(sample.entries(client)) for client in sample.client_ids()}
    assert len(sizes) >= 12
    assert 350 <= sum(sizes.values()) <= 540
    assert {client for client, size in sizes.items() if not 15 <= size <= 60} == {"luz-marea"}


def test_every_kind_of_entry_appears(sample: Workspace) -> None:
    assert {entry.kind for entry in _all(sample)} == set(KINDS)


def test_every_visibility_source_and_most_channels_appear(sample: Workspace) -> None:
    entries = _all(sample)
    assert {entry.visibility for entry in entries} == {"record", "internal", "settlement"}
    assert {entry.source for entry in entries} == {"witnessed", "message", "document", "told-by"}
    assert len({entry.channel for entry in entries if entry.channel}) >= 8
    assert {entry.precision for entry in entries} >= {"minute", "day"}


def test_every_hours_class_and_every_relation_appears(sample: Workspace) -> None:
    spent = {kind for docket in sample.dockets() for kind in hours_spent(docket)}
    assert spent == {"work", "chase", "wait", "rework", "conflict"}
    relations = {link.rel for entry in _all(sample) for link in entry.links}
    assert relations == set(
        "amends adds-to voids late-of answers accepts keeps breaks about".split()
    )


def test_a_client_keeps_to_one_currency_and_there_are_many(sample: Workspace) -> None:
    seen = set()
    for docket in sample.dockets():
        billed = {invoice.amount.currency for invoice in docket.ledger.invoices}
        billed |= {payment.amount.currency for payment in docket.ledger.payments}
        assert billed <= {docket.terms.currency}, docket.client
        seen |= billed
    assert len(seen) >= 8


def test_no_payment_is_left_over(sample: Workspace) -> None:
    for docket in sample.dockets():
        assert not [one for one in docket.ledger.payments if one.unallocated.amount], docket.client


@pytest.mark.parametrize("script", ["ARABIC", "KHMER", "CJK", "HIRAGANA", "LATIN SMALL LETTER O"])
def test_notes_are_written_in_many_scripts(sample: Workspace, script: str) -> None:
    letters = {letter for entry in _all(sample) for letter in entry.statement}
    assert any(unicodedata.name(letter, "").startswith(script) for letter in letters)


@pytest.mark.parametrize("letter", "éðáőűäöøÆñ¿")
def test_accents_of_many_languages_appear(sample: Workspace, letter: str) -> None:
    assert any(letter in text for entry in _all(sample) for text in _texts(entry))


def test_cleaning_finds_nothing_to_clean(sample: Workspace) -> None:
    for entry in _all(sample):
        for text in _texts(entry):
            assert clean(text) == text
            assert "<U+" not in text
            assert not re.search(r"\{-?\d", text), "a day that was not filled in"


def test_statements_are_specific_and_hold_no_absolutes(sample: Workspace) -> None:
    absolutes = re.compile(r"\b(always|never|impossible|toxic|nightmare|typical|liar)\b", re.I)
    for entry in _all(sample):
        assert entry.statement, entry
        found = absolutes.search(entry.statement)
        # What the client said was "never finished" is reported speech of a letter on the docket.
        assert found is None or entry.kind == "non-payment", entry.statement


def test_nothing_lies_in_the_future_and_the_story_is_long(sample: Workspace) -> None:
    entries = _all(sample)
    assert max(entry.occurred_at for entry in entries) <= NOW
    assert max(entry.recorded_at for entry in entries) <= NOW
    assert all(e.recorded_at >= e.occurred_at for e in entries if not e.clock_behind)
    days = sorted(entry.day for entry in entries)
    assert (days[-1] - days[0]).days >= 540
    assert NOW.date() - days[-1] <= timedelta(days=3)


def test_lags_look_real(sample: Workspace) -> None:
    entries = _all(sample)
    lags = Counter(min(entry.lag_days, 2) for entry in entries)
    assert lags[0] > 0.9 * len(entries)
    assert lags[2] >= 4
    assert [entry.client for entry in entries if entry.clock_behind] == ["brunnmatt"]
    stamps = {entry.recorded_at for entry in entries}
    assert len(stamps) > 0.9 * len(entries), "each was recorded at a time of its own"


def test_every_journal_and_exhibit_is_whole(sample: Workspace) -> None:
    exhibits = [exhibit for entry in _all(sample) for exhibit in entry.exhibits]
    assert len(exhibits) >= 4
    for exhibit in exhibits:
        assert Exhibits(sample.root / "exhibits").problem(exhibit) == ""
    for client in sample.client_ids():
        report = verify_file(sample.path(client))
        assert report.ok, report.findings


def test_every_entry_says_who_wrote_it_where(sample: Workspace) -> None:
    assert {(entry.author, entry.zone) for entry in _all(sample)} == {(AUTHOR, "Europe/Paris")}
    assert sample.author == AUTHOR


def test_the_one_who_pays_later_pays_later_each_time(sample: Workspace) -> None:
    docket = sample.docket("ostrelle")
    late = [invoice.days_late(docket.today) for invoice in docket.ledger.invoices]
    assert late == [0, 4, 11, 19, 41]  # advice 31
    assert docket.stopped is not None


def test_the_one_who_was_parted_with_owes_nothing(sample: Workspace) -> None:
    docket = sample.docket("thistlemarch")
    assert docket.ended is not None
    assert not docket.ledger.open()
    assert all(promise.settled_on for promise in docket.promises)
    assert [one.choice for one in sample.private.of("thistlemarch").decisions][-1] == "walk-away"


def test_corrections_take_effect(sample: Workspace) -> None:
    docket = sample.docket("cafe-aeroblomst")
    corrected = docket.ledger.find("AE-2")
    assert corrected is not None
    assert str(corrected.amount) == "DKK 9,300.00"
    assert docket.kind("off-hours") == []
    settled = [len(invoice.settlements) for invoice in docket.ledger.invoices]
    assert max(settled) == 2, "one bill is paid in two parts"


def test_private_things_are_there_and_within_the_story(sample: Workspace) -> None:
    kept = [sample.private.of(client) for client in sample.client_ids()]
    assert sum(bool(one.checkins) for one in kept) >= 12
    assert sum(len(one.guts) for one in kept) >= 10
    assert sum(len(one.decisions) for one in kept) >= 4
    assert all(checkin.at <= NOW for one in kept for checkin in one.checkins)
    for client, one in zip(sample.client_ids(), kept, strict=True):
        for decision in one.decisions:
            before = [e for e in sample.entries(client) if e.recorded_at <= decision.at]
            assert decision.entries == len(before) > 5, client


def test_every_client_folds_on_any_day(sample: Workspace) -> None:
    for client in sample.client_ids():
        for back in range(0, 720, 45):
            docket: Docket = sample.docket(client, NOW.date() - timedelta(days=back))
            assert blocked_days(docket.requests, docket.today) >= 0
            assert all(total.amount > 0 for total in docket.overdue_totals)
            assert docket.name
