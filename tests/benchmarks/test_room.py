"""What a docket takes of the memory, in bytes an entry: they are counted, so there is no luck."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import pytest

from store.decision import assess
from store.private.model import Private
from store.records import RecordOptions, write_record
from store.settings.config import Config
from store.workspace import Workspace
from tests.benchmarks.mixed import END, mixed_workspace

ENTRIES = 2_000
READ = 1_200
"""Bytes an entry that was read may take, with where it stands; its model takes 3,000."""
ASSESSED = 1_800
"""And with all that a verdict makes of the docket, at the most at any moment."""
RECORDED = 2_200
"""And while a record is written, which is made row by row; whole it would take 6,000 more."""


def test_an_entry_that_is_weighed_takes_little_room(tmp_path: Path) -> None:
    mixed_workspace(tmp_path / "warm", 100)
    _assessed(tmp_path / "warm")
    root = mixed_workspace(tmp_path / "long", ENTRIES).root
    tracemalloc.start()
    try:
        workspace = Workspace.open(root, clock=lambda: END)
        docket = workspace.docket("acme")
        assert len(docket.counted) > ENTRIES * 0.9
        read, _ = tracemalloc.get_traced_memory()
        assess(docket, Private(), Config())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (read / ENTRIES < READ, peak / ENTRIES < ASSESSED) == (True, True), (read, peak)


@pytest.mark.slow
def test_a_record_is_written_without_being_held(tmp_path: Path) -> None:
    options = RecordOptions("court", None, None, "Ann Berg")
    write_record(mixed_workspace(tmp_path / "warm", 100), "acme", options, tmp_path)
    long = mixed_workspace(tmp_path / "long", ENTRIES)
    tracemalloc.start()
    try:
        write_record(long, "acme", options, tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak / ENTRIES < RECORDED, peak


def test_a_docket_goes_with_its_last_use(tmp_path: Path) -> None:
    """The app looks for no garbage while it works: what goes in circles would pile up."""
    root = mixed_workspace(tmp_path / "acme", 100).root
    _assessed(root)
    gc.collect()
    gc.disable()
    try:
        _assessed(root)
        assert gc.collect() < 20
    finally:
        gc.enable()


def _assessed(root: Path) -> None:
    workspace = Workspace.open(root, clock=lambda: END)
    assess(workspace.docket("acme"), Private(), Config())
