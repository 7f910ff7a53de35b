"""One mail as an entry can tell it: who wrote to whom, when, about what, and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import BinaryIO

from store.dates import Precision
from store.errors import UsageError
from store.intake.mail_headers import Address, moment, short
from store.intake.mail_parts import Part, read_parts
from store.intake.mail_text import Body, body
from store.text import UserText

SUBJECT_LIMIT = 300
_MOST_NAMED = 50


# Parts that only mean something inside the mail: the mail itself is where they are proved.
_NO_FILES = frozenset(
    {
        *("application/pgp-signature", "application/pkcs7-signature"),
        *("application/x-pkcs7-signature", "message/delivery-status", "text/rfc822-headers"),
    }
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is no text of the mail itself; `size` is in bytes, once decoded.

    `apart` says that it is a file in its own right, not a picture in the text or a signature.
    """

    name: UserText
    size: int
    apart: bool = True
    chunks: Callable[[], Iterator[bytes]] = field(default=lambda: iter(()), compare=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail: all its text is clean and bounded, and nothing in it was followed or run.

    `when` has the sender's offset, or none where its zone is not known and only the day is; it is
    None where the mail has no date that can be read, and `dated` is then what stands there.
    `from_html` says that `body` was made from HTML, `cut` that there is more than `body`,
    `earlier` that earlier mail stood below it, and `doubts` in sentences what was guessed.
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
    doubts: tuple[str, ...] = ()


def read_mail(stream: BinaryIO, label: str) -> Mail:
    """Read the one mail in `stream`, to its end, in memory that does not grow with it.

    Raises UsageError, naming it `label`, where it is empty or no mail; never anything else,
    whatever the bytes are.
    """
    try:
        root = read_parts(stream)
    except UsageError as error:
        raise no_mail(label, error.what) from None
    top = root.headers
    senders = top.addresses("from", 1) or top.addresses("sender", 1)
    if not senders:
        nothing = top.empty and root.end == root.start
        raise no_mail(label, "it is empty" if nothing else "it does not say who it is from")
    at = moment(top.raw("date"))
    said = body(root, senders[0])
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
        attachments=attachments(root, said),
        doubts=said.doubts,
    )


def attachments(root: Part, said: Body) -> tuple[Attachment, ...]:
    """Return the files of a mail, but for the texts its words were taken from."""
    found = []
    for part in root.leaves:
        if part.inline or id(part) in said.parts:
            continue
        drawn = part.within == "multipart/related" and part.id and part.disposition != "attachment"
        apart = part.type not in _NO_FILES and not drawn
        name = part.named or short(part.type, 80)
        found.append(Attachment(name, part.size, apart, part.chunks))
    for name, data in said.enclosed:
        found.append(Attachment(name, len(data), True, partial(iter, (data,))))
    return tuple(found)


def no_mail(label: str, why: str) -> UsageError:
    """Return the error for something that is no mail."""
    return UsageError(f"{label} is no mail", why, "Save the mail itself, with its headers")
