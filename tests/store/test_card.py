"""The card: each figure on it is the one of the functions it comes from, each line has entries."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given

from store.decision import assess
from store.docket import Docket
from store.docket.account import account
from store.docket.hours import hours_spent
from store.overview.card import DAYS, Card, card, full_card, replies
from store.playbook.next_steps import next_steps
from store.playbook.scene import Scene
from store.private.model import Private
from store.settings.config import Config
from tests.store.building import docket, entry, invoice, payment
from tests.store.decision.plans import Plan, many, plans
from tui.words.card import card_lines, card_parts

CONFIG = Config()


def scene(docket_: Docket, private: Private) -> Scene:
    """Return what the card of a docket is made of."""
    return Scene(docket_, assess(docket_, private, CONFIG), CONFIG, private)


def full(plan: Plan) -> tuple[Docket, Card, Scene]:
    """Return a docket, its card and what that was made of."""
    story = plan.story()
    made = scene(story.docket(), story.private)
    return made.docket, full_card(made), made


@many
@given(plans())
def test_what_is_owed_is_what_the_account_says(plan: Plan) -> None:
    docket_, made, _ = full(plan)
    for one in made.accounts:
        found = account(docket_, one.currency)
        assert (one.billed, one.paid) == (found.charged, found.paid)
        assert one.open == sum((age.amount for age in one.ages), Decimal(0))
        assert one.open - one.credit - one.charges == found.closing
        late = sum((age.amount for age in one.ages[1:]), Decimal(0))
        owed = [sum_ for sum_ in docket_.overdue_totals if sum_.currency == one.currency]
        assert late == sum((sum_.amount for sum_ in owed), Decimal(0))
    billed = {bill.amount.currency for bill in docket_.ledger.invoices}
    paid = {payment_.amount.currency for payment_ in docket_.ledger.payments}
    assert {one.currency for one in made.accounts} == billed | paid


@many
@given(plans())
def test_hours_promises_asks_and_steps_are_those_of_the_docket(plan: Plan) -> None:
    docket_, made, scene_ = full(plan)
    assert {one.kind: one.hours for one in made.hours} == hours_spent(docket_, DAYS)
    assert made.work + made.about == sum(hours_spent(docket_, DAYS).values(), Decimal(0))
    open_ = [one for one in docket_.promises if one.open]
    assert sorted((*made.mine.open, *made.theirs.open), key=lambda one: one.seq) == sorted(
        open_, key=lambda one: one.seq
    )
    assert list(made.asks) == docket_.open_requests
    assert made.inner is not None
    assert made.inner.steps == next_steps(scene_)
    assert made.inner.verdict == scene_.assessment.verdict


@many
@given(plans())
def test_every_entry_behind_a_line_is_there(plan: Plan) -> None:
    docket_, made, _ = full(plan)
    for part in card_parts(made):
        assert part.lines, part.title
        for line in part.lines:
            assert all(docket_.find(seq) for seq in line.seqs), (part.title, line)
            assert line.text or line.felt


@many
@given(plans())
def test_a_card_without_what_is_private_says_nothing_of_it(plan: Plan) -> None:
    story = plan.story()
    bare = card(story.docket(), CONFIG.working)
    assert bare.inner is None
    assert not any(part.private for part in card_parts(bare))
    assert "private" not in "\n".join(card_lines(bare, 80))


def test_how_old_it_is_is_told_by_bill() -> None:
    made = card(
        docket(
            [
                invoice(1, 10, -4, "A-1", "10"),
                invoice(2, 60, 1, "A-2", "20"),
                invoice(3, 60, 30, "A-3", "30"),
                invoice(4, 90, 31, "A-4", "40"),
                invoice(5, 120, 75, "A-5", "50"),
                invoice(6, 200, 180, "A-6", "60"),
                payment(7, 5, "5", A_6="5"),
            ]
        ),
        CONFIG.working,
    )
    (owed,) = made.accounts
    assert [([bill.number for bill in age.invoices], age.amount) for age in owed.ages] == [
        (["A-1"], Decimal(10)),
        (["A-3", "A-2"], Decimal(50)),
        (["A-4"], Decimal(40)),
        (["A-6", "A-5"], Decimal(105)),
    ]


def test_how_soon_they_answer_is_an_average_of_what_was_answered() -> None:
    found = replies(
        docket(
            [
                entry(1, "request", 30),
                entry(2, "answer", 25, link=("answers", 1)),
                entry(3, "request", 20),
                entry(4, "answer", 19, link=("answers", 3)),
                entry(5, "request", 10),
            ]
        )
    )
    assert (found.average, found.asked, found.answered) == (Decimal(3), (1, 3, 5), (2, 4))
    assert found.late == (1, 5)
