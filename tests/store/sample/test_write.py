"""Writing the sample: the same moment gives the same bytes, and any moment will do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.errors import DocketError
from store.journal import verify_file
from store.sample import write_sample
from store.sample.story import moment, read_story
from store.workspace import Workspace
from tests.examples import swept
from tests.store.sample.conftest import NOW

PARIS = ZoneInfo("Europe/Paris")
MOMENTS = [
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 59, 59, tzinfo=PARIS),  # the clock goes forward in a second
    datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1),  # the hour that happens twice
    datetime(2027, 1, 1, 0, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh")),
    datetime(2026, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-8))),
    datetime(2027, 4, 4, 9, 0, tzinfo=ZoneInfo("Australia/Adelaide")),
]


def _bytes(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_the_same_moment_gives_the_same_bytes(sample: Workspace, tmp_path: Path) -> None:
    write_sample(tmp_path / "again", NOW)
    assert _bytes(tmp_path / "again") == _bytes(sample.root)


def test_another_moment_shares_no_id_or_seed(sample: Workspace, tmp_path: Path) -> None:
    other = write_sample(tmp_path / "other", NOW + timedelta(seconds=1))

    def drawn(workspace: Workspace) -> set[object]:
        lines = [ln for client in workspace.client_ids() for ln in workspace.file(client).lines]
        return {line.seed for line in lines} | {line.fields["id"] for line in lines}

    assert not drawn(sample) & drawn(other)
    assert len(drawn(sample)) == 2 * sum(len(sample.entries(c)) for c in sample.client_ids())


@pytest.mark.parametrize("now", swept(MOMENTS, 2), ids=str)
def test_any_moment_will_do(now: datetime, tmp_path: Path) -> None:
    workspace = write_sample(tmp_path / "w", now)
    entries = [entry for client in workspace.client_ids() for entry in workspace.entries(client)]
    assert max(entry.recorded_at for entry in entries) <= now
    assert max(entry.day for entry in entries) == now.date() - timedelta(days=1)
    assert all(verify_file(workspace.path(client)).ok for client in workspace.client_ids())
    pays_later = workspace.docket("ostrelle")
    late = [invoice.days_late(now.date()) for invoice in pays_later.ledger.invoices]
    assert late == [0, 4, 11, 19, 41]


def test_what_is_logged_afterwards_has_fresh_ids(tmp_path: Path) -> None:
    first, second = (write_sample(tmp_path / name, NOW) for name in "ab")
    logged = [w.log(w.draft("mizuhata", "note", "x")) for w in (first, second)]
    assert logged[0].id != logged[1].id
    assert logged[0].recorded_at == NOW


def test_it_never_writes_over_a_workspace(tmp_path: Path) -> None:
    write_sample(tmp_path / "w", NOW)
    before = _bytes(tmp_path / "w")
    with pytest.raises(DocketError):
        write_sample(tmp_path / "w", NOW)
    assert _bytes(tmp_path / "w") == before
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(DocketError):
        write_sample(tmp_path / "full", NOW)


def test_times_are_read_back_from_now() -> None:
    assert moment("3 14:30", NOW) == (datetime(2026, 11, 19, 14, 30, tzinfo=PARIS), "minute")
    assert moment("3 14h", NOW)[1] == "hour"
    assert moment("3", NOW) == (datetime(2026, 11, 19, tzinfo=PARIS), "day")
    assert moment("~3", NOW)[1] == "about"
    summer, _ = moment("120 10:00", NOW)
    assert summer.utcoffset() == timedelta(hours=2), "the offset is that of the day"


@pytest.mark.parametrize("when", ["yesterday", "-3 10:00", "3 10", "3 25:00", ""])
def test_a_mistyped_time_is_refused(when: str) -> None:
    with pytest.raises(ValueError, match=r"HH:MM|hour"):
        read_story(f'id = "x"\nentries = [["{when}", "note", "x"]]', NOW)


def test_rows_are_typed_in_order_but_for_late_ones() -> None:
    story = read_story(
        'id = "x"\nentries = [["9 10:00", "note", "a", {late = "3d"}],'
        '["8 10:00", "note", "due {8}"], ["8 10:00", "note", "c"]]',
        NOW,
    )
    assert [row.statement for row in story.rows] == ["due 2026-11-14", "c", "a"]
    assert story.rows[0].recorded_at < story.rows[1].recorded_at
