"""What of `config.toml` is passed over is said once a run, and only a wrong value is refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.tui.cli.conftest import REPO, Cli, environment

PASSED = {
    "a setting": ("colour = 1", "colour: there is no such setting"),
    "a table": ("[colours]\nsky = 'blue'", "colours: there is no such table"),
    "a number": ("[policy]\ngone = 3", "policy.gone: there is no such number"),
    "a kind": ("[kinds]\ncomplaint = 'other'", "kinds.complaint: complaint is a kind of Docket's"),
    "an alias": ("[kinds]\noverdue = 'other'", "kinds.overdue: late-payment is a kind of Docket's"),
}
KEYS = {
    "an action": ("[keys]\nfly = 'f'", "keys.fly: there is no such action"),
    "a default": ("[keys]\nlog = 'd'", "keys.log: d is decide by default, and yours stands"),
}
WRONG = {
    "a value": ("currency = 'eur'", "currency: it is not three capital letters"),
    "no TOML": ("author =", "is not valid TOML"),
}
VERBS = {
    "log": ["log", "acme", "thanks", "Nice work"],
    "show": ["show", "acme"],
    "decide": ["decide", "acme"],
    "keys": ["keys", "--kinds"],
    "me": ["me"],
    "policy": ["policy"],
    "new": ["new", "Bolt"],
}


def set_to(cli: Cli, text: str) -> None:
    (cli.root / "config.toml").write_text(f"{text}\n", encoding="utf-8")
    (cli.root / "config.toml").chmod(0o600)


def said(err: str) -> list[str]:
    return [line for line in err.splitlines() if "config.toml" in line]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", PASSED)
def test_what_is_not_known_is_said_once_and_refuses_nothing(
    acme: Cli, verb: str, what: str
) -> None:
    text, words = PASSED[what]
    set_to(acme, text)
    result = acme(*VERBS[verb])
    assert result.status == 0
    (line,) = said(result.err)
    assert line.startswith(f"In config.toml, {words}")
    assert words not in result.out


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", KEYS)
def test_of_keys_nothing_is_said_where_none_is_pressed(acme: Cli, verb: str, what: str) -> None:
    set_to(acme, KEYS[what][0])
    result = acme(*VERBS[verb])
    assert (result.status, said(result.err)) == (0, [])


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_value_is_refused_by_all_but_log(acme: Cli, what: str) -> None:
    text, words = WRONG[what]
    set_to(acme, f"tax_id = 'GB 1'\n{text}")
    for verb in ("decide", "me", "policy", "new"):
        result = acme(*VERBS[verb])
        assert (result.status, result.out, result.err.count("\n")) == (1, "", 1), verb
        assert words in result.err
    result = acme(*VERBS["log"])
    assert (result.status, result.out.splitlines()[0][:17]) == (0, "acme#3 thanks, oc")
    (line,) = said(result.err)
    assert words in line


def test_log_says_what_is_wrong_and_what_is_not_known_on_one_line(acme: Cli) -> None:
    set_to(acme, "author = 'Ann'\ncurrency = 'eur'\ncolour = 1")
    result = acme(*VERBS["log"], "--amount", "3")
    assert result.status == 2  # thanks has no amount, and the line is said all the same
    (line,) = said(result.err)
    assert "currency: it is not three" in line and "colour: there is no such setting" in line


def test_what_is_right_beside_what_is_wrong_holds_for_log(acme: Cli) -> None:
    set_to(acme, "author = 'Ann'\ncurrency = 'eur'\n[kinds]\nseagull = 'micro-change'")
    acme.ok("log", "acme", "seagull", "Flew in")
    entry = Workspace.open(acme.root).entries("acme")[-1]
    assert (entry.author, entry.kind, entry.called) == ("Ann", "micro-change", "seagull")


def test_the_own_word_is_the_one_that_is_logged(acme: Cli) -> None:
    set_to(acme, PASSED["a kind"][0])
    acme.ok("log", "acme", "complaint", "About the colour")
    entry = Workspace.open(acme.root).entries("acme")[-1]
    assert (entry.kind, entry.called) == ("other", "complaint")


@pytest.mark.parametrize("what", [*PASSED, *KEYS, *WRONG])
def test_doctor_lists_it_and_says_it_once(acme: Cli, what: str) -> None:
    text, words = (PASSED | KEYS | WRONG)[what]
    set_to(acme, text)
    result = acme("doctor")
    assert (result.status, result.out.count(words), result.err.count(words)) == (1, 1, 0)
    assert [words in one["what"] for one in acme("doctor", "--json").json] == [True]


def test_a_new_setting_is_one_row(tmp_path: Path) -> None:
    """A row in a copy of the program is read, bounded, printed and written."""
    for folder in ("store", "tui"):
        shutil.copytree(REPO / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.pyc"))
    config = tmp_path / "store" / "settings" / "config.py"
    before = '    address: Annotated[str, rows.text(300, "your address"'
    row = '    greeting: Annotated[str, rows.text(9, "how letters begin", \'"Dear"\')] = ""\n'
    text = config.read_text(encoding="utf-8")
    assert text.count(before) == 1
    config.write_text(text.replace(before, row + before), encoding="utf-8")
    workspace = tmp_path / "w"

    def docket(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "--workspace", str(workspace), *words],
            capture_output=True,
            env=environment() | {"PYTHONPATH": str(tmp_path)},
            check=False,
            cwd=tmp_path,
        )
        return (done.stdout + done.stderr).decode()

    assert '# how letters begin\n# greeting = "Dear"\n' in docket("policy")
    workspace.mkdir()
    (workspace / "config.toml").write_text('greeting = "Hello"\n', encoding="utf-8")
    assert 'greeting = "Hello"' in docket("policy")
    assert '"greeting": "Hello"' in docket("policy", "--json")
    (workspace / "config.toml").write_text('greeting = "Good evening"\n', encoding="utf-8")
    assert "greeting: it is not a text of at most 9 characters" in docket("policy")


def test_the_keys_that_are_listed_are_those_in_force(cli: Cli) -> None:
    cli.ok("me", "Kari Nord")
    (cli.root / "config.toml").write_text("[keys]\nlog = 'd'\n", encoding="utf-8")
    keys = {row["id"]: row["keys"] for row in cli("keys", "--json").json}
    assert (keys["log"], keys["decide"]) == ("d", ": decide")
    (cli.root / "config.toml").write_text("[keys\n", encoding="utf-8")
    assert cli("keys", "--json").json[0]["keys"] == "n"
