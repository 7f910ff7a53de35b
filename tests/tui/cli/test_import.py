"""`docket import`: good lines logged in order, bad ones named, all or nothing with --strict."""

from __future__ import annotations

import json
import resource
from pathlib import Path
from typing import Any

from store.entries import InvoiceData
from store.entries.schema import import_schema
from store.evidence.custody import Custody
from store.journal import verify_file
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli
from tui.cli.importing import MOST_TOLD


def line(kind: str = "thanks", statement: str = "x", client: str = "acme", **fields: Any) -> str:
    """Return one line to import."""
    base = {"client": client, "kind": kind, "occurred_at": "2026-01-05", "statement": statement}
    return json.dumps(base | fields, ensure_ascii=False)


def write(tmp_path: Path, *lines: str) -> str:
    """Write `lines` to a file and return its name."""
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


INVOICE = {"number": "A", "amount": "100", "currency": "EUR", "due": "2026-01-19"}
PAYMENT = {
    "amount": "40",
    "currency": "EUR",
    "for_invoices": [{"invoice": "A", "amount": "40"}],
}


def test_entries_keep_their_order_and_lean_on_each_other(acme: Cli, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        line(statement="قالوا شكرا"),
        line("invoice", data=INVOICE),
        line("payment", data=PAYMENT),
        line("note", "after"),
    )
    before = acme.files()
    assert acme.ok("import", file, "--dry-run") == f"{file}: 4 entries to log\n"
    assert acme.files() == before
    assert acme.ok("import", file) == f"{file}: 4 entries imported\n"
    docket = Workspace.open(acme.root).docket("acme")
    assert [e.kind for e in docket.entries[2:]] == ["thanks", "invoice", "payment", "note"]
    assert str(docket.ledger.open()[0].balance) == "EUR 60.00"
    assert verify_file(acme.root / "clients" / "acme.jsonl").ok


def test_bad_lines_are_named_and_the_others_logged(acme: Cli, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        line(),
        "nonsense\x1b[2J",
        line(client="nobody"),
        line("payment", data=PAYMENT),
        line("invoice", data=INVOICE | {"amount": 12.5}),
        line(occurred_at="2999-01-01"),
        line(statement="last"),
    )
    result = acme("import", file)
    assert (result.status, result.out) == (1, f"{file}: 2 entries imported\n")
    reasons = result.err.splitlines()
    assert [reason.removeprefix(f"{file}:").split(":")[0] for reason in reasons[:-1]] == [
        *("2", "3", "4", "5"),
        "6",
    ]
    assert "there is no client nobody" in reasons[1]
    assert "no invoice A" in reasons[2]
    assert "inexact" in reasons[3]
    assert "has not come yet" in reasons[4]
    assert reasons[-1].startswith("5 lines are not imported")
    assert "\x1b" not in result.err
    statements = [e.statement for e in Workspace.open(acme.root).entries("acme")]
    assert statements[2:] == ["x", "last"]


def test_of_many_invoices_only_those_said_twice_are_bad(acme: Cli, tmp_path: Path) -> None:
    numbers = [*range(40), 7, *range(40, 600), 599, 0]
    file = write(tmp_path, *(line("invoice", data=INVOICE | {"number": f"I{n}"}) for n in numbers))
    result = acme("import", file)
    assert (result.status, result.out) == (1, f"{file}: 600 entries imported\n")
    bad = [41, 602, 603]
    told = result.err.splitlines()[:-1]
    assert [reason.removeprefix(f"{file}:").split(":")[0] for reason in told] == list(map(str, bad))
    assert all("is on the docket already" in reason for reason in told)
    bills = Workspace.open(acme.root).docket("acme").kind("invoice")
    assert [e.data.number for e in bills if isinstance(e.data, InvoiceData)] == [
        f"I{n}" for n in range(600)
    ]


def test_a_note_that_claims_to_correct_is_a_bad_line(acme: Cli, tmp_path: Path) -> None:
    amends = [{"rel": "amends", "seq": 1}]
    file = write(tmp_path, line("note", links=amends), line(statement="last"))
    result = acme("import", file)
    assert (result.status, result.out) == (1, f"{file}: 1 entry imported\n")
    assert "kind note has no link 'amends'" in result.err


def test_strict_imports_all_or_nothing(acme: Cli, tmp_path: Path) -> None:
    before = acme.files()
    bad = write(tmp_path, line(), line("payment", data=PAYMENT), line("invoice", data=INVOICE))
    result = acme("import", "--strict", bad)
    assert (result.status, result.out) == (1, f"{bad}: 0 entries imported\n")
    assert f"{bad}:2: There is no invoice A" in result.err
    assert acme.files() == before
    good = write(tmp_path, line("invoice", data=INVOICE), line("payment", data=PAYMENT))
    acme.ok("import", "--strict", good)
    assert len(Workspace.open(acme.root).entries("acme")) == 4
    assert not list(acme.root.glob(".rehearsal*"))


