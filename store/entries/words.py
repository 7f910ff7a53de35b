"""What an entry's plain fields may say, apart from the models: models take long to load."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Literal

from store.journal.chain import NOT_YET

Visibility = Literal["record", "internal", "settlement"]
HELD_BACK: dict[str, int] = {"record": 0, "settlement": 1, "internal": 2}
"""How far each keeps an entry from being seen."""
Source = Literal["witnessed", "message", "document", "told-by"]
Channel = Literal[
    "email", "phone", "chat", "video", "meeting", "letter", "platform", "social", "other"
]
Relation = Literal[
    "amends", "adds-to", "voids", "late-of", "answers", "accepts", "keeps", "breaks", "about"
]
_TYPED = re.compile(r"#(~?)(\d{1,7})")
WRITTEN: frozenset[str] = frozenset({"email", "chat", "letter", "platform", "social"})
"""The channels by which words come in writing: what came so is known from a message."""
BY_VOICE: frozenset[str] = frozenset({"phone", "video", "meeting"})
"""The channels in which words are said and gone, so that they are confirmed in writing."""
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""Nothing on a docket occurred before this."""
SLACK = timedelta(minutes=5)
"""How far ahead of the clock a moment may be: two machines' clocks differ a little."""
PEEK = ("kind", "occurred_at", "links")
"""The fields that tell where an entry belongs without reading the rest (store.docket.outline)."""
LANDED = {"yes": "it helped", "partly": "it helped in part", "no": "it did not help"}
"""What came of a step, in words."""
SPENT = {
    "work": "work",
    "chase": "asking for answers or payment",
    "wait": "waiting",
    "rework": "work done again",
    "conflict": "handling disagreements",
}
"""What hours are spent on, in the words of a document."""
SIDES = {"me": "me", "client": "the client"}
"""Who promised."""
WELCOME = {
    "process": "How the work goes",
    "roles": "Who does what",
    "dates": "Dates",
    "approvals": "Approvals",
    "reach_me": "How and when to reach me",
    "my_reply": "I answer within",
    "pays_by": "Ways to pay",
    "reach_them": "How and when to reach you",
    "decides": "Who decides",
    "access": "Access to what is needed",
    "goal": "What you want to reach",
    "vision": "Where it is to lead",
}
"""The answers of the welcome sheet, as it has them: `me` sends it, and `you` is the client."""
_FIELDS = {
    "quote": "their words",
    "spent": "class",
    "for_invoices": "pays for",
    "of_invoice": "off invoice",
    "for_charges": "pays charges",
    "reply_within_days": "reply days",
    "suspension_clause": "clause",
    "suspension_notice_days": "notice days",
    "ending_notice_days": "days of notice to end it",
    "contract_name": "legal name",
    "tax_id": "tax number",
    "vat": "VAT",
    "vat_percent": "VAT %",
    "vat_number": "VAT number",
    "vat_note": "VAT note",
    "discount_percent": "discount %",
    "discount_until": "if paid by",
    "fee_by": "fee borne by",
    "paid_rate": "exchange",
}


def field_words(name: str) -> str:
    """Return what a field of an entry is called where it can be corrected, in plain words."""
    return _FIELDS.get(name, name.replace("_", " "))


def number_words(seq: int) -> str:
    """Return `#12`, or `~3` for the third that waits in the outbox and has no number yet."""
    return f"#{seq}" if seq < NOT_YET else f"~{seq - NOT_YET}"


def number_typed(word: str) -> int | None:
    """Return the number that `#12`, or `#~3` for one that waits, spells; None for other words."""
    if not (match := _TYPED.fullmatch(word)):
        return None
    return int(match[2]) + (NOT_YET if match[1] else 0)


def entry_named(client: str, seq: int) -> str:
    """Return `acme#12`, or `acme~3`."""
    return f"{client}{number_words(seq)}"
