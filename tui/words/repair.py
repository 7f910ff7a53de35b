"""What is said of a repair, by the shell and by the app."""

from __future__ import annotations


def offer_words(client: str, seq: int) -> str:
    """Return what is offered at the moment of a complaint, in one line."""
    return (
        f"Help surprises most now, and may be small: docket repair {client}#{seq} ACT --by DAY"
        f" (the words: docket letter {client} apology --about '#{seq}')"
    )
