"""Sums, day counts and hashes, worked out again from the raw journal without the docket's code."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any

from store.records import RecordOptions, write_record
from tests.store.records.case import NOW, full_case

_CELL = re.compile(r"(?<!\\)\|")


def rows(markdown: str, title: str, headers: str) -> list[list[str]]:
    """Return the rows of the table under a section that begins with these headers."""
    section = markdown.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]
    lines = [[cell.strip() for cell in _CELL.split(line)[1:-1]] for line in section.split("\n")]
    head = lines.index(headers.split(" | "))
    return list(takewhile(bool, lines[head + 2 :]))


def money(cell: str) -> tuple[str, Decimal]:
    """Return `EUR 1,200.00` as a pair."""
    currency, amount = cell.split(" ")
    return currency, Decimal(amount.replace(",", ""))


def canon(value: object) -> bytes:
    """Return canonical JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha(data: bytes) -> str:
    """Return the SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def raw_head(lines: list[str]) -> str:
    """Recompute the head of a journal from its lines (FORMAT.md, section 5)."""
    head = sha(b"docket-journal/1 header\0" + canon(json.loads(lines[0])))
    for text in lines[1:]:
        line = json.loads(text)
        digests = {}
        for name, value in line["fields"].items():
            salt = hmac.new(bytes.fromhex(line["seed"]), name.encode(), "sha256").hexdigest()
            digests[name] = sha(b"docket-journal/1 field\0" + canon([salt, name, value]))
        leaf = sha(b"\0" + canon({"digests": digests, "seq": line["seq"]}))
        head = sha(b"\1" + bytes.fromhex(head) + bytes.fromhex(leaf))
    return head


def test_the_record_agrees_with_the_raw_journal(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    written = write_record(
        case.workspace, "acme", RecordOptions("court", None, None, "Ann Berg"), tmp_path / "out"
    )
    markdown = written.document.read_text(encoding="utf-8")
    journal = (case.workspace.root / "clients" / "acme.jsonl").read_text(encoding="utf-8")
    lines = journal.splitlines()
    entries: list[dict[str, Any]] = [
        {"seq": json.loads(line)["seq"], **json.loads(line)["fields"]} for line in lines[1:]
    ]

    assert f'head: "{raw_head(lines)}"' in markdown
    assert f"entries: {len(entries)}" in markdown
    check_account(markdown, entries)
    check_lags(markdown, entries)
    check_requests(markdown, entries)


def check_account(markdown: str, entries: list[dict[str, Any]]) -> None:
    """Compare the open items and the sums claimed."""
    bills = [e for e in entries if e["kind"] == "invoice"]
    received: dict[str, Decimal] = {}
    for entry in entries:
        if entry["kind"] == "payment":
            code = entry["data"]["currency"]
            received[code] = received.get(code, Decimal(0)) + Decimal(entry["data"]["amount"])
    owed: dict[str, Decimal] = {}
    wanted = []
    for bill in sorted(bills, key=lambda b: b["data"]["due"]):
        code, amount = bill["data"]["currency"], Decimal(bill["data"]["amount"])
        paid = min(amount, received.get(code, Decimal(0)))
        received[code] = received.get(code, Decimal(0)) - paid
        due = date.fromisoformat(bill["data"]["due"])
        if amount > paid and due < NOW.date():
            owed[code] = owed.get(code, Decimal(0)) + amount - paid
            days = (NOW.date() - due).days
            wanted.append((bill["data"]["number"], (code, amount - paid), str(days)))
    claimed = rows(
        markdown, "4. Sums claimed", "Invoice | Amount | Paid | Owed | Due | Days late | Entry"
    )
    assert [(row[0], money(row[3]), row[5]) for row in claimed] == wanted
    assert owed == {"EUR": Decimal("850.25"), "JPY": Decimal(90000)}
    assert "**Claimed on 22 November 2026: EUR 850.25 and JPY 90,000**, without" in markdown


def check_lags(markdown: str, entries: list[dict[str, Any]]) -> None:
    """Compare the recorded column: the case logs in UTC, so days are those of the ISO text."""
    listed = rows(
        markdown,
        "8. Chronology",
        "No. | Occurred | Kind | Fact",
    )
    by_number = {entry["seq"]: entry for entry in entries}
    assert len(listed) == len(entries) - 5  # two corrections, a void, internal, settlement
    for row in listed:
        entry = by_number[int(row[0])]
        occurred = datetime.fromisoformat(entry["occurred_at"])
        recorded = datetime.fromisoformat(entry["recorded_at"])
        lag = (recorded.date() - occurred.date()).days
        later = f", {lag} {'day' if lag == 1 else 'days'} later.)"
        assert row[1].startswith(occurred.date().isoformat())
        assert ("Recorded on" in row[3]) == bool(lag)
        assert not lag or f"(Recorded on {recorded.date()}{later}" in row[3]
    assert [row[1] for row in listed] == sorted(row[1] for row in listed)
    assert any("9 days later" in row[3] for row in listed)


def check_requests(markdown: str, entries: list[dict[str, Any]]) -> None:
    """Compare days waited and days over."""
    listed = rows(
        markdown,
        "9. Requests and answers",
        "No. | Asked | What | Needed by | Answered | Waited | Days over",
    )
    answers = {e["links"][0]["seq"]: e for e in entries if e["kind"] == "answer"}
    for row in listed:
        asked = date.fromisoformat(row[1])
        answer = answers.get(int(row[0]))
        end = date.fromisoformat(answer["occurred_at"][:10]) if answer else NOW.date()
        needed = date.fromisoformat(row[3][:10])
        assert row[5] == f"{(end - asked).days} days"
        assert row[6] == str((end - needed).days)
