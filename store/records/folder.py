"""What a record folder holds, byte for byte: the same code writes it and checks it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from store.journal import Header, Line, disclose, disclose_leaf, dump_disclosed
from store.records.dispute import LAYOUT
from store.records.material import PRIVATE_FIELDS, Labelled, Material

FORMAT = 1
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
CHAIN = "chain.jsonl"
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True, order=True)
class FileMark:
    """A file of the folder: its path in it, its SHA-256 and its size in bytes."""

    path: str
    sha256: str
    size: int


def mark(path: str, data: bytes) -> FileMark:
    """Return the mark of a file with this content."""
    return FileMark(path, hashlib.sha256(data).hexdigest(), len(data))


def base_name(material: Material) -> str:
    """Return `YYYY-MM-DD_<client>_dispute-record_<for>`."""
    return f"{material.today}_{material.client}_dispute-record_{material.options.purpose}"


def exhibit_path(one: Labelled) -> str:
    """Return where an exhibit stands: its label, and a plain suffix of its name if it has one."""
    suffix = _SUFFIX.search(one.exhibit.name)
    return f"exhibits/{one.label}{suffix[0].lower() if suffix else ''}"


def chain_file(header: Header, lines: Sequence[Line], material: Material) -> bytes:
    """Return the journal disclosed: shown entries with their salts, of the others a leaf.

    Of PRIVATE_FIELDS a shown entry has the digests alone.
    """
    shown = {digest.seq for digest in material.digests if digest.shown}
    items = [
        disclose(line, PRIVATE_FIELDS) if line.seq in shown else disclose_leaf(line)
        for line in lines
    ]
    return dump_disclosed(header, items)


def manifest_file(material: Material, document: str, marks: Iterable[FileMark]) -> bytes:
    """Return the manifest. Whoever has the other files can make it again, byte for byte."""
    files = sorted(marks)
    there = {file.path for file in files}
    head = material.digests[-1]
    left = material.left_out
    content: dict[str, Any] = {
        "format": FORMAT,
        "layout": LAYOUT,
        "client": material.client,
        "document": document,
        "made_at": material.now.isoformat(timespec="seconds"),
        "options": material.options.as_json(),
        "head": {"count": head.seq, "hash": head.hash},
        "left_out": {
            "internal": left.internal,
            "settlement": left.settlement,
            "outside": left.outside,
        },
        "files": [{"path": f.path, "sha256": f.sha256, "size": f.size} for f in files],
        "exhibits_not_here": [
            {"label": one.label, "sha256": one.exhibit.sha256}
            for one in material.exhibits.values()
            if exhibit_path(one) not in there
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
