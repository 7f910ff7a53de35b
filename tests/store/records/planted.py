"""Files with a name planted in them, put together from templates of bytes: no library writes them.

A case is made from its number alone. It crosses who is named, the charset and its label, the
transfer encoding, how the mail is put together, and where in it the name stands.
"""

from __future__ import annotations

import random
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

NAMES: Final = {
    "Kari Nordmann": "us-ascii utf-8 iso-8859-1 utf-16 cp037 iso-2022-jp gb2312 x-none",
    "Zsófia Kővári": "utf-8 iso-8859-2 windows-1250 utf-16 x-none x-mac-ce utf-7",
    "林喆": "gb2312 gbk gb18030 x-gbk utf-8 utf-16 x-none",
    "Оксана Бондар": "koi8-r windows-1251 iso-8859-5 x-mac-cyrillic ibm866 utf-8 utf-7 x-none",
    "佐藤健一": "shift_jis x-sjis iso-2022-jp euc-jp utf-8 windows-31j x-none",
    "김민준": "euc-kr ks_c_5601-1987 utf-8 x-none iso-2022-kr",
    "Γιώργος Παππάς": "iso-8859-7 windows-1253 utf-8 x-none",
    "דוד לוין": "iso-8859-8-i iso-8859-8 windows-1255 utf-8 x-none",
    "สมชาย ใจดี": "windows-874 tis-620 utf-8 x-none",
    "منصور الحربي": "windows-1256 iso-8859-6 utf-8 x-none",
    "Þórunn Ægisdóttir": "iso-8859-1 windows-1252 macintosh utf-8 utf-7 x-none",
}
"""Each name with the labels that a text with it has; `x-none` is a text without a label."""

_CODECS: Final = {
    "gb2312": "gbk", "x-gbk": "gbk", "x-sjis": "cp932", "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949", "iso-8859-8-i": "iso8859-8", "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic", "x-mac-ce": "mac-latin2", "macintosh": "mac-roman",
    "ibm866": "cp866",
}  # fmt: skip
_UNLABELLED: Final = {
    "林喆": "gbk", "Оксана Бондар": "cp1251", "佐藤健一": "cp932", "김민준": "cp949",
    "Γιώργος Παππάς": "iso8859-7", "דוד לוין": "cp1255", "สมชาย ใจดี": "cp874",
    "منصور الحربي": "cp1256", "Zsófia Kővári": "cp1250", "Þórunn Ægisdóttir": "cp1252",
}  # fmt: skip


class Planted(NamedTuple):
    """A file, the name in it (none where it is an ordinary one), and how it was made."""

    data: bytes
    name: str
    what: str


class _Written(NamedTuple):
    """A text in bytes, with the label of its charset."""

    data: bytes
    label: str


def planted(number: int) -> Planted:
    """Return the case of this number."""
    dice = random.Random(f"planted {number}")
    name = dice.choice(list(NAMES))
    label = dice.choice(NAMES[name].split())
    placed = dice.choice(list(PLACES))
    said = PLACES[placed](name, dice)
    codec = _UNLABELLED.get(name, "utf-8") if label == "x-none" else _CODECS.get(label, label)
    text = _Written(said.encode(codec, "xmlcharrefreplace"), label)
    coded = dice.choice(list(CODINGS))
    shape = dice.choice(list(SHAPES))
    if dice.random() < 0.25:  # a file by itself
        kind = dice.choice(list(FILES))
        return Planted(FILES[kind](name, text, dice), name, f"{kind}, {placed}, {label}")
    if dice.random() < 0.2:  # a file beside a mail
        kind = dice.choice(list(FILES))
        inner = _attached(FILES[kind](name, text, dice), dice, kind)
        data = _ends(SHAPES["mixed"](inner, dice), dice)
        return Planted(data, name, f"mail with {kind}, {placed}, {label}")
    if dice.random() < 0.15:
        head = dice.choice(list(HEADS))
        data = _ends(HEADS[head](name, label, codec, dice), dice)
        return Planted(data, name, f"{head}, {label}")
    kind = "html" if placed in ("tags", "entities", "comment") else "plain"
    part = _part(text, f"text/{kind}", CODINGS[coded], dice)
    data = SHAPES[shape](part, dice)
    return Planted(_ends(data, dice), name, f"{shape}, {coded}, {placed}, {label}")


