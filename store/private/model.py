"""What is private: check-ins, gut answers, decisions, what was put off, and referrals.

They never enter a docket or a record; file.py keeps, changes and erases them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from store.private.gut import Gut

Scale = Annotated[int, Field(ge=0, le=10)]
PartyField = Literal["address", "email", "tax_id"]
Right = Literal["yes", "partly", "no"]
"""Whether a decision was right, as one sees it later."""


_STRESS = "0 none, 10 as bad as it gets"
_FIT = "0 no fit, 10 a very good fit"


class Base(BaseModel):
    """Base of the private models."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _asked(label: str, scale: str) -> Any:
    return Field(default=None, title=label, description=scale)


class CheckIn(Base):
    """How it feels, 0 to 10, worst at 10 but for energy and fit (advice 38, 40, 42, 49, 63, 90)."""

    at: AwareDatetime
    stress_client: Scale | None = _asked("stress from the client", _STRESS)
    stress_work: Scale | None = _asked("stress from the work itself", _STRESS)
    dread: Scale | None = _asked(
        "dread when they write or call", "0 none, 10 you would rather not look"
    )
    version: Scale | None = _asked(
        "which version of them turns up", "0 always the same, 10 you never know"
    )
    energy: Scale | None = _asked("energy you have left for them", "0 drained, 10 plenty")
    fit_communication: Scale | None = _asked("fit: how you talk to each other", _FIT)
    fit_vision: Scale | None = _asked("fit: what the work is for", _FIT)
    fit_direction: Scale | None = _asked("fit: where it is going", _FIT)
    owing: Scale | None = _asked(
        "feeling that you owe them", "0 none, 10 they make you feel it all the time"
    )
    note: str = ""


class Asked(NamedTuple):
    """One number of a check-in: its field, what it is about, and what 0 and 10 mean."""

    field: str
    label: str
    scale: str


SCALES: Final = tuple(
    Asked(name, one.title, one.description or "")
    for name, one in CheckIn.model_fields.items()
    if one.title
)
"""Every number that a check-in asks for; both stresses come first, and are told together."""
PAIR: Final = SCALES[:2]


class GutAnswer(Base):
    """What the gut said before the score was shown (advice 51)."""

    at: AwareDatetime
    answer: Gut


class RestedOn(Base):
    """What the log said on the day of a decision: its words and numbers, kept as they were.

    `score`, `low` and `high` are 0 to 100, `coverage` 0 to 1; `rung` is that of the debt, `rules`
    the ids of the rules that spoke. All words are those of store.decision.model. `model` is the
    one it was made by: scores of two models cannot be compared. Where none is kept it was the
    first.
    """

    verdict: str
    score: float | None
    low: float
    high: float
    coverage: float
    more_than_the_work: str
    rung: str
    rules: tuple[str, ...] = ()
    model: str = "1"


class Decision(Base):
    """What was chosen and why, what it rested on, and whether it was right as seen later.

    `verdict` and `score` are those of `rested_on`, or all that a file of format 1 kept of it;
    `entries` counts the docket then, `gut` is what the gut said that day.
    """

    at: AwareDatetime
    choice: Gut
    why: str = ""
    review: date | None = None
    rested_on: RestedOn | None = None
    verdict: str = ""
    score: float | None = None
    entries: int = 0
    gut: Gut | None = None
    right: Right | None = None
    right_at: AwareDatetime | None = None
    right_why: str = ""

    @model_validator(mode="before")
    @classmethod
    def _as_it_rested(cls, raw: Any) -> Any:
        """Let verdict and score follow from what it rested on, whatever else is said of them."""
        rested = raw.get("rested_on") if isinstance(raw, Mapping) else None
        if isinstance(rested, RestedOn):
            rested = rested.model_dump()
        if not isinstance(rested, Mapping):
            return raw
        return {**raw, "verdict": rested.get("verdict"), "score": rested.get("score")}


class Snooze(Base):
    """A next step that was put off until a day, and why; `key` is the step's own."""

    at: AwareDatetime
    key: str
    until: date
    why: str


class Hold(Base):
    """All next steps of a client put off until a day, and why; a later one takes its place."""

    at: AwareDatetime
    until: date
    why: str


class LadderChoice(Base):
    """Which payment ladder was confirmed, and what of it was changed.

    `grace` is days before its first rung, `wait` the days of a rung by its id, 0 to leave it out.
    """

    preset: Annotated[str, Field(pattern=r"^[a-z-]{1,20}$")] = "plain"
    confirmed: date | None = None
    grace: Annotated[int, Field(ge=0, le=365)] = 0
    wait: dict[str, Annotated[int, Field(ge=0, le=365)]] = {}


class Alias(Base):
    """What a client is called in files from elsewhere, as was confirmed."""

    name: str


class Unstated(Base):
    """What of a party a record is to leave out, as was said when it was asked for."""

    field: PartyField


class Leaving(Base):
    """How a client is to be left, as far as it is chosen (advice 73 to 88).

    The reason rests on `entries`, or on nothing but my own direction, or on fit. `true` says that
    somebody asked themselves whether it is. `none` holds the points that there is nothing to say
    about. `feared` is what came of the fears, `recommend` whether I would recommend them.
    """

    begun: date
    balance: str = ""
    fears: tuple[str, ...] = ()
    channel: str = ""
    channel_why: str = ""
    ground: Literal["", "entries", "direction", "fit"] = ""
    because: str = ""
    entries: tuple[int, ...] = ()
    true: bool = False
    thanks: str = ""
    ends: date | None = None
    tips: tuple[str, ...] = ()
    next_one: tuple[str, ...] = ()
    terms: Literal["", "good", "neutral", "bad"] = ""
    reported: date | None = None
    feared: str = ""
    recommend: Scale | None = None
    none: tuple[str, ...] = ()
    closed: date | None = None


class Private(Base):
    """All private things about one client; `referred_by` is the id of who sent them (advice 74)."""

    checkins: tuple[CheckIn, ...] = ()
    guts: tuple[GutAnswer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    snoozes: tuple[Snooze, ...] = ()
    holds: tuple[Hold, ...] = ()
    ladders: tuple[LadderChoice, ...] = ()
    aliases: tuple[Alias, ...] = ()
    unstated: tuple[Unstated, ...] = ()
    leavings: tuple[Leaving, ...] = ()
    referred_by: str = ""

    @property
    def leaving(self) -> Leaving | None:
        """How they are being left, or were; None where that was not begun."""
        return self.leavings[-1] if self.leavings else None
