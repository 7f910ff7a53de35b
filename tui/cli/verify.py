"""`docket verify`: whether a record, a docket or a whole workspace is what was once written."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.entries import Exhibit
from store.errors import DocketError, UsageError, VerificationError
from store.evidence.at_hand import bring_exhibits
from store.evidence.citations import Citation, read_cited
from store.evidence.custody import Act, Custody
from store.evidence.exhibits import CHANGED, MISSING, Exhibits
from store.files import typed_path
from store.journal import LIMITS, JournalMissingError, verify_file
from store.places import Places
from store.text import plural
from store.workspace.folder import root_of
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json
from tui.cli.progress import Progress
from tui.words.record import part_words

if TYPE_CHECKING:
    from store.anchors import AnchorChecked, DocketChecked
    from store.records import Part
    from tui.cli.context import Context

_ACTS: dict[str, Act] = {"": "whole", MISSING: "missing", CHANGED: "changed"}
_OF_RECORDS = ("manifest.json", "chain.jsonl", "verify.py", "VERIFY.md")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one thing: a docket, the exhibits of one, or a record.

    `trusted` and `anchors` are None where the thing is no docket.
    """

    name: str
    said: str
    findings: tuple[str, ...]
    count: int | None = None
    head: str | None = None
    trusted: int | None = None
    anchors: tuple[AnchorChecked, ...] | None = None
    parts: tuple[Part, ...] = ()
    limits: str = LIMITS

    def as_json(self) -> dict[str, Any]:
        """Return the stable keys of `--json`."""
        return {
            "name": self.name,
            "ok": not self.findings,
            "entries": self.count,
            "head": self.head,
            "findings": list(self.findings),
            "trusted": self.trusted,
            "anchors": None if self.anchors is None else [*map(anchor_json, self.anchors)],
            "parts": [asdict(part) for part in self.parts],
        }


