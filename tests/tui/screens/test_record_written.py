"""What is written from the record screen: pages, signatures, exports, and the app meanwhile."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from store.records import RecordReport, RecordRequest, Written, verify_record
from store.records.folder import write as write_module
from store.records.folder.write import Copying
from store.workspace import Workspace
from tests.store.anchors.owner import needs_ssh_keygen, new_key
from tests.tui.screens.host import SIZES, UNDISMISSED, text_of, workspace
from tests.tui.screens.test_record import host, record_screen, rows_of
from tests.tui.waiting import paste, settled, until
from tui.screens import record_parts


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "out")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


def part(report: RecordReport, name: str) -> str:
    return next((one.said for one in report.parts if one.name == name), "")


@needs_ssh_keygen
@pytest.mark.parametrize("size", SIZES)
async def test_a_record_is_signed_with_the_usual_key(tmp_path: Path, size: tuple[int, int]) -> None:
    new_key(tmp_path / "home" / ".ssh" / "id_ed25519")
    app = host(workspace(tmp_path))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("S", "w")
        await settled(pilot)
        assert "▸S my SSH signature" in text_of(app)
        assert "Written and verified" in text_of(app)
        preview = "".join(rows_of(record_screen(app).parts.preview).split())
    done = record_screen(app).done
    assert done and done.record
    assert done.record.signed.startswith("ED25519 key SHA256:")
    assert "".join(done.record.signed.split()) in preview
    report = verify_record(done.record.folder)
    assert report.ok
    assert part(report, "signature") == f"signed with {done.record.signed}"


async def test_without_a_key_nothing_is_written_and_it_says_how_to_make_one(
    tmp_path: Path,
) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("S", "w")
        await settled(pilot)
        assert "There is no SSH key to sign with" in text_of(app)
        assert "ssh-keygen -t ed25519" in " ".join(text_of(app).split())
        await pilot.press("S", "w")
        await settled(pilot)
        assert "Written and verified" in text_of(app)
    done = record_screen(app).done
    assert done and done.record and not done.record.signed


@pytest.mark.parametrize("size", SIZES)
async def test_a_page_to_print_is_written_beside_it(tmp_path: Path, size: tuple[int, int]) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("P")
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert "Written and verified" in text_of(app)
    done = record_screen(app).done
    assert done and done.record
    page = done.path.with_suffix(".html")
    assert page in done.also
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert verify_record(done.record.folder).ok


@pytest.mark.parametrize("size", SIZES)
async def test_the_last_exports_are_listed_newest_first(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        assert "Last exports (0)" in text_of(app)
        await pilot.press("w")
        await settled(pilot)
        made.log(made.draft("acme", "note", "one more"))
        await pilot.press("3", "w")
        await settled(pilot)
        assert "Last exports (2)" in text_of(app)
        await pilot.press("g", "j")
        await pilot.pause()
        listed = rows_of(record_screen(app).parts.preview).replace("\n", "")
    assert "record for mediator" in listed and "record for court" in listed
    assert "9 entries, head" in " ".join(listed.split())
    assert "nothing logged since" in " ".join(listed.split())
    assert "1 entry logged since" in " ".join(listed.split())


async def test_another_folder_lists_its_own_exports(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    RecordRequest("own").write(made, "acme", tmp_path / "elsewhere")
    app = host(made)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        assert "Last exports (0)" in text_of(app)
        await pilot.press("f", "tab", "tab", "tab", "ctrl+u")
        await paste(pilot, str(tmp_path / "elsewhere"))
        await settled(pilot)
        assert "Last exports (1)" in text_of(app)


async def test_a_record_that_does_not_verify_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified = Written.verified

    def after_a_change(done: Written) -> Written:
        done.path.write_text("something else")
        return verified(done)

    monkeypatch.setattr(Written, "verified", after_a_change)
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("w")
        await settled(pilot)
        assert "It does not verify." in text_of(app)
        assert "NOT VERIFIED" in rows_of(record_screen(app).parts.preview)


async def test_the_app_stays_alive_while_it_writes_and_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, begun, write = threading.Event(), threading.Event(), RecordRequest.write

    def slowly(
        asked: RecordRequest, workspace: Workspace, client: str, folder: Path, *, copying: Copying
    ) -> Written:
        copying(800_000_000)(120_000_000)
        begun.set()
        assert held.wait(60)
        return write(asked, workspace, client, folder, copying=copying)

    monkeypatch.setattr(RecordRequest, "write", slowly)
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("w")
        assert await asyncio.to_thread(begun.wait, 60)
        assert "Copying" not in text_of(app), "nothing flickers where it is quick"
        await until(pilot, lambda: "120 of 800 MB   esc stops it" in text_of(app))
        await pilot.press("j", "w")
        await pilot.pause()
        assert app.result == UNDISMISSED
        assert " 2 The agreement" in text_of(app)
        held.set()
        await settled(pilot)
        assert "Written and verified" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
    assert app.result is None
    assert len(list((tmp_path / "out").iterdir())) == 1, "the second w did not write another"


async def test_a_long_section_is_shown_once_it_is_wrapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_parts, "_LONG", 10)
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press(*"j" * 7)
        await settled(pilot)
        assert "late payment" in rows_of(record_screen(app).parts.preview)
        assert "One moment" not in text_of(app)


async def test_esc_stops_the_writing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, begun = threading.Event(), threading.Event()
    fill = write_module._fill

    def slowly(*args: Any) -> Any:
        filled = fill(*args)
        begun.set()
        assert held.wait(60)
        return filled

    monkeypatch.setattr(write_module, "_fill", slowly)
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("w")
        assert await asyncio.to_thread(begun.wait, 60)
        await pilot.press("escape")
        assert app.result == UNDISMISSED
        held.set()
        await settled(pilot)
        assert "Stopped: nothing was written." in text_of(app)
        assert list((tmp_path / "out").iterdir()) == []
        monkeypatch.undo()
        await pilot.press("w")
        await settled(pilot)
        assert "Written and verified" in text_of(app), "it can be written after all"
    assert len(list((tmp_path / "out").iterdir())) == 1
