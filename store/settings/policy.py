"""The numbers of an assessment that are yours to set: each with its bounds and what it does.

All are chosen, not fitted to outcomes; `config.toml` may change them under [policy].
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple

from store.settings.rows import Setting, Told, fitting, number, rows_of


class Policy(NamedTuple):
    """The numbers in force; every name is a key of [policy] in `config.toml`.

    Weights are relative, scores 0 to 100, half-lives and spans in days.
    """

    weight_more: Annotated[
        float, number(1, 100, "how much 'is the client more than the work?' weighs")
    ] = 30
    weight_work: Annotated[float, number(1, 100, "how much 'do they let you work?' weighs")] = 25
    weight_fit: Annotated[float, number(1, 100, "how much 'is it a bad fit?' weighs")] = 15
    talk_from: Annotated[
        float, number(1, 99, "score from which the verdict is at least set-boundaries")
    ] = 25
    leave_from: Annotated[float, number(2, 100, "score from which it is walk-away")] = 70
    steady_points: Annotated[
        float,
        number(
            0, 25, "a verdict by the score softens once the score stays this far under for 14 days"
        ),
    ] = 5
    half_life_incidents: Annotated[float, number(1, 3650, "days until an incident weighs half")] = (
        60
    )
    half_life_replies: Annotated[float, number(1, 3650, "days until a late answer weighs half")] = (
        60
    )
    half_life_late: Annotated[float, number(1, 3650, "days until a late payment weighs half")] = 180
    half_life_felt: Annotated[float, number(1, 3650, "days until a check-in weighs half")] = 30
    reply_days: Annotated[
        int, number(1, 90, "days to answer a question where the terms name none", whole=True)
    ] = 3
    reminder_days: Annotated[
        int, number(1, 90, "days a reminder is given before it counts as unheard", whole=True)
    ] = 7
    young_days: Annotated[
        int, number(0, 365, "days with a client before a score alone sets a verdict", whole=True)
    ] = 30

    @property
    def weights(self) -> dict[str, float]:
        """The weights of the questions that the score asks, by key."""
        return {"more": self.weight_more, "work": self.weight_work, "fit": self.weight_fit}


SETTINGS: Final[Mapping[str, Setting]] = MappingProxyType(rows_of(Policy))


def policy_of(given: Mapping[str, Any], told: Told) -> Policy:
    """Return the policy with the numbers `given`; `told` takes up what is none, or does not fit."""
    policy = Policy(**fitting(given, SETTINGS, told, "policy."))
    if policy.talk_from < policy.leave_from:
        return policy
    told.wrong.append("policy.talk_from: it is not below leave_from")
    default = Policy()
    return policy._replace(talk_from=default.talk_from, leave_from=default.leave_from)