def test_an_address_book_may_be_the_beginning(cli: Cli, tmp_path: Path) -> None:
    cli.root = tmp_path / "none yet"
    (tmp_path / "a.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Bolt\nEND:VCARD\n")
    assert "began bolt" in cli.ok("import", str(tmp_path / "a.vcf"), "--new-clients", "--yes")


def test_new_clients_are_begun_only_when_asked(acme: Cli, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        line(client="bolt"),
        line("client", client="sokha", data={"name": "សុខា"}),
        line(client="sokha"),
    )
    assert acme("import", file).status == 1
    assert acme("import", "--strict", "--new-clients", file).status == 0
    workspace = Workspace.open(acme.root)
    assert workspace.client_ids() == ["acme", "bolt", "sokha"]
    assert [e.kind for e in workspace.entries("bolt")] == ["client", "thanks"]
    assert [e.kind for e in workspace.entries("sokha")] == ["client", "thanks"]
    assert workspace.docket("sokha").name == "សុខា"


def test_what_only_the_journal_says_is_passed_over_and_told(acme: Cli, tmp_path: Path) -> None:
    file = write(tmp_path, line(seq=77, recorded_at="2001-01-01T00:00:00+00:00"))
    result = acme("import", file)
    assert "Passed over, as only the journal says it: recorded_at, seq." in result.err
    entry = Workspace.open(acme.root).entries("acme")[-1]
    assert entry.seq == 3
    assert entry.recorded_at.year > 2001


def test_an_exhibit_that_is_not_there_is_refused(acme: Cli, tmp_path: Path) -> None:
    exhibit = {"sha256": "0" * 64, "name": "mail.eml", "size": 3}
    result = acme("import", write(tmp_path, line(exhibits=[exhibit])))
    assert (result.status, "has the exhibit mail.eml" in result.err) == (1, True)


def test_an_exhibit_that_is_kept_already_gets_a_custody_line(acme: Cli, tmp_path: Path) -> None:
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    acme.ok("log", "acme", "note", "x", "--attach", str(tmp_path / "d.pdf"))
    workspace = Workspace.open(acme.root)
    kept = workspace.entries("acme")[-1].exhibits[0].model_dump(mode="json")
    lines = (line(exhibits=[kept]), line(), line("payment", data=PAYMENT), line(exhibits=[kept]))
    assert acme("import", write(tmp_path, *lines)).status == 1
    handled = [one for one in Custody(workspace, "acme").lines if one.act == "added"]
    assert [(one.entry, one.sha256) for one in handled] == [
        (seq, kept["sha256"]) for seq in (3, 4, 6)
    ]
    assert handled[1].where == "named in an import, kept here before"


def test_a_line_cannot_name_a_file_of_another_client(acme: Cli, tmp_path: Path) -> None:
    acme.ok("new", "Bolt")
    (tmp_path / "b.pdf").write_bytes(b"%PDF of bolt")
    acme.ok("log", "bolt", "note", "x", "--attach", str(tmp_path / "b.pdf"))
    kept = Workspace.open(acme.root).entries("bolt")[-1].exhibits[0].model_dump(mode="json")
    mine, theirs = line(exhibits=[kept], client="bolt"), line(exhibits=[kept])
    stranger = line(exhibits=[kept], client="third")
    resized = line(exhibits=[kept | {"size": 9}], client="bolt")
    file = write(tmp_path, mine, theirs, stranger, resized, mine)
    result = acme("import", "--new-clients", file)
    assert (result.status, result.out) == (1, f"{file}: 2 entries imported\n")
    reasons = [
        f"{file}:{n}: no entry of {c} has the exhibit b.pdf"
        for n, c in ((2, "acme"), (3, "third"), (4, "bolt"))
    ]
    assert result.err.splitlines()[:-1] == reasons
    assert "third" not in Workspace.open(acme.root).client_ids()
    assert acme("import", "--strict", write(tmp_path, mine, theirs)).out.endswith(
        ": 0 entries imported\n"
    )
    acme.ok("import", "--strict", write(tmp_path, mine))
    assert [len(one.exhibits) for one in Workspace.open(acme.root).entries("acme")] == [0, 0]
    assert [len(one.exhibits) for one in Workspace.open(acme.root).entries("bolt")] == [
        0,
        1,
        1,
        1,
        1,
    ]


