"""The registry of kinds: id, group, label, what it is for, its data, and what it is to others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from store.entries.words import Relation

if TYPE_CHECKING:
    from store.entries.data import Data

Group = Literal[
    "incident",
    "good-day",
    "money",
    "request",
    "hours",
    "delivery",
    "promise",
    "agreement",
    "circumstance",
    "step",
    "note",
    "correction",
]
Shape = Literal[
    "NoData",
    "ClientData",
    "TermsData",
    "IncidentData",
    "InvoiceData",
    "PaymentData",
    "RequestData",
    "PartialAnswerData",
    "HoursData",
    "DisputedData",
    "CostData",
    "InterestData",
    "FixedSumData",
    "DeliveryData",
    "HandoverData",
    "AcceptanceData",
    "PromiseData",
    "StepData",
    "OutcomeData",
    "ExceptionData",
    "AmendmentData",
]


class Follows(NamedTuple):
    """What an entry is to the one it names: `says` in words, `relation` as the journal has it.

    `needed` says that the kind makes no sense without one; `of` names the kinds it can be of,
    any where it is empty.
    """

    says: str = "about"
    relation: Relation = "about"
    needed: bool = False
    of: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Whether it names one entry, as an answer does, rather than any number of subjects."""
        return self.needed or self.relation != "about"


ABOUT: Final = Follows()
_REACTS: Final = Follows("reacts to")


class Kind(NamedTuple):
    """One kind of entry; `shape` names the model of its data, `aliases` other words for it.

    `called` is the word of the user's own that meant it, where one did. Beside the link that
    `follows` tells of, any entry may be `about` others.
    """

    id: str
    group: Group
    label: str
    help: str
    shape: Shape
    aliases: tuple[str, ...] = ()
    called: str = ""
    follows: Follows = ABOUT

    @property
    def data(self) -> type[Data]:
        """The model of its data, imported only when asked for: models take long to load."""
        from store.entries import data

        model: type[Data] = getattr(data, self.shape)
        return model


_Row = tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, Follows]


def _family(group: Group, shape: Shape, rows: Iterable[_Row]) -> list[Kind]:
    """Build kinds of one group from rows of `id, help[, aliases[, follows]]`.

    The label is the id in words.
    """
    return [
        Kind(
            id=row[0],
            group=group,
            label=row[0].replace("-", " "),
            help=row[1],
            shape=shape,
            aliases=tuple(row[2].split()) if len(row) > 2 else (),
            follows=row[3] if len(row) == 4 else ABOUT,
        )
        for row in rows
    ]


_STEPS: tuple[_Row, ...] = (
    ("expectations", "I set out in writing what they can expect", "expectation-set"),
    ("reminder", "I reminded them, politely", "remind"),
    ("talk", "I talked it over with them", "talked"),
    ("warning", "I said what follows if it goes on", "warned"),
    ("notice", "I gave formal written notice", "written-notice", Follows("notice of")),
    ("offer", "I offered to settle: begins as settlement talk", "settlement-offer"),
    ("repair-offer", "I offered to put something right", "offer-repair offered-repair"),
    ("remedy", "I put something right, or went the extra mile", "repair extra-effort"),
    ("my-apology", "I said sorry", "apologised apologized"),
    ("decline", "I said no", "declined refused"),
    ("escalate", "I took it further", "escalated"),
    ("stop", "I stopped work", "stop-work pause paused stopped"),
    ("resume", "I took the work up again", "resumed"),
    ("end-notice", "I gave notice that I am leaving", "resign ended"),
)
_STEP_IDS: Final = tuple(row[0] for row in _STEPS)
_ACCEPTED: Final = (
    *("delivery", "handover", "request", "terms", "invoice", "promise"),
    *("approval-block", "rework", "micro-change", "scope-creep", *_STEP_IDS),
)


