"""A client's card as `docket card --json` prints it; what is private is a part of its own."""

from __future__ import annotations

from typing import Any

from store.docket.tracking import Promise, Request
from store.overview.card import OLD, Backed, Card, Inner, Owed, People, Replies, Words
from tui.words.access import access_json
from tui.words.items import item_json
from tui.words.weeks import week_json


def card_json(card: Card, *, private: bool) -> dict[str, Any]:
    """Return a card as JSON values; `private` is null unless it is asked for."""
    return {
        "client": card.client,
        "name": card.name,
        "as_of": card.day.isoformat(),
        "since": card.since.isoformat() if card.since else None,
        "entries": card.entries,
        "stopped": card.stopped.seq if card.stopped else None,
        "ended": card.ended.seq if card.ended else None,
        "people": _people(card.people),
        "terms": {**card.terms.model_dump(mode="json"), "entries": list(card.agreed)},
        "replies": _replies(card.replies),
        "access": [access_json(one) for one in card.access],
        "accounts": [_owed(one) for one in card.accounts],
        "hours": [
            {"class": one.kind, "hours": f"{one.hours:f}", "entries": list(one.seqs)}
            for one in card.hours
        ],
        "promises": {"mine": _words(card.mine), "theirs": _words(card.theirs)},
        "asks": [_ask(one) for one in card.asks],
        "items": [item_json(one) for one in card.items],
        "waited": {k: v for k, v in week_json(card.waited).items() if k != "week"},
        "warnings": [_backed(one) for one in card.warnings],
        "private": _inner(card.inner) if private and card.inner else None,
    }


def _people(who: People) -> dict[str, Any]:
    return {
        "contract_name": who.contract_name,
        "decides": who.decides.text,
        "reach": who.reach.text,
        "email": who.email,
        "phone": who.phone,
        "address": who.address,
        "tax_id": who.tax_id,
        "entries": list(who.seqs),
    }


def _replies(told: Replies) -> dict[str, Any]:
    return {
        "within_days": told.within,
        "average_days": None if told.average is None else f"{told.average:.1f}",
        "asked": list(told.asked),
        "answered": list(told.answered),
        "late": list(told.late),
    }


def _owed(one: Owed) -> dict[str, Any]:
    return {
        "currency": one.currency,
        "billed": f"{one.billed:f}",
        "credited": f"{one.credited:f}",
        "paid": f"{one.paid:f}",
        "open": f"{one.open:f}",
        "credit": f"{one.credit:f}",
        "charges_paid": f"{one.charges:f}",
        "ageing": [
            {
                "age": name,
                "amount": f"{age.amount:f}",
                "invoices": [bill.number for bill in age.invoices],
                "entries": [bill.seq for bill in age.invoices],
            }
            for name, age in zip(OLD, one.ages, strict=True)
        ],
        "invoices": list(one.bills),
        "credits": list(one.credits),
        "payments": list(one.payments),
    }


def _words(words: Words) -> dict[str, Any]:
    return {
        "made": words.made,
        "open": [_promise(one) for one in words.open],
        "late": [one.seq for one in words.late],
        "broken": list(words.broken),
    }


def _promise(one: Promise) -> dict[str, Any]:
    return {"entry": one.seq, "what": one.statement, "due": one.due.isoformat()}


def _ask(one: Request) -> dict[str, Any]:
    return {"entry": one.seq, "what": one.statement, "expected": one.expected.isoformat()}


def _backed(one: Backed) -> dict[str, Any]:
    return {"says": one.text, "entries": list(one.seqs)}


def _inner(inner: Inner) -> dict[str, Any]:
    unsaid, told, hold = inner.unsaid, inner.told, inner.hold
    return {
        "verdict": inner.verdict,
        "provisional": inner.provisional,
        "decision_due": inner.decide,
        "decided": inner.chosen.model_dump(mode="json") if inner.chosen else None,
        "next": [step.to_json() for step in inner.steps],
        "unsaid": {"incidents": unsaid.count, "days": unsaid.days, "entries": list(unsaid.evidence)}
        if unsaid
        else None,
        "told": {"entry": told.seq, "on": told.day.isoformat(), "crossings": list(told.crossings)}
        if told
        else None,
        "exceptions": [
            {"rule": rule.id, "days_left": rule.excepted, "entries": list(rule.evidence)}
            for rule in inner.exceptions
        ],
        "hold": hold.model_dump(mode="json") if hold else None,
        "signs": _backed(inner.signs) if inner.signs else None,
        "checkins": [one.model_dump(mode="json") for one in inner.checkins],
    }
