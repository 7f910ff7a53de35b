"""Before a record is written: withholding, refusals, findings and the way to their entries."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.examples import swept
from tests.tui.screens import host as hosting
from tests.tui.screens.host import HOSTILE, NOW, SIZES, Host, text_of, workspace
from tests.tui.screens.test_record import host, record_screen, rows_of
from tests.tui.waiting import paste, settled
from tui.app import DocketApp
from tui.screens.clients import ClientsPane
from tui.screens.correct import CorrectScreen
from tui.screens.decision import DecisionScreen
from tui.screens.main import MainScreen
from tui.screens.record import RecordScreen
from tui.screens.rows import RowList
from tui.widgets.entry import EntryPane
from tui.widgets.log import LogPane

BAD = "Always late; call +45 20 30 40 50."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")


def told(tmp_path: Path) -> Workspace:
    """Return a workspace with an entry to look at again (acme#10), and another client."""
    made = workspace(tmp_path)
    made.new_client("bolt", [made.draft("bolt", "client", data={"name": "Bolt & Co"})])
    made.log(made.draft("acme", "note", BAD))
    made.log(made.draft("acme", "note", f"As with Bolt & Co. {HOSTILE}"))
    return made


async def test_a_withheld_text_is_in_annex_b_and_in_no_byte(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("f", "tab", "tab", *"logo")
        await settled(pilot)
        shown = text_of(app)
        assert "why          privacy" in shown, "the field for the reason is there now"
        assert "; withholds 1 field" in shown
        await pilot.press("tab", *"not a party", "escape", "G", *"kkk")
        await settled(pilot)
        current = record_screen(app).parts.sections.current
        assert current and current.text.startswith("Annex B. Redactions")
        assert re.search(r"\n6 +statement +", rows_of(record_screen(app).parts.preview))
        await pilot.press("w")
        await settled(pilot)
    done = record_screen(app).done
    assert done and done.record
    assert all(b"logo" not in file.read_bytes() for file in done.record.files)
    assert b"[withheld: not a party, digest" in _unescaped(done.record.document)


def _unescaped(path: Path) -> bytes:
    return path.read_bytes().replace(b"\\", b"")


async def test_withheld_entries_are_counted_and_the_reason_goes_with_them(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.press("f", "tab", "tab", *"#9; #6.statement")
        await settled(pilot)
        shown = " ".join(text_of(app).split())
        assert "withholds 1 field and 1 entry" in shown
        assert "1 withheld" in shown
        await pilot.press(*["backspace"] * 20)
        await settled(pilot)
        assert "why" not in text_of(app)


@pytest.mark.parametrize(
    ("typed", "said"),
    swept(
        [
            ("xy", "is too short to withhold everywhere"),
            ("#99", "99"),
            ("[/bar]", "[/bar]"),
            ("#3", "#3"),
            ("nowhere to be found", "nowhere to be found"),
        ],
        2,
    ),
)
async def test_a_refused_redaction_is_said_and_what_was_typed_stays(
    tmp_path: Path, typed: str, said: str
) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("f", "tab", "tab")
        await paste(pilot, typed)
        await settled(pilot)
        shown = text_of(app)
        assert app.told and said in " ".join(shown.split())
        assert f"withhold     {typed}" in shown
        assert "--redact" not in shown
        await pilot.press("escape", "w")
        await settled(pilot)
        assert app.told
        assert f"withhold     {typed}" in text_of(app)
    assert list((tmp_path / "out").iterdir()) == []


async def test_the_cursor_comes_back_to_its_section_after_a_refusal(tmp_path: Path) -> None:
    app = host(workspace(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("j", "j", "f", "tab", "tab", *"#99")
        await settled(pilot)
        assert "no record" in text_of(app)
        await pilot.press(*["backspace"] * 3)
        await settled(pilot)
        current = record_screen(app).parts.sections.current
        assert current and current.text.startswith(" 3 Payments")


@pytest.mark.parametrize("size", SIZES)
async def test_findings_are_counted_and_previewed(tmp_path: Path, size: tuple[int, int]) -> None:
    app = host(told(tmp_path))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        assert "Look again: 8 points" in text_of(app)
        await pilot.press("g")
        await pilot.pause()
        preview = rows_of(record_screen(app).parts.preview)
        assert 'acme#10 says "Always"' in preview
        assert 'acme#11 says "Bolt & Co"' in " ".join(preview.split())
        assert "\x1b" not in text_of(app)


async def test_findings_never_block_and_are_asked_about_once(tmp_path: Path) -> None:
    app = host(told(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert "3 of the 8 points to look at again may be held against you" in text_of(app)
        assert list((tmp_path / "out").iterdir()) == []
        await pilot.press("w")
        await settled(pilot)
        assert "Written and verified" in text_of(app)
        await pilot.press("3", "w")
        await settled(pilot)
        assert "Written and verified" in text_of(app), "the same places are not asked about again"
    assert len(list((tmp_path / "out").iterdir())) == 2


async def test_what_the_case_leaves_open_is_listed_and_what_tells_against_me_is_asked_about(
    tmp_path: Path,
) -> None:
    made = workspace(tmp_path)
    made.log(made.draft("acme", "stop", "Work rests"))  # 10
    app = host(made)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert "1 of the 6 points to look at again may be held against you" in text_of(app)
        shown = " ".join(rows_of(record_screen(app).parts.preview).split())
        assert "open in the case: enter on one goes to its entry" in shown
        assert "acme#10: work was stopped, and no clause among the terms allows it" in shown
        assert 'docket log acme terms "TEXT" --set suspension_clause="CLAUSE"' in shown
        preview = record_screen(app).parts.preview
        (at,) = (at for at, row in enumerate(preview.rows) if row.evidence == (10,))
        await pilot.press("enter")
        preview.place(at)
        await pilot.press("enter")
        await settled(pilot)
        assert not isinstance(app.screen, RecordScreen)
    assert list((tmp_path / "out").iterdir()) == []


async def test_a_facts_sheet_has_no_word_to_look_at_again(tmp_path: Path) -> None:
    app = host(told(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("5")
        await settled(pilot)
        assert "Nothing to look at again" in text_of(app)


async def test_a_report_looks_only_at_what_it_prints(tmp_path: Path) -> None:
    made = told(tmp_path)
    made.log(made.draft("acme", "delivery", "Logo files, as for Bolt & Co"))
    app = host(made)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("7")
        await settled(pilot)
        assert record_screen(app).parts.sections.rows[0].text == "Look again: 6 points"
        await pilot.press("g")
        await pilot.pause()
        preview = rows_of(record_screen(app).parts.preview)
        assert 'acme#12 says "Bolt & Co"' in " ".join(preview.split())
        assert "docket report acme --help" in " ".join(preview.split())


def _main(app: DocketApp) -> MainScreen:
    assert isinstance(app.screen, MainScreen), app.screen
    return app.screen


def _entry(app: DocketApp) -> str:
    pane = _main(app).query_one(EntryPane)
    return "".join(
        text for number in range(pane.count()) for text, _ in pane.cells(number, pane.room)
    )


@pytest.mark.parametrize("size", SIZES)
async def test_a_finding_leads_to_its_entry_where_a_amends_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = DocketApp(told(tmp_path))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        app.main.query_one(ClientsPane).go(0)
        while app.main.client != "acme":
            await pilot.press("j")
        await pilot.press("2", "/", *"INV-42", "enter", "x")
        await settled(pilot)
        await pilot.press("g", "enter", "enter")
        await settled(pilot)
        main = _main(app)
        selected = main.query_one(LogPane).selected
        assert (main.client, selected and selected.seq) == ("acme", 10)
        assert main.query_one(LogPane).filter == "", "the filter would have hidden it"
        assert "Always late" in _entry(app)
        await pilot.press("a")
        await settled(pilot)
        assert isinstance(app.screen, CorrectScreen)
        assert (app.screen.client, app.screen.seq) == ("acme", 10)


async def test_a_finding_leads_there_from_the_decision_too(tmp_path: Path) -> None:
    app = DocketApp(told(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        assert isinstance(app.screen, DecisionScreen)
        assert app.screen.client == "acme"
        await pilot.press("0", "x")
        await settled(pilot)
        assert isinstance(app.screen, RecordScreen)
        await pilot.press("3", "g", "enter", "enter")
        await settled(pilot)
        selected = _main(app).query_one(LogPane).selected
        assert selected and selected.seq == 10
        await pilot.press("x")
        await settled(pilot)
        assert isinstance(app.screen, RecordScreen)
        assert app.screen.asking.profile == "mediator", "one comes back to go on with it"


async def test_leaving_without_a_finding_goes_back_to_where_one_was(tmp_path: Path) -> None:
    app = DocketApp(told(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        before = (app.main.client, app.main.pane)
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert (_main(app).client, app.main.pane) == before


async def test_words_amended_away_are_still_found_since_a_record_prints_them(
    tmp_path: Path,
) -> None:
    made = told(tmp_path)
    link = {"rel": "amends", "seq": 10, "reason": "calmer"}
    made.log(
        made.draft(
            "acme", "amendment", links=[link], data={"changes": {"statement": "Late on 3 days."}}
        )
    )
    app = Host(RecordScreen(made, "acme"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        shown = app.shown.query_one("#sections", RowList)
        assert "Look again: 8 points" in rows_of(shown), "what is struck can be read"
    assert made.clock() == NOW


async def test_a_file_that_cannot_be_read_is_named_and_goes_out_once_it_is_typed(
    tmp_path: Path,
) -> None:
    made = workspace(tmp_path)
    content = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    kept = {"sha256": sha256(content).hexdigest(), "name": "shot.png", "size": len(content)}
    (made.root / "exhibits").mkdir(mode=0o700, exist_ok=True)
    (made.root / "exhibits" / str(kept["sha256"])).write_bytes(content)
    made.log(made.draft("acme", "note", "A shot", exhibits=[kept]))
    app = host(made)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await settled(pilot)
        assert "despite" not in text_of(app)
        await pilot.press("f", "tab", "tab", *"logo")
        await settled(pilot)
        assert "despite" in text_of(app)
        assert "Look again: 7 points" in text_of(app)
        await pilot.press("escape", "w")
        await settled(pilot)
        shown = " ".join(text_of(app).split())
        assert "(shot.png): a picture" in shown
        assert "then type M-1 at despite; or leave it out by withholding" in shown
        assert record_screen(app).done is None
        await pilot.press("f", "tab", "tab", "tab", "tab", *"shot.png")
        await settled(pilot)
        await pilot.press("escape", "w")
        await settled(pilot)
        assert "Handed over though not all could be read" in " ".join(text_of(app).split())
    done = record_screen(app).done
    assert done and done.record
    assert done.record.material.options.despite == ("M-1",)


@pytest.mark.parametrize("size", SIZES)
async def test_what_another_session_logged_is_said_before_it_is_written(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        other = Workspace.open(made.root, clock=made.clock)
        other.log(other.draft("acme", "thanks", "They thanked me for the map"))
        await pilot.press("w")
        await settled(pilot)
        said = hosting.told(app)
        assert "Not written yet: another session changed" in said
        assert "As you opened it: 9 entries" in said
        assert "10 entries; #10 thanks: They thanked me" in said
        assert record_screen(app).done is None
        assert "8 of 10 entries" in text_of(app), "it is laid out anew"
        await pilot.press("w")
        await settled(pilot)
    assert record_screen(app).done


async def test_what_is_logged_from_here_is_no_surprise(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    app = host(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        made.log(made.draft("acme", "thanks", "They thanked me for the map"))
        record_screen(app).on_capture_bar_logged()
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
    assert record_screen(app).done
