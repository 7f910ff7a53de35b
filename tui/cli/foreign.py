"""`docket import` of chats, tables, address books and calendars: what would be, then what was."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from store.dates import day_words
from store.entries import KINDS
from store.entries.describe import in_short
from store.errors import UsageError
from store.files import typed_path
from store.intake.columns import columns_told
from store.intake.elsewhere import (
    Foreign,
    KnownNames,
    foreign_of,
    names_said,
    open_foreign,
    source_of,
)
from store.intake.lines import other_format
from store.intake.sources.row import HowRead
from store.intake.taking import take_in, whole_of_one
from store.text import plural
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import values_set
from tui.text import fit, line_width
from tui.words import one_line
from tui.words.moments import short_day

if TYPE_CHECKING:
    from store.entries import Draft
    from store.intake.sources.row import FileSort, ForeignFile
    from tui.cli.context import Context

SHOWN: Final = 20
"""Rows of a client, and names that mean nobody, that are listed one by one."""
_HEAD: Final = 4096


def foreign_file(
    file: str, args: Namespace, context: Context
) -> tuple[ForeignFile, FileSort] | None:
    """Return a file that is no JSON Lines and what it is; None where it is, or nothing is known."""
    path = typed_path(file)
    if file == "-" or not path.is_file():
        return None
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    lines = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"') and not other_format(head)[0]
    if lines and b'"messages"' not in head and b'"chats"' not in head:
        return None
    opened = open_foreign(path)._replace(told=tuple(_columns(args).items()))
    if not (source := source_of(opened)) and not opened.told:  # what was said of it before may do
        told = columns_told(context.workspace.places.columns, opened.text[:_HEAD])
        opened = opened._replace(told=told)
        source = source_of(opened) if told else None
    return (opened, source) if source else None


def import_foreign(
    args: Namespace, context: Context, file: str, opened: ForeignFile, source: FileSort
) -> int:
    """Show what a file would be on the dockets, and log it once that is confirmed."""
    workspace = context.workspace
    client = context.client(args.client) if args.client else ""
    if source.one and not client:
        raise UsageError(f"{file} does not say whose it is", f"it is {source.name}", "Add --client")
    called = names_said(args.called, workspace.client_ids())
    found = foreign_of(
        workspace,
        opened,
        source,
        _asked(args, context),
        client=client,
        called=called,
        new_clients=args.new_clients,
    )
    if args.json and args.dry_run:
        say_json({**_json(file, found), "imported": 0})
        return 0
    if not args.json:
        _show(file, found, context)
    if args.dry_run or not found.lines:
        return 0
    confirmed(args)
    came = take_in(workspace, found, typed_path(file), called)
    tell(*came.notices)
    if args.json:
        say_json({**_json(file, found), "imported": came.logged})
        return 0
    begun = f", began {', '.join(found.begun)}" if found.begun else ""
    kept = "; the file is an exhibit" if whole_of_one(found) else ""
    say(f"{file}: {plural(came.logged, 'entry', 'entries')} imported{begun}{kept}")
    return 0


def _asked(args: Namespace, context: Context) -> HowRead:
    config = context.workspace.config
    me = {name.strip().casefold() for name in (*args.mine, context.workspace.author, config.email)}
    first = True if args.day_first else False if args.month_first else None
    mine = frozenset(filter(None, me))
    return HowRead(context.clock(), mine, config.currency, _columns(args), first)


def _columns(args: Namespace) -> dict[str, str]:
    return values_set(args.column, "--column day='Booking date'")


def confirmed(args: Namespace) -> None:
    """Ask whether to log it; UsageError unless that is said."""
    if args.yes:
        return
    if sys.stdin.isatty():
        tell("Log these? Type yes:")
        if sys.stdin.readline().strip().lower() in ("yes", "y"):
            return
        raise UsageError("Nothing was imported", "yes was not typed", "")
    raise UsageError("Nothing was imported yet", "see above what would be", "Add --yes to log it")


def _show(file: str, found: Foreign, context: Context) -> None:
    """Print what each row would be, by client, and what is passed over by reason."""
    drafts = found.drafts()
    tell(one_line(f"{file}: {found.source.name}, {plural(len(drafts), 'entry', 'entries')} to log"))
    if found.columns:
        told = ", ".join(f"{field} is “{column}”" for field, column in found.columns.items())
        tell(one_line(f"Columns: {told}. Others: --column FIELD=COLUMN."))
    for client in sorted(found.clients):
        theirs = [
            (line.number, line.draft)
            for line in found.lines
            if line.draft and line.draft.client == client
        ]
        new = ", a new docket" if client in found.begun else ""
        say(one_line(f"{client}: {_counts([draft for _, draft in theirs])}{new}"))
        say_rows([f"{number:>6}  {_said(draft, context.today)}" for number, draft in theirs])
    tell_passed(found.passed, "row")
    _show_unknown(found, context)


def say_rows(rows: Sequence[str]) -> None:
    """Print the first rows that would be logged, each on a line, and how many more there are."""
    wide = line_width()
    for row in rows[:SHOWN]:
        say(fit(f"  {one_line(row)}", wide).rstrip())
    if rows[SHOWN:]:
        say(f"  and {len(rows) - SHOWN:,} more; --json lists them all")


def tell_passed(passed: Counter[str], what: str) -> None:
    """Tell how many of `what` are passed over, by reason."""
    for reason, count in passed.most_common():
        tell(one_line(f"Passed over: {plural(count, what)}, {reason}."))


def days_between(drafts: Sequence[Draft]) -> str:
    """Return the first and the last day of drafts, or the only one."""
    days = sorted(draft.day for draft in drafts)
    first, last = day_words(days[0]), day_words(days[-1])
    return first if first == last else f"{first} to {last}"


def _said(draft: Draft, today: date) -> str:
    said = ": ".join(filter(None, (in_short(draft.data), draft.statement)))
    kind = draft.called or KINDS[draft.kind].label
    return f"{short_day(draft.day, today)} {kind}: {said}"


def _show_unknown(found: Foreign, context: Context) -> None:
    if not found.unknown:
        return
    names = KnownNames(context.workspace.dockets(), context.workspace, {})
    for name, count in found.unknown.most_common(SHOWN):
        near = names.near(name)[:1]
        hint = f", near to {near[0]}" if near else ""
        said = f"{name or 'nobody named'} ({plural(count, 'row')}{hint})"
        tell(f"  {one_line(said)}")
    tell("Say whom a name means with --called NAME=CLIENT, or begin dockets: --new-clients.")


def _counts(drafts: list[Draft]) -> str:
    kinds = Counter(draft.kind for draft in drafts)
    said = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    return f"{said}; {days_between(drafts)}"


def _json(file: str, found: Foreign) -> dict[str, Any]:
    return {
        "file": file,
        "is": found.source.name,
        "sha256": found.sha256,
        "columns": dict(found.columns),
        "entries": [draft.fields() for draft in found.drafts()],
        "new_clients": dict(found.begun),
        "passed": dict(found.passed),
        "unknown": dict(found.unknown),
    }
