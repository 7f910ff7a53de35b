"""`docket import` of mails: whose docket each is on is shown first, then they are logged there."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from store.files import typed_path
from store.intake.elsewhere import names_said
from store.intake.mail_log import read_mails
from store.intake.mail_sorting import SortedMails, sort_mails, take_mails
from store.intake.mbox import sources_of
from store.text import plural
from tui.cli.foreign import SHOWN, confirmed, days_between, say_rows, tell_passed
from tui.cli.mail import proposed_json
from tui.cli.output import say, say_json, tell
from tui.words import one_line
from tui.words.moments import short_day

if TYPE_CHECKING:
    from tui.cli.context import Context


def import_mails(args: Namespace, context: Context, file: str) -> int:
    """Show on whose docket each mail would be, and log them once that is confirmed."""
    if args.new_clients:
        raise UsageError("No docket is begun by a mail", "", "Begin it: docket new NAME --email")
    workspace, path = context.workspace, typed_path(file)
    client = context.client(args.client) if args.client else ""
    called = names_said(args.called, workspace.client_ids())
    with sources_of(path) as sources, read_mails(workspace, sources, file) as box:
        found = sort_mails(workspace, box, client, called)
        if not args.json:
            _show(file, found, context)
            tell(*filter(None, [box.doubt()]))
        logged = 0
        if found.count and not args.dry_run:
            confirmed(args)
            done = take_mails(workspace, found, path, called)
            logged = len(done.entries)
            tell(*done.notices)
    if args.json:
        say_json({**_json(file, found), "imported": logged})
    elif logged:
        say(f"{file}: {plural(logged, 'mail')} imported, each with itself as an exhibit")
    return 0


def _show(file: str, found: SortedMails, context: Context) -> None:
    tell(one_line(f"{file}: mail, {plural(found.count, 'entry', 'entries')} to log"))
    for client, proposed in sorted(found.proposed.items()):
        drafts = sorted((one.draft for one, _ in proposed), key=lambda draft: draft.occurred_at)
        say(one_line(f"{client}: {plural(len(drafts), 'mail')}; {days_between(drafts)}"))
        say_rows(
            [
                f"{short_day(draft.day, context.today)} {draft.statement.splitlines()[0]}"
                for draft in drafts
            ]
        )
    tell_passed(found.passed, "mail")
    for address, count in found.unknown.most_common(SHOWN):
        tell(f"  {one_line(address)} ({plural(count, 'mail')})")
    if found.unknown:
        tell("Say whose an address is with --called ADDRESS=CLIENT; all of one client: --client.")


def _json(file: str, found: SortedMails) -> dict[str, Any]:
    return {
        "file": file,
        "is": "mail",
        "entries": [
            proposed_json(*pair)
            for _, proposed in sorted(found.proposed.items())
            for pair in proposed
        ],
        "passed": dict(found.passed),
        "unknown": dict(found.unknown),
    }
