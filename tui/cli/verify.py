"""`docket verify`: whether a record, a docket or a whole workspace is what was once written."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import UsageError, VerificationError
from store.journal import LIMITS, verify_file
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json

if TYPE_CHECKING:
    from tui.cli.context import Context


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one thing: a docket, the exhibits of one, or a record."""

    name: str
    said: str
    findings: tuple[str, ...]
    count: int | None = None
    head: str | None = None
    limits: str = LIMITS

    def as_json(self) -> dict[str, Any]:
        """Return the stable keys of `--json`."""
        return {
            "name": self.name,
            "ok": not self.findings,
            "entries": self.count,
            "head": self.head,
            "findings": list(self.findings),
        }


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        help="a record folder, a docket's file, a client, or a workspace (the default)",
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    checked = _check(args.path, context)
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
        say(limits)
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


def _check(named: str | None, context: Context) -> list[Checked]:
    path = Path(named).expanduser() if named else context.root
    if path.is_file():
        return [check_docket(path)]
    if named is None or (path / "workspace.json").exists():
        context.root = path
        return check_workspace(context)
    if path.is_dir():
        return [_check_record(folder) for folder in _records(path)]
    if "/" in named or not (context.root / "workspace.json").exists():
        raise UsageError(f"There is nothing at {path}", "", "Name a record, a docket or a client")
    return _check_client(context, context.client(named))


def check_workspace(context: Context) -> list[Checked]:
    """Check every docket of the workspace, and the exhibits they name."""
    clients = context.workspace.client_ids()
    return [one for client in clients for one in _check_client(context, client)]


def check_docket(path: Path) -> Checked:
    """Check one docket's file, from end to end."""
    report = verify_file(path)
    findings = tuple(f"line {finding.line_no}: {finding.what}" for finding in report.findings)
    if report.unlisted:
        findings += (f"and {report.unlisted:,} more",)
    state = "whole" if report.ok else "NOT whole"
    entries = "1 entry" if report.count == 1 else f"{report.count:,} entries"
    said = f"{state}, {entries}, head {report.head}"
    return Checked(report.name, said, findings, report.count, report.head)


def _check_client(context: Context, client: str) -> list[Checked]:
    docket = check_docket(context.workspace.path(client))
    exhibits = check_exhibits(context, client)
    return [docket, *([exhibits] if exhibits else [])]


def check_exhibits(context: Context, client: str) -> Checked | None:
    """Check the exhibits that a docket names against their hashes; None where it names none."""
    from store.exhibits import Exhibits

    kept = Exhibits(context.workspace.root / "exhibits")
    named = [
        (entry.seq, exhibit)
        for entry in context.workspace.entries(client)
        for exhibit in entry.exhibits
    ]
    if not named:
        return None
    findings = tuple(
        f"exhibit {exhibit.name} of {client}#{seq}: {problem}"
        for seq, exhibit in named
        if (problem := kept.problem(exhibit))
    )
    said = f"{len(named) - len(findings)} of {len(named)} as they were kept"
    return Checked(f"exhibits of {client}", said, findings)


def _records(folder: Path) -> list[Path]:
    """Return `folder`, or the records in it where it is only what `docket record -o` was given."""
    inner = sorted(path.parent for path in folder.glob("*/manifest.json"))
    return inner if inner and not (folder / "manifest.json").exists() else [folder]


def _check_record(folder: Path) -> Checked:
    from store.records import verify_record

    report = verify_record(folder)
    said = "whole" if report.ok else "NOT whole"
    if report.checked:
        said += f"; checked: {', '.join(report.checked)}"
    findings = report.findings or (() if report.ok else ("it does not verify",))
    return Checked(str(folder), said, tuple(findings), limits=report.limits)


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
