"""`docket log --eml`: mails from a file or a pipe become entries with themselves as exhibits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.entries import Entry
from store.journal import verify_file
from store.workspace import Workspace
from tests.drafted import drafted
from tests.tui.cli.conftest import Cli, command, environment

HEAD = (
    b"From: Ann <ann@acme.example>\nTo: Robin <me@studio.example>\n"
    b"Date: Thu, 05 Mar 2026 14:05:09 +0100\n"
)
MAIL = HEAD + b"Subject: Your invoice\n\nKeep going, I will pay you eventually.\n"
SENT = (
    b"From: Robin <me@studio.example>\nTo: Ann <ann@acme.example>\n"
    b"Date: Fri, 06 Mar 2026 09:00:00 +0000\nSubject: Re: Your invoice\n\nNo.\n"
)
BETWEEN = b"From - Thu Mar  5 14:05:09 2026\n"


@pytest.fixture
def ann(acme: Cli) -> Cli:
    """A command line on a workspace whose client acme writes from ann@acme.example."""
    acme.ok("amend", "acme#1", "--set", "email=Ann@acme.example", "--reason", "found it")
    return acme


@pytest.fixture
def eml(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL)
    return path


def last(cli: Cli, client: str = "acme") -> Entry:
    return Workspace.open(cli.root).entries(client)[-1]


def count(cli: Cli) -> int:
    return len(Workspace.open(cli.root).entries("acme"))


def test_a_mail_becomes_a_message_with_itself_as_exhibit(ann: Cli, eml: Path) -> None:
    out = ann.ok("log", "acme", "--eml", str(eml))
    assert out.startswith("acme#4 message, occurred 5 Mar 2026 ")
    assert "Acme Media: Mail from Ann <ann@acme.example>: Your invoice" in out
    entry = last(ann)
    assert entry.occurred_at.timestamp() == 1772715909
    assert (entry.kind, entry.source, entry.channel) == ("message", "message", "email")
    assert entry.precision == "minute"
    assert [(one.text, one.by) for one in entry.quotes] == [
        ("Keep going, I will pay you eventually.", "Ann")
    ]
    exhibit = entry.exhibits[0]
    assert exhibit.name == "2026-03-05 Your invoice.eml"
    assert exhibit.obtained == "the mail itself, with all its headers"
    assert (ann.root / "exhibits" / exhibit.sha256).read_bytes() == MAIL
    assert verify_file(ann.root / "clients" / "acme.jsonl").ok


def test_kind_text_and_options_go_before_what_the_mail_says(ann: Cli, eml: Path) -> None:
    ann.ok(
        *("log", "acme", "pay-later", "Asked to go on", "--severity", "3", "--eml", str(eml)),
        *("--on", "2026-03-07 10:00", "--quote", "sure", "--visibility", "settlement"),
        *("--channel", "letter"),
    )
    entry = last(ann)
    assert (entry.kind, entry.statement) == ("pay-later", "Asked to go on")
    assert (entry.occurred_at.day, entry.visibility, entry.channel) == (7, "settlement", "letter")
    assert entry.data.model_dump()["severity"] == 3
    assert [one.text for one in entry.quotes] == ["sure", "Keep going, I will pay you eventually."]


def test_the_client_is_found_by_the_senders_address_or_a_recipients(ann: Cli, eml: Path) -> None:
    ann.ok("new", "Bolt & Co", "--id", "bolt", "--email", "jo@bolt.example")
    ann.ok("log", "--eml", str(eml))
    ann.ok("log", "@", "reminder", "--eml", "-", stdin=SENT)
    entry = last(ann)
    assert (entry.seq, entry.kind) == (5, "reminder")
    assert entry.statement == "Mail to Ann <ann@acme.example>: Re: Your invoice"
    assert entry.quotes[0].by == "me"


def test_a_kind_where_the_client_belongs_is_explained(ann: Cli, eml: Path) -> None:
    result = ann("log", "pay-later", "--eml", str(eml))
    assert result.status == 2
    assert "docket log @ pay-later --eml FILE" in result.err


def test_nobody_or_several_are_refused_with_who_it_is_from(acme: Cli, eml: Path) -> None:
    before = acme.files()
    result = acme("log", "--eml", str(eml))
    assert result.status == 2
    assert "No client has an address of this mail from Ann <ann@acme.example>" in result.err
    assert "docket log CLIENT --eml FILE" in result.err
    assert acme.files() == before
    for client in ("one", "two"):
        acme.ok("new", client, "--email", "ann@acme.example")
    result = acme("log", "--eml", str(eml))
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "fits several clients: one, two" in result.err


def test_a_sender_unknown_to_the_client_is_quoted_by_name(acme: Cli) -> None:
    acme.ok("log", "acme", "--eml", "-", stdin=MAIL)
    assert last(acme).quotes[0].by == "Ann <ann@acme.example>"


def test_a_mail_is_logged_once(ann: Cli, eml: Path) -> None:
    ann.ok("log", "acme", "--eml", str(eml))
    again = ann("log", "acme", "--eml", "-", stdin=BETWEEN + MAIL)
    assert (again.status, again.out) == (0, "")
    assert again.err.splitlines()[0] == "On the docket already, so not logged again: acme#4."
    assert "`docket move CLIENT#N --kind KIND --reason WHY`" in again.err
    assert count(ann) == 4
    ann.ok("void", "acme#4", "--reason", "wrong kind")
    ann.ok("log", "acme", "pay-later", "--eml", str(eml))
    assert last(ann).kind == "pay-later"


def mbox(*mails: bytes) -> bytes:
    return b"\n".join(BETWEEN + mail for mail in mails)


def test_an_mbox_is_logged_in_order_of_date_each_mail_once(ann: Cli, tmp_path: Path) -> None:
    early = MAIL.replace(b"05 Mar", b"02 Mar").replace(b"Keep", b">From now on keep")
    file = tmp_path / "all.mbox"
    file.write_bytes(mbox(SENT, MAIL, early, MAIL))
    result = ann("log", "--eml", str(file))
    assert result.status == 0
    assert result.err.splitlines() == [
        "Logged as a message: give it a kind if it is one (disputed, promise, complaint ...), "
        "as in `docket move acme#6 --kind complaint --reason WHY`.",
        "1 mail stood there twice, and counted once.",
    ]
    entries = Workspace.open(ann.root).entries("acme")[3:]
    assert [entry.occurred_at.day for entry in entries] == [2, 5, 6]
    assert entries[0].quotes[0].text.startswith("From now on keep")
    hashes = {entry.exhibits[0].sha256 for entry in entries}
    kept = {(ann.root / "exhibits" / one).read_bytes() for one in hashes}
    assert kept == {SENT, MAIL, early.replace(b">From", b"From")}
    again = ann("log", "--eml", "-", stdin=mbox(MAIL, early))
    assert "On the docket already, so not logged again: acme#4, acme#5.\n" in again.err


def test_one_bad_mail_in_an_mbox_and_nothing_is_logged(ann: Cli) -> None:
    before = ann.files()
    for bad in (b"Subject: x\n\ny\n", MAIL.replace(b"2026", b"2999"), MAIL.replace(b"Date", b"X")):
        result = ann("log", "acme", "--eml", "-", stdin=mbox(MAIL, bad))
        assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
        assert ann.files() == before


def test_what_is_said_of_one_mail_is_refused_for_several(ann: Cli) -> None:
    for words in (["note", "a text"], ["--on", "yesterday"], ["--hours", "1"], ["--quote", "x"]):
        result = ann("log", "acme", *words, "--eml", "-", stdin=mbox(MAIL, SENT))
        assert result.status == 2
        assert "holds several mails" in result.err
    ann.ok("log", "acme", "complaint", "--severity", "2", "--eml", "-", stdin=mbox(MAIL, SENT))
    assert count(ann) == 5


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (b"", "has no date that can be read: there is no Date in it"),
        (b"Date: soon\x1b[2J\n", "its Date says 'soon'"),
        (
            b"Date: Thu, 05 Mar 2998 14:05:09 +0100\n",
            "is dated 5 Mar 2998 14:05: that has not come",
        ),
    ],
)
def test_a_date_that_cannot_be_is_refused_unless_on_says_it(
    ann: Cli, date: bytes, said: str
) -> None:
    raw = b"From: Ann <ann@acme.example>\n" + date + b"Subject: x\n\ny\n"
    result = ann("log", "acme", "--eml", "-", stdin=raw)
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert said in result.err
    assert "Say when it came with --on" in result.err
    assert not (ann.root / "exhibits").exists()
    ann.ok("log", "acme", "--eml", "-", "--on", "2026-03-04", stdin=raw)
    assert last(ann).exhibits[0].name == "2026-03-04 x.eml"


@pytest.mark.parametrize(
    ("words", "stdin", "status", "said"),
    [
        (["--eml", "/nowhere.eml"], b"", 2, "There is no file /nowhere.eml"),
        (["--eml", "/"], b"", 2, "There is no mail in /: no file ends in .eml"),
        (["--eml", "a\x00b"], b"", 1, "cannot be read"),
        (["--eml", "-"], b"", 2, "Standard input is no mail: it is empty"),
        (["--eml", "-"], b"hello\n", 2, "it does not say who it is from"),
        (["note", "-", "--eml", "-"], MAIL, 2, "cannot both be read from standard input"),
        (["invoice", "--eml", "-"], MAIL, 2, "Invoice has a verb of its own"),
        (["note", "--severity", "2", "--eml", "-"], MAIL, 2, "note has no severity"),
        (["--obtained", "x", "--eml", "-"], MAIL, 2, "No file is attached"),
        (["--attach", "/nowhere.pdf", "--eml", "-"], MAIL, 2, "There is no file"),
        (["note", "x", "--dry-run"], b"", 2, "--eml FILE is required"),
        ([], b"", 2, "[KIND] TEXT is required"),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_written(
    ann: Cli, words: list[str], stdin: bytes, status: int, said: str
) -> None:
    before = ann.files()
    result = ann("log", "acme", *words, stdin=stdin)
    assert (result.status, result.out, result.err.count("\n")) == (status, "", 1), result
    assert said in result.err
    assert ann.files() == before


def test_a_file_beside_the_mail_is_an_exhibit_too(ann: Cli, eml: Path, tmp_path: Path) -> None:
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    ann.ok("log", "acme", "--eml", str(eml), "--attach", str(tmp_path / "d.pdf"))
    assert [one.name for one in last(ann).exhibits] == ["2026-03-05 Your invoice.eml", "d.pdf"]


def test_a_dry_run_shows_and_writes_nothing(ann: Cli, eml: Path) -> None:
    before = ann.files()
    out = ann.ok("log", "acme", "pay-later", "--eml", str(eml), "--dry-run")
    assert out.splitlines()[1:] == [
        "  Mail from Ann <ann@acme.example>: Your invoice",
        "  Ann wrote: Keep going, I will pay you eventually.",
        f"  exhibit: 2026-03-05 Your invoice.eml, {len(MAIL)} bytes",
    ]
    shown = ann("log", "--eml", str(eml), "--dry-run", "--json").json
    assert shown["already"] == []
    assert shown["proposed"][0]["exhibits"][0]["size"] == len(MAIL)
    assert ann.files() == before
    done = ann("log", "--eml", str(eml), "--json").json
    told = shown["proposed"][0]
    assert done["logged"][0]["exhibits"][0]["sha256"] == told["exhibits"][0]["sha256"]
    assert all(done["logged"][0][name] == told[name] for name in told if name != "exhibits")


def test_a_mail_of_mine_is_shown_as_mine(ann: Cli) -> None:
    out = ann.ok("log", "acme", "--eml", "-", "--dry-run", stdin=SENT)
    assert "  I wrote: No.\n" in out


def test_earlier_mail_below_is_not_quoted_as_theirs(ann: Cli) -> None:
    below = b"\nAm 05.03.2026 um 14:05 schrieb Robin:\n> Here is spread 7\n"
    ann.ok("log", "acme", "--eml", "-", stdin=MAIL + below)
    entry = last(ann)
    assert [one.text for one in entry.quotes] == ["Keep going, I will pay you eventually."]
    assert entry.statement.endswith("Earlier mail below it is in the file.")
    assert b"Here is spread 7" in (ann.root / "exhibits" / entry.exhibits[0].sha256).read_bytes()


def test_attachments_are_named_and_the_custody_of_the_mail_is_kept(ann: Cli, eml: Path) -> None:
    eml.write_bytes(
        HEAD
        + b"Subject: =?utf-8?q?Fizet=C3=A9s?= / now\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: text/html\n\n<p>Words</p>\n--b\n"
        + b"Content-Type: application/pdf; name=x.pdf\n\n"
        + b"%PDF" * 500
        + b"\n--b--\n"
    )
    ann.ok("log", "acme", "--eml", str(eml))
    entry = last(ann)
    assert entry.statement == (
        "Mail from Ann <ann@acme.example>: Fizetés / now\n"
        "Attached: x.pdf (2 kB).\nIt is HTML only: quoted is its text."
    )
    assert entry.exhibits[0].name == "2026-03-05 Fizetés - now.eml"
    assert os.path.realpath(eml) in (ann.root / "clients" / "acme.custody").read_text("utf-8")


def test_no_escape_sequence_of_a_mail_reaches_the_terminal(ann: Cli) -> None:
    raw = (
        HEAD.replace(b"Ann", b"A\x1b]0;x\x07nn")
        + b"Subject: \x1b[31mred\x9b2J\n\n\x1b[2J\x07gone\n"
    )
    for words in (["--dry-run"], ["--dry-run", "--json"], []):
        result = ann.real("log", "acme", "--eml", "-", *words, stdin=raw)
        assert result.status == 0
        assert not set(result.out + result.err) & set("\x1b\x07\x9b")
    assert not set(ann.ok("show", "acme#4")) & set("\x1b\x07\x9b")


def test_what_was_typed_is_kept_if_it_cannot_be_written(
    ann: Cli, eml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ann.root / "exhibits").write_bytes(b"in the way")
    result = ann("log", "acme", "pay-later", "my own words", "--eml", str(eml))
    assert result.status == 1
    assert "/drafts/unsent.acme." in result.err
    assert drafted(Workspace.open(ann.root), "unsent", "acme")[0].startswith("my own words")


_PEAK = """
import resource, sys
from tui.__main__ import main
status = main(sys.argv[1:])
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(status)
"""


def peak(cli: Cli, megabytes: int) -> int:
    """Return the most memory, in kB, that logging a mail of that size took."""
    part = HEAD + b"Subject: %d\nContent-Type: multipart/mixed; boundary=b\n\n" % megabytes
    part += b"--b\n\nSee the file\n--b\nContent-Type: video/mp4; name=x.mp4\n"
    part += b"Content-Transfer-Encoding: base64\n\n" + b"QUJD" * 19 + b"\n"
    path = cli.root.parent / f"{megabytes}.eml"
    with path.open("wb") as file:
        file.write(part)
        for _ in range(megabytes):
            file.write((b"QUJD" * 19 + b"\n") * 13_000)
        file.write(b"--b--\n")
    with path.open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, *command(cli.root, ["log", "acme", "--eml", "-"])[3:]],
            stdin=file,
            capture_output=True,
            env=environment(),
            check=True,
            timeout=100,
        )
    return int(done.stdout.split()[-1])


@pytest.mark.slow
def test_fifty_megabytes_are_logged_in_the_memory_of_one(ann: Cli) -> None:
    small, big = peak(ann, 1), peak(ann, 50)
    assert big < small + 4_000, (small, big)
    entry = last(ann)
    assert entry.statement.endswith("Attached: x.mp4 (37.1 MB).")
    assert entry.exhibits[0].size > 50_000_000
    assert json.loads(ann.ok("show", "acme", "--json"))


def test_help_says_how(ann: Cli) -> None:
    out = ann.ok("log", "--help")
    assert "--eml FILE" in out
    assert "--dry-run" in out
