"""What data says: every field of every shape is told once on a screen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from store.entries import KINDS, data
from store.entries.describe import Partial, in_short

SUM: dict[str, Any] = {"amount": Decimal(1250), "currency": "EUR"}
DAY = date(2026, 11, 21)
HOUR = Decimal("1.50")

# The shape, then what a line of a screen says.
SAID: list[tuple[data.Data, str]] = [
    (data.NoData(), ""),
    (
        data.ClientData(
            name="Acme",
            email="a@b.eu",
            phone="1",
            contract_name="A",
            address="X",
            language="fi",
            tax_id="T",
        ),
        "Acme, a@b.eu, 1, A, X, tax number T, written to in Finnish",
    ),
    (
        data.IncidentData(
            severity=2, hours=Decimal("1.50"), my_share=True, in_writing=False, **SUM
        ),
        "severity 2 of 3, 1.5 h, EUR 1,250.00, partly my own doing, not in writing",
    ),
    (data.IncidentData(), "severity 1 of 3"),
    (
        data.AdviceData(
            hours=HOUR,
            my_share=True,
            in_writing=True,
            advised="noon",
            decided="3 am",
            risk="none",
            **SUM,
        ),
        "severity 1 of 3, 1.5 h, EUR 1,250.00, partly my own doing, in writing, "
        "advised: noon, they decided: 3 am, risk named: none",
    ),
    (data.InvoiceData(number="INV-1:", due=DAY, **SUM), "INV-1:, EUR 1,250.00, due 21 Nov 2026"),
    (data.PaymentData(**SUM), "EUR 1,250.00"),
    (data.CreditData(of_invoice="INV-1", number="CN-1", **SUM), "CN-1: EUR 1,250.00 off INV-1"),
    (
        data.CreditData(
            of_invoice="INV-1",
            **SUM,
            net=Decimal(1000),
            vat=Decimal(250),
            vat_percent=Decimal(25),
            vat_number="SE556",
            vat_note="Reverse charge",
        ),
        "EUR 1,250.00 off INV-1, net 1,000.00, VAT 250.00 at 25 %, VAT number SE556, "
        "Reverse charge",
    ),
    (data.MoneyBackData(number="R-1", **SUM), "R-1: EUR 1,250.00"),
    (
        data.PaymentData(
            for_invoices=(data.Allocation(invoice="A", amount=Decimal(1000)),),
            for_charges=(data.ChargePart(head="cost", amount=Decimal(30)),),
            **SUM,
        ),
        "EUR 1,250.00: 1,000.00 on A, 30.00 on costs",
    ),
    (data.DisputedData(number="A", **SUM), "EUR 1,250.00 of A"),
    (data.CostData(**SUM), "EUR 1,250.00"),
    (
        data.InvoiceData(
            number="INV-42",
            due=DAY,
            **SUM,
            net=Decimal(1000),
            vat=Decimal(250),
            vat_percent=Decimal(25),
            vat_number="SE556",
            vat_note="Reverse charge",
            discount_percent=Decimal(2),
            discount_until=DAY,
        ),
        "INV-42, EUR 1,250.00, due 21 Nov 2026, 2 % off if paid by 21 Nov 2026, net 1,000.00, "
        "VAT 250.00 at 25 %, VAT number SE556, Reverse charge",
    ),
    (
        data.PaymentData(
            **SUM,
            fee=Decimal("12.50"),
            fee_by="client",
            paid_as=data.PaidAs(amount=Decimal(1400), currency="USD"),
            paid_rate=Decimal("0.8930"),
            rate_source="ECB",
        ),
        "EUR 1,250.00, fee 12.50 borne by the client, paid as USD 1,400.00 at 0.893, rate: ECB",
    ),
    (
        data.InstalmentsData(
            of_invoice="INV-42",
            currency="EUR",
            parts=(data.InstalmentPart(due=DAY, amount=Decimal(300)),),
        ),
        "INV-42, EUR 300.00 by 21 Nov 2026",
    ),
    (
        data.InterestData(percent=Decimal("10.15"), starts=DAY, source="H1", policy="frozen"),
        "10.15 % a year from 21 Nov 2026, frozen where it changes, source: H1",
    ),
    (
        data.FixedSumData(
            currency="EUR",
            bands=(
                data.Band(at_least=Decimal(0), amount=Decimal(40)),
                data.Band(at_least=Decimal(1000), amount=Decimal(70)),
            ),
            source="art. 6",
        ),
        "EUR 40.00, EUR 70.00 from EUR 1,000.00, source: art. 6",
    ),
    (
        data.WelcomeData(
            process="A",
            roles="B",
            dates="C",
            approvals="D",
            reach_me="E",
            my_reply="F",
            pays_by="G",
            reach_them="H",
            decides="I",
            access="J",
            goal="K",
            vision="L",
        ),
        "how the work goes: A, who does what: B, dates: C, approvals: D, how and when to reach me:"
        " E, i answer within: F, ways to pay: G, how and when to reach you: H, who decides: I,"
        " access to what is needed: J, what you want to reach: K, where it is to lead: L",
    ),
    (data.RequestData(needed_by=DAY), "needed by 21 Nov 2026"),
    (
        data.RequestData(needed_by=DAY, seeks="leave"),
        "needed by 21 Nov 2026, leave to act asked for",
    ),
    (data.RequestData(seeks="access"), "access asked for"),
    (data.RequestData(), ""),
    (data.PartialAnswerData(missing="the logo"), "still missing: the logo"),
    (data.HoursData(hours=Decimal(2), spent="chase"), "2 h, on chase"),
    (data.DeliveryData(where="the server", rounds=2), "the server, 2 rounds of changes agreed"),
    (
        data.HandoverData(to="Jo", access_ends=DAY, renews=DAY, despite_debt=True),
        "to Jo, my access ends 21 Nov 2026, renews 21 Nov 2026, despite what was owed",
    ),
    (data.AcceptanceData(by="Jo"), "Jo"),
    (data.PromiseData(by="client", due=DAY), "by the client, due 21 Nov 2026"),
    (data.StepData(worked=False, effective=DAY), "it did not help, from 21 Nov 2026"),
    (data.OutcomeData(worked="partly"), "it helped in part"),
    (data.LikelihoodData(likely=8), "8 of 10"),
    (data.ExceptionData(rule="R3", until=DAY), "to R3, until 21 Nov 2026"),
    (
        data.AmendmentData(
            changes={
                "statement": "x",
                "occurred_at": "2026-11-21T14:30:00+01:00",
                "precision": "minute",
                "links": [],
                "my_share": True,
                "reply_within_days": 2,
                "project": None,
            }
        ),
        "the text, when: 2026-11-21 14:30, about: nothing, my share: yes, reply days: 2, "
        "project: none",
    ),
    (
        data.TermsData(
            currency="EUR",
            rate=Decimal(85),
            price=Decimal(2000),
            payment="net14",
            reply_within_days=2,
            revisions=0,
            scope="The shop",
            form="oral",
            suspension_clause="§ 4",
            suspension_notice_days=1,
            ending_notice_days=30,
        ),
        "scope The shop, form oral, currency EUR, rate 85, price 2000, payment net14, "
        "reply within 2 days, revisions 0, suspension clause § 4, suspension notice 1 day, "
        "notice to end it 30 days",
    ),
]


@pytest.mark.parametrize(("said", "line"), SAID, ids=lambda one: type(one).__name__)
def test_what_data_says(said: data.Data, line: str) -> None:
    assert in_short(said) == line


def test_every_shape_is_told_with_every_field() -> None:
    told = {type(said) for said, *_ in SAID}
    assert told == {kind.data for kind in KINDS.values()}
    for shape in told:
        names = set(shape.model_fields) - {"policy", "spent", "by", "worked", "severity"}
        fields, all_said = shape.model_fields, [one for one, *_ in SAID if type(one) is shape]
        given = {name for one in all_said for name, v in one if v != fields[name].default}
        assert names <= given, shape


@pytest.mark.parametrize(
    "shape", sorted({kind.shape for kind in KINDS.values()} - {"AmendmentData"})
)
def test_nothing_is_told_of_what_is_not_typed_yet(shape: str) -> None:
    assert in_short(Partial(shape, {})) == ""


def test_what_is_typed_so_far_is_told() -> None:
    assert in_short(Partial("InvoiceData", {"number": "A"})) == "A"
    assert in_short(Partial("PromiseData", {"due": DAY})) == "due 21 Nov 2026"
    parts = [{"invoice": "A", "amount": Decimal(5)}]
    assert (
        in_short(Partial("PaymentData", SUM | {"for_invoices": parts})) == "EUR 1,250.00: 5.00 on A"
    )
