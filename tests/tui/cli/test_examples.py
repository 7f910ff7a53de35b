"""Every example that `--help` gives works when it is pasted, on a workspace that fits it."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.store.anchors.owner import new_key
from tests.store.intake.foreign_files import TOGGL, WHATSAPP_ANDROID
from tests.tui.cli.conftest import Cli, Result
from tui.cli.run import run
from tui.cli.verbs import VERBS, load

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
IMPORTED = (
    '{"client": "acme", "kind": "thanks", "occurred_at": "2026-11-20", "statement": "Nice"}\n'
)
MAIL = "From: ann@acme.example\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n\nNot yet.\n"
FILES = ("d.pdf", "photo.png", "INV-43.pdf", "CN-2.pdf", "old-log.jsonl")
NUMBERED = [  # a request (3), a promise (9), a step (10), a delivery (11); amended: 7 and 12
    ["ask", "acme", "Logo files?"],
    *[["log", "acme", "note", f"Filler {seq}"] for seq in (4, 5, 6)],
    ["log", "acme", "non-payment", "The deposit", "--amount", "1200"],
    ["log", "acme", "late-payment", "INV-41 again"],
    ["promise", "acme", "The deposit", "--due", "+7d"],
    ["log", "acme", "my-apology", "For the delay"],
    ["deliver", "acme", "First draft"],
    ["log", "acme", "note", "Filler 12"],
]
BILLS = [
    ["invoice", "acme", "INV-42", "1200", "--issued", "2026-10-20"],
    ["invoice", "acme", "INV-43", "350.50"],
]
BEFORE = {
    "decisions": [["decide", "acme", "--choose", "keep"]],
    "handover": [["handover", "acme", "Domain", "--despite-debt"]],
    "move": [["new", "Bolt Ltd", "--id", "bolt"]],
    "exhibits": [["attach", "acme#12", "d.pdf"]],
    "pay": [["rate", "acme", "--fixed", "40", "--source", "Directive"]],
    "refund": [["pay", "acme", "2000"]],
    "returned": [["pay", "acme", "2000"]],
    "record": [
        ["log", "acme", "note", "Kari Holm sent a picture of the page"],
        ["attach", "acme#15", "photo.png"],
    ],
    "verify": [["record", "acme", "--for", "own", "-o", "records"]],
    "restore": [["backup", "docket-2026-11-22.zip"]],
    "unpack": [["pack", "acme", "-o", "acme.zip"]],
}


def examples() -> Iterator[tuple[str, str]]:
    """Yield every verb with each of its examples, rows that go on in the next one joined."""
    for name in sorted(VERBS.keys() - {"server"}):  # that needs one: test_server.py has its own
        joined = load(name).example.replace("|\n", "| ").strip()
        yield from ((name, row.strip()) for row in joined.splitlines())


def words_of(example: str) -> list[str]:
    """Return the words after `docket` that a shell would hand on."""
    lexer = shlex.shlex(example.removeprefix('eval "$(').removesuffix(')"'), posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words = [os.path.expanduser(word) for word in lexer]  # noqa: PTH111 - as a shell does
    if "|" in words and words.index("docket") > words.index("|"):
        words = words[words.index("|") + 1 :]
    ends = [words.index(sign) for sign in ("|", ">") if sign in words]
    assert words[0] == "docket"
    return words[1 : min(ends, default=len(words))]


class Shell:
    """Runs pasted examples in a folder of its own at a moment of its own."""

    def __init__(self, cli: Cli, folder: Path) -> None:
        self.cli = cli
        self.folder = folder

    def __call__(self, words: list[str], stdin: str = "") -> Result:
        """Run `docket words`; the app opens nothing."""
        self.cli.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        self.cli.capsys.readouterr()
        argv = ["--workspace", str(self.cli.root), *words]
        status = run(argv, open_app=lambda _: 0, clock=lambda: NOW)
        return Result(status, *self.cli.capsys.readouterr())

    def ok(self, words: list[str]) -> str:
        """Run `docket words`, which must succeed."""
        result = self(words)
        assert result.status == 0, (words, result)
        return result.out


@pytest.fixture
def shell(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in the folder that the examples take for granted."""
    folder = tmp_path / "here"
    folder.mkdir()
    (tmp_path / ".ssh").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.chdir(folder)
    for name in FILES:
        (folder / name).write_text(IMPORTED, "utf-8")
    (folder / "chat.txt").write_text(WHATSAPP_ANDROID, "utf-8")
    (folder / "toggl.csv").write_text(TOGGL, "utf-8")
    return Shell(cli, folder)


