"""The agreement: what was agreed, who with, how it changed, and what was set out in writing."""

from __future__ import annotations

from store.entries import TermsData
from store.money import Money
from store.records.dispute.material import Material
from store.records.dispute.words import occurred, proof, source
from store.records.markdown import Md, cell, inline, paragraphs, table
from store.text import plural

_FORMS = {
    "signed": "a signed paper",
    "mail": "mail",
    "oral": "word of mouth",
    "platform": "a platform",
}


def agreement(material: Material) -> Md:
    """Return the parties, the terms in force and every entry of terms in order."""
    profile = material.docket.profile
    said = material.docket.kind("client")
    missing = (said and material.withheld_words(said[-1].seq)) or "not on record"
    parties = [
        [Md("Client"), inline(profile.name)],
        [Md("Name in the contract"), inline(profile.contract_name or missing)],
        [Md("Address"), inline(profile.address or missing)],
        [Md("Contractor"), inline(material.options.prepared_by)],
    ]
    agreed = material.docket.kind("terms")
    if not agreed:
        return paragraphs(
            table(["Party", "As recorded"], parties), f"No terms are {material.where}."
        )
    in_force = [[Md(name), words] for name, words in term_words(material.docket.terms)]
    history = [
        [
            Md(str(entry.seq)),
            Md(occurred(material, entry)),
            Md("; ".join(f"{name}: {words}" for name, words in _terms(entry.data)) or "-"),
            cell(entry.statement),
            Md(source(entry)),
            Md(", ".join(material.labels([entry.seq])) or "-"),
        ]
        for entry in agreed
    ]
    return paragraphs(
        table(["Party", "As recorded"], parties),
        f"Terms in force on {material.today}:" if in_force else "",
        table(["Term", "Agreed"], in_force) if in_force else "",
        "How they came about; a later entry replaces what it names:",
        table(["No.", "Occurred", "Terms", "Statement", "Source", "Exhibit"], history),
    )


def expectations(material: Material) -> Md:
    """Return what the client was told to expect, and when."""
    told = material.docket.kind("expectations")
    if not told:
        return Md(f"No setting out of expectations is {material.where}.")
    rows = [
        [
            Md(str(entry.seq)),
            Md(occurred(material, entry)),
            Md(source(entry)),
            cell(entry.statement),
            proof(material, [entry.seq]),
        ]
        for entry in told
    ]
    return table(["No.", "Occurred", "Source", "What was set out", "Proof"], rows)


def payment_words(terms: TermsData) -> str:
    """Return when payment is due, in words; empty where nothing is agreed."""
    if terms.payment is None:
        return ""
    if terms.payment == "receipt":
        return "on receipt of the invoice"
    if terms.payment.startswith("net"):
        return f"{plural(int(terms.payment[3:]), 'day')} after the invoice"
    return f"on day {terms.payment[3:]} of the month"


def term_words(terms: TermsData) -> list[tuple[str, Md]]:
    """Return each agreed term with its name; terms that say nothing are left out."""

    def sum_of(amount: object) -> str:
        return str(Money(amount, terms.currency)) if terms.currency else str(amount)  # type: ignore[arg-type]

    said = [
        ("Scope", terms.scope),
        ("Form", _FORMS[terms.form] if terms.form else None),
        ("Currency", terms.currency),
        ("Rate by the hour", sum_of(terms.rate) if terms.rate is not None else None),
        ("Price", sum_of(terms.price) if terms.price is not None else None),
        ("Payment", payment_words(terms)),
        (
            "Replies by the client",
            f"within {plural(terms.reply_within_days, 'day')}" if terms.reply_within_days else None,
        ),
        (
            "Rounds of revision",
            str(terms.revisions) if terms.revisions is not None else None,
        ),
        ("Suspension clause", terms.suspension_clause),
        (
            "Notice before suspension",
            plural(terms.suspension_notice_days, "day")
            if terms.suspension_notice_days is not None
            else None,
        ),
    ]
    return [(name, inline(words)) for name, words in said if words]


def _terms(data: object) -> list[tuple[str, Md]]:
    return term_words(data) if isinstance(data, TermsData) else []
