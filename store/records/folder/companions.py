"""What goes beside a record: who has handled its exhibits, and the anchors made of its docket."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from store.anchors import Kept
from store.errors import DocketError
from store.evidence.custody import Custody, Handling
from store.files import sync_folder, write_within
from store.records.dispute.custody import CUSTODY, custody_file, shown_custody, shown_exhibits
from store.records.dispute.material import Material
from store.records.folder.contents import ANCHORS, FileMark, mark
from store.records.folder.copying import look_through
from store.records.redaction.plan import Redaction
from store.workspace import Workspace


def note_export(
    workspace: Workspace, material: Material, name: str
) -> tuple[Material, dict[str, bytes]]:
    """Note the export of each exhibit into the folder `name`, and return the material with it.

    Before any file is made: a record without its own line would be untrue (RECORDS C3). The file
    that tells it comes with it; none for a facts sheet, which names nobody. Raises CustodyError
    where nothing can be noted, VerificationError where what was noted before is not whole.
    """
    shown = shown_exhibits(material.entries)
    if not shown:
        return material, {}
    kept = workspace.root / "exhibits"
    custody = Custody(workspace, material.client)
    custody.check_whole()
    custody.add(
        Handling("exported", sha256, where=name)
        for sha256 in material.exhibits
        if (kept / sha256).is_file()
    )
    header, lines = custody.chain
    if header is None or material.options.purpose == "public":
        return material, {}
    told = shown_custody(header, lines, shown)
    return replace(material, custody=told), {CUSTODY: custody_file(header, lines, shown)}


def note_recall(workspace: Workspace, material: Material, name: str) -> None:
    """Note that an export which was noted was not completed after all."""
    with suppress(DocketError):  # what kept it from being completed is what is to be told
        Custody(workspace, material.client).add(
            Handling("recalled", sha256, where=name) for sha256 in material.exhibits
        )


def copy_anchors(folder: Path, anchors: Sequence[Kept], redaction: Redaction) -> list[FileMark]:
    """Copy each anchor with what lies beside it: signature, query and answer.

    Raises RecordError where one holds what is withheld.
    """
    marks = []
    for kept in anchors:
        for path in (kept.path, kept.signature, kept.query, kept.answer):
            if path.is_file() and not path.is_symlink():
                name = f"{ANCHORS}/{path.name}"
                (folder / ANCHORS).mkdir(mode=0o700, exist_ok=True)
                data = kept.raw if path == kept.path else path.read_bytes()
                look_through(redaction, name, data)
                write_within(folder / name, data)
                marks.append(mark(name, data))
    if marks:
        sync_folder(folder / ANCHORS)
    return marks
