"""What is typed is what is stored: a table of lines, with what they have to become beside each."""

from __future__ import annotations

import io
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from store.capture import NEW_CLIENT, Reading, read_capture
from store.entries import KINDS, Entry
from store.workspace import Workspace
from tui.cli.run import run

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
TABLE = Path(__file__).with_name("capture_lines.txt")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    edge: str
    line: str
    client: str
    kind: str
    when: str
    text: str
    more: str

    @classmethod
    def read(cls, row: str) -> Row:
        """Return what a row of the table says."""
        edge, line, what, when, text, more = (cell.strip() for cell in row.split(" |"))
        client, _, kind = what.partition(" ")
        return cls(edge, line, client, kind, when, text, more)


ROWS = [
    Row.read(f"{row} ")
    for row in TABLE.read_text(encoding="utf-8").splitlines()
    if row and not row.startswith("#")
]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace that the table tells of; every row gets a copy."""
    now = datetime(2026, 11, 21, 8, tzinfo=UTC)
    made = Workspace.create(tmp_path_factory.mktemp("table") / "ws", clock=lambda: now)
    for client, name in (("acme", "Acme Media"), ("bolt", "Bolt & Co"), ("cafe-aero", "Café Ærø")):
        made.new_client(client, [made.draft(client, "client", data={"name": name})])

    def log(kind: str, day: date, text: str = "", **data: object) -> None:
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        made.log(made.draft("acme", kind, text, data=data, occurred_at=at))

    def bill(number: str, amount: str, code: str, sent: date, due: date) -> None:
        log("invoice", sent, number=number, amount=amount, currency=code, due=due)

    log("terms", date(2026, 9, 1), payment="net14", currency="EUR")
    bill("INV-41", "300.00", "EUR", date(2026, 9, 17), date(2026, 10, 1))
    part = {"invoice": "INV-41", "amount": "300.00"}
    log("payment", date(2026, 10, 1), amount="300.00", currency="EUR", for_invoices=[part])
    bill("INV-42", "500.00", "EUR", date(2026, 10, 18), date(2026, 11, 1))
    bill("INV-43", "200.00", "GBP", date(2026, 10, 27), date(2026, 11, 10))
    log("request", date(2026, 11, 2), "Logo files?")
    log("promise", date(2026, 11, 5), "Pays the rest", by="client", due=date(2026, 11, 20))
    log("delivery", date(2026, 11, 6), "First draft")
    bill("2026-007", "1000.00", "EUR", date(2026, 11, 17), date(2026, 12, 1))
    at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    given = made.draft("acme", "handover", "Instagram", data={"despite_debt": True}, occurred_at=at)
    made.log(given)
    terms = made.draft("cafe-aero", "terms", data={"currency": "AUD"})
    made.log(terms)
    return made.root


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Workspace:
    """A copy of the template, at half past ten."""
    shutil.copytree(template, tmp_path / "ws")
    return Workspace.open(tmp_path / "ws", clock=lambda: NOW)


def ids(row: Row) -> str:
    return f"{row.edge}: {row.line}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.edge == "bar"], ids=ids)
def test_the_bar_stores_what_the_table_says(workspace: Workspace, row: Row) -> None:
    reading = typed(workspace, row.line)
    if row.kind == "?":
        assert not reading.complete, reading.words
        assert row.text in " ".join(reading.problems)
        return
    assert reading.complete, reading.words
    if row.client == "new":
        assert (reading.kind, reading.data["name"]) == (NEW_CLIENT, row.kind)
        assert said_of_terms(reading.data) == row.more
        assert (
            when(reading.when.at, reading.when.precision) if reading.when else "now"
        ) == row.when
        return
    check(workspace.log(workspace.draft(**reading.draft_fields())), row)


@pytest.mark.parametrize("row", [row for row in ROWS if row.edge == "shell"], ids=ids)
def test_the_shell_stores_what_the_table_says(
    workspace: Workspace,
    row: Row,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    monkeypatch.delenv("DOCKET_WORKSPACE", raising=False)
    before = {client: len(workspace.entries(client)) for client in workspace.client_ids()}
    argv = ["--workspace", str(workspace.root), "log", *shlex.split(row.line)]
    status = run(argv, open_app=lambda _: 0, clock=lambda: NOW)
    said = capsys.readouterr().err
    after = Workspace.open(workspace.root, clock=lambda: NOW)
    if row.kind == "?":
        assert status == 2, said
        assert row.text in said
        assert {one: len(after.entries(one)) for one in after.client_ids()} == before
        return
    assert status == 0, said
    assert len(after.entries(row.client)) == before[row.client] + 1
    check(after.entries(row.client)[-1], row)


def typed(workspace: Workspace, line: str) -> Reading:
    """Return what the bar reads with acme selected."""
    names = {one: workspace.docket(one).name for one in workspace.client_ids()}

    def read(client: str) -> Reading:
        around = workspace.docket(client)
        return read_capture(line, clients=names, now=NOW, current="acme", docket=around)

    reading = read("acme")
    return reading if reading.client in ("acme", None) else read(reading.client)


def check(entry: Entry, row: Row) -> None:
    """Hold a stored entry against the row: nothing else may be stored either."""
    assert f"{entry.client} {entry.kind}" == f"{row.client} {row.kind}"
    assert entry.statement == row.text
    moment = entry.occurred_at
    assert ("now" if moment == NOW else when(moment, entry.precision)) == row.when
    assert sorted(said_of(entry)) == sorted(split(row.more))


def split(more: str) -> list[str]:
    """Return the facts of a row; a quote may hold blanks, and comes last."""
    facts, _, quote = more.partition("quote=")
    return [*facts.split(), *([f"quote={quote}"] if quote else [])]


def when(at: datetime, precision: str) -> str:
    clock = f" {at:%H:%M}" if precision in ("minute", "hour") else ""
    return f"{'about ' if precision == 'about' else ''}{at:%Y-%m-%d}{clock}"


def said_of(entry: Entry) -> list[str]:
    """Return everything an entry stores besides client, kind, day and statement."""
    data = entry.data.model_dump(mode="json", exclude_defaults=True)
    facts = [f"link={link.rel}#{link.seq}" for link in entry.links]
    facts += [f"quote={quote.text}" for quote in entry.quotes]
    if entry.group == "incident":
        facts.append(f"sev={data.pop('severity', 1)}")
    for name, value in entry.refs.model_dump(exclude_none=True).items():
        facts.append(f"{'inv' if name == 'invoice' else name}={value}")
    for name, value in (("channel", entry.channel), ("vis", entry.visibility)):
        if value not in (None, "record"):
            facts.append(f"{name}={value}")
    if parts := data.pop("for_invoices", None):
        facts.append("for=" + ",".join(f"{one['invoice']}:{one['amount']}" for one in parts))
    if parts := data.pop("parts", None):
        facts.append("parts=" + ",".join(f"{one['due']}:{one['amount']}" for one in parts))
    if paid := data.pop("paid_as", None):
        facts.append(f"as={paid['currency']}{paid['amount']}")
    if entry.kind == "hours":
        facts.append(f"spent={data.pop('spent', 'work')}")
    return facts + said_of_terms({"terms": data}).split()


def said_of_terms(data: Mapping[str, Any]) -> str:
    """Return terms and other data in the order and the words of the table."""
    left = dict(data["terms"])
    code = left.pop("currency", None)
    said = []
    for name, short in (
        ("number", "number"),
        ("amount", "sum"),
        ("price", "price"),
        ("payment", "payment"),
        ("rate", "rate"),
        ("reply_within_days", "reply"),
        ("revisions", "revisions"),
        ("needed_by", "needed"),
    ):
        if name in left:
            sum_of = f"{code}" if short in ("sum", "price", "rate") else ""
            said.append(f"{short}={sum_of}{left.pop(name)}")
    said += [f"{name}={str(value).replace(' ', '_')}" for name, value in left.items()]
    if code and not any(fact.startswith(("sum", "price", "rate")) for fact in said):
        said.append(f"cur={code}")
    if "email" in data:
        said.append(f"mail={data['email']}")
    return " ".join(said)


def test_the_table_has_every_kind_and_is_long_enough() -> None:
    kinds = {row.kind for row in ROWS} | {"client", "amendment"}
    assert len(ROWS) >= 200
    own = {"exception", "interest", "fixed-sum", "outcome", "partial-answer", "welcome"}
    own |= {"recommends", "refund"}  # nothing is in the favour of anybody here
    assert KINDS.keys() - kinds <= own
    assert len({ids(row) for row in ROWS}) == len(ROWS)