def test_a_table_is_named_in_one_line_before_anything_is_logged(acme: Cli, tmp_path: Path) -> None:
    good, before = write(tmp_path, line()), acme.files()
    (tmp_path / "t.csv").write_text("2026-10-05;x;\n" * 5000)
    result = acme("import", good, str(tmp_path / "t.csv"))
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines() == [
        f"{tmp_path / 't.csv'} is no JSON Lines: it is a table (CSV). "
        "Say which columns have what: --column day=HEAD --column client=HEAD, and so on."
    ]
    assert acme.files() == before
    assert "it is a table (CSV)" in acme("import", "-", stdin=b"2026-10-05;x;\n" * 5000).err


def test_of_many_bad_lines_the_first_are_told_and_the_rest_counted(
    acme: Cli, tmp_path: Path
) -> None:
    file = write(tmp_path, line(), *("nonsense" for _ in range(5000)))
    told = acme("import", file).err.splitlines()
    assert len(told) == MOST_TOLD + 2
    assert told[-2] == f"{file}: and 4,980 more, to line 5,001; --json lists them all"
    assert len(acme("import", "--json", file).json[0]["bad"]) == 5000


def test_standard_input_and_json(acme: Cli) -> None:
    result = acme("import", "-", "--json", stdin=f"{line()}\n[]\n".encode())
    assert result.status == 1
    assert result.json == [
        {
            "file": "-",
            "imported": 1,
            "new_clients": [],
            "bad": [{"line": 2, "reason": "it is no JSON object"}],
        }
    ]


def test_a_missing_file_is_told_before_anything_is_logged(acme: Cli, tmp_path: Path) -> None:
    result = acme("import", write(tmp_path, line()), "/nowhere.jsonl")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert len(Workspace.open(acme.root).entries("acme")) == 2


def test_many_lines_at_once(acme: Cli, tmp_path: Path) -> None:
    acme.ok("import", write(tmp_path, *(line(statement=f"n{n}") for n in range(1203))))
    entries = Workspace.open(acme.root).entries("acme")
    assert [e.statement for e in entries[2:]] == [f"n{n}" for n in range(1203)]


def test_a_full_disk_says_how_far_it_came(acme: Cli, tmp_path: Path) -> None:
    file = write(tmp_path, *[line("note", statement="x" * 2_000)] * 600)

    def short() -> None:  # room for the first of the two batches
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_250_000, 1_250_000))

    result = acme.real("import", file, preexec_fn=short)
    logged = len(Workspace.open(acme.root).entries("acme")) - 2
    assert result.status == 1
    assert 0 < logged < 600
    assert f"{logged} lines imported before that (acme: up to line {logged})" in result.err
    assert f"`docket import --after acme:{logged} {file}`" in result.err
    assert "Traceback" not in result.err
    assert verify_file(acme.root / "clients" / "acme.jsonl").ok


def test_what_show_prints_can_be_imported(acme: Cli, tmp_path: Path) -> None:
    acme.ok("log", "acme", "abuse", "Shouted", "--severity", "2", "--hours", "1", "--quote", "you")
    (shown,) = acme("show", "acme#3", "--json").json
    known = import_schema()["properties"]
    again = json.dumps({name: value for name, value in shown.items() if name in known})
    acme.ok("import", write(tmp_path, again))
    first, second = Workspace.open(acme.root).entries("acme")[2:]
    assert (second.statement, second.data, second.quotes) == (
        *(first.statement, first.data),
        first.quotes,
    )


def test_schema_is_printed(cli: Cli) -> None:
    assert cli("schema").json == import_schema()


def test_a_file_from_elsewhere_is_shown_then_logged(acme: Cli, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("[2026-10-02 10:00] Ann: Well?\n[2026-10-02 10:01] Jo: Soon.\n", "utf-8")
    assert "Add --client" in acme("import", str(path)).err
    shown = acme("import", str(path), "--client", "acme", "--mine", "Jo")
    assert shown.status == 2
    assert "Chat with Ann: 2 messages." in shown.out
    assert "Add --yes to log it" in shown.err
    assert len(Workspace.open(acme.root).entries("acme")) == 2
    said = acme.ok("import", str(path), "--client", "acme", "--mine", "Jo", "--yes")
    assert said.endswith("chat.txt: 1 entry imported; the file is an exhibit\n")
    whole = json.loads(acme.ok("import", str(path), "--client", "acme", "--dry-run", "--json"))
    assert whole["passed"] == {"on the docket already": 1} or whole["entries"]
    assert "from chat.txt, row 1" in acme.ok("show", "acme#3")


def test_files_of_two_sorts_do_not_go_together(acme: Cli, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("[2026-10-02 10:00] Ann: Well?\n", "utf-8")
    result = acme("import", str(path), write(tmp_path, line()))
    assert (result.status, "not of one sort" in result.err) == (2, True)
