"""The numbers of an assessment that are yours to set: each with its bounds and what it does.

All are chosen, not fitted to outcomes (SCORING D10); `config.toml` may change them under [policy].
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Policy(NamedTuple):
    """The numbers in force; every name is a key of [policy] in `config.toml`.

    Weights are relative, scores 0 to 100, half-lives and spans in days.
    """

    weight_more: float = 30
    weight_work: float = 25
    weight_fit: float = 15
    talk_from: float = 25
    leave_from: float = 70
    steady_points: float = 5
    half_life_incidents: float = 60
    half_life_replies: float = 60
    half_life_late: float = 180
    half_life_felt: float = 30
    reply_days: int = 3
    reminder_days: int = 7
    young_days: int = 30

    @property
    def weights(self) -> dict[str, float]:
        """The weights of the questions that the score asks, by key."""
        return {"more": self.weight_more, "work": self.weight_work, "fit": self.weight_fit}


class Setting(NamedTuple):
    """How far one number of the policy may go, and what it does."""

    low: float
    high: float
    what: str


SETTINGS: Final[Mapping[str, Setting]] = MappingProxyType(
    {
        "weight_more": Setting(1, 100, "how much 'is the client more than the work?' weighs"),
        "weight_work": Setting(1, 100, "how much 'do they let you work?' weighs"),
        "weight_fit": Setting(1, 100, "how much 'is it a bad fit?' weighs"),
        "talk_from": Setting(1, 99, "score from which the verdict is at least set-boundaries"),
        "leave_from": Setting(2, 100, "score from which it is walk-away"),
        "steady_points": Setting(
            0, 25, "a verdict by the score softens once the score stays this far under for 14 days"
        ),
        "half_life_incidents": Setting(1, 3650, "days until an incident weighs half"),
        "half_life_replies": Setting(1, 3650, "days until a late answer weighs half"),
        "half_life_late": Setting(1, 3650, "days until a late payment weighs half"),
        "half_life_felt": Setting(1, 3650, "days until a check-in weighs half"),
        "reply_days": Setting(1, 90, "days to answer a question where the terms name none"),
        "reminder_days": Setting(1, 90, "days a reminder is given before it counts as unheard"),
        "young_days": Setting(0, 365, "days with a client before a score alone sets a verdict"),
    }
)


def policy_of(given: Mapping[str, object]) -> Policy:
    """Return the policy with the numbers `given`; ValueError says in one line what is wrong."""
    numbers: dict[str, float] = {}
    for name, value in given.items():
        setting = SETTINGS.get(name)
        if setting is None:
            raise ValueError(f"policy.{name[:40]}: there is no such number")
        whole = isinstance(Policy._field_defaults[name], int) and name.endswith("_days")
        fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not fits or not isinstance(value, int | float):
            raise ValueError(f"policy.{name}: it is not a {'whole ' if whole else ''}number")
        if not setting.low <= value <= setting.high:
            raise ValueError(f"policy.{name}: it is not {setting.low:g} to {setting.high:g}")
        numbers[name] = value
    policy = Policy(**{**Policy()._asdict(), **numbers})
    if policy.talk_from >= policy.leave_from:
        raise ValueError("policy.talk_from: it is not below leave_from")
    return policy
