"""`docket anchor`: notes where a docket stands, so that others can tell if it was rewritten."""

from __future__ import annotations

import secrets
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import DocketError, UsageError, VerificationError
from tui.cli.anchor_check import check
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json

if TYPE_CHECKING:
    from store.anchors import Anchor, Kept
    from tui.cli.context import Context

_ANY_KEY = ""


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "client",
        metavar="CLIENT",
        nargs="?",
        help="whose docket; with --check also a docket's file or a record folder",
    )
    parser.add_argument(
        "--sign",
        nargs="?",
        const=_ANY_KEY,
        metavar="KEY",
        help="sign it with this SSH key (default: the first in ~/.ssh, else the agent's)",
    )
    parser.add_argument(
        "--query",
        action="store_true",
        help="write an RFC 3161 query too, for you to send to a time-stamp authority",
    )
    parser.add_argument(
        "--check",
        nargs="+",
        metavar="LINE|FILE",
        help="hold a docket against a mailed line, a file with such lines, or an anchor's file",
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if args.check:
        if args.sign is not None or args.query:
            raise UsageError("--check only looks", "", "Leave out --sign and --query")
        return check(args, context)
    if args.client is None:
        raise UsageError("No client was named", "", "Write `docket anchor CLIENT [--sign [KEY]]`")
    return _make(args, context)


def _make(args: Namespace, context: Context) -> int:
    from store.anchors import Shelf, add_query, add_signature, sign

    anchor = _standing(context, context.client(args.client))
    shelf = Shelf(context.root)
    kept = shelf.place(anchor)
    signed = ""
    if args.sign is not None:
        signature, signed = sign(kept.raw, Path(args.sign).expanduser() if args.sign else None)
    shelf.keep(kept)
    if signed:
        add_signature(kept, signature)
    if args.query:
        add_query(kept, lambda: secrets.randbelow(2**64 - 1) + 1)
    _say(kept, kept.anchor or anchor, signed, args)
    return 0


def _standing(context: Context, client: str) -> Anchor:
    """Return the anchor of a docket as it stands, read whole; VerificationError if it is not."""
    from store.anchors import Anchor, check_docket, stamp
    from store.records.folder.consistency import SLACK

    checked = check_docket(context.workspace.path(client), root=context.root)
    if checked.findings:
        raise VerificationError(
            f"{client} was not anchored, as it is not whole",
            checked.findings[0].rstrip("."),
            f"See `docket verify {client}`",
        )
    last = context.workspace.entries(client)[-1].recorded_at
    if last - context.clock() > SLACK:
        raise DocketError(
            f"{client} was not anchored",
            f"the clock says {stamp(context.clock())}, and the last entry is of {stamp(last)}",
            "Check this computer's clock; if it ran ahead, log a note, then try again",
        )
    return Anchor(client, checked.count, checked.head, stamp(context.clock()), checked.genesis)


def _say(kept: Kept, anchor: Anchor, signed: str, args: Namespace) -> None:
    from store.anchors import SHOWS

    if args.json:
        say_json(
            {
                **_anchor_json(anchor),
                "file": str(kept.path),
                "signature": str(kept.signature) if signed else None,
                "key": signed or None,
                "query": str(kept.query) if args.query else None,
            }
        )
        return
    say(anchor.line)
    tell(f"Kept in {kept.path}. Mail the line to somebody: only a copy elsewhere counts.")
    if signed:
        tell(f"Signed with {signed}: {kept.signature}. {SHOWS}.")
    if args.query:
        tell(
            f"To have it time-stamped, send the query to an authority of your choice: "
            f"curl -H 'Content-Type: application/timestamp-query' --data-binary '@{kept.query}' "
            f"-o '{kept.answer}' URL (the answer belongs there, beside the anchor)."
        )


def _anchor_json(anchor: Anchor) -> dict[str, object]:
    return {
        "client": anchor.docket,
        "entries": anchor.count,
        "head": anchor.head,
        "genesis": anchor.genesis,
        "at": anchor.at,
        "line": anchor.line,
    }


VERBS = {
    "anchor": Verb(
        _arguments,
        _run,
        """\
docket anchor acme
docket anchor acme --sign --query
docket anchor acme --check saved-mail.txt""",
        notes="An anchor is where a docket stands: how many entries, and the hash of the last.\n"
        "With a copy elsewhere, a rebuilt chain or a cut end shows. Nothing is sent: mailing the\n"
        "line is up to you. Exit status 3 says that a docket is not what was anchored.",
    )
}
