"""The workspace: private to its owner, whole after every write, clear about what it refuses."""

from __future__ import annotations

import json
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from store.errors import DocketError, UsageError
from store.journal import JournalFile, verify_file
from store.private.file import PrivateFile
from store.private.model import CheckIn
from store.upkeep.erase import erase
from store.workspace import Workspace
from tests.store.building import NOON, FixedClock, workspace


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_is_private_to_its_owner(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.private.add("acme", CheckIn(at=NOON, stress_client=7))
    made.drafts.save("capture", "half a sentence")
    assert _mode(made.root) == 0o700
    assert _mode(made.root / "clients") == 0o700
    files = [path for path in made.root.rglob("*") if path.is_file()]
    assert len(files) >= 4
    assert {_mode(path) for path in files} == {0o600}


def test_what_is_logged_is_there_for_another_session(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    entry = made.log(made.draft("acme", "no-reply", "ថ្ងៃនេះ [/foo] لا رد"))
    assert entry.seq == 3
    other = Workspace.open(made.root)
    assert other.docket("acme").counted[-1].statement == "ថ្ងៃនេះ [/foo] لا رد"
    other.log(other.draft("acme", "note", "from the other side", occurred_at="2026-11-01"))
    assert [e.seq for e in made.entries("acme")] == [1, 2, 3, 4]
    assert verify_file(made.path("acme")).ok


def test_a_client_erased_and_begun_anew_is_the_new_one_in_every_session(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    other = Workspace.open(made.root, clock=made.clock)
    for session in (made, other):  # both have looked at what is erased then
        assert session.docket("acme").name == "Acme Média"
        assert len(session.file("acme").lines) == 2
    erase(made, "acme")
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Anew"})])
    nonce = JournalFile(made.path("acme")).header.nonce
    for session in (made, other):
        assert session.docket("acme").name == "Anew"
        assert [e.kind for e in session.entries("acme")] == ["client"]
        assert len(session.file("acme").lines) == 1
        assert session.file("acme").header.nonce == nonce
    assert other.log(other.draft("acme", "note", "x")).seq == 2
    assert verify_file(made.path("acme")).ok


def test_clients_are_found_by_any_unambiguous_part(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    for name in ("Acme Studio", "សុខា"):
        client = made.new_id(name)
        made.new_client(client, [made.draft(client, "client", data={"name": name})])
    assert made.client_ids() == ["acme", "acme-studio", "client"]
    assert made.find("acme") == "acme"
    assert made.find("MEDIA") == "acme"
    assert made.find("studio") == "acme-studio"
    assert made.find("សុខា") == "client"
    with pytest.raises(UsageError, match="several clients: acme, acme-studio"):
        made.find("acm")
    for unknown in ("zebra", "", "../acme"):
        with pytest.raises(UsageError, match="No client fits"):
            made.find(unknown)


def test_ids_are_free_and_plain(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    assert made.new_id("Acme") == "acme-2"
    assert made.new_id("Acme", "acme-x") == "acme-x"
    for wrong in ("acme", "Acme", "../x", "x" * 41, "-x"):
        with pytest.raises(UsageError):
            made.new_id("Acme", wrong)


def test_time_comes_from_the_clock_and_the_future_is_refused(tmp_path: Path) -> None:
    clock = FixedClock()
    made = workspace(tmp_path, clock)
    entry = made.log(made.draft("acme", "note", "late", occurred_at="2026-11-13T12:00:00+00:00"))
    assert entry.recorded_at == NOON
    assert entry.lag_days == 9
    ahead = made.draft("acme", "note", "soon", occurred_at=NOON + timedelta(hours=1))
    with pytest.raises(UsageError, match="has not come yet"):
        made.log(ahead)
    clock.move(hours=-2)
    behind = made.log(made.draft("acme", "note", "noted"))
    assert behind.clock_behind == 7200


def _bill(number: str = "INV-1", **changes: Any) -> dict[str, Any]:
    return {
        "number": number, "amount": "100.00", "currency": "EUR", "due": "2026-11-01"
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("answer", {"links": [{"rel": "answers", "seq": 99}]}, "There is no entry acme#99"),
        ("answer", {"links": [{"rel": "answers", "seq": 1}]}, "acme#1 is not a request"),
        ("answer", {}, "Which entry is this answer for"),
        ("void", {"links": [{"rel": "voids", "seq": 4}]}, "acme#4 was voided: by #5"),
        ("invoice", {"data": _bill()}, "Invoice INV-1 is on the docket already"),
        (
            "payment",
            {
                "data": {
                    "amount": "5",
                    "currency": "USD",
                    "for_invoices": [{"invoice": "inv-1", "amount": "5"}],
                }
            },
            "INV-1 is in EUR: the payment is in USD",
        ),
        (
            "payment",
            {
                "data": {
                    "amount": "500",
                    "currency": "EUR",
                    "for_invoices": [{"invoice": "INV-1", "amount": "500"}],
                }
            },
            "INV-1 has only EUR 100.00 open",
        ),
        (
            "amendment",
            {
                "links": [{"rel": "amends", "seq": 3}],
                "data": {"changes": {"amount": "-1"}},
            },
            "That amendment does not fit",
        ),
        (
            "amendment",
            {"links": [{"rel": "amends", "seq": 5}], "data": {"changes": {"statement": "x"}}},
            "A correction is not amended",
        ),
    ],
)
def test_what_contradicts_the_docket_is_refused(
    tmp_path: Path, kind: str, fields: dict[str, Any], message: str
) -> None:
    made = workspace(tmp_path)
    made.log(made.draft("acme", "invoice", data=_bill()))
    made.log(made.draft("acme", "note", "a slip"))
    made.log(made.draft("acme", "void", "typo", links=[{"rel": "voids", "seq": 4}]))
    before = made.path("acme").read_bytes()
    with pytest.raises(UsageError, match=message):
        made.log(made.draft("acme", kind, **fields))
    assert made.path("acme").read_bytes() == before


def test_links_carry_the_id_of_what_they_name(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    asked = made.log(made.draft("acme", "request", "Logo?"))
    answered = made.log(made.draft("acme", "answer", links=[{"rel": "answers", "seq": asked.seq}]))
    assert answered.links[0].id == asked.id


def test_opening_what_is_not_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(DocketError, match="There is no workspace at"):
        Workspace.open(tmp_path / "nowhere")
    made = workspace(tmp_path)
    marker = made.root / "workspace.json"
    marker.write_text(json.dumps({"format": 99}))
    with pytest.raises(DocketError, match=r"this Docket reads up to 2\. Update Docket"):
        Workspace.open(made.root)
    marker.write_text("}{")
    with pytest.raises(DocketError, match="is damaged"):
        Workspace.open(made.root)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    with pytest.raises(DocketError, match="is not empty"):
        Workspace.create(tmp_path / "full")


def test_private_things_are_kept_changed_and_erased(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.private.add("acme", CheckIn(at=NOON, stress_client=7, stress_work=2))
    made.private.add("acme", CheckIn(at=NOON, dread=9))
    reopened = Workspace.open(made.root).private.of("acme")
    assert [(c.stress_client, c.dread) for c in reopened.checkins] == [(7, None), (None, 9)]
    made.private.erase("acme")
    assert made.private.of("acme").checkins == ()
    assert b"acme" not in (made.root / "private.json").read_bytes()


def test_a_damaged_private_file_is_said_and_left_alone(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    path = made.root / "private.json"
    path.write_text("{broken")
    with pytest.raises(DocketError, match="not a private file Docket can read"):
        made.private.add("acme", CheckIn(at=NOON))
    assert path.read_text() == "{broken"


def test_the_private_file_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    path = workspace(tmp_path).root / "private.json"
    late = PrivateFile(path, now=lambda: time.time_ns() + 10**9)
    other = PrivateFile(path)
    assert late.of("acme").checkins == ()
    other.add("acme", CheckIn(at=NOON, dread=1))
    first = late.of("acme")
    assert late.of("acme") is first and first.checkins[0].dread == 1
    other.add("acme", CheckIn(at=NOON, dread=2))
    assert [one.dread for one in late.of("acme").checkins] == [1, 2]
    other.erase("acme")
    assert late.of("acme").checkins == ()
    path.unlink()
    assert late.of("acme").checkins == ()
    path.write_text("{broken")
    with pytest.raises(DocketError, match="not a private file Docket can read"):
        late.of("acme")


def test_a_private_file_changed_twice_in_one_tick_is_read_twice(tmp_path: Path) -> None:
    path = workspace(tmp_path).root / "private.json"
    private = PrivateFile(path)
    private.add("acme", CheckIn(at=NOON, dread=1))
    at_once = PrivateFile(path, now=lambda: path.stat().st_ctime_ns)
    first = at_once.of("acme")
    assert at_once.of("acme") == first and at_once.of("acme") is not first


def test_a_docket_that_takes_long_to_read_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path)
    made.new_client("bolt", [made.draft("bolt", "client", data={"name": "Bolt"})])
    lines, begun, let_go = vars(JournalFile)["lines"].fget, Event(), Event()

    def slow(file: JournalFile) -> Any:
        if file.path.stem == "acme":
            begun.set()
            assert let_go.wait(20)
        return lines(file)

    monkeypatch.setattr(JournalFile, "lines", property(slow))
    with ThreadPoolExecutor(2) as threads:
        long = threads.submit(made.docket, "acme")
        try:
            assert begun.wait(20)
            assert threads.submit(made.docket, "bolt").result(10).name == "Bolt"
        finally:
            let_go.set()
        assert long.result(10).client == "acme"


@pytest.mark.parametrize(
    "text", ["author = ", "author = 7", "target_rate = -5", 'currency = "euro"']
)
def test_a_wrong_config_names_the_file(tmp_path: Path, text: str) -> None:
    made = workspace(tmp_path)
    (made.root / "config.toml").write_text(text)
    with pytest.raises(DocketError, match=r"config\.toml"):
        _ = Workspace.open(made.root).config