def anchor_json(checked: AnchorChecked) -> dict[str, Any]:
    """Return one anchor that was held against its docket, for `--json`."""
    anchor = checked.anchor
    return {
        "name": checked.name,
        "ok": not checked.findings,
        "entries": anchor.count if anchor else None,
        "head": anchor.head if anchor else None,
        "at": anchor.at if anchor else None,
        "findings": list(checked.findings),
        "said": checked.said,
        "notes": list(checked.notes),
    }


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="a record folder, a docket's file, a client, or a workspace (the default)",
    )
    add_flag(
        parser,
        "--quick",
        "of dockets read only what is new since the last check, and trust the rest",
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    checked = [one for named in args.paths or [None] for one in _check(named, context, args)]
    broken = [one for one in checked if one.findings]
    limits = next((one.limits for one in checked), LIMITS)
    if args.json:
        listed = [one.as_json() for one in checked]
        say_json({"ok": not broken, "checked": listed, "limits": limits})
    else:
        for one in checked:
            say(f"{one.name}: {one.said}")
            for finding in one.findings:
                say(f"  {finding}")
            for line in anchor_words(one.anchors or ()):
                say(f"  {line}")
            for part in one.parts:
                for line in part_words(part):
                    say(f"  {line}")
        say(*_on_anchors(checked), limits)
    if broken:
        first = broken[0]
        raise VerificationError(
            f"Verification failed for {', '.join(one.name for one in broken)}",
            first.findings[0].rstrip("."),
            "Keep the files as they are and compare them with a backup or an anchor",
        )
    if not checked:
        tell("There are no dockets here yet.")
    return 0


def anchor_words(anchors: Sequence[AnchorChecked]) -> Iterator[str]:
    """Yield what each anchor shows; what is wrong with one is among the docket's findings."""
    for one in anchors:
        if one.said:
            yield f"{one.name}: {one.said}"
        for note in one.notes:
            yield f"{one.name}: {note}"


def _on_anchors(checked: Sequence[Checked]) -> Iterator[str]:
    """Yield what holds for all anchors, and what it means where there is none."""
    from store.anchors import ALONE, NONE_KEPT, SHOWS

    anchors = [one for docket in checked for one in docket.anchors or ()]
    if anchors:
        yield ALONE
    if any(note.startswith("signed") for one in anchors for note in one.notes):
        yield f"{SHOWS}."
    bare = [one.name for one in checked if one.anchors == () and one.head]
    if bare:
        yield f"No anchor for {', '.join(bare)}: {NONE_KEPT}."


def _check(named: str | None, context: Context, args: Namespace) -> list[Checked]:
    from store import anchors

    quick: bool = args.quick
    path = typed_path(named) if named else context.root
    if path.is_file():
        return [_check_docket(path, quick=quick)]
    if named is None or Places(path).marker.exists():
        context.root = path
        return _check_workspace(context, quick=quick, quiet=args.json)
    if path.is_dir():
        return [check_record(folder, context.clock()) for folder in records_in(path)]
    if "/" in named or not Places(context.root).marker.exists():
        raise UsageError(f"There is nothing at {path}", "", "Name a record, a docket or a client")
    client = context.client(named)
    docket = _docket(anchors.check_client(context.workspace, client, quick))
    return [
        docket,
        *_check_exhibits(context, [] if quick else [client], quiet=args.json).get(client, ()),
    ]


def _check_workspace(
    context: Context, *, quick: bool = False, quiet: bool = False
) -> list[Checked]:
    """Check every docket of the workspace, and unless it is to be quick their exhibits."""
    from store import anchors

    dockets = list(anchors.check_workspace(context.workspace, quick))
    readable = [docket.client for docket in dockets if docket.head]  # what is not is said
    also = _check_exhibits(context, [] if quick else readable, quiet=quiet)
    return [one for docket in dockets for one in (_docket(docket), *also.get(docket.client, ()))]


def _check_docket(path: Path, *, quick: bool = False) -> Checked:
    """Check one docket's file; where it lies in a workspace, against its anchors too."""
    from store import anchors

    return _docket(anchors.check_docket(path, root=root_of(path), quick=quick))


def _docket(found: DocketChecked) -> Checked:
    if not found.head and not found.count:
        return Checked(found.client, "NOT checked", found.findings, anchors=found.anchors)
    said = "whole" if found.ok else "NOT whole"
    said += f", {'1 entry' if found.count == 1 else f'{found.count:,} entries'}"
    if found.trusted:
        said += f" ({found.trusted:,} trusted from the last check)"
    return Checked(
        found.client,
        f"{said}, head {found.head}",
        found.findings,
        found.count,
        found.head,
        found.trusted,
        found.anchors,
    )


def _check_exhibits(
    context: Context, clients: Sequence[str], *, quiet: bool
) -> dict[str, list[Checked]]:
    """Check the exhibits and the custody journal of each of `clients`; return both by client.

    A file that several entries or clients have is read once. What was found is written into the
    custody journal where it is news; if that cannot be done it is told, and no finding.
    """
    bring_exhibits(context.workspace, clients)
    cited = {client: read_cited(context.workspace.path(client)).citations for client in clients}
    hashes = {one.sha256 for named in cited.values() for one in named}
    problems = _problems(Exhibits(context.workspace.places.exhibits), sorted(hashes), quiet)
    return {
        client: [*_exhibits(client, named, problems), *_custody(context, client, named, problems)]
        for client, named in cited.items()
    }


def _problems(kept: Exhibits, hashes: Sequence[str], quiet: bool) -> dict[str, str]:
    """Return by hash what is wrong with each exhibit, every one read once."""
    total = sum(map(kept.size, hashes))
    with Progress(total, "Checking exhibits", quiet=quiet) as progress:
        return {
            sha256: kept.problem(Exhibit(sha256=sha256, name="", size=0), progress)
            for sha256 in hashes
        }


def _exhibits(
    client: str, named: Sequence[Citation], problems: Mapping[str, str]
) -> Iterator[Checked]:
    if not named:
        return
    findings = tuple(
        f"exhibit {one.name} of {client}#{one.seq}: {problems[one.sha256]}"
        for one in named
        if problems[one.sha256]
    )
    said = f"{len(named) - len(findings)} of {len(named)} as they were kept"
    yield Checked(f"exhibits of {client}", said, findings)


def _custody(
    context: Context, client: str, named: Iterable[Citation], problems: Mapping[str, str]
) -> Iterator[Checked]:
    """Yield what there is to say of a custody journal, checked before anything is added to it."""
    custody = Custody(context.workspace, client)
    name = f"custody of {client}"
    try:
        report = verify_file(custody.path)
    except JournalMissingError:
        report = None
    except DocketError as error:
        yield Checked(name, "NOT checked", (str(error).rstrip("."),))
        return
    found = {one.sha256: act for one in named if (act := _ACTS.get(problems[one.sha256]))}
    try:
        custody.note(found)
    except DocketError as error:
        tell(str(error))
    if report:
        whole = "whole" if report.ok else "NOT whole"
        findings = tuple(f"line {one.line_no}: {one.what}" for one in report.findings)
        said = f"{whole}, {plural(report.count, 'line')}, head {report.head}"
        yield Checked(name, said, findings, report.count, report.head)


def records_in(folder: Path) -> list[Path]:
    """Return `folder`, or the records in it where it is only what `docket record -o` was given.

    A folder that lost its manifest is a record still: any file that only records have tells one.
    """
    inner = [path for path in sorted(folder.glob("*")) if _is_record(path)]
    return inner if inner and not _is_record(folder) else [folder]


def _is_record(folder: Path) -> bool:
    # What an export that was cut off left behind is hidden, and was never handed over.
    hidden = folder.name.startswith(".") and folder.suffix == ".tmp"
    return not hidden and any(os.path.lexists(folder / name) for name in _OF_RECORDS)


def check_record(folder: Path, now: datetime) -> Checked:
    """Check one record folder; `now` is what this computer's clock says."""
    from store.records import verify_record

    report = verify_record(folder, now)
    said = "whole" if report.ok else "NOT whole"
    said += "" if report.words_compared else ", but for its words, which another version made"
    return Checked(
        str(folder), said, tuple(report.findings), parts=report.parts, limits=report.limits
    )


VERBS = {
    "verify": Verb(
        _arguments,
        _run,
        """\
docket verify
docket verify records/""",
        notes="Exit status 3 says that something is not what was once written.",
    )
}
