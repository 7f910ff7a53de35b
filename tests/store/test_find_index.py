"""Finding in all dockets: what dockets find one by one, whatever happened to what is kept."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from store.docket.filter import parse_filter, quoted
from store.docket.standing import read_entry
from store.docket.table import searched
from store.entries import Entry
from store.errors import UsageError
from store.index.sealed import StoppedError
from store.index.words import Hit, WordIndex
from store.journal import Line
from store.overview.finding import Finder
from store.private.model import CheckIn, Decision, GutAnswer, Hold, Snooze
from store.text import fold_line
from store.upkeep.backup import write_backup
from store.upkeep.erase import erase
from store.workspace import Workspace
from tests.benchmarks.fixture import write_workspace
from tests.examples import examples
from tests.store.building import TODAY, FixedClock
from tests.store.keeping import PRIVATE_MARKS, full

FILTERS = (
    "",
    "a",
    "logo",
    '"logo files"',
    "kind:no-reply,late-payment",
    "severity:2",
    "since:10d logo",
    "until:2026-11-20",
    "#2-4",
    "client:acme",
    "client:bo,zzz files",
    "channel:phone",
    "has:quote",
    "is:void",
    "is:amended",
    "about:#2",
    "about:INV-1",
    "project:site",
    "visibility:internal",
    "ខ្មែរ",
    "東京",
    "京",
    "\N{GRINNING FACE}",
    "oe",
    "kind:seagull",
)
WORDS = ("logo files", "Café Ærø", "ខ្មែរ អតិថិជន", "東京の請求書", "naïve \N{GRINNING FACE}", "x")
REPO = Path(__file__).parents[2]
OWN = {"seagull": "micro-change"}


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """A workspace of two clients with nothing but themselves on their dockets."""
    workspace = Workspace.create(tmp_path / "ws", clock=FixedClock())
    for client, name in (("acme", "Acme Media"), ("bolt", "Bølt & Co")):
        workspace.new_client(client, [workspace.draft(client, "client", data={"name": name})])
    return workspace


def found(finder: Finder, text: str, today: date = TODAY) -> list[Hit]:
    """Return what is found, in order; it is read back as what was found."""
    asked = parse_filter(text, today, OWN)
    whole = finder.find(asked, today)
    counted = finder.find(asked, today, most=1)
    assert counted.hits == whole.hits[:1]
    assert counted.counts == whole.counts
    assert finder.standing(whole.hits).keys() == set(whole.hits)
    return whole.hits


def by_docket(workspace: Workspace, text: str, today: date = TODAY) -> set[Hit]:
    """Return what the dockets find, asked with TinyDB one by one."""
    asked, hits = parse_filter(text, today, OWN), set[Hit]()
    for docket in Workspace.open(workspace.root, clock=workspace.clock).dockets(today):
        fitting = docket.log.only({one.seq for one in docket.fitting(asked)})
        hits |= {Hit(docket.client, one.seq) for one in fitting}
    return hits


def same(workspace: Workspace, finder: Finder, texts: tuple[str, ...] = FILTERS) -> None:
    """Check that both find the same, and only that."""
    finder.look()
    for text in texts:
        hits = found(finder, text)
        assert set(hits) == by_docket(workspace, text), text
        assert len(hits) == len(set(hits))
    for hit, one in finder.standing(found(finder, "")).items():
        docket = workspace.docket(hit.client)
        assert one == docket.find(hit.seq)


Step = Callable[[Workspace, int], object]


def log(workspace: Workspace, number: int) -> None:
    client = ("acme", "bolt")[number % 2]
    kind, fields = (
        ("note", {"refs": {"project": "Site"}}),
        ("late-payment", {"data": {"severity": 2}, "refs": {"invoice": "INV-1"}}),
        ("no-reply", {"channel": "phone", "quotes": [{"text": "logo? " + WORDS[number % 6]}]}),
        ("micro-change", {"called": "seagull", "visibility": "internal"}),
    )[number % 4]
    at = workspace.clock() - timedelta(days=number % 30)
    workspace.enter(client, kind, WORDS[number % 6], occurred_at=at, **fields)


def correct(workspace: Workspace, number: int) -> None:
    """Amend, add to or void any entry, so far as that is let through; a void of a void too."""
    client = ("acme", "bolt")[number % 2]
    entries = workspace.entries(client)
    seq = entries[number * 7 % len(entries)].seq
    kind, rel, data = (
        ("amendment", "amends", {"changes": {"statement": f"{WORDS[number % 6]} amended"}}),
        ("addendum", "adds-to", {}),
        ("void", "voids", {}),
        ("amendment", "amends", {"changes": {"occurred_at": "2026-11-01", "channel": "phone"}}),
    )[number % 4]
    try:
        workspace.enter(
            client, kind, WORDS[number % 5], links=[{"rel": rel, "seq": seq}], data=data
        )
    except UsageError:
        log(workspace, number)


def rename(workspace: Workspace, number: int) -> None:
    link = {"rel": "amends", "seq": 1, "reason": "r"}
    data = {"changes": {"name": f"Acme {WORDS[number % 6]}"}}
    with suppress(UsageError):  # it may have been voided
        workspace.enter("acme", "amendment", data=data, links=[link])


def drop(workspace: Workspace, number: int) -> None:
    workspace.places.words.unlink(missing_ok=True)


def damage(workspace: Workspace, number: int) -> None:
    """Write over what is kept, cut it short, or put something else in its place."""
    path = workspace.places.words
    raw = bytearray(path.read_bytes() if path.exists() else b"")
    at = number * 7919 % max(1, len(raw))
    if number % 3 == 0:
        raw[at : at + 40] = b"\xff" * 40
    elif number % 3 == 1:
        raw = raw[:at]
    else:
        raw = bytearray(b"nonsense" * number)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)


def touch(workspace: Workspace, number: int) -> None:
    os.utime(workspace.path(("acme", "bolt")[number % 2]))


def cut(workspace: Workspace, number: int) -> None:
    """Break the last line off, or only its end, as a power cut and an editor do."""
    path = workspace.path(("acme", "bolt")[number % 2])
    raw = path.read_bytes()
    if raw.count(b"\n") > 2:
        path.write_bytes(raw[: -1 if number % 3 else -9])


STEPS: tuple[Step, ...] = (log, log, correct, correct, rename, drop, damage, touch, cut)


@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 999), st.sampled_from((0, 0, 1, 2))),
        max_size=12,
    )
)
@examples(100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_dockets_find_what_each_finds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Step, int, int]]
) -> None:
    """Whatever is logged, corrected, lost or damaged, by whichever session, and looked at when."""
    clock = FixedClock()
    root = tmp_path_factory.mktemp("find")
    workspace = Workspace.create(root / "ws", clock=clock)
    for client in ("acme", "bolt"):
        workspace.new_client(client, [workspace.draft(client, "client", data={"name": client})])
    first, second = Finder(workspace), Finder(Workspace.open(workspace.root, clock=clock))
    for step, number, looks in steps:
        step(workspace, number)
        if looks:
            same(workspace, (first, second)[looks - 1], ("logo", "is:void", "京"))
    same(workspace, first)
    same(workspace, second)
    first.close()
    second.close()


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=4))
@examples(100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_word_is_found_where_the_folded_text_holds_it(
    tmp_path_factory: pytest.TempPathFactory, statement: str, word: str
) -> None:
    workspace = Workspace.create(tmp_path_factory.mktemp("find") / "ws", clock=FixedClock())
    workspace.new_client("acme", [workspace.draft("acme", "client", data={"name": "Acme"})])
    workspace.enter("acme", "note", f"x{statement}")
    finder = Finder(workspace)
    finder.look()
    for sought in (word, statement[:3], statement[-2:]):
        hits = found(finder, quoted(sought))
        one = workspace.docket("acme").find(2)
        assert one
        assert (Hit("acme", 2) in hits) == (fold_line(sought) in searched(one))
    finder.close()


def test_what_is_kept_is_ours_alone_and_in_no_backup(made: Workspace, tmp_path: Path) -> None:
    made.enter("acme", "note", "zebra stripes")
    finder = Finder(made)
    finder.look()
    kept = made.places.words
    assert b"zebra" in kept.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    write_backup(made, tmp_path / "backup.zip")
    with ZipFile(tmp_path / "backup.zip") as archive:
        assert not [name for name in archive.namelist() if "words" in name or "cache" in name]


def test_nothing_private_is_kept_or_found(tmp_path: Path) -> None:
    """Check-ins, gut answers, decisions, exceptions, what is put off, drafts of every form."""
    made = full(tmp_path)
    now, later = made.clock(), TODAY + timedelta(days=9)
    for one in (
        GutAnswer(at=now, answer="walk-away"),
        Decision(at=now, choice="keep", why="zebra-decision", right="no", right_why="zebra-after"),
        Snooze(at=now, key="k", until=later, why="zebra-snooze"),
        Hold(at=now, until=later, why="zebra-hold"),
        CheckIn(at=now, dread=9, note="zebra-note"),
    ):
        made.private.add("acme", one)
    for form in ("capture", "decision", "exception", "checkin", "unsent"):
        made.drafts.add(form, f"zebra-{form}", "acme")
    finder = Finder(made)
    finder.look()
    assert finder.entries()
    kept = made.places.words.read_bytes()
    assert [mark for mark in (*PRIVATE_MARKS, b"zebra", b"walk-away") if mark in kept] == []
    for text in ("zebra", "dread", "draft-mark", "unsent"):
        assert found(finder, text) == []


def test_erasing_a_client_takes_its_words_and_an_open_session_forgets_them(
    made: Workspace,
) -> None:
    made.enter("acme", "note", "zebra stripes")
    made.enter("bolt", "note", "zebra too")
    finder, other = Finder(made), Finder(Workspace.open(made.root, clock=made.clock))
    finder.look()
    other.look()
    erase(made, "acme")
    assert not made.places.words.exists()
    for one in (other, finder):
        one.look()
        assert found(one, "zebra") == [Hit("bolt", 2)]
        assert one.names == {"bolt": "Bølt & Co"}
    assert b"stripes" not in b"".join(
        path.read_bytes() for path in made.root.rglob("*") if path.is_file()
    )


def test_a_docket_removed_by_hand_leaves_no_word_behind(made: Workspace) -> None:
    made.enter("acme", "note", "zebra stripes")
    finder = Finder(made)
    finder.look()
    made.path("acme").unlink()
    finder.look()
    assert found(finder, "zebra") == []
    assert b"stripes" not in made.places.words.read_bytes()


def test_only_what_was_added_is_read(made: Workspace) -> None:
    """However long the docket is: what is logged between two looks is all that is looked at."""
    write_workspace(made.root, {"long": 3000})
    finder, told = Finder(made), list[int]()
    finder.look()
    before = made.path("long").stat().st_size
    made.enter("long", "note", "zebra")
    assert finder.behind() == made.path("long").stat().st_size - before
    finder.look(told.append)
    assert sum(told) == made.path("long").stat().st_size - before
    assert finder.behind() == 0
    finder.look(told.append)
    assert len(told) == 1
    other = Finder(Workspace.open(made.root, clock=made.clock))
    other.look(told.append)
    assert len(told) == 1
    assert found(other, "zebra", date.max) == [Hit("long", 3001)]


def test_finding_reads_no_more_entries_than_are_shown(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_workspace(made.root, {"long": 2000})
    finder = Finder(made)
    finder.look()
    read, asked = list[object](), list[str]()
    ask = SealedAsk(finder, asked)

    def counted(line: Line) -> Entry:
        read.append(line)
        return read_entry(line)

    monkeypatch.setattr("store.index.entry_rows.read_entry", counted)
    monkeypatch.setattr(finder._index.file, "ask", ask)
    hits = finder.find(parse_filter("accountant", TODAY), TODAY, most=50)
    assert (len(hits.hits), hits.many, read) == (50, 1999, [])
    assert len([text for text in asked if "FROM entry" in text]) == 2
    assert len(finder.standing(hits.hits[:20])) == len(read) == 20


class SealedAsk:
    """Counts the queries of a finder."""

    def __init__(self, finder: Finder, asked: list[str]) -> None:
        self.ask, self.asked = finder._index.file.ask, asked

    def __call__(self, text: str, values: object = ()) -> object:
        self.asked.append(text)
        return self.ask(text, values)  # type: ignore[arg-type]


_LOGGING = """
import sys
from pathlib import Path
from store.workspace import Workspace
made = Workspace.open(Path(sys.argv[1]))
for number in range(60):
    entry = made.enter(sys.argv[2], "note", f"zebra {sys.argv[2]} {number}")
    if number % 7 == 3:
        link = {"rel": "voids", "seq": entry.seq}
        made.enter(sys.argv[2], "void", "mistaken", links=[link], data={})
    print(entry.seq, flush=True)
