"""An export beside the least it could cost: its exhibits copied and hashed once, durably."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from store.evidence.exhibits import Exhibits
from store.records import RecordOptions, write_record
from store.workspace import Workspace
from tests.benchmarks.figures import Claim, Figure, Section, interleaved
from tests.benchmarks.fixture import write_docket
from tests.benchmarks.processes import Docket

OPTIONS = RecordOptions("court", None, None, "Ann Berg")
_CHUNK = 1 << 20
_A_NOTE = 10  # exhibits


def with_exhibits(root: Path, entries: int, exhibits: int, size: int) -> Workspace:
    """Return a workspace whose docket acme has `entries` entries, `exhibits` files of `size` bytes.

    No two files are alike, and the last entries have them.
    """
    made = Workspace.create(root)
    notes = -(-exhibits // _A_NOTE)
    write_docket(made.path("acme"), entries - notes)
    keep = Exhibits(root / "exhibits")
    source = root.parent / "source.bin"
    drafts = []
    for note in range(notes):
        kept = []
        for number in range(note * _A_NOTE, min(exhibits, (note + 1) * _A_NOTE)):
            source.write_bytes(os.urandom(16) * (size // 16))
            kept.append(keep.keep(source).model_copy(update={"name": f"file {number}.bin"}))
        drafts.append(made.draft("acme", "note", f"Files, part {note}", exhibits=kept))
    made.append("acme", drafts)
    source.unlink()
    return made


def copy_all(kept: Path, to: Path) -> None:
    """Copy every file of `kept` into the new folder `to`, hashed on the way and made durable."""
    to.mkdir()
    for source in sorted(kept.iterdir()):
        digest = hashlib.sha256()
        with source.open("rb") as old, (to / source.name).open("xb") as new:
            while piece := old.read(_CHUNK):
                digest.update(piece)
                new.write(piece)
            new.flush()
            os.fsync(new.fileno())
        assert digest.hexdigest() == source.name


def _timed(
    act: Callable[[Path], object], out: Path, custody: Path | None = None
) -> Callable[[], float]:
    """Return what does it into the folder `out`, which is emptied after, and tells the ms.

    Each export adds to `custody`, so it is taken away too: every round is a first export.
    """

    def measure() -> float:
        begun = perf_counter()
        act(out)
        taken = (perf_counter() - begun) * 1000
        shutil.rmtree(out)
        if custody:
            custody.unlink()
        return taken

    return measure


def exporting(
    folder: Path, docket: Docket, entries: int, exhibits: int, size: int, rounds: int
) -> list[Section]:
    """Compare an export in wall time, for it is the disk's too; then its peak memory by size."""
    root = with_exhibits(folder / "export", entries, exhibits, size).root

    def export(out: Path) -> None:
        write_record(Workspace.open(root), "acme", OPTIONS, out)  # nothing is read before

    figures = interleaved(
        {
            "record": _timed(export, folder / "records", root / "clients" / "acme.custody"),
            "copy+hash": _timed(lambda out: copy_all(root / "exhibits", out), folder / "copies"),
        },
        rounds,
    )
    title = f"Export {entries:,} entries with {exhibits:,} exhibits of {size / 2**20:g} MiB (wall)"
    time = Section(title, figures, [Claim("record", "copy+hash", 3)])
    return [time, _memory(folder, docket, entries, size)]


def _memory(folder: Path, docket: Docket, entries: int, size: int) -> Section:
    """Compare the peak memory of exports that differ in the size of their exhibits alone."""
    small, large = "ten of 1 KiB", f"ten of {10 * size / 2**20:g} MiB"
    peaks: dict[str, Figure] = {}
    for name, each in ((small, 1024), (large, 10 * size)):
        root = with_exhibits(folder / f"export-{each}", entries, 10, each).root
        out = folder / "records"
        words = ("record", "acme", "--for", "court", "-o", str(out))
        peaks[name] = Figure((docket.command(root, *words).run().peak,), "MiB")
        shutil.rmtree(out)
        shutil.rmtree(root)
    title = f"Peak memory of an export of {entries:,} entries"
    return Section(title, peaks, [Claim(large, small, 1.1)])
