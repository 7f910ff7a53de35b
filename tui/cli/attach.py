"""`docket attach`: files added to an entry as exhibits."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from store.text import clean_line, few
from tui.cli.parsing import Parser, Verb, add_json, add_obtained

if TYPE_CHECKING:
    from tui.cli.context import Context

_NAMED = 3


def _arguments(parser: Parser) -> None:
    parser.add_argument("entry", metavar="CLIENT#N", help="the entry they belong to, as acme#12")
    parser.add_argument("attach", metavar="FILE...", nargs="+", help="each is copied, never moved")
    add_obtained(parser)
    parser.add_argument(
        "--from",
        dest="origin",
        metavar="EXHIBIT",
        help="the exhibit that FILE was made from, such as 12, 12.2 or the start of its SHA-256",
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="what they show")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    target, _ = context.target([args.entry])
    client = target.client
    if args.origin:
        from store.evidence.listing import exhibits_of, one_meant

        origin = one_meant(args.origin, exhibits_of(context.workspace, client))
        args.derived_from = origin.exhibit.sha256
    args.on = None  # it is added now
    said = args.note or f"Exhibit added: {_names(args.attach)}"
    context.log(args, client, "addendum", [said], typed=args.note, after=target)
    return 0


def _names(files: list[str]) -> str:
    return few([clean_line(Path(file).name) for file in files], _NAMED, ", ")


VERBS = {
    "attach": Verb(
        _arguments,
        _run,
        """\
docket attach acme#12 d.pdf --obtained "mail from Jo" --note "The signed order"
docket attach acme#12 INV-43.pdf""",
        notes="The entry itself never changes: an addendum to it carries the files. Each is\n"
        "copied into the workspace under its SHA-256, read-only; the same bytes are kept once.",
    )
}
