"""What is given up on a dead line says nothing of its own: no traceback gets to standard error."""

from __future__ import annotations

import gc
import sys
from collections.abc import Generator

import psycopg
import pytest
from psycopg.waiting import Wait

from store.journal.server.address import ServerAddress
from store.journal.server.link import connect
from store.journal.server.patience import Patient
from tests.postgres import Server


def broken_off() -> Generator[Wait, object, None]:
    """Wait for an answer; end, as psycopg does, by sending something on a line that is gone."""
    try:
        yield Wait.R
    finally:
        raise psycopg.OperationalError("the connection is closed")


def test_what_waited_on_a_dead_line_ends_with_it(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    monkeypatch.setattr(Patient, "_lives", lambda _: False)
    base = connect(ServerAddress.parse(postgres.url()))
    with pytest.raises(psycopg.OperationalError, match="nothing comes back"):
        base.wait(broken_off())
    gc.collect()
    assert told == []
