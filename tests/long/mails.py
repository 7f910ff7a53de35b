"""Mails put together from byte templates, in the shapes that mailers leave, and their crosses.

No library writes them. Each case crosses a charset (and what it is labelled as), a transfer
encoding, a structure, line ends, an oddity of the headers, a way to date it and what it lies in;
the text that must come of it is known, and words of mine that stand in it must never be quoted as
somebody else's. Beside that it is counted how many of them the standard library reads rightly.
"""

from __future__ import annotations

import base64
import email
import email.policy
import io
import random
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from store.intake.mail import Mail, read_mail
from store.intake.mbox import mails_of
from tests.long.outcome import LongRun, Outcome

MINE = "I will work for free and the delay is my fault"
PDF = b"%PDF-1.7 a contract"
PDF_NAME = "Rückzahlung März.pdf"


class Words(NamedTuple):
    """What is written: its label, its bytes, what they say, and whether that must be a guess."""

    label: str
    raw: bytes
    said: str
    doubt: bool = False


def _in(label: str, codec: str, said: str, *, doubt: bool = False) -> Words:
    return Words(label, said.encode(codec), said, doubt)


WORDS = (
    _in("utf-8", "utf-8", "Wir zahlen die 500 € nicht. Grüße, Jörg"),
    _in("gb2312", "gbk", "林喆：发票四十二，星期五之前付款。"),
    _in("GBK", "gb18030", "我们不会付款，请停止写信。"),
    _in("shift_jis", "cp932", "①請求書の件、髙橋は支払いません。"),
    _in("x-sjis", "cp932", "～支払いは来月です。"),
    _in("iso-2022-jp", "iso2022_jp", "請求書は払いません。"),
    _in("euc-jp", "euc_jp", "来週に支払います。"),
    _in("iso-8859-8-i", "iso8859-8", "לא אשלם את החשבונית"),
    _in("windows-874", "cp874", "เราจะไม่จ่ายใบแจ้งหนี้"),
    _in("tis-620", "cp874", "ขอเลื่อนไปก่อน"),
    _in("us-ascii", "cp1252", "“No” – not even 5 €"),
    _in("iso-8859-1", "cp1252", "Für “den” Rest: 5 €"),
    _in("ks_c_5601-1987", "cp949", "청구서를 지불하지 않겠습니다"),
    _in("big5", "big5hkscs", "我們不會付款。"),
    _in("koi8-r", "koi8-r", "Счёт не оплачу."),
    _in("x-cp1251", "cp1251", "Оплата будет позже."),
    _in("windows-1256", "cp1256", "لن ندفع الفاتورة"),
    _in("iso-8859-2", "iso8859-2", "Fizetési felszólítás: nem fizetünk."),
    _in("x-mac-roman", "mac-roman", "Später, sagt Müller."),
    _in("unicode-1-1-utf-7", "utf-7", "Wir zahlen später."),
    _in("hz-gb-2312", "hz", "付款在下周。"),
    _in("", "utf-8", "Köszönöm, de nem."),
    _in("iso-8859-1", "utf-8", "Für die Rechnung über 500 € – Grüße", doubt=True),
    _in("x-unknown-9", "utf-8", "später, vielleicht nächste Woche"),
    _in("shift_jis", "utf-8", "支払いは来月です。", doubt=True),
    _in("utf-8", "cp1252", "Café zahlt später", doubt=True),
    Words(
        "utf-8",
        "Rechnung über 500 €, nächste Woche nicht. ".encode() + b"Via M\xfcller",
        "Rechnung über 500 €, nächste Woche nicht. Via M\ufffdller",
        doubt=True,
    ),
)
ENCODINGS = (
    *("", "8bit", "base64", "base64 ", "base64;", "BASE64 (x)", "base-64"),
    *("quoted-printable", "Quoted-Printable (x)", "quoted-printable;", "quoted-printable "),
)


def coded(raw: bytes, encoding: str) -> bytes:
    """Return bytes as their transfer encoding has them."""
    if encoding.lower().startswith("base"):
        return base64.encodebytes(raw).rstrip(b"\n")
    if not encoding.lower().startswith("quoted"):
        return raw
    lines = []
    for line in raw.split(b"\n"):
        signs = [bytes([one]) if 32 <= one < 127 and one != 61 else b"=%02X" % one for one in line]
        rows = [b"".join(signs[at : at + 20]) for at in range(0, len(signs), 20)]
        lines.append(b"=\n".join(rows))
    return b"\n".join(lines)


