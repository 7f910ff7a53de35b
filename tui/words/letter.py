"""What both the command line and the app say of a letter, and how one is written out and read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from store.languages.values import in_language
from store.languages.wording import ISOLATE, NamedFact
from store.playbook.letters import Letter, sent_as
from store.playbook.letters.sorts import FACTS
from tui.words import printable

if TYPE_CHECKING:
    from store.entries import Entry

LINE = 72
"""Columns of a line of a letter, as mails have them."""
_ISOLATES = re.compile("([\u2068\u2069])")
_SUBJECT = "Subject: "
_OWN = {
    "me": ("author", 'docket me "Your name"'),
    "my_address": ("address", "docket me --address TEXT"),
    "my_email": ("email", "docket me --email TEXT"),
}
"""Facts that are settings, and so asked for once and not by letter: which, and what sets it."""


def written(letter: Letter) -> str:
    """Return a letter as one text to change: the subject on the first line, then its body."""
    return f"{_SUBJECT}{letter.subject}\n\n{letter.body}"


def changed(letter: Letter, text: str) -> Letter:
    """Return a letter as its text was changed; what stands in it no more is missing no more."""
    head, _, rest = text.lstrip().partition("\n")
    if head.startswith(_SUBJECT):
        return reworded(letter, head.removeprefix(_SUBJECT).strip(), rest)
    return reworded(letter, letter.subject, text)


def reworded(letter: Letter, subject: str, body: str) -> Letter:
    """Return a letter with another subject and body; what was isolated in it is so again."""
    facts = [line for one in letter.rests_on for line in one.text.split("\n")]
    kept = {line for line in facts if ISOLATE.format(line) in letter.text}
    subject, body = unmarked(subject), unmarked(body).strip() + "\n"
    for line in sorted(kept, key=len, reverse=True):
        subject, body = (part.replace(line, ISOLATE.format(line)) for part in (subject, body))
    whole = f"{subject}\n{body}"
    missing = tuple(name for name in letter.missing if f"<{FACTS[name]}>" in whole)
    return letter._replace(subject=subject, body=body, missing=missing)


def how_to_fill(name: str) -> str:
    """Return what to type for a fact that a letter lacks; what is the user's own is said once."""
    return _OWN[name][1] if name in _OWN else f"--set {name}=…"


def to_keep(said: Mapping[str, str]) -> dict[str, str]:
    """Return what is the user's own of the facts that were said, by the setting that keeps it."""
    return {_OWN[name][0]: text for name, text in said.items() if text and name in _OWN}


def gaps_filled(letter: Letter, facts: Mapping[str, NamedFact]) -> Letter:
    """Return a letter that was changed with facts in the places that are still open in it."""
    subject, body = letter.subject, letter.body
    for name in letter.missing:
        if name in facts:
            told = in_language(facts[name].value, letter.language)
            subject, body = (part.replace(f"<{FACTS[name]}>", told) for part in (subject, body))
    return reworded(letter, subject, body)


def unmarked(text: str) -> str:
    """Return a text of a letter without what Docket put in to keep facts together."""
    return _ISOLATES.sub("", text)


def kept_apart(lines: Iterable[str]) -> list[str]:
    """Return wrapped lines, each with its own isolates: an end of line ends them everywhere."""
    opens, closes = ISOLATE.format("\n").split("\n")
    made, inside = [], False
    for line in lines:
        whole = opens + line if inside else line
        inside = whole.count(opens) > whole.count(closes)
        made.append(whole + closes if inside else whole)
    return made


def lacks(letter: Letter) -> str:
    """Return in words what a letter lacks, or nothing."""
    return ", ".join(FACTS[name] for name in letter.missing)


def rests(letter: Letter) -> str:
    """Return on which entries a letter rests, or nothing; who it is to is no ground for it."""
    grounds = (one for one in letter.rests_on if one.fact not in ("client", "phone"))
    seqs = sorted({seq for one in grounds for seq in one.entries})
    return f"It rests on {', '.join(f'#{seq}' for seq in seqs)}." if seqs else ""


def proposals(letter: Letter) -> str:
    """Return which days in a letter nobody named, and what they are; or nothing."""
    told = {one.fact: one.text for one in letter.rests_on}
    days = ", ".join(f"{FACTS[name]} ({told[name]})" for name in letter.proposed)
    return f"Docket proposes {days}." if days else ""


def what_follows(letter: Letter, sent: Entry) -> str:
    """Return what to do once a letter was sent, by the entry that says so; or nothing.

    What is named is what the letter was about, so that their yes is a yes to that.
    """
    about = next((link.seq for link in sent.links if link.rel == "about"), sent.seq)
    return sent_as(letter.kind).after.format(sent.client, about)


def isolated(text: str) -> str:
    """Return a text of a letter fit for a terminal; what Docket isolates in it stays so."""
    parts = _ISOLATES.split(text)
    return "".join(part if _ISOLATES.fullmatch(part) else printable(part) for part in parts)
