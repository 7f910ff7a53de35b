"""Many mails at once, what comes of bad ones, the files that come with them, and their place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.tui.cli.conftest import Cli

INPUTS = Path(__file__).parents[2] / "store" / "intake" / "mails"
PDF = (
    b"From: Astrid Lund <ann@acme.example>\nDate: Thu, 05 Mar 2026 14:05:09 +0100\n"
    b"Subject: Bill\nContent-Type: multipart/mixed; boundary=b\n\n"
    b"--b\n\nWe will not pay EUR 680 of it.\n--b\nContent-Type: application/pdf; name=a.pdf\n"
    b"Content-Transfer-Encoding: base64\n\nJVBERi0x\n--b\nContent-Type: application/pdf\n"
    b"Content-Disposition: attachment\n\n%PDF-2\n--b--\n"
)


@pytest.fixture
def ann(cli: Cli) -> Cli:
    """Return a command line with a client whose mails come from two addresses."""
    cli.ok("new", "Acme", "--id", "acme", "--email", "ann@acme.example, client@example.com")
    return cli


def test_one_bad_mail_is_named_by_number_and_left_out_at_will(ann: Cli) -> None:
    file = str(INPUTS / "f10a-one-without-date.mbox")
    before = ann.files()
    refused = ann("log", "acme", "--eml", file)
    assert refused.status == 2
    assert "Mail 2 of " in refused.err
    assert "there is no Date in it" in refused.err
    assert "Leave it out with --skip 2, or all such with --skip-bad" in refused.err
    assert ann.files() == before
    shown = ann("log", "acme", "--eml", file, "--skip", "2", "--dry-run")
    assert shown.out.count("Mail from Ann") == 2
    done = ann("log", "acme", "--eml", file, "--skip-bad")
    assert "Left out: mail 2. " in done.err
    said = [entry.statement for entry in Workspace.open(ann.root).entries("acme")[-2:]]
    assert [line.splitlines()[0][-6:] for line in said] == ["Mail 1", "Mail 3"]


def test_one_without_a_sender_is_left_out_too_and_one_alone_takes_a_day(
    ann: Cli, tmp_path: Path
) -> None:
    between = b"From a Fri Oct  2 10:01:00 2026\n"
    box = tmp_path / "b.mbox"
    box.write_bytes(between + PDF + b"\n" + between + b"Subject: x\n\nwords\n")
    assert "it does not say who it is from" in ann("log", "acme", "--eml", str(box)).err
    ann.ok("log", "acme", "--eml", str(box), "--skip-bad")
    one = tmp_path / "one.eml"
    one.write_bytes(b"From: ann@acme.example\n\nwords\n")
    assert "Say when it came with --on" in ann("log", "acme", "--eml", str(one)).err
    ann.ok("log", "acme", "--eml", str(one), "--on", "2026-03-01")


def test_lines_that_may_begin_more_mails_are_told(ann: Cli, tmp_path: Path) -> None:
    between = b"From a Fri Oct  2 10:01:00 2026\n"
    box = tmp_path / "b.mbox"
    box.write_bytes(between + PDF + b"\n" + between + b"no headers here\n")
    said = ann("log", "acme", "--eml", str(box)).err
    assert "1 mail; 1 more line looks as if a mail began there" in said


def test_a_maildir_is_logged_mail_by_mail(ann: Cli, tmp_path: Path) -> None:
    (tmp_path / "box" / "cur").mkdir(parents=True)
    (tmp_path / "box" / "new").mkdir()
    (tmp_path / "box" / "cur" / "1.a:2,S").write_bytes(PDF)
    (tmp_path / "box" / "new" / "2.b").write_bytes(PDF.replace(b"680", b"780"))
    assert ann.ok("log", "acme", "--eml", str(tmp_path / "box")).count("acme#") == 2


def test_files_of_a_mail_are_exhibits_of_their_own_tied_to_it(ann: Cli, tmp_path: Path) -> None:
    file = tmp_path / "m.eml"
    file.write_bytes(PDF)
    ann.ok("log", "acme", "--eml", str(file))
    mail, first, second = Workspace.open(ann.root).entries("acme")[-1].exhibits
    assert (first.name, second.name) == ("a.pdf", "attachment.pdf")
    assert first.derived_from == second.derived_from == mail.sha256
    assert first.obtained == ("attached to the mail of Astrid Lund <ann@acme.example>, 2026-03-05")
    assert (ann.root / "exhibits" / first.sha256).read_bytes() == b"%PDF-1"
    assert (ann.root / "exhibits" / second.sha256).read_bytes() == b"%PDF-2"
    custody = (ann.root / "clients" / "acme.custody").read_text("utf-8")
    assert custody.count(f"in {mail.name}") == 2
    ann.ok("verify", "acme")
    again = PDF.replace(b"We will", b"We shall")
    file.write_bytes(again)
    ann.ok("log", "acme", "--eml", str(file))
    assert len(list((ann.root / "exhibits").iterdir())) == 4, "a file twice is kept once"


def test_the_words_of_a_mail_stand_in_every_record_under_their_name(
    ann: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "m.eml"
    file.write_bytes(PDF)
    said = ann("log", "acme", "--eml", str(file))
    assert "Logged as a message: give it a kind if it is one" in said.err
    for purpose in ("court", "platform", "mediator", "own"):
        out = tmp_path / purpose
        ann.ok("record", "acme", "--for", purpose, "-o", str(out))
        (record,) = (one for one in out.rglob("*.md") if "dispute-record" in one.name)
        text = record.read_text("utf-8")
        place = "## 6. What happened" if purpose == "platform" else "The other side's position\n"
        assert "We will not pay EUR 680 of it." in text.rsplit(place, 1)[1], purpose
        assert "Astrid Lund" in text
        assert "No words of the client on the matter are quoted." not in text


def test_a_mail_of_mine_is_not_their_word(ann: Cli, tmp_path: Path) -> None:
    file = tmp_path / "m.eml"
    file.write_bytes(
        PDF.replace(b"Astrid Lund <ann@acme.example>", b"me@studio.example\nTo: ann@acme.example")
    )
    ann.ok("log", "acme", "--eml", str(file))
    entry = Workspace.open(ann.root).entries("acme")[-1]
    assert (entry.kind, [one.by for one in entry.quotes]) == ("message", ["me"])


@pytest.mark.parametrize(
    ("words", "source"),
    [
        (["--channel", "email"], "message"),
        (["--channel", "chat"], "message"),
        (["--channel", "letter"], "message"),
        (["--channel", "platform"], "message"),
        (["--channel", "social"], "message"),
        (["--channel", "phone"], "witnessed"),
        (["--channel", "email", "--source", "told-by"], "told-by"),
        ([], "witnessed"),
    ],
)
def test_what_comes_in_writing_is_a_message(ann: Cli, words: list[str], source: str) -> None:
    ann.ok("log", "acme", "no-reply", "nothing on the logo", *words)
    assert Workspace.open(ann.root).entries("acme")[-1].source == source


def test_what_reads_mail_is_not_loaded_to_log(ann: Cli) -> None:
    said = (
        "import sys; from tui.__main__ import main; main(sys.argv[1:]); "
        "print(sorted({'lxml', 'webencodings', 'olefile', 'email'} & set(sys.modules)))"
    )
    words = ["--workspace", str(ann.root), "log", "acme", "note", "a call"]
    done = subprocess.run(
        [sys.executable, "-c", said, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n"), done.stdout
