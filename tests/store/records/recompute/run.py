"""The command: reads what it is given, checks every document, prints what disagrees."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from store.recheck.journal import BrokenError, Journal, read_journal, sha

from .compare import Findings
from .markdown import read
from .records import Folder
from .reports import check_report
from .statements import check_statement

USAGE = "usage: python -I -S recompute JOURNAL EXHIBITS_DIR CUSTODY_JOURNAL DOCUMENT..."


def main(arguments: Sequence[str]) -> int:
    """Check the documents; 0 where all agree, 1 where not, 2 for wrong usage."""
    if len(arguments) < 4:
        print(USAGE, file=sys.stderr)
        return 2
    found = Findings()
    try:
        check([Path(one) for one in arguments], found)
    except (BrokenError, OSError) as error:
        found.wrong("what was given", str(error))
    for problem in found.problems:
        print(problem)
    if not found.problems:
        print(f"agrees: {found.figures} figures")
    return 1 if found.problems else 0


def check(paths: Sequence[Path], found: Findings) -> None:
    """Check every document against the journal."""
    journal = journal_at(paths[0])
    exhibits = files_in(paths[1])
    custody = journal_at(paths[2]) if paths[2].exists() else None
    for path in paths[3:]:
        if path.is_dir():
            Folder(path, journal, exhibits, custody).check(found)
        else:
            check_paper(path.name, path.read_text("utf-8"), journal, found)


def check_paper(name: str, text: str, journal: Journal, found: Findings) -> None:
    """Check a statement of account or a final report."""
    with found.reading(name):
        check = check_statement if "currency" in read(text).front else check_report
        check(name, text, journal, found)


def journal_at(path: Path) -> Journal:
    """Return the verified journal."""
    return read_journal(path.read_bytes(), path.stem)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file by its SHA-256, worked out anew."""
    found = [one.read_bytes() for one in sorted(folder.iterdir())] if folder.is_dir() else []
    return {sha(data): data for data in found}
