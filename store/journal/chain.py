"""The hash chain: what is hashed over what, as pure functions (FORMAT.md says it in words)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, NamedTuple

from .canonical import MAX_INT, canonical, parse, scan, spelled, spelled_parts
from .errors import NotCanonicalError

FORMAT: Final = 1
HEADER_TAG: Final = b"docket-journal/1 header\0"
FIELD_TAG: Final = b"docket-journal/1 field\0"

NOT_YET: Final = 1 << 40
"""What the numbers of lines that wait in an outbox are counted from; no journal is so long."""

LIMITS: Final = (
    "These hashes are tamper-evident, not proof against their owner: whoever holds the file can "
    "cut entries off its end, or rebuild the whole chain, and the hashes alone will not show it. "
    "Only an anchor, the count and head hash kept by somebody else, shows that."
)

_SHORT: Final = 2_000
_of_few = hashlib.sha256
for _name in ("_sha256", "_sha2"):  # Python's own: a quarter of OpenSSL's time for a few bytes
    with suppress(ImportError, AttributeError):
        _of_few = import_module(_name).sha256
        break
_BLOCK: Final = 64
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
_HEX64: Final = re.compile(r"[0-9a-f]{64}")
_HEX32: Final = re.compile(r"[0-9a-f]{32}")


class Header(NamedTuple):
    """The first line: whose journal, since when (UTC), and a nonce that makes it unique."""

    docket: str
    created: str
    nonce: str
    format: int = FORMAT


class Line(NamedTuple):
    """One entry as it stands in the file; `fields` must not be changed by the reader."""

    seq: int
    fields: Mapping[str, Any]
    seed: str
    prev: str
    hash: str


_LINE: Final = b'{"fields":{%b},"hash":"%b","prev":"%b","seed":"%b","seq":%d}'
_SORTED: Final = tuple(sorted(Line._fields))


class Head(NamedTuple):
    """Where a chain stands: its number of entries and the hash of the last (or of the header)."""

    count: int  # type: ignore[assignment]  # a field, over tuple.count
    hash: str


def genesis(header: Header) -> str:
    """Return the `prev` of entry 1: 64 hex digits over the whole header."""
    return _sha(HEADER_TAG + dump_header(header))


def salt(seed: str, name: str) -> str:
    """Return the salt of one field, 64 hex digits; one salt tells nothing of another."""
    return salts(seed, (name,))[name]


def salts(seed: str, names: Iterable[str]) -> dict[str, str]:
    """Return the salt of every field by name: the HMAC of the name with the seed (RFC 2104).

    The key is shorter than a block; the module `hmac` takes four times as long, as OpenSSL does.
    """
    key = bytes.fromhex(seed).ljust(_BLOCK, b"\0")
    inner, outer = key.translate(_INNER), key.translate(_OUTER)
    return {
        name: _of_few(outer + _of_few(inner + name.encode("ascii")).digest()).hexdigest()
        for name in names
    }


def field_digest(salt: str, name: str, value: object) -> str:
    """Return the salted digest of one field, 64 hex digits; the array keeps its parts apart."""
    return _sha(FIELD_TAG + canonical([salt, name, value]))


def digests(seed: str, fields: Mapping[str, object]) -> dict[str, str]:
    """Return the digest of every field of an entry by name.

    Whether a value has a canonical form is not judged here: the line says it, as a whole.
    """
    return _digests(seed, {name: spelled(value) for name, value in fields.items()})


def _digests(seed: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return what `digests` does of fields as they are spelled.

    Part by part: a salt needs no escapes, and names are few and come again.
    """
    return {
        name: _sha(FIELD_TAG + b'["%b",%b,%b]' % (salted.encode(), _spelled(name), parts[name]))
        for name, salted in salts(seed, parts).items()
    }


def leaf(seq: int, digests: Mapping[str, str]) -> str:
    """Return what stands for a whole entry, 64 hex digits (prefix 00: RFC 6962)."""
    each = (b'%b:"%b"' % (_spelled(name), digests[name].encode()) for name in sorted(digests))
    return _sha(b'\x00{"digests":{%b},"seq":%d}' % (b",".join(each), seq))


def link(prev: str, leaf: str) -> str:
    """Return the hash of an entry, 64 hex digits (prefix 01: RFC 6962)."""
    return _sha(b"\x01" + bytes.fromhex(prev) + bytes.fromhex(leaf))


def entry_hash(prev: str, seq: int, seed: str, fields: Mapping[str, object]) -> str:
    """Return the hash an entry with this content has after `prev`."""
    return link(prev, leaf(seq, digests(seed, fields)))


