"""`docket export`: dockets in the forms of other programs, printed or written to a new file."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from store.docket import Docket
from store.errors import DocketError, UsageError, plain_words
from store.files import typed_path
from store.text import plural
from tui.cli.output import say, tell
from tui.cli.parsing import Parser, Verb

if TYPE_CHECKING:
    from tui.cli.context import Context


def _table(dockets: list[Docket], context: Context) -> str:
    from store.portable.sheet import as_table

    return as_table(dockets)


def _journal(dockets: list[Docket], context: Context) -> str:
    from store.portable.books import as_journal

    return as_journal(dockets)


def _cards(dockets: list[Docket], context: Context) -> str:
    from store.portable.people import as_cards

    return as_cards(dockets)


def _meetings(dockets: list[Docket], context: Context) -> str:
    from store.portable.people import as_meetings

    return as_meetings(dockets, context.clock())


def _lines(dockets: list[Docket], context: Context) -> str:
    from store.portable.lines import as_import_lines

    return as_import_lines(dockets)


_FORMS: Final[dict[str, Callable[[list[Docket], Any], str]]] = {
    "csv": _table,
    "hledger": _journal,
    "vcard": _cards,
    "ics": _meetings,
    "lines": _lines,
}
_NOTES: Final = "notes"


def _arguments(parser: Parser) -> None:
    parser.add_argument("clients", metavar="CLIENT", nargs="*", help="whose; default: everybody's")
    parser.add_argument(
        "--as",
        dest="form",
        choices=[*_FORMS, _NOTES],
        default="csv",
        help="csv: all entries; hledger: bills and payments; vcard: who they are; ics: calls and"
        " meetings; lines: JSON Lines, as `docket import` takes them; notes: a folder of linked"
        " notes, as Obsidian has them",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="a new file, or folder of notes")


def _run(args: Namespace, context: Context) -> int:
    workspace = context.workspace
    clients = [context.client(word) for word in args.clients] or workspace.client_ids()
    dockets = [workspace.docket(client) for client in dict.fromkeys(clients)]
    if args.form == _NOTES:
        return _write_notes(args, context, dockets)
    text = _FORMS[args.form](dockets, context)
    if not args.output:
        say(text.removesuffix("\n"))
        return 0
    from store.correspondence.out import write_out

    say(f"Written to {write_out(workspace, args.output, text.encode())}.")
    tell(_ALL)
    return 0


_ALL: Final = "Internal and settlement entries are in it too; your private file is not."


def _write_notes(args: Namespace, context: Context, dockets: list[Docket]) -> int:
    from store.files import make_folder, write_new
    from store.portable.notes import as_notes
    from store.workspace.exports import refuse_inside

    if not args.output:
        raise UsageError("Notes are a folder", "", "Name a new one: -o FOLDER")
    folder = typed_path(args.output).absolute()
    refuse_inside(context.workspace.root, folder)
    if folder.exists():
        raise UsageError(f"{folder} is there already", "nothing is written over", "Name a new one")
    many = 0
    try:
        for name, text in as_notes(dockets):
            path = folder / name
            make_folder(folder)
            make_folder(path.parent)
            write_new(path, text.encode())
            many += 1
    except OSError as error:
        raise DocketError(f"{folder} was not written", *plain_words(error)) from error
    say(f"{plural(many, 'note')} written to {folder}.")
    tell(_ALL)
    return 0


VERBS = {
    "export": Verb(
        _arguments,
        _run,
        """\
docket export acme
docket export --as hledger -o 2026.journal
docket export acme --as notes -o acme-notes""",
        notes="A copy for other programs, no evidence: that is `docket record`. Entries stand\n"
        "in it as they are after corrections, but for lines, which have all as it was written.\n"
        "`docket import` reads lines, hledger, vcard and ics back.",
    )
}
