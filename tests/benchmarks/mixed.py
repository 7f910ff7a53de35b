"""A docket of every sort of entry, as long as one likes: each thousand of them is like the last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from store.journal.chain import Header, Line, dump_header, dump_line, entry_hash, genesis
from store.journal.drafts import journal_time
from store.workspace import Workspace

END: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""When the last entry occurred, however many there are."""
_SPAN: Final = timedelta(days=1_000)
_TEXT: Final = "asked again by phone, and was told that the rest of the pages should be ready soon"
_FIRST: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("client", {"name": "Acme"}),
    ("terms", {"currency": "EUR", "rate": "60", "revisions": 1, "reply_within_days": 5}),
    ("interest", {"percent": "9", "starts": "2024-01-01", "source": "clause 7"}),
    (
        "fixed-sum",
        {"currency": "EUR", "bands": [{"at_least": "0", "amount": "40"}], "source": "clause 7"},
    ),
)
# One round of fifty: kind, data, how many entries before it stands what it is linked to, and how.
# `{n}` is the number of the entry, `{-7}` the number of the entry seven before it.
_ROUND: Final[tuple[tuple[str, dict[str, Any], int, str], ...]] = (
    ("request", {}, 0, ""),
    ("hours", {"hours": "1.50", "spent": "work"}, 0, ""),
    ("invoice", {"number": "A{n}", "amount": "200", "currency": "EUR", "due": "+14"}, 0, ""),
    ("note", {}, 0, ""),
    ("request", {"needed_by": "+2"}, 0, ""),
    ("late-payment", {"severity": 1}, 0, ""),
    ("reminder", {}, 0, ""),
    ("answer", {}, 3, "answers"),
    ("scope-creep", {"severity": 2, "hours": "1"}, 0, ""),
    ("hours", {"hours": "2", "spent": "chase"}, 0, ""),
    (
        "payment",
        {
            "amount": "150",
            "currency": "EUR",
            "for_invoices": [{"invoice": "A{-8}", "amount": "150"}],
        },
        0,
        "",
    ),
    ("complaint", {"severity": 1}, 0, ""),
    ("repair-offer", {}, 1, "about"),
    ("outcome", {"worked": "no"}, 1, "about"),
    ("thanks", {}, 0, ""),
    ("invoice", {"number": "B{n}", "amount": "90", "currency": "USD", "due": "+14"}, 0, ""),
    ("payment", {"amount": "80", "currency": "USD"}, 0, ""),
    ("promise", {"by": "client", "due": "+5"}, 0, ""),
    ("reminder", {}, 1, "about"),
    ("promise-kept", {}, 2, "keeps"),
    ("delivery", {"rounds": 1}, 0, ""),
    ("rework", {"severity": 1, "hours": "1"}, 0, ""),
    ("request", {}, 2, "about"),
    ("answer", {}, 1, "answers"),
    ("acceptance", {}, 4, "accepts"),
    ("hours", {"hours": "1", "spent": "rework"}, 0, ""),
    ("message", {}, 0, ""),
    ("no-reply", {"severity": 1}, 0, ""),
    ("talk", {"worked": False}, 0, ""),
    ("amendment", {"changes": {"statement": "Said otherwise"}}, 2, "amends"),
    ("promise", {"by": "me", "due": "+9"}, 0, ""),
    ("addendum", {}, 20, "adds-to"),
    ("complaint", {"severity": 2}, 0, ""),
    ("note", {}, 0, ""),
    ("void", {}, 1, "voids"),
    ("remedy", {}, 3, "about"),
    ("approval-block", {"severity": 1}, 0, ""),
    ("partial-answer", {"missing": "the rest"}, 37, "about"),
    ("handover", {"to": "Ann"}, 0, ""),
    ("acceptance", {}, 1, "accepts"),
    ("access-ended", {}, 2, "about"),
    ("disputed", {"number": "A{-39}", "amount": "20", "currency": "EUR"}, 0, ""),
    ("promise", {"by": "client", "due": "+3"}, 0, "I will pay all invoices by Friday"),
    ("cost", {"amount": "3", "currency": "EUR"}, 0, ""),
    ("notice", {}, 44, "about"),
    ("abuse", {"severity": 2, "my_share": True}, 0, ""),
    ("apology", {}, 1, "about"),
    ("payment", {"amount": "5", "currency": "EUR"}, 0, "late"),
    ("excuse", {"severity": 1}, 0, ""),
    ("message", {}, 0, ""),
)

