"""Every letter for every client of the sample, and for one who means ill: no fact is made up."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import pytest

from store.docket import Docket
from store.entries import Entry
from store.languages import ENGLISH
from store.languages.values import DayCount
from store.languages.wording import NamedFact
from store.overview.standing import scene_of
from store.playbook.letters import languages_of, letter, letter_kinds
from store.playbook.letters.facts import facts_for, spoken_to
from store.playbook.letters.sorts import FACTS
from store.workspace import Workspace
from tests.store.building import FixedClock

CLIENTS: Final = (
    "dar-sidra doeum-tnaot fjardarljos korosligeti ostrelle saarnikallio harcourt-wexley mizuhata"
).split()
SPOKEN: Final = {
    "dar-sidra": "ar",
    "doeum-tnaot": "km",
    "fjardarljos": "is",
    "korosligeti": "hu",
    "saarnikallio": "fi",
}
PROPOSED: Final = {"today", "stop_day", "answer_by", "confirm_by", "watch_until", "new_date"}
"""Days that Docket proposes by its rules, which no entry has."""
MINE: Final = {"me", "my_address", "my_email", "payment_details"}
HOSTILE: Final = "]}{client}[\n# x\n\n---\n<b>|\\ `y` *z* [l](http://x) \u202e"


def _told(entries: list[Entry]) -> str:
    texts = [str(one.whole.model_dump(mode="json")) for one in entries]
    return " ".join(f"{' '.join(texts)} {' '.join(one.statement for one in entries)}".split())


def _checked(docket: Docket, facts: dict[str, NamedFact]) -> None:
    """Check that each fact is on the entries it names, is a setting, or a day that is proposed."""
    for name, fact in facts.items():
        found = [docket.find(seq) for seq in fact.seqs]
        entries = [one.entry for one in found if one is not None]
        assert len(entries) == len(fact.seqs), name
        if not entries:
            assert name in PROPOSED | MINE | {"new_date"}, name
        elif isinstance(fact.value, str) and name != "facts":
            assert fact.value in _told(entries) or fact.value in "\n".join(
                one.statement for one in entries
            ), name
        elif isinstance(fact.value, date) and name not in PROPOSED:
            days = {one.day for one in entries} | {
                day for one in entries for day in _days(str(one.whole.model_dump(mode="json")))
            }
            assert fact.value in days or name == "needed_by", name
        elif isinstance(fact.value, DayCount):
            assert fact.value.days >= 0


def _days(told: str) -> set[date]:
    return {date.fromisoformat(one) for one in re.findall(r"\d{4}-\d{2}-\d{2}", told)}


@pytest.mark.parametrize(
    ("client", "last"),
    [(CLIENTS[0], 4), *(pytest.param(one, 12, marks=pytest.mark.slow) for one in CLIENTS)],
)
def test_every_letter_fills_or_asks_in_every_language(
    sample: Workspace, client: str, last: int
) -> None:
    docket = sample.docket(client, sample.clock().date())
    scene = scene_of(docket, sample)
    assert spoken_to(scene) == SPOKEN.get(client, ENGLISH)
    abouts = ["", *(one.number for one in docket.ledger.invoices[-1:])]
    abouts += [f"#{one.seq}" for one in docket.counted[-last:]]
    for about in abouts:
        facts = facts_for(scene, about)
        _checked(docket, facts)
        for kind in letter_kinds():
            for code in languages_of(kind):
                filled = letter(kind, facts_for(scene, about, code), code)
                assert set(filled.missing) <= FACTS.keys() - facts.keys()
                assert not re.search(r"[{}\\]", filled.text)


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_what_a_client_wrote_stays_within_its_place(
    tmp_path_factory: pytest.TempPathFactory, every: int
) -> None:
    made = Workspace.create(tmp_path_factory.mktemp("hostile") / "w", clock=FixedClock())
    made.new_client("evil", [made.draft("evil", "client", "", data={"name": f"Evil {HOSTILE}"})])
    for kind in ("request", "complaint", "scope-creep", "rush-demand", "no-reply"):
        made.enter("evil", kind, HOSTILE)
    docket = made.docket("evil")
    scene = scene_of(docket, made)
    for about in ("", *(f"#{one.seq}" for one in docket.entries))[::every]:
        for kind in letter_kinds():
            for code in languages_of(kind):
                facts = facts_for(scene, about, code)
                same = {
                    name: NamedFact("X", fact.seqs) if isinstance(fact.value, str) else fact
                    for name, fact in facts.items()
                }
                said, plain = (letter(kind, one, code) for one in (facts, same))
                assert said.missing == plain.missing
                assert said.subject.count("\n") == 0
                bare = said.text.replace("\u2068", "").replace("\u2069", "")
                for one in sorted(said.rests_on, key=lambda one: -len(one.text)):
                    if isinstance(facts[one.fact].value, str):
                        bare = bare.replace(one.text, "X")
                assert bare == plain.text.replace("\u2068", "").replace("\u2069", "")
