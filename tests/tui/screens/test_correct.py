"""Corrections: the form shows the entry, asks for a reason, and loses nothing typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events

from store.dates import when_in_full
from store.docket.corrections import Mode, when_typed
from store.entries import AmendmentData, Entry, InvoiceData
from store.errors import UsageError
from store.intake.amend import correct, form_of
from store.workspace import Workspace
from tests.drafted import drafted
from tests.examples import swept
from tests.tui.screens.host import HOSTILE, SIZES, Host, left, text_of, workspace
from tests.tui.waiting import until
from tui.screens.correct import CorrectScreen
from tui.screens.form import LineInput, TextInput

PAY_LATER, INTERNAL, SETTLEMENT, INVOICE = 5, 7, 8, 3


def entry(made: Workspace, seq: int) -> Entry:
    found = made.docket("acme").find(seq)
    assert found is not None
    return found.entry


def typed_of(made: Workspace, seq: int, mode: Mode = "amend") -> dict[str, str]:
    return {one.name: one.value for one in form_of(entry(made, seq), mode, made.docket("acme"))}


def test_only_what_is_touched_is_changed(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    saved, told = correct(
        made,
        entry(made, PAY_LATER),
        "amend",
        typed_of(made, PAY_LATER) | {"severity": "!2", "reason": "slip"},
    )
    assert isinstance(saved.data, AmendmentData)
    assert (saved.data.changes, told) == ({"severity": 2}, "")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"severity": "4"}, "not a severity"),
        ({"severity": ""}, "Nothing is changed yet"),
        ({"when": "tomorrow"}, "has not happened yet"),
        ({"when": "[/foo]"}, "not a date"),
        ({"text": "New words", "reason": " "}, "reason is missing"),
        ({"text": "x" * 100_001}, "too long"),
        ({"text": "New words", "kind": "abuse"}, "It moves with its text as it was"),
        ({"kind": "nonsense"}, "is not a kind"),
        ({"client": "nobody"}, "No client fits"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, typed: dict[str, str], error: str) -> None:
    made = workspace(tmp_path)
    fields = {**typed_of(made, PAY_LATER), "severity": "1", "reason": "slip"} | typed
    if error == "Nothing is changed yet":
        fields["severity"] = typed_of(made, PAY_LATER)["severity"]
    with pytest.raises(UsageError, match=error):
        correct(made, entry(made, PAY_LATER), "amend", fields)


@pytest.mark.parametrize("mode", ["amend", "add", "void"])
@pytest.mark.parametrize("seq", [PAY_LATER, INTERNAL, SETTLEMENT])
def test_a_correction_is_as_visible_as_its_entry(tmp_path: Path, mode: Any, seq: int) -> None:
    made = workspace(tmp_path)
    typed = typed_of(made, seq, mode) | {"text": "Corrected words", "reason": "slip"}
    saved, _ = correct(made, entry(made, seq), mode, typed)
    assert saved.visibility == entry(made, seq).visibility


def test_another_kind_withdraws_it_and_logs_it_anew(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    typed = typed_of(made, PAY_LATER) | {"kind": "excuse", "reason": "it was one"}
    saved, told = correct(made, entry(made, PAY_LATER), "amend", typed)
    assert saved.kind == "excuse"
    assert told == f"acme#5 is void (#{saved.seq - 1}); it stands anew as acme#{saved.seq}."
    found = made.docket("acme").find(PAY_LATER)
    assert found is not None and found.void is not None


def test_voiding_an_invoice_tells_where_its_payments_go(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    bill = entry(made, INVOICE).data
    assert isinstance(bill, InvoiceData)
    number = bill.number
    data = {
        "amount": "100",
        "currency": "EUR",
        "for_invoices": [{"invoice": number, "amount": 100}],
    }
    paid = made.log(made.draft("acme", "payment", data=data))
    _, told = correct(made, entry(made, INVOICE), "void", {"reason": "sent twice"})
    assert told == f"Payment acme#{paid.seq} paid for {number}; now EUR 100.00 for no invoice."


def test_a_client_and_a_kind_may_be_said_by_a_part_of_their_name(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    typed = typed_of(made, PAY_LATER) | {"client": "acm", "kind": "pay later", "text": "Said so."}
    saved, told = correct(made, entry(made, PAY_LATER), "amend", typed | {"reason": "typo"})
    assert (saved.kind, told) == ("amendment", ""), "the same client, so nothing moves"
    assert entry(made, PAY_LATER).statement == "Said so."


async def test_every_field_is_reached_in_the_form(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = Host(CorrectScreen(made, "acme", INVOICE, "amend"))
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.pause()
        assert "It needs a reason." in text_of(app)
        for name, text in (("amount", "1250"), ("due", "2026-12-24"), ("reason", "typo")):
            app.screen.query_one(f"#{name}", LineInput).focus()
            app.screen.query_one(f"#{name}", LineInput).clear()
            await pilot.press(*text)
        await pilot.press("ctrl+s")
        await left(pilot)
    data = entry(made, INVOICE).data
    assert isinstance(data, InvoiceData)
    assert (str(data.amount), str(data.due)) == ("1250.00", "2026-12-24")


async def test_typing_begins_at_the_end_of_the_words(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = Host(CorrectScreen(made, "acme", PAY_LATER, "amend"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press(*" More", "ctrl+home", "A", "ctrl+end", "!")
        text = app.screen.query_one(TextInput).text
        assert text.startswith("A") and text.endswith(" More!")


def test_moments_read_back_as_they_were_typed(tmp_path: Path) -> None:
    kept = entry(workspace(tmp_path), PAY_LATER)
    assert when_typed(kept) == "2026-11-19"
    assert when_in_full(kept.occurred_at, "day") == "Thu 19 Nov 2026"
    assert when_in_full(kept.occurred_at, "about") == "about Thu 19 Nov 2026"
    assert when_in_full(kept.occurred_at, "minute") == "Thu 19 Nov 2026, 11:30"


@pytest.mark.parametrize("size", SIZES)
async def test_amending_keeps_the_original_and_returns_the_entry(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = workspace(tmp_path)
    app = Host(CorrectScreen(made, "acme", PAY_LATER, "amend"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "[/foo] <b>x</b>" in shown
        assert "Thu 19 Nov 2026" in shown
        await pilot.press("tab", *["backspace"] * 10, *"18 Nov", "tab", "backspace", "1")
        await pilot.pause()
        assert "Wed 18 Nov 2026" in text_of(app)
        await pilot.press("enter", *"wrong day", "enter")
        await left(pilot)
    assert isinstance(app.result, Entry)
    assert isinstance(app.result.data, AmendmentData)
    assert app.result.data.changes["severity"] == 1
    assert app.result.links[0].reason == "wrong day"
    found = made.docket("acme").find(PAY_LATER)
    assert found is not None
    assert found.entry.day.day == 18
    assert found.original.day.day == 19
    assert found.entry.statement == found.original.statement


@pytest.mark.parametrize(
    ("keys", "field"),
    swept(
        [
            (["tab", *"x", "tab", "f2"], "when"),
            (["tab", "tab", "backspace", "9", "tab", *"why", "f2"], "severity"),
            ([*"more", "f2"], "reason"),
            ([*["tab"] * 3, *"why", *["tab"] * 9, *"zzz", "shift+tab", "f2"], "source"),
        ],
        2,
    ),
)
async def test_after_a_save_that_failed_the_cursor_is_in_the_field_that_is_wrong(
    tmp_path: Path, keys: list[str], field: str
) -> None:
    app = Host(CorrectScreen(workspace(tmp_path), "acme", PAY_LATER, "amend"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        assert app.told.startswith("Not saved: ")
        assert app.focused is not None
        assert app.focused.id == field


async def test_adding_a_hostile_fact(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    screen = CorrectScreen(made, "acme", PAY_LATER, "add")
    app = Host(screen)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert "Not saved: There is nothing to add yet" in text_of(app)
        await pilot.press(*"[/foo] 50%", "enter", *"more", "ctrl+s")
        await left(pilot)
    assert app.result.kind == "addendum"
    assert app.result.statement == "[/foo] 50%\nmore"


async def test_what_is_pasted_is_cleaned_before_it_is_shown(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = Host(CorrectScreen(made, "acme", PAY_LATER, "amend"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text, reason = app.screen.query_one(TextInput), app.screen.query_one("#reason", LineInput)
        text.select_all()
        text.post_message(events.Paste(f"{HOSTILE}\n\u202eline two" + "\u202e" * 20_000))
        reason.post_message(events.Paste(f"one\ntwo {HOSTILE}" + "\t" * 2_000))
        await pilot.pause()
        assert text.text.startswith("[/foo] <b>x</b> \n<U+202E>line two<U+202E>")
        assert isinstance(reason, LineInput)
        assert reason.value.startswith("one two [/foo] <b>x</b>")
        assert "\x1b" not in text.text + reason.value
        await pilot.press(*"!")
        assert text.text.endswith("!"), "the cursor is after what was pasted"


async def test_voiding_needs_a_reason_and_says_the_original_stays(tmp_path: Path) -> None:
    made = workspace(tmp_path, HOSTILE)
    app = Host(CorrectScreen(made, "acme", PAY_LATER, "void"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        shown = text_of(app)
        assert "Not saved: The reason is missing" in shown
        assert "the original stays readable" in shown
        await pilot.press(*"not them", "enter")
        await left(pilot)
    assert app.result.kind == "void"
    found = made.docket("acme").find(PAY_LATER)
    assert found is not None
    assert not found.counts
    assert "Keep going" in found.original.statement


async def test_an_error_from_the_store_is_one_line_and_the_text_stays(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    correct(made, entry(made, PAY_LATER), "void", {"reason": "gone"})
    app = Host(CorrectScreen(made, "acme", PAY_LATER, "add"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press(*"a fact", "f2")
        await pilot.pause()
        shown = text_of(app)
        assert "Not saved: acme#5 was voided: by #10." in shown
        assert "a fact" in shown
        await pilot.press("escape")
        await left(pilot)
    assert app.result is None


async def test_leaving_keeps_the_text_for_next_time(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = Host(CorrectScreen(made, "acme", PAY_LATER, "add"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"half a fact", "escape")
        await left(pilot)
    assert len(made.entries("acme")) == 9
    again = Host(CorrectScreen(made, "acme", PAY_LATER, "add"))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Kept from before: half a fact   ↑ takes it" in text_of(again)
        await pilot.press("up", "f2")
        await left(pilot)
    assert again.result.statement == "half a fact"
    assert not drafted(made, "add-5", "acme")


async def test_typing_reaches_the_draft_within_half_a_second(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = Host(CorrectScreen(made, "acme", PAY_LATER, "void"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"becau")
        await until(pilot, lambda: "becau" in "".join(drafted(made, "void-5", "acme")))


async def test_an_entry_that_is_not_there(tmp_path: Path) -> None:
    app = Host(CorrectScreen(workspace(tmp_path), "acme", 99, "amend"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert "There is no entry acme#99." in text_of(app)
        await pilot.press("escape")
        await left(pilot)
    assert app.result is None
