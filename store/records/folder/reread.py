"""Reading a record folder back into the material it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from store.anchors import Anchor
from store.errors import UsageError
from store.journal import Line
from store.records.dispute.custody import ShownCustody
from store.records.dispute.document import places
from store.records.dispute.material import Digest, Material
from store.records.folder.contents import FileMark
from store.records.options import LeftOut, RecordOptions
from store.records.redaction.plan import PRIVATE_FIELDS, REDACTABLE, Withheld, read_shown

_MAY_WITHHOLD = PRIVATE_FIELDS | REDACTABLE

UNFIT: Final = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
    UsageError,
)
"""What reading and writing a record again may raise where its parts were made up."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as it was found: its values, the files it lists by path, and the document."""

    values: Mapping[str, Any]
    files: Mapping[str, FileMark]
    document: str


def read_manifest(raw: bytes) -> Manifest:
    """Return the manifest in these bytes; raises one of UNFIT where they are none."""
    values = json.loads(raw)
    files = [FileMark(str(f["path"]), str(f["sha256"]), f["size"]) for f in values["files"]]
    if any(type(file.size) is not int for file in files):
        raise TypeError("a size is no number of bytes")
    return Manifest(values, {file.path: file for file in files}, str(values["document"]))


def reread(
    manifest: Mapping[str, Any], data: bytes, anchors: Sequence[Anchor], custody: ShownCustody
) -> Material:
    """Return the material that a chain known to be whole and the other files give.

    Raises one of UNFIT where they do not fit.
    """
    items = [json.loads(row) for row in data.split(b"\n")[1:-1]]
    shown = [item for item in items if "fields" in item]
    if not items or any(item["withheld"].keys() - _MAY_WITHHOLD for item in shown):
        raise ValueError("no entry is there, or one withholds more than a record may")
    options = RecordOptions.from_json(manifest["options"])
    withheld = {
        item["seq"]: tuple(
            Withheld(item["seq"], name, digest) for name, digest in sorted(item["withheld"].items())
        )
        for item in shown
    }
    lines = [Line(item["seq"], item["fields"], "", "", item["hash"]) for item in shown]
    material = Material(
        client=manifest["client"],
        entries=tuple(read_shown(line, withheld[line.seq], options) for line in lines),
        digests=tuple(Digest(item["seq"], item["hash"], "fields" in item) for item in items),
        left_out=LeftOut(**manifest["left_out"]),
        options=options,
        now=datetime.fromisoformat(manifest["made_at"]),
        places=places(options),
        withheld=tuple(one for line in lines for one in withheld[line.seq]),
        redacted=tuple(manifest["redacted"]),
        anchors=tuple(anchors),
        custody=custody,
    )
    hidden = {item["seq"] for item in items if "fields" not in item}
    if (
        material.now.tzinfo is None
        or material.left_out.total != len(hidden)
        or len(material.redacted) != material.left_out.redacted
        or not hidden.issuperset(material.redacted)
    ):
        raise ValueError("the manifest does not fit the chain")
    return material
