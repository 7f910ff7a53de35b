"""The one table of kinds: what each is for, its data, its verb, and what it is to all who ask.

Whoever treats kinds differently asks here for a property, so that a new kind is one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from store.entries.words import Relation, Visibility

if TYPE_CHECKING:
    from store.entries.data import Data, HoursClass

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
    "WelcomeData",
    "IncidentData",
    "AdviceData",
    "InvoiceData",
    "PaymentData",
    "CreditData",
    "MoneyBackData",
    "InstalmentsData",
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
    "LikelihoodData",
    "ExceptionData",
    "AmendmentData",
]


Weight = Literal[
    "money",
    "silence",
    "control",
    "hostility",
    "view",
    "nothing",
    "spoken",
    "stated",
    "chasing",
    "ending",
    "repair",
]
"""What an entry weighs in, of the questions that the assessment asks.

Of an incident: money owed, silence, control, hostility; `view` crosses no boundary, `nothing` is no
trouble at all. Of a step: words spoken or stated, asking for what is owed, an end, a repair.
"""
Ground = Literal[
    "replies", "payments", "approvals", "access", "advice", "scope", "rounds", "meetings", "hours"
]
"""What a reason for parting in a final report may rest on."""
_Section = Literal["", "repairs", "raised", "decisions", "revisions"]
"""Where a record tells of an entry beside its chronology and its account."""
NEVER: Final = r"(?!)"
"""What no word looks like."""
_DIGIT: Final = r"\S*\d"
"""What the number of an invoice, or a sum, looks like."""


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


CORRECTS: Final[tuple[Relation, ...]] = ("amends", "adds-to", "voids")
"""The links of what shows inside the entry it names."""
ABOUT: Final = Follows()
_REACTS: Final = Follows("reacts to")


class Kind(NamedTuple):
    """One kind of entry, by what is asked of it anywhere; `words` are other words for it.

    `called` is the word of the user's own that meant it, where one did. Beside the link that
    `follows` tells of, any entry may be `about` others.

    Logging: `verb` is the one that logs it, where it needs more than a text; `worded` asks whoever
    types it for a text, and `how_much` for a sum, in these words; `only_with` is what a word behind
    its name has to look like for the name to be read as the kind, where sentences begin with it
    too; `fixed` entries are never moved. `visibility` says who may see it where nobody said so.

    Adding up: `weighs` in which questions of the assessment; `owed` or `paid` says that money is
    owed or came in; `lost` is what the hours count as that an incident cost; `theirs` tells, beside
    incidents and good days, of something that they said.

    Handing over: `neutral` is its name in a record, where its label judges; `public` is listed in
    a facts sheet; `free` data may be withheld, since nothing is reckoned from it; `kept` is in a
    record of whatever days; `billing` bears on a bill, as whole groups do; `section` is where else
    a record tells of it; `ground` is the reason of a final report that it evidences.
    """

    id: str
    help: str
    words: str = ""
    group: Group = "note"
    shape: Shape = "NoData"
    follows: Follows = ABOUT
    called: str = ""
    verb: str = ""
    worded: bool = False
    only_with: str = ""
    how_much: str = ""
    fixed: bool = False
    visibility: Visibility = "record"
    weighs: tuple[Weight, ...] = ()
    owed: bool = False
    paid: bool = False
    lost: HoursClass = "conflict"
    theirs: bool = False
    neutral: str = ""
    public: bool = False
    free: bool = False
    kept: bool = False
    billing: bool = False
    section: _Section = ""
    ground: Ground | None = None

    @property
    def label(self) -> str:
        """Its id in words."""
        return self.id.replace("-", " ")

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other words for it."""
        return tuple(self.words.split())

    @property
    def inside(self) -> bool:
        """Whether it shows inside the entry that it corrects."""
        return self.follows.relation in CORRECTS

    @property
    def data(self) -> type[Data]:
        """The model of its data, imported only when asked for: models take long to load."""
        from store.entries import data

        model: type[Data] = getattr(data, self.shape)
        return model


def _family(group: Group, shape: Shape, kinds: Iterable[Kind]) -> list[Kind]:
    """Return kinds as those of one group, with data of one shape."""
    return [kind._replace(group=group, shape=shape) for kind in kinds]


