"""Forgetting what is private about one client: no byte of it is left, and no docket changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import DocketError
from store.private.model import CheckIn, Decision, GutAnswer, Private
from store.upkeep.erase import Forgetting, forget_private, plan_forgetting
from store.workspace import Workspace
from tests.store.building import NOON
from tests.store.keeping import files, full, write

MARK = b"private-mark"


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """A workspace with a mark in everything private about acme, and in nothing else."""
    made = full(tmp_path)
    private = made.private
    private.add("acme", CheckIn(at=NOON, dread=9, note="private-mark"))
    private.add("acme", GutAnswer(at=NOON, answer="walk-away"))
    private.add("acme", Decision(at=NOON, choice="keep", why="private-mark"))
    private.judge("acme", 1, "no", "private-mark", NOON)
    private.set_referred_by("acme", "bolt")
    private.set_referred_by("bolt", "acme")
    for name in ("acme--checkin", "acme--decision", "decision.acme.0123456789ab"):
        write(made.drafts.folder / f"{name}.txt", MARK)
        write(made.drafts.folder / f".{name}.txt.1a2b3c4d.tmp", MARK)
    write(made.root / "cache" / "summaries.json", MARK)
    write(made.drafts.folder / "acme.txt", b"a line to log")
    write(made.drafts.folder / "acme--amend-3.txt", b"an amendment")
    return made


def test_nothing_private_is_left_and_all_else_is_as_it_was(made: Workspace) -> None:
    before = files(made.root)
    bolt = made.private.of("bolt")
    gone = forget_private(made, "acme")
    after = files(made.root)
    assert gone == Forgetting(
        client="acme",
        checkins=2,
        guts=1,
        decisions=1,
        referral=True,
        files=(
            "cache/summaries.json",
            "drafts/.acme--checkin.txt.1a2b3c4d.tmp",
            "drafts/.acme--decision.txt.1a2b3c4d.tmp",
            "drafts/.decision.acme.0123456789ab.txt.1a2b3c4d.tmp",
            "drafts/acme--checkin.txt",
            "drafts/acme--decision.txt",
            "drafts/decision.acme.0123456789ab.txt",
        ),
    )
    assert [name for name, data in after.items() if MARK in data] == []
    assert before.keys() - after.keys() == set(gone.files)
    assert {name for name in after if after[name] != before[name]} == {"private.json"}
    assert Workspace.open(made.root).private.of("acme") == Private()
    assert made.private.of("bolt") == bolt
    assert bolt.referred_by == "acme", "that is about bolt"


def test_a_plan_touches_nothing_and_says_what_forgetting_does(made: Workspace) -> None:
    before = files(made.root)
    plan = plan_forgetting(made, "acme")
    assert files(made.root) == before
    assert forget_private(made, "acme") == plan
    again = forget_private(made, "acme")
    assert again.nothing and not plan.nothing


def test_a_client_of_whom_nothing_is_private_loses_nothing(made: Workspace) -> None:
    made.new_client("cafe", [made.draft("cafe", "client", data={"name": "Café"})])
    before = files(made.root)
    assert forget_private(made, "cafe").nothing
    assert files(made.root) == before


def test_the_drafts_of_a_client_with_such_an_id_are_somebody_elses(made: Workspace) -> None:
    other = "acme--checkin"
    made.new_client(other, [made.draft(other, "client", data={"name": "Other"})])
    made.drafts.save("checkin", MARK.decode(), other)
    gone = forget_private(made, "acme")
    assert "drafts/acme--checkin.txt" in gone.files
    assert made.drafts.load("checkin", other) == MARK.decode()


def test_a_private_file_that_cannot_be_read_stops_it_before_anything_goes(made: Workspace) -> None:
    write(made.root / "private.json", b"{")
    before = files(made.root)
    with pytest.raises(DocketError, match="private file"):
        forget_private(made, "acme")
    assert files(made.root) == before


def test_what_was_cut_short_is_taken_up_again(made: Workspace) -> None:
    made.private.erase("acme")
    (made.root / "cache" / "summaries.json").unlink()
    gone = forget_private(made, "acme")
    assert (gone.checkins, gone.nothing) == (0, False)
    assert not any(MARK in data for data in files(made.root).values())
