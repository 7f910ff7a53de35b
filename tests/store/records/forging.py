"""What a forger with Docket at hand does to a record: all is made to fit again but the chain."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from store.journal.canonical import canonical
from store.journal.chain import field_digest, leaf
from store.records import verify_record
from store.records.dispute.custody import ShownCustody, read_custody
from store.records.folder.contents import (
    MANIFEST,
    SIGNATURE,
    SUMS,
    FileMark,
    manifest_file,
    mark_file,
    texts,
)
from store.records.folder.verify import hold_anchors, reread
from tests.store.records.test_verify import fix_sums

Edit = Callable[[dict[str, Any]], object]


def rebuild(folder: Path, edit: Edit = lambda manifest: None, document: str = "") -> None:
    """Change the manifest with `edit`, then make every text in the folder again to fit it.

    What else lies there is listed. The document may get another name.
    """
    manifest = json.loads((folder / MANIFEST).read_bytes())
    edit(manifest)
    custody, named = ShownCustody(), folder / "custody.jsonl"
    if named.exists():
        custody = read_custody(named.read_bytes())
    anchors = hold_anchors(folder / "anchors", manifest["client"]).sound
    material = reread(manifest, (folder / "chain.jsonl").read_bytes(), anchors, custody)
    (folder / manifest["document"]).unlink()
    document = document or manifest["document"]
    for name, told in texts(material, document):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"".join(told))
    (folder / MANIFEST).write_bytes(manifest_file(material, document, listing(folder)))
    fix_sums(folder)


def found(folder: Path) -> str:
    """Return all that a check finds, a line each."""
    return "\n".join(verify_record(folder).findings)


def listing(folder: Path) -> list[FileMark]:
    """Return the marks of all that lies in the folder, manifest, signature and sums aside."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return [mark_file(folder, name) for name in names if name not in (MANIFEST, SIGNATURE, SUMS)]


def items(path: Path) -> tuple[bytes, dict[int, dict[str, Any]]]:
    """Return the header of a disclosed journal, and its items by number."""
    header, *rows = path.read_bytes().splitlines()
    return header, {seq: json.loads(row) for seq, row in enumerate(rows, start=1)}


def write_items(path: Path, header: bytes, rows: Mapping[int, dict[str, Any]]) -> None:
    """Write them back."""
    path.write_bytes(b"".join(row + b"\n" for row in (header, *map(canonical, rows.values()))))


def leaf_of(item: Mapping[str, Any]) -> str:
    """Return the leaf of a shown item."""
    shown = {name: field_digest(item["salts"][name], name, v) for name, v in item["fields"].items()}
    return leaf(item["seq"], {**shown, **item["withheld"]})


def hide(path: Path, *seqs: int) -> None:
    """Leave shown items out after all: the chain stays whole, as it shows their leaf."""
    header, rows = items(path)
    for seq in seqs:
        item = rows[seq]
        rows[seq] = {"hash": item["hash"], "leaf": leaf_of(item), "seq": seq}
    write_items(path, header, rows)
