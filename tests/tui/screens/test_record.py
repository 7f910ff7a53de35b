"""The record screen: profiles, period, preview by section, writing, verifying, copying."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

import store.records.printed as printed
from store.entries import Entry
from store.journal import LIMITS
from store.private.model import CheckIn, Decision
from store.records import verify_record
from store.workspace import Workspace
from tests.tui.screens.host import HOSTILE, NOW, SIZES, Host, text_of, workspace
from tests.tui.waiting import paste, settled
from tui.screens.record import RecordScreen
from tui.screens.rows import RowList


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write records under `out`, which is where the program was started."""
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")


def host(made: Workspace) -> Host:
    return Host(RecordScreen(made, "acme"))


def record_screen(app: Host) -> RecordScreen:
    assert isinstance(app.shown, RecordScreen)
    return app.shown


def rows_of(lines: RowList) -> str:
    return "\n".join(row.text for row in lines.rows)


def labels(app: Host) -> list[str]:
    """Return the ids of the fields that take a row."""
    found = record_screen(app).query(Input)
    return [one.id or "" for one in found if one.parent and one.parent.display]


@pytest.mark.parametrize("size", SIZES)
async def test_written_record_verifies_and_its_path_is_copied(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = workspace(tmp_path, HOSTILE)
    app = host(made)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        shown = text_of(app)
        assert "Record  [/foo] <b>x</" in shown
        assert "\x1b" not in shown
        assert "7 of 9 entries" in shown
        await pilot.press("y")
        await pilot.pause()
        assert "Nothing is written yet" in text_of(app)
        await pilot.press("w")
        await settled(pilot)
        assert "Written and verified" in text_of(app)
        preview = rows_of(record_screen(app).parts.preview)
        assert "Verified: it is whole." in preview
        assert "document: every word of" in preview
        assert "does not show" in preview
        assert LIMITS.replace(" ", "") in preview.replace(" ", "").replace("\n", "")
        await pilot.press("y", "escape")
        await pilot.pause()
    done = record_screen(app).done
    assert done and done.record
    assert app.result is None, "it leads to no entry"
    assert done.record.folder.parent == tmp_path / "out"
    assert verify_record(done.record.folder).ok
    assert app.copied == [str(done.record.document)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_profile_is_previewed_with_the_fields_that_apply(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = host(workspace(tmp_path))
    wanted = {
        "1": ("left out: 2 kept back", ["since", "until", "redact", "folder"]),
        "2": ("fits the form: ", ["since", "until", "redact", "answer-by", "form", "folder"]),
        "3": ("left out: 1 kept back ", ["since", "until", "redact", "would-accept", "folder"]),
        "4": ("1 kept back, 1 settlement talk", ["since", "until", "redact", "folder"]),
        "5": ("of other kinds", ["since", "until", "redact", "folder"]),
        "6": ("2026-11-22_acme_statement_EUR.md", ["since", "until", "folder"]),
        "7": ("`docket report --help` says", ["folder"]),
    }
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        for key, (said, fields) in wanted.items():
            await pilot.press(key)
            await settled(pilot)
            shown = text_of(app)
            assert f"▸{key} " in shown
            assert said in " ".join(shown.split()), shown
            kinds = ["kinds"] * (key in "14")
            assert labels(app) == [*fields, "language", *kinds]
            assert len(record_screen(app).parts.sections.rows) > 3
            assert rows_of(record_screen(app).parts.preview).strip()


async def test_a_statement_is_in_the_language_that_is_typed(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("6", "f", "tab", "tab", "tab", "h", "u", "escape")
        await settled(pilot)
        assert "Összesen fizetendő" in text_of(app)
        await pilot.press("f", "tab", "tab", "tab", "1", "escape")
        await settled(pilot)
        assert "'hu1' is no language" in text_of(app)


async def test_fields_take_no_room_on_a_short_screen_unless_typed_in(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await settled(pilot)
        assert "withhold" not in text_of(app)
        await pilot.press("f")
        await pilot.pause()
        shown = text_of(app)
        assert "> from" in shown
        assert "withhold" in shown and "folder" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert "withhold" not in text_of(app)
        assert record_screen(app).parts.sections.has_focus


async def test_a_period_is_read_back_and_a_bad_one_keeps_its_text(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await paste(pilot, "2026-11-18")
        await settled(pilot)
        shown = text_of(app)
        assert "covers from Wed 18 Nov 2026 until today" in shown
        assert "outside these days" in " ".join(shown.split())
        await pilot.press("tab", *"[/foo]")
        await settled(pilot)
        shown = text_of(app)
        assert "! '[/foo]' is not a past day" in shown
        assert "until        [/foo]" in shown
        await pilot.press(*["backspace"] * 6, *"2026-11-01")
        await settled(pilot)
        assert "The record would cover no day" in text_of(app)
        await pilot.press("escape", "w")
        await settled(pilot)
        assert "The record would cover no day" in text_of(app)
    assert list((tmp_path / "out").iterdir()) == []


async def test_what_would_settle_it_is_typed_and_stands_in_the_brief(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3", "f", "tab", "tab", "tab", *"half by May")
        await settled(pilot)
        made = record_screen(app).parts.made
        assert made
        assert "I would accept: half by May" in [one.body for one in made.before]
        listed = rows_of(record_screen(app).parts.sections)
        assert listed.index("The parties and the quarrel") < listed.index("Summary")
        await pilot.press("escape", "2", "f", *["tab"] * 4, *"payment cut")
        await settled(pilot)
        made = record_screen(app).parts.made
        assert made and made.record and made.record.material.options.form == "payment"
        assert made.record.material.options.cut


async def test_the_day_to_answer_a_platform_is_counted(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "f", "tab", "tab", "tab", *"30 Nov")
        await settled(pilot)
        assert "answer by Mon 30 Nov 2026, in 8 days" in text_of(app)
        await pilot.press("escape", "1")
        await settled(pilot)
        assert "answer by" not in text_of(app), "it is a platform's alone"
        await pilot.press("2", "w")
        await settled(pilot)
    done = record_screen(app).done
    assert done and done.record
    assert str(done.record.material.options.answer_by) == "2026-11-30"


async def test_zoom_gives_the_screen_to_what_is_read_and_back(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        narrow = record_screen(app).parts.preview.room
        await pilot.press("j", "j", "z")
        await pilot.pause()
        assert record_screen(app).parts.preview.room > narrow + 20
        assert record_screen(app).parts.preview.has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert record_screen(app).parts.sections.has_focus
        assert record_screen(app).parts.preview.room == narrow


async def test_only_the_selected_section_is_shown(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "late payment" not in text_of(app)
        await pilot.press(*"jjjjjjj", "enter", *"jjjjjjj")
        await pilot.pause()
        assert "late payment" in rows_of(record_screen(app).parts.preview)
        assert "INV-42 is not paid." in " ".join(rows_of(record_screen(app).parts.preview).split())
        await pilot.press("escape", "G")
        await pilot.pause()
        assert "enter or w writes the record for court into" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "Written and verified" in text_of(app), "the last line writes"


async def test_a_folder_that_cannot_be_written_is_said_and_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    app = host(workspace(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("f", "tab", "tab", "tab", "ctrl+u")
        await paste(pilot, str(tmp_path / "file" / "x"))
        await pilot.press("escape", "w")
        await settled(pilot)
        shown = text_of(app)
        assert "No record was written to" in shown
        assert "/file/x" in shown


async def test_a_home_that_nobody_has_is_said(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "tab", "tab", "tab", "ctrl+u")
        await paste(pilot, "~nobody-here/x")
        await pilot.press("escape", "w")
        await settled(pilot)
        assert "There is no user" in text_of(app)


async def test_nothing_private_is_in_the_written_bytes(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.private.add("acme", CheckIn(at=NOW, stress_client=9, note="secret-note"))
    made.private.add("acme", Decision(at=NOW, choice="walk-away", why="secret-why"))
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        for profile in "34567":
            await pilot.press(profile)
            await settled(pilot)
            await pilot.press("w")
            await settled(pilot)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len([path for path in files if path.parent == tmp_path / "out"]) == 2
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
        await settled(pilot)
        shown = text_of(app)
        assert "No record was made: acme#4 would be shown wrongly" in shown
        assert "─ no record " in shown or "━ no record " in shown


async def test_a_single_document_is_written_beside_the_last_one(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("6", "P")
        await settled(pilot)
        for _ in range(2):
            await pilot.press("w")
            await settled(pilot)
            assert "Written. y copies the path." in text_of(app)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "2026-11-22_acme_statement_EUR-2.html",
        "2026-11-22_acme_statement_EUR-2.md",
        "2026-11-22_acme_statement_EUR.html",
        "2026-11-22_acme_statement_EUR.md",
    ]


async def test_a_page_is_printed_on_the_paper_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "_BROWSERS", ("no-such-browser",))
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for words in ("▸P a page to print", "PDF on A4", "PDF on letter", " P a page to print"):
            await pilot.press(*(["6"] if words[0] == "▸" else []), "P")
            await settled(pilot)
            assert words in text_of(app)
        await pilot.press("P", "P", "w")
        await settled(pilot)
        assert "No browser here prints: open" in text_of(app)
    page = (tmp_path / "out" / "2026-11-22_acme_statement_EUR.html").read_text("utf-8")
    assert "size: A4" in page


async def test_what_is_typed_comes_back_until_it_is_written(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "f", "tab", "tab", *"#7", "escape", "escape")
        await settled(pilot)
    again = host(made)
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = text_of(again)
        assert "What you typed before is back." in shown
        assert "▸3 mediator" in shown
        assert "withhold     #7" in shown
        await pilot.press("w")
        await settled(pilot)
        assert "Written and verified" in text_of(again)
        await pilot.press("escape")
        await pilot.pause()
    assert not list(made.drafts.folder.glob("*.txt"))


async def test_looking_at_profiles_leaves_no_draft(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "P", "S", "escape")
        await settled(pilot)
    assert not list(made.drafts.folder.glob("*"))


async def test_zoomed_the_whole_document_folds_by_section(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("z")
        await settled(pilot)
        page = record_screen(app).parts.preview
        titles = [row.text.strip() for row in page.rows if row.leads.startswith("unfold:")]
        assert titles[:2] == ["-  1 Summary", "+  2 The agreement"]
        assert len(titles) == len(record_screen(app).parts.sections.rows) - 3
        assert page.current and page.current.text.startswith("-  1 Summary")
        shown = len(page.rows)
        await pilot.press("enter")
        await settled(pilot)
        assert len(page.rows) == len(titles) < shown, "all folded"
        await pilot.press("j", "enter")
        await settled(pilot)
        assert page.current and page.current.text.startswith("-  2 The agreement")
        await pilot.press("escape")
        await settled(pilot)
        assert record_screen(app).parts.sections.has_focus
