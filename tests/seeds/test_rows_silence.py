"""The silent client, row by row: each test's assertion is what its piece of advice asks for."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from store.overview.standing import scene_of
from store.playbook.letters import letter
from store.playbook.letters.facts import facts_for
from store.playbook.next_steps import next_steps
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.tone.check import tone
from store.working_days import WorkingDays
from store.workspace import Workspace
from store.workspace.timer import Timer, start_timer, stop_timer
from tests.store.records.recomputing import Written, figures
from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk


@pytest.fixture
def desk(cli: Cli) -> Desk:
    return Desk(cli)


def _scene(desk: Desk, day: date) -> Scene:
    desk.today = day
    workspace = Workspace.open(desk.cli.root)
    return scene_of(workspace.docket("acme", day), workspace)


def _offers(desk: Desk, day: date) -> list[NextStep]:
    """Return the step notices that are offered by a day."""
    return [one for one in next_steps(_scene(desk, day)) if one.letter == "step-notice"]


def test_row_12_open_asks_age_over_month_ends_and_an_answer_ends_it(desk: Desk) -> None:
    desk.today = date(2028, 2, 21)
    desk("ask", "acme", "Texts for six pages", "--needed-by", "2028-02-25")
    ages = {}
    for day in (date(2028, 2, 25), date(2028, 2, 29), date(2028, 3, 1), date(2028, 3, 27)):
        desk.today = day
        (ask,) = json.loads(desk("ask", "--open", "--json"))
        ages[day.isoformat()] = (ask["waited"], ask["over"])
    assert ages == {
        "2028-02-25": (4, 0),
        "2028-02-29": (8, 4),
        "2028-03-01": (9, 5),
        "2028-03-27": (35, 31),  # the clocks went forward the day before
    }
    desk("answer", "acme#3", "--partly", "Two texts", "--missing", "Four texts")
    desk.today = date(2028, 3, 28)
    shown = desk("ask", "acme", "--open")
    assert "acme#3  Four texts" in shown
    assert "asked 36 days ago, 32 days overdue; a part came 27 Mar" in shown
    desk("answer", "acme#3", "All of them")
    desk.today = date(2028, 4, 28)
    assert json.loads(desk("ask", "--open", "--json")) == []


def test_row_16_each_new_block_gives_one_offer_and_the_sent_notice_is_linked(desk: Desk) -> None:
    desk.today = date(2027, 3, 2)
    desk("ask", "acme", "Logo files", "--needed-by", "2027-03-10")
    desk("ask", "acme", "Texts", "--needed-by", "2027-03-17")
    assert [one.due for one in _offers(desk, date(2027, 3, 9))] == [
        date(2027, 3, 11),
        date(2027, 3, 18),
    ]
    first = _offers(desk, date(2027, 3, 11))[0]
    assert (first.due, first.about) == (date(2027, 3, 11), "#3")
    desk(*first.command.split(" ")[1:4], "#3 Logo files")
    sent = Workspace.open(desk.cli.root).docket("acme", desk.today).kind("notice")[0]
    assert [link.seq for link in sent.links] == [3]
    later = [date(2027, 3, 12), date(2027, 4, 12), date(2027, 6, 1)]
    assert all([one.about for one in _offers(desk, day)] == ["#4"] for day in later)
    assert any(one.about == "#3" for one in next_steps(_scene(desk, later[-1])))  # never quiet
    desk("answer", "acme#4", "Here they are")
    desk("log", "acme", "access-withheld", "No login for the shop")
    (block,) = _offers(desk, date(2027, 6, 2))
    assert block.about == "#7"
    desk("log", "acme", "notice", "#7 No login for the shop")
    assert _offers(desk, date(2027, 6, 3)) == []


def test_row_17_the_notice_carries_both_dates_and_the_blocked_days(desk: Desk) -> None:
    desk.today = date(2027, 3, 2)
    desk("promise", "acme", "Home page", "--by", "me", "--due", "2027-03-19")
    desk("ask", "acme", "Logo files", "--needed-by", "2027-03-10")
    scene = _scene(desk, date(2027, 3, 16))
    facts = facts_for(scene, "#4")
    assert [facts[name].value for name in ("item", "old_date", "new_date")] == [
        "Home page",
        date(2027, 3, 19),
        date(2027, 3, 25),  # 11, 12, 15 and 16 March were blocked
    ]
    body = " ".join(letter("step-notice", facts).body.split())
    assert "19 March 2027 becomes 25 March 2027" in body
    (step,) = _offers(desk, date(2027, 3, 16))
    assert "It moves #3 from 19 Mar to 25 Mar." in step.why


def test_row_97_the_notice_names_what_they_lose(desk: Desk) -> None:
    desk.today = date(2027, 3, 2)
    desk("ask", "acme", "Logo files", "--needed-by", "2027-03-10")
    found = letter("step-notice", facts_for(_scene(desk, date(2027, 3, 16)), "#3"))
    assert found.subject == "Your project waits for: Logo files"
    body = " ".join(found.body.split())
    assert "your project has waited 6 days for it" in body
    assert "what it was to bring you waits too" in body
    assert "becomes" not in body  # no date was agreed, so none moves
    for mine in ("my time", "my income", "costs me", "lose money"):
        assert mine not in body


def test_row_15_the_bars_add_to_the_working_days_that_have_gone(desk: Desk, tmp_path: Path) -> None:
    desk.today = date(2027, 3, 2)
    desk("promise", "acme", "Home page", "--by", "me", "--due", "2027-03-19")
    desk("ask", "acme", "Logo files", "--needed-by", "2027-03-10")
    desk.today = date(2027, 3, 16)
    desk("answer", "acme#4", "Here they are")
    desk("hours", "acme", "2", "Home page")
    desk.today = date(2027, 3, 31)
    found = json.loads(desk("time", "acme", "--json"))
    first = Workspace.open(desk.cli.root).docket("acme", desk.today).started
    assert first is not None
    elapsed = WorkingDays().between(first - timedelta(days=1), desk.today)
    bars = ("went_on", "waited_for_client", "waited_for_me", "stopped")
    assert sum(week[bar] for week in found for bar in bars) == elapsed
    assert sum(week["working_days"] for week in found) == elapsed
    assert sum(week["waited_for_client"] for week in found) == 4
    assert sum(week["waited_for_me"] for week in found) == 4  # from 25 March, the new day, on
    assert f"working days          {elapsed:>5}" in desk("time", "acme")
    (written,) = desk("time", "acme", "-o", str(tmp_path)).splitlines()
    paper = Path(written).read_text("utf-8")
    said = "On four of them the client was waited for. On four of them I was waited for."
    assert said in " ".join(paper.split())
    assert not list(tone(paper))
    desk("report", "acme", "-o", str(tmp_path / "report.md"))
    assert "time went" not in (tmp_path / "report.md").read_text("utf-8")


def test_row_15_a_stop_has_its_own_days_and_a_record_names_the_holidays_it_counted_by(
    desk: Desk, tmp_path: Path
) -> None:
    (desk.cli.root / "config.toml").write_text(
        'author = "Ann Berg"\nworking_days = "mon-fri"\nholidays = "NO"\n', "utf-8"
    )
    desk.today = date(2027, 3, 15)
    desk("ask", "acme", "Logo files", "--needed-by", "2027-03-16")
    desk.today = date(2027, 3, 19)
    desk("answer", "acme#3", "Here they are")
    desk("log", "acme", "stop", "Until INV-1 is paid", "--set", "effective=2027-03-24")
    desk.today = date(2027, 4, 2)
    desk("log", "acme", "resume", "Paid", "--about", "5")
    before = json.loads(desk("time", "acme", "--json"))
    # 25, 26 and 29 March 2027 are holidays in Norway; 2 April is a day of work again.
    assert sum(week["stopped"] for week in before) == 4
    assert sum(week["waited_for_client"] for week in before) == 3
    assert "- work was stopped          4" in desk("time", "acme")
    desk("record", "acme", "--for", "own", "-o", str(tmp_path / "out"))
    (folder,) = (one for one in (tmp_path / "out").iterdir() if one.is_dir())
    text = next(folder.glob("*dispute-record*.md")).read_text("utf-8")
    said = "On three of them the client was waited for. On four of them work was stopped."
    assert said in " ".join(text.split())
    assert "without the holidays 2025-12-25, " in text
    assert "2027-03-25, 2027-03-26 and 2027-03-29" in text
    assert figures(Written(desk.cli.root, {"own": folder})) > 100
    assert desk("verify", str(folder)).splitlines()
    (written,) = desk("time", "acme", "-o", str(tmp_path)).splitlines()
    paper = Path(written).read_text("utf-8")
    assert paper.split("## By week", 1)[1].split("\n\n", 3)[2] in text  # the table, alike in both


def test_row_15_it_is_offered_when_they_ask_whether_that_is_all(desk: Desk) -> None:
    desk.today = date(2027, 3, 2)
    desk("log", "acme", "complaint", "The blue is too dark")
    desk("log", "acme", "complaint", "Is that all you have done?")
    assert "docket time acme" in desk.err
    offered = [one for one in next_steps(_scene(desk, desk.today)) if one.key.startswith("time:")]
    assert [(one.about, one.command) for one in offered] == [("#4", "docket time acme")]
    desk("log", "acme", "talk", "#4 showed them the weeks")
    assert not [one for one in next_steps(_scene(desk, desk.today)) if one.key == "time:4"]


def test_row_32_the_timer_for_who_owes_says_so_and_the_record_lists_the_hours(
    desk: Desk, tmp_path: Path
) -> None:
    desk.bill("INV-1", due=10)
    root, day = desk.cli.root, desk.today
    _kept(desk)
    desk("timer", "acme")
    assert "INV-1 is 10 days late: why work on before it is paid?" in desk.err
    assert "timer acme" in desk("next", "--line")
    since = datetime.combine(day, time(23, 30), UTC)
    stop_timer(root)
    start_timer(root, Timer("acme", since, late=True))
    desk.today = day + timedelta(days=1)  # at noon
    shown = desk("timer", "stop", "Home page")
    assert "Work after the due date: Home page" in shown
    (logged,) = Workspace.open(root).docket("acme", desk.today).kind("hours")
    assert (logged.day, getattr(logged.data, "hours", None)) == (day, Decimal("12.5"))
    assert desk("timer") == "no timer runs\n"
    _kept(desk)
    desk("hours", "acme", "2", "Home page")
    assert "A record lists it as work after the due date." in desk.err
    desk("record", "acme", "--for", "own", "-o", str(tmp_path / "out"))
    written = " ".join(one.read_text("utf-8") for one in (tmp_path / "out").rglob("*.md"))
    assert "Worked while an invoice was past its due date: 14.5 h" in written


def _kept(desk: Desk) -> None:
    """Let what `docket clients` works out be kept, however young the docket's last change is."""
    desk.cli.patch.setattr("store.index.summary.settled", lambda found, now: True)
    desk("clients")


