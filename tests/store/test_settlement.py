"""Talk of a settlement is known by its words, and an offer begins as such talk."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from store.capture import read_capture
from store.intake.lines import read_lines
from store.records.dispute.document import dispute_record
from store.records.options import Purpose, RecordOptions
from store.records.review.before import before_written
from store.records.review.look_over import Noticed
from store.tone.settlement import begins_as, settlement_words
from store.workspace import Workspace
from tests.store.records.case import NOW, Case, full_case


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("WITHOUT PREJUDICE: I can do 400", "WITHOUT PREJUDICE"),
        ("They offered 3,000 to settle", "settle"),
        ("3,000 in full and final settlement", "full and final"),
        ("paid in full discharge of all claims", "in full discharge"),
        ("I accept 4,000 for the rest", "accept 4,000 for the rest"),
        ("they would take EUR 2.000 instead", "take EUR 2.000 instead"),
        ("an ex gratia payment", "ex gratia"),
        ("Wir schlagen einen Vergleich vor", "Vergleich"),
        ("Zahlung ohne Anerkennung einer Rechtspflicht", "ohne Anerkennung einer Rechtspflicht"),
        ("régler à l’amiable", "à l’amiable"),
        ("conclure une transaction", "une transaction"),
        ("een schikking van 500", "schikking"),
        ("tegen finale kwijting", "tegen finale kwijting"),
        ("þeir sendu sáttatilboð", "sáttatilboð"),
        ("sovintoehdotus tuli", "sovintoehdotus"),
        ("egyezséget ajánlottak", "egyezséget"),
        ("мировое соглашение", "мировое соглашение"),
        ("双方和解", "和解"),
    ],
)
def test_words_that_tell_of_a_settlement(text: str, words: str) -> None:
    found = settlement_words(text)
    assert found is not None
    assert found.words == words
    assert text[found.start :].startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "The invoice was settled on Monday",
        "Im Vergleich zum Entwurf ist das Logo größer, im Vergleich mit Mai auch",
        "The card transaction failed twice",
        "They accepted the draft for print",
        "Paid 3,000 in full",
        "They accept 2 rounds of changes",
    ],
)
def test_words_that_tell_of_none(text: str) -> None:
    assert settlement_words(text) is None


@pytest.mark.parametrize(
    ("kind", "text", "seen_by"),
    [
        ("offer", "Two halves", "settlement"),
        ("repair-offer", "EUR 500 off to settle it", "record"),
        ("concession", "Took the texts down", "record"),
        ("concession", "They offered 3,000 to settle", "settlement"),
        ("concession", "Will pay €300 of it", "settlement"),
        ("concession", "Gave way on INV-42 after 3 mails", "record"),
        ("note", "without prejudice", "record"),
    ],
)
def test_who_may_see_it_where_nobody_said(
    tmp_path: Path, kind: str, text: str, seen_by: str
) -> None:
    assert begins_as(kind, [text]) == seen_by
    workspace = Workspace.create(tmp_path / "w", clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    assert workspace.draft("acme", kind, text).visibility == seen_by
    assert workspace.draft("acme", kind, text, visibility="record").visibility == "record"
    fields = {"client": "a", "kind": kind, "occurred_at": "2026-01-02", "statement": text}
    (read,) = read_lines(BytesIO(json.dumps(fields).encode()))
    assert read.draft is not None
    assert read.draft.visibility == seen_by
    typed = read_capture(
        f"acme {kind} {text}", clients={"acme": "Acme"}, now=NOW, current=None, docket=None
    )
    assert typed.visibility == seen_by
    opened = read_capture(
        f"acme {kind} {text} ~record", clients={"acme": "Acme"}, now=NOW, current=None, docket=None
    )
    assert opened.visibility == "record"


@pytest.mark.parametrize("purpose", ["court", "platform", "own", "mediator"])
def test_settlement_talk_that_is_shown_is_named_but_to_a_mediator(
    tmp_path: Path, purpose: Purpose
) -> None:
    case = full_case(tmp_path)
    case.log(
        "offer", "2026-10-01", "I accept 4,000 in full and final settlement", visibility="record"
    )
    case.log("note", "2026-10-02", "A mail", quotes=[{"text": "without prejudice", "by": "client"}])
    paper = case.exhibit(b"Sehr geehrte, unser Vergleichsvorschlag", "letter.txt")
    case.log("excuse", "2026-10-03", "A letter", exhibits=[paper])
    case.log("offer", "2026-10-04", "Without prejudice: 10")
    found = _noticed(case, purpose, remedy="EUR 400, ex gratia")
    said = [(one.seq, one.field) for one in found if one.what == "settlement"]
    shown = [(37, "statement"), (38, "quotes[0]"), (None, "remedy"), (39, "exhibits, AB-2")]
    assert said == ([] if purpose == "mediator" else shown)


def _noticed(case: Case, purpose: Purpose, remedy: str) -> tuple[Noticed, ...]:
    options = RecordOptions(purpose, None, None, "Ann Berg", remedy=remedy)
    lines = list(case.workspace.file("acme").lines)
    record = dispute_record(case.workspace.docket("acme"), lines, options, NOW)
    return before_written(case.workspace, record.material)
