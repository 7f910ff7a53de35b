"""What the assessment says of the clear archetypes: each story leads where it was written to."""

from __future__ import annotations

import pytest

from store.decision import Assessment, assess
from store.docket.hours import hours_spent
from store.playbook.leaving import first_said
from store.workspace import Workspace


def _assessed(sample: Workspace, client: str) -> Assessment:
    return assess(sample.docket(client), sample.private.of(client), sample.config)


@pytest.mark.parametrize(
    ("client", "verdict", "rule"),
    [
        ("mizuhata", "keep", ""),
        ("cafe-aeroblomst", "keep", ""),
        ("dar-sidra", "set-boundaries", ""),
        ("korosligeti", "set-boundaries", ""),
        ("fjardarljos", "set-boundaries", ""),
        ("brunnmatt", "stop-work", "R2"),
        ("ostrelle", "walk-away", "R1"),
        ("harcourt-wexley", "walk-away", "R3"),
        ("grelby-strength", "walk-away", "R5"),
        ("maison-verdelune", "walk-away", "R6"),
    ],
)
def test_the_clear_ones(sample: Workspace, client: str, verdict: str, rule: str) -> None:
    assessment = _assessed(sample, client)
    assert assessment.verdict == verdict
    assert not assessment.provisional
    assert not rule or rule in {spoken.id for spoken in assessment.rules}


def test_what_ends_it_is_what_the_gravest_rules_rest_on(sample: Workspace) -> None:
    """The newest that a milder rule counts, a stop that came later, ends nothing."""
    assessment = _assessed(sample, "ostrelle")
    grave = [rule for rule in assessment.rules if rule.verdict == "walk-away"]
    newest = max(max(rule.evidence, default=0) for rule in assessment.rules)
    last = max(max(rule.evidence) for rule in grave)
    assert last < newest
    assert f"(#{last})" in first_said(sample.docket("ostrelle"), assessment)


def test_the_one_with_problems_is_not_left(sample: Workspace) -> None:
    assessment = _assessed(sample, "saarnikallio")
    assert assessment.kind == "client with problems"
    assert assessment.verdict in ("keep", "set-boundaries")


@pytest.mark.parametrize("client", ["luz-marea", "doeum-tnaot"])
def test_little_is_said_of_thin_and_quiet_files(sample: Workspace, client: str) -> None:
    assessment = _assessed(sample, client)
    assert assessment.provisional or assessment.verdict == "not-enough"
    assert assessment.more_than_the_work == "cannot-tell"
    assert assessment.missing


def test_the_three_answers_to_the_question_all_appear(sample: Workspace) -> None:
    answers = {c: _assessed(sample, c).more_than_the_work for c in sample.client_ids()}
    assert set(answers.values()) == {"yes", "no", "cannot-tell"}
    assert answers["harcourt-wexley"] == answers["maison-verdelune"] == "yes"
    assert answers["ostrelle"] == "no"  # they just do not pay: money alone is not the person


def test_an_hour_earns_a_believable_sum(sample: Workspace) -> None:
    """The hours on a docket fit the bills, so the earned rate is near the agreed one."""
    for client in sample.client_ids():
        docket = sample.docket(client)
        billed = sum(float(bill.amount.amount) for bill in docket.ledger.invoices)
        hours = float(sum(hours_spent(docket).values()))
        if billed and docket.terms.rate:
            assert 0.6 < billed / hours / float(docket.terms.rate) < 1.1, client


@pytest.mark.parametrize(
    ("client", "leading"),
    [
        ("fjardarljos", "unresponsive"),
        ("harcourt-wexley", "controlling"),
        ("ostrelle", "pays later"),
        ("mizuhata", ""),
    ],
)
def test_three_logs_are_three_sorts_of_trouble_and_a_kept_one_is_none(
    sample: Workspace, client: str, leading: str
) -> None:
    assert _assessed(sample, client).profile.leading == leading  # advice 6