def leaf(kind: str, words: Words, encoding: str, raw: bytes, more: str = "") -> bytes:
    """Return a part: its headers, an empty line, its coded bytes."""
    charset = f"; charset={words.label}" if words.label else ""
    lines = f"Content-Type: {kind}{charset}{more}\n"
    if encoding:
        lines += f"Content-Transfer-Encoding: {encoding}\n"
    return lines.encode() + b"\n" + coded(raw, encoding)


def multi(kind: str, parts: Sequence[bytes], boundary: str = "b", said: str = "") -> bytes:
    """Return a part that holds others."""
    head = f"Content-Type: multipart/{kind}{said or f'; boundary={boundary}'}\n\n".encode()
    mark = b"--" + boundary.encode()
    return head + b"".join(mark + b"\n" + part + b"\n" for part in parts) + mark + b"--"


def pdf() -> bytes:
    """Return a file whose name stands in raw UTF-8."""
    name = PDF_NAME.encode()
    head = b'Content-Type: application/pdf; name="' + name + b'"\nContent-Disposition: attachment;'
    head += b'\n filename="' + name + b'"\nContent-Transfer-Encoding: base64 \n\n'
    return head + base64.encodebytes(PDF).rstrip(b"\n")


class Made(NamedTuple):
    """A body with its headers, the texts it must give, in order, and the files."""

    raw: bytes
    said: tuple[str, ...]
    files: tuple[str, ...] = ()
    doubt: bool = False


Shape = Callable[[Words, str], Made]
ASCII = Words("utf-8", b"", "")


def _plain(words: Words, encoding: str) -> Made:
    return Made(leaf("text/plain", words, encoding, words.raw), (words.said,))


def _named(words: Words, encoding: str) -> Made:
    raw = leaf("text/plain", words, encoding, words.raw, '; name="message.txt"')
    return Made(raw, (words.said,))


def _with_file(words: Words, encoding: str) -> Made:
    parts = [leaf("text/plain", words, encoding, words.raw), pdf()]
    return Made(multi("mixed", parts), (words.said,), (PDF_NAME,))


def _folded(words: Words, encoding: str) -> Made:
    parts = [leaf("text/plain", words, encoding, words.raw), pdf()]
    raw = multi("mixed", parts, "simple boundary", '; boundary="simple\n boundary"')
    return Made(raw, (words.said,), (PDF_NAME,))


def _footer(words: Words, encoding: str) -> Made:
    html = b"<p>" + words.raw + b"</p>"
    footer = leaf("text/plain", ASCII, "", b"This mail was scanned by a gateway.")
    raw = multi("mixed", [leaf("text/html", words, encoding, html), footer])
    return Made(raw, (words.said, "This mail was scanned by a gateway."))


def _alternative(words: Words, encoding: str) -> Made:
    parts = [
        leaf("text/plain", words, encoding, words.raw),
        leaf("text/html", ASCII, "", b"<p>other words</p>"),
    ]
    return Made(multi("alternative", parts), (words.said,))


def _empty_plain(words: Words, encoding: str) -> Made:
    html = b"<div>" + words.raw + b"</div>"
    parts = [leaf("text/plain", ASCII, "", b" \n"), leaf("text/html", words, encoding, html)]
    return Made(multi("alternative", parts), (words.said,))


def _stub(words: Words, encoding: str) -> Made:
    html = b"<div>" + words.raw + b"</div>"
    stub = leaf("text/plain", ASCII, "", b"Your program cannot show HTML mail.")
    return Made(
        multi("alternative", [stub, leaf("text/html", words, encoding, html)]), (words.said,)
    )


def _file_between(words: Words, encoding: str) -> Made:
    either = multi(
        "alternative",
        [
            leaf("text/plain", words, encoding, words.raw),
            leaf("text/html", ASCII, "", b"<p>other words</p>"),
        ],
        "in",
    )
    raw = multi("mixed", [either, pdf(), leaf("text/plain", ASCII, "", b"Sent from a phone")])
    return Made(raw, (words.said, "Sent from a phone"), (PDF_NAME,))


def _gmail(words: Words, encoding: str) -> Made:
    html = b"<div>" + words.raw + b'</div><div class="gmail_quote"><div class="gmail_attr">On Thu, '
    html += b"1 Oct 2026 at 09:00, Kim &lt;me@studio.example&gt; wrote:</div><blockquote "
    html += b'type="cite"><p>' + MINE.encode() + b".</p></blockquote></div>"
    return Made(leaf("text/html", words, encoding, html), (words.said,))


