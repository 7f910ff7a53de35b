"""Signing with a key that has a passphrase: ssh-keygen gets the terminal, the app gets it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.records import verify_record
from store.workspace import Workspace
from tests.examples import swept
from tests.store.anchors.owner import needs_ssh_keygen, new_key
from tests.terminal.driver import Terminal

pytestmark = needs_ssh_keygen


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    new_key(tmp_path / "home" / ".ssh" / "id_ed25519", "open sesame")
    workspace = Workspace.create(tmp_path / "w")
    (workspace.root / "config.toml").write_text('author = "Ines Marek"\n', "utf-8")
    workspace.new_client("acme", [workspace.draft("acme", "client", data={"name": "Acme Media"})])
    workspace.log(workspace.draft("acme", "note", "They called."))
    return workspace


@contextmanager
def asked_for_the_passphrase(made: Workspace, out: Path) -> Iterator[Terminal]:
    """Open the record screen, choose the folder `out` and a signature, and write."""
    home = str(out.parent / "home")
    with Terminal(made.root, env={"HOME": home}) as terminal:
        terminal.wait_for("Acme Media")
        terminal.settle()
        terminal.send("x")
        terminal.wait_for("2 of 2 entries")
        for keys in ("f", "\t", "\t", "\t", "\x15", str(out), "\x1b"):
            terminal.send(keys)
            terminal.settle()
        terminal.send("S")
        terminal.wait_for("▸S my SSH signature")
        terminal.send("w")
        terminal.wait_for("Enter passphrase")
        terminal.settle()  # what asks reads now: a signal before it does would be forgotten
        yield terminal


def test_the_passphrase_is_asked_for_and_the_record_is_signed(
    made: Workspace, tmp_path: Path
) -> None:
    with asked_for_the_passphrase(made, tmp_path / "out") as terminal:
        assert "ssh-keygen may ask about your key." in terminal.screen
        terminal.send("open sesame\r")
        terminal.wait_for("Written and verified")
        assert "Record  Acme Media" in terminal.screen
        assert "sesame" not in terminal.screen
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.restored()
    (folder,) = (tmp_path / "out").iterdir()
    report = verify_record(folder)
    assert report.ok
    assert any(part.name == "signature" for part in report.parts)


@pytest.mark.parametrize("typed", swept(["\x03", "wrong\r"], 1))
def test_no_passphrase_writes_nothing_and_the_app_goes_on(
    made: Workspace, tmp_path: Path, typed: str
) -> None:
    with asked_for_the_passphrase(made, tmp_path / "out") as terminal:
        terminal.send(typed)
        terminal.wait_for("The manifest was not signed with")
        terminal.settle()
        terminal.send("S")
        terminal.settle()
        terminal.send("w")
        terminal.wait_for("Written and verified")
        terminal.send("q")
        assert terminal.wait() == 0
    (folder,) = (tmp_path / "out").iterdir()
    assert not (folder / "manifest.json.sig").exists()
