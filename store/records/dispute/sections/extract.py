"""The short documents: an extract of some kinds of entry, and the facts sheet for the public."""

from __future__ import annotations

from store.docket import Standing
from store.records.dispute.material import Material
from store.records.dispute.sections.exhibits import not_shown
from store.records.dispute.sections.keeping import (
    anchored,
    docket_has,
    not_read,
    noted_when,
    signed_with,
)
from store.records.dispute.words import kind_words, occurred, recorded, where_shown
from store.records.markdown import Md, bullets, gfm_table, inline, paragraphs


def what(material: Material) -> Md:
    """Return what an extract holds, of how much, and that nothing else was changed (advice 26)."""
    texts, options = material.texts, material.options
    kinds = texts.listed([kind_words(material, kind) for kind in options.kinds])
    shown = [
        docket_has(material),
        texts.say("extract.shown", n=len(material.entries)),
        texts.say("extract.says-nothing"),
    ]
    return paragraphs(
        texts.say("extract.what", author=options.prepared_by, client=material.name, kinds=kinds),
        " ".join(shown),
    )


def facts(material: Material) -> Md:
    """Return what a facts sheet is: dates and documents, and nobody's opinion (advice 3)."""
    say = material.texts.say
    about = say("extract.facts", author=material.options.prepared_by, client=material.name)
    return paragraphs(
        f"{about} {noted_when(material)} {say('extract.no-opinion')}", say("extract.kinds")
    )


def dates(material: Material) -> Md:
    """Return every fact with its day and the labels of its documents."""
    rows = [
        [
            Md(str(one.seq)),
            occurred(material, one.entry),
            _event(material, one),
            recorded(material, one.entry),
            where_shown(material, [one.seq]),
        ]
        for one in material.chronology
    ]
    if not rows:
        return material.texts.say("extract.no-date")
    return gfm_table(material.texts.columns("extract.dates"), rows)


def documents(material: Material) -> Md:
    """Return each document with its size and SHA-256."""
    rows = [
        [
            Md(one.label),
            material.texts.value(one.exhibit.size),
            Md(one.exhibit.sha256),
            inline(one.exhibit.name),
        ]
        for one in material.exhibits.values()
    ]
    if not rows:
        return paragraphs(material.texts.say("extract.no-document"), not_shown(material))
    table = gfm_table(material.texts.columns("extract.documents"), rows)
    return paragraphs(table, not_shown(material))


def checking(material: Material) -> Md:
    """Return how the sheet hangs together with the docket, and what that does not show."""
    say, chain = material.texts.say, Md("`chain.jsonl`")
    hidden = len(material.digests) - len(material.entries)
    left = say("extract.hidden", n=hidden) if hidden else say("keeping.nothing-left-out")
    return paragraphs(
        bullets(
            [
                Md(f"{docket_has(material)} {left}"),
                say("extract.withheld", chain=chain),
                say("extract.chain-says", chain=chain),
                say("extract.guide", guide=Md("`VERIFY.md`")),
            ]
        ),
        not_read(material),
        anchored(material),
        signed_with(material),
        say("words.limits"),
        say("extract.no-advice"),
    )


def _event(material: Material, one: Standing) -> Md:
    kind = kind_words(material, one.entry.kind)
    moved = one.entry.occurred_at != one.original.occurred_at
    return material.texts.say("extract.moved", kind=kind) if moved else kind
