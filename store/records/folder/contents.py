"""What a record folder holds, byte for byte: the same code writes it and checks it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from store.docket.exhibits import exhibit_label
from store.journal import Header, Line, disclose, disclose_leaf, disclosed_rows
from store.records.dispute.document import LAYOUT, in_pieces, write
from store.records.dispute.material import Labelled, Material, NotShown, NotShownWhy
from store.records.folder.guide import guide
from store.records.folder.scripts import sums_script, verify_script
from store.records.mediator import BRIEF_FILE, mediator_brief
from store.records.platform.document import PACK_FILE, platform_pack
from store.stopping import piece_by_piece

RECORD_FORMAT = 2
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
CHAIN = "chain.jsonl"
SUMS = "SHA256SUMS"
ANCHORS = "anchors"

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, order=True)
class FileMark:
    """A file of the folder: its path in it, its SHA-256 and its size in bytes."""

    path: str
    sha256: str
    size: int


def mark_file(
    folder: Path, name: str, each: Callable[[bytes], object] = lambda piece: None
) -> FileMark:
    """Return the mark of a file that is there, read once in pieces; `each` is given every piece."""
    digest, size = hashlib.sha256(), 0
    with (folder / name).open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            each(piece)
    return FileMark(name, digest.hexdigest(), size)


def base_name(material: Material) -> str:
    """Return `YYYY-MM-DD_<client>_dispute-record_<for>`, of a facts sheet `..._facts-sheet`."""
    options = material.options
    what = "facts-sheet" if options.purpose == "public" else f"dispute-record_{options.purpose}"
    return f"{material.today}_{material.client}_{'extract_' if options.kinds else ''}{what}"


def exhibit_path(one: Labelled) -> str:
    """Return where an exhibit stands."""
    return f"exhibits/{one.file}"


def texts(material: Material, document: str) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield every file that follows from the material alone, with its bytes piece by piece."""
    if material.options.html:
        from store.records.html import html_page  # the parser takes long to load

        markdown = write(material).markdown
        yield document, [markdown.encode()]
        yield f"{document.removesuffix('.md')}.html", [html_page(markdown)]
    else:
        yield document, map(str.encode, in_pieces(material))
    if material.options.has_pack:
        yield PACK_FILE, [platform_pack(material).text.encode()]
    if material.options.has_brief:
        yield from _brief(material)
    yield "VERIFY.md", [guide(material, document)]
    yield "verify.py", [verify_script()]
    yield "check_sums.py", [sums_script()]


def _brief(material: Material) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the mediator's brief, and its page where there are pages."""
    markdown = mediator_brief(material).markdown
    yield BRIEF_FILE, [markdown.encode()]
    if material.options.html:
        from store.records.html import html_page

        yield BRIEF_FILE.replace(".md", ".html"), [html_page(markdown)]


def sums_file(marks: Iterable[FileMark], manifest: bytes, signature: bytes | None) -> bytes:
    """Return `SHA256SUMS`, as `sha256sum -c` reads it: the files listed, manifest and signature.

    The manifest cannot list it, as it lists the manifest: whoever has these can make it again.
    """
    sums = {one.path: one.sha256 for one in marks}
    sums[MANIFEST] = hashlib.sha256(manifest).hexdigest()
    if signature is not None:
        sums[SIGNATURE] = hashlib.sha256(signature).hexdigest()
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def chain_rows(header: Header, lines: Iterable[Line], material: Material) -> Iterator[bytes]:
    """Yield the journal disclosed: shown entries with their salts, of the others a leaf.

    Of a withheld field a shown entry has the digest alone.
    """
    withheld: dict[int, set[str]] = {}
    for one in material.withheld:
        withheld.setdefault(one.seq, set()).add(one.field)
    items = (
        disclose(line, withheld.get(line.seq, ())) if one.shown else disclose_leaf(line)
        for line, one in zip(piece_by_piece(lines), material.digests, strict=True)
    )
    return disclosed_rows(header, items)


def manifest_file(material: Material, document: str, marks: Iterable[FileMark]) -> bytes:
    """Return the manifest. Whoever has the other files can make it again, byte for byte."""
    files = sorted(marks)
    there = {file.path for file in files}
    head = material.digests[-1]
    content: dict[str, Any] = {
        "format": RECORD_FORMAT,
        "layout": LAYOUT,
        "client": material.client,
        "document": document,
        "made_at": material.now.isoformat(timespec="seconds"),
        "options": material.options.as_json(),
        "head": {"count": head.seq, "hash": head.hash},
        "left_out": material.left_out.as_json(),
        "redacted": list(material.redacted),
        "files": [{"path": f.path, "sha256": f.sha256, "size": f.size} for f in files],
        "exhibits": [
            {"label": one.label, "sha256": sha256} for sha256, one in material.exhibits.items()
        ],
        "exhibits_left_out": [
            {"label": exhibit_label(material.options.initials, one.number), "why": one.why}
            for one in material.not_shown
        ],
        "exhibits_not_here": [
            {"label": one.label, "sha256": one.exhibit.sha256}
            for one in material.exhibits.values()
            if exhibit_path(one) not in there
        ],
        **({"pages": dict(sorted(material.pages.items()))} if material.pages else {}),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def exhibits_stated(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a manifest states of the numbers of exhibits, as Material has it.

    Raises ValueError where a label has no number, or the reason to leave one out is none.
    """

    def number(stated: Mapping[str, Any]) -> int:
        return int(stated["label"].rpartition("-")[2])

    left = manifest["exhibits_left_out"]
    if any(one["why"] not in get_args(NotShownWhy) for one in left):
        raise ValueError("there is no such reason to leave an exhibit out")
    return {
        "numbers": {one["sha256"]: number(one) for one in manifest["exhibits"]},
        "not_shown": tuple(NotShown(number(one), one["why"]) for one in left),
    }
