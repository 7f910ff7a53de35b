"""What a portfolio says in sentences, the same on the command line and on the screen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from store.dates import day_words
from store.decision import Verdict
from store.docket import Docket
from store.overview.portfolio import Client, Portfolio, wary
from store.text import plural

_LACKS: Final = {
    "savings": "savings, what you could live on if nothing came in",
    "monthly_costs": "monthly_costs, what a month costs you",
}


def warnings(found: Portfolio) -> list[str]:
    """Return a sentence for each client that was sent by one to be wary of (advice 74)."""
    said = []
    for one in found.clients:
        source = found.find(one.referred_by)
        if one.wary and source:
            said.append(_warning(one.name, source.name, source.ended))
    return said


def warning(name: str, source: Docket, verdict: Verdict) -> str:
    """Return the sentence about a client `name` that `source` sent; empty if none is called for."""
    if wary(source.ended, verdict) is None:
        return ""
    return _warning(name, source.name, source.ended.day if source.ended else None)


def reviews(found: Portfolio) -> list[str]:
    """Return a line for each decision that is due to be looked at again."""
    return [
        f"{one.name}: due since {day_words(one.review)}"
        for one in found.clients
        if one.review is not None
    ]


def saved(found: Portfolio) -> str:
    """Return how many repairs landed, over all clients; empty while of none it is known."""
    told = found.repairs
    if not told.tried:
        return ""
    partly = f", {told.partly} in part" if told.partly else ""
    kept = f"; {plural(told.kept, 'client')} of these with you still" if told.landed else ""
    return f"{told.landed} of {plural(told.tried, 'repair')} landed{partly}{kept}."


def referrals(found: Portfolio) -> list[str]:
    """Return a sentence for each client that sent others."""
    names = {one.id: one.name for one in found.clients}
    return [
        f"{one.name} sent you {', '.join(names[client] for client in one.sent)}."
        for one in found.clients
        if one.sent
    ]


def notes(found: Portfolio) -> list[str]:
    """Return what to know when reading shares and runways, a sentence each."""
    codes = [money.currency for money in found.income]
    said = [f"No runway is known: set {_LACKS[name]}, in config.toml." for name in found.lacks]
    if len(codes) > 1:
        said.append(
            f"Money came in as {', '.join(codes)}: each share is of its own currency, and nothing "
            "is converted."
        )
    if not found.lacks and set(codes) - {found.currency}:
        said.append(
            f"The runway counts only what came in as {found.currency}; the rest makes it longer."
        )
    if found.began is not None and found.began > found.since:
        days = plural((found.day - found.began).days, "day")
        said.append(f"Your log is {days} old, so the averages of six months are on the low side.")
    return said


def ended(one: Client) -> str:
    """Return since when it is over, such as `ended 3 May 2026`; empty for a current client."""
    return "" if one.ended is None else f"ended {day_words(one.ended)}"


def shares(one: Client) -> list[str]:
    """Return the share of income in each currency, such as `62% EUR`; anything above 0 shows."""
    return [f"{percent(part.share)} {part.money.currency}" for part in one.income]


def runway(one: Client) -> str:
    """Return months such as `3.4 mo`, `covered`, or nothing where it is not known."""
    if isinstance(one.runway, Decimal):
        return f"{one.runway} mo"
    return one.runway or ""


def percent(share: float) -> str:
    """Return a share of 0 to 1 in whole percent, `<1%` where that would be none."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def _warning(name: str, source: str, ended_on: date | None) -> str:
    why = "of whom the log says: walk away"
    if ended_on is not None:
        why = f"with whom you ended it on {day_words(ended_on)}"
    return f"{name} was sent by {source}, {why}. Like attracts like: look twice."
