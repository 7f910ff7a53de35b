"""Journals whole or disclosed, read and verified as FORMAT.md says."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any


class BrokenError(Exception):
    """A journal does not verify; the text says where."""


@dataclass(frozen=True)
class Line:
    """One entry as its line has it; `withheld` is what a disclosed journal hides of it."""

    seq: int
    fields: dict[str, Any]
    hash: str
    seed: str = ""
    whole: bool = True
    withheld: frozenset[str] = frozenset()

    def digest(self, name: str) -> str:
        """Return the salted digest of a field, from the seed (section 5)."""
        salt = hmac.new(bytes.fromhex(self.seed), name.encode(), "sha256").hexdigest()
        return field_digest(salt, name, self.fields[name])


@dataclass(frozen=True)
class Journal:
    """A verified journal."""

    name: str
    genesis: str
    lines: list[Line]

    def head(self, count: int | None = None) -> str:
        """Return the hash of the entry of this number, or of the last."""
        number = len(self.lines) if count is None else count
        return self.lines[number - 1].hash if number else self.genesis


def canon(value: object) -> bytes:
    """Return canonical JSON (section 2)."""
    spelled = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return spelled.encode("utf-8")


def sha(data: bytes) -> str:
    """Return the SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def field_digest(salt: str, name: str, value: object) -> str:
    """Return the digest of one field (section 5)."""
    return sha(b"docket-journal/1 field\0" + canon([salt, name, value]))


def read_journal(data: bytes, name: str) -> Journal:
    """Return a journal that verifies by section 6, or raise BrokenError."""
    rows = _rows(data)
    genesis = _genesis(rows[0], name)
    prev, lines = genesis, []
    for number, row in enumerate(rows[1:], 1):
        _expect(set(row) == {"fields", "hash", "prev", "seed", "seq"}, f"{name}: keys of {number}")
        line = Line(row["seq"], row["fields"], row["hash"], row["seed"])
        digests = {field: line.digest(field) for field in line.fields}
        prev = _chained(name, number, row, prev, _leaf(digests, number))
        lines.append(line)
    return Journal(name, genesis, lines)


def read_disclosed(data: bytes, name: str) -> Journal:
    """Return a disclosed journal that verifies by section 7, or raise BrokenError."""
    rows = _rows(data)
    genesis = _genesis(rows[0], name)
    prev, lines = genesis, []
    for number, row in enumerate(rows[1:], 1):
        shown = set(row) == {"fields", "hash", "salts", "seq", "withheld"}
        _expect(shown or set(row) == {"hash", "leaf", "seq"}, f"{name}: keys of {number}")
        leaf = _leaf(_shown_digests(row, name), number) if shown else row["leaf"]
        prev = _chained(name, number, {"prev": prev, **row}, prev, leaf)
        hidden = frozenset(row.get("withheld", ()))
        lines.append(Line(number, row.get("fields", {}), prev, "", shown, hidden))
    return Journal(name, genesis, lines)


def _shown_digests(row: dict[str, Any], name: str) -> dict[str, str]:
    fields, salts, hidden = row["fields"], row["salts"], row["withheld"]
    _expect(set(fields) == set(salts), f"{name}: salts of {row['seq']}")
    _expect(not set(fields) & set(hidden), f"{name}: withheld and shown in {row['seq']}")
    return {**hidden, **{one: field_digest(salts[one], one, fields[one]) for one in fields}}


def _rows(data: bytes) -> list[dict[str, Any]]:
    _expect(data.endswith(b"\n"), "a torn end")
    rows: list[dict[str, Any]] = []
    for text in data[:-1].split(b"\n"):
        row = json.loads(text)
        _expect(canon(row) == text, f"line {len(rows) + 1} is not canonical")
        rows.append(row)
    return rows


def _genesis(header: dict[str, Any], name: str) -> str:
    _expect(set(header) == {"created", "docket", "format", "nonce"}, f"{name}: header")
    _expect(header["docket"] == name and header["format"] == 1, f"{name}: header is another's")
    return sha(b"docket-journal/1 header\0" + canon(header))


def _leaf(digests: dict[str, str], number: int) -> str:
    return sha(b"\0" + canon({"digests": digests, "seq": number}))


def _chained(name: str, number: int, row: dict[str, Any], prev: str, leaf: str) -> str:
    made = sha(b"\1" + bytes.fromhex(prev) + bytes.fromhex(leaf))
    _expect(row["seq"] == number, f"{name}: entry {number} has number {row['seq']}")
    _expect(row["prev"] == prev and row["hash"] == made, f"{name}: hash of entry {number}")
    return made


def _expect(held: bool, what: str) -> None:
    if not held:
        raise BrokenError(what)