def _hidden(words: Words, encoding: str) -> Made:
    html = b'<div style="display: none">' + MINE.encode() + b"</div><p hidden>" + MINE.encode()
    html += b'</p><span style="font-size:0px">' + MINE.encode() + b"</span><style>.p{display:none}"
    html += b"</style><i class=p>" + MINE.encode() + b"</i><p>" + words.raw + b"</p>"
    html += b'<b style="visibility:hidden">' + MINE.encode() + b"</b>"
    return Made(leaf("text/html", words, encoding, html), (words.said,))


def _outlook_web(words: Words, encoding: str) -> Made:
    html = b"<div>" + words.raw + b'</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">'
    html += b"<b>From:</b> Kim<br><b>Subject:</b> Bill</div><div>" + MINE.encode() + b"</div>"
    return Made(leaf("text/html", words, encoding, html), (words.said,))


def _outlook_desk(words: Words, encoding: str) -> Made:
    html = b"<p>" + words.raw + b'</p><div style="border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> '
    html += b"Kim &lt;me@studio.example&gt;<br><b>Sent:</b> Thursday<br><b>To:</b> Ann<br>"
    html += b"<b>Subject:</b> Bill</p></div><p>" + MINE.encode() + b"</p>"
    return Made(leaf("text/html", words, encoding, html), (words.said,))


def _apple(words: Words, encoding: str) -> Made:
    html = b"<div>" + words.raw + b"</div><br><div>On 1 Oct 2026, at 09:00, Kim wrote:</div>"
    html += b'<blockquote type="cite">' + MINE.encode() + b"</blockquote>"
    return Made(leaf("text/html", words, encoding, html), (words.said,))


def _drawn(words: Words, encoding: str) -> Made:
    html = leaf("text/html", words, encoding, b"<p>" + words.raw + b"</p><img src='cid:1'>")
    image = b"Content-Type: image/png; name=logo.png\nContent-ID: <1>\n\n\x89PNG"
    return Made(multi("related", [html, image]), (words.said,), ("logo.png",))


def _no_boundary(words: Words, encoding: str) -> Made:
    parts = [leaf("text/plain", words, encoding, words.raw), pdf()]
    return Made(multi("mixed", parts, said=" "), (words.said,), (PDF_NAME,), doubt=True)


def _other_boundary(words: Words, encoding: str) -> Made:
    parts = [leaf("text/plain", words, encoding, words.raw), pdf()]
    return Made(
        multi("mixed", parts, said="; boundary=other"), (words.said,), (PDF_NAME,), doubt=True
    )


def _reply(words: Words, encoding: str) -> Made:
    raw = words.raw + b"\n\nOn Thu, 1 Oct 2026 at 09:00, Kim <me@studio.example> wrote:\n> "
    return Made(leaf("text/plain", words, encoding, raw + MINE.encode() + b".\n"), (words.said,))


def _answers(words: Words, encoding: str) -> Made:
    raw = words.raw + b"\n\n-----Original Message-----\nFrom: Kim <me@studio.example>\n"
    raw += b"Sent: Thursday\nTo: Ann\nSubject: Bill\n\n" + MINE.encode()
    raw += b".\n\n[Ann] No, never.\n\nAnd thanks?\n"
    return Made(leaf("text/plain", words, encoding, raw), (words.said, "[Ann] No, never."))


def _uuencoded(words: Words, encoding: str) -> Made:
    raw = words.raw + b"\n\nbegin 644 bill.pdf\n3)5!$1BTQ+C<@82!C;VYT<F%C=```\n`\nend\n"
    return Made(leaf("text/plain", words, encoding, raw), (words.said,), ("bill.pdf",))


def _forward(words: Words, encoding: str) -> Made:
    inner = b"Content-Type: message/rfc822\n\nFrom: Kim <me@studio.example>\nSubject: Bill\n\n"
    raw = multi("mixed", [leaf("text/plain", words, encoding, words.raw), inner + MINE.encode()])
    return Made(raw, (words.said,), ("message/rfc822",))


SHAPES: tuple[Shape, ...] = (
    *(_plain, _named, _with_file, _folded, _footer, _alternative, _empty_plain, _stub),
    *(_file_between, _gmail, _hidden, _outlook_web, _outlook_desk, _apple, _drawn),
    *(_no_boundary, _other_boundary, _reply, _answers, _uuencoded, _forward),
)
ENDS = (b"\n", b"\n", b"\r\n", b"\r")
ODD = ("", "", "blank", "mark", "quoted From")
DATES = (
    (b"Fri, 2 Oct 2026 23:30:00 +0200", "minute"),
    (b"Fri, 2 Oct 2026 23:30:00 CEST", "day"),
    (b"Fri, 2 Oct 2026 23:30:00 GMT+2", "minute"),
    (b"2 Oct 26 23:30 (MESZ)", "day"),
)
WITHIN = (b"", b"", b"", b"emlx", b"From 900000001@xxx", b"From a Fri Oct  2 10:00:00 2026")


