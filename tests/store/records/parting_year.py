"""A scripted year that ends in a final report, with marks wherever a thing must stay out of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from store.entries import KINDS
from store.private.model import CheckIn, Decision, GutAnswer
from store.records.report.material import TOLD, Commitment, ReportWords, Watch
from tests.store.building import needed_data
from tests.store.records.case import Case
from tests.store.records.test_privacy import RESTED

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HIDDEN: Final = "HIDDENqz"
DELIVERED: Final = tuple(f"Twelve posts, round {number}" for number in range(1, 9))
REASON: Final = (13, 14)
"""The entries of two requests that were left open."""

WORDS: Final = ReportWords(
    prepared_by="Ann Berg",
    thanks="Your new shop in Bergen is about to open, and I find that exciting.",
    results=("Followers went from 800 to 2,400.",),
    in_progress=("Winter campaign: a first draft is in your folder",),
    not_started=("Video clips, planned for spring",),
    commitments=(Commitment(17, "handed on to Studio Nord"),),
    todo=("Change the passwords of the three accounts",),
    watch=(Watch(date(2027, 3, 1), "The trial of the newsletter tool ends"),),
    because="I did not get the answers that the work needs in time.",
    entries=REASON,
    tips=("Announce the opening two weeks ahead.",),
    next_one=("Studio Nord, who know your trade",),
    ends=date(2026, 12, 31),
    reach="by mail, ann@example.com",
)

_DATA: Final[dict[str, Mapping[str, Any]]] = {
    "OutcomeData": {"worked": "no"},
    "IncidentData": {"severity": 3, "hours": "7.77", "amount": "66.61", "currency": "EUR"},
    "AdviceData": {"severity": 3, "hours": "7.77", "amount": "66.61", "currency": "EUR"},
    "DisputedData": {"number": "INV-1", "amount": "77.71", "currency": "EUR"},
    "CostData": {"amount": "88.81", "currency": "EUR"},
    "InterestData": {"percent": "9.99", "starts": "2026-01-01", "source": HIDDEN},
    "FixedSumData": {
        "currency": "EUR",
        "source": HIDDEN,
        "bands": [{"at_least": "0", "amount": "44.41"}],
    },
    "HoursData": {"hours": "5.55"},
    "ExceptionData": {"rule": "R2", "until": "2026-11-30"},
}
SECRETS: Final = (HIDDEN, "7.77", "66.61", "77.71", "88.81", "9.99", "44.41", "5.55")


def year(root: Path) -> Case:
    """Return the case: a year of work, entries of every other kind, and every private thing."""
    case = Case(root)
    _work(case)  # to 16
    _promises_and_money(case)  # to 25
    _given_back(case)  # to 33
    _all_that_stays_out(case)
    case.clock.now = NOW
    return case


def _work(case: Case) -> None:
    scope = {"scope": "Twelve posts a month, and a newsletter each quarter", "payment": "net14"}
    case.log("terms", "2026-03-02", "Signed at their office", data={**scope, "currency": "EUR"})
    for number, text in enumerate(DELIVERED):  # 3 to 10
        files = [case.exhibit(b"March", "march.pdf")] if number == 0 else []
        said = f"{HIDDEN} mistyped" if text == DELIVERED[-1] else text
        case.log(
            "delivery", f"2026-{number + 3:02}-28", said, data={"where": "Drive"}, exhibits=files
        )
    case.log("acceptance", "2026-04-02", HIDDEN, data={"by": "Jo"}, link=("accepts", 3))  # 11
    case.log("delivery", "2026-07-05", f"{HIDDEN} withdrawn")  # 12
    case.log("request", "2026-05-03", "Logo files for the front page")  # 13
    case.log("request", "2026-09-03", "Photos of the new shop")  # 14
    case.log("request", "2026-06-01", f"{HIDDEN} answered")  # 15
    case.log("answer", "2026-06-02", HIDDEN, link=("answers", 15))  # 16


def _promises_and_money(case: Case) -> None:
    for due, text in (("2026-12-10", "Plan for the winter campaign"), ("2026-08-01", HIDDEN)):
        case.log("promise", "2026-07-01", text, data={"by": "me", "due": due})  # 17, 18
    case.log("promise-kept", "2026-08-01", HIDDEN, link=("keeps", 18))  # 19
    theirs = {"by": "client", "due": "2026-08-09"}
    case.log("promise", "2026-08-01", f"{HIDDEN} theirs", data=theirs)  # 20
    for number, amount, currency in (("INV-1", "1000", "EUR"), ("INV-2", "90000", "JPY")):
        bill = {"number": number, "amount": amount, "currency": currency, "due": "2026-10-01"}
        case.log("invoice", "2026-09-01", HIDDEN, data=bill)  # 21, 22
    case.log("payment", "2026-10-20", HIDDEN, data={"amount": "400", "currency": "EUR"})  # 23
    case.log("void", "2026-07-06", HIDDEN, link=("voids", 12), reason=HIDDEN)  # 24
    fixed = {"changes": {"statement": DELIVERED[-1]}}
    case.log("amendment", "2026-11-01", HIDDEN, data=fixed, link=("amends", 10), reason=HIDDEN)


def _given_back(case: Case) -> None:
    first = {"to": "Jo", "renews": "2027-01-05", "access_ends": "2026-12-01"}
    case.log("handover", "2026-11-10", "Instagram account", data=first)  # 26
    owed = {"to": "Jo", "despite_debt": True, "access_ends": "2026-12-31"}
    case.log("handover", "2026-11-11", "Newsletter tool", data=owed)  # 27
    case.log("handover", "2026-11-12", f"{HIDDEN} withdrawn")  # 28
    case.log("acceptance", "2026-11-13", HIDDEN, data={"by": "Bo"}, link=("accepts", 26))  # 29
    case.log("access-ended", "2026-11-14", HIDDEN, link=("about", 26))  # 30
    case.log("void", "2026-11-15", HIDDEN, link=("voids", 28), reason=HIDDEN)  # 31
    case.log("handover", "2026-11-16", f"{HIDDEN} inside", visibility="internal")  # 32
    case.log("repeat-work", "2026-06-05", HIDDEN)  # 33


def _all_that_stays_out(case: Case) -> None:
    """Log an entry of every kind that no final report tells of, and two of the others, hidden."""
    quotes = [{"text": f"{HIDDEN} quoted", "by": HIDDEN}]
    logged = {"request": 13}
    for kind in KINDS.values():
        if kind.id in TOLD or kind.group == "correction":
            continue
        visibility = "internal" if kind.shape == "ExceptionData" else "record"
        data = needed_data(kind, **_DATA.get(kind.shape, {}))
        follows = kind.follows
        link = (follows.relation, logged[follows.of[0]]) if follows.needed else None
        logged[kind.id] = case.log(
            kind.id, "2026-10-05", HIDDEN, data=data, quotes=quotes, visibility=visibility,
            channel="email", exhibits=[case.exhibit(HIDDEN.encode(), f"{HIDDEN}.pdf")], link=link,
        ).seq  # fmt: skip
    case.log("delivery", "2026-10-06", HIDDEN, visibility="internal")
    case.log("delivery", "2026-10-07", HIDDEN, visibility="settlement")
    _private(case)


def _private(case: Case) -> None:
    private = case.workspace.private
    private.add("acme", CheckIn(at=NOW, stress_client=9, note=HIDDEN))
    private.add("acme", GutAnswer(at=NOW, answer="walk-away"))
    day = date(2031, 5, 6)
    decided = Decision(
        at=NOW, choice="stop-work", why=HIDDEN, review=day, rested_on=RESTED, gut="set-boundaries"
    )
    private.add("acme", decided)
