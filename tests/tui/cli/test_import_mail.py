"""`docket import` of a box of mails: each goes to its client, the others are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.intake.mbox import holds_mail
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli

INPUTS = Path(__file__).parents[2] / "store" / "intake" / "mails"
FOREIGN = Path(__file__).parents[2] / "store" / "intake"


def mail(sender: str, to: str = "jo@ek.example", day: int = 3, said: str = "words") -> bytes:
    """Return a mail of a day in March."""
    head = f"From: {sender}\nTo: {to}\nDate: Tue, {day:02} Mar 2026 10:00:00 +0000\n"
    return f"{head}Subject: {said.title()}\nMessage-ID: <{said}@x>\n\n{said}\n".encode()


def boxed(*mails: bytes) -> bytes:
    """Return mails one after another, as an mbox has them."""
    return b"".join(b"From x Tue Mar  3 10:00:00 2026\n" + one + b"\n" for one in mails)


@pytest.fixture
def studio(cli: Cli) -> Cli:
    """Return a command line with two clients, each with an address."""
    cli.ok("new", "Acme", "--id", "acme", "--email", "ann@acme.example")
    cli.ok("new", "Birch", "--id", "birch", "--email", "bo@birch.example")
    return cli


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Return an mbox of mails to and from both, of nobody, of both at once, and one twice."""
    file = tmp_path / "inbox.mbox"
    first = mail("Ann <ann@acme.example>", said="late")
    file.write_bytes(
        boxed(
            first,
            mail("Jo <jo@ek.example>", "bo@birch.example", 4, "asked"),
            mail("Spam <win@prize.example>", day=5, said="prize"),
            mail("Jo <jo@ek.example>", "ann@acme.example, bo@birch.example", 6, "both"),
            first,
            b"From: ann@acme.example\nSubject: undated\n\nwhen was this\n",
        )
    )
    return file


def test_each_mail_goes_to_its_client_and_the_others_are_counted(studio: Cli, box: Path) -> None:
    before = studio.files()
    shown = studio("import", str(box), "--dry-run")
    assert shown.status == 0
    assert "acme: 1 mail; 3 Mar 2026" in shown.out
    assert "birch: 1 mail; 4 Mar 2026" in shown.out
    for told in (
        "mail, 2 entries to log",
        "1 mail, from and to nobody whose address is on a docket",
        "1 mail, about several clients",
        "1 mail, in there twice",
        "1 mail, there is no Date in it",
        "win@prize.example (1 mail)",
    ):
        assert told in shown.err
    assert studio.files() == before
    refused = studio("import", str(box))
    assert "Add --yes to log it" in refused.err
    assert studio.files() == before
    assert "2 mails imported" in studio.ok("import", str(box), "--yes")
    workspace = Workspace.open(studio.root)
    (late,) = workspace.entries("acme")[1:]
    assert (late.kind, late.statement.splitlines()[0]) == (
        "message",
        "Mail from Ann <ann@acme.example>: Late",
    )
    assert [one.name for one in late.exhibits] == ["2026-03-03 Late.eml"]
    again = studio("import", str(box), "--yes")
    assert "3 mails, on the docket already" in again.err
    assert len(workspace.entries("birch")) == 2


def test_an_address_that_was_confirmed_is_known_in_the_next_box(
    studio: Cli, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.eml", tmp_path / "two.eml"
    one.write_bytes(mail("Ann <ann@home.example>", said="home"))
    two.write_bytes(mail("Ann <Ann@Home.example>", day=9, said="again"))
    assert "0 entries to log" in studio("import", str(one), "--yes").err
    studio.ok("import", str(one), "--called", "ann@home.example=acme", "--yes")
    assert "1 mail imported" in studio.ok("import", str(two), "--yes")


def test_all_of_a_folder_may_be_of_one_client_but_not_what_is_of_another(
    studio: Cli, tmp_path: Path
) -> None:
    (tmp_path / "box" / "cur").mkdir(parents=True)
    (tmp_path / "box" / "cur" / "1:2,S").write_bytes(mail("x@nobody.example", said="x"))
    (tmp_path / "box" / "cur" / "2:2,S").write_bytes(mail("bo@birch.example", said="y"))
    said = studio("import", str(tmp_path / "box"), "--client", "acme", "--yes", "--json").json
    assert said["imported"] == 1
    assert said["passed"] == {"of another client": 1}
    assert said["entries"][0]["client"] == "acme"


def test_a_mail_begins_no_docket_and_other_files_are_no_mail(studio: Cli, box: Path) -> None:
    assert "No docket is begun by a mail" in studio("import", str(box), "--new-clients").err
    assert all(map(holds_mail, INPUTS.iterdir()))
    others = (b"", b"BEGIN:VCARD\nVERSION:4.0\nFN:Ann\n", b"From: me\n", b'{"client": "a"}\n')
    for number, data in enumerate(others):
        file = box.parent / f"other-{number}"
        file.write_bytes(data)
        assert not holds_mail(file)
    assert not holds_mail(box.parent)
