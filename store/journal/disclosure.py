"""Showing a chain in part: fields or whole entries withheld, and still the same head hash."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from .canonical import canonical, parse, spelled
from .chain import (
    FORMAT,
    Header,
    Line,
    digests,
    dump_header,
    field_digest,
    genesis,
    is_hash,
    is_seq,
    leaf,
    link,
    read_header,
    salts,
)
from .errors import NotCanonicalError
from .walk import Report, Walk

_SHOWN = {"fields", "hash", "salts", "seq", "withheld"}
_LEAF = {"hash", "leaf", "seq"}


def disclose(line: Line, withhold: Collection[str] = ()) -> dict[str, Any]:
    """Return an entry to hand over: its fields with their salts, but of `withhold` only digests.

    The names of withheld fields stay visible. The seed is never handed over: it would give
    away every salt. Names in `withhold` that the entry does not have are ignored.
    """
    known = salts(line.seed, line.fields)
    kept_back = {name: value for name, value in line.fields.items() if name in withhold}
    shown = {name: value for name, value in line.fields.items() if name not in withhold}
    return {
        "fields": shown,
        "hash": line.hash,
        "salts": {name: known[name] for name in shown},
        "seq": line.seq,
        "withheld": {name: field_digest(known[name], name, v) for name, v in kept_back.items()},
    }


def disclose_leaf(line: Line) -> dict[str, Any]:
    """Return an entry withheld whole: only its number, its leaf and its hash."""
    leaf_hash = leaf(line.seq, digests(line.seed, line.fields))
    return {"hash": line.hash, "leaf": leaf_hash, "seq": line.seq}


def disclosed_rows(header: Header, items: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield, row by row, the JSON Lines file that FORMAT.md calls a disclosed journal.

    Items are those of `disclose` and `disclose_leaf`, and so have a canonical form.
    """
    yield dump_header(header) + b"\n"
    for item in items:
        yield spelled(dict(item)) + b"\n"


def dump_disclosed(header: Header, items: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the bytes of a disclosed journal; see `disclosed_rows`."""
    return b"".join(disclosed_rows(header, items))


def check_disclosed(header: Header, items: Iterable[object], marks: Collection[int] = ()) -> Report:
    """Check items as `disclose` and `disclose_leaf` make them, of every entry from 1 on.

    Items may come from anywhere: one that is malformed is a finding, never an error. Line
    numbers count the header as line 1. `marks`: see `verify_file`.
    """
    walk = Walk(marks)
    try:
        walk.begin(genesis(header))
    except NotCanonicalError as error:
        walk.say(None, 1, f"the header is damaged: {error.why}")
    for line_no, item in enumerate(items, start=2):
        _check_item(walk, item, line_no)
    return walk.report(header.docket)


def verify_disclosed(data: bytes, marks: Collection[int] = ()) -> Report:
    """Check a disclosed journal, byte for byte, as `dump_disclosed` wrote it.

    `marks`: see `verify_file`.
    """
    first, *rows = data.split(b"\n")
    try:
        header = read_header(first)
        if header.format != FORMAT or dump_header(header) != first:
            raise NotCanonicalError("it is not spelled the way it was written")
    except NotCanonicalError as error:
        walk = Walk()
        walk.say(None, 1, f"the header is damaged: {error.why}")
        return walk.report("")
    # A last line without its newline is kept as a row, and found there.
    unfinished = rows.pop() if rows else b"x"
    items = [*map(_read_row, rows), *([None] if unfinished else [])]
    return check_disclosed(header, items, marks)


def _read_row(raw: bytes) -> object:
    try:
        value = parse(raw)
        return value if canonical(value) == raw else None
    except NotCanonicalError:
        return None


def _check_item(walk: Walk, item: object, line_no: int) -> None:
    found = _leaf_of(item)
    if found is None:
        walk.skip(line_no, "it is not what an entry handed over looks like")
        return
    seq, stated, leaf_hash = found
    if not walk.in_order(seq, line_no):
        return
    if walk.prevs is None:
        walk.advance(seq, stated)
        return
    computed = [link(prev, leaf_hash) for prev in sorted(walk.prevs)]
    if stated not in computed:
        what = f"entry {seq} was changed: what is shown of it and its hash do not belong together"
        walk.say(seq, line_no, what)
    walk.advance(seq, stated, *computed)


def _leaf_of(item: object) -> tuple[int, str, str] | None:
    """Return (number, stated hash, leaf) of an item, or None when it is malformed."""
    if (
        not isinstance(item, Mapping)
        or not is_seq(item.get("seq"))
        or not is_hash(item.get("hash"))
    ):
        return None
    if item.keys() == _LEAF and is_hash(item["leaf"]):
        return item["seq"], item["hash"], item["leaf"]
    if item.keys() != _SHOWN:
        return None
    fields, salts, withheld = item["fields"], item["salts"], item["withheld"]
    maps = all(isinstance(part, Mapping) for part in (fields, salts, withheld))
    if not maps or fields.keys() != salts.keys() or fields.keys() & withheld.keys():
        return None
    if not all(map(is_hash, [*salts.values(), *withheld.values()])):
        return None
    try:
        shown = {name: field_digest(salts[name], name, fields[name]) for name in fields}
        return item["seq"], item["hash"], leaf(item["seq"], {**shown, **withheld})
    except NotCanonicalError:
        return None
