"""A second `docket decide`: what was told is told again, and only while all of it still holds."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from store.index import repeats, rows
from store.index.repeats import Repeats
from store.private.model import CheckIn
from store.sample import write_sample
from store.upkeep.erase import erase
from store.workspace import Workspace
from tests.store.building import NOON, TODAY
from tests.tui.cli.conftest import Cli, Result
from tests.tui.cli.timed import Timed, acme

SHAPES = ((), ("--verbose",), ("--json",), ("--explain",), ("--history",), ("--history", "--json"))


@pytest.fixture
def timed(cli: Cli) -> Timed:
    """A command line on a client who owes money and makes one feel it; it says nothing yet."""
    timed = acme(cli)
    timed.ok("invoice", "acme", "INV-1", "900", "--issued", "2026-08-20", "--due", "2026-09-01")
    timed.ok("log", "acme", "pay-later", "Next week, surely", "--on", "2026-10-20")
    timed.ok("checkin", "acme", "8", "3")
    return timed


@pytest.fixture
def read(cli: Cli) -> list[str]:
    """The clients whose dockets were read, one after the other."""
    found: list[str] = []
    docket = Workspace.docket

    def noted(*asked: object, **more: object) -> object:
        found.append(str(asked[1]))
        return docket(*asked, **more)  # type: ignore[arg-type]

    cli.patch.setattr(Workspace, "docket", noted)
    return found


def kept(timed: Timed) -> list[Path]:
    """Return the files in which something is kept that `decide` told."""
    return sorted((timed.cli.root / "cache").glob("*.decide*.json"))


def twice(timed: Timed, read: list[str], *words: str) -> Result:
    """Return what `docket decide acme` tells twice over: reckoned, and then without reading."""
    first = timed("decide", "acme", *words)
    read.clear()
    assert timed("decide", "acme", *words) == first
    assert (first.status, read) == (0, [])
    return first


def test_what_is_told_again_is_what_was_told(cli: Cli, read: list[str]) -> None:
    timed = Timed(cli)
    write_sample(cli.root, NOON)
    for client in Workspace.open(cli.root).client_ids()[:2]:
        for words in SHAPES:
            first = timed("decide", client, *words)
            assert first.status == 0 and client in read
            read.clear()
            assert timed("decide", client, *words) == first
            assert read == []
    assert timed("decide", client, "--as-of", "today") == timed("decide", client)


def test_as_wide_as_the_terminal_is_now(timed: Timed, read: list[str]) -> None:
    twice(timed, read)
    timed.cli.patch.setenv("COLUMNS", "60")
    assert max(map(len, timed.ok("decide", "acme").splitlines())) <= 60
    assert read == []


def test_whatever_it_rests_on_changes_it_is_reckoned_anew(timed: Timed, read: list[str]) -> None:
    config, before = timed.cli.root / "config.toml", set[str]()

    def changed() -> None:
        read.clear()
        anew = timed("decide", "acme")
        assert read == ["acme"]
        assert anew == timed("decide", "acme", "--as-of", "today")
        before.add(anew.out + anew.err)
        assert twice(timed, read) == anew

    changed()
    timed.ok("log", "acme", "threat", "Now, or else")
    changed()
    timed.ok("checkin", "acme", "1", "9")
    changed()
    timed.ok("checkin", "acme", "--forget", "2")
    changed()
    timed.ok("decide", "acme", "--gut", "keep")
    changed()
    timed.ok("decide", "acme", "--choose", "keep", "--review", "+1d")
    changed()
    timed.clock.move(days=1)
    changed()
    rule = re.findall(r"\((R\d+), ", timed.ok("decide", "acme"))[0]
    timed.ok("decide", "acme", "--except", rule, "--until", "+9d", "--why", "She is ill")
    changed()
    config.write_text("[policy]\nreply_days = 9\n", encoding="utf-8")
    changed()
    files = rows.files_of_program
    timed.cli.patch.setattr(repeats, "files_of_program", lambda one: [*files(one), ("new", 1, 1)])
    changed()
    assert len(before) > 3


def test_what_was_damaged_or_is_another_clients_is_passed_over(
    timed: Timed, read: list[str]
) -> None:
    told = twice(timed, read)
    timed.ok("new", "Bolt", "--id", "bolt")
    of_bolt = timed("decide", "bolt")
    (path, other) = kept(timed)
    whole = path.read_bytes()
    check = rows.Rows(timed.cli.root, "acme.decide")._check
    for body in (b"{}", b'{"check":1,"told":2}', b'{"check":"","told":"0"}', b"[]"):
        path.write_bytes(check(body) + b"\n" + body)
        assert twice(timed, read) == told
    for content in (b"", whole[:-9], whole.replace(b"A", b"B"), other.read_bytes()):
        path.write_bytes(content)
        assert twice(timed, read) == told
    other.write_bytes(whole)
    assert timed("decide", "bolt") == of_bolt


def test_it_lies_sealed_by_what_is_private(timed: Timed, read: list[str]) -> None:
    assert "8" in twice(timed, read, "--verbose").out
    (path,) = kept(timed)
    told = rows.Rows(timed.cli.root, "acme.decide-verbose").kept
    assert set(told) == {"check", "told"}
    assert re.fullmatch(rb"[0-9a-f]{64}\n[!-~]+", path.read_bytes())
    assert path.stat().st_mode & 0o777 == 0o600
    seals = Repeats(timed.cli.root, TODAY, "decide-verbose", ())
    before = seals.seal("acme")
    timed.workspace.private.forget_checkin("acme", 1)
    after = Repeats(timed.cli.root, TODAY, "decide-verbose", ())
    assert before and after.seal("acme") not in (b"", before)
    assert after.get("acme", after.seal("acme")) is None


def test_nothing_is_kept_of_what_changes_meanwhile_or_is_erased(timed: Timed) -> None:
    made = timed.workspace
    timed.ok("decide", "acme")

    def asked() -> Repeats:
        return Repeats(made.root, TODAY, "decide", (), clock=lambda: NOON.year * 10**18)

    one = asked()
    seal = one.seal("acme")
    made.private.add("acme", CheckIn(at=NOON + timedelta(hours=1), dread=9))
    one.put("acme", seal, "old")
    assert asked().get("acme", asked().seal("acme")) is None
    assert one.get("acme", seal) is None
    one = asked()
    one.put("acme", one.seal("acme"), "new")
    assert one.get("acme", one.seal("acme")) == "new"
    erase(made, "acme")
    assert kept(timed) == []
    one.put("acme", seal, "late")
    assert kept(timed) == []