def ordinary(number: int) -> Planted:
    """Return a file of the usual kinds with no such name in it."""
    dice = random.Random(f"ordinary {number}")
    words = " ".join(dice.choices(_WORDS, k=dice.randint(20, 300)))
    label = dice.choice(["utf-8", "us-ascii", "iso-8859-1", "windows-1252"])
    text = _Written(f"Dear Ann,\n\n{_wrapped(words)}\n\nBest, Tom\n".encode(), label)
    kind = dice.choice(["mail", "mail", "mail", "html mail", "text", "csv", "docx", "pdf"])
    if kind in FILES:
        return Planted(FILES[kind]("", text, dice), "", kind)
    if kind == "text":
        return Planted(text.data, "", kind)
    coded = dice.choice(["7bit", "quoted-printable", "base64"])
    html = kind == "html mail"
    if html:
        text = _Written(b"<html><body><p>" + text.data + b"</p></body></html>", label)
    part = _part(text, "text/html" if html else "text/plain", CODINGS[coded], dice)
    return Planted(SHAPES[dice.choice(["single", "mixed"])](part, dice), "", f"{kind}, {coded}")


_WORDS: Final = """the invoice logo delivery website Tuesday pictures draft agreed meeting notes
    colours Berlin quarterly newsletter café über naïve payment reminder list of pages footer menu
    budget hours call printing proofs paper shop catalogue photographer approved kindly regards
    https://shop.example/?id=01f4&ref=ab12 INV-2026-41 EUR 1,250.00 3,000 Anna Bergström""".split()


def _wrapped(words: str) -> str:
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


# Where in a text it stands, and in which disguise.
def _plainly(name: str, dice: random.Random) -> str:
    return f"Good morning,\n\nplease ask {name} about it.\nBye\n"


def _tags(name: str, dice: random.Random) -> str:
    at = dice.randint(1, len(name) - 1)
    return f"<html><p>ask {name[:at]}<b class='x'>{name[at:]}</b> today</p></html>\n"


def _entities(name: str, dice: random.Random) -> str:
    return f"<p>ask {''.join(f'&#{ord(sign)};' for sign in name)} today</p>\n"


def _comment(name: str, dice: random.Random) -> str:
    at = dice.randint(1, len(name) - 1)
    return f"<p>ask {name[:at]}<!-- a > b -->{name[at:]} today</p>\n"


def _json(name: str, dice: random.Random) -> str:
    return '{"by": "' + "".join(f"\\u{ord(sign):04x}" for sign in name) + '"}\n'


def _percent(name: str, dice: random.Random) -> str:
    return "see https://x.example/" + "".join(f"%{byte:02X}" for byte in name.encode()) + "\n"


def _invisible(name: str, dice: random.Random) -> str:
    if not name.isascii():
        return _plainly(name, dice)
    return f"ask K&#8203;ari&#173; Nord&#xFE0F;mann or {name[:1]}"


def _csv(name: str, dice: random.Random) -> str:
    return f'1,"{name[:2]}"{name[2:]},EUR\n2,x,EUR\n'


def _upper(name: str, dice: random.Random) -> str:
    return f"TO {name.upper()}\n"


def _long(name: str, dice: random.Random) -> str:
    return "word " * dice.randint(200, 3000) + f"\n{name}\n" + "more " * dice.randint(0, 2000)


PLACES: Final[dict[str, Callable[[str, random.Random], str]]] = {
    "plainly": _plainly,
    "tags": _tags,
    "entities": _entities,
    "comment": _comment,
    "json": _json,
    "percent": _percent,
    "invisible": _invisible,
    "csv": _csv,
    "upper": _upper,
    "long": _long,
}

Coded = Callable[[bytes, random.Random], tuple[bytes, bytes]]
"""What gives a transfer encoding's header lines and the body in it."""


