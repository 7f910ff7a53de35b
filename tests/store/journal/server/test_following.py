"""A machine that follows has what others append within a second, and says when the line breaks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from store.journal.server.address import ServerAddress
from store.journal.server.schema import init
from store.journal.shared import Shared
from tests.postgres import Server, running
from tests.store.journal.homes import machine


def until(true: Callable[[], object], seconds: float = 20) -> float:
    """Wait until something is true; return how long that took."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() < start + seconds
        time.sleep(0.01)
    return time.monotonic() - start


@contextmanager
def following(shared: Shared) -> Iterator[list[str]]:
    """Follow in a thread; yield what it says."""
    said: list[str] = []
    stop = threading.Event()
    thread = threading.Thread(target=shared.follow, args=(stop.is_set, said.append))
    thread.start()
    try:
        yield said
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def test_what_others_append_is_here_at_once(postgres: Server, studio: str, tmp_path: Path) -> None:
    ann = machine(postgres, studio, tmp_path / "ann")
    bea = machine(postgres, studio, tmp_path / "bea", "bea")
    path = bea.folder / "acme.jsonl"
    with following(bea) as said:
        journal = ann.begin(ann.folder / "acme.jsonl")
        until(path.exists)
        journal.append({"n": 1})
        took = until(lambda: bea.open(path).head.count == 1)
    assert took < 1 or said == [], took
    assert said == []


@pytest.mark.slow
def test_a_broken_line_is_said_and_tried_again(tmp_path: Path) -> None:
    with running() as server:
        init(ServerAddress.parse(server.url()))
        ann = machine(server, "studio", tmp_path / "ann", "root")
        bea = machine(server, "studio", tmp_path / "bea", "root")
        journal = ann.begin(ann.folder / "acme.jsonl")
        path = bea.folder / "acme.jsonl"
        with following(bea) as said:
            until(path.exists)
            server.kill()
            until(lambda: said)
            assert "cannot be reached" in said[0]
            server.start()
            until(lambda: len(said) > 1)
            assert said[1:] == ["The line to the server is back."]
            journal.append({"n": 1})
            until(lambda: bea.open(path).head.count == 1)


def test_where_news_does_not_come_it_is_looked_for(
    postgres: Server, studio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As behind a pooler: what listens is never told. An echo that does not come shows it."""
    monkeypatch.setattr("store.journal.server.backend._ECHO", 0.1)
    monkeypatch.setattr(psycopg.Connection, "notifies", lambda *_, **__: iter(()))
    ann = machine(postgres, studio, tmp_path / "ann")
    bea = machine(postgres, studio, tmp_path / "bea", "bea")
    path = bea.folder / "acme.jsonl"
    with following(bea) as said:
        journal = ann.begin(ann.folder / "acme.jsonl")
        until(path.exists)
        journal.append({"n": 1})
        took = until(lambda: bea.open(path).head.count == 1)
    assert took < 15, "0.7 s, and more on a machine that has better to do"
    assert said == []
