"""Raw entries, with what was amended, added and withdrawn since, as anybody can read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from store.recheck.journal import Line

CORRECTIONS = {"amendment": "amends", "addendum": "adds-to", "void": "voids"}
INCIDENTS = frozenset(
    """late-payment non-payment pay-later no-reply late-reply scope-creep rework micro-change
    approval-block advice-overridden access-withheld distrust blame off-hours rush-demand no-show
    abuse threat public-attack contract-breach expectation-gap complaint excuse high-standard
    other""".split()
)
GOOD = frozenset(
    "thanks paid-early paid-on-time referral repeat-work apology concession good-day".split()
)
STEPS = frozenset(
    """expectations reminder talk warning notice offer repair-offer remedy my-apology inspire
    decline escalate stop resume end-notice""".split()
)


@dataclass
class Entry:
    """One entry as it stands now; `raw` is what was first written down."""

    line: Line
    raw: dict[str, Any]
    at: datetime
    data: dict[str, Any]
    statement: str
    hidden: frozenset[str] = frozenset()
    voided_by: int = 0
    corrected_by: list[int] = field(default_factory=list)

    @property
    def seq(self) -> int:
        """Its number."""
        return self.line.seq

    @property
    def kind(self) -> str:
        """Its kind."""
        return str(self.raw["kind"])

    @property
    def day(self) -> date:
        """The local day on which it occurred."""
        return self.at.date()

    @property
    def recorded(self) -> datetime:
        """When it was recorded, by the clocks of the zone it names."""
        zone = self.raw.get("zone", "")
        clocks = ZoneInfo(zone) if "/" in zone else self.at.tzinfo
        return datetime.fromisoformat(self.raw["recorded_at"]).astimezone(clocks)

    @property
    def lag(self) -> int:
        """Days from what was told as the day to the day it was recorded."""
        return max(0, (self.recorded.date() - self.day).days)

    @property
    def occurred(self) -> str:
        """When it occurred, as exactly as it was told."""
        known = self.raw.get("precision", "day")
        day = self.day.isoformat()
        if known == "minute":
            return f"{day} {self.at:%H:%M}"
        if known == "hour":
            return f"{day}, {self.at:%H} h"
        return f"about {day}" if known == "about" else day

    @property
    def proof(self) -> str:
        """How its exhibits are called, where it has any."""
        return ", ".join(str(one["sha256"]) for one in self.raw.get("exhibits", []))

    @property
    def visibility(self) -> str:
        """Who may see it."""
        return str(self.raw.get("visibility", "record"))

    def amount(self, name: str = "amount") -> Fraction:
        """Return an amount of its data."""
        return Fraction(str(self.data[name]))

    def counts(self) -> Fraction:
        """Return what a payment counts for: what came in, with a fee that was mine to bear."""
        fee = self.data.get("fee") if self.data.get("fee_by") == "me" else None
        return self.amount() + Fraction(str(fee or 0))

    def target(self, *relations: str) -> int:
        """Return the number that its first link of these relations names, or 0."""
        links = self.raw.get("links", [])
        return next((int(one["seq"]) for one in links if one["rel"] in relations), 0)

    def reason(self) -> str:
        """Return the reason given for a correction."""
        return next((str(one.get("reason", "")) for one in self.raw.get("links", [])), "")


class Docket:
    """Every entry of a journal that a document shows, corrections applied."""

    def __init__(
        self,
        lines: Iterable[Line],
        shown: Callable[[int], bool] = lambda _: True,
        hidden: dict[int, frozenset[str]] | None = None,
    ) -> None:
        none: frozenset[str] = frozenset()
        made = [_entry(one, (hidden or {}).get(one.seq, none)) for one in lines if shown(one.seq)]
        self.all = {one.seq: one for one in made}
        self._void()
        for one in made:
            relation = CORRECTIONS.get(one.kind)
            held = self.all.get(one.target(relation)) if relation else None
            if held and one.kind != "void" and not one.voided_by:
                held.corrected_by.append(one.seq)
                _apply(held, one)

    def _void(self) -> None:
        for one in reversed(list(self.all.values())):
            target = self.all.get(one.target("voids")) if one.kind == "void" else None
            if target and not one.voided_by:
                target.voided_by = one.seq

    @cached_property
    def facts(self) -> list[Entry]:
        """Every entry that is no correction, by when it occurred."""
        found = [one for one in self.all.values() if one.kind not in CORRECTIONS]
        return sorted(found, key=lambda one: (one.at, one.seq))

    @cached_property
    def standing(self) -> list[Entry]:
        """The facts that were not withdrawn."""
        return [one for one in self.facts if not one.voided_by]

    def of(self, *kinds: str) -> list[Entry]:
        """Return the standing facts of these kinds, whose data is not withheld."""
        return [one for one in self.standing if one.kind in kinds]

    @property
    def my_doing(self) -> list[Entry]:
        """Return the standing facts that were partly or wholly my own doing."""
        shared = [one for one in self.of(*INCIDENTS) if one.data.get("my_share")]
        return sorted([*shared, *self.of("my-mistake")], key=lambda one: (one.at, one.seq))

    def linked(self, relation: str, seq: int) -> list[Entry]:
        """Return the standing facts with such a link to an entry."""
        return [one for one in self.standing if one.target(relation) == seq]


def _entry(line: Line, hidden: frozenset[str]) -> Entry:
    raw = {name: value for name, value in line.fields.items() if name not in hidden}
    at = datetime.fromisoformat(raw["occurred_at"])
    return Entry(line, raw, at, dict(raw.get("data", {})), raw.get("statement", ""), hidden)


def _apply(held: Entry, correction: Entry) -> None:
    if correction.kind != "amendment":
        return
    for name, value in correction.data.get("changes", {}).items():
        if name == "statement":
            held.statement = str(value)
        elif name == "occurred_at":
            held.at = datetime.fromisoformat(str(value))
        else:
            held.data[name] = value
