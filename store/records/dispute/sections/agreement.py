"""The agreement: what was agreed, who with, how it changed, and what was set out in writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from store.entries import KINDS, Entry, TermsData
from store.languages.values import DayCount
from store.money import Money
from store.records.dispute.material import Material
from store.records.dispute.words import occurred, payment_terms, proof, source, where_shown
from store.records.markdown import Md, cell, gfm_table, inline, paragraphs, slim_table

_OF_AGREEMENT: Final = re.compile(r"\b(?:agree(?:d|ment)|contract|signed)\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"\b[Cc]lause \d+(?:\.\d+)*")


def agreement(material: Material) -> Md:
    """Return the terms in force, each with its entry, how they came about, and their papers."""
    texts, agreed = material.texts, material.docket.kind("terms")
    if not agreed:
        return paragraphs(texts.say("agreement.no-terms"), _papers(material), _clauses(material))
    known = _noted_in(material, agreed)
    in_force = [
        [name, words, Md(str(known.get(name, "-")))]
        for name, words in agreed_terms(material, material.docket.terms)
    ]
    several = len(agreed) > 1 or not in_force
    history = [
        [
            Md(str(entry.seq)),
            occurred(material, entry),
            *([_terms(material, entry)] if several else []),
            cell(entry.statement),
            source(material, entry),
            Md(", ".join(material.labels([entry.seq])) or "-"),
        ]
        for entry in agreed
    ]
    how, heads = texts.say("agreement.how-agreed-once"), texts.columns("agreement.history-once")
    if several:
        how, heads = texts.say("agreement.how-agreed"), texts.columns("agreement.history")
    (first, *_) = agreed
    bare = not (several or first.statement or material.labels([first.seq]))
    return paragraphs(
        texts.say("agreement.in-force", day=material.today) if in_force else "",
        gfm_table(texts.columns("agreement.terms"), in_force) if in_force else "",
        texts.say("agreement.noted-once", day=first.day, entry=texts.entries([first.seq]))
        if bare
        else paragraphs(how, slim_table(heads, history, (len(heads) - 1,))),
        _papers(material),
        _clauses(material),
    )


def _noted_in(material: Material, agreed: Iterable[Entry]) -> dict[Md, int]:
    """Return the entry that says what is in force of each term, by what the term is called."""
    return {
        name: entry.seq
        for entry in agreed
        if isinstance(entry.data, TermsData)
        for name, _ in agreed_terms(material, entry.data)
    }


def _papers(material: Material) -> Md:
    """Return which entries that speak of an agreement, in English, have an exhibit."""
    found = [
        one.seq
        for one in material.docket.standing
        if one.counts and one.entry.kind != "terms" and not KINDS[one.entry.kind].inside
        if _OF_AGREEMENT.search(one.entry.statement) and material.labels([one.seq])
    ]
    papers = [proof(material, [seq]) for seq in found]
    if not papers:
        return Md("")
    return material.texts.say(
        "agreement.papers", papers=material.texts.side_by_side(papers, whole=True)
    )


def _clauses(material: Material) -> Md:
    """Return the clauses that steps name in English, where no term has them."""
    noted = material.docket.terms.suspension_clause or ""
    found: dict[str, list[int]] = {}
    for entry in material.docket.group("step"):
        for clause in dict.fromkeys(_CLAUSE.findall(entry.statement)):
            if not re.search(rf"\b{re.escape(clause)}(?!\.?\d)", noted, re.IGNORECASE):
                found.setdefault(clause, []).append(entry.seq)
    texts = material.texts
    return Md(
        " ".join(
            texts.say("agreement.clause", clause=clause.capitalize(), entries=texts.entries(seqs))
            for clause, seqs in found.items()
        )
    )


def _terms(material: Material, entry: Entry) -> Md:
    data = entry.data
    return terms_in_a_cell(material, data) if isinstance(data, TermsData) else Md("-")


def terms_in_a_cell(material: Material, terms: TermsData) -> Md:
    """Return the terms of one entry one after the other, as a cell has them."""
    said = [
        material.texts.say("agreement.term", name=name, words=words)
        for name, words in agreed_terms(material, terms)
    ]
    return Md("; ".join(said) or "-")


def agreed_terms(material: Material, terms: TermsData) -> Iterator[tuple[Md, Md]]:
    """Yield each agreed term with its name; terms that say nothing are left out."""
    texts = material.texts
    sums = {"rate": terms.rate, "price": terms.price}
    days = {"notice": terms.suspension_notice_days, "ending": terms.ending_notice_days}
    told: dict[str, Md | None] = {
        "scope": inline(terms.scope or ""),
        "form": texts.say(f"agreement.form.{terms.form}") if terms.form else None,
        "currency": inline(terms.currency or ""),
        **{name: _sum(material, amount, terms.currency) for name, amount in sums.items()},
        "payment": payment_terms(material, terms.payment) if terms.payment else None,
        "reply": (
            texts.say("agreement.within", days=DayCount(terms.reply_within_days))
            if terms.reply_within_days
            else None
        ),
        "revisions": texts.value(terms.revisions) if terms.revisions is not None else None,
        "clause": inline(terms.suspension_clause or ""),
        **{
            name: None if count is None else texts.value(DayCount(count))
            for name, count in days.items()
        },
    }
    for name, words in told.items():
        if words:
            yield texts.say(f"agreement.name.{name}"), words


def _sum(material: Material, amount: Decimal | None, currency: str | None) -> Md | None:
    if amount is None:
        return None
    return material.texts.value(Money(amount, currency) if currency else amount)


def expectations(material: Material) -> Md:
    """Return what the client was told to expect, and when."""
    told = material.docket.kind("expectations")
    if not told:
        return material.texts.say("agreement.no-expectations")
    rows = [
        [
            Md(str(entry.seq)),
            occurred(material, entry),
            source(material, entry),
            cell(entry.statement),
            where_shown(material, [entry.seq]),
        ]
        for entry in told
    ]
    return slim_table(material.texts.columns("agreement.expectations"), rows, (4,))
