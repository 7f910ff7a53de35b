"""Every field of every kind can be put right, reads back as typed, and leaves the original."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any, Final

import pytest

from store.docket.corrections import changes, correction, fields_of
from store.entries import KINDS, Entry
from store.entries.words import WELCOME
from store.errors import UsageError
from store.workspace import Workspace
from tests.store.building import FixedClock, needed_data, workspace

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DATA: Final[dict[str, dict[str, Any]]] = {
    "InvoiceData": {
        "number": "INV-9",
        "amount": "100",
        "discount_percent": "2",
        "discount_until": "2026-11-25",
    },
    "PaymentData": {
        "amount": "100",
        "fee": "3",
        "fee_by": "client",
        "paid_as": {"amount": "110", "currency": "USD"},
        "paid_rate": "0.93",
        "rate_source": "a bank",
    },
    "CreditData": {"of_invoice": "INV-1", "amount": "10"},
    "MoneyBackData": {"amount": "10"},
    "IncidentData": {"amount": "5", "currency": "EUR"},
    "AdviceData": {"amount": "5", "currency": "EUR"},
    "TermsData": {"currency": "EUR"},
}
"""What an entry says beside or instead of what its kind needs."""
TYPED: Final[dict[str, tuple[str, Any]]] = {
    "name": ("Acme Press", "Acme Press"),
    "email": ("a@acme.example", "a@acme.example"),
    "phone": ("+44 1", "+44 1"),
    "contract_name": ("Acme Ltd", "Acme Ltd"),
    "tax_id": ("GB 123", "GB 123"),
    "address": ("High Street 1", "High Street 1"),
    "currency": ("usd", "USD"),
    "rate": ("90.50", "90.50"),
    "price": ("1200", "1200.00"),
    "payment": ("net30", "net30"),
    "reply_within_days": ("3d", 3),
    "revisions": ("2", 2),
    "rounds": ("2", 2),
    "seeks": ("access", "access"),
    "advised": ("Post at noon", "Post at noon"),
    "decided": ("At 3 am", "At 3 am"),
    "risk": ("Nobody sees it", "Nobody sees it"),
    "scope": ("A shop", "A shop"),
    "form": ("signed", "signed"),
    "suspension_clause": ("9", "9"),
    "suspension_notice_days": ("5", 5),
    "ending_notice_days": ("30", 30),
    "likely": ("7", 7),
    "language": ("finnish", "fi"),
    "severity": ("!3", 3),
    "hours": ("2:30", "2.50"),
    "amount": ("77.70", "77.70"),
    "my_share": ("yes", True),
    "in_writing": ("no", False),
    "number": ("INV-2", "INV-2"),
    "due": ("2026-12-24", "2026-12-24"),
    "of_invoice": ("INV-2", "INV-2"),
    "for_invoices": ("INV-1 60, INV-2 20", None),
    "for_charges": ("cost 5", None),
    "percent": ("10.15 %", "10.15"),
    "starts": ("1 Feb 2026", "2026-02-01"),
    "source": ("the Act of 1998", "the Act of 1998"),
    "policy": ("frozen", "frozen"),
    "bands": ("40,1000:70", None),
    "fee": ("4,50", "4.50"),
    "fee_by": ("me", "me"),
    "discount_percent": ("3 %", "3"),
    "discount_until": ("2026-11-26", "2026-11-26"),
    "net": ("5", "5.00"),
    "vat": ("5", "5.00"),
    "vat_percent": ("19 %", "19"),
    "vat_number": ("SE556", "SE556"),
    "vat_note": ("Reverse charge", "Reverse charge"),
    "paid_as": ("1300 usd", {"amount": "1300.00", "currency": "USD"}),
    "paid_rate": ("0,9420", "0.9420"),
    "rate_source": ("ECB", "ECB"),
    "parts": ("2 Jan 2027=20, 2 Dec 2026=10.5", None),
    "needed_by": ("2026-12-05", "2026-12-05"),
    "missing": ("the logo", "the logo"),
    "spent": ("chase", "chase"),
    "where": ("their server", "their server"),
    "to": ("Jo", "Jo"),
    "access_ends": ("2026-12-05", "2026-12-05"),
    "renews": ("2027-01-05", "2027-01-05"),
    "despite_debt": ("yes", True),
    "effective": ("2026-12-05", "2026-12-05"),
    "rule": ("r2", "R2"),
    "until": ("2026-12-20", "2026-12-20"),
    "text": ("Other words", "Other words"),
    "when": ("18 Nov 14:30", None),
    "project": ("Shop", "Shop"),
    "channel": ("phone", "phone"),
    "quote": ("“we know”", None),
    "visibility": ("internal", "internal"),
    **dict.fromkeys(WELCOME, ("In other words", "In other words")),
}
"""By field, what is typed and what is kept; None where it is compared as it stands."""
OF_KIND: Final[dict[tuple[str, str], tuple[str, Any]]] = {
    ("promise", "by"): ("me", "me"),
    ("acceptance", "by"): ("Ann", "Ann"),
    ("outcome", "worked"): ("partly", "partly"),
    **{
        (kind.id, "number"): ("CN-2", "CN-2")
        for kind in KINDS.values()
        if kind.shape in ("CreditData", "MoneyBackData")
    },
    **{(kind.id, "worked"): ("no", False) for kind in KINDS.values() if kind.shape == "StepData"},
    **{
        (kind.id, "source"): ("document", "document")
        for kind in KINDS.values()
        if kind.shape not in ("InterestData", "FixedSumData")
    },
}
IN_CURRENCY: Final = ("InvoiceData", "DisputedData", "PaymentData", "CreditData", "MoneyBackData")
CORRECTED: Final = [
    kind for kind in KINDS.values() if kind.group != "correction" and kind.id != "exception"
]


def begun(root: Path, kind: str) -> tuple[Workspace, Entry]:
    """Return a docket with INV-1 (#3), INV-2's namesake free, a request (#4), a step, and more."""
    made = workspace(root, FixedClock(NOW))

    def log(what: str, **fields: Any) -> Entry:
        return made.log(made.draft("acme", what, "x", **fields))

    due = {"amount": "100", "currency": "EUR", "due": "2026-11-01"}
    log("invoice", data={"number": "INV-1", **due}, occurred_at="2026-10-01")
    if KINDS[kind].shape in ("PaymentData", "DisputedData", "CreditData", "InstalmentsData"):
        log("cost", data=needed_data(KINDS["cost"]), occurred_at="2026-11-02")
        log("invoice", data={"number": "INV-2", **due}, occurred_at="2026-10-01")
    paid = {"amount": "1000", "currency": "EUR"}
    if KINDS[kind].shape == "MoneyBackData":
        log("payment", data=paid, occurred_at="2026-11-03")
    of = KINDS[kind].follows.of
    asked = {name: log(name, occurred_at="2026-11-01") for name in ("request", "talk", "handover")}
    asked["promise"] = log("promise", data=needed_data(KINDS["promise"]), occurred_at="2026-11-01")
    if "payment" in of:
        asked["payment"] = log("payment", data=paid, occurred_at="2026-11-03")
    target = next((asked[name] for name in asked if name in of), None)
    links = []
    if KINDS[kind].follows.needed and target:
        links = [{"rel": KINDS[kind].follows.relation, "seq": target.seq}]
    data = needed_data(KINDS[kind], **DATA.get(KINDS[kind].shape, {}))
    entry = log(kind, data=data, links=links, occurred_at="2026-11-20")
    return made, entry


def amended(made: Workspace, entry: Entry, typed: dict[str, str]) -> Entry:
    docket = made.docket("acme")
    changed = changes(entry, typed, docket, NOW, "EUR")
    assert changed, typed
    made.log(made.draft(**correction(entry, "amend", "slip", changed=changed)))
    found = made.docket("acme").find(entry.seq)
    assert found is not None
    assert found.original == entry  # the original stays readable
    return found.entry


def value(entry: Entry, name: str) -> Any:
    docket_fields = {"text": entry.statement, "project": entry.refs.project}
    if name in type(entry.data).model_fields:
        return entry.data.model_dump(mode="json")[name]
    return docket_fields.get(name, getattr(entry, name, None))


@pytest.mark.parametrize("kind", CORRECTED, ids=lambda kind: kind.id)
def test_every_field_of_the_kind_is_reached(tmp_path: Path, kind: Any) -> None:
    made, entry = begun(tmp_path, kind.id)
    for number, one in enumerate(fields_of(entry, made.docket("acme"))):
        if one.name == "about":
            continue
        typed, kept = OF_KIND.get((kind.id, one.name)) or TYPED[one.name]
        whole = {one.name: typed}
        if one.name == "currency" and kind.shape in IN_CURRENCY:
            continue  # bound to what the rest of the account is in: see below
        own = copytree(made.root, tmp_path / str(number))
        fresh = Workspace.open(own, clock=FixedClock(NOW))
        found = amended(fresh, entry, whole)
        shown = {f.name: f.value for f in fields_of(found, fresh.docket("acme"))}
        assert shown[one.name] != one.value
        assert changes(found, {one.name: shown[one.name]}, fresh.docket("acme"), NOW, "EUR") == {}
        if kept is not None:
            assert value(found, one.name) == kept, one.name


@pytest.mark.parametrize(
    ("kind", "about", "links"),
    [
        ("reminder", "4, INV-1", [("about", 4)]),
        ("answer", "", None),
        ("acceptance", "#4", [("accepts", 4)]),
        ("excuse", "inv-1", []),
        ("note", "#4, #5", [("about", 4), ("about", 5)]),
    ],
)
def test_what_it_is_about_is_a_field_like_any_other(
    tmp_path: Path, kind: str, about: str, links: list[tuple[str, int]] | None
) -> None:
    made, entry = begun(tmp_path, kind)
    if links is None:
        with pytest.raises(UsageError, match="Which entry is this answer for"):
            amended(made, entry, {"about": about})
        return
    found = amended(made, entry, {"about": about})
    assert [(link.rel, link.seq) for link in found.links] == links
    assert all(link.id for link in found.links)
    assert found.refs.invoice == ("INV-1" if "inv" in about.lower() else None)


@pytest.mark.parametrize("kind", CORRECTED, ids=lambda kind: kind.id)
def test_what_is_typed_as_it_stands_changes_nothing(tmp_path: Path, kind: Any) -> None:
    made, entry = begun(tmp_path, kind.id)
    typed = {one.name: one.value for one in fields_of(entry, made.docket("acme"))}
    assert changes(entry, typed, made.docket("acme"), NOW, "EUR") == {}


@pytest.mark.parametrize(
    ("kind", "typed", "error"),
    [
        ("invoice", {"amount": ""}, "Amount cannot be left empty"),
        ("invoice", {"number": "INV-1"}, "is on the docket already"),
        ("invoice", {"severity": "2"}, "invoice has no severity: it has text, when, number"),
        ("blame", {"severity": "4"}, "is not a severity"),
        ("blame", {"my_share": "perhaps"}, "neither yes nor no"),
        ("hours", {"spent": "sleep"}, "is none of work, chase"),
        ("note", {"channel": "pigeon"}, "is none of email"),
        ("note", {"about": "99"}, "There is no entry acme#99"),
        ("note", {"when": "tomorrow"}, "has not happened yet"),
        ("payment", {"for_invoices": "300"}, "does not say what it pays"),
    ],
)
def test_what_cannot_be_is_said(
    tmp_path: Path, kind: str, typed: dict[str, str], error: str
) -> None:
    made, entry = begun(tmp_path, kind)
    with pytest.raises(UsageError, match=error):
        amended(made, entry, typed)


def test_a_correction_holds_back_and_never_shows(tmp_path: Path) -> None:
    made, entry = begun(tmp_path, "note")
    found = amended(made, entry, {"visibility": "settlement"})
    assert found.visibility == "settlement"
    with pytest.raises(UsageError, match="a correction cannot show it"):
        changes(found, {"visibility": "record"}, made.docket("acme"), NOW, "EUR")
    loose = {"changes": {"visibility": "record"}}
    links = [{"rel": "amends", "seq": entry.seq}]
    with pytest.raises(UsageError, match="no correction can show it"):
        made.log(made.draft("acme", "amendment", links=links, data=loose))


def test_a_correction_has_a_reason() -> None:
    with pytest.raises(UsageError, match="reason is missing"):
        correction(_any(), "amend", " ", changed={"statement": "x"})
    with pytest.raises(UsageError, match="Nothing is changed yet"):
        correction(_any(), "amend", "slip")
    with pytest.raises(UsageError, match="nothing to add"):
        correction(_any(), "add", "")


def _any() -> Entry:
    from tests.store.building import entry

    return entry(1, "note", 1)
