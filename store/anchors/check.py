"""Checking dockets with all there is: the chain, the anchors, and the last check made here."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from store.anchors.anchor import Anchor
from store.anchors.compare import hold, hold_checkpoint, marks_of
from store.anchors.shelf import KeptAnchor, Shelf, stamp_problem
from store.anchors.signature import check
from store.anchors.witness import contradictions, leave_word, seen_by_members
from store.errors import DocketError
from store.files import read_plain
from store.index.checkpoints import Checkpoints
from store.journal import Head, Report, verify_file
from store.workspace import Workspace

_PAGE = 4096
_LONGEST = 256 << 20  # bytes: of a longer docket nothing is guessed
_ZEROS = re.compile(rb"\0+")


@dataclass(frozen=True, slots=True)
class AnchorChecked:
    """One anchor held against its docket; `notes` say what its signature and time stamp are."""

    name: str
    anchor: Anchor | None
    findings: tuple[str, ...]
    said: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocketChecked:
    """What a check of one docket found.

    `findings` has everything that is wrong, in words, anchors included; `trusted` is how many
    entries were taken over from the last check, unread (0 in a whole check).
    """

    client: str
    findings: tuple[str, ...]
    count: int = 0
    head: str = ""
    genesis: str = ""
    trusted: int = 0
    anchors: tuple[AnchorChecked, ...] = ()
    hashes: Mapping[int, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check_workspace(workspace: Workspace, quick: bool = True) -> list[DocketChecked]:
    """Check every docket of a workspace against its chain, its anchors and the last check here.

    Safe in a thread beside the app: no journal or cache of `workspace` is touched, only its
    files are read, and `checked/` is written. A `quick` check reads what is new and trusts the
    rest (see Checkpoint), and leaves signatures to a whole one. A docket that cannot be read,
    or of which only anchors are left, is a finding.
    """
    clients = workspace.client_ids()
    found = [_checked(workspace, client, quick) for client in clients]
    return [*found, *_orphans(Shelf(workspace.root), clients)]


def damage(workspace: Workspace) -> str:
    """Return in one line what is wrong with the dockets, or an empty string; fit for a thread.

    Only what is new since the last check is read (`check_workspace`), so it costs little.
    """
    broken = [checked for checked in check_workspace(workspace, quick=True) if not checked.ok]
    if not broken:
        return ""
    first, more = broken[0], len(broken) - 1
    others = f", and {more} more docket{'s' if more > 1 else ''}" if more else ""
    return f"Docket {first.client}, {first.findings[0]}{others}. Run `docket verify` for all of it."


def check_client(workspace: Workspace, client: str, quick: bool = False) -> DocketChecked:
    """Check the docket of one client; one on a server also against what members have seen of it.

    Raises as `check_docket` does.
    """
    path, seen = workspace.path(client), [] if quick else seen_by_members(workspace, client)
    marks = {head.count for _, _, head in seen}
    checked = check_docket(path, root=workspace.root, quick=quick, marks=marks)
    also = tuple(contradictions(workspace, client, seen, checked.count, checked.hashes))
    if checked.ok and not also and not quick:
        leave_word(workspace, client, Head(checked.count, checked.head))
    return replace(checked, findings=(*checked.findings, *also))


def check_docket(
    path: Path, *, root: Path | None = None, quick: bool = False, marks: Collection[int] = ()
) -> DocketChecked:
    """Check the docket at `path`, which lies in the workspace `root` or in none.

    `marks` are the numbers of entries whose hashes are asked for. Raises JournalError if the
    file cannot be read, AnchorError if the anchors cannot.
    """
    if root is None:
        report = verify_file(path, marks={0, *marks})
        checked = hold_all(report, [], signatures=False)
        zeros = "" if report.ok else never_written(path)
        return replace(checked, findings=(*checked.findings, zeros)) if zeros else checked
    client, checkpoints = path.stem, Checkpoints(root)
    kept = Shelf(root).of(client)
    since = checkpoints.load(client)
    marks = {0, *marks, *marks_of([one.anchor for one in kept if one.anchor])}
    if since:
        marks.add(since.count)
    report = verify_file(path, since=since if quick else None, marks=marks)
    checked = hold_all(report, kept, signatures=not quick)
    if not report.ok and (zeros := never_written(path)):
        checked = replace(checked, findings=(*checked.findings, zeros))
    broken = hold_checkpoint(since, report) if since else ""
    if broken:
        remedy = f"if you put an older copy back yourself, delete {checkpoints.path(client)}"
        return replace(checked, findings=(*checked.findings, f"{broken} ({remedy})"))
    checkpoints.note(client, since, report)
    return checked


def hold_all(
    report: Report, noted: Sequence[KeptAnchor | Anchor], *, signatures: bool = True
) -> DocketChecked:
    """Hold a checked chain against anchors; the report must bring the hashes of `marks_of`.

    A bare Anchor is one from a mailed line; a Kept one may have a signature beside it.
    """
    findings = [f"line {finding.line_no}: {finding.what}" for finding in report.findings]
    if report.unlisted:
        findings.append(f"and {report.unlisted:,} more")
    anchors = tuple(_anchor(one, report, signatures) for one in noted)
    findings += [f"{one.name}: {what}" for one in anchors for what in one.findings]
    return DocketChecked(
        report.name,
        tuple(findings),
        report.count,
        report.head,
        report.hashes.get(0, ""),
        report.trusted,
        anchors,
        report.hashes,
    )


def _anchor(noted: KeptAnchor | Anchor, report: Report, signatures: bool) -> AnchorChecked:
    anchor = noted.anchor if isinstance(noted, KeptAnchor) else noted
    if anchor is None:
        assert isinstance(noted, KeptAnchor)
        return AnchorChecked(f"anchor {noted.path.name}", None, (noted.problem,))
    held = hold(anchor, report)
    findings, notes = _beside(noted, signatures) if isinstance(noted, KeptAnchor) else ([], [])
    if held.ok is False:
        findings = [held.said, *findings]
    said = "" if held.ok is False else held.said
    return AnchorChecked(f"anchor of {anchor.at}", anchor, tuple(findings), said, tuple(notes))


def _beside(kept: KeptAnchor, signatures: bool) -> tuple[list[str], list[str]]:
    """Return what is wrong with the files beside an anchor, and what is to be said of them."""
    findings, notes = [], []
    if signatures and os.path.lexists(kept.signature):
        signed = check(kept.raw, kept.signature)
        if signed.ok:
            notes.append(f"signed with {signed.said}")
        elif signed.ok is None:
            notes.append(f"signature not checked: {signed.said}")
        else:
            findings.append(f"its signature is no good: {signed.said}")
    problem = stamp_problem(kept)
    if problem:
        findings.append(f"its time stamp {kept.answer.name} is no good: {problem}")
    elif problem is not None:
        command = f"openssl ts -verify -data {kept.path.name} -in {kept.answer.name} -CAfile CA.pem"
        notes.append(f"{kept.answer.name} lies beside it, not checked here: `{command}`")
    return findings, notes


def never_written(path: Path) -> str:
    """Return what pages of zeros in a docket that is not whole may come from, or nothing.

    A file system that lost its power while an append was on its way leaves such pages, from one
    page's edge or the end of the last whole line to another edge; no change by hand does.
    """
    try:
        data = read_plain(path, _LONGEST)
    except OSError:
        return ""
    holes = [(one.start(), one.end()) for one in _ZEROS.finditer(data)]
    if not holes or not all(_torn(data, *hole) for hole in holes):
        return ""
    count = sum(end - start for start, end in holes)
    return (
        f"{count} bytes there are whole pages of zeros: a power cut leaves those in entries that "
        "were being written and that nobody was told are saved; a backup or an anchor tells "
        "whether one ever stood there"
    )


def _torn(data: bytes, start: int, end: int) -> bool:
    begins = start % _PAGE == 0 or data[start - 1 : start] == b"\n"
    return begins and (end % _PAGE == 0 or end == len(data))


def _checked(workspace: Workspace, client: str, quick: bool) -> DocketChecked:
    try:
        return check_client(workspace, client, quick)
    except DocketError as error:
        return DocketChecked(client, (str(error),))


def _orphans(shelf: Shelf, clients: Collection[str]) -> Iterator[DocketChecked]:
    try:
        gone = [client for client in shelf.clients() if client not in clients and shelf.of(client)]
    except DocketError as error:
        yield DocketChecked("anchors", (str(error),))
        return
    for client in gone:
        what = f"its docket is gone, and its anchors are left in anchors/{client}"
        yield DocketChecked(client, (f"{what} (if you erased it yourself, delete those too)",))
