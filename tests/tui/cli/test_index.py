"""The index: all that is derived can be lost, answers nothing by itself, and goes with a client."""

from __future__ import annotations

import shutil

import pytest

from store.places import Places
from tests.tui.cli.conftest import Cli

ASKED = (
    ("clients",),
    ("clients", "--json"),
    ("portfolio", "--json"),
    ("show", "Acme M"),
    ("show", "bol", "--json"),
    ("decide", "acme", "--json"),
    ("verify", "--json"),
    ("verify", "acme"),
    ("doctor",),
    ("completion", "bash"),
)


@pytest.fixture
def kept(acme: Cli) -> Cli:
    """A command line on two clients about whom everything derived is kept."""
    acme.patch.setattr("store.index.names._SMALL", 1)
    acme.ok("new", "Bolt & Co", "--id", "bolt")
    for client in ("acme", "bolt"):
        acme.ok("log", client, "late-payment", "still nothing")
        acme.ok("checkin", client, "--dread", "7")
        acme.ok("anchor", client)
    acme.ok("clients")
    acme.ok("show", "Acme M")
    acme.ok("verify")
    return acme


def index(cli: Cli) -> dict[str, bytes]:
    """Return what the index holds, by the names of its files."""
    places = Places(cli.root)
    return {
        path.name: path.read_bytes()
        for folder in (places.index, places.checks)
        for path in folder.glob("*")
    }


def test_without_it_everything_is_answered_alike(kept: Cli) -> None:
    assert index(kept).keys() == {"names.json", "summaries.json", "acme.json", "bolt.json"}
    for words in ASKED:
        answered = kept(*words)
        for folder in (Places(kept.root).index, Places(kept.root).checks):
            shutil.rmtree(folder, ignore_errors=True)
        assert kept(*words) == answered, words
    kept.ok("clients")
    kept.ok("show", "Acme M")
    kept.ok("verify")
    assert index(kept).keys() == {"names.json", "summaries.json", "acme.json", "bolt.json"}


def test_erasing_a_client_leaves_no_byte_of_it(kept: Cli) -> None:
    assert any(b"acme" in raw for raw in index(kept).values())
    kept.ok("erase", "acme", "--yes-erase", "acme")
    assert index(kept).keys() == {"bolt.json"}
    kept.ok("clients")
    kept.ok("show", "bol")
    for name, raw in index(kept).items():
        assert b"acme" not in raw.lower(), name


def test_the_doctor_names_a_last_check_whose_docket_is_gone(kept: Cli) -> None:
    shutil.rmtree(Places(kept.root).anchors)
    Places(kept.root).docket("acme").unlink()
    said = kept("doctor").out
    assert "The docket of acme is gone, and its last check is left" in said
    assert "checked/acme.json" in said and "bolt.json" not in said