"""
_FINDING = """
import sys
from datetime import date
from pathlib import Path
from store.docket.filter import parse_filter
from store.overview.finding import Finder
from store.workspace import Workspace
finder = Finder(Workspace.open(Path(sys.argv[1])))
while sys.stdin.readline():
    finder.look()
    print(finder.find(parse_filter("zebra", date.max), date.max).many, flush=True)
"""


def test_two_processes_log_while_two_find(tmp_path: Path) -> None:
    """What was acknowledged before a look is found by it, in whichever process, and all at last."""
    made = Workspace.create(tmp_path / "ws")
    for client in ("acme", "bolt"):
        made.new_client(client, [made.draft(client, "client", data={"name": client.title()})])
    start = [sys.executable, "-c"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True, "cwd": REPO}
    writers = [
        subprocess.Popen([*start, _LOGGING, str(made.root), client], **pipes)
        for client in ("acme", "bolt")
    ]
    other = subprocess.Popen([*start, _FINDING, str(made.root)], stdin=subprocess.PIPE, **pipes)
    assert other.stdin
    assert other.stdout
    finder, acknowledged, before = Finder(made), 0, 0
    asked = parse_filter("zebra", date.max)
    for _ in range(60):
        for writer in writers:
            assert writer.stdout
            acknowledged += bool(writer.stdout.readline())
        print(file=other.stdin, flush=True)
        finder.look()
        here = finder.find(asked, date.max).many
        there = int(other.stdout.readline())
        assert acknowledged <= here <= 120
        assert acknowledged <= there <= 120
        assert here >= before
        before = here
    other.stdin.close()
    assert [one.wait(20) for one in (*writers, other)] == [0, 0, 0]
    finder.look()
    assert finder.find(asked, date.max).many == acknowledged == 120
    assert finder.find(parse_filter("zebra is:void", date.max), date.max).many == 18
    for hits in by_docket(made, "is:void", date.max), found(finder, "is:void", date.max):
        assert len(hits) == 18


def test_what_is_stopped_goes_on_where_it_was(made: Workspace) -> None:
    write_workspace(made.root, {"long": 6000})
    finder, told = Finder(made), list[int]()
    with pytest.raises(StoppedError):
        finder.look(told.append, lambda: sum(told) > 500_000)
    left = finder.behind()
    assert 0 < left < made.path("long").stat().st_size - 500_000
    again, more = Finder(Workspace.open(made.root, clock=made.clock)), list[int]()
    again.look(more.append)
    assert sum(more) <= left + 2_000
    assert len(found(again, "accountant")) == 5999


def test_where_nothing_can_be_written_memory_serves(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, mode: int = 0o600) -> int:
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr("store.index.sealed.create", refused)
    made.enter("acme", "note", "zebra stripes")
    finder = Finder(made)
    same(made, finder)
    made.enter("acme", "note", "zebra again")
    same(made, finder)
    assert not made.places.words.exists()


@pytest.mark.parametrize("without_locks", [False, True])
def test_a_workspace_that_can_only_be_read_is_found_in(
    made: Workspace, monkeypatch: pytest.MonkeyPatch, without_locks: bool
) -> None:
    """Neither a folder that refuses, nor a file system without locks, is waited for."""
    made.enter("acme", "note", "zebra stripes")

    def refused(*_: object) -> bool:
        raise OSError(95 if without_locks else 30, "refused")

    monkeypatch.setattr("store.files._take", refused)
    monkeypatch.setattr("store.index.sealed.time.monotonic", lambda: 0.0)
    finder = Finder(made)
    finder.look()
    assert found(finder, "zebra") == [Hit("acme", 2)]
    assert not made.places.words.exists()


def test_no_room_for_it_is_no_obstacle(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.index import sealed

    real = sealed._connected

    def small(name: str) -> sqlite3.Connection:
        base = real(name)
        if name != ":memory:":
            base.execute("PRAGMA max_page_count = 7")
        return base

    monkeypatch.setattr(sealed, "_connected", small)
    for number in range(60):
        made.enter("acme", "note", f"zebra {number} " + "long " * 200)
    same(made, Finder(made), ("zebra", "zebra long #5"))


def test_a_docket_that_cannot_be_read_is_named_and_read_once_it_can_be(made: Workspace) -> None:
    made.enter("acme", "note", "zebra")
    finder = Finder(made)
    finder.look()
    whole = made.path("acme").read_bytes()
    made.path("acme").write_bytes(b"no journal\n")
    for _ in range(2):
        finder.look()
        assert list(finder.skipped) == ["acme"]
        assert found(finder, "zebra") == []
    made.path("acme").write_bytes(whole)
    finder.look()
    assert not finder.skipped
    assert found(finder, "zebra") == [Hit("acme", 2)]


def test_an_entry_that_is_not_where_it_was_is_not_shown_but_read_anew(made: Workspace) -> None:
    """What is kept is never trusted over the journal, even where it seems to be of it."""
    for number in range(3):
        made.enter("acme", "note", f"zebra {number}")
    finder = Finder(made)
    finder.look()
    index: WordIndex = finder._index
    with index.file.alone(lambda: False), index.file.changing() as base:
        base.execute("UPDATE line SET start = start + 1 WHERE seq = 3")
    hits = finder.find(parse_filter("zebra", TODAY), TODAY).hits
    assert [hit.seq for hit in sorted(finder.standing(hits))] == [2, 4]
    same(made, finder)
    assert len(finder.standing(hits)) == 3


def test_a_client_that_is_none_is_said(made: Workspace) -> None:
    finder = Finder(made)
    finder.look()
    with pytest.raises(UsageError, match="Did you mean acme"):
        found(finder, "client:amce")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("hrcrt", ["harcourt-wexley"]),
        ("HARC", ["harcourt-wexley"]),
        ("wexly", ["harcourt-wexley"]),
        ("aeroblomst", ["cafe"]),
        ("سدرة", ["dar-sidra"]),
        ("login", []),
        ("ha", []),
    ],
)
def test_names_near_a_word(made: Workspace, word: str, near: list[str]) -> None:
    for client, name in (
        ("harcourt-wexley", "Harcourt & Wexley Tea Rooms Ltd"),
        ("cafe", "Café Ærøblomst"),
        ("dar-sidra", "دار سدرة الحكايات"),
        ("london", "London Ltd"),
    ):
        made.new_client(client, [made.draft(client, "client", data={"name": name})])
    finder = Finder(made)
    finder.look()
    assert finder.near([word]) == near
