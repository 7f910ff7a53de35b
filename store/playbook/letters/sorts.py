"""What letters there are for, as tables: what each may name, and what it is once it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from store.tone.sent import Occasion


class Sent(NamedTuple):
    """A letter that was sent: the kind of entry it is, and what is said to do after it."""

    step: str
    after: str = ""


STEPS: Final[Mapping[str, Sent]] = {
    "courtesy": Sent("reminder"),
    "reminder": Sent("reminder"),
    "ask-again": Sent("reminder"),
    "stop-notice": Sent("stop"),
    "resume": Sent("resume"),
    "step-notice": Sent("notice"),
    "shift": Sent("notice"),
    "formal-notice": Sent("notice"),
    "final-demand": Sent("warning"),
    "control-talk": Sent("talk"),
    "boundary": Sent("expectations"),
    "apology": Sent("my-apology"),
    "repair-offer": Sent("repair-offer"),
    "repair": Sent("message"),
    "scope": Sent("decline"),
    "no-time": Sent("decline"),
    "no-rush": Sent("decline"),
    "no-discount": Sent("decline"),
    "no-free-work": Sent("decline"),
    "no-hours": Sent("decline"),
    "no-unpaid": Sent("decline"),
    "no-fit": Sent("decline"),
    "review-answer": Sent("message"),
    "parting": Sent("end-notice"),
    "parting-needs": Sent("end-notice"),
    "parting-fit": Sent("end-notice"),
    "parting-call": Sent(
        "end-notice", "Send the confirmation of what was said: docket letter {} confirmation"
    ),
    "phone-script": Sent(
        "talk", "Send the confirmation of what was said: docket letter {} confirmation"
    ),
    "referral": Sent("message"),
    "confirmation": Sent(
        "message",
        "Once they say yes, that makes it theirs too: docket log {} confirmation '#{} YES'",
    ),
}
"""The letters that ship, by what each is on the docket once it was sent."""
_OCCASIONS: Final[Mapping[str, Occasion]] = {
    "apology": "apology",
    "parting": "parting",
    "parting-call": "parting",
    "parting-fit": "parting",
    "parting-needs": "parting",
}


def occasion_of(kind: str) -> Occasion:
    """Return the occasion of a letter, for the tone check: most are letters and no more."""
    return _OCCASIONS.get(kind, "letter")


SITUATIONS: Final[Mapping[str, str]] = {
    "repeat-work": "no-time",
    "rush-demand": "no-rush",
    "non-payment": "no-discount",
    "scope-creep": "no-free-work",
    "off-hours": "no-hours",
    "pay-later": "no-unpaid",
    "expectation-gap": "no-fit",
}
"""The seven no's, by the kind of entry that asks for each (advice 105)."""
_MORE: Final = ("scope-creep", "micro-change", "rework", "expectation-gap")
REPLIES_TO: Final[Mapping[str, tuple[str, ...]]] = {
    "scope": _MORE,
    "no-free-work": _MORE,
    "no-rush": ("rush-demand",),
    "no-time": ("repeat-work", "rush-demand"),
    "no-hours": ("off-hours",),
    "no-unpaid": ("pay-later", "repeat-work", "rush-demand", *_MORE),
    "no-fit": ("repeat-work", *_MORE),
    "no-discount": ("non-payment",),
    "referral": ("repeat-work", *_MORE),
}
"""The kinds of entry that a letter may answer where none is named: what they asked of me."""
FACTS: Final[Mapping[str, str]] = {
    "me": "your name",
    "my_address": "your address",
    "my_email": "your mail address",
    "payment_details": "how to pay you",
    "client": "their name",
    "phone": "their telephone number",
    "today": "the day of the letter",
    "invoice": "the number of the invoice",
    "issued": "the day it was issued",
    "due": "the day it was due",
    "amount": "what is open of it",
    "total": "what it was over",
    "days_late": "how late it is",
    "new_date": "the new day",
    "written_on": "the days on which you wrote about it",
    "stop_day": "the day on which work stops",
    "clause": "the clause that lets you stop",
    "charges": "interest and costs so far",
    "next_measure": "what you will do next, and mean to do",
    "stopped": "the day on which work stopped",
    "new_dates": "the dates that have moved",
    "asked": "what you asked for",
    "asked_on": "the day you asked",
    "needed_by": "the day it was needed by",
    "waited": "how long it has been waited for",
    "item": "the work that cannot go on",
    "old_date": "the date as it was agreed",
    "answer_by": "the day you need an answer by",
    "complained_on": "the day they complained",
    "thing": "what you are sorry for, by its name",
    "act": "the one useful thing you will do first",
    "act_day": "the day by which it is done",
    "done": "what you have put right",
    "done_on": "the day you put it right",
    "their_business": "what they sell or do themselves, and expect to be paid for",
    "facts": "three facts with their days",
    "wanted": "what you ask of them from now on",
    "watch_until": "until when you will watch it",
    "happened": "what happened, as it is in your log",
    "happened_on": "the day it happened",
    "effect": "what that does to your work, beginning with I",
    "asked_for": "what they ask of you",
    "asked_for_on": "the day they asked",
    "scope": "what was agreed to be done",
    "price": "what it costs",
    "ready_by": "the day by which it can be ready",
    "free_from": "the day on which you could begin",
    "instead": "what you can do instead",
    "hours": "the hours in which you work and answer",
    "reviewed_on": "the day of their review",
    "set_right": "one fact that belongs beside it, and is no secret of theirs",
    "end_day": "the day on which your work for them ends",
    "reason": "your reason, true and gentle, beginning with I or My",
    "needed": "what you would have needed of them",
    "fit": "in what you do not fit, without blame",
    "finish": "what you will finish before that day",
    "handed_over": "what you hand over: files, accounts, keys",
    "kind_word": "something true and kind about where their business goes",
    "somebody": "who may serve them better, and how to reach them",
    "why_them": "why they are right for it",
    "talked_on": "the day you talked",
    "said": "what was said and agreed",
    "confirm_by": "the day by which they tell you if it is not so",
    "next_thing": "what you do next",
}
"""What a letter may hold, as it is asked for."""
DAY_FACTS: Final = frozenset(
    """today issued due new_date stop_day stopped asked_on needed_by old_date answer_by act_day
    complained_on done_on watch_until happened_on asked_for_on ready_by free_from reviewed_on
    end_day talked_on confirm_by""".split()
)
"""Facts that are days: what is typed for one is said as the language of the letter says days."""
CHOICES: Final = (
    "their_business",
    "charges",
    "wanted",
    "new_dates",
    "free_from",
    "instead",
    "thing",
    "somebody",
    "next_thing",
)
"""Facts of sentences that may be left out, and that no docket holds (advice 100)."""
