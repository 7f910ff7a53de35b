"""Words of the user's own for kinds of incident: logged, listed, found, and never handed over."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.tui.cli.conftest import Cli

SAID = "Flew in, changed the headline"


@pytest.fixture
def own(acme: Cli) -> Cli:
    """A command line whose user says seagull for a micro-change."""
    text = '[kinds]\nseagull = "micro-change"\nsea-lion = "rework"\n'
    (acme.root / "config.toml").write_text(text, encoding="utf-8")
    return acme


def test_it_is_logged_as_the_kind_it_counts_as(own: Cli) -> None:
    first, second = own.ok("log", "acme", "seagull", SAID, "--severity", "2").splitlines()
    assert first.startswith("acme#3 seagull (micro change), occurred ")
    assert second == f"  Acme Media: {SAID}"
    entry = Workspace.open(own.root).entries("acme")[-1]
    assert (entry.kind, entry.called, entry.statement) == ("micro-change", "seagull", SAID)


def test_the_kinds_there_are_still_need_no_models(own: Cli) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the models were asked")

    own.patch.setattr(Workspace, "log", never)
    own.patch.setattr("store.workspace.parse_draft", never)
    assert "acme#3 micro-change, occurred" in own.ok("log", "acme", "micro-change", SAID)


def test_another_workspace_reads_it_all_the_same(own: Cli) -> None:
    own.ok("log", "acme", "Seagull", SAID)
    (own.root / "config.toml").unlink()
    assert own.ok("show", "acme#3").startswith("acme#3 seagull (micro change), ")
    assert "acme#3" in own.ok("show", "acme", "--kind", "micro-change")
    assert own("show", "acme", "--kind", "seagull").status == 2
    assert own("log", "acme", "seagull", SAID).status == 2


def test_show_finds_it_by_its_own_word_and_by_its_kind(own: Cli) -> None:
    own.ok("log", "acme", "seagull", SAID)
    own.ok("log", "acme", "micro-change", "The colour of a dot")

    def numbers(*words: str) -> list[int]:
        return [entry["seq"] for entry in own("show", "acme", *words, "--json").json]

    assert numbers("--kind", "seagull") == [3]
    assert numbers("--kind", "seag") == [3]
    assert numbers("--kind", "micro-change") == [3, 4]
    assert numbers("--find", "SEAGULL") == [3]
    several = own("show", "acme", "--kind", "sea")
    assert (several.status, "seagull or sea-lion" in several.err) == (2, True)


def test_a_slip_of_the_finger_names_it(own: Cli) -> None:
    for words in (["segull", SAID], ["sea-loin", "again"]):
        result = own("log", "acme", *words)
        assert result.status == 2
        assert "Did you mean sea" in result.err


def test_keys_and_completion_list_it(own: Cli) -> None:
    assert "counts as micro-change" in " ".join(own.ok("keys", "--kinds").split())
    listed = own("keys", "--kinds", "--json").json
    assert {"seagull", "sea-lion"} <= {row["kind"] for row in listed}
    for shell in ("bash", "zsh", "fish"):
        assert "seagull" in own.ok("completion", shell)


def test_a_wrong_config_keeps_no_shell_from_starting(own: Cli) -> None:
    (own.root / "config.toml").write_text("kinds = 1", encoding="utf-8")
    assert "micro-change" in own.ok("completion", "bash")
    assert own("keys", "--kinds").status == 1


def test_keys_and_completion_need_no_workspace(cli: Cli) -> None:
    assert "micro-change" in cli.ok("keys", "--kinds")
    assert "micro-change" in cli.ok("completion", "fish")


def test_import_takes_the_word_beside_the_kind_and_never_as_one(own: Cli, tmp_path: Path) -> None:
    line = {"client": "acme", "occurred_at": "2026-01-05", "statement": SAID}
    rows = [
        {**line, "kind": "micro-change", "called": "seagull"},
        {**line, "kind": "seagull"},
        {**line, "kind": "thanks", "called": "seagull"},
    ]
    file = tmp_path / "log.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = own("import", str(file))
    assert "'seagull' is not a kind of entry" in result.err
    assert "only an incident has a word of your own" in result.err
    entries = Workspace.open(own.root).entries("acme")
    assert [(one.kind, one.called) for one in entries[2:]] == [("micro-change", "seagull")]


def test_it_cannot_be_set_or_amended_by_the_way(own: Cli) -> None:
    own.ok("log", "acme", "seagull", SAID)
    assert own("log", "acme", "abuse", SAID, "--set", "called=crow").status == 2
    assert own("amend", "acme#3", "--set", "called=crow", "--reason", "x").status == 2


@pytest.mark.parametrize("purpose", ["court", "platform", "mediator", "own"])
def test_no_byte_of_a_record_holds_the_word(own: Cli, tmp_path: Path, purpose: str) -> None:
    own.ok("log", "acme", "seagull", SAID)
    own.ok("amend", "acme#3", "It was the headline and the colour", "--reason", "more of it")
    own.ok("record", "acme", "--for", purpose, "-o", str(tmp_path))
    (folder,) = tmp_path.glob("*_acme_dispute-record_*")
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        assert b"seagull" not in path.name.encode() + path.read_bytes().lower(), path
    document = next(path for path in files if path.suffix == ".md" and "acme" in path.name)
    assert "Withheld inside entry 3" in document.read_text(encoding="utf-8")
    own.ok("verify", str(folder))
    stranger = [sys.executable, str(folder / "verify.py")]
    assert subprocess.run(stranger, capture_output=True, check=False).returncode == 0
