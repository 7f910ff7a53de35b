"""Everything that a file of mail holds, down to the last nested part, for whoever looks through it.

Other than an entry, which tells what was written, a search must know of every byte whether it was
understood: what is not found in a part that could not be read is not known to be absent.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from store.errors import UsageError
from store.intake.charsets import decode, of_html
from store.intake.mail_parts import Part, read_parts
from store.intake.mail_text import without_files
from store.intake.mbox import mails_in
from store.intake.outlook import MAGIC, OutlookMail, read_outlook

MOST: Final = 64 * 2**20
"""Bytes of one part that are decoded."""

_DEEPEST: Final = 12
_PROBE: Final = 1 << 16
_OUTLOOK: Final = "application/vnd.ms-outlook"
_HEADER = re.compile(rb"\s*(?:>?From |[!-9;-~]{1,80}[ \t]*:)")
_SENDER = re.compile(rb"^(?:From|Sender|Date|Subject|Received|MIME-Version)[ \t]*:", re.I | re.M)
_MAILS = frozenset({"message/rfc822", "message/global", "message/news"})


@dataclass(frozen=True, slots=True)
class Content:
    """One part of a mail, or what stands in a mail beside its parts.

    `where` names it for people, `headers` are its own as they are read, `data` its bytes once
    decoded. `text` is what it says, read by `charset`, or None where it is no text; `unread` are
    sentences on what was not understood, `guessed` says that its charset is a guess, and `lost`
    how many signs of `text` fit no charset.
    """

    where: str
    type: str
    name: str
    headers: tuple[str, ...]
    data: bytes
    text: str | None = None
    charset: str = ""
    guessed: bool = False
    lost: int = 0
    unread: tuple[str, ...] = ()


def is_mail(first: bytes) -> bool:
    """Whether a file that begins so is a mail or an mbox."""
    if first.startswith(MAGIC):  # or another file of that form, which is then told to be none
        return True
    head = re.split(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r", first.lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)
    return bool(_HEADER.match(head[0]) and _SENDER.search(head[0].replace(b"\r", b"\n")))


def contents(stream: BinaryIO) -> Iterator[Content]:
    """Yield all that the mail or mbox in `stream`, which can be sought, holds.

    Mails and mboxes in it are gone into; those that hold parts are yielded too, with their headers
    and no bytes. Each is yielded before the next is decoded, and none is read beyond MOST bytes.
    """
    yield from _file(stream, "", 0)


def _file(stream: BinaryIO, where: str, depth: int) -> Iterator[Content]:
    stream.seek(0)
    if stream.read(len(MAGIC)) == MAGIC:
        yield from _outlook(stream, where or "the mail", depth)
        return
    laid = mails_in(stream)
    for number, raw in enumerate(laid.mails, start=1):
        one = where or ("the mail" if len(laid.mails) == 1 else "")
        named = one if len(laid.mails) == 1 else f"{where}, mail {number}".lstrip(", ")
        yield from _mail(raw, named, depth)


def _mail(stream: BinaryIO, where: str, depth: int) -> Iterator[Content]:
    try:
        root = read_parts(stream)
    except UsageError as error:
        yield Content(where, "message/rfc822", "", (), b"", unread=(error.what,))
        return
    waiting = [(root, where)]
    while waiting:
        part, named = waiting.pop()
        if part.parts:
            yield _holder(part, named)
            below = [(one, f"{named}, part {at}") for at, one in enumerate(part.parts, start=1)]
            waiting += reversed(below)
        else:
            yield from _leaf(part, named, depth)


def _outlook(stream: BinaryIO, where: str, depth: int) -> Iterator[Content]:
    try:
        mail = read_outlook(stream)
    except UsageError as error:
        yield Content(where, "application/x-ole-storage", "", (), b"", unread=(error.what,))
        return
    yield from _of_outlook(mail, where, depth)


def _of_outlook(mail: OutlookMail, where: str, depth: int) -> Iterator[Content]:
    people = [" ".join(one) for one in (mail.sender, *mail.recipients)]
    headers = (*mail.headers.said, mail.subject, mail.message_id, *people)
    bare = mail.rich and not (mail.body.text or mail.html.text)
    unread = ("its text is in RTF alone",) if bare else ()
    yield Content(where, _OUTLOOK, "", headers, b"", mail.body.text, *mail.body[1:], unread=unread)
    if mail.html.text:
        yield Content(f"{where}, HTML", "text/html", "", (), b"", mail.html.text, *mail.html[1:])
    for number, file in enumerate(mail.files, start=1):
        named = f"{where}, file {number}"
        if file.mail is not None:
            yield from _of_outlook(file.mail, named, depth + 1)
        elif is_mail(file.data[:_PROBE]) and depth < _DEEPEST:
            yield Content(named, file.type, file.name, (), b"")
            yield from _file(io.BytesIO(file.data), named, depth + 1)
        else:
            yield Content(named, file.type, file.name, (), file.data)


def _holder(part: Part, where: str) -> Content:
    """Return a part that holds others: its headers, and the lines between those others."""
    raw = b"".join(part.beside())
    read = decode(raw, "")
    return Content(
        where,
        part.type,
        part.named,
        tuple(part.headers.said),
        raw,
        read.text,
        read.charset,
        unread=tuple(part.problems),
    )


def _leaf(part: Part, where: str, depth: int) -> Iterator[Content]:
    data, whole = part.data(MOST)
    problems = [*part.problems, *([] if whole else [f"it is longer than {MOST >> 20} MB"])]
    headers = tuple(part.headers.said)
    nested = part.type in _MAILS or (part.type == "application/mbox") or is_mail(data[:_PROBE])
    if nested and depth < _DEEPEST:
        yield Content(where, part.type, part.named, headers, b"", unread=tuple(problems))
        yield from _file(io.BytesIO(data), where, depth + 1)
        return
    if nested:
        problems.append("mails are nested too deeply in it")
    text, charset, guessed, lost = None, "", False, 0
    if part.type.startswith("text/") or part.type.startswith("message/"):
        label = of_html(data, part.charset) if part.type == "text/html" else part.charset
        text, charset, guessed, lost = decode(data, label, whole=whole)
    yield Content(
        where, part.type, part.named, headers, data, text, charset, guessed, lost, tuple(problems)
    )
    if part.type == "text/plain" and text is not None:
        for file in without_files(text)[1]:
            within = decode(file.data, "")
            yield Content(
                f"{where}, {file.name}", "", file.name, (), file.data, None, within.charset
            )
