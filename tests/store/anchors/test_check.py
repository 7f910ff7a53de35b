"""What the hashes alone cannot show, an anchor and the last check do; and how fast it is seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from store.anchors import (
    Anchor,
    DocketChecked,
    add_query,
    add_signature,
    check_docket,
    check_workspace,
    sign,
)
from store.index.checkpoints import Checkpoints
from store.journal import JournalFile, read_checkpoint, verify_file
from store.workspace import Workspace
from tests.store.anchors.owner import anchored, cut, log, needs_ssh_keygen, new_key, rebuild
from tests.store.building import workspace


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """A workspace with the client acme and five entries, never checked."""
    made = workspace(tmp_path)
    log(made, "first call", "second call", "third call")
    return made


def whole(made: Workspace) -> DocketChecked:
    """Check acme from end to end."""
    (checked,) = check_workspace(made, quick=False)
    return checked


def forget(made: Workspace) -> None:
    """Remove what the last check left, as its owner can."""
    shutil.rmtree(made.root / "checked", ignore_errors=True)


def test_an_anchor_that_holds_says_what_it_shows(made: Workspace) -> None:
    anchored(made)
    log(made, "fourth call")
    checked = whole(made)
    assert (checked.ok, checked.count, checked.trusted) == (True, 6, 0)
    (anchor,) = checked.anchors
    assert anchor.name == "anchor of 2026-11-22T12:00:00Z"
    assert anchor.said.startswith("entries 1 to 5 are the same as when the anchor was made")
    assert anchor.notes == ()


def test_a_rebuilt_chain_is_found_by_an_anchor(made: Workspace) -> None:
    anchored(made)
    path = made.path("acme")
    before = path.stat().st_size
    rebuild(path, "first call", "First call")
    log(made, "fourth call")
    forget(made)
    assert verify_file(path).ok
    assert path.stat().st_size > before
    for quick in (False, True):
        (checked,) = check_workspace(made, quick)
        (finding,) = checked.findings
        assert "entry 5 has another hash than it had" in finding
        assert "the chain was rebuilt" in finding


def test_a_change_after_the_anchor_is_none_of_its_business(made: Workspace) -> None:
    anchored(made)
    log(made, "fourth call")
    rebuild(made.path("acme"), "fourth call", "Fourth call")
    assert whole(made).ok  # as an anchor of 5 entries cannot know of a sixth


def test_a_cut_tail_is_found_by_an_anchor(made: Workspace) -> None:
    anchored(made)
    cut(made.path("acme"), 2)
    forget(made)
    assert verify_file(made.path("acme")).ok
    for quick in (False, True):
        (checked,) = check_workspace(made, quick)
        (finding,) = checked.findings
        assert "it had 5 entries, now there are 3: 2 entries cut off its end" in finding
    log(made, "a", "b", "c")
    (finding,) = whole(made).findings
    assert "another hash" in finding


def test_a_docket_begun_anew_is_told_as_that(made: Workspace) -> None:
    anchored(made)
    path = made.path("acme")
    fields = [line.fields for line in made.file("acme").lines]
    path.unlink()
    drop = ("id", "recorded_at")
    JournalFile.create(path, clock=made.clock).append_many(
        [{name: value for name, value in one.items() if name not in drop} for one in fields]
    )
    forget(made)
    (finding,) = whole(made).findings
    assert "begun anew" in finding


def test_an_empty_docket_can_be_anchored_too(made: Workspace) -> None:
    path = made.path("bolt")
    JournalFile.create(path, clock=made.clock)
    checked = check_docket(path, root=made.root)
    assert (checked.count, checked.head) == (0, checked.genesis)
    report = verify_file(path, marks=[0])
    from store.anchors import hold_all

    anchor = Anchor("bolt", 0, checked.head, "2026-11-22T12:00:00Z")
    assert hold_all(report, [anchor]).ok
    (wrong,) = hold_all(report, [replace(anchor, head="f" * 64)]).findings
    assert "begun anew" in wrong


def test_damage_is_told_once_and_no_anchor_vouches_for_it(made: Workspace) -> None:
    anchored(made)
    path = made.path("acme")
    path.write_bytes(path.read_bytes().replace(b"first call", b"First call"))
    checked = whole(made)
    (finding,) = checked.findings
    assert "entry 3 was changed" in finding
    assert "not whole" in checked.anchors[0].said


def test_no_anchor_is_told(made: Workspace) -> None:
    assert whole(made).anchors == ()


Spoil = Callable[[Path], object]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(path.read_bytes().replace(b"12:00", b"12:01")), ""),
        (lambda path: path.write_bytes(path.read_bytes() + b" "), "changed or is no anchor"),
        (lambda path: path.write_bytes(b""), "changed or is no anchor"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"acme", b"bolt")), "of bolt"),
        (lambda path: path.rename(path.with_name("4-00000000.json")), "was renamed"),
        (lambda path: path.symlink_to(path.rename(path.parents[2] / "a.json")), "no anchor"),
        (lambda path: (path.unlink(), path.mkdir()), "no anchor"),
    ],
)
def test_a_spoiled_anchor_is_named(made: Workspace, spoil: Spoil, said: str) -> None:
    kept = anchored(made)
    spoil(kept.path)
    checked = whole(made)
    # Its time is only what its writer said: without a signature, nothing holds it.
    assert [said in finding for finding in checked.findings] == ([True] if said else [])


@needs_ssh_keygen
def test_signatures_are_told_in_words(made: Workspace, tmp_path: Path) -> None:
    kept = anchored(made)
    signature, name = sign(kept.raw, new_key(tmp_path / "key"))
    add_signature(kept, signature)
    assert whole(made).anchors[0].notes == (f"signed with {name}",)
    (quick,) = check_workspace(made, quick=True)
    assert quick.anchors[0].notes == ()
    kept.path.write_bytes(kept.raw.replace(b"12:00", b"12:01"))
    (finding,) = whole(made).findings
    assert "its signature is no good: the anchor or the signature was changed" in finding


def test_a_time_stamp_is_named_and_one_of_another_file_found(made: Workspace) -> None:
    kept = anchored(made)
    add_query(kept, lambda: 7)
    first = kept.query.read_bytes()
    add_query(kept, lambda: 8)
    assert kept.query.read_bytes() == first  # its answer may be on the way
    kept.answer.write_bytes(b"\x30" + first)
    (note,) = whole(made).anchors[0].notes
    assert "not checked here" in note
    assert "openssl ts -verify" in note
    kept.answer.write_bytes(b"of something else")
    (finding,) = whole(made).findings
    assert "is no good: it is about another file" in finding


def test_a_quick_check_reads_on_and_finds_new_damage(made: Workspace) -> None:
    anchored(made)
    assert check_workspace(made)[0].trusted == 5
    log(made, "fourth call")
    path = made.path("acme")
    good = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(good.index(b"fourth call"))
        file.write(b"Fourth")
    checked = check_workspace(made)[0]
    assert (checked.ok, checked.trusted) == (False, 5)
    assert "entry 6 was changed" in checked.findings[0]
    # Once there was damage nothing is trusted any more, until all was read and found whole.
    assert check_workspace(made)[0].trusted == 0
    path.write_bytes(good)
    assert [check_workspace(made)[0].trusted for _ in range(2)] == [0, 6]


def test_a_new_anchor_is_held_even_by_a_quick_check(made: Workspace) -> None:
    kept = anchored(made)
    log(made, "fourth call")
    assert check_workspace(made)[0].ok
    wrong = replace(kept.anchor or Anchor("", 0, "", ""), count=4, head="f" * 64)
    kept.path.with_name(f"{wrong.stem}.json").write_bytes(wrong.dump())
    for _ in range(2):  # once read for it, and once known
        assert "entry 4 has another hash" in check_workspace(made)[0].findings[0]
    assert check_workspace(made)[0].trusted == 6


def test_the_last_check_shows_a_cut_and_a_rebuild_without_an_anchor(made: Workspace) -> None:
    path = made.path("acme")
    assert whole(made).ok
    good = path.read_bytes()
    cut(path, 1)
    for quick in (True, False, True):
        (finding,) = check_workspace(made, quick)[0].findings
        assert "at the last check here it had 5 entries, now there are 4" in finding
        assert f"delete {made.root / 'checked' / 'acme.json'}" in finding
    path.write_bytes(good)
    rebuild(path, "second call", "Second call")
    log(made, "fourth call")
    (finding,) = check_workspace(made)[0].findings
    assert "entry 5 is another than at the last check here" in finding
    forget(made)
    assert check_workspace(made)[0].ok


def test_the_checkpoint_is_private_and_may_be_lost_or_damaged(made: Workspace) -> None:
    assert whole(made).ok
    path = Checkpoints(made.root).path("acme")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert read_checkpoint(path.read_bytes()).count == 5
    for junk in (b"", b"[]", b"\xff" * 99):
        path.write_bytes(junk)
        assert (check_workspace(made)[0].ok, check_workspace(made)[0].trusted) == (True, 5)


def test_what_cannot_be_read_is_a_finding_and_the_rest_is_checked(made: Workspace) -> None:
    made.new_client("bolt", [made.draft("bolt", "client", data={"name": "Bolt"})])
    made.path("acme").unlink()
    made.path("acme").symlink_to("/etc/hostname")
    acme, bolt = check_workspace(made)
    assert (acme.client, acme.ok, acme.head) == ("acme", False, "")
    assert "symbolic link" in acme.findings[0]
    assert bolt.ok


def test_anchors_of_a_docket_that_is_gone_are_told(made: Workspace) -> None:
    anchored(made)
    made.path("acme").unlink()
    (checked,) = check_workspace(made)
    assert (checked.client, checked.ok) == ("acme", False)
    assert "its docket is gone" in checked.findings[0]


def test_a_thread_can_check_while_the_app_logs(made: Workspace) -> None:
    found: list[DocketChecked] = []

    def check() -> None:
        for _ in range(20):
            found.extend(check_workspace(Workspace.open(made.root)))

    thread = Thread(target=check)
    thread.start()
    for number in range(40):
        log(made, f"call {number}")
    thread.join()
    assert len(found) == 20
    assert [one.findings for one in found if not one.ok] == []
    assert whole(made).count == 45
