"""The first picture, kept from the last time: it comes before the app, and is never trusted."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from store.index.rows import Rows
from store.workspace import Workspace
from tests.terminal.driver import Terminal
from tui.opening import KeptPicture, Opening

linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="it looks at threads")
pytestmark = linux
_OVER = 250
"""Bytes that are sent over a picture that was right: modes and questions."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of three clients, that was looked at and left."""
    made = Workspace.create(tmp_path / "ws")
    for name in ("Acme", "Bolt", "Cole"):
        client = name.lower()
        made.new_client(client, [made.draft(client, "client", data={"name": name})])
        made.log(made.draft(client, "note", f"{name} called."))
    keep(made.root)
    return made.root


def keep(root: Path, words: str = "Cole") -> None:
    """Leave until the picture is kept: a busy machine may not draw it while leaving waits."""
    for _ in range(20):
        leave(root)
        if words in Rows(root, "picture").kept.get("sent", "-"):
            return


def leave(root: Path, keys: str = "") -> None:
    with Terminal(root) as terminal:
        terminal.wait_for("Cole")
        terminal.settle()
        terminal.send(f"{keys}q")
        assert terminal.wait() == 0
        assert terminal.restored()


def kept(root: Path) -> str:
    """Return the picture that is kept as it comes out of a terminal's line."""
    sent: str = Rows(root, "picture").kept["sent"]
    return sent.replace("\n", "\r\n")


def test_it_is_shown_at_once_and_nothing_is_drawn_over_it(root: Path) -> None:
    leave(root, "j2")  # where one left it is not where one begins
    with Terminal(root) as terminal:
        terminal.settle()
        begun = terminal.screen
        assert terminal.raw.decode().startswith(f"\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J{kept(root)}")
        assert len(terminal.raw) - len(kept(root).encode()) < _OVER
        terminal.send("\x12")  # all of it anew
        terminal.settle()
        assert terminal.screen == begun
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.restored()


def test_what_was_logged_last_is_in_the_picture(root: Path) -> None:
    with Terminal(root) as terminal:
        terminal.wait_for("Cole")
        terminal.settle()
        terminal.send("nacme note Shown at once.\r")
        terminal.wait_for("#3 logged")
        terminal.settle()
        terminal.send("jq")
        terminal.wait()
    keep(root, "Shown at once.")
    assert "Shown at once." in kept(root)
    with Terminal(root) as terminal:
        terminal.settle()
        assert "Shown at once." in terminal.screen
        assert terminal.raw.decode().startswith(f"\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J{kept(root)}")


def test_what_changed_meanwhile_is_drawn_as_it_is(root: Path) -> None:
    made = Workspace.open(root)
    made.log(made.draft("acme", "note", "Behind its back."))
    with Terminal(root) as terminal:
        terminal.settle()
        assert "Behind its back." in terminal.screen
        assert kept(root) not in terminal.raw.decode()


def test_a_picture_that_is_wrong_is_drawn_over(root: Path) -> None:
    rows = Rows(root, "picture")
    rows.save(json.loads(json.dumps(rows.kept).replace("A", "X")))
    with Terminal(root) as terminal:
        terminal.settle()
        assert "Xcme called." in terminal.raw.decode()
        assert "Acme called." in terminal.screen
        assert "Xcme" not in terminal.screen


def test_a_picture_that_would_do_more_than_draw_is_not_shown(root: Path) -> None:
    rows = Rows(root, "picture")
    rows.save({**rows.kept, "sent": rows.kept["sent"] + "\x1b]52;c;aGk=\x07"})
    with Terminal(root) as terminal:
        terminal.settle()
        assert b"\x1b]52" not in terminal.raw
        assert "Acme called." in terminal.screen


def test_keys_typed_while_it_stands_go_where_they_were_meant(root: Path) -> None:
    with Terminal(root, cold=True) as terminal:
        terminal.wait_for("Acme called.")
        terminal.send("jj\rz")
        terminal.wait_for("zoomed")
        terminal.settle()
        assert "Cole called." in terminal.screen
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.restored()


def test_another_size_or_look_begins_without_it(root: Path) -> None:
    with Terminal(root, columns=100) as terminal:
        terminal.settle()
        assert "Acme called." in terminal.screen
        assert kept(root) not in terminal.raw.decode()


def test_an_app_that_cannot_start_gives_the_terminal_back(root: Path) -> None:
    (root / "workspace.json").write_text("{}")
    env = {"TERM": "xterm-256color", "DOCKET_WORKSPACE": str(root)}
    env |= {"LANG": os.environ["LANG"]} if "LANG" in os.environ else {}
    opening = Opening(root, env)
    rows = Rows(root, "picture").kept
    picture = KeptPicture(rows["sent"], rows["cells"], rows["looks"])
    opening.keep(opening.key(date.today(), (80, 24)), picture)
    with Terminal(root) as terminal:
        assert terminal.wait() == 1
        assert kept(root) in terminal.raw.decode()
        assert terminal.raw.rstrip().endswith(b".")
        assert b"\x1b[?1049l\x1b[?25h" in terminal.raw
        assert terminal.restored()
