"""The agreement: what was agreed, who with, how it changed, and what was set out in writing."""

from __future__ import annotations

from store.records.dispute.material import Material
from store.records.dispute.words import details, occurred, proof, source, term_rows
from store.records.markdown import Md, cell, gfm_table, inline, paragraphs


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
            gfm_table(["Party", "As recorded"], parties), f"No terms are {material.where}."
        )
    in_force = [[Md(name), words] for name, words in term_rows(material.docket.terms)]
    history = [
        [
            Md(str(entry.seq)),
            occurred(material, entry),
            Md(details(entry).removesuffix(".") or "-"),
            cell(entry.statement),
            source(material, entry),
            Md(", ".join(material.labels([entry.seq])) or "-"),
        ]
        for entry in agreed
    ]
    return paragraphs(
        gfm_table(["Party", "As recorded"], parties),
        f"Terms in force on {material.today}:" if in_force else "",
        gfm_table(["Term", "Agreed"], in_force) if in_force else "",
        "How they came about; a later entry replaces what it names:",
        gfm_table(["No.", "Occurred", "Terms", "Statement", "Source", "Exhibit"], history),
    )


def expectations(material: Material) -> Md:
    """Return what the client was told to expect, and when."""
    told = material.docket.kind("expectations")
    if not told:
        return Md(f"No setting out of expectations is {material.where}.")
    rows = [
        [
            Md(str(entry.seq)),
            occurred(material, entry),
            source(material, entry),
            cell(entry.statement),
            proof(material, [entry.seq]),
        ]
        for entry in told
    ]
    return gfm_table(["No.", "Occurred", "Source", "What was set out", "Proof"], rows)
