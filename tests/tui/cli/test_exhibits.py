"""`docket attach` and `docket exhibits`, and what `docket verify` finds of the exhibits."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli

PDF = b"%PDF the signed order"


@pytest.fixture
def order(acme: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A workspace with acme#3 late-payment, and order.pdf in the folder that is worked in."""
    monkeypatch.chdir(tmp_path)
    Path("order.pdf").write_bytes(PDF)
    acme.ok("log", "acme", "late-payment", "INV-1 is late")
    return acme


def kept(cli: Cli) -> Path:
    """Return the one exhibit there is."""
    (path,) = (cli.root / "exhibits").iterdir()
    return path


def test_a_file_is_added_to_an_entry_that_stays_as_it_was(order: Cli) -> None:
    before = order("show", "acme#3", "--json").json[0]
    said = order.ok("attach", "acme#3", "order.pdf", "--obtained", "mail from Jo")
    assert said.startswith("acme#4 addendum")
    assert "adds to #3; Exhibit added: order.pdf" in said
    after = order("show", "acme#3", "--json").json[0]
    labels = {hashlib.sha256(PDF).hexdigest(): "M-1"}
    assert after == {**before, "added_to_by": [4], "labels": labels}
    assert kept(order).read_bytes() == PDF
    shown = order.ok("show", "acme#3")
    assert "#4 adds: Exhibit added: order.pdf" in shown
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert f"exhibit M-1 order.pdf (21 bytes, mail from Jo), {sha256[:16]}…" in shown


def test_a_filter_chooses_by_the_entries(order: Cli) -> None:
    Path("a.txt").write_text("a")
    order.ok("attach", "acme#3", "order.pdf")
    order.ok("log", "acme", "note", "The order", "--attach", "a.txt")

    def places(*words: str) -> list[str]:
        return [one["place"] for one in order("exhibits", "acme", *words, "--json").json]

    assert places() == ["4", "5"]
    assert places("kind:late-payment") == places("INV-1") == ["4"]
    assert places("kind:note", "the order") == ["5"]
    assert places("has:file") == ["4", "5"]
    assert order("exhibits", "acme", "nowhere").err == "No exhibit fits.\n"
    assert order("exhibits", "acme", "kind:zzz").status == 2


def test_several_files_and_words_of_ones_own(order: Cli) -> None:
    names = [f"{name}.txt" for name in "abcd"]
    for name in names:
        Path(name).write_text(name)
    entry = order("attach", "acme#3", *names, "--json").json
    assert entry["statement"] == "Exhibit added: a.txt, b.txt, c.txt and 1 more"
    assert [one["name"] for one in entry["exhibits"]] == names
    entry = order("attach", "acme#3", "a.txt", "--note", "What they showed", "--json").json
    assert entry["statement"] == "What they showed"
    assert len(list((order.root / "exhibits").iterdir())) == 4


def test_a_conversion_points_to_its_original(order: Cli) -> None:
    order.ok("log", "acme", "note", "The order", "--attach", "order.pdf", "--obtained", "by post")
    Path("order.txt").write_text("the order")
    sha256 = hashlib.sha256(PDF).hexdigest()
    for number, origin in enumerate(("4", "#4", "acme#4", "AB-1", sha256[:10]), start=5):
        entry = order("attach", "acme#4", "order.txt", "--from", origin, "--json").json
        assert entry["seq"] == number
        assert entry["exhibits"][0]["derived_from"] == sha256
    result = order("attach", "acme#3", "order.txt", "--from", "99")
    assert (result.status, "No exhibit fits '99'" in result.err) == (2, True)


def test_what_cannot_be_attached_changes_nothing(order: Cli, tmp_path: Path) -> None:
    before = order.files()
    for words, reason in (
        (["attach", "acme#3", "order.pdf", "none.pdf"], "There is no file none.pdf"),
        (["attach", "acme#3", str(tmp_path)], "is not a file"),
        (["attach", "acme#99", "order.pdf"], "There is no entry acme#99"),
        (["attach", "acme", "order.pdf"], "names no entry"),
        (["attach", "acme#3"], "required: FILE"),
        (["log", "acme", "note", "x", "--obtained", "by post"], "No file is attached"),
    ):
        result = order(*words)
        assert (result.status, reason in result.err) == (2, True), result
    assert order.files() == before


