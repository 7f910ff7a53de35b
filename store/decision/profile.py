"""Which of the three sorts of trouble a client is, by what is logged."""

from __future__ import annotations

from collections.abc import Mapping

from store.decision.model import Profile
from store.decision.questions import by_question

CLEAR = 0.25
"""The share, 0 to 1, from which a trait leads: under it a client is none of these."""
_PLAIN = 0.75
"""The share from which one trait is plain, whatever else there is."""


def profile(burdens: Mapping[str, float | None]) -> Profile:
    """Return how far a client is each sort, 0 to 1; mixtures are usual, and so is none of them.

    `burdens` are those of the signs. Where several are plain, control leads, since who approves
    everything is also waited for; silence comes last, since it is part of the others.
    """
    pay = by_question(burdens)["pay"]
    traits = {
        "controlling": burdens["control"] or 0.0,
        "pays later": pay,
        "unresponsive": burdens["silence"] or 0.0,
    }
    most = max(traits, key=traits.__getitem__)
    likely = most if traits[most] >= CLEAR else ""
    leading = next((name for name, share in traits.items() if share >= _PLAIN), likely)
    return Profile(traits["unresponsive"], traits["controlling"], traits["pays later"], leading)