class Case(NamedTuple):
    """One mail as a file, and what it must give."""

    raw: bytes
    made: Made
    mails: int
    precision: str
    doubt: bool
    about: str


def case(number: int) -> Case:
    """Return the case of that number."""
    choose = random.Random(number)
    words, shape = WORDS[number % len(WORDS)], SHAPES[number % len(SHAPES)]
    if shape is _uuencoded and words.label.endswith("utf-7"):
        words = WORDS[0]  # its plus signs are not what they are there
    encoding, dated = choose.choice(ENCODINGS), choose.choice(DATES)
    end, odd, within = choose.choice(ENDS), choose.choice(ODD), choose.choice(WITHIN)
    if words.label in ("utf-8", "") and encoding == "":
        encoding = "8bit"
    made = shape(words, encoding)
    head = b"From: Ann <ann@acme.example>\nTo: me@studio.example\nSubject: Bill\nDate: "
    head += dated[0] + b"\nMIME-Version: 1.0\n"
    raw = head + made.raw + b"\n"
    if odd == "blank" and b"\n\n" in made.raw:
        raw = raw.replace(b"\n\n", b"\n \n", 1)
    raw = raw.replace(b"\n", end)
    mails = 1
    if within.startswith(b"From") and end != b"\r":
        line = within + end
        first = head.replace(b"\n", end) + end + b"the one before" + end
        raw, mails = line + first + (end if number % 2 else b"") + line + raw, 2
    elif within == b"emlx":
        raw = b"%d\n" % len(raw) + raw + b'<?xml version="1.0"?>\n<plist><dict/></plist>\n'
    elif odd == "mark":
        raw = b"\xef\xbb\xbf" + raw
    elif odd == "quoted From":
        raw = b">From ann@acme.example Fri Oct  2 10:00:00 2026" + end + raw
    doubt = words.doubt or made.doubt
    about = f"{words.label} {encoding!r} {shape.__name__} {end!r} {odd} {within!r}"
    return Case(raw, made, mails, dated[1], doubt, about)


def problem(one: Case, folder: Path) -> str:
    """Return what is wrong with what was read of a case; empty if nothing is."""
    with mails_of([io.BytesIO(one.raw)], folder) as laid:
        if len(laid.mails) != one.mails or laid.doubtful:
            return f"{len(laid.mails)} mails, {laid.doubtful} doubtful"
        mail = read_mail(laid.mails[-1], "x")
    return _wrong(one, mail)


def _wrong(one: Case, mail: Mail) -> str:
    own = [line for line in mail.body.splitlines() if line.strip() and line[0] != ">"]
    if own != [line for text in one.made.said for line in text.splitlines()]:
        return f"text {mail.body!r}"
    if any(MINE in line for line in own):
        return "my words as theirs"
    if tuple(file.name for file in mail.attachments) != one.made.files:
        return f"files {[file.name for file in mail.attachments]}"
    if mail.when is None or (mail.precision, mail.when.date()) != (
        one.precision,
        date(2026, 10, 2),
    ):
        return f"date {mail.when}"
    if bool(mail.doubts) != one.doubt:
        return f"doubts {mail.doubts}"
    return ""


def by_library(one: Case) -> bool:
    """Whether the standard library's own reading has the words of a mail that stands alone."""
    try:
        mail = email.message_from_bytes(one.raw, policy=email.policy.default)
        body = mail.get_body(("plain", "html"))
        text = body.get_content() if body else ""
    except (LookupError, ValueError, AttributeError, KeyError, TypeError):
        return False
    return all(said in text for said in one.made.said)


def run(numbers: Sequence[int]) -> Outcome:
    """Read the cases of these numbers."""
    failed, alone, library = [], 0, 0
    with TemporaryDirectory() as folder:
        for number in numbers:
            one = case(number)
            if why := problem(one, Path(folder)):
                failed.append(f"case {number} ({one.about}): {why}")
            if one.mails == 1 and not one.raw[:1].isdigit():
                alone += 1
                library += by_library(one)
    said = f"of {alone:,} that stand alone the standard library by itself reads {library:,}"
    return Outcome(len(numbers), tuple(failed), said)


LONG = LongRun(2_835, run)
