"""The record screen: purpose, period, preview by section, writing, verifying, copying."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.entries import Entry
from store.journal import LIMITS
from store.private import CheckIn, Decision
from store.records import LeftOut, RecordOptions, dispute_record, verify_record
from store.workspace import Workspace
from tests.tui.screens.host import HOSTILE, NOW, SIZES, Host, text_of, workspace
from tui.screens.record import RecordScreen
from tui.screens.record_view import counted, past_day, period_in_full, preview_rows, section_rows


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write records under `out`, which is where the program was started."""
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")


async def settle(app: Host, pilot: Pilot[None]) -> None:
    await pilot.pause(0.3)
    await app.workers.wait_for_complete()
    await pilot.pause()


def host(made: Workspace) -> Host:
    return Host(RecordScreen(made, "acme"))


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    assert counted(LeftOut(), 9) == "9 of 9 entries; left out: none"
    assert counted(LeftOut(internal=2, settlement=1, outside=3), 9) == (
        "3 of 9 entries; left out: 2 internal, 1 settlement talk, 3 outside these days"
    )


def test_the_period_is_said_in_full() -> None:
    day = past_day("1 Oct", NOW)
    assert past_day(" ", NOW) is None
    assert period_in_full(None, None) == "the whole docket"
    assert period_in_full(day, None) == "from Thu 1 Oct 2026 until today"
    assert period_in_full(None, day) == "from the start until Thu 1 Oct 2026"
    assert past_day("1 Dec", NOW) is not None, "a day without a year is the last one, not the next"
    assert str(past_day("1 Dec", NOW)) == "2025-12-01"
    for wrong in ("[/foo]", "tomorrow", "32 Oct"):
        with pytest.raises(Exception, match="not a past day"):
            past_day(wrong, NOW)


def test_every_section_has_a_line_and_loses_no_word(tmp_path: Path) -> None:
    made = workspace(tmp_path, HOSTILE)
    options = RecordOptions("own", None, None, "me")
    record = dispute_record(made.docket("acme"), made.journal("acme").lines, options, NOW)
    rows = section_rows(record, 30)
    assert len(rows) == len(record.sections) + 1
    assert "Write the record" in rows[-1].text
    for section in record.sections:
        shown = "".join(row.text for row in preview_rows(section, 40))
        assert shown.replace(" ", "") == section.body.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("size", SIZES)
async def test_written_record_verifies_and_its_path_is_copied(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = workspace(tmp_path, HOSTILE)
    app = host(made)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(app, pilot)
        shown = text_of(app)
        assert "Record: [/foo] <b>x</" in shown
        assert "\x1b" not in shown
        assert "7 of 9 entries" in shown
        await pilot.press("y")
        await pilot.pause()
        assert "! Nothing is written yet" in text_of(app)
        await pilot.press("w")
        await settle(app, pilot)
        assert "Written and verified" in text_of(app)
        preview = "\n".join(row.text for row in app.shown.query("#preview").first().rows)  # type: ignore[attr-defined]
        assert "Verified: it is whole." in preview
        assert LIMITS.replace(" ", "") in preview.replace(" ", "").replace("\n", "")
        await pilot.press("y", "escape")
        await pilot.pause()
    written = app.result
    assert written.folder.parent == tmp_path / "out"
    assert verify_record(written.folder).ok
    assert app.copied == [str(written.document)]


async def test_purposes_change_what_is_left_out(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        for key, left in (("3", "1 internal ──"), ("1", "1 internal, 1 settlement talk")):
            await pilot.press(key)
            await settle(app, pilot)
            assert left in text_of(app)
        await pilot.press("2")
        await settle(app, pilot)
        assert "8. How this record is kept" in text_of(app), "the short form"


async def test_a_period_is_read_back_and_a_bad_one_keeps_its_text(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", *"2026-11-18")
        await settle(app, pilot)
        shown = text_of(app)
        assert "covers from Wed 18 Nov 2026 until today" in shown
        assert "outside these" in shown
        await pilot.press("tab", *"[/foo]")
        await settle(app, pilot)
        shown = text_of(app)
        assert "! '[/foo]' is not a past day" in shown
        assert "until       [/foo]" in shown
        await pilot.press(*["backspace"] * 6, *"2026-11-01")
        await settle(app, pilot)
        assert "! The record would cover no day" in text_of(app)
        await pilot.press("escape", "w")
        await settle(app, pilot)
        assert "! The record would cover no day" in text_of(app)
    assert list((tmp_path / "out").iterdir()) == []


async def test_only_the_selected_section_is_shown(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert "INV-42 is not paid." not in text_of(app)
        await pilot.press("j", "j", "j", "j", "enter", *"jjjjjjjjjjjj")
        await pilot.pause()
        shown = text_of(app)
        assert "INV-42 is not paid." in shown
        await pilot.press("escape", "G", "enter")
        await settle(app, pilot)
        assert "Written and verified" in text_of(app), "the last line writes"


async def test_a_folder_that_cannot_be_written_is_said_and_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    app = host(workspace(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        await pilot.press("f", "tab", "tab", "ctrl+u", *str(tmp_path / "file" / "x"))
        await pilot.press("escape", "w")
        await settle(app, pilot)
        shown = text_of(app)
        assert "! No record was written to" in shown
        assert "/file/x" in shown


async def test_nothing_private_is_in_the_written_bytes(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.private.add_checkin("acme", CheckIn(at=NOW, stress_client=9, note="secret-note"))
    made.private.add_decision("acme", Decision(at=NOW, choice="walk-away", why="secret-why"))
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await settle(app, pilot)
        await pilot.press("w")
        await settle(app, pilot)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        for secret in (b"secret", b"walk-away", b"Inner thought"):
            assert secret not in data


async def test_a_hidden_correction_is_explained(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    link = {"rel": "voids", "seq": 4, "reason": "slip"}
    void: Entry = made.log(made.draft("acme", "void", links=[link], visibility="internal"))
    assert void.seq == 10
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        shown = text_of(app)
        assert "! No record was made: acme#4 would be shown wrongly" in shown
        assert "no record ──" in shown
