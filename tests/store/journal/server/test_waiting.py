"""What is typed without a line waits, is sent in order and once, whatever breaks off when."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from store.anchors import check_workspace
from store.errors import UsageError
from store.evidence.attach import attach
from store.evidence.custody import Custody
from store.journal import outbox as outboxes
from store.journal import verify_file
from store.journal.chain import NOT_YET
from store.journal.outbox import Outbox
from store.journal.server import patience
from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.server.members import join
from store.upkeep.doctor import examine
from store.upkeep.erase import erase
from store.workspace import Workspace
from store.workspace.begun import send_as
from store.workspace.folder import begin
from tests.postgres import Server
from tests.store.journal.server.proxy import Proxy
from tests.store.journal.server.test_witness import workspace
from tests.store.journal.support import python


class Line:
    """A member's line to the server, which may be swallowed."""

    def __init__(self, server: Server, studio: str, root: Path, user: str = "ann") -> None:
        self.proxy, self.root = Proxy(server.port), root
        at = f"postgresql://{user}@127.0.0.1:{self.proxy.port}/postgres"
        self.url = f"{at}?workspace={studio}&sslmode=disable"
        begin(root, self.url)

    def open(self) -> Workspace:
        """Return the workspace as the next command has it."""
        return Workspace.open(self.root)


@pytest.fixture
def line(postgres: Server, studio: str, tmp_path: Path) -> Line:
    """Ann's line; acme is begun."""
    made = Line(postgres, studio, tmp_path / "ann")
    made.open().add_client("acme", {"name": "Acme"}, {})
    return made


