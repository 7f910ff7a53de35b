"""The sentences of a record, each by its name, and what no sentence of any record may say.

A section that is said by the catalogue joins SAID, and its better sentences the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.entries import Entry
from store.errors import UsageError
from store.records.dispute.document import numbering
from store.records.dispute.material import Digest, Material
from store.records.dispute.sections import (
    agreement,
    chronology,
    claimed,
    elapsed,
    exchange,
    exhibits,
    extract,
    keeping,
    payments,
    sides,
    summary,
    work,
)
from store.records.markdown import Md
from store.records.options import LeftOut, RecordOptions
from store.records.statement import document as paper
from store.records.statement.figures import StatementOptions
from tests.examples import examples
from tests.store.building import NOON, TODAY, entry

SAID: tuple[Callable[[Material], Md], ...] = (
    *(summary.summary, agreement.agreement, agreement.expectations),
    *(sides.put_right, sides.position, work.work),
    *(exchange.asked_and_answered, exchange.approvals, exchange.problem_pattern),
    *(chronology.chronology, chronology.timeline),
    *(elapsed.elapsed, exhibits.exhibits, extract.facts, extract.checking),
    *(keeping.keeping, keeping.truth, keeping.redactions, keeping.entry_hashes),
    *(payments.payments, claimed.claimed),
)
"""The sections that are said by the catalogue."""
FORBIDDEN = {
    "a double stop": r"(?<!\.)[.?!]\.(?!\.)|(?<!\.)\.[,;]",
    "one of many": r"\b1 (?:entries|events|days|invoices|requests|rounds|times|answers|changes)\b",
    "many of one": r"\b(?:[2-9]|\d\d+) (?:entry|event|day|invoice|request|time|answer|change)\b",
    "one of many in words": r"(?i)\bone (?:entries|events|days|invoices|requests|rounds|answers)\b",
    "none that has none": r"(?i)\bnone\b[^.|\n]*\bno\b",
    "a delay of nothing": r"\b0 days\b",
    "not at all of none": r"or not at all",
    "a figure that opens a sentence": r"(?<=[a-z)]\. )(?:\d|1[0-2]) [a-z]",
    "a blank too much": r"[a-z,.]  +[a-z]| [.,;:]",
    "a sum below nothing": r"(?<![\w-])[-\u2212]\d",
    "a fact that was not filled in": r"[{}\[\]]",
    "nothing where a fact was meant": r"\(\)|\( |None\b(?! (?:that|beyond|of))",
}
"""What no sentence may say, as a pattern of it."""


def told(*entries: Entry, **options: Any) -> Material:
    """Return what a record of these entries is made from."""
    chosen = RecordOptions("court", options.pop("since", None), None, "Jo Ek", **options)
    digests = tuple(Digest(one.seq, one.hash, shown=True) for one in entries)
    return Material("acme", entries, digests, LeftOut(), chosen, NOON, numbering(chosen))


def numbered(*said: tuple[str, int, str, dict[str, Any]]) -> list[Entry]:
    """Return entries of these kinds so many days ago, after who the client is and the terms."""
    who = entry(1, "client", 300, data={"name": "Norrvik Outdoor AB"})
    agreed = {"scope": "Web shop", "reply_within_days": 3, "revisions": 2, "payment": "net14"}
    made = [who, entry(2, "terms", 299, "Signed.", data=agreed)]
    for seq, (kind, ago, statement, fields) in enumerate(said, 3):
        made.append(entry(seq, kind, ago, statement, **fields))
    return made


def _bill(number: str, amount: str, due: int) -> dict[str, Any]:
    on = (TODAY - timedelta(days=due)).isoformat()
    return {"data": {"number": number, "amount": amount, "currency": "EUR", "due": on}}


def _paid(amount: str) -> dict[str, Any]:
    return {"data": {"amount": amount, "currency": "EUR"}}


def _asked(ago: int) -> dict[str, Any]:
    return {"data": {"needed_by": (TODAY - timedelta(days=ago)).isoformat()}}


BILLED = (
    ("invoice", 250, "One", _bill("NV-1", "2000", 236)),
    ("payment", 201, "Paid", _paid("2000")),
    ("invoice", 100, "Two", _bill("NV-2", "1000", 86)),
    ("disputed", 80, "Never ordered", {"data": {**_paid("680")["data"], "number": "NV-2"}}),
)
LATE = tuple(
    pair
    for at, over in enumerate((12, 28, 61))
    for pair in (
        ("request", 200, "Photos", _asked(190)),
        ("answer", 190 - over, "Came", {"link": ("answers", 3 + 2 * at)}),
    )
)
_RATE = {"data": {"percent": "10", "starts": "2026-01-01", "source": "Act"}}
_BANDS = [{"at_least": "0", "amount": "40"}]
_FIXED = {"data": {"currency": "EUR", "source": "Act", "bands": _BANDS}}
QUOTE = {"quotes": [{"text": "We will not pay.", "by": "Astrid Lund"}], "source": "message"}

SENTENCES: dict[str, tuple[Sequence[Any], Callable[[Material], Md], str]] = {
    "what was billed and paid": (
        BILLED,
        summary.summary,
        "Two invoices, EUR 3,000.00 in all, were sent, and EUR 2,000.00 was paid. EUR 1,000.00 is "
        "overdue. The client disputes EUR 680.00 of it (NV-2, entry 6); no dispute about the other "
        "EUR 320.00 is noted. No VAT is noted on the invoices.",
    ),
    "hours of work": (
        (("hours", 5, "Checkout, payments", {"data": {"hours": "31"}}),),
        chronology.chronology,
        "31 h of work. Checkout, payments",
    ),
    "a reminder of an invoice": (
        (*BILLED[2:3], ("reminder", 90, "NV-2", {})),
        chronology.chronology,
        "| For invoice NV-2. |",
    ),
    "what was accepted, by its name": (
        (
            ("delivery", 20, "Posters", {}),
            ("acceptance", 18, "Approved", {"link": ("accepts", 3), "data": {"by": "Kari"}}),
        ),
        chronology.chronology,
        "Accepted by Kari. What was accepted: the delivery of 2 November 2026 (entry 3). Approved",
    ),
    "a payment for one invoice": (
        (
            ("invoice", 250, "One", _bill("NV-1", "3000", 236)),
            (
                *("payment", 201, "In full"),
                {
                    "data": {
                        **_paid("3000")["data"],
                        "for_invoices": [{"invoice": "NV-1", "amount": "3000"}],
                    }
                },
            ),
        ),
        chronology.chronology,
        "EUR 3,000.00 received for NV-1. In full",
    ),
    "how late it was paid": (
        BILLED,
        summary.summary,
        "Paid late: 1 (35 days). Overdue: 1, for 86 days.",
    ),
    "three answers that came late": (
        LATE,
        summary.summary,
        "All three answers came late, by 12, 28 and 61 days.",
    ),
    "three requests that were answered": (
        LATE,
        summary.summary,
        "Three requests were made to the client. All were answered.",
    ),
    "both answers in time": (
        (
            ("request", 20, "Photos", _asked(10)),
            ("answer", 15, "Came", {"link": ("answers", 3)}),
            ("request", 20, "Texts", _asked(10)),
            ("answer", 12, "Came", {"link": ("answers", 5)}),
        ),
        summary.summary,
        "Both answers came in time.",
    ),
    "one request without an answer": (
        (("request", 27, "Photos", _asked(20)),),
        summary.summary,
        "One request was made to the client. It has been unanswered for 27 days.",
    ),
    "one small change": (
        (("micro-change", 40, "A comma", {}),),
        summary.summary,
        "One small change was asked for. | 3 ",
    ),
    "nothing but what I had to correct": (
        (("rework", 40, "My slip", {"data": {"my_share": True}}),),
        summary.summary,
        "None beyond what I had to correct myself (entry 3).",
    ),
    "what was tried before": (
        (
            ("reminder", 90, "NV-2", {}),
            ("reminder", 60, "NV-2", {}),
            ("talk", 50, "On the phone", {}),
            ("notice", 40, "By letter", {}),
            ("decline", 35, "No", {}),
            ("stop", 30, "Until it is paid", {}),
        ),
        summary.summary,
        "Steps taken: reminders on 24 August 2026 and 23 September 2026, a talk on 3 "
        "October 2026 and written notice on 13 October 2026. Work was stopped on 23 October 2026.",
    ),
    "a stop that a hardship asked for is no step": (
        (
            ("circumstance", 40, "A flood", {}),
            ("stop", 39, "At their wish", {"link": ("about", 3)}),
        ),
        summary.summary,
        "This record shows no step taken before it.",
    ),
    "what is claimed of nothing": (
        (),
        summary.summary,
        "No sum is claimed, as nothing was overdue on 22 November 2026.",
    ),
    "what is claimed with its interest": (
        (
            *BILLED[2:3],
            ("interest", 260, "Act", _RATE),
        ),
        summary.summary,
        "**Claimed on 22 November 2026: EUR 1,023.56**: EUR 1,000.00 for what is owed and EUR "
        "23.56 for interest; and EUR 0.27 of interest for each further day, as long as the rate "
        "does not change (made up in section 4).",
    ),
    "whose words they are": (
        (("message", 153, "Their mail", QUOTE),),
        sides.position,
        "| 3 | 2026-06-22 | message | - | “We will not pay.” (Astrid Lund) |",
    ),
    "a fact before its quote, and one bracket": (
        (("thanks", 153, "Praised the cart", {"quotes": [{"text": "It feels right"}]}),),
        chronology.chronology,
        "| Praised the cart. “It feels right” (the client; seen or heard) |",
    ),
    "what leads to a quote": (
        (("thanks", 153, "They wrote:", {"quotes": [{"text": "Well done."}]}),),
        chronology.chronology,
        "| They wrote: “Well done.” (the client; seen or heard) |",
    ),
    "my account is my own record": (
        (("paid-on-time", 153, "NV-1 paid in time", {}),),
        chronology.chronology,
        "| NV-1 paid in time |",
    ),
    "no expectations": (
        (),
        agreement.expectations,
        "No expectations were set out, so far as this record shows.",
    ),
    "how it was agreed": (
        (("terms", 200, "By mail", {"data": {"form": "mail"}}),),
        agreement.agreement,
        "| Form | agreed by email |",
    ),
    "answers that were overdue": (
        LATE,
        exchange.asked_and_answered,
        "Answers were overdue on 61 days in all; a day on which several were overdue counts once.",
    ),
    "a request that is still missing": (
        (("request", 27, "Photos?", {}), ("partial-answer", 20, "", {"link": ("about", 3)})),
        exchange.asked_and_answered,
        "- Asked on 26 October 2026 (entry 3): Photos? A part came on 2 November 2026 (entry 4).",
    ),
    "an advice that was set aside": (
        (
            ("advice-overridden", 20, "Matt paper", {}),
            ("outcome", 10, "It faded", {"link": ("about", 3), "data": {"worked": "no"}}),
        ),
        exchange.approvals,
        "| it went wrong, 2026-11-12 (entry 4): It faded |",
    ),
    "a delivery that was accepted": (
        (
            ("delivery", 20, "Posters", {}),
            ("acceptance", 18, "Fine", {"link": ("accepts", 3), "data": {"by": "Kari"}}),
        ),
        work.work,
        " by Kari (entry 4) |",
    ),
    "hours that were spent": (
        (("hours", 20, "", {"data": {"hours": "2.5", "spent": "chase"}}),),
        work.work,
        "Hours noted: 2.5 h of asking for answers or payment.",
    ),
    "nothing is left out": (
        (),
        keeping.keeping,
        "The docket has 2 entries. Nothing is left out.\n",
    ),
    "nobody outside was given an anchor": (
        (),
        keeping.keeping,
        "Nobody outside was given the state of this log, so the hashes alone do not show whether "
        "the log was made anew or cut short.",
    ),
    "what was noted late": (
        (
            ("note", 20, "x", {"recorded_at": (NOON - timedelta(days=17)).isoformat()}),
            ("note", 19, "y", {}),
        ),
        keeping.keeping,
        "Four entries are shown. One of them was noted 3 days later than it occurred (entry 3), "
        "the rest on the day.",
    ),
    "what was noted after the notice": (
        (("notice", 40, "By letter", {}),),
        keeping.keeping,
        "- Nothing that occurred before the first formal notice (13 October 2026, entry 3) was "
        "recorded after it.",
    ),
    "where nobody was waited for": (
        (("note", 9, "x", {}),),
        elapsed.elapsed,
        "No wait is on record.\n\nWorking days are Mon, Tue, Wed, Thu and Fri.",
    ),
    "where the time went": (
        LATE,
        elapsed.elapsed,
        "of them the client was waited for.",
    ),
    "how interest continues": (
        (*BILLED[2:3], ("interest", 260, "Act", _RATE)),
        claimed.claimed,
        "Interest continues at EUR 0.27 a day from 23 November 2026, as long as the rate does not "
        "change.",
    ),
    "where a rate comes from": (
        (*BILLED[2:3], ("interest", 260, "Act", _RATE)),
        claimed.claimed,
        "- 10 % from 1 January 2026: Act (entry 4)",
    ),
    "fixed compensation": (
        (*BILLED[2:3], ("fixed-sum", 260, "", _FIXED)),
        claimed.claimed,
        "Fixed compensation: EUR 40.00.",
    ),
    "costs of recovery": (
        (("cost", 20, "Court fee", _paid("35.50")),),
        claimed.claimed,
        "Costs of recovery: EUR 35.50.",
    ),
    "what is owed in all": (
        BILLED,
        payments.payments,
        "Invoiced: EUR 3,000.00. Paid on these invoices: EUR 2,000.00. Owed: EUR 1,000.00.",
    ),
    "a dispute of an invoice, as noted": (
        BILLED,
        payments.payments,
        "- NV-2, EUR 680.00: Never ordered",
    ),
    "a credit note": (
        (
            *BILLED[2:3],
            (
                "credit",
                60,
                "Two hours not needed",
                {"data": {**_paid("340")["data"], "of_invoice": "NV-2", "number": "CN-1"}},
            ),
        ),
        chronology.chronology,
        "EUR 340.00 off invoice NV-2, CN-1. Two hours not needed",
    ),
    "money that went back": (
        (("refund", 60, "Paid twice", _paid("40")),),
        chronology.chronology,
        "EUR 40.00 went back to the client. Paid twice",
    ),
    "no invoice, no payment, no step": (
        (),
        payments.payments,
        "This record shows no invoice.\n\nThis record shows no payment.",
    ),
    "a clause whose number begins as another's": (
        [
            ("terms", 90, "Signed.", {"data": {"suspension_clause": "Clause 12: work may rest"}}),
            ("stop", 20, "Work rests under clause 1.", {"data": {"effective": "2026-11-02"}}),
        ],
        agreement.agreement,
        "Clause 1 is named in entry 4, and is not among the terms noted.",
    ),
    "a disputed part": (
        BILLED,
        sides.position,
        "EUR 680.00 of invoice NV-2 disputed: Never ordered",
    ),
}
"""By its name: the entries, the section, and the sentence that it says of them."""


@pytest.mark.parametrize("name", SENTENCES)
def test_the_better_sentence_is_said(name: str) -> None:
    entries, section, sentence = SENTENCES[name]
    text = section(told(*numbered(*entries)))
    assert sentence in re.sub(" +", " ", text)
    assert bad(text) == []


def test_a_part_of_the_time_says_what_is_whole() -> None:
    text = summary.summary(told(*numbered(*BILLED), since=date(2026, 6, 1)))
    assert (
        "It shows what happened from 1 June 2026 to 22 November 2026; the account is shown whole, "
        "to 22 November 2026." in text
    )


def test_an_extract_says_the_kinds_it_shows_as_its_tables_do() -> None:
    entries = numbered(("scope-creep", 20, "More", {}), ("late-payment", 10, "x", {}))
    text = extract.what(told(*entries, kinds=("late-payment", "scope-creep")))
    assert "by date: late payment and asked for beyond the agreement." in text
    assert "The docket has 4 entries. Four are shown here, each as it was recorded." in text
    assert bad(text) == []


def bad(text: str) -> list[str]:
    """Return what a text says that none may, each with the place; rules of tables are no words."""
    lines = [line for line in text.split("\n") if not re.fullmatch(r"[|\s-]+", line)]
    prose = "\n".join(re.sub(r" *\| *", " | ", line).strip("| ") for line in lines)
    return [
        f"{name}: {found[0]!r}"
        for name, pattern in FORBIDDEN.items()
        for found in re.finditer(pattern, prose, re.MULTILINE)
    ]


STATEMENTS = st.sampled_from(["Photos", "Photos.", "Why?", "He said so...", "Two words here"])
KINDS = st.sampled_from(
    """request answer invoice payment disputed rework micro-change scope-creep my-mistake excuse
    complaint blame reminder talk warning notice offer repair-offer remedy my-apology escalate
    inspire decline stop resume end-notice circumstance promise promise-kept promise-broken
    thanks abuse credit refund cost interest fixed-sum""".split()
)


@st.composite
def dockets(draw: st.DrawFn) -> list[Entry]:
    """Return entries of many kinds, linked as they can be."""
    said: list[tuple[str, int, str, dict[str, Any]]] = []
    for at in range(draw(st.integers(0, 14))):
        kind, ago = draw(KINDS), draw(st.integers(0, 250))
        said.append((kind, ago, draw(STATEMENTS), _fields(draw, kind, said, at)))
    return numbered(*said)


def _fields(
    draw: st.DrawFn, kind: str, said: Iterable[tuple[str, int, str, dict[str, Any]]], at: int
) -> dict[str, Any]:
    before = {one: seq for seq, (one, *_) in enumerate(said, 3)}
    links = {"answer": ("answers", "request"), "promise-kept": ("keeps", "promise")}
    links |= {"promise-broken": ("breaks", "promise"), "stop": ("about", "circumstance")}
    if kind == "invoice":
        return _bill(
            f"INV-{at}", draw(st.sampled_from(["10", "250.50"])), draw(st.integers(-20, 90))
        )
    if kind in ("payment", "cost", "refund"):
        return _paid(draw(st.sampled_from(["5", "400"])))
    if kind == "credit":
        return {"data": {**_paid("7")["data"], "of_invoice": f"INV-{before.get('invoice', 3) - 3}"}}
    if kind in ("interest", "fixed-sum"):
        return _RATE if kind == "interest" else _FIXED
    if kind == "disputed":
        bill = before.get("invoice", 3) - 3
        return {"data": {**_paid("7")["data"], "number": f"INV-{bill}"}}
    if kind == "request":
        return _asked(draw(st.integers(-10, 90)))
    if kind == "promise":
        by = draw(st.sampled_from(["me", "client"]))
        return {"data": {"by": by, "due": TODAY.isoformat()}}
    if kind in links and links[kind][1] in before:
        return {"link": (links[kind][0], before[links[kind][1]])}
    mine = draw(st.booleans()) and kind in ("rework", "micro-change", "scope-creep")
    return {"data": {"my_share": True}} if mine else {}


@examples(200)
@given(dockets())
def test_no_sentence_of_any_docket_says_what_none_may(entries: list[Entry]) -> None:
    material = told(*entries)
    assert [bad(section(material)) for section in SAID] == [[] for _ in SAID]


@examples(100)
@given(dockets(), st.integers(0, 200))
def test_no_sentence_of_any_statement_says_what_none_may(entries: list[Entry], ago: int) -> None:
    options = StatementOptions("EUR", None, TODAY - timedelta(days=ago), "Jo Ek")
    try:
        made = paper.statement(Docket.of("acme", entries, TODAY), options, NOON)
    except UsageError:  # nothing was billed yet
        return
    assert bad("\n\n".join(one.body for one in made.sections)) == []


@pytest.mark.parametrize(
    "text",
    [
        "You have: the login..",
        "1 entries of work",
        "3 requests were made; none has no answer on record.",
        "the longest delay is 0 days.",
        "to 30 November. 4 invoices were sent",
        "none was answered later or not at all",
    ],
)
def test_the_faults_that_were_once_printed_are_seen(text: str) -> None:
    assert bad(text)
