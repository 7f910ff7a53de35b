"""What mails say on a docket: whose client they are about, and the entry each would make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import getaddresses
from typing import Any

from store.docket import Docket
from store.docket.checks import check_against, check_alone
from store.entries import Draft
from store.entries.words import SLACK
from store.errors import UsageError
from store.intake.mail import Attachment, Mail
from store.intake.mail_headers import Address
from store.text import size_words
from store.workspace import Workspace

_NAMED = 8  # attachments and recipients that an entry names
_SUBJECT = 80
_NO_NAMES = ("me", "i", "myself", "client")  # what an entry calls the two sides


class NoClientError(UsageError):
    """The addresses of mails do not say which client they are about: `clients` all fit, or none."""

    def __init__(self, what: str, why: str, clients: frozenset[str] = frozenset()) -> None:
        super().__init__(what, why, "Say whose it is: docket log CLIENT --eml FILE")
        self.clients = clients


class UndatedError(UsageError):
    """A mail does not say when it was written, or says a time that has not come yet."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """An entry as it would be logged, but for its exhibit, which gets this file name."""

    draft: Draft
    exhibit_name: str


def client_of(workspace: Workspace, mails: Sequence[Mail]) -> str:
    """Return the client whose address is the sender's of every mail, or a recipient's.

    Raises NoClientError, naming who the mails are from, where none fits or several do.
    """
    known = {docket.client: addresses(docket) for docket in workspace.dockets()}
    found: set[str] = set()
    for mail in mails:
        fits = _fits(known, [mail.sender]) or _fits(known, mail.recipients)
        if not fits:
            raise NoClientError(
                f"No client has an address of this mail from {mail.sender}",
                "an address is given with `docket new --email`, or later by `docket amend`",
            )
        found |= fits
    if len(found) > 1:
        one = f"Mail from {mails[0].sender} fits several clients"
        what = one if len(mails) == 1 else "These mails are about several clients"
        raise NoClientError(what, ", ".join(sorted(found)), frozenset(found))
    return found.pop()


def _fits(known: Mapping[str, frozenset[str]], people: Sequence[Address]) -> set[str]:
    given = {one.address.casefold() for one in people}
    return {client for client, has in known.items() if has & given}


def addresses(docket: Docket) -> frozenset[str]:
    """Return the mail addresses of a client, in lower case."""
    pairs = getaddresses([docket.profile.email or ""])
    return frozenset(address.casefold() for _, address in pairs if "@" in address)


def propose(
    workspace: Workspace, client: str, mail: Mail, kind: str = "message", **said: Any
) -> Proposed:
    """Return the entry that a mail makes on the docket of `client`.

    `said` are fields of Draft that were said beside the mail, and go before what it says; those
    that are None or empty count as unsaid. Raises UsageError where the mail has no date, or one
    to come, and no `occurred_at` is said.
    """
    docket, now = workspace.docket(client), workspace.clock()
    fields: dict[str, Any] = {name: value for name, value in said.items() if value}
    if "occurred_at" not in fields:
        fields |= {"occurred_at": _moment(mail, now), "precision": mail.precision}
    theirs = addresses(docket)
    quote = {"text": mail.body, "by": _author(mail, theirs, workspace.author)}
    fields["statement"] = _statement(mail, fields.get("statement", ""), mine=quote["by"] == "me")
    fields["quotes"] = (*fields.get("quotes", ()), *([quote] if mail.body else []))
    fields = {"source": "message", "channel": "email", **fields}
    draft = workspace.draft(client, kind, **fields)
    check_alone(draft, now)
    subject = mail.subject[:_SUBJECT].strip().replace("/", "-") or "mail"
    return Proposed(check_against(draft, docket), f"{draft.day} {subject}.{mail.ending}")


def _moment(mail: Mail, now: datetime) -> datetime:
    """Return when the mail was sent, in the time of this place, as everything on a docket is."""
    who = f"The mail from {mail.sender}"
    if mail.when is None:
        why = f"its Date says '{mail.dated}'" if mail.dated else "there is no Date in it"
        raise UndatedError(f"{who} has no date that can be read", why, "Say when it came with --on")
    here = now.astimezone()
    local = here.utcoffset() == now.utcoffset()  # else the clock was set for another place
    if mail.when.tzinfo is None:  # the day as it is written, wherever that was
        day = mail.when.replace(hour=0, minute=0, second=0, microsecond=0)
        at = day.astimezone() if local else day.replace(tzinfo=now.tzinfo)
    else:
        at = mail.when.astimezone(None if local else now.tzinfo)
    if at > now + SLACK:
        raise UndatedError(
            f"{who} is dated {mail.when:%-d %b %Y %H:%M}",
            "that has not come yet",
            "Say when it came with --on",
        )
    return at


def _author(mail: Mail, theirs: frozenset[str], me: str) -> str:
    """Return whose words a mail is: `me`, or its sender by name, and by address if unknown."""
    sender = mail.sender
    if sender.address.casefold() in theirs:
        named = sender.name and sender.name.casefold() not in {*_NO_NAMES, me.casefold()}
        return sender.name if named else str(sender)
    sent = any(one.address.casefold() in theirs for one in mail.recipients)
    return "me" if sent or sender.name.casefold() == me.casefold() else str(sender)


def _statement(mail: Mail, typed: str, *, mine: bool) -> str:
    """Return what was typed, or who wrote about what; then what is to know about the quote."""
    if typed:
        lines = [typed]
    else:
        to = ", ".join(str(one) for one in mail.recipients[:_NAMED])
        who = f"Mail to {to}" if mine else f"Mail from {mail.sender}"
        lines = [f"{who}: {mail.subject}" if mail.subject else f"{who}, without a subject"]
        if mail.attachments:
            lines.append(f"Attached: {_named(mail.attachments)}.")
    if not mail.body:
        lines.append("It has no text that can be quoted; the mail is kept as an exhibit.")
    if mail.from_html:
        lines.append("It is HTML only: quoted is its text.")
    if mail.cut:
        lines.append("Quoted is its beginning; the whole of it is in the exhibit.")
    if mail.earlier:
        lines.append("Earlier mail below it is in the file.")
    if mail.when is not None and mail.when.tzinfo is None:
        lines.append(f"Its date has no zone that is known ({mail.dated}): kept is the day.")
    lines += mail.doubts
    return "\n".join(lines)


def _named(attachments: Sequence[Attachment]) -> str:
    named = [f"{one.name} ({size_words(one.size)})" for one in attachments[:_NAMED]]
    more = len(attachments) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
