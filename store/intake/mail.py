"""One mail as an entry can tell it: who wrote to whom, when, about what, and the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from store.dates import Precision
from store.errors import UsageError
from store.intake.mail_headers import Address, moment
from store.intake.mail_parts import Attachment, walk
from store.intake.mail_text import body

SUBJECT_LIMIT = 300
_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail: all its text is clean and bounded, and nothing in it was followed or run.

    `when` has the sender's offset; it is None where the mail has no date that can be read, and
    `dated` is then what stands there. `from_html` says that `body` was made from HTML, `cut` that
    there is more than `body`, and `earlier` that earlier mail stood below it.
    """

    sender: Address
    recipients: tuple[Address, ...]
    subject: str
    when: datetime | None
    precision: Precision
    dated: str
    message_id: str
    body: str
    from_html: bool = False
    cut: bool = False
    earlier: bool = False
    attachments: tuple[Attachment, ...] = ()


def read_mail(stream: BinaryIO, label: str) -> Mail:
    """Read the one mail in `stream`, to its end, in memory that does not grow with it.

    Raises UsageError, naming it `label`, where it is empty or no mail; never anything else,
    whatever the bytes are.
    """
    try:
        top, parts = walk(stream)
    except UsageError as error:
        raise no_mail(label, error.what) from None
    senders = top.addresses("from", 1) or top.addresses("sender", 1)
    if not senders:
        nothing = top.empty and not any(part.size for part in parts)
        raise no_mail(label, "it is empty" if nothing else "it does not say who it is from")
    at = moment(top.raw("date"))
    said = body(parts)
    return Mail(
        sender=senders[0],
        recipients=(*top.addresses("to", _MOST_NAMED), *top.addresses("cc", _MOST_NAMED)),
        subject=top.line("subject", SUBJECT_LIMIT),
        when=at[0] if at else None,
        precision=at[1] if at else "day",
        dated=top.line("date", 60),
        message_id=top.line("message-id", 200),
        body=said.text,
        from_html=said.from_html,
        cut=said.cut,
        earlier=said.earlier,
        attachments=tuple(part.attachment for part in parts if not part.inline),
    )


def no_mail(label: str, why: str) -> UsageError:
    """Return the error for something that is no mail."""
    return UsageError(f"{label} is no mail", why, "Save the mail itself, with its headers")
