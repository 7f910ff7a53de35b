"""The hash chain: what is hashed over what, as pure functions (FORMAT.md says it in words)."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from .canonical import MAX_INT, canonical, parse, scan, spelled
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
    return hmac.digest(bytes.fromhex(seed), name.encode("ascii"), "sha256").hex()


def salts(seed: str, names: Iterable[str]) -> dict[str, str]:
    """Return the salt of every field by name."""
    key = bytes.fromhex(seed)
    return {name: hmac.digest(key, name.encode("ascii"), "sha256").hex() for name in names}


def field_digest(salt: str, name: str, value: object) -> str:
    """Return the salted digest of one field, 64 hex digits; the array keeps its parts apart."""
    return _sha(FIELD_TAG + canonical([salt, name, value]))


def digests(seed: str, fields: Mapping[str, object]) -> dict[str, str]:
    """Return the digest of every field of an entry by name.

    Whether a value has a canonical form is not judged here: the line says it, as a whole.
    """
    found = {}
    for name, salted in salts(seed, fields).items():
        # Part by part: a salt needs no escapes, and names are few and come again.
        parts = salted.encode(), _spelled(name), spelled(fields[name])
        found[name] = _sha(FIELD_TAG + b'["%b",%b,%b]' % parts)
    return found


def leaf(seq: int, digests: Mapping[str, str]) -> str:
    """Return what stands for a whole entry, 64 hex digits (prefix 00: RFC 6962)."""
    return _sha(b"\x00" + canonical({"digests": dict(digests), "seq": seq}))


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
        same = dump_line(line) == raw
        same = same and entry_hash(line.prev, line.seq, line.seed, line.fields) == line.hash
    except NotCanonicalError:
        return None
    return line if same else None


def is_seq(value: object) -> bool:
    """Tell whether `value` can be the number of an entry."""
    return type(value) is int and 0 < value <= MAX_INT


def is_hash(value: object) -> bool:
    """Tell whether `value` is 64 lower-case hex digits."""
    return isinstance(value, str) and _HEX64.fullmatch(value) is not None


@lru_cache(maxsize=256)
def _spelled(name: str) -> bytes:
    return canonical(name)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