def test_the_list_tells_what_is_kept_and_the_entry_who_handled_it(order: Cli) -> None:
    assert order("exhibits", "acme").err.startswith("acme has no exhibits.")
    order.ok("attach", "acme#3", "order.pdf", "--obtained", "mail from Jo")
    (row,) = order.ok("exhibits", "acme").splitlines()[1:]
    assert row.split("  ")[0] == "#4"
    assert row.split()[1:] == ["M-1", "order.pdf", "21", "kept", "1", "mail", "from", "Jo"]
    told = order.ok("exhibits", "acme#3")
    assert "custody 1: added with #4 " in told
    assert str(Path("order.pdf").resolve()) in told.replace("\n    ", "").replace(" from ", " ")
    (one,) = order("exhibits", "acme", "--json").json
    assert (one["place"], one["entry"], one["state"]) == ("4", 4, "kept")
    assert one["label"] == "M-1"
    assert "exhibit   M-1 order.pdf" in order.ok("show", "acme#3")
    assert "    exhibit M-1 order.pdf (" in order.ok("show", "acme")
    (shown,) = order("show", "acme#3", "--json").json
    assert shown["labels"] == {one["sha256"]: "M-1"}
    assert "exhibit M-1 in documents" in told
    assert [line["act"] for line in one["custody"]] == ["added"]
    kept(order).unlink()
    assert "missing" in order.ok("exhibits", "acme")


def test_a_copy_is_a_look_and_a_look_is_a_line(order: Cli) -> None:
    order.ok("attach", "acme#3", "order.pdf")
    assert order.ok("exhibits", "acme#4", "--to", "copy.pdf").startswith("copy.pdf: order.pdf, 21")
    assert Path("copy.pdf").read_bytes() == PDF
    again = order("exhibits", "acme#4", "--to", "copy.pdf")
    assert (again.status, "nothing is overwritten" in again.err) == (2, True)
    (one,) = order("exhibits", "acme#4", "--json").json
    assert [line["act"] for line in one["custody"]] == ["added", "looked"]
    assert one["custody"][1]["where"] == str(Path("copy.pdf").absolute())
    none = order("exhibits", "acme", "--to", "other.pdf")
    assert (none.status, "Which exhibit" in none.err) == (2, True)


def test_verify_reads_each_file_once_and_checks_custody(order: Cli) -> None:
    for _ in range(2):
        order.ok("attach", "acme#3", "order.pdf")
    order.ok("new", "Bolt", "--id", "bolt")
    order.ok("log", "bolt", "note", "Theirs too", "--attach", "order.pdf")
    said = order.ok("verify")
    assert "exhibits of acme: 2 of 2 as they were kept" in said
    assert "custody of acme: whole, 2 lines, head " in said
    assert "custody of bolt: whole, 1 line, head " in said
    assert "custody" not in order.ok("verify", "--quick")
    path = kept(order)
    away = order.root / "exhibits" / ".away.part"
    path.rename(away)
    for _ in range(2):
        result = order("verify", "acme")
        assert result.status == 3
        assert "exhibit order.pdf of acme#4: it is missing" in result.out
    away.rename(path)
    order.ok("verify")
    acts = [line["act"] for line in order("exhibits", "acme#4", "--json").json[0]["custody"]]
    assert acts == ["added", "added", "missing", "whole"]


def test_a_changed_custody_line_is_found_and_named(order: Cli) -> None:
    order.ok("attach", "acme#3", "order.pdf", "--obtained", "mail from Jo")
    custody = order.root / "clients" / "acme.custody"
    custody.write_bytes(custody.read_bytes().replace(b"mail from Jo", b"mail from Al"))
    result = order("verify")
    assert result.status == 3
    assert "custody of acme: NOT whole" in result.out
    assert "line 2: entry 1 was changed" in result.out
    assert "custody of acme" in order("verify", "--json").json["checked"][-1]["name"]


def test_a_name_that_would_drive_the_terminal_is_shown_harmless(order: Cli) -> None:
    hostile = "ev\u202eil\x1b[2J\x07|`.txt"
    Path(hostile).write_text("x")
    order.ok("attach", "acme#3", hostile, "--note", "a file")
    for words in (["exhibits", "acme"], ["exhibits", "acme#4"], ["show", "acme#3"], ["verify"]):
        out = order.ok(*words)
        assert not set("\x1b\x07\u202e") & set(out), words
    assert "ev<U+202E>il|`.txt" in order.ok("exhibits", "acme#4")