_ALL = [
    *_family(
        "incident",
        "IncidentData",
        [
            ("late-payment", "an invoice was not paid by its due date", "late paid-late overdue"),
            ("non-payment", "they will not pay, or pay less than was agreed", "unpaid short-pay"),
            ("pay-later", "asked to keep working while owing money", "keep-working"),
            ("no-reply", "a question got no answer", "silence ghosted"),
            ("late-reply", "an answer came too late to be of use", "slow-reply"),
            ("scope-creep", "asked for more than was agreed, for the same price", "scope"),
            ("rework", "finished work has to be done again", "redo"),
            ("micro-change", "a trifle had to be changed or approved", "nitpick"),
            ("approval-block", "work waits for an approval that does not come", "blocked"),
            ("advice-overridden", "advice was given and set aside", "overridden"),
            ("access-withheld", "an account or file I need was not handed over", "access"),
            ("distrust", "checked on, watched, or doubted without cause"),
            ("blame", "blamed for something that was not my doing", "", _REACTS),
            ("off-hours", "contacted outside the agreed hours", "after-hours"),
            ("rush-demand", "demanded at once what was planned for later", "rush"),
            ("no-show", "did not come to an agreed meeting", "noshow"),
            ("abuse", "insults or shouting", "insult", _REACTS),
            ("threat", "threatened me, my name or my business", "", _REACTS),
            ("public-attack", "attacked me where others can read it", "bad-review", _REACTS),
            ("contract-breach", "broke a written term of the agreement", "breach"),
            ("expectation-gap", "expected something that was never agreed", "misunderstanding"),
            ("complaint", "complained about the work", "", _REACTS),
            ("excuse", "gave a reason for not paying or not acting", "", _REACTS),
            ("high-standard", "asked for very good work: weighs nothing", "demanding"),
            ("other", "a problem that fits no other kind", "incident problem"),
        ],
    ),
    *_family(
        "good-day",
        "NoData",
        [
            ("thanks", "thanked or praised the work", "praise", _REACTS),
            ("paid-early", "paid before the due date", "early"),
            ("paid-on-time", "paid by the due date", "on-time"),
            ("referral", "sent me another client"),
            ("repeat-work", "came back with more work", "repeat"),
            ("apology", "said sorry", "sorry", _REACTS),
            ("concession", "gave way, or put something right", "gave-way", _REACTS),
            ("good-day", "anything else that went well", "good"),
        ],
    ),
    *_family("money", "InvoiceData", [("invoice", "a bill was sent", "bill")]),
    *_family("money", "PaymentData", [("payment", "money came in", "paid pay")]),
    *_family(
        "money",
        "DisputedData",
        [("disputed", "they say that part of an invoice is not owed", "dispute")],
    ),
    *_family("money", "CostData", [("cost", "what it cost me to go after the money", "expense")]),
    *_family("request", "RequestData", [("request", "I asked for something", "ask asked")]),
    *_family(
        "request",
        "NoData",
        [
            (
                "answer",
                "they answered a request",
                "answered",
                Follows("answers", "answers", needed=True, of=("request",)),
            ),
            (
                "confirmation",
                "they confirmed what was said or agreed",
                "confirmed",
                Follows("confirms"),
            ),
        ],
    ),
    *_family(
        "request",
        "PartialAnswerData",
        [
            (
                "partial-answer",
                "they answered a part of a request, which stays open",
                "part-answer partly-answered",
                Follows("partly answers", needed=True, of=("request",)),
            )
        ],
    ),
    *_family("hours", "HoursData", [("hours", "time spent", "time")]),
    *_family(
        "delivery", "DeliveryData", [("delivery", "work was handed over", "deliver delivered")]
    ),
    *_family(
        "delivery",
        "AcceptanceData",
        [
            (
                "acceptance",
                "work was accepted",
                "accept accepted approved",
                Follows("accepts", "accepts", of=_ACCEPTED),
            )
        ],
    ),
    *_family(
        "delivery",
        "HandoverData",
        [("handover", "an account, key or file of theirs was given back", "handed-back")],
    ),
    *_family(
        "delivery",
        "NoData",
        [
            (
                "access-ended",
                "my own access to something of theirs ended",
                "",
                Follows(of=("handover",)),
            )
        ],
    ),
    *_family("promise", "PromiseData", [("promise", "one side promised something by a day")]),
    *_family(
        "promise",
        "NoData",
        [
            (
                "promise-kept",
                "a promise was kept",
                "",
                Follows("keeps", "keeps", needed=True, of=("promise",)),
            ),
            (
                "promise-broken",
                "a promise was not kept",
                "",
                Follows("breaks", "breaks", needed=True, of=("promise",)),
            ),
        ],
    ),
    *_family("agreement", "ClientData", [("client", "who the docket is about")]),
    *_family("agreement", "TermsData", [("terms", "what was agreed", "agreement contract")]),
    *_family(
        "agreement",
        "InterestData",
        [("interest", "the yearly rate on late sums, with its source", "interest-rate")],
    ),
    *_family(
        "agreement",
        "FixedSumData",
        [("fixed-sum", "what each late invoice costs them, with its source", "compensation")],
    ),
    *_family(
        "circumstance",
        "NoData",
        [
            ("illness", "illness or loss on their side", "ill sick"),
            ("cash-trouble", "they are short of money for now", "broke"),
            ("circumstance", "another hardship that explains the trouble", "hardship"),
        ],
    ),
    *_family("step", "StepData", _STEPS),
    *_family(
        "step",
        "OutcomeData",
        [
            (
                "outcome",
                "what came of a step: whether it helped",
                "came-of",
                Follows("outcome of", needed=True, of=_STEP_IDS),
            )
        ],
    ),
    *_family(
        "step",
        "ExceptionData",
        [("exception", "I set a rule aside in writing, until a day: kept out of records")],
    ),
    *_family(
        "note",
        "NoData",
        [
            ("note", "anything worth remembering"),
            ("reaction", "how they took something I said or did", "reacted", _REACTS),
            ("message", "their words as they wrote them, or mine: weighs nothing"),
            ("my-mistake", "something I got wrong: shown as my own, weighs nothing", "my-fault"),
        ],
    ),
    *_family(
        "correction",
        "AmendmentData",
        [("amendment", "corrects an entry", "", Follows("amends", "amends", needed=True))],
    ),
    *_family(
        "correction",
        "NoData",
        [
            ("addendum", "adds a fact to an entry", "", Follows("adds to", "adds-to", needed=True)),
            (
                "late-entry",
                "says now what belonged beside an entry then",
                "",
                Follows("late of", "late-of"),
            ),
            ("void", "withdraws an entry", "", Follows("voids", "voids", needed=True)),
        ],
    ),
]

IN_WORDS: frozenset[Group] = frozenset({"incident", "note", "circumstance"})
"""The groups whose entries must say something: a fact without words is none (RECORDS C1)."""

KINDS: dict[str, Kind] = {kind.id: kind for kind in _ALL}
KIND_OF: dict[str, str] = {
    kind.follows.relation: kind.id for kind in _ALL if kind.follows.relation != "about"
}
"""By relation of the journal, the one kind that has it; any kind may be `about` others."""