def prepare(shell: Shell, verb: str) -> None:
    """Make what an example of `verb` needs to be there."""
    shell.ok(["new", "Acme Media", "--id", "acme", "--terms", "net14", "--currency", "EUR"])
    for words in (*NUMBERED, *(() if verb == "invoice" else BILLS)):
        shell.ok(words)
    line = shell.ok(["anchor", "acme"])
    (shell.folder / "saved-mail.txt").write_text(line, "utf-8")
    (shell.folder / "mail.eml").write_text(MAIL, "utf-8")
    if verb == "drafts":
        for text in ("one", "two"):
            Workspace.open(shell.cli.root).drafts.add("unsent", text, "acme")
    for words in BEFORE.get(verb, ()):
        shell.ok(words)


@pytest.mark.parametrize(("verb", "example"), examples(), ids=lambda text: text[:60])
def test_every_example_works_when_it_is_pasted(shell: Shell, verb: str, example: str) -> None:
    if "--sign" in example:
        if not shutil.which("ssh-keygen"):
            pytest.skip("ssh-keygen is not installed")
        new_key(Path.home() / ".ssh" / "id_ed25519")
    if verb not in ("new", "demo"):
        prepare(shell, verb)
    pasted = example.replace("/media/stick", str(shell.folder))
    stdin = {"import": IMPORTED, "erase": "acme\n"}.get(verb, "x")
    result = shell(words_of(pasted), stdin)
    assert (result.status, result.err.count("Traceback")) == (0, 0), result


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        (["promise", "acme", "The rest", "--due", "30", "Nov"], '--due "30 Nov"'),
        (["log", "acme", "abuse", "Shouted", "--on", "yesterday", "14:30"], '"yesterday 14:30"'),
        (["log", "acme", "--on", "3d", "ago", "abuse", "Shouted"], '--on "3d ago"'),
        (["show", "acme", "--since", "1", "Nov"], '--since "1 Nov"'),
        (["record", "acme", "--for", "own", "-o", "x", "--until", "30", "Oct"], '"30 Oct"'),
        (["invoice", "acme", "7", "50", "--issued", "Oct", "20"], '--issued "Oct 20"'),
        (["promise", "acme", "The rest", "--due", "30"], "in quotes"),
        (["promise", "acme", "The rest", "--due", "in", "2", "weeks"], "in quotes"),
        (["log", "acme", "abuse", "--on", "about", "3", "Jan"], "in quotes"),
        (["show", "acme", "--until", "30"], "in quotes"),
    ],
)
def test_a_day_without_its_quotes_says_how_to_quote_it(
    acme: Cli, words: list[str], quoted: str
) -> None:
    before = acme.files()
    result = acme(*words)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert quoted in result.err
    assert acme.files() == before


def test_a_text_after_a_day_is_no_part_of_it(acme: Cli) -> None:
    acme.ok("promise", "acme", "--due", "fri", "March newsletter")
    acme.ok("log", "acme", "--on", "yesterday", "note", "10 pages")
    acme.ok("log", "acme", "note", "--", "--on", "3d", "ago")
    out = acme.ok("show", "acme")
    for said in ("March newsletter", "10 pages", "--on 3d ago"):
        assert said in out
