"""Whatever is wrong ends as one line and the right status, with nothing written."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.drafted import drafted
from tests.tui.cli.conftest import Cli, command, environment

WRONG = [
    (["log", "nobody", "x"], 2, "No client fits 'nobody'"),
    (["log", "media", "x"], 2, "could be several clients"),
    (["log", "acme", "lat-paymnt", "x", "y"], 2, "is not a kind of entry"),
    (["log", "acme", "latte", "he said no"], 2, "is not a kind of entry"),
    (["log", "acme", "late-paymnt"], 2, "Did you mean late-payment"),
    (["log", "acme", "rep", "came by today"], 2, "is not a kind of entry"),
    (["log", "acme", "payment", "100"], 2, "docket pay"),
    (["log", "acme", "x", "--on", "2026-02-30"], 2, "not a day in the calendar"),
    (["log", "acme", "x", "--on", "tomorrow"], 2, "has not happened yet"),
    (["log", "acme", "x", "--on", "soonish"], 2, "not a date"),
    (["log", "acme", "note", "x", "--severity", "2"], 2, "note has no severity"),
    (["log", "acme", "abuse", "x", "--severity", "4"], 2, "say 1 (minor), 2 or 3"),
    (["log", "acme", "abuse", "x", "--severity", "high"], 2, "say 1 (minor), 2 or 3"),
    (["amend", "acme#3", "--reason", "r", "--severity", "high"], 2, "say 1 (minor), 2 or 3"),
    (["log", "acme", "terms", "--set", "payment=30days"], 2, "write net14 (14 days), net30eom"),
    (["log", "acme", "client", "New", "--set", "name=New"], 2, "docket amend acme#1 --set name="),
    (["log", "amce", "x"], 2, "Did you mean acme?"),
    (["show", "mutli media"], 2, "Did you mean multi?"),
    (["promise", "acme#3"], 2, "Add --kept, --broken or --released"),
    (["pay", "100", "--for", "INV-1=1200"], 2, "For example: docket pay acme 1200"),
    (["help", "recrod"], 2, "Perhaps `docket help record`"),
    (["log", "acme", "abuse", "x", "--hours", "-1"], 2, "not a number of hours"),
    (["log", "acme", "abuse", "x", "--set", "worst=yes"], 2, "abuse has no worst"),
    (["log", "acme", "abuse", "x", "--set", "hours=minus"], 2, "hours"),
    (["log", "acme", "x", "--attach", "/nowhere/file"], 2, "There is no file"),
    (["log", "acme", "x", "--attach", "/"], 2, "is not a file"),
    (["log", "acme", "x", "--attach", "/dev/null"], 2, "is not a file"),
    (["log", "acme", "x" * 100_001], 2, "too long"),
    (["log", "acme"], 2, "required"),
    (["log", "acme", "x", "--colour", "red"], 2, "unrecognized arguments"),
    (["log", "acme", "x", "--sev", "2"], 2, "unrecognized arguments"),
    (["hours", "acme", "-1"], 2, "not a number of hours"),
    (["hours", "acme", "0"], 2, "hours cannot be"),
    (["hours", "acme", "1", "--class", "rest"], 2, "invalid choice"),
    (["invoice", "acme", "1", "-5"], 2, "has a minus"),
    (["invoice", "acme", "1", "5", "--currency", "EURO"], 2, "not a currency"),
    (["invoice", "acme", "1", "5.005"], 2, "thousands or a fraction"),
    (["invoice", "acme", "INV-1", "5"], 2, "on the docket already"),
    (["invoice", "acme", "2", "5", "--due", "2020-01-01"], 2, "before it was issued"),
    (["invoice", "acme", " ", "5"], 2, "has no number"),
    (["pay", "acme", "5", "--currency", "USD", "--for", "INV-1"], 2, "never mixed"),
    (["pay", "acme", "5", "--for", "INV-9"], 2, "There is no invoice INV-9"),
    (["answer", "acme#1"], 2, "is not a request"),
    (["answer", "acme"], 2, "names no entry"),
    (["answer", "acme#99"], 2, "There is no entry acme#99"),
    (["promise", "acme", "x"], 2, "--due"),
    (["promise", "acme", "--due", "fri"], 2, "What was promised"),
    (["promise", "acme#1", "--kept"], 2, "is not a promise"),
    (["log", "acme", "remedy", "x", "--hours", "2"], 2, "docket hours acme 2 --class rework`"),
    (["log", "acme", "note", "x", "--hours", "0.5"], 2, "docket hours acme 0.5 --class rework`"),
    (["amend", "acme#1", "x"], 2, "--reason"),
    (["amend", "acme#3", "--reason", "r"], 2, "Nothing to amend"),
    (["amend", "acme#3", "--reason", "r", "--severity", "2"], 2, "invoice has no severity"),
    (["add", "acme#3"], 2, "Nothing to add"),
    (["void", "acme#0", "--reason", "r"], 2, "There is no entry"),
    (["void", "acme#3"], 2, "--reason"),
    (["checkin", "acme", "--dread", "11"], 2, "0 to 10"),
    (["checkin", "acme", "--dread", "high"], 2, "invalid int value"),
    (["checkin", "acme"], 2, "Nothing to check in"),
    (["new", "\x00\x1b[31m"], 2, "name is empty"),
    (["new", "Acme", "--id", "../up"], 2, "cannot be an id"),
    (["new", "Acme", "--id", "acme"], 2, "There is a client acme already"),
    (["new", "Acme", "--terms", "net"], 2, "no payment terms"),
    (["new", "Acme", "--revisions", "many"], 2, "no number of rounds"),
    (["show", "acme", "--kind", "zzz"], 2, "is not a kind"),
    (["show", "acme", "--since", "never"], 2, "not a date"),
    (["show", "acme#77"], 2, "There is no entry"),
    (["decide", "acme", "--as-of", "+3d"], 2, "has not come yet"),
    (["decide", "acme", "--why", "x"], 2, "--choose"),
    (["import", "/nowhere.jsonl"], 1, "cannot be read"),
    (["verify", "/nowhere/at/all"], 2, "There is nothing"),
    (["completion", "tcsh"], 2, "invalid choice"),
    (["record", "acme", "--for", "press", "-o", "x"], 2, "invalid choice"),
    (["recrod", "acme"], 2, "Perhaps `docket record`"),
    (["log", "acme\x1b]0;owned\x07", "x"], 2, "No client fits"),
]


@pytest.fixture
def busy(acme: Cli) -> Cli:
    """Two clients, and an invoice on one of them."""
    acme.ok("new", "Multi Media", "--id", "multi")
    acme.ok("invoice", "acme", "INV-1", "100")
    return acme


@pytest.mark.parametrize(("words", "status", "said"), WRONG, ids=lambda value: str(value)[:40])
def test_wrong_words_are_one_line_and_write_nothing(
    busy: Cli, words: list[str], status: int, said: str
) -> None:
    before = busy.files()
    result = busy(*words)
    assert result.status == status, result
    assert said in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""
    assert "\x1b" not in result.err
    assert "Traceback" not in result.err
    assert busy.files() == before


def test_without_a_workspace_each_verb_says_how_to_make_one(cli: Cli) -> None:
    result = cli("clients")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "docket new" in result.err
    assert not cli.root.exists()


def test_options_of_docket_itself(cli: Cli) -> None:
    assert cli("--colour").status == 2
    assert cli("--workspace").status == 2
    assert cli("--workspace=", "clients").status == 2
    assert cli("clients", "--workspace", "").status == 2


def test_a_newer_workspace_and_a_newer_docket_are_left_alone(acme: Cli) -> None:
    (acme.root / "workspace.json").write_text('{"format": 9}')
    result = acme("log", "acme", "x")
    assert (result.status, "Update Docket" in result.err) == (1, True)
    (acme.root / "workspace.json").write_text('{"format": 1}')
    path = acme.root / "clients" / "acme.jsonl"
    newer = path.read_bytes().replace(b'"format":1', b'"format":9', 1)
    path.write_bytes(newer)
    result = acme("log", "acme", "x")
    assert (result.status, "newer version" in result.err) == (1, True)
    assert path.read_bytes() == newer


def test_a_file_that_is_no_journal_is_left_alone(acme: Cli) -> None:
    path = acme.root / "clients" / "acme.jsonl"
    path.write_text("Dear diary\n")
    result = acme("log", "acme", "x y")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "is not a journal" in result.err
    assert path.read_text() == "Dear diary\n"


def test_a_workspace_that_cannot_be_read_is_named(acme: Cli) -> None:
    (acme.root / "workspace.json").unlink()
    (acme.root / "workspace.json").mkdir()
    result = acme("clients")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "cannot be read" in result.err


def test_a_broken_config_names_file_and_key(acme: Cli) -> None:
    (acme.root / "config.toml").write_text("currency = 'Eur'\n")
    for words, status in ((["decide", "acme"], 1), (["log", "acme", "x"], 0)):
        result = acme(*words)
        assert result.status == status
        assert "config.toml" in result.err
        assert "currency" in result.err


def _short_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))


def test_a_full_disk_keeps_what_was_typed_and_says_where(acme: Cli) -> None:
    path = acme.root / "clients" / "acme.jsonl"
    before = path.read_bytes()
    assert len(before) < 1500
    text = "They will pay eventually. " * 20
    result = acme.real("log", "acme", "pay-later", text, preexec_fn=_short_files)
    assert result.status == 1, result
    assert result.err.count("\n") == 1
    assert "file-size limit" in result.err
    assert "What you typed is kept in" in result.err
    assert path.read_bytes() == before
    assert [one.strip() for one in drafted(Workspace.open(acme.root), "unsent", "acme")] == [
        text.strip()
    ]


def test_a_client_that_cannot_be_written_is_not_begun(acme: Cli) -> None:
    before = acme.files()
    long = "street " * 120
    words = ("new", "Bolt", "--address", long, "--contract-name", long)
    result = acme.real(*words, preexec_fn=_short_files)
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert acme.files() == before


def test_what_cannot_be_kept_either_is_printed_back(acme: Cli) -> None:
    text = "They will pay eventually. " * 80
    result = acme.real("log", "acme", "pay-later", text, preexec_fn=_short_files)
    assert result.status == 1
    assert text.strip() in result.err
    assert "Traceback" not in result.err


def test_text_from_a_pipe_is_kept_when_it_is_refused(acme: Cli) -> None:
    result = acme("log", "acme", "note", "-", stdin=b"y" * 100_001)
    assert result.status == 2
    assert "What you typed is kept in" in result.err
    assert list(map(len, drafted(Workspace.open(acme.root), "unsent", "acme"))) == [100_001]


def test_a_second_unsent_text_does_not_bury_the_first(acme: Cli) -> None:
    for letter in (b"a", b"b"):
        acme("log", "acme", "note", "-", stdin=letter * 100_001)
    kept = Workspace.open(acme.root).drafts.kept("unsent", "acme")
    assert [one.text for one in kept] == ["a" * 100_001, "b" * 100_001]


def test_output_that_cannot_be_written_does_not_look_like_a_lost_entry(acme: Cli) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(acme.root, ["log", "acme", "thanks", "a lot"]),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 1
    assert b"What was to be logged is logged" in done.stderr
    assert b"Traceback" not in done.stderr
    assert Workspace.open(acme.root).entries("acme")[-1].kind == "thanks"