def dump_header(header: Header) -> bytes:
    """Return line 1 without its newline."""
    return canonical(header._asdict())


def dump_line(line: Line) -> bytes:
    """Return the line of an entry without its newline."""
    return canonical(line._asdict())


class Spelled(NamedTuple):
    """An entry as it is to stand in the file, put together of parts that are `spelled_parts`."""

    raw: bytes
    hash: str

    @classmethod
    def of(cls, prev: str, seq: int, seed: str, parts: Mapping[str, bytes]) -> Spelled:
        """Return the line of this entry after `prev`, without its newline, and its hash."""
        own = link(prev, leaf(seq, _digests(seed, parts)))
        told = b",".join(b"%b:%b" % (_spelled(name), parts[name]) for name in sorted(parts))
        ends = own.encode(), prev.encode(), seed.encode(), seq
        return cls(_LINE % (told, *ends), own)


def read_header(raw: bytes) -> Header:
    """Return the header spelled by `raw`; NotCanonicalError when it is none.

    A header of a later format keeps only its number, for the caller to refuse.
    """
    value = parse(raw)
    if isinstance(value, dict) and type(value.get("format")) is int and value["format"] > FORMAT:
        return Header("", "", "", value["format"])
    if not isinstance(value, dict) or value.keys() != set(Header._fields):
        raise NotCanonicalError("the header does not hold what a header holds")
    text = all(isinstance(value[key], str) for key in ("docket", "created", "nonce"))
    if not text or not _HEX32.fullmatch(value["nonce"]) or value["format"] is not FORMAT:
        raise NotCanonicalError("the header does not hold what a header holds")
    return Header(**value)


def read_line(raw: bytes) -> Line:
    """Return the entry spelled by `raw`; NotCanonicalError when its shape is wrong.

    Neither its spelling nor its hash is judged here; that is `verify`.
    """
    value = parse(raw)
    if not isinstance(value, dict) or value.keys() != set(Line._fields):
        raise NotCanonicalError("the line does not hold what an entry holds")
    line = Line(**value)
    if not (
        is_seq(line.seq)
        and isinstance(line.fields, dict)
        and isinstance(line.seed, str)
        and _HEX32.fullmatch(line.seed)
        and is_hash(line.prev)
        and is_hash(line.hash)
    ):
        raise NotCanonicalError("the line does not hold what an entry holds")
    return line


def read_next(raw: bytes, seq: int, prev: str) -> tuple[dict[str, Any], tuple[int, str]] | None:
    """Return fields, number and hash of the entry spelled by `raw` if it plainly follows another.

    `seq` and `prev` are number and hash of that other one. This is what `read_line` would return,
    for a fraction of its cost. None says nothing but that `read_line` must look at the line.
    """
    try:
        value, end = scan(text := raw.decode(), 0)
        fields, own, before, seed, number = value.values()
        if (
            end == len(text)
            and tuple(value) == _SORTED
            and before == prev
            and number == seq + 1
            and is_seq(number)
            and type(fields) is dict
            and _HEX64.fullmatch(own)
            and _HEX32.fullmatch(seed)
        ):
            return fields, (number, own)
    except (ValueError, TypeError, AttributeError, RecursionError):
        pass
    return None


def read_again(raw: bytes) -> Line:
    """Return what `read_line` does, of a line that it has read before."""
    value, _ = scan(raw.decode(), 0)
    if tuple(value) != _SORTED:
        return read_line(raw)
    fields, own, before, seed, number = value.values()
    return Line(number, fields, seed, before, own)


def whole_line(raw: bytes) -> Line | None:
    """Return the entry spelled by `raw` if it is what was once written, by its own hash."""
    try:
        line = read_line(raw)
        same = respelled(line) == (raw, line.hash)
    except NotCanonicalError:
        return None
    return line if same else None


def respelled(line: Line) -> Spelled:
    """Return how an entry that was read is spelled, and its hash; NotCanonicalError if it isn't."""
    return Spelled.of(line.prev, line.seq, line.seed, spelled_parts(line.fields))


def is_seq(value: object) -> bool:
    """Tell whether `value` can be the number of an entry."""
    return type(value) is int and 0 < value <= MAX_INT


def is_hash(value: object) -> bool:
    """Tell whether `value` is 64 lower-case hex digits."""
    return isinstance(value, str) and _HEX64.fullmatch(value) is not None


@lru_cache(maxsize=256)
def _spelled(name: str) -> bytes:
    if not name.isascii():
        raise NotCanonicalError(f"the name {name!r} is not plain ASCII text")
    return canonical(name)


def _sha(data: bytes) -> str:
    return (_of_few if len(data) < _SHORT else hashlib.sha256)(data).hexdigest()
