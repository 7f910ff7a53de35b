"""What `docket verify` does beside the dockets: every exhibit hashed again, every custody chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from store.entries import Exhibit
from store.errors import DocketError
from store.evidence.citations import Citation, read_cited
from store.evidence.custody import Act, Custody
from store.evidence.exhibits import CHANGED, MISSING, Exhibits
from store.journal import JournalMissingError, verify_file
from store.text import plural
from tui.cli.output import tell
from tui.cli.progress import Progress
from tui.cli.verify import Checked

if TYPE_CHECKING:
    from tui.cli.context import Context

_ACTS: dict[str, Act] = {"": "whole", MISSING: "missing", CHANGED: "changed"}


def check_exhibits(
    context: Context, clients: Sequence[str], *, quiet: bool = False
) -> dict[str, list[Checked]]:
    """Check the exhibits and the custody journal of each of `clients`; return both by client.

    A file that several entries or clients have is read once. What was found is written into the
    custody journal where it is news; if that cannot be done it is told, and no finding.
    """
    cited = {client: read_cited(context.workspace.path(client)).citations for client in clients}
    hashes = {one.sha256 for named in cited.values() for one in named}
    problems = _problems(Exhibits(context.workspace.root / "exhibits"), sorted(hashes), quiet)
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