@pytest.fixture
def silences(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was waited for in vain, half a second or less each: a count, whatever the machine."""
    waited: list[str] = []

    def counted(name: str) -> None:
        real = getattr(patience, name)

        def call(*args: Any) -> Any:
            try:
                answer = real(*args)
            except psycopg.OperationalError:
                waited.append(name)
                raise
            if not answer:
                waited.append(name)
            return answer

        monkeypatch.setattr(patience, name, call)

    for name in ("_connected", "_ready", "_answers"):
        counted(name)
    return waited


def outbox(made: Workspace) -> Outbox:
    assert made.journals.outbox
    return made.journals.outbox


def said(made: Workspace) -> list[str]:
    return [entry.statement for entry in made.entries("acme")[1:]]


def test_what_is_typed_without_a_line_waits_and_is_sent_in_order(
    line: Line, tmp_path: Path, silences: list[str]
) -> None:
    line.proxy.swallows = True
    first, other = line.open(), line.open()
    typed = first.enter("acme", "complaint", "one")
    assert silences == ["_connected"] * 2, "two starts; the entry knows it by then"
    (tmp_path / "scan.txt").write_text("a scan")
    seen = attach(other, other.draft("acme", "note", "two"), [tmp_path / "scan.txt"]).entry
    link = {"rel": "about", "seq": typed.seq, "id": typed.id}
    about = first.enter("acme", "note", "three", links=[link])
    assert [one.seq - NOT_YET for one in (typed, seen, about)] == [1, 2, 3]
    assert not any(one.on_record for one in (typed, seen, about))
    assert [one.statement for one in first.journals.waiting("acme")] == ["one", "two", "three"]
    assert said(first) == []
    assert any("nothing comes back" in told for told in first.journals.said())
    assert "3 entries not yet on record" in list(first.journals.said())[-1]
    line.proxy.swallows = False
    now = line.open()
    assert said(now) == ["one", "two", "three"]
    entries = now.entries("acme")[1:]
    assert [one.id for one in entries] == [typed.id, seen.id, about.id]
    assert all(one.typed_at and one.typed_at < one.recorded_at for one in entries)
    assert (entries[2].links[0].seq, entries[2].links[0].id) == (2, typed.id)
    (custody,) = Custody(now, "acme").lines
    assert (custody.act, custody.entry) == ("added", 3)
    assert outbox(now).waiting() == []
    assert now.enter("acme", "note", "four").typed_at is None
    assert verify_file(now.path("acme")).ok


def test_a_line_that_goes_dead_holds_nobody(line: Line, silences: list[str]) -> None:
    made = line.open()
    made.enter("acme", "note", "one")
    silences.clear()
    line.proxy.swallows = True
    entry = made.enter("acme", "note", "two")
    assert silences == ["_ready", "_answers"], "the line, and a sign of life of the server"
    assert not entry.on_record
    made.enter("acme", "note", "three")
    assert len(silences) == 2, "it is known by now"
    line.proxy.swallows = False
    assert said(line.open()) == ["one", "two", "three"]


class CutShortError(BaseException):
    """The program ends here."""


class Steps:
    """Ends the program at one of its steps: before it is done, or right after."""

    def __init__(self, left: int, *, after: bool) -> None:
        self.left, self.after = left, after

    def of(self, real: Callable[..., object]) -> Callable[..., object]:
        """Return what does the same as `real`, and counts."""

        def call(*args: object) -> object:
            self.left -= 1
            if self.left == -1 and not self.after:
                raise CutShortError
            done = real(*args)
            if self.left == -1:
                raise CutShortError
            return done

        return call


@pytest.mark.parametrize("after", [True, False])
def test_whatever_is_cut_short_nothing_is_lost_or_doubled(
    line: Line, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    """End at each step of typing and of sending, one after the other."""
    acknowledged: list[str] = []
    for step in count():
        steps = Steps(step, after=after)
        with monkeypatch.context() as patch, suppress(CutShortError):
            for name in ("write_all", "sync_folder", "write_atomic"):
                patch.setattr(outboxes, name, steps.of(getattr(outboxes, name)))
            patch.setattr(PostgresBackend, "append", steps.of(PostgresBackend.append))
            line.proxy.refuses = True
            line.open().enter("acme", "note", f"at {step}")
            acknowledged.append(f"at {step}")
            line.proxy.refuses = False
            line.open()
        line.proxy.refuses = False
        assert outbox(line.open()).waiting() == []
        if steps.left >= 0:
            break
    found = said(line.open())
    assert step >= 5, "typing, sending, and what is written of both"
    assert len(set(found)) == len(found)
    assert set(acknowledged) <= set(found)


WRITE = """
import sys, time
from store.workspace import Workspace
from pathlib import Path
number = 0
while True:
    made = Workspace.open(Path(sys.argv[1]))
    for _ in range(3):
        entry = made.enter("acme", "note", f"{sys.argv[2]} {number}")
        print(entry.id, flush=True)
        number += 1
"""


@pytest.mark.parametrize("rounds", [1, pytest.param(15, marks=pytest.mark.slow)])
@pytest.mark.timeout(300)
def test_kill_9_of_two_at_one_outbox(line: Line, rounds: int) -> None:
    """Two programs on one machine, on a line that comes and goes, killed at any moment."""
    chance, told = random.Random(rounds), list[str]()
    for number in range(rounds):
        writers = [python(WRITE, line.root, f"{number}{name}") for name in "ab"]
        heads = [writer.stdout.readline() for writer in writers if writer.stdout]
        for _ in range(2):
            line.proxy.refuses = not line.proxy.refuses
            time.sleep(chance.uniform(0.1, 0.5))
        for writer, head in zip(writers, heads, strict=True):
            writer.send_signal(signal.SIGKILL)
            out, _ = writer.communicate(timeout=20)
            told += [one for one in (head + out).split("\n")[:-1] if one]
    line.proxy.refuses = False
    made = line.open()
    assert outbox(made).waiting() == []
    ids = [entry.id for entry in made.entries("acme")]
    assert len(set(ids)) == len(ids), "something was logged twice"
    assert set(told) <= set(ids), "something acknowledged is lost"
    assert verify_file(made.path("acme")).ok


def test_what_is_refused_by_then_stays_with_why(
    postgres: Server, studio: str, line: Line, tmp_path: Path
) -> None:
    made = line.open()
    asked = made.enter("acme", "request", "the files")
    bea = workspace(postgres, studio, tmp_path / "bea", "bea")
    line.proxy.refuses = True
    made = line.open()
    link = [{"rel": "answers", "seq": asked.seq, "id": asked.id}]
    answer = made.enter("acme", "answer", "they came", links=link)
    added = [{"rel": "adds-to", "seq": answer.seq, "id": answer.id}]
    made.enter("acme", "addendum", "all of them", links=added)
    made.enter("acme", "note", "something else")
    bea.enter("acme", "answer", "they came, says bea", links=link)
    line.proxy.refuses = False
    now = line.open()
    assert said(now) == ["the files", "they came, says bea", "something else"]
    first, second = outbox(now).waiting()
    assert first.why == "acme#2 is answered already"
    assert "acme~1" in first.remedy
    assert second.why == "It is about acme~1: which is not on record either"
    assert "2 entries refused" in list(now.journals.said())[-1]
    with pytest.raises(UsageError, match="acme~1 is not on record yet"):
        now.enter("acme", "addendum", "more", links=added)
    outbox(now).done(first.id)
    outbox(now).reworded(second.id, {**second.fields, "kind": "note", "links": []})
    assert said(line.open())[-1] == "all of them"


def test_rights_that_were_taken_away_and_a_client_that_is_gone(
    postgres: Server, studio: str, line: Line
) -> None:
    line.proxy.refuses = True
    line.open().enter("acme", "note", "one")
    line.proxy.refuses = False
    owner = ServerAddress.parse(postgres.url(workspace=studio))
    join(owner, "ann", "read")
    (one,) = outbox(line.open()).waiting()
    assert "does not let you" in one.why or "may not write" in one.why
    join(owner, "ann", "own")
    now = line.open()
    assert len(outbox(now).waiting()) == 1, "it is not tried by itself again"
    erase(now, "acme")
    assert outbox(now).waiting() == []


def test_an_exhibit_that_waits_is_kept(line: Line, tmp_path: Path) -> None:
    line.proxy.refuses = True
    made = line.open()
    for text in ("one", "two"):
        (tmp_path / "scan.txt").write_text(text)
        attach(made, made.draft("acme", "note", text), [tmp_path / "scan.txt"])
    assert len(list(made.places.exhibits.glob("[0-9a-f]*"))) == 2
    found = [one.what for one in examine(made.root, made.clock)]
    assert not any("exhibit" in what for what in found), found


def test_a_client_met_without_a_line_is_sent_whole(
    postgres: Server, studio: str, line: Line, tmp_path: Path
) -> None:
    line.proxy.refuses = True
    made = line.open()
    made.add_client("zeta", {"name": "Zeta"}, {"payment": "net14"})
    (tmp_path / "scan.txt").write_text("a scan")
    attach(made, made.draft("zeta", "note", "seen"), [tmp_path / "scan.txt"])
    again = line.open()
    assert again.enter("zeta", "note", "on the train").seq == 4
    assert "zeta was begun here" in list(again.journals.said())[-1]
    assert verify_file(again.path("zeta")).ok
    raw = again.path("zeta").read_bytes()
    line.proxy.refuses = False
    now = line.open()
    assert list(now.journals.said()) == ["zeta is on the server now, with 4 entries."]
    assert not outbox(now).holds
    assert now.path("zeta").read_bytes() == raw
    bea = workspace(postgres, studio, tmp_path / "bea", "bea")
    assert bea.path("zeta").read_bytes() == raw
    assert [one.act for one in Custody(bea, "zeta").lines] == ["added"]
    assert bea.enter("zeta", "note", "said bea").seq == 5
    assert line.open().enter("zeta", "note", "and ann").seq == 6


def test_an_id_that_others_took_meanwhile_is_named_and_changed(
    postgres: Server, studio: str, line: Line, tmp_path: Path
) -> None:
    line.proxy.refuses = True
    made = line.open()
    made.add_client("zeta", {"name": "Zeta"}, {})
    asked = made.enter("zeta", "request", "the files")
    link = [{"rel": "about", "seq": asked.seq, "id": asked.id}]
    made.enter("zeta", "note", "on the train", links=link)
    made.private.set_referred_by("zeta", "acme")
    bea = workspace(postgres, studio, tmp_path / "bea", "bea")
    bea.add_client("zeta", {"name": "Zeta of Bea"}, {})
    line.proxy.refuses = False
    now = line.open()
    (told,) = now.journals.said()
    assert "zeta was begun here, and the server refused it: the server has another docket" in told
    assert now.enter("zeta", "note", "still typed").seq == 4, "it grows here"
    assert [one.ok for one in check_workspace(now, quick=False)] == [True, True]
    with pytest.raises(UsageError, match="There is a client acme already"):
        send_as(now, "zeta", "acme")
    send_as(now, "zeta", "zeta-two")
    now.journals.deliver(now)
    assert now.client_ids() == ["acme", "zeta-two"]
    assert not outbox(now).holds
    now = line.open()
    assert now.client_ids() == ["acme", "zeta", "zeta-two"]
    assert now.docket("zeta").name == "Zeta of Bea"
    found = now.entries("zeta-two")
    assert [one.statement for one in found[1:]] == ["the files", "on the train", "still typed"]
    assert (found[1].id, found[2].links[0].seq) == (asked.id, asked.seq)
    assert all(one.client == "zeta-two" and one.typed_at for one in found)
    assert now.private.of("zeta-two").referred_by == "acme"
    assert verify_file(now.path("zeta-two")).ok


def test_a_docket_begun_here_is_there_once_whatever_is_cut_short(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    for after in (True, False):
        for step in count():
            client = f"at-{step}-{after}".lower()
            steps = Steps(step, after=after)
            line.proxy.refuses = True
            line.open().add_client(client, {"name": client}, {})
            line.proxy.refuses = False
            with monkeypatch.context() as patch, suppress(CutShortError):
                for name in ("write_all", "write_atomic"):
                    patch.setattr(outboxes, name, steps.of(getattr(outboxes, name)))
                patch.setattr(PostgresBackend, "create", steps.of(PostgresBackend.create))
                line.open()
            line.proxy.refuses = True
            line.open().enter(client, "note", "meanwhile")
            line.proxy.refuses = False
            now = line.open()
            assert not outbox(now).holds
            assert [one.kind for one in now.entries(client)] == ["client", "note"]
            assert now.journals.shared
            assert now.journals.shared.backend.head(f"{client}.jsonl") == now.file(client).head
            if steps.left >= 0:
                break
        assert step >= 3


def test_a_row_that_is_none_is_named_and_the_others_are_sent(line: Line) -> None:
    line.proxy.refuses = True
    made = line.open()
    made.enter("acme", "note", "one")
    bad = [
        b"[1]",
        b'{"put": {"id": "x"}}',
        b'{"put": [1]}',
        b"{",
        b'{"begun": {"client": 1, "x": 2}}',
    ]
    with outbox(made).path.open("ab") as file:
        file.write(b"".join(row + b"\n" for row in [*bad, b"\0\0"]))
    made.enter("acme", "note", "two")
    assert [one.fields["statement"] for one in outbox(made).entries()] == ["one", "two"]
    line.proxy.refuses = False
    now = line.open()
    assert said(now) == ["one", "two"]
    assert "5 lines in" in list(now.journals.said())[-1]
    assert outbox(now).path.read_bytes().split(b"\n")[:-1] == bad, "they are kept"


@pytest.mark.parametrize("step", [70, pytest.param(3, marks=pytest.mark.slow)])
@pytest.mark.parametrize("way", ["sent", "answered"])
def test_a_line_cut_while_a_docket_begins(
    postgres: Server, studio: str, tmp_path: Path, way: str, step: int
) -> None:
    """It is there once, whole, wherever the line was cut: here, on the server, or on both."""
    last = unknown = 0
    for number in count():
        at = max(0, last + step - number * step) if number else None
        sent, answered = (at, None) if way == "sent" else (None, at)
        proxy = Proxy(postgres.port, sent=sent, answered=answered)
        url = f"postgresql://ann@127.0.0.1:{proxy.port}/postgres"
        root, client = tmp_path / f"{number}", f"c{way[0]}{step}-{number}"
        begin(root, f"{url}?workspace={studio}&sslmode=disable")
        made = Workspace.open(root, at_once=False)
        made.add_client(client, {"name": "Cut"}, {})
        last = last or proxy.forwarded[way == "answered"]
        unknown += any(one.sent for one in outbox(made).begun.values())
        made.enter(client, "note", "at once")
        now = Workspace.open(root)
        assert not outbox(now).holds
        assert [one.kind for one in now.entries(client)] == ["client", "note"]
        assert now.journals.shared
        assert now.journals.shared.backend.head(f"{client}.jsonl") == now.file(client).head
        proxy.close()
        if number * step > 150:
            break
    assert step > 3 or unknown, "none was cut while nobody knew whether it is there"
