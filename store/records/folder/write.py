"""Writing a record folder: document, chain, exhibits, manifest and the way to check them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Final, NamedTuple

from store.anchors import KeptAnchor, Shelf, hold, key_of, marks_of, sign
from store.docket import Docket, read_entry
from store.errors import DocketError, VerificationError
from store.evidence.at_hand import bring_exhibits
from store.evidence.custody import Custody, Handling
from store.files import (
    create,
    make_folder,
    making_folder,
    sync_file,
    sync_folder,
    uninterrupted,
    write_within,
)
from store.journal import Line, verify_file
from store.journal.lines import KeptLines, Lines
from store.records.dispute.custody import CUSTODY_FILE, custody_file, shown_custody, shown_exhibits
from store.records.dispute.document import numbering
from store.records.dispute.material import Material, gather
from store.records.folder.consistency import anchored_before, misfits
from store.records.folder.contents import (
    ANCHORS,
    CHAIN,
    MANIFEST,
    SIGNATURE,
    SUMS,
    FileMark,
    base_name,
    chain_rows,
    exhibit_path,
    manifest_file,
    mark_file,
    sums_file,
    texts,
)
from store.records.folder.exhibits import Unsure, despite, look_through_exhibits
from store.records.folder.guide import RECORD_NAMESPACE
from store.records.options import RecordError, RecordOptions
from store.records.platform.pages import pages_in
from store.records.redaction.plan import Redaction, plan
from store.stopping import piece_by_piece, piece_done
from store.workspace import Workspace
from store.workspace.exports import noted, refuse_inside

_MOST_IN_A_DAY: Final = 100
_STRETCH: Final = 1 << 20
_OVERLAP: Final = 1 << 14
"""Bytes that are looked at again with what follows: no text to withhold is so long, as escaped."""

Copying = Callable[[int], Callable[[int], object]]
"""Begins to watch a copy of so many bytes, and is then told how many more are done."""


@dataclass(frozen=True, slots=True)
class Signing:
    """That the manifest is to be signed: with this key, or with the first usual one."""

    key: Path | None = None


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """Where a record was written: its folder, its document, and every file in it.

    `unsearched` are the exhibits that went out although not all of them could be read for what was
    withheld; `misdated` the anchors that stayed behind, as they are said to be older than what they
    cover; `signed` is the key of the signature, if there is one.
    """

    folder: Path
    document: Path
    files: tuple[Path, ...]
    material: Material
    characters: int = 0
    unsearched: tuple[Unsure, ...] = ()
    misdated: tuple[KeptAnchor, ...] = ()
    signed: str = ""

    @property
    def stayed_behind(self) -> str:
        """Which anchors are not in it, and why, in a sentence; nothing where all are."""
        moments = ", ".join(kept.anchor.at for kept in self.misdated if kept.anchor)
        return moments and f"Not in it, as the clock was wrong when it was made: anchor {moments}."


@dataclass(frozen=True, slots=True)
class _Work:
    """All that is known before the first byte is written."""

    workspace: Workspace
    material: Material
    chain: Callable[[], Iterator[bytes]]
    kept: Path
    anchors: tuple[KeptAnchor, ...]
    misdated: tuple[KeptAnchor, ...]
    redaction: Redaction
    unsearched: tuple[Unsure, ...]
    signing: Signing | None
    copying: Copying


def unwatched(total: int) -> Callable[[int], object]:
    """Return what takes no note of a copy of so many bytes."""
    return lambda count: None


def write_record(
    workspace: Workspace,
    client: str,
    options: RecordOptions,
    folder: Path,
    *,
    signing: Signing | None = None,
    copying: Copying = unwatched,
) -> WrittenRecord:
    """Write the dispute record of `client` into a new folder under `folder`, mode 0700.

    Nothing is ever overwritten: a second record of the day gets `-2`. The folder appears whole
    or not at all. `copying` is told how many bytes of exhibits there are to copy, and what it
    returns is told of each piece that was.
    Raises RecordError if it cannot be written, if an exhibit is not the file that was kept, or if
    something to be withheld would get out, or may; UsageError if `folder` is in the workspace;
    VerificationError if the docket is not whole.
    """
    refuse_inside(workspace.root, folder)
    whole = _read_whole(workspace, client)
    material = _gathered(whole, workspace, client, _naming_key(options, signing))
    redaction, kept = _redaction(whole.lines, options), workspace.root / "exhibits"
    unsearched = look_through_exhibits(material, kept, redaction.needles)
    material = despite(material, unsearched)
    work = _Work(
        workspace=workspace,
        material=material,
        chain=partial(chain_rows, workspace.file(client).header, whole.lines, material),
        kept=kept,
        anchors=tuple(kept for kept in whole.anchors if kept.anchor in material.anchors),
        misdated=tuple(kept for kept in whole.anchors if kept.anchor not in material.anchors),
        redaction=redaction,
        unsearched=unsearched,
        signing=signing,
        copying=copying,
    )
    return _write_folder(work, folder)


def _naming_key(options: RecordOptions, signing: Signing | None) -> RecordOptions:
    """Return the options with the key that will sign, so that the paper names it."""
    return replace(options, signed=key_of(signing.key) if signing else "")


class _Whole:
    """The entries of a docket as they were found whole, by where they stand, and its anchors."""

    def __init__(self, anchors: tuple[KeptAnchor, ...], path: Path) -> None:
        self.anchors = anchors
        self._kept = KeptLines.of(path)

    def take(self, line: Line, raw: bytes, start: int) -> None:
        """Take in the next entry."""
        piece_done()
        self._kept.add(raw, line.seq, start)

    @cached_property
    def lines(self) -> Lines:
        """The entries, once all of them were taken in."""
        return Lines(kept=self._kept)


def _read_whole(workspace: Workspace, client: str) -> _Whole:
    """Return the docket of `client`, read to its end.

    Raises VerificationError for one that is not what was written or anchored: its record would
    pass for whole. An anchor that cannot be read is no word against the docket.
    """
    bring_exhibits(workspace, [client])
    kept = tuple(one for one in Shelf(workspace.root).of(client) if one.anchor)
    path = workspace.path(client)
    whole = _Whole(kept, path)
    anchors = [one.anchor for one in kept if one.anchor]
    report = verify_file(path, marks=marks_of(anchors), each=whole.take)
    found = report.first.what if report.first else ""
    for anchor in anchors:
        held = hold(anchor, report)
        if held.ok is False:
            found = found or f"anchor of {anchor.at}: {held.said}"
    if not found:
        return whole
    raise VerificationError(
        f"No record of {client} was written, as the docket is not whole",
        found,
        f"Run `docket verify {client}` and compare it with a backup",
    )


def _gathered(whole: _Whole, workspace: Workspace, client: str, options: RecordOptions) -> Material:
    """Return what the record is made from; RecordError where its check would fail."""
    now = workspace.clock()
    now -= timedelta(microseconds=now.microsecond)  # the manifest says it to the second
    entries = [read_entry(line, whole.lines) for line in piece_by_piece(whole.lines)]
    docket = Docket.of(client, entries, now.date())
    material = gather(docket, whole.lines, options, now, numbering(options))
    known = (kept.anchor for kept in whole.anchors if kept.anchor)
    anchors = tuple(anchor for anchor in known if not anchored_before(anchor, entries))
    there = workspace.root / "exhibits"
    pages = pages_in(material, lambda one: there / one.exhibit.sha256)
    material = material.but(anchors=anchors, pages=pages)
    if wrong := misfits(material):
        raise RecordError(
            f"No record of {client} was written, as its check would fail",
            wrong[0],
            "Check this computer's clock; if it ran ahead, log a note, then try again",
        )
    return material


def _redaction(lines: Sequence[Line], options: RecordOptions) -> Redaction:
    return plan(lines, options) if options.redact else Redaction()


def _write_folder(work: _Work, folder: Path) -> WrittenRecord:
    try:
        final = _free(folder, base_name(work.material))
        with noted(work.workspace.root, final, work.material.client), making_folder(final) as made:
            material, custody = _note_export(work.workspace, work.material, final.name)
            work = replace(work, material=material)
            placed = False
            try:
                written = _fill(made, f"{final.name}.md", work, custody)
                piece_done(0)  # the last chance to stop it
                with uninterrupted():
                    made.rename(final)  # refused where another session was quicker
                    placed = True
            except BaseException:
                if material.exhibits and not placed:
                    _note_recall(work.workspace, material, final.name)
                raise
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        sync_folder(folder)
    except OSError as error:
        raise RecordError(
            f"The record is in {final}, but a power cut may still undo that",
            error.strerror or str(error),
            "Check it with `docket verify`, or write it to another disk",
        ) from error
    files = tuple(final / path.relative_to(made) for path in written.files)
    return replace(written, folder=final, document=final / written.document.name, files=files)


def _free(folder: Path, name: str) -> Path:
    """Return the first of `name`, `name-2`, `name-3` that is not taken."""
    make_folder(folder)
    for number in range(1, _MOST_IN_A_DAY):
        final = folder / (name if number == 1 else f"{name}-{number}")
        if not os.path.lexists(final):
            return final
    raise RecordError(f"{folder} holds {name} too often already", "", "Choose another folder")


def _fill(folder: Path, document: str, work: _Work, custody: Mapping[str, bytes]) -> WrittenRecord:
    """Write every file, the manifest last; return them as they lie in `folder`."""
    total = sum(one.exhibit.size for one in work.material.exhibits.values())
    synced: list[Future[None]] = []
    with ThreadPoolExecutor(4) as disk:  # which writes while the texts are made, several at once
        marks = copy_exhibits(
            folder,
            work.material,
            work.kept,
            work.copying(total),
            lambda path: synced.append(disk.submit(sync_file, path)),
        )
        files = (
            *texts(work.material, document),
            (CHAIN, work.chain()),
            *((name, [data]) for name, data in custody.items()),
        )
        written = {name: _write(folder, name, told, work.redaction) for name, told in files}
    for one in synced:
        one.result()
    marks += [one.mark for one in written.values()]
    marks += _copy_anchors(folder, work.anchors, work.redaction)
    manifest = manifest_file(work.material, document, marks)
    _write(folder, MANIFEST, [manifest], work.redaction)
    names = [*sorted(one.path for one in marks), MANIFEST, SUMS]
    signature, signed = _sign(folder, manifest, work) if work.signing else (None, "")
    names += [SIGNATURE] if signed else []
    write_within(folder / SUMS, sums_file(marks, manifest, signature))
    sync_folder(folder)
    return WrittenRecord(
        folder,
        folder / document,
        tuple(folder / name for name in names),
        work.material,
        written[document].characters,
        work.unsearched,
        work.misdated,
        signed,
    )


def _sign(folder: Path, manifest: bytes, work: _Work) -> tuple[bytes, str]:
    """Sign the manifest, beside it; return the signature and the fingerprint of the key.

    Raises RecordError where that is not the key that the record names.
    """
    key = work.signing.key if work.signing else None
    found, signed = sign(manifest, key, namespace=RECORD_NAMESPACE, what="manifest")
    if signed != work.material.options.signed:
        raise RecordError(
            "No record was written: it was signed with another key than it names",
            f"it names {work.material.options.signed}, and was signed with {signed}",
            "Name the key with --sign KEY",
        )
    write_within(folder / SIGNATURE, found)
    return found, signed


def _note_export(
    workspace: Workspace, material: Material, name: str
) -> tuple[Material, dict[str, bytes]]:
    """Note the export of each exhibit into the folder `name`, and return the material with it.

    Before any file is made: a record without its own line would be untrue. The file
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
    return material.but(custody=told), {CUSTODY_FILE: custody_file(header, lines, shown)}


