"""A letter as a draft of a mail: who it goes to, what it answers, and its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, getaddresses
from html import escape
from typing import Final

from store.docket import Docket
from store.entries import Entry
from store.errors import DocketError
from store.evidence.exhibits import opened
from store.intake.mail import read_mail
from store.languages import language
from store.playbook.letters import Letter
from store.settings.config import Config
from store.text import clean_line
from store.workspace import Workspace

_MAILS: Final = (".eml", ".msg")
_MOST: Final = 10
"""Mails of one thread that a draft names; programs follow the last."""


def thread_about(workspace: Workspace, docket: Docket, about: str) -> tuple[str, ...]:
    """Return the Message-IDs of the mails on record about an invoice or an entry, oldest first.

    A mail that cannot be read has none.
    """
    found = []
    for entry in _about(docket, about):
        for exhibit in entry.exhibits:
            if exhibit.name.casefold().endswith(_MAILS):
                try:
                    with opened(workspace.places.exhibits / exhibit.sha256) as stream:
                        found.append(read_mail(stream, exhibit.name).message_id)
                except DocketError:
                    continue
    ids = [one for one in found if one.startswith("<") and one.endswith(">") and " " not in one]
    return tuple(dict.fromkeys(ids))[-_MOST:]


def _about(docket: Docket, about: str) -> Iterator[Entry]:
    """Yield what is about the invoice or the entry, and that entry itself, oldest first."""
    bill = docket.ledger.find(about)
    seq = bill.seq if bill else int(about[1:]) if about[1:].isdecimal() else 0
    for entry in docket.counted:
        named = bool(bill) and entry.refs.invoice == about
        if seq and (entry.seq == seq or named or any(link.seq == seq for link in entry.links)):
            yield entry


def as_mail(letter: Letter, docket: Docket, config: Config, thread: Sequence[str] = ()) -> bytes:
    """Return a letter as a mail that is not sent yet, as mail programs open it.

    One that runs from right to left has a page of HTML beside it, which says so.
    """
    mail = EmailMessage(policy=SMTP)
    if people := [pair for pair in getaddresses([docket.profile.email or ""]) if "@" in pair[1]]:
        mail["To"] = ", ".join(formataddr((name or docket.name, to)) for name, to in people)
    if config.email:
        mail["From"] = formataddr((config.author, config.email))
    mail["Subject"] = clean_line(_bare(letter.subject))
    if thread:
        mail["In-Reply-To"] = thread[-1]
        mail["References"] = " ".join(thread)
    mail["Content-Language"] = letter.language
    mail["X-Unsent"] = "1"  # opened as a draft, not as a mail that came
    mail.set_content(letter.body)
    if language(letter.language).rtl:
        mail.add_alternative(as_page(letter), subtype="html")
    return mail.as_bytes()


def as_page(letter: Letter) -> str:
    """Return a letter as a page of HTML, running the way of its language."""
    spoken = language(letter.language)
    told = [_bdi(escape(part)) for part in letter.body.strip().split("\n\n")]
    body = "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in told)
    direction = "rtl" if spoken.rtl else "ltr"
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken.code}" dir="{direction}">\n'
        f'<head><meta charset="utf-8"><title>{_bare(escape(letter.subject))}</title></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _bdi(text: str) -> str:
    return text.replace("\u2068", "<bdi>").replace("\u2069", "</bdi>")


def _bare(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")