def test_rows_13_and_14_chasing_costs_hours_at_my_rate_and_waiting_is_an_estimate(
    desk: Desk,
) -> None:
    (desk.cli.root / "config.toml").write_text("target_rate = 80\n", encoding="utf-8")
    desk.today = date(2027, 3, 2)
    desk("ask", "acme", "Logo files", "--needed-by", "2027-03-10")
    desk("hours", "acme", "1.5", "--class", "chase")
    desk("hours", "acme", "0.5", "--class", "chase")
    desk("hours", "acme", "3", "--class", "wait")
    desk.today = date(2027, 3, 16)
    shown = desk("time", "acme")
    assert "took 2 h, about EUR 160.00 at your rate." in shown
    waited = "Waiting took 3 h and 4 idle working days, about EUR 240.00 at your rate, an estimate."
    assert waited in shown


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("If nothing comes by 1 July I end it", date(2026, 7, 1)),
        ("Send them by fri, or work rests", date(2026, 6, 5)),
        ("Before 2026-06-20, please", date(2026, 6, 20)),
        ("We spoke by phone, step by step", None),
        ("They wrote before noon on 3 May", None),
    ],
)
def test_a_day_that_is_named_in_a_warning_is_said_back_and_comes_due(
    desk: Desk, words: str, day: date | None
) -> None:
    desk.today = date(2026, 6, 1)
    desk("ask", "acme", "Logo files", "--needed-by", "2026-06-01", "--on", "2026-06-01")
    desk("log", "acme", "warning", words)
    assert (f"{day:%-d %b %Y} is a next step" in desk.err) if day else ("next step" not in desk.err)
    steps = next_steps(_scene(desk, date(2026, 7, 1)))
    assert [one.due for one in steps if one.key.startswith("said:")] == ([day] if day else [])