# A table is read by its rows.
# fmt: off
_STEPS: Final = (
    Kind("expectations", "I set out in writing what they can expect", "expectation-set",
         weighs=("stated",), section="repairs", public=True),
    Kind("reminder", "I reminded them, politely", "remind", weighs=("chasing",)),
    Kind("talk", "I talked it over with them", "talked", weighs=("spoken", "chasing"),
         section="repairs"),
    Kind("warning", "I said what follows if it goes on", "warned", weighs=("spoken", "chasing")),
    Kind("notice", "I gave formal written notice", "written-notice",
         weighs=("spoken", "chasing"), kept=True),
    Kind("offer", "I offered to settle: begins as settlement talk", "settlement-offer",
         weighs=("repair",), section="repairs", visibility="settlement"),
    Kind("repair-offer", "I offered to put something right", "offer-repair offered-repair",
         weighs=("repair",), section="repairs"),
    Kind("remedy", "I put something right, or went the extra mile", "repair extra-effort",
         weighs=("repair",), section="repairs", neutral="put right by me"),
    Kind("my-apology", "I said sorry", "apologised apologized", weighs=("repair",),
         section="repairs", neutral="apology by me"),
    Kind("inspire", "I showed them what it could become"),
    Kind("decline", "I said no", "declined refused", weighs=("stated",)),
    Kind("escalate", "I took it further", "escalated", weighs=("chasing",)),
    Kind("stop", "I stopped work", "stop-work pause paused stopped", weighs=("ending",)),
    Kind("resume", "I took the work up again", "resumed"),
    Kind("end-notice", "I gave notice that I am leaving", "resign ended", weighs=("ending",)),
)
_STEP_IDS: Final = tuple(kind.id for kind in _STEPS)
_ACCEPTED: Final = (
    *("delivery", "handover", "request", "terms", "welcome", "invoice", "promise"),
    *("approval-block", "rework", "micro-change", "scope-creep", *_STEP_IDS),
)