def _note_recall(workspace: Workspace, material: Material, name: str) -> None:
    """Note that an export which was noted was not completed after all."""
    with suppress(DocketError):  # what kept it from being completed is what is to be told
        Custody(workspace, material.client).add(
            Handling("recalled", sha256, where=name) for sha256 in material.exhibits
        )


def _copy_anchors(
    folder: Path, anchors: Sequence[KeptAnchor], redaction: Redaction
) -> list[FileMark]:
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
                marks.append(_write(folder, name, [data], redaction).mark)
    if marks:
        sync_folder(folder / ANCHORS)
    return marks


def _not_written(folder: Path, error: OSError) -> RecordError:
    return RecordError(
        f"No record was written to {folder}",
        error.strerror or str(error),
        "Free space, or choose another folder",
    )


def copy_exhibits(
    folder: Path,
    material: Material,
    kept: Path,
    on_bytes: Callable[[int], object],
    sync: Callable[[Path], object],
) -> list[FileMark]:
    """Copy the exhibits that `kept` still has, hashed on the way; return their marks.

    `sync` is given each copy to make it durable, which may be done later. Raises RecordError
    where one is not the file that was kept.
    """
    marks: list[FileMark] = []
    for sha256, one in material.exhibits.items():
        source = kept / sha256
        if not source.is_file():
            continue
        copied = _copy(source, folder / exhibit_path(one), on_bytes)
        sync(folder / exhibit_path(one))
        if copied.sha256 != sha256:
            raise RecordError(
                f"No record was written: exhibit {one.label} is not the file that was kept",
                f"{source} has another SHA-256 than entry {one.entry.seq} states",
                "Put the original back from a backup",
            )
        marks.append(copied)
    if marks:
        sync_folder(folder / "exhibits")
    return marks


