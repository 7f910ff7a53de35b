"""Three stories told day by day: whatever is open has a next date, and the verdict is followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from store.docket.open_items import open_items
from store.playbook.step import to_take
from store.workspace import Workspace
from tests.seeds.stories import Look, golden, timeline, told


@dataclass(frozen=True)
class Told:
    """A story that was told: what was next on each day, and the workspace at its end."""

    looks: list[Look]
    root: Path


Telling = Callable[[str], Told]


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Telling:
    """Return what tells a story, once for all that is asked of it."""

    @cache
    def tell(name: str) -> Told:
        root = tmp_path_factory.mktemp(name) / "work"
        return Told(told(name, root), root)

    return tell


@pytest.mark.parametrize("name", ["silent", "ctrl", "payer"])
def test_whatever_is_open_at_the_end_of_a_story_has_a_step_with_a_date(
    name: str, telling: Telling
) -> None:
    story = telling(name)
    last = story.looks[-1]
    docket = Workspace.open(story.root).docket(last.client).as_of(last.day)
    owed = {item.name for item in open_items(docket) if item.sort in ("invoice", "promise")}
    assert owed <= {step.about for step in last.steps}


Row = tuple[str, ...]
END, WATCH = "End it: give notice", "See whether it held"
SHEET, TALK = "Write the welcome sheet", "Talk to them about it"
TEXTS, REST = "#5", "#13"
LOOK, BACK = "Look again at what you decided", "Give back what is theirs"
FORMAL, WARNED = "Give formal notice about ", "Do what you said you would on 1 Jul"
WANTED: dict[str, dict[str, Row]] = {
    "silent": {  # advice 12 to 17, 8 and 101: tell them at each step, then keep your word
        "2026-01-20": (f"Say what waits for {TEXTS}",),
        "2026-01-26": (f"Say what waits for {TEXTS}",),
        "2026-02-03": (f"Say what waits for {TEXTS}",),
        "2026-02-11": (f"Ask again for {TEXTS}", WATCH),
        "2026-02-25": (END,),
        "2026-03-01": (WATCH,),
        "2026-03-20": ("Show them where the time went: #15", f"Say what waits for {REST}", WATCH),
        "2026-04-30": (f"Say what waits for {REST}", WATCH),
        "2026-05-15": (f"Say what waits for {REST}", WATCH),
        "2026-06-02": (WARNED, WATCH),
        "2026-07-01": (WARNED, LOOK, WATCH),
        "2026-08-15": (WARNED, WATCH, LOOK),
        "2026-09-02": (BACK,),
        "2026-11-20": ("Send a courtesy note about S-1", BACK),
    },
    "ctrl": {  # advice 16, 21, 24 to 26: what waits, the talk of three facts, the watch, the end
        "2026-01-16": ("Say what waits for #5", SHEET),
        "2026-01-30": (TALK, "Say what waits for #5", SHEET),
        "2026-02-20": (TALK, "Say what waits for #5", "Say what waits for #14"),
        "2026-02-21": (TALK, "Say what waits for #5", "Say what waits for #14"),
        "2026-02-25": (WATCH,),
        "2026-03-05": (WATCH,),
        "2026-03-12": (END,),
        "2026-03-14": (END,),
        "2026-05-14": (END,),
        "2026-06-01": (END, "Put together what was decided, withheld and kept waiting"),
        "2026-06-11": (BACK,),
        "2026-07-05": ("Ask them to confirm #21",),
        "2026-11-26": ("Ask them to confirm #21",),
    },
    "payer": {  # advice 27, 33, 35 to 37, 64, 104: the ladder, the stop, their word, the end
        "2026-05-04": (SHEET,),
        "2026-05-19": ("Send a courtesy note about P-5",),
        "2026-05-21": ("Stop work until P-5 is paid, and say so",),
        "2026-05-29": ("Stop work until P-5 is paid, and say so",),
        "2026-05-30": (f"{FORMAL}P-5",),
        "2026-06-05": (END, f"{FORMAL}P-5"),
        "2026-06-10": (f"{FORMAL}P-5",),
        "2026-06-12": (f"{FORMAL}P-5",),
        "2026-07-01": (END, f"{FORMAL}P-5"),
        "2026-07-10": (END,),
        "2026-09-30": (END, f"{FORMAL}P-6"),
        "2026-10-20": (END, f"{FORMAL}P-6"),
        "2026-11-15": (END, f"{FORMAL}P-6"),
        "2026-11-17": (f"{FORMAL}P-6", BACK),
    },
}
"""What the advice asks for on each day of a story, first the step that is to be first.

Written by hand from the advice, not from what was printed: each step that could be taken then.
"""


@pytest.mark.parametrize("name", sorted(WANTED))
def test_at_each_date_the_step_that_the_advice_asks_for_is_first_and_none_is_wrong(
    name: str, telling: Telling
) -> None:
    looks = telling(name).looks
    found = {
        look.day.isoformat(): tuple(step.what for step in to_take(look.steps)) for look in looks
    }
    assert found == WANTED[name]


def test_the_day_of_a_step_is_the_one_the_advice_gives(telling: Telling) -> None:
    """Their word is waited for; one's own warning comes due on the day that it named."""
    for name, day, due in (
        ("silent", "2026-06-02", "2026-07-01"),
        ("silent", "2026-07-01", "2026-07-01"),
        ("payer", "2026-06-12", "2026-06-22"),
    ):
        [look] = [one for one in telling(name).looks if one.day.isoformat() == day]
        assert look.steps[0].due.isoformat() == due


@pytest.mark.parametrize("name", sorted(WANTED))
def test_what_waits_behind_a_step_is_named_with_it(name: str, telling: Telling) -> None:
    for look in telling(name).looks:
        lead = {step.key for step in to_take(look.steps)}
        assert {step.under for step in look.steps if step.under} <= lead


@pytest.mark.parametrize("name", ["silent", "ctrl", "payer"])
def test_the_timeline_of_a_story_is_as_it_was_looked_at(name: str, telling: Telling) -> None:
    told_now = "\n".join(timeline(telling(name).looks)) + "\n"
    assert told_now == golden(name).read_text(encoding="utf-8"), "python -m tests.seeds.stories"