def _as_it_is(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    return b"Content-Transfer-Encoding: 8bit\n", data


def _no_header(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    return b"", data


def _quoted(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    said = bytearray()
    column = 0
    for byte in data:
        sign = bytes([byte]) if 32 < byte < 127 and byte != 61 and dice.random() < 0.8 else b""
        sign = b"\n" if byte == 10 else sign or b"=%02X" % byte
        if column > dice.choice((20, 60, 70)) and byte != 10:
            said += dice.choice((b"=\n", b"= \n"))
            column = 0
        said += sign
        column = 0 if byte == 10 else column + len(sign)
    return b"Content-Transfer-Encoding: quoted-printable\n", bytes(said)


def _lines(code: bytes, length: int, end: bytes = b"\n") -> bytes:
    return end.join(code[at : at + length] for at in range(0, len(code), length)) + end


def _base64(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    return b"Content-Transfer-Encoding: base64\n", _lines(b64encode(data), 76)


def _base64_header(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    header = dice.choice(
        (
            b"Content-Transfer-Encoding: base64 \n",
            b"Content-Transfer-Encoding:\tBASE64\n",
            b"Content-Transfer-Encoding: base64 (so it says)\n",
            b"content-transfer-encoding:base64;\n",
            b"Content-Transfer-Encoding:\n base64\n",
            b'Content-Transfer-Encoding: "base64"\n',
        )
    )
    return header, _lines(b64encode(data), dice.choice((60, 64, 72, 76, 1000)))


def _base64_blanks(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    length = dice.choice((7, 33, 61))
    return b"Content-Transfer-Encoding: base64\n", _lines(b64encode(data), length, b" \n")


def _base64_inner_blanks(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    code = _lines(b64encode(data), dice.choice((5, 9, 15)), b" ")
    return b"Content-Transfer-Encoding: base64\n", code + b"\n"


def _base64_junk(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    code = bytearray(b64encode(data))
    for _ in range(3):
        code.insert(dice.randrange(len(code)), dice.choice(b"#!*"))
    return b"Content-Transfer-Encoding: base64\n", _lines(bytes(code), 76)


def _base64_unpadded(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    return b"Content-Transfer-Encoding: base64\n", _lines(b64encode(data).rstrip(b"="), 76)


def _base64_footed(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    code = _lines(b64encode(data), 76) + b"\n____________\nlist mailing list\nsee list.example\n"
    return b"Content-Transfer-Encoding: base64\n", code


def _base64_untold(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    return b"", _lines(b64encode(data), 76)


def _uuencoded(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    said = [b"begin 644 note.txt"]
    for at in range(0, len(data), 45):
        piece = data[at : at + 45]
        bits = piece + bytes(-len(piece) % 3)
        number = [int.from_bytes(bits[i : i + 3], "big") for i in range(0, len(bits), 3)]
        letters = [(one >> shift & 63) + 32 for one in number for shift in (18, 12, 6, 0)]
        said.append(bytes([len(piece) + 32, *letters]).replace(b" ", b"`"))
    header = dice.choice((b"Content-Transfer-Encoding: x-uuencode\n", b""))
    return header, b"\n".join([*said, b"`", b"end", b""])


def _unknown(data: bytes, dice: random.Random) -> tuple[bytes, bytes]:
    turned = data.translate(bytes((one + 1) % 256 for one in range(256)))
    return b"Content-Transfer-Encoding: x-turned\n", turned


CODINGS: Final[dict[str, Coded]] = {
    "8bit": _as_it_is,
    "7bit": _no_header,
    "quoted-printable": _quoted,
    "base64": _base64,
    "base64 by another header": _base64_header,
    "base64 with blanks at line ends": _base64_blanks,
    "base64 with blanks inside": _base64_inner_blanks,
    "base64 with junk": _base64_junk,
    "base64 without its end": _base64_unpadded,
    "base64 with a foot": _base64_footed,
    "base64 that nothing tells of": _base64_untold,
    "uuencode": _uuencoded,
    "unknown": _unknown,
}


class _Part(NamedTuple):
    headers: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.headers + b"\n" + self.body


def _part(text: _Written, kind: str, coded: Coded, dice: random.Random) -> _Part:
    header, body = coded(text.data, dice)
    charset = b"" if text.label == "x-none" else f"; charset={text.label}".encode()
    quoted = charset.replace(b"=", b'="') + b'"' if charset and dice.random() < 0.3 else charset
    return _Part(b"Content-Type: " + kind.encode() + quoted + b"\n" + header, body)


_HEAD: Final = (
    b"From: Ann <client@example.com>\nTo: me@example.net\nSubject: Note\n"
    b"Date: Fri, 2 Oct 2026 10:00:00 +0200\nMIME-Version: 1.0\n"
)
_HELLO: Final = _Part(b"Content-Type: text/plain\n", b"Hello, see below.\n")


def _single(part: _Part, dice: random.Random) -> bytes:
    return _HEAD + part.whole


def _multi(parts: Sequence[_Part], said: bytes, between: bytes, kind: bytes = b"mixed") -> bytes:
    inner = b"".join(b"--" + between + b"\n" + part.whole + b"\n" for part in parts)
    header = b"Content-Type: multipart/" + kind + said + b"\n"
    return header + b"\nA mail in parts.\n" + inner + b"--" + between + b"--\n"


def _mixed(part: _Part, dice: random.Random) -> bytes:
    return _HEAD + _multi([_HELLO, part], b'; boundary="x7"', b"x7")


def _folded(part: _Part, dice: random.Random) -> bytes:
    return _HEAD + _multi([part], b'; boundary="simple\n boundary"', b"simple boundary")


def _unbound(part: _Part, dice: random.Random) -> bytes:
    return _HEAD + _multi([_HELLO, part], b"", b"b")


def _other_bound(part: _Part, dice: random.Random) -> bytes:
    return _HEAD + _multi([_HELLO, part], b"; boundary=other", b"b")


def _alternative(part: _Part, dice: random.Random) -> bytes:
    return _HEAD + _multi([_HELLO, part], b"; boundary=alt", b"alt", b"alternative")


def _nested(part: _Part, dice: random.Random) -> bytes:
    data = part.whole
    for depth in range(dice.randint(1, 6)):
        between = b"n%d" % depth
        inner = _Part(*data.split(b"\n\n", 1))
        inner = _Part(inner.headers + b"\n", inner.body)
        data = _multi([_HELLO, inner], b"; boundary=" + between, between)
    return _HEAD + data


def _forwarded(part: _Part, dice: random.Random) -> bytes:
    mail = _Part(b"Content-Type: message/rfc822\n", _single(part, dice))
    return _HEAD + _multi([_HELLO, mail], b"; boundary=f", b"f")


def _forwarded_base64(part: _Part, dice: random.Random) -> bytes:
    header, body = _base64(_single(part, dice), dice)
    mail = _Part(b"Content-Type: message/rfc822\n" + header, body)
    return _HEAD + _multi([_HELLO, mail], b"; boundary=f", b"f")


def _forwarded_quoted(part: _Part, dice: random.Random) -> bytes:
    header, body = _quoted(_single(part, dice), dice)
    mail = _Part(b"Content-Type: message/rfc822\n" + header, body)
    return _HEAD + _multi([_HELLO, mail], b"; boundary=f", b"f")


def _mbox(part: _Part, dice: random.Random) -> bytes:
    begins = b"From a Fri Oct  2 10:00:00 2026\n"
    first = begins + _HEAD + b"\nfirst\n\n"
    return first * dice.randint(1, 3) + begins + _single(part, dice) + b"\n"


def _mbox_attached(part: _Part, dice: random.Random) -> bytes:
    header, body = dice.choice((_base64, _quoted, _no_header))(_mbox(part, dice), dice)
    box = _Part(b"Content-Type: application/mbox; name=box\n" + header, body)
    return _HEAD + _multi([_HELLO, box], b"; boundary=m", b"m")


def _late_headers(part: _Part, dice: random.Random) -> bytes:
    return b"This is no mail, or so it begins.\n\n" + b"-" * 40 + b"\n\n" + _single(part, dice)


SHAPES: Final[dict[str, Callable[[_Part, random.Random], bytes]]] = {
    "single": _single,
    "mixed": _mixed,
    "folded boundary": _folded,
    "no boundary": _unbound,
    "another boundary": _other_bound,
    "alternative": _alternative,
    "nested": _nested,
    "forwarded": _forwarded,
    "forwarded in base64": _forwarded_base64,
    "forwarded in quoted-printable": _forwarded_quoted,
    "mbox": _mbox,
    "mbox attached": _mbox_attached,
    "headers below other text": _late_headers,
}


def _ends(data: bytes, dice: random.Random) -> bytes:
    """Return a mail with its line ends as some mailers write them."""
    return data.replace(b"\n", b"\r\n") if b"\0" not in data and dice.random() < 0.4 else data


def _attached(data: bytes, dice: random.Random, kind: str) -> _Part:
    header, body = _base64(data, dice)
    return _Part(f"Content-Type: application/octet-stream; name=a.{kind}\n".encode() + header, body)


# Headers that hold it.
def _word(name: str, label: str, codec: str, dice: random.Random) -> bytes:
    shown = "utf-8" if label == "x-none" else label
    raw = name.encode("utf-8" if label == "x-none" else codec, "xmlcharrefreplace")
    return b"=?" + shown.encode() + b"?B?" + b64encode(raw) + b"?="


def _subject(name: str, label: str, codec: str, dice: random.Random) -> bytes:
    return _HEAD.replace(b"Note", _word(name, label, codec, dice)) + b"\nHello\n"


def _split_words(name: str, label: str, codec: str, dice: random.Random) -> bytes:
    raw = name.encode()
    at = dice.randint(1, len(raw) - 1)
    words = (b"=?utf-8?Q?" + b"".join(b"=%02X" % one for one in piece) + b"?=" for piece in
             (raw[:at], raw[at:]))  # fmt: skip
    return _HEAD.replace(b"Note", b"\n ".join(words)) + b"\nHello\n"


def _sender(name: str, label: str, codec: str, dice: random.Random) -> bytes:
    return _HEAD.replace(b"Ann", _word(name, label, codec, dice)) + b"\nHello\n"


def _file_name(name: str, label: str, codec: str, dice: random.Random) -> bytes:
    coded = "".join(f"%{byte:02X}" for byte in name.encode())
    cuts = sorted(dice.sample(range(3, len(coded), 3), min(2, len(coded) // 3 - 1)))
    pieces = [coded[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    said = "".join(
        f";\n filename*{place}*={'utf-8' + chr(39) * 2 if not place else ''}{piece}"
        for place, piece in enumerate(pieces)
    )
    header = f"Content-Type: text/plain\nContent-Disposition: attachment{said}\n"
    part = _Part(header.encode(), b"nothing\n")
    return _HEAD + _multi([_HELLO, part], b"; boundary=q", b"q")


def _raw_header(name: str, label: str, codec: str, dice: random.Random) -> bytes:
    return _HEAD.replace(b"Note", name.encode()) + b"\nHello\n"


HEADS: Final = {
    "subject": _subject,
    "subject in two words": _split_words,
    "sender": _sender,
    "file name in pieces": _file_name,
    "subject as it is": _raw_header,
}


# Files by themselves.
def _text(name: str, text: _Written, dice: random.Random) -> bytes:
    return text.data


def _wide(name: str, text: _Written, dice: random.Random) -> bytes:
    return f"Ask {name}, please.\n".encode(dice.choice(("utf-16", "utf-16-le", "utf-32")))


def _rich(name: str, text: _Written, dice: random.Random) -> bytes:
    said = "".join(
        f"\\u{ord(sign)}?" if ord(sign) > 127 else dice.choice((sign, f"\\'{ord(sign):02x}"))
        for sign in name
    )
    bold = said[:1] + said[1:].replace("i", "{\\b i}", 1) if "\\" not in said else said
    return f"{{\\rtf1\\ansi\\ansicpg1252 Ask {bold} today\\par}}".encode()


def _packed(files: dict[bytes, bytes], dice: random.Random) -> bytes:
    body, directory = bytearray(), bytearray()
    for name, data in files.items():
        pack = zlib.compressobj(wbits=-15)
        packed = pack.compress(data) + pack.flush()
        method, stored = (8, packed) if dice.random() < 0.7 else (0, data)
        about = struct.pack(
            "<HHHHHIIIHH", 20, 0, method, 0, 33, zlib.crc32(data), len(stored), len(data),
            len(name), 0,
        )  # fmt: skip
        directory += b"PK\1\2" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0,
            len(body)) + name  # fmt: skip
        body += b"PK\3\4" + about + name + stored
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\5\6" + end


def _office(name: str, text: _Written, dice: random.Random) -> bytes:
    said = name or text.data.decode("utf-8", "replace").replace("&", "&amp;")
    at = dice.randint(1, max(1, len(said) - 1))
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document><w:body><w:p><w:r><w:t>'
        f"{said[:at]}</w:t></w:r><w:r><w:t>{said[at:]}</w:t></w:r></w:p></w:body></w:document>"
    )
    types = b'<?xml version="1.0" encoding="UTF-8"?><Types><Default Extension="xml"/></Types>'
    files = {b"[Content_Types].xml": types, b"word/document.xml": document.encode()}
    return _packed(files, dice)


def _office_picture(name: str, text: _Written, dice: random.Random) -> bytes:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + zlib.compress(name.encode() * 3)
    return _packed({b"word/document.xml": b"<w:t>x</w:t>", b"word/media/1.png": picture}, dice)


def _portable(name: str, text: _Written, dice: random.Random) -> bytes:
    said = name or "Invoice 41"
    if not said.isascii():  # letters that a simple font has not: numbers with a table of meanings
        shown = "".join(f"{place + 1:02x}" for place in range(len(said)))
        string = f"<{shown}>"
    else:
        string = f"({said})"
    content = f"BT /F1 12 Tf 72 720 Td {string} Tj ET".encode()
    if dice.random() < 0.6:
        content, coded = zlib.compress(content), b"/Filter /FlateDecode "
    else:
        coded = b""
    rows = "".join(f"<{place + 1:02x}> <{sign.encode('utf-16-be').hex()}>\n"
                   for place, sign in enumerate(said))  # fmt: skip
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n"
        f"<00> <ff>\nendcodespacerange\n{len(said)} beginbfchar\n{rows}endbfchar\nendcmap\nend end"
    ).encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    font += b"" if said.isascii() else b" /ToUnicode 6 0 R"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< %s/Length %d >>\nstream\n%s\nendstream" % (coded, len(content), content),
        font + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(data)


def _picture(name: str, text: _Written, dice: random.Random) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + zlib.compress(name.encode() * 3)


def _gzip(name: str, text: _Written, dice: random.Random) -> bytes:
    pack = zlib.compressobj(wbits=31)
    return pack.compress(text.data) + pack.flush()


def _calendar(name: str, text: _Written, dice: random.Random) -> bytes:
    at = dice.randint(1, len(name) - 1)
    return f"BEGIN:VCALENDAR\r\nSUMMARY:with {name[:at]}\r\n {name[at:]}\r\nEND\r\n".encode()


def _drawing(name: str, text: _Written, dice: random.Random) -> bytes:
    page = b64encode(f"<svg><text>{name}</text></svg>".encode())
    return b'<svg><image href="data:image/svg+xml;base64,' + page + b'"/></svg>'


def _numbers(name: str, text: _Written, dice: random.Random) -> bytes:
    return b"0000  " + name.encode().hex().encode() + b"\n"


FILES: Final[dict[str, Callable[[str, _Written, random.Random], bytes]]] = {
    "txt": _text,
    "csv": _text,
    "wide text": _wide,
    "rtf": _rich,
    "docx": _office,
    "docx with a picture": _office_picture,
    "pdf": _portable,
    "png": _picture,
    "gz": _gzip,
    "ics": _calendar,
    "svg": _drawing,
    "hex": _numbers,
}