_ALL = [
    *_family("incident", "IncidentData", [
        Kind("late-payment", "an invoice was not paid by its due date", "late paid-late overdue",
             weighs=("money",), owed=True, lost="chase", ground="payments"),
        Kind("non-payment", "they will not pay, or pay less than was agreed", "unpaid short-pay",
             weighs=("money",), owed=True, lost="chase", ground="payments",
             neutral="payment refused or short"),
        Kind("pay-later", "asked to keep working while owing money", "keep-working",
             weighs=("money",), ground="payments", neutral="asked to work on while a sum is owed"),
        Kind("no-reply", "a question got no answer", "silence ghosted", weighs=("silence",),
             lost="chase", ground="replies", neutral="no reply"),
        Kind("late-reply", "an answer came too late to be of use", "slow-reply",
             weighs=("silence",), lost="chase", ground="replies"),
        Kind("scope-creep", "asked for more than was agreed, for the same price", "scope",
             ground="scope", neutral="asked for beyond the agreement"),
        Kind("rework", "finished work has to be done again", "redo", lost="rework", ground="rounds",
             section="revisions"),
        Kind("micro-change", "a trifle had to be changed or approved", "nitpick",
             weighs=("control",), lost="rework", ground="rounds", section="revisions",
             neutral="small change asked"),
        Kind("approval-block", "work waits for an approval that does not come", "blocked",
             weighs=("control",), lost="wait", ground="approvals", section="decisions",
             neutral="waiting for approval"),
        Kind("access-withheld", "an account or file I need was not handed over", "access",
             weighs=("control",), lost="wait", ground="access", section="decisions",
             neutral="access not given"),
        Kind("distrust", "checked on, watched, or doubted without cause",
             "micromanaging micromanaged", weighs=("control",),
             neutral="work checked or doubted"),
        Kind("blame", "blamed for something that was not my doing", follows=_REACTS,
             section="raised", neutral="I was blamed"),
        Kind("off-hours", "contacted outside the agreed hours", "after-hours", ground="hours",
             neutral="contact outside agreed hours"),
        Kind("rush-demand", "demanded at once what was planned for later", "rush", ground="hours",
             neutral="asked for sooner than planned"),
        Kind("no-show", "did not come to an agreed meeting", "noshow", lost="wait",
             ground="meetings", neutral="meeting not attended"),
        Kind("abuse", "insults or shouting", "insult", follows=_REACTS, weighs=("hostility",),
             neutral="harsh words"),
        Kind("threat", "threatened me, my name or my business", follows=_REACTS,
             weighs=("hostility",), neutral="consequences announced"),
        Kind("public-attack", "attacked me where others can read it", "bad-review", follows=_REACTS,
             weighs=("hostility",), public=True, neutral="public statement about me"),
        Kind("contract-breach", "broke a written term of the agreement", "breach", ground="scope",
             neutral="term not kept"),
        Kind("expectation-gap", "expected something that was never agreed", "misunderstanding",
             weighs=("view",), ground="scope", section="raised",
             neutral="expectation outside the agreement"),
        Kind("complaint", "complained about the work", follows=_REACTS, weighs=("view",),
             section="raised"),
        Kind("excuse", "gave a reason for not paying or not acting", follows=_REACTS,
             weighs=("money",), section="raised", neutral="reason given"),
        Kind("high-standard", "asked for very good work: weighs nothing", "demanding",
             weighs=("nothing",), neutral="high standard asked"),
        Kind("other", "a problem that fits no other kind", "incident problem",
             neutral="other event"),
    ]),
    *_family("incident", "AdviceData", [
        Kind("advice-overridden", "advice was given and set aside", "overridden",
             weighs=("control",), ground="advice", section="decisions"),
    ]),
    *_family("good-day", "NoData", [
        Kind("thanks", "thanked or praised the work", "praise", follows=_REACTS),
        Kind("paid-early", "paid before the due date", "early", paid=True),
        Kind("paid-on-time", "paid by the due date", "on-time", paid=True),
        Kind("referral", "sent me another client"),
        Kind("repeat-work", "came back with more work", "repeat"),
        Kind("apology", "said sorry", "sorry", follows=_REACTS, neutral="apology by the client"),
        Kind("concession", "gave way, or put something right", "gave-way", follows=_REACTS),
        Kind("good-day", "anything else that went well", "good", neutral="went well"),
    ]),
    *_family("money", "InvoiceData", [
        Kind("invoice", "a bill was sent", "bill", verb="invoice", owed=True, public=True),
    ]),
    *_family("money", "PaymentData", [
        Kind("payment", "money came in", "paid pay", verb="pay", paid=True, public=True),
    ]),
    *_family("money", "CreditData", [
        Kind("credit", "I credited an invoice: it asks for less", "credit-note credited",
             verb="credit", only_with=_DIGIT, public=True),
        Kind("discount", "they took a discount for paying early", "cash-discount skonto",
             verb="discount", only_with=_DIGIT, public=True),
        Kind("write-off", "I let go of what was left of an invoice", "writeoff wrote-off",
             verb="writeoff", only_with=_DIGIT, public=True),
    ]),
    *_family("money", "MoneyBackData", [
        Kind("refund", "I sent money back to them", "refunded", verb="refund", public=True,
             only_with=r"\W*\d", how_much="how much went back? refund 120"),
        Kind("payment-returned", "a payment was taken back by their bank or card",
             "bounced chargeback", verb="returned", public=True, owed=True,
             follows=Follows("return of", needed=True, of=("payment",))),
    ]),
    *_family("money", "DisputedData", [
        Kind("disputed", "they say that part of an invoice is not owed", "dispute", verb="dispute",
             section="raised", billing=True),
    ]),
    *_family("money", "CostData", [
        Kind("cost", "what it cost me to go after the money", "expense", billing=True,
             how_much="what did it cost? cost 35.50 court fee"),
    ]),
    *_family("money", "InstalmentsData", [
        Kind("instalments", "they agreed to pay in parts, each by its day",
             "installments instalment-plan payment-plan", verb="instalments", only_with=_DIGIT,
             kept=True),
    ]),
    *_family("request", "RequestData", [
        Kind("request", "I asked for something", "ask asked", worded=True, public=True),
    ]),
    *_family("request", "NoData", [
        Kind("answer", "they answered a request", "answered",
             follows=Follows("answers", "answers", needed=True, of=("request",)), verb="answer",
             theirs=True, public=True),
        Kind("confirmation", "they confirmed what was said or agreed", "confirmed",
             follows=Follows("confirms")),
    ]),
    *_family("request", "PartialAnswerData", [
        Kind("partial-answer", "they answered a part of a request, which stays open",
             "part-answer partly-answered",
             follows=Follows("partly answers", needed=True, of=("request",)),
             verb="answer CLIENT#N --partly"),
    ]),
    *_family("hours", "HoursData", [
        Kind("hours", "time spent", "time", verb="hours"),
    ]),
    *_family("delivery", "DeliveryData", [
        Kind("delivery", "work was handed over", "deliver delivered", public=True, free=True),
    ]),
    *_family("delivery", "AcceptanceData", [
        Kind("acceptance", "work was accepted", "accept accepted approved",
             follows=Follows("accepts", "accepts", of=_ACCEPTED), section="decisions", public=True,
             free=True),
    ]),
    *_family("delivery", "HandoverData", [
        Kind("handover", "an account, key or file of theirs was given back", "handed-back",
             verb="handover", worded=True, public=True, free=True),
    ]),
    *_family("delivery", "NoData", [
        Kind("access-ended", "my own access to something of theirs ended",
             follows=Follows(of=("handover",)), verb="handover CLIENT#N --access-ended",
             public=True),
    ]),
    *_family("promise", "PromiseData", [
        Kind("promise", "one side promised something by a day", verb="promise", worded=True),
    ]),
    *_family("promise", "NoData", [
        Kind("promise-kept", "a promise was kept",
             follows=Follows("keeps", "keeps", needed=True, of=("promise",)),
             verb="promise CLIENT#N --kept"),
        Kind("promise-broken", "a promise was not kept",
             follows=Follows("breaks", "breaks", needed=True, of=("promise",)),
             verb="promise CLIENT#N --broken"),
        Kind("promise-released", "they let me off a promise, or somebody else took it on",
             "released let-off", follows=Follows("releases from", needed=True, of=("promise",)),
             verb="promise CLIENT#N --released", worded=True),
    ]),
    *_family("agreement", "ClientData", [
        Kind("client", "who the docket is about", only_with=NEVER, fixed=True, free=True),
    ]),
    *_family("agreement", "TermsData", [
        Kind("terms", "what was agreed", "agreement contract", public=True),
    ]),
    *_family("agreement", "WelcomeData", [
        Kind("welcome", "how the work goes and what they want, for the welcome sheet",
             verb="welcome", only_with=NEVER),
    ]),
    *_family("agreement", "InterestData", [
        Kind("interest", "the yearly rate on late sums, with its source", "interest-rate",
             verb="rate CLIENT PERCENT"),
    ]),
    *_family("agreement", "FixedSumData", [
        Kind("fixed-sum", "what each late invoice costs them, with its source", "compensation",
             verb="rate CLIENT --fixed SUMS"),
    ]),
    *_family("circumstance", "NoData", [
        Kind("illness", "illness or loss on their side", "ill sick"),
        Kind("cash-trouble", "they are short of money for now", "broke"),
        Kind("circumstance", "another hardship that explains the trouble", "hardship"),
    ]),
    *_family("step", "StepData", _STEPS),
    *_family("step", "OutcomeData", [
        Kind("outcome", "what came of a step: whether it helped", "came-of",
             follows=Follows("outcome of", needed=True, of=(*_STEP_IDS, "advice-overridden")),
             verb="outcome CLIENT#N yes|partly|no"),
    ]),
    *_family("step", "ExceptionData", [
        Kind("exception", "I set a rule aside in writing, until a day: kept out of records",
             verb="decide CLIENT --except", fixed=True),
    ]),
    *_family("note", "LikelihoodData", [
        Kind("recommends", "how likely they are to recommend me, 0 to 10, in their own words",
             verb="exit CLIENT --they-say N", only_with=NEVER, theirs=True),
    ]),
    *_family("note", "NoData", [
        Kind("note", "anything worth remembering"),
        Kind("reaction", "how they took something I said or did", "reacted", follows=_REACTS),
        Kind("message", "their words as they wrote them, or mine: weighs nothing", theirs=True),
        Kind("my-mistake", "something I got wrong: shown as my own, weighs nothing", "my-fault",
             kept=True, billing=True, neutral="mistake of mine"),
    ]),
    *_family("correction", "AmendmentData", [
        Kind("amendment", "corrects an entry", follows=Follows("amends", "amends", needed=True),
             verb="amend", fixed=True),
    ]),
    *_family("correction", "NoData", [
        Kind("addendum", "adds a fact to an entry",
             follows=Follows("adds to", "adds-to", needed=True), verb="add", worded=True,
             fixed=True),
        Kind("late-entry", "says now what belonged beside an entry then",
             follows=Follows("late of", "late-of"), worded=True, fixed=True),
        Kind("void", "withdraws an entry", follows=Follows("voids", "voids", needed=True),
             verb="void", fixed=True),
    ]),
]
# fmt: on

IN_WORDS: frozenset[Group] = frozenset({"incident", "note", "circumstance"})
"""The groups whose entries must say something: a fact without words is none in a dispute."""

KINDS: dict[str, Kind] = {kind.id: kind for kind in _ALL}
KIND_OF: dict[str, str] = {
    kind.follows.relation: kind.id for kind in _ALL if kind.follows.relation != "about"
}
"""By relation of the journal, the one kind that has it; any kind may be `about` others."""


def kinds_that(fits: Callable[[Kind], object]) -> frozenset[str]:
    """Return the ids of the kinds that `fits` says yes to."""
    return frozenset(kind.id for kind in _ALL if fits(kind))


def in_section(section: _Section) -> frozenset[str]:
    """Return the ids of the kinds that a record tells of in this section."""
    return kinds_that(lambda kind: kind.section == section)


@cache
def weighing(*weights: Weight) -> frozenset[str]:
    """Return the ids of the kinds that weigh in one of these."""
    return kinds_that(lambda kind: not set(weights).isdisjoint(kind.weighs))


CROSSING: Final = kinds_that(lambda kind: kind.group == "incident") - weighing(
    "money", "silence", "nothing", "view"
)
"""Incidents that cross a line that was drawn: money and silence are counted in their own place."""
