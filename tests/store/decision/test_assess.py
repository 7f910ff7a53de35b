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


def test_a_rule_speaks_of_a_new_client_too_and_silence_about_one_is_provisional() -> None:
    feelings = {"stress_client": 10, "stress_work": 0, "dread": 10, "version": 10}
    quiet = {"stress_client": 1, "stress_work": 3, "dread": 0, "version": 0, "fit_vision": 9}
    young = Story(began=29).add("off-hours", 3, severity=2)
    young.bill("A", 5, 5).ask(20, 19).add("remedy", 3, worked=True)
    assert young.feel(1, **feelings).assessed().verdict == "set-boundaries"
    calm = (
        Story(began=29).bill("A", 5, 5).ask(20, 19).add("remedy", 3, worked=True).feel(1, **quiet)
    )
    assert (calm.assessed().verdict, calm.assessed().provisional) == ("keep", True)
    assert "less than 30 days together" in calm.assessed().headline


def test_of_six_bills_each_late_one_is_a_sixth() -> None:
    once = Story().bill("A", due=90, paid=30).assessed()
    assert burden(once, "lateness") == 0.17
    assert "1 of the last 1 bill late" in factor(once, "lateness").detail
    again = Story().bill("A", due=90, paid=30).bill("B", due=20, paid=10).assessed()
    assert burden(again, "lateness") == 0.33


def test_an_open_bill_does_not_age() -> None:
    old = Story().bill("A", due=900)
    for number, due in enumerate((800, 700, 600, 500)):
        old.bill(f"B{number}", due, due)
    assert "the worst by 900 days" in factor(old.assessed(), "lateness").detail


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


def test_what_was_felt_is_the_plain_mean_of_the_check_ins() -> None:
    found = Story().feel(31, dread=0).feel(1, dread=9).assessed()
    assert burden(found, "dread") == pytest.approx(0.45)


def test_silence_in_the_log_is_not_a_clean_record() -> None:
    quiet = Story().add("thanks", 31).assessed()
    fresh = Story().add("thanks", 30).assessed()
    assert factor(quiet, "control").burden is None
    assert factor(fresh, "control").burden == 0.0


def test_the_literal_answer_alone_asks_for_a_talk_and_no_more() -> None:
    story = Story().add("pay-later", 200).feel(2, stress_client=2, stress_work=6, dread=1)
    found = story.assessed()
    assert (found.verdict, found.more_than_the_work) == ("walk-away", "no")
    tired = Story().feel(2, stress_client=8, stress_work=3, dread=6).assessed()
    assert tired.more_than_the_work == "yes"
    assert [test.passed for test in tired.tests] == [None, True, True, None]
    assert (tired.verdict, [one.id for one in tired.rules]) == ("set-boundaries", ["R14"])


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
    assert best.score < found.score


def test_what_no_deed_lifts_is_said_with_the_rule_that_stands() -> None:
    found = Story().bill("A", due=20).add("pay-later", 12).assessed()
    last = found.would_change[-1]
    assert last.verdict == "walk-away"
    assert "R1 (keep working, pay later) would still stand" in last.text


def test_a_keeper_has_nothing_to_change() -> None:
    assert Story().add("thanks", 3).assessed().would_change == ()


def test_another_verdict_that_is_one_fact_away_is_named_with_the_fact() -> None:
    ruled = Story().add("pay-later", 5).assessed()
    assert (ruled.robustness.holds, ruled.robustness.fragile, ruled.near) == (1.0, False, None)
    close = Story().add("off-hours", 50).add("blame", 30).add("no-show", 20).assessed()
    assert close.verdict == "set-boundaries"
    assert close.near is not None
    assert (close.near.verdict, close.near.evidence) == ("keep", (4,))
    assert close.near.fact == "the no show was partly your own doing"
    assert close.robustness.fragile and 0 < close.robustness.holds < 1


def test_what_came_of_the_last_talk_is_asked_first() -> None:
    story = Story().add("other", 50, severity=3).add("talk", 30).add("thanks", 400)
    near = story.assessed().near
    assert near is not None
    assert (near.fact, near.evidence) == ("the talk helped", (3,))
    grave = Story().add("other", 50, severity=3).add("talk", 30).assessed()
    assert grave.verdict == "set-boundaries"
    assert grave.near is not None
    assert grave.near.verdict in ("keep", "walk-away")


def test_an_apology_or_an_offer_of_mine_answers_and_later_trouble_is_said_to_be_later() -> None:
    apologised = Story().add("complaint", 50).add("my-apology", 49).assessed()
    assert apologised.unsaid is None
    never = Story().add("blame", 50).assessed().unsaid
    assert never is not None
    assert (never.days, never.count, never.since) == (50, 1, None)
    since = Story().add("blame", 50).add("talk", 40).add("blame", 7).assessed().unsaid
    assert since is not None
    assert (since.days, since.count, since.since) == (7, 1, 40)


def test_no_apology_is_proposed_where_no_part_is_mine() -> None:
    assert "they have to pay" in Story().bill("A", due=20).assessed().repair
    assert "they have to answer" in Story().ask(60).assessed().repair
    assert "apology" not in Story().add("blame", 9).assessed().repair
    partly = Story().add("blame", 9, my_share=True).add("rework", 8).add("no-show", 7)
    assert "apology" in partly.assessed().repair
    unfit = Story().add("note", 1).feel(1, fit_vision=0, fit_communication=0).assessed()
    assert "apologise" not in unfit.ways_out.solve


def test_a_silent_client_would_only_have_to_answer() -> None:
    story = Story().ask(60)
    for day in (40, 20, 10):
        story.add("reminder", day)
    found = story.assessed()
    assert found.verdict == "walk-away"
    best = found.would_change[0]
    assert best.text.startswith("Open questions are answered")
    assert best.verdict == "keep"


def test_an_exception_to_a_rule_that_went_is_told_and_holds_nothing_back() -> None:
    found = Story().add("pay-later", 9).exempt("R11", 5, -10).assessed()
    assert found.verdict == "walk-away"
    assert "Your exception to R11 holds nothing back: the rule went" in found.headline
    lapsed = Story().add("pay-later", 9).exempt("R11", 5, 1).assessed()
    assert "R11" not in lapsed.headline


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
    story = Story().bill("A", due=40).add("threat", 20, severity=3)
    assert story.assessed().verdict == "walk-away"
    best = story.assessed().would_change[0]
    assert best.text.startswith("What is overdue is paid, and the next two invoices on time")
    assert best.verdict == "set-boundaries"
