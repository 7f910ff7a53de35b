"""What an assessment reads from a docket, how it speaks of thin files, and what would change it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest

from store.decision import Assessment, Factor, assessment_json
from store.settings.config import Config
from tests.store.building import TODAY
from tests.store.decision.telling import Story, rule


def factor(assessment: Assessment, name: str) -> Factor:
    return next(one for one in assessment.factors if one.name == name)


def burden(assessment: Assessment, name: str) -> float:
    found = factor(assessment, name).burden
    assert found is not None
    return found


def test_an_empty_docket_is_not_enough_and_says_what_would_help() -> None:
    found = Story().assessed()
    assert (found.verdict, found.score, found.provisional) == ("not-enough", None, True)
    assert (found.low, found.coverage, found.more_than_the_work) == (0.0, 0.0, "cannot-tell")
    assert found.missing[0].text.startswith("A check-in")
    assert [one.known for one in found.factors] == [False] * 12
    assert all(question.burden is None for question in found.questions)


def test_a_thin_file_is_provisional_and_names_what_speaks() -> None:
    found = Story().add("blame", 3, severity=2).assessed()
    assert found.verdict == "keep"
    assert found.provisional
    assert "conduct" in found.headline
    assert found.coverage < 0.5


def test_a_rule_makes_a_thin_file_firm() -> None:
    found = Story().add("pay-later", 3).assessed()
    assert found.coverage < 0.5
    assert not found.provisional
    assert found.headline == f"Walk away. {found.rules[0].reason}"


def test_no_score_decides_in_the_first_thirty_days() -> None:
    feelings = {"stress_client": 10, "stress_work": 0, "dread": 10, "version": 10}
    fit = {"fit_vision": 0, "fit_communication": 0, "fit_direction": 0}
    young = Story(began=29).add("off-hours", 3, severity=2).feel(1, **feelings, **fit).assessed()
    older = Story(began=30).add("off-hours", 3, severity=2).feel(1, **feelings, **fit).assessed()
    assert young.score == older.score
    assert older.score is not None
    assert older.score >= 65
    assert (young.verdict, young.provisional) == ("keep", True)
    assert older.verdict == "walk-away"


def test_what_was_paid_late_with_an_apology_is_history_until_it_happens_again() -> None:
    sour = Story().bill("A", due=90, paid=30).assessed()
    sorry = Story().bill("A", due=90, paid=30).add("apology", 35)
    assert burden(sour, "lateness") > 0.5
    assert burden(sorry.assessed(), "lateness") == 0
    again = sorry.bill("B", due=20, paid=10).assessed()
    assert burden(again, "lateness") >= 0.4
    assert "does not count" not in factor(again, "lateness").detail


def test_an_open_bill_does_not_age() -> None:
    """D11.2: the decay is for what is over."""
    old = burden(Story().bill("A", due=900).assessed(), "lateness")
    assert old == pytest.approx(1.0)


def test_money_a_day_overdue_is_hardly_at_risk_yet() -> None:
    day = burden(Story().bill("A", due=1).assessed(), "exposure")
    month = burden(Story().bill("A", due=30).assessed(), "exposure")
    assert day == 0.01  # a thirtieth of a month, of two months
    assert month == pytest.approx(0.5)


def test_each_currency_is_measured_against_itself() -> None:
    story = Story().bill("A", due=60, amount="100")
    due = (TODAY).isoformat()
    story.add("invoice", 20, number="B", amount="9000000", currency="IDR", due=due)
    assert burden(story.assessed(), "exposure") == pytest.approx(0.5)


def test_incidents_stand_in_where_no_bill_or_request_is_on_the_docket() -> None:
    found = Story().add("late-payment", 9, severity=2).add("no-reply", 5, severity=2).assessed()
    assert factor(found, "lateness").evidence == (2,)
    assert factor(found, "silence").evidence == (3,)
    assert factor(found, "drift").burden is None


def test_hours_lost_to_incidents_are_hours_about_the_client() -> None:
    story = Story().add("hours", 10, hours="10").add("rework", 9, hours="5")
    found = story.add("hours", 8, hours="5", spent="chase").assessed()
    assert found.client_to_work_ratio == 1.0
    assert burden(found, "overhead") == pytest.approx(1.0)
    assert factor(found, "overhead").evidence == (2, 3, 4)


def test_without_hours_on_the_work_there_is_no_share() -> None:
    found = Story().add("rework", 9, hours="5").assessed()
    assert found.client_to_work_ratio is None
    assert factor(found, "overhead").burden is None


def test_the_target_is_the_users_own_else_the_agreed_rate() -> None:
    story = Story().add("terms", 300, rate="50", currency="EUR").add("hours", 25, hours="2")
    story.bill("A", due=5, paid=5, amount="80")
    assert burden(story.assessed(), "worth") == 0.33
    own = story.assessed(config=Config(target_rate=Decimal(100)))
    assert burden(own, "worth") == pytest.approx(1.0)
    dollars = Config(target_rate=Decimal(100), currency="USD")
    assert burden(story.assessed(config=dollars), "worth") == 0.33


def test_checkins_are_forgotten_after_45_days_and_a_good_fit_is_no_burden() -> None:
    assert factor(Story().feel(46, dread=9).assessed(), "dread").burden is None
    assert burden(Story().feel(45, dread=9).assessed(), "dread") == pytest.approx(0.9)
    assert burden(Story().feel(1, fit_vision=10).assessed(), "fit") == 0.0
    assert burden(Story().feel(1, fit_vision=0).assessed(), "fit") == 1.0
    assert factor(Story().feel(1, stress_client=9).assessed(), "stress").burden is None


def test_recent_feelings_weigh_more() -> None:
    found = Story().feel(31, dread=0).feel(1, dread=9).assessed()
    assert burden(found, "dread") == pytest.approx(0.6)


def test_silence_in_the_log_is_not_a_clean_record() -> None:
    quiet = Story().add("thanks", 31).assessed()
    fresh = Story().add("thanks", 30).assessed()
    assert factor(quiet, "control").burden is None
    assert factor(fresh, "control").burden == 0.0


def test_the_literal_answer_stands_apart_from_the_score() -> None:
    story = Story().add("pay-later", 200).feel(2, stress_client=2, stress_work=6, dread=1)
    found = story.assessed()
    assert (found.verdict, found.more_than_the_work) == ("walk-away", "no")
    tired = Story().feel(2, stress_client=8, stress_work=3, dread=6).assessed()
    assert tired.more_than_the_work == "yes"
    assert [test.passed for test in tired.tests] == [None, True, True, None]


def test_nothing_after_the_day_is_seen() -> None:
    story = Story().add("thanks", 20).add("pay-later", 5)
    assert story.assessed().verdict == "walk-away"
    earlier = story.docket().as_of(story.docket().entries[1].day)
    assert not [entry for entry in earlier.counted if entry.kind == "pay-later"]


def test_paying_lifts_a_stop_and_is_what_would_change_it() -> None:
    found = Story().bill("A", due=20).add("reminder", 12).assessed()
    best = found.would_change[0]
    assert best.text.startswith("What is overdue is paid")
    assert best.verdict in ("keep", "set-boundaries")
    assert found.score is not None
    assert best.score == found.score  # money is no part of it


def test_what_no_deed_lifts_is_said_with_the_rule_that_stands() -> None:
    found = Story().bill("A", due=20).add("pay-later", 12).assessed()
    last = found.would_change[-1]
    assert last.verdict == "walk-away"
    assert "R1 (keep working, pay later) would still stand" in last.text


def test_a_keeper_has_nothing_to_change() -> None:
    assert Story().add("thanks", 3).assessed().would_change == ()


def test_robustness_counts_the_rules_in() -> None:
    ruled = Story().add("pay-later", 5).assessed().robustness
    assert (ruled.holds, ruled.fragile) == (1.0, False)
    edge = Story().add("note", 1).feel(1, stress_client=5, stress_work=4, dread=2, version=3)
    close = edge.feel(1, fit_vision=6).assessed().robustness
    assert 0 < close.holds < 1


def test_both_ways_out_are_always_offered() -> None:
    story = Story().add("thanks", 3).promise(20, 5, by="me").add("remedy", 4, worked=True)
    ways = story.assessed().ways_out
    assert "1 of 1 repairs landed" in ways.solve
    assert "1 of your own promises" in ways.end


def test_json_holds_what_the_command_promises_and_every_field() -> None:
    found = Story().bill("A", due=20).add("reminder", 12).assessed()
    told = json.loads(json.dumps(assessment_json(found)))
    assert {field.name for field in fields(found)} - set(told) == {"low", "high"}
    assert told["range"] == [found.low, found.high]
    assert set(told["questions"]) == {"more", "pay", "work", "fit"}
    assert len(told["factors"]) == 12
    assert {"name", "burden", "known", "evidence"} <= set(told["factors"][0])
    stop = rule(found, "R2")
    assert stop
    assert told["rules"][0]["evidence"] == list(stop.evidence)
    assert told["as_of"] == "2026-11-22"


def test_sixty_quiet_days_outlast_an_exception() -> None:
    """What would be true then is what the assessment says then."""
    story = Story().add("pay-later", 9).exempt("R1", 5, -10)
    for day in (20, 15, 12):
        story.add("blame", day)
    quiet = [one for one in story.assessed().would_change if one.text.startswith("60 days pass")]
    assert all(one.verdict == "walk-away" for one in quiet)
    assert story.assessed(TODAY + timedelta(days=60)).verdict == "walk-away"


def test_two_bills_paid_in_time_are_good_days() -> None:
    story = Story().bill("A", due=40)
    for day in (30, 20, 10):
        story.add("scope-creep", day, severity=2)
    assert story.assessed().verdict == "walk-away"
    best = story.assessed().would_change[0]
    assert best.text.startswith("What is overdue is paid, and the next two invoices on time")
    assert best.verdict == "set-boundaries"
