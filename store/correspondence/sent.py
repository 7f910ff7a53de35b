"""A letter that was sent, as a step about its subject, with the very text as exhibit."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from store.dates import Precision
from store.docket import Docket
from store.docket.subject import Named, add_typed
from store.entries import KINDS
from store.errors import UsageError
from store.evidence.attach import Attached, note_added
from store.evidence.holds import claiming
from store.languages.wording import NamedFact
from store.playbook.letters import Letter
from store.playbook.letters.sorts import FACTS
from store.text import clean_line
from store.workspace import Workspace

_SUBJECT: Final = ("complained_on", "asked", "asked_for", "happened", "talked_on", "done")
"""Facts that tell by their entry what a letter is about, where nobody names it."""
_EFFECTIVE: Final = {"stop": "stop_day", "repair-offer": "act_day", "end-notice": "end_day"}
"""The fact that is the day from which a step holds."""
_OBTAINED: Final = "the letter as it was sent"
NO_FACTS: Final[Mapping[str, NamedFact]] = MappingProxyType({})


def subject_of(letter: Letter) -> str:
    """Return what a letter is about: an invoice, or an entry as `#12`; empty where neither."""
    told = {one.fact: one for one in letter.rests_on}
    if "invoice" in told:
        return told["invoice"].text
    found = (told[name].entries for name in _SUBJECT if name in told)
    return next((f"#{seqs[0]}" for seqs in found if seqs), "")


def refuse_gaps(letter: Letter, text: str) -> None:
    """Raise UsageError where the letter lacks a fact whose place still stands in `text`."""
    if gaps := [FACTS[name] for name in letter.missing if f"<{FACTS[name]}>" in text]:
        raise UsageError(
            "The letter has gaps, and is not logged as sent", f"it lacks {', '.join(gaps)}", ""
        )


def log_sent(
    workspace: Workspace,
    docket: Docket,
    letter: Letter,
    about: str,
    text: str,
    facts: Mapping[str, NamedFact] = NO_FACTS,
    at: tuple[datetime, Precision] | None = None,
    channel: str = "email",
    more: str = "",
) -> Attached:
    """Log that `letter` was sent with the words of `text`, and keep these as its exhibit.

    `facts` are those it was filled with, `at` is when it was sent, now where nobody says, `more`
    what the user says behind its subject, such as the clause that a stop rests on.
    UsageError where it has gaps, as `refuse_gaps` says.
    """
    kept = text.strip()
    refuse_gaps(letter, kept)
    kind = KINDS[letter.step]
    named = Named()
    if about := about or subject_of(letter):
        add_typed(named, about, kind, docket)
    fields: dict[str, Any] = {
        "links": [{"rel": rel, "seq": seq} for rel, seq in named.links],
        "refs": {"invoice": named.invoice} if named.invoice else {},
        "data": _data(letter, facts),
        "channel": channel,
    }
    if at is not None:
        fields |= {"occurred_at": at[0], "precision": at[1]}
    draft = workspace.draft(docket.client, kind.id, _statement(letter, more), **fields)
    name = f"{draft.day} {letter.kind}.txt"
    with claiming(workspace.root, docket.client) as exhibits:
        exhibit = exhibits.keep_stream(io.BytesIO(f"{kept}\n".encode()), name)
        exhibit = exhibit.model_copy(update={"obtained": _OBTAINED})
        entry = workspace.log(draft.model_copy(update={"exhibits": (exhibit,)}))
    return Attached(entry, note_added(workspace, entry, [f"the {letter.kind} letter"]))


def _statement(letter: Letter, more: str) -> str:
    told = {one.fact: one.text for one in letter.rests_on}
    if letter.step == "repair-offer" and "act" in told:
        return told["act"]
    said = clean_line(letter.subject.replace("\u2068", "").replace("\u2069", ""))
    return f"{said}. {clean_line(more, what='what you said')}" if more.strip() else said


def _data(letter: Letter, facts: Mapping[str, NamedFact]) -> dict[str, Any]:
    """Return the day from which the step holds, where the letter names one."""
    fact = facts.get(_EFFECTIVE.get(letter.step, ""))
    day = fact.value if fact and isinstance(fact.value, date) else None
    return {"effective": day.isoformat()} if day else {}