# One round of bills, by the number of the entry; what names a bill stands behind it. A link goes to
# the entry just before. What comes back is last: a payment of the same day on the same bill would
# be judged by books of its own.
_BILLED: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("invoice", {"number": "A{n}", "amount": "200", "due": "+14"}),
    ("payment", {"amount": "50", "for_invoices": [{"invoice": "A{-1}", "amount": "50"}]}),
    ("credit", {"of_invoice": "A{-2}", "amount": "20"}),
    ("write-off", {"of_invoice": "A{-3}", "amount": "10"}),
    ("disputed", {"number": "A{-4}", "amount": "20"}),
    ("instalments", {"of_invoice": "A{-5}", "parts": [{"due": "+30", "amount": "120"}]}),
    ("cost", {"amount": "3"}),
    ("payment", {"amount": "9", "for_invoices": [{"invoice": "A{-7}", "amount": "9"}]}),
    (
        "amendment",
        {"changes": {"amount": "8", "for_invoices": [{"invoice": "A{-8}", "amount": "8"}]}},
    ),
    ("payment", {"amount": "30", "for_invoices": [{"invoice": "A{-9}", "amount": "30"}]}),
    ("payment-returned", {"amount": "30"}),
)
_BILLED_LINKS: Final = {"payment-returned": "about", "amendment": "amends"}


def said(number: int, entries: int, client: str = "acme") -> dict[str, Any]:
    """Return the fields of entry `number` of `entries`, as a person says them."""
    at = END - _SPAN + number * (_SPAN / entries)
    kind, data, back, how = (*_FIRST[number - 1], 0, "") if number <= len(_FIRST) else _of(number)
    more: dict[str, Any] = {"data": _filled(data, number, at.date())} if data else {}
    if back:
        more["links"] = [{"rel": how, "seq": number - back}]
    text = how if how and not back else f"{number}: {_TEXT}"
    return {
        "author": "me",
        "client": client,
        "kind": kind,
        "occurred_at": at.isoformat(timespec="seconds"),
        "precision": "minute",
        "source": "witnessed",
        "statement": text,
        "visibility": "record",
        **more,
    }


def _of(number: int) -> tuple[str, dict[str, Any], int, str]:
    return _ROUND[(number - len(_FIRST) - 1) % len(_ROUND)]


def _filled(value: Any, number: int, day: date) -> Any:
    """Return data with numbers and days put in."""
    if isinstance(value, dict):
        return {name: _filled(one, number, day) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, number, day) for one in value]
    if not isinstance(value, str):
        return value
    if value.startswith("+"):
        return (day + timedelta(days=int(value))).isoformat()
    head, brace, rest = value.partition("{")
    if not brace:
        return value
    inner = rest.rstrip("}")
    return f"{head}{number if inner == 'n' else number + int(inner)}"


def write_mixed(path: Path, entries: int) -> Path:
    """Write a whole journal of so many entries at `path` in one go and return `path`."""
    header = Header(path.stem, journal_time(END - _SPAN), "0" * 32)
    prev = genesis(header)
    with path.open("wb") as file:
        file.write(dump_header(header) + b"\n")
        for seq in range(1, entries + 1):
            seed, fields = f"{seq:032x}", said(seq, entries, path.stem)
            at = datetime.fromisoformat(fields["occurred_at"])
            fields |= {"id": seed, "recorded_at": journal_time(at + timedelta(minutes=5))}
            here = entry_hash(prev, seq, seed, fields)
            file.write(dump_line(Line(seq, fields, seed, prev, here)) + b"\n")
            prev = here
    path.chmod(0o600)
    return path


def mixed_workspace(root: Path, entries: int) -> Workspace:
    """Return a workspace at `root`, its clock at END, with one docket of so many entries."""
    made = Workspace.create(root, clock=lambda: END)
    write_mixed(made.path("acme"), entries)
    return made


def money_lines(entries: int) -> Iterator[bytes]:
    """Yield a file for `docket import` of bills, and of all that may name one or correct it."""
    for number in range(1, entries + 1):
        at = END - _SPAN + number * (_SPAN / entries)
        kind, data = "client", {"name": "Acme"}
        if number > 1:
            kind, data = _BILLED[(number - 2) % len(_BILLED)]
            more = {} if kind == "amendment" else {"currency": "EUR"}
            data = _filled(data | more, number, at.date())
        told: dict[str, Any] = {"kind": kind, "data": data}
        told["occurred_at"] = at.isoformat(timespec="seconds")
        if link := _BILLED_LINKS.get(kind):
            told["links"] = [{"rel": link, "seq": number - 1}]
        yield json.dumps({"client": "acme", "statement": _TEXT, **told}).encode() + b"\n"


def mixed_lines(entries: int, first: int = 1) -> Iterator[bytes]:
    """Yield a file for `docket import` with these entries, from number `first` on."""
    for number in range(first, entries + 1):
        yield json.dumps(said(number, entries)).encode() + b"\n"
