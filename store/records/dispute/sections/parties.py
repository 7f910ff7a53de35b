"""The parties as a table, and lines for a court and its case, to be filled in on paper."""

from __future__ import annotations

from collections.abc import Iterator

from store.records.dispute.material import Material
from store.records.markdown import Md, bullets, gfm_table, inline, paragraphs

_BLANK = Md("………………………………………………………………")


def both_parties(material: Material) -> Md:
    """Return who is on either side and how each is reached, after the court and its case."""
    rows = [
        [material.texts.say(f"agreement.party.{name}"), *sides] for name, *sides in _rows(material)
    ]
    return paragraphs(
        bullets(_court(material)) if material.options.purpose == "court" else "",
        gfm_table(material.texts.columns("agreement.parties"), rows),
    )


def _court(material: Material) -> Iterator[Md]:
    say, options = material.texts.say, material.options
    yield say("agreement.court", name=inline(options.court) or _BLANK)
    yield say("agreement.case-number", number=inline(options.case_number) or _BLANK)


def _rows(material: Material) -> Iterator[tuple[str, Md, Md]]:
    """Yield what is said of each side, mine first; of addresses also that there is none."""
    say, profile, options = material.texts.say, material.docket.profile, material.options
    said = material.docket.kind("client")
    withheld = said and material.withheld_words(said[-1].seq)
    lacking = say("agreement.not-recorded")
    theirs = inline(withheld) if withheld else lacking
    yield "name", inline(options.prepared_by), inline(profile.name)
    if profile.contract_name or withheld:
        yield "contract-name", Md("-"), inline(profile.contract_name or "") or theirs
    yield "address", inline(options.address) or lacking, inline(profile.address or "") or theirs
    for name, mine, other in (
        ("email", options.email, profile.email),
        ("phone", options.phone, profile.phone),
        ("tax-id", options.tax_id, profile.tax_id),
    ):
        if mine or other:
            yield name, inline(mine) or Md("-"), inline(other or "") or Md("-")
