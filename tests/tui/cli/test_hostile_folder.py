"""A workspace whose files were put there by somebody else: every verb says in one line what is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli

VERBS = [
    ["clients"],
    ["log", "acme", "note", "x"],
    ["show", "acme"],
    ["decide", "acme"],
    ["checkin", "acme", "3", "2"],
    ["doctor"],
    ["verify"],
    ["policy"],
]
FILES = [
    "config.toml",
    "workspace.json",
    "private.json",
    "clients/acme.jsonl",
    "clients/acme.custody",
    "checked/acme.json",
    "anchors/acme.jsonl",
]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(8 << 30)


def _lists(path: Path) -> None:
    path.write_bytes(b"a = " * (path.suffix == ".toml") + b"[" * 100_000)


def _tables(path: Path) -> None:
    path.write_bytes(b"a." * 50_000 + b"b = 1" if path.suffix == ".toml" else b'{"a":' * 100_000)


def _digits(path: Path) -> None:
    number = b"9" * 5000
    whole = b"target_rate = " + number if path.suffix == ".toml" else b'{"format": ' + number + b"}"
    path.write_bytes(whole + b"\n")


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 8)


SPOILED = [_pipe, _zeros, _folder, _sparse, _lists, _tables, _digits, _noise]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoil", SPOILED, ids=lambda one: one.__name__.strip("_"))
def test_no_file_put_in_place_of_ours_hangs_floods_or_crashes_a_verb(
    acme: Cli, name: str, spoil: Callable[[Path], None]
) -> None:
    acme.ok("log", "acme", "late-payment", "INV-1", "--on", "2026-01-02")
    acme.ok("checkin", "acme", "3", "2")
    acme.ok("clients")
    path = acme.root / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    spoil(path)
    for words in VERBS:
        result = acme(*words)
        said = f"docket {' '.join(words)} with {name}: {result.err}"
        assert result.status in (0, 1, 2, 3), said
        assert "bug in Docket" not in result.err, said
        assert "Traceback" not in result.err, said
        assert len(result.err) < 4000, said


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda one: one.__name__.strip("_"))
def test_what_is_kept_to_save_time_is_passed_over(acme: Cli, spoil: Callable[[Path], None]) -> None:
    before = acme.ok("clients")
    kept = [acme.root / "cache" / name for name in ("summaries.json", "names.json")]
    kept[0].parent.mkdir(exist_ok=True)
    for path in kept:
        path.unlink(missing_ok=True)
        spoil(path)
    assert acme("clients").out == before
    assert acme("log", "acme", "note", "x").status == 0


def test_a_private_file_of_a_newer_docket_keeps_nobody_from_logging(acme: Cli) -> None:
    path = acme.root / "private.json"
    path.write_bytes(b'{"format":4,"moods":{"1":{}}}')
    assert acme.ok("log", "acme", "thanks", "a lot").startswith("acme#3 ")
    for words in (("checkin", "acme", "--dread", "3"), ("checkin", "acme", "--list")):
        result = acme(*words)
        assert (result.status, result.err.count("\n")) == (1, 1)
        assert "was written by a newer Docket. Update Docket, then try again." in result.err
    assert path.read_bytes() == b'{"format":4,"moods":{"1":{}}}'