class _File(NamedTuple):
    """A file that was written, and how many characters it has."""

    mark: FileMark
    characters: int


def _write(folder: Path, name: str, told: Iterable[bytes], redaction: Redaction) -> _File:
    """Write a text of the folder as it is told, whole lines at a time, and make it durable.

    Raises RecordError where it still holds what is withheld.
    """
    digest, size, characters = hashlib.sha256(), 0, 0
    with os.fdopen(create(folder / name), "wb") as file:
        for piece in looked_through(redaction, name, told):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
            characters += len(piece.decode(errors="replace"))
        file.flush()
        os.fsync(file.fileno())
    return _File(FileMark(name, digest.hexdigest(), size), characters)


def looked_through(redaction: Redaction, name: str, told: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a file; RecordError where what is withheld stands in it, or its name."""
    if not redaction.needles:
        yield from told
        return
    _refuse(redaction, name, name.encode())
    data = bytearray()  # which grows in place: pieces are as short as a row
    left = _STRETCH
    for piece in told:
        data += piece
        left -= len(piece)
        if left < 0:
            _refuse(redaction, name, bytes(data))
            left = _STRETCH
            del data[:-_OVERLAP]
        yield piece
    _refuse(redaction, name, bytes(data))


def _refuse(redaction: Redaction, name: str, data: bytes) -> None:
    for needle in redaction.needles:
        if needle.in_file(data):
            raise RecordError(
                f"No record was written: {name} would still hold {needle.typed!r}",
                "it stands where nothing can be withheld",
                "Choose another text to withhold, or withhold whole entries such as '#12'",
            )


def _copy(source: Path, target: Path, on_bytes: Callable[[int], object]) -> FileMark:
    target.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(create(target), "wb") as new:

        def each(piece: bytes) -> None:
            new.write(piece)
            on_bytes(len(piece))

        read = mark_file(source.parent, source.name, each)
    return FileMark(f"{target.parent.name}/{target.name}", read.sha256, read.size)
