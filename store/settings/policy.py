"""The numbers of an assessment that are yours to set: each with its bounds and what it does.

All are chosen, not fitted to outcomes; `config.toml` may change them under [policy].
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple

from store.settings.rows import Setting, Told, fitting, number, rows_of


class Policy(NamedTuple):
    """The numbers in force; every name is a key of [policy] in `config.toml`."""

    reply_days: Annotated[
        int, number(1, 90, "days to answer a question where the terms name none", whole=True)
    ] = 3
    reminder_days: Annotated[
        int, number(1, 90, "days a reminder is given before it counts as unheard", whole=True)
    ] = 7
    notices: Annotated[
        int, number(1, 20, "unheard notices after which a silent client is let go", whole=True)
    ] = 3


SETTINGS: Final[Mapping[str, Setting]] = MappingProxyType(rows_of(Policy))


def policy_of(given: Mapping[str, Any], told: Told) -> Policy:
    """Return the policy with the numbers `given`; `told` takes up what is none, or does not fit."""
    return Policy(**fitting(given, SETTINGS, told, "policy."))
