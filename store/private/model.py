"""What is private: check-ins, gut answers, decisions, what was put off, and referrals.

They never enter a docket or a record; file.py keeps, changes and erases them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Scale = Annotated[int, Field(ge=0, le=10)]
Gut = Literal["keep", "set-boundaries", "stop-work", "walk-away", "unsure"]
Right = Literal["yes", "partly", "no"]
"""Whether a decision was right, as one sees it later."""


class Base(BaseModel):
    """Base of the private models."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class CheckIn(Base):
    """How it feels, 0 to 10, worst at 10 but for energy and fit (SEEDS rows 38, 40, 42, 49, 63)."""

    at: AwareDatetime
    stress_client: Scale | None = None
    stress_work: Scale | None = None
    dread: Scale | None = None
    version: Scale | None = None
    energy: Scale | None = None
    fit_communication: Scale | None = None
    fit_vision: Scale | None = None
    fit_direction: Scale | None = None
    note: str = ""


class GutAnswer(Base):
    """What the gut said before the score was shown (SEEDS row 51)."""

    at: AwareDatetime
    answer: Gut


class RestedOn(Base):
    """What the log said on the day of a decision: its words and numbers, kept as they were.

    `score`, `low` and `high` are 0 to 100, `coverage` 0 to 1; `rung` is that of the debt, `rules`
    the ids of the rules that spoke. All words are those of store.decision.model.
    """

    verdict: str
    score: float | None
    low: float
    high: float
    coverage: float
    more_than_the_work: str
    rung: str
    rules: tuple[str, ...] = ()


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


class Private(Base):
    """All private things about one client; `referred_by` is the id of who sent them (row 74)."""

    checkins: tuple[CheckIn, ...] = ()
    guts: tuple[GutAnswer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    snoozes: tuple[Snooze, ...] = ()
    holds: tuple[Hold, ...] = ()
    referred_by: str = ""
