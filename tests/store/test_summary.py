"""Kept summaries: never trusted over what they were made from, private, and gone with a client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.index.summary
from store.index.rows import Rows
from store.index.summary import Summaries, Summary
from store.journal import verify_file
from store.overview.standing import summed_up
from store.private.model import CheckIn
from store.upkeep.backup import write_backup
from store.upkeep.erase import erase, plan_erasure
from store.workspace import Workspace
from tests.examples import examples
from tests.store.building import NOON, TODAY, workspace

ROOT = Path(__file__).parents[2]
MOMENTS = 10**9


def kept_in(root: Path, today: date = TODAY) -> Summaries:
    """Return the summaries of a workspace, read a second after its files were last changed."""
    return Summaries(root, today, clock=lambda: time.time_ns() + MOMENTS)


def keep(made: Workspace) -> dict[str, Summary]:
    """Assess every client, keep what is made of them, and return it."""
    summaries, found = kept_in(made.root), {}
    for client in made.client_ids():
        state = summaries.state(client)
        found[client] = summed_up(made.docket(client), made)
        summaries.put(client, state, found[client])
    summaries.save()
    return found


def kept(root: Path, client: str = "acme", today: date = TODAY) -> Summary | None:
    """Return what a new session finds kept of a client."""
    summaries = kept_in(root, today)
    return summaries.get(client, summaries.state(client))


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """Return a workspace of two clients, of which one owes money."""
    made = workspace(tmp_path)
    data = {"number": "INV-1", "amount": "1200.50", "currency": "EUR", "due": "2026-10-01"}
    made.log(made.draft("acme", "invoice", "for the site", data=data))
    made.log(made.draft("acme", "request", "the logo, please"))
    made.new_client("bolt", [made.draft("bolt", "client", data={"name": "Bolt"})])
    return made


def patch(path: Path, old: bytes, new: bytes) -> None:
    """Change bytes in place, and put back the time that a look at the file would betray."""
    info = path.stat()
    raw = path.read_bytes()
    assert raw.count(old) == 1 and len(old) == len(new)
    with path.open("r+b") as file:
        file.seek(raw.index(old))
        file.write(new)
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))


def test_what_was_kept_is_what_was_made(made: Workspace) -> None:
    found = keep(made)
    assert kept(made.root) == found["acme"]
    assert kept(made.root, "bolt") == found["bolt"]
    assert found["acme"].overdue == (("1200.50", "EUR"),)
    assert (found["acme"].name, found["acme"].open_requests) == ("Acme Média", 1)
    assert (found["acme"].last_touch, found["acme"].entries) == (TODAY.isoformat(), 4)


def test_a_journal_changed_by_one_byte_is_read_again(made: Workspace) -> None:
    keep(made)
    before = made.path("acme").stat().st_size
    patch(made.path("acme"), b"1200.50", b"9200.50")
    assert made.path("acme").stat().st_size == before
    assert kept(made.root) is None
    assert kept(made.root, "bolt") is not None


def test_an_entry_more_is_read(made: Workspace) -> None:
    keep(made)
    made.log(made.draft("acme", "thanks"))
    assert kept(made.root) is None


def test_a_copy_put_in_place_of_the_journal_is_read_again(made: Workspace) -> None:
    keep(made)
    copy = made.path("acme").read_bytes()
    made.path("acme").unlink()
    assert kept(made.root) is None
    made.path("acme").write_bytes(copy)
    assert kept(made.root) is None


def test_private_things_count_for_their_client_only(made: Workspace) -> None:
    made.private.add("bolt", CheckIn(at=NOON, dread=1))
    keep(made)
    made.private.add("acme", CheckIn(at=NOON, dread=9))
    assert kept(made.root) is None
    assert kept(made.root, "bolt") is not None


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"clients": []}', b'{"format": 99}'])
def test_a_private_file_that_cannot_be_read_is_not_passed_over(
    made: Workspace, content: bytes
) -> None:
    keep(made)
    made.private.path.write_bytes(content)
    assert kept(made.root, "bolt") is None


def test_another_day_another_summary(made: Workspace) -> None:
    keep(made)
    assert kept(made.root, today=TODAY + timedelta(days=1)) is None
    assert kept(made.root, today=TODAY - timedelta(days=1)) is None


def test_other_settings_another_summary(made: Workspace) -> None:
    keep(made)
    (made.root / "config.toml").write_text("target_rate = 90\n")
    assert kept(made.root) is None


def test_another_program_another_summary(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(made)
    files = store.index.summary._program()
    assert any(name.endswith("decision/rules.py") for name, _, _ in files)
    monkeypatch.setattr(store.index.summary, "_program", lambda: [*files, ("later.py", 1, 1)])
    assert kept(made.root) is None


def test_a_journal_that_changed_just_now_is_not_kept(made: Workspace) -> None:
    changed = made.path("acme").stat().st_ctime_ns
    summaries = Summaries(made.root, TODAY, clock=lambda: changed + 1)
    state = summaries.state("acme")
    summaries.put("acme", state, Summary("", "keep", False, 1.0, 1.0, (), 0, None, 0))
    assert summaries.get("acme", state) is None


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfe", b"0\n{}", b"[" * 100_000, b'{"acme": ["", []]}']
)
def test_a_damaged_cache_is_made_again_in_silence(made: Workspace, content: bytes) -> None:
    keep(made)
    path = made.root / "cache" / "summaries.json"
    path.write_bytes(content)
    assert kept(made.root) is None
    assert keep(made) == {client: kept(made.root, client) for client in made.client_ids()}


@examples(40)
@given(st.data())
def test_no_byte_of_the_cache_can_change_unnoticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    made = workspace(tmp_path_factory.mktemp("cache"))
    before = keep(made)["acme"]
    path = made.root / "cache" / "summaries.json"
    raw = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(raw))
    assert kept(made.root) in (None, before)


def test_a_list_that_holds_no_summary_is_none(made: Workspace) -> None:
    keep(made)
    path = made.root / "cache" / "summaries.json"
    _, _, body = path.read_bytes().partition(b"\n")
    kept_now = json.loads(body)
    for wrong in (None, [], [1, 2], {"name": "x"}, ["a"] * 5 + [7] + ["a"] * 3):
        kept_now["acme"][1] = wrong
        body = json.dumps(kept_now).encode()
        path.write_bytes(Rows(made.root, "summaries")._check(body) + b"\n" + body)
        assert kept(made.root) is None


def test_a_folder_that_takes_no_cache_is_no_trouble(made: Workspace) -> None:
    (made.root / "cache").write_text("in the way")
    assert keep(made)
    assert kept(made.root) is None


def test_only_the_user_can_read_it_and_no_backup_has_it(made: Workspace, tmp_path: Path) -> None:
    keep(made)
    folder = made.root / "cache"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]
    written = write_backup(made, tmp_path / "b.zip", with_private=True)
    assert not [m.name for m in written.manifest.members if "cache" in m.name]
    assert not [words for words in written.left_out if "cache" in words]


def test_it_is_erased_with_any_client(made: Workspace) -> None:
    keep(made)
    assert "cache/summaries.json" in plan_erasure(made, "bolt").files
    erase(made, "bolt")
    assert not list((made.root / "cache").iterdir())
    assert b"Bolt" not in b"".join(p.read_bytes() for p in made.root.rglob("*") if p.is_file())


def test_a_session_that_ends_after_an_erasure_keeps_nothing_of_the_client(
    made: Workspace,
) -> None:
    late = kept_in(made.root)
    for client in ("acme", "bolt"):
        late.put(client, late.state(client), Summary(client, "keep", False, 1, 1, (), 0, None, 1))
    erase(made, "bolt")
    late.save()
    assert b"bolt" not in (made.root / "cache" / "summaries.json").read_bytes()
    assert kept(made.root) is not None


def listed(root: Path, *options: str, verb: str = "clients") -> tuple[str, set[str]]:
    """Return what `docket clients`, or another verb, prints in its own process, and its modules."""
    code = (
        "import sys\n"
        "from tui.cli.run import run\n"
        f"run({['--workspace', str(root), verb, *options]!r}, open_app=lambda _: 0)\n"
        "print('MODULES', *sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    printed, _, modules = done.stdout.partition("MODULES")
    return printed, set(modules.split())


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_the_list_of_clients_is_the_same_from_the_cache_and_loads_little(
    made: Workspace, options: tuple[str, ...]
) -> None:
    heavy = {"pydantic", "store.decision", "store.docket", "tinydb"}
    first, loaded = listed(made.root, *options)
    assert heavy <= loaded | {"tinydb"}
    again, loaded = listed(made.root, *options)
    assert again == first
    assert "Acme Média" in first and "1200.50" in first.replace(",", "")
    assert not heavy & loaded
    for shown in ((), ("--line",)):
        printed, loaded = listed(made.root, *shown, verb="next")
        assert "?" not in printed and not heavy & loaded
    made.log(made.draft("acme", "thanks"))
    changed, loaded = listed(made.root, "--json")
    assert "pydantic" in loaded
    (acme, _) = json.loads(changed)
    assert (acme["open_requests"], acme["overdue"]) == (
        1,
        [{"amount": "1200.50", "currency": "EUR"}],
    )
    assert verify_file(made.path("acme")).ok
