"""A year with one client from first mail to handover, the same bytes every time: the examples."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from tests.store.records.case import NOW, Case

ARABIC = "وصل العقد موقَّعاً، والملفات ناقصة."
KHMER = "មិនទាន់មានចម្លើយអំពីឯកសារទេ។"


def fixed_entropy() -> Callable[[], str]:
    """Return a source of ids that gives the same ones every time."""
    numbers: Iterator[int] = count(1)
    return lambda: hashlib.sha256(f"id {next(numbers)}".encode()).hexdigest()[:32]


class Year:
    """Logs on a case, remembering the number of what others refer to."""

    def __init__(self, root: Path) -> None:
        self.case = Case(root, "Halden & Vik Forlag", fixed_entropy())
        self.numbers: dict[str, int] = {}

    def log(self, kind: str, day: str, words: str = "", **more: Any) -> int:
        """Log an entry; `name` remembers its number, `on` links it to a remembered one."""
        name, on = more.pop("name", ""), more.pop("on", None)
        if on:
            more["link"] = (on[0], self.numbers[on[1]])
        seq = self.case.log(kind, day, words, **more).seq
        if name:
            self.numbers[name] = seq
        return seq

    def paper(self, text: str, name: str) -> list[Mapping[str, Any]]:
        """Keep a small file."""
        return [self.case.exhibit(text.encode(), name)]


def year(root: Path) -> Case:
    """Return the case, as of NOW."""
    told = Year(root)
    _begin(told)
    _spring(told)
    _summer(told)
    _autumn(told)
    told.case.clock.now = NOW
    return told.case


def _begin(told: Year) -> None:
    who = {
        "name": "Halden & Vik Forlag",
        "contract_name": "Halden & Vik Forlag AS",
        "address": "Storgata 7, 0155 Oslo",
        "email": "post@halden-vik.example",
    }
    told.log("client", "2026-03-01", "They wrote first: posters for the spring list.", data=who)
    terms = {
        "currency": "EUR",
        "rate": "85",
        "payment": "net14",
        "reply_within_days": 3,
        "revisions": 2,
        "scope": "Posters and covers for the 2026 list",
        "form": "signed",
        "suspension_clause": "Clause 8: work may rest seven days after a written reminder",
        "suspension_notice_days": 7,
    }
    paper = told.paper("The agreement, signed on 2 March 2026.\n", "Agreement 2026-03-02.txt")
    told.log("terms", "2026-03-02", "Signed by both.", data=terms, exhibits=paper, channel="email")
    late = {"percent": "10.15", "starts": "2026-01-01", "source": "Directive 2011/7, H1 2026"}
    told.log("interest", "2026-03-02", "As the agreement says", data=late)
    more = {"percent": "10.40", "starts": "2026-07-01", "source": "Directive 2011/7, H2 2026"}
    told.log("interest", "2026-07-01", "The new half-year", data=more, recorded="2026-07-02")
    bands = [{"at_least": "0", "amount": "40"}]
    fixed = {"currency": "EUR", "bands": bands, "source": "Directive 2011/7, art. 6"}
    told.log("fixed-sum", "2026-03-02", "As the agreement says", data=fixed)
    sheet = "Sent the sheet: replies in three days, two rounds, pay in 14 days. Kari said yes."
    told.log("expectations", "2026-03-03", sheet, channel="email", source="message")


def _spring(told: Year) -> None:
    told.log("hours", "2026-03-19", "Posters for April", data={"hours": "18"})
    where = {"where": "shared folder"}
    told.log("delivery", "2026-03-20", "Posters for April", data=where, name="april")
    ok = {"by": "Kari"}
    told.log("acceptance", "2026-03-22", "Approved", data=ok, on=("accepts", "april"))
    _bill(told, "HV-1", "1530.00", "2026-03-25", "2026-04-08", "Posters for April, 18 h")
    _paid(told, "2026-04-08", "1530.00", "HV-1 on the day")
    told.log("thanks", "2026-04-09", "Praised the posters", quotes=[{"text": "Our best yet!"}])
    told.log("hours", "2026-05-12", "Covers one and two", data={"hours": "24.5"})
    told.log("delivery", "2026-05-13", "Covers one and two", data=where, name="covers")
    told.log("acceptance", "2026-05-18", "Approved", data=ok, on=("accepts", "covers"))
    _bill(told, "HV-2", "2082.50", "2026-05-19", "2026-06-02", "Covers one and two, 24.5 h")
    asked = {"needed_by": "2026-05-29"}
    told.log("request", "2026-05-22", "Print files of the spring list", data=asked, name="files")
    told.log("answer", "2026-06-09", "Sent half of them", on=("answers", "files"))
    told.log("advice-overridden", "2026-05-25", "Advised matt paper; they took gloss.")


def _summer(told: Year) -> None:
    told.log("reminder", "2026-06-04", "HV-2", channel="email", data={"worked": True})
    _paid(told, "2026-06-24", "1000.00", "Part of HV-2")
    said = "The bank changed systems"
    told.log("excuse", "2026-06-25", said, refs={"invoice": "HV-2"}, channel="phone")
    told.log("request", "2026-06-29", "The other half of the print files", name="rest")
    told.log("approval-block", "2026-07-06", "Cover three waits for a yes since 29 June")
    _bill(told, "HV-3", "2720.00", "2026-07-10", "2026-07-24", "Cover three, autumn posters, 32 h")
    owed = {"by": "client", "due": "2026-07-31"}
    told.log("promise", "2026-07-20", "Will pay HV-2 and HV-3", data=owed, name="promise")
    quote = {"text": "Just keep going, you will\nget it eventually.", "by": "Kari"}
    told.log("pay-later", "2026-07-27", "On the phone", quotes=[quote], channel="phone")
    told.log("promise-broken", "2026-08-01", "Nothing came", on=("breaks", "promise"))
    told.log("excuse", "2026-08-03", "A buyer had not paid", refs={"invoice": "HV-2"})
    mine = {"my_share": True, "hours": "2"}
    told.log("rework", "2026-08-05", "Poster six had a wrong date: my slip", data=mine)
    told.log("my-apology", "2026-08-05", "Said sorry for poster six", data={"worked": True})
    told.log("note", "2026-08-06", ARABIC)
    told.log("no-reply", "2026-08-10", KHMER, name="khmer")
    told.log("complaint", "2026-08-12", "Said the covers were dark", recorded="2026-08-21")
    told.log("excuse", "2026-08-20", "Was away", name="away")
    fixed = {"changes": {"statement": "Said she was away until the 20th"}}
    told.log("amendment", "2026-08-21", data=fixed, on=("amends", "away"), reason="Too short")
    told.log("addendum", "2026-08-22", "Called twice that day", on=("adds-to", "khmer"))
    told.log("blame", "2026-08-24", "Wrong client", name="slip")
    told.log("void", "2026-08-25", "Meant another docket", on=("voids", "slip"))


def _autumn(told: Year) -> None:
    told.log("talk", "2026-08-27", "Asked what would help", channel="meeting")
    letter = told.paper("Formal notice of 1 September 2026.\n", "notice.txt")
    told.log("notice", "2026-09-01", "HV-2, HV-3", channel="letter", exhibits=letter)
    part = {"number": "HV-3", "amount": "320.00", "currency": "EUR"}
    told.log("disputed", "2026-09-05", "Says poster six was late", data=part)
    told.log("stop", "2026-09-08", "Work rests under clause 8", data={"effective": "2026-09-08"})
    _paid(told, "2026-09-15", "1500.00", "On the oldest first")
    told.log("offer", "2026-09-18", "SETTLEMENTMARKqz: 2,000 and done", visibility="settlement")
    told.log("note", "2026-09-19", "INTERNALMARKqz", visibility="internal")
    receipt = told.paper("Fee of the order for payment: 35.50\n", "receipt.txt")
    spent = {"amount": "35.50", "currency": "EUR"}
    told.log("cost", "2026-10-12", "Order for payment, fee", data=spent, exhibits=receipt)
    seen = told.paper("Review: 'never delivered anything'.\n", "review 2026-10-20.txt")
    told.log("public-attack", "2026-10-20", "A review says that I never delivered", exhibits=seen)
    told.log("hours", "2026-10-21", "Calls and mails", data={"hours": "3.25", "spent": "chase"})
    told.log("handover", "2026-10-28", "Font licences", data={"to": "Kari"}, name="fonts")
    told.log("acceptance", "2026-10-30", "Has them", data={"by": "Kari"}, on=("accepts", "fonts"))
    told.log("access-ended", "2026-10-31", "Left the font account", on=("about", "fonts"))
    told.log("end-notice", "2026-11-02", "The work ends on 30 November", channel="letter")
    _bill(told, "HV-4", "640.00", "2026-11-16", "2026-11-30", "Handover and rest, 7.5 h")


def _bill(told: Year, number: str, amount: str, day: str, due: str, what: str) -> None:
    data = {"number": number, "amount": amount, "currency": "EUR", "due": due}
    told.log("invoice", day, what, data=data, channel="email")


def _paid(told: Year, day: str, amount: str, words: str) -> None:
    told.log("payment", day, words, data={"amount": amount, "currency": "EUR"})
