"""One mail as an entry can tell it: who wrote to whom, when, about what, and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from mimetypes import guess_extension
from typing import Any, BinaryIO

from store.dates import Precision
from store.errors import UsageError
from store.intake.mail_headers import Address, Headers, sent_at, short
from store.intake.mail_parts import MailPart, read_parts
from store.intake.mail_text import Body, body, body_of
from store.intake.outlook import MAGIC, read_outlook
from store.text import UserText

SUBJECT_LIMIT = 300
MOST_FILES = 100
"""Files of one mail that become exhibits of their own; all are in the mail itself."""

_MOST_NAMED = 50
_FIRST = 4096
# How files begin that are taken for mails, and what they are.
_BEGINNINGS = (
    (b"\x1f\x8b", "it is packed with gzip: unpack it first"),
    (b"BZh", "it is packed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "it is packed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "it is packed with zstd: unpack it first"),
    (b"PK\x03\x04", "it is a zip, or a document packed as one: unpack it first"),
    (b"7z\xbc\xaf", "it is a 7z archive: unpack it first"),
    (b"Rar!", "it is a RAR archive: unpack it first"),
    (b"!BDN", "it is a whole mailbox of Outlook (.pst or .ost): save the one mail from it"),
    (b"\x78\x9f\x3e\x22", "it is a winmail.dat, one part of a mail"),
    (b"\xff\xfe", "it is text in UTF-16: save it as the program received it"),
    (b"\xfe\xff", "it is text in UTF-16: save it as the program received it"),
    (b"%PDF", "it is a PDF: attach it with --attach, as it does not say who it is from"),
    (b"\x89PNG", "it is a picture: attach it with --attach"),
    (b"\xff\xd8\xff", "it is a picture: attach it with --attach"),
    (b"{\\rtf", "it is a text document (RTF)"),
    (b"bplist", "it is a property list of Apple's"),
    (b"SQLite format 3", "it is a database"),
    (b"// <!-- <mdb:mork", "it is Thunderbird's index: the mails lie beside it, without .msf"),
)


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
    chunks: Callable[[], Iterator[bytes]] = field(
        default=lambda: iter(()), compare=False, repr=False
    )

    @property
    def file_name(self) -> str:
        """A name for it as a file, also where it has only a type."""
        if "/" not in self.name or "." in self.name:
            return self.name.replace("/", "-")
        if self.name == "message/rfc822":
            return "mail.eml"
        return f"attachment{guess_extension(self.name) or ''}"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail: all its text is clean and bounded, and nothing in it was followed or run.

    `when` has the sender's offset, or none where its zone is not known and only the day is; it is
    None where the mail has no date that can be read, and `dated` is then what stands there.
    `copied` are those of the recipients who got a copy, `from_html` says that `body` was made from
    HTML, `cut` that there is more than `body`, `earlier` that earlier mail stood below it and
    `below` what that said as far as it can be told apart, `doubts` in sentences what was guessed.
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
    ending: str = "eml"
    copied: tuple[Address, ...] = ()
    below: str = ""

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The attachments that are files in their own right, at most as many as are kept."""
        return tuple(one for one in self.attachments if one.apart)[:MOST_FILES]


def read_mail(stream: BinaryIO, label: str) -> Mail:
    """Read the one mail in `stream`, which can be sought, in memory that does not grow with it.

    Raises UsageError, naming it `label`, where it is empty or no mail; never anything else,
    whatever the bytes are.
    """
    first = stream.read(_FIRST)
    stream.seek(0)
    try:
        mail = _outlook(stream) if first.startswith(MAGIC) else _mail(stream)
    except UsageError as error:
        raise no_mail(label, known_file(first) or error.what) from None
    if mail is None:
        empty = not first.strip(b"\r\n")
        why = "it is empty" if empty else known_file(first) or "it does not say who it is from"
        raise no_mail(label, why)
    return mail


def _mail(stream: BinaryIO) -> Mail | None:
    root = read_parts(stream)
    top = root.headers
    senders = top.addresses("from", 1) or top.addresses("sender", 1)
    if not senders:
        return None
    said = body(root, senders[0])
    return _told(top, senders[0], said, attachments(root, said))


def _told(
    top: Headers, sender: Address, said: Body, files: tuple[Attachment, ...], **more: Any
) -> Mail:
    """Return the mail with these headers, of which `more` says what they do not."""
    at = sent_at(top.raw("date"))
    fields: dict[str, Any] = {
        "recipients": (*top.addresses("to", _MOST_NAMED), *top.addresses("cc", _MOST_NAMED)),
        "subject": top.line("subject", SUBJECT_LIMIT),
        "when": at[0] if at else None,
        "precision": at[1] if at else "day",
        "dated": top.line("date", 60),
        "message_id": top.line("message-id", 200),
    }
    return Mail(
        sender=sender,
        **fields | {name: value for name, value in more.items() if not fields.get(name)},
        body=said.text,
        from_html=said.from_html,
        cut=said.cut,
        earlier=said.earlier,
        attachments=files,
        doubts=said.doubts,
        copied=tuple(top.addresses("cc", _MOST_NAMED)),
        below=said.below,
    )


def _outlook(stream: BinaryIO) -> Mail | None:
    """Return the mail in a `.msg`: its headers where it was sent, else what Outlook noted."""
    found = read_outlook(stream)
    top = found.headers
    noted = _address(found.sender)
    senders = top.addresses("from", 1) or ((noted,) if str(noted) else ())
    if not senders:
        return None
    said = body_of(found.body, found.html, senders[0])
    files = tuple(
        Attachment(
            short(one.name, 200) or short(one.type or "file", 80),
            len(one.data),
            one.mail is None and not one.id,
            partial(iter, (one.data,)),
        )
        for one in found.files
    )
    mail = _told(
        top,
        senders[0],
        said,
        files,
        recipients=tuple(map(_address, found.recipients[:_MOST_NAMED])),
        subject=short(found.subject, SUBJECT_LIMIT),
        message_id=short(found.message_id, 200),
    )
    if mail.when or found.sent is None:
        return replace(mail, ending="msg")
    return replace(mail, ending="msg", when=found.sent, precision="minute")


def _address(said: tuple[str, str]) -> Address:
    return Address(short(said[0].strip("\0"), 120), short(said[1].strip("\0"), 200))


def attachments(root: MailPart, said: Body) -> tuple[Attachment, ...]:
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


def known_file(first: bytes) -> str:
    """Return what a file is that begins so, in a sentence; empty where that is not known."""
    said = next((what for mark, what in _BEGINNINGS if first.startswith(mark)), "")
    if said:
        return said
    if first[257:262] == b"ustar":
        return "it is a tar archive: unpack it first"
    bare = first.lstrip()[:200].lower()
    if bare.startswith((b"<!doctype html", b"<html")):
        return "it is a web page, which does not say who it is from"
    if bare.startswith(b"<?xml"):
        return "it is XML, which does not say who it is from"
    if bare.startswith((b"{", b"[")):
        return "it looks like JSON, which does not say who it is from"
    return ""


def no_mail(label: str, why: str) -> UsageError:
    """Return the error for something that is no mail."""
    return UsageError(f"{label} is no mail", why, "Save the mail itself, with its headers")
