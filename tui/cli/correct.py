"""`docket amend`, `add`, `void` and `move`: corrections, which leave what they correct readable."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from store.entries import Visibility, find_kind
from store.errors import UsageError
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import (
    Parser,
    Verb,
    add_about,
    add_entry,
    add_json,
    add_on,
    add_set,
    severity,
    values_set,
)
from tui.words.moments import logged

if TYPE_CHECKING:
    from store.entries import Entry
    from tui.cli.context import Context


_NUMBERED = re.compile(r"(\S+)#(\d{1,9})")

# The options of `docket amend` by the field that each corrects, with what it holds in the help.
_OPTIONS = {
    "severity": ("severity", "1|2|3", "how bad it really was"),
    "amount": ("amount", "A", "the right amount"),
    "currency": ("currency", "C", "the right currency"),
    "due": ("due", "D", "the right due date"),
    "hours": ("hours", "H", "the right hours"),
    "class": ("spent", "CLASS", "of hours: work, chase, wait, rework or conflict"),
    "number": ("number", "NUMBER", "the right number of an invoice"),
    "by": ("by", "WHO", "who accepted it, or who promised: me or client"),
    "channel": ("channel", "C", "how it reached you"),
    "source": ("source", "S", "how you know of it"),
    "project": ("project", "NAME", "the project it is about"),
    "quote": ("quote", "TEXT", "their words"),
    "visibility": ("visibility", "V", "who may see it; it can only be held back more"),
    "my-share": ("my_share", "yes|no", "whether it was partly your own doing"),
    "in-writing": ("in_writing", "yes|no", "whether what they expected was written down"),
    "worked": ("worked", "yes|no", "of a step: whether it helped"),
}


def _amend_arguments(parser: Parser) -> None:
    add_entry(parser, "TEXT replaces its text; `-` reads stdin")
    parser.add_argument("--reason", required=True, metavar="R", help="why it is corrected")
    add_on(parser, "when it really happened")
    add_about(parser)
    for option, (name, metavar, what) in _OPTIONS.items():
        kind = severity if name == "severity" else str
        parser.add_argument(f"--{option}", dest=name, type=kind, metavar=metavar, help=what)
    add_set(parser, "any other field of it")
    add_json(parser)


def _amend(args: Namespace, context: Context) -> int:
    from store.docket.corrections import changes, correction

    if numbers := _several(args.words, context):
        from store.intake.amend import amend_all

        client = context.client(args.words[0].rpartition("#")[0])
        _say_all(args, amend_all(context.workspace, client, numbers, _typed(args, ""), args.reason))
        return 0
    target, words = context.target(args.words)
    client = target.client
    text = context.text(words)
    typed = _typed(args, text)
    docket = context.workspace.docket(client)
    changed = changes(target, typed, docket, context.clock(), context.currency(client))
    if not changed:
        raise UsageError(
            "Nothing to amend",
            "it says so already" if typed else "",
            "Give a new text, --on, --amount or another field",
        )
    fields = correction(target, "amend", args.reason, changed=changed)
    args.on = None  # the amendment itself happens now
    said = {name: fields[name] for name in ("links", "data", "visibility")}
    context.log(args, client, "amendment", typed=text, **said)
    return 0


def _typed(args: Namespace, text: str) -> dict[str, str]:
    """Return what was typed of each field, by its name."""
    typed = {
        name: str(getattr(args, name))
        for name, *_ in _OPTIONS.values()
        if getattr(args, name) is not None
    }
    typed |= values_set(args.set)
    if args.about:
        typed["about"] = ", ".join(args.about)
    if args.on:
        typed["when"] = args.on
    return typed | ({"text": text} if text else {})


def _add_arguments(parser: Parser) -> None:
    add_entry(parser, "TEXT is the fact to add; `-` reads stdin")
    parser.add_argument("--reason", default="", metavar="R", help="why it is added")
    add_on(parser, "when what you add happened")
    add_json(parser)


def _add(args: Namespace, context: Context) -> int:
    target, words = context.target(args.words)
    client, seq = target.client, target.seq
    if not words:
        raise UsageError("Nothing to add", "", f"Write docket add {client}#{seq} TEXT")
    context.log(args, client, "addendum", words, after=target, reason=args.reason)
    return 0


def _void_arguments(parser: Parser) -> None:
    add_entry(parser, "TEXT says more, if the reason is not enough")
    parser.add_argument("--reason", required=True, metavar="R", help="why it is withdrawn")
    add_json(parser)


def _void(args: Namespace, context: Context) -> int:
    from store.docket.corrections import redirected

    if numbers := _several(args.words, context):
        from store.intake.amend import withdraw_all

        client = context.client(args.words[0].rpartition("#")[0])
        entries, told = withdraw_all(context.workspace, client, numbers, args.reason)
        _say_all(args, entries)
        tell(*told)
        return 0
    target, words = context.target(args.words)
    client, seq = target.client, target.seq
    args.on = None
    before = context.workspace.docket(client)
    context.log(args, client, "void", words, after=target, reason=args.reason)
    tell(*redirected(seq, before, context.workspace.docket(client)))
    if bill := next((one for one in before.ledger.invoices if one.seq == seq), None):
        how = f"docket credit {client} {bill.number} {bill.amount.amount}"
        tell(f"If {bill.number} was sent to them, a credit note takes it back, not a void: {how}")
    return 0


def _several(words: Sequence[str], context: Context) -> tuple[int, ...]:
    """Return the numbers where all `words` name entries of one docket; none for a single one.

    UsageError where entries and a text are mixed, or two clients.
    """
    found = [_NUMBERED.fullmatch(word.strip()) for word in words]
    if len(words) < 2 or not all(found[:2]):
        return ()
    named = [one for one in found if one]
    if len(named) < len(words) or len({context.client(one[1]) for one in named}) > 1:
        raise UsageError(
            "Several entries are corrected alike",
            "a text goes to one, and they are of one docket",
            "Write only CLIENT#N CLIENT#N, or correct them one by one",
        )
    return tuple(dict.fromkeys(int(one[2]) for one in named))


def _say_all(args: Namespace, entries: list[Entry]) -> None:
    if args.json:
        from tui.words.entry import entry_json

        say_json([entry_json(one) for one in entries])
    else:
        say(*map(logged, entries))


def _move_arguments(parser: Parser) -> None:
    add_entry(parser, "it is withdrawn here and logged anew")
    parser.add_argument("--to", metavar="CLIENT", help="the client that it is about")
    parser.add_argument("--kind", metavar="KIND", help="the kind that it is")
    parser.add_argument("--visibility", choices=get_args(Visibility), help="who may see it")
    parser.add_argument("--reason", required=True, metavar="R", help="why it is moved")
    add_set(parser, "a field it needs there")
    add_json(parser)


def _move(args: Namespace, context: Context) -> int:
    from store.intake.moves import move
    from tui.words.entry import entry_json

    client, seq, words = context.entry(args.words)
    if words:
        raise UsageError("Its words stay as they are", "", "Amend it first, or after")
    moved = move(
        context.workspace,
        client,
        seq,
        reason=args.reason,
        to=context.client(args.to) if args.to else "",
        kind=find_kind(args.kind).id if args.kind else "",
        visibility=args.visibility or "",
        typed=values_set(args.set),
    )
    if args.json:
        say_json(entry_json(moved.entry))
    else:
        say(logged(moved.entry))
    tell(*moved.told)
    return 0


VERBS = {
    "move": Verb(
        _move_arguments,
        _move,
        """\
docket move acme#12 --to bolt --reason "it was about Bolt"
docket move acme#12 --kind complaint --reason "more than a note\"""",
        notes="The entry keeps its day, its words and its exhibits. The old one is voided and\n"
        "stays readable. Where the clients differ, an internal note on each docket says where it\n"
        "went and why, and no record of one names the other.",
    ),
    "amend": Verb(
        _amend_arguments,
        _amend,
        """\
docket amend acme#12 "The call was on Monday" --on "16 Nov" --reason "wrong day"
docket amend acme#7 --amount 1250 --reason "typed it wrong"
docket amend acme#10 --about INV-42 --reason "it was about the bill"
docket amend acme#3 acme#5 acme#9 --project shop --reason "all of it was the shop\"""",
        notes="Several entries of one docket may be amended alike, without a TEXT.",
    ),
    "add": Verb(
        _add_arguments, _add, 'docket add acme#12 "Bo was in the room and heard it" --on "16 Nov"'
    ),
    "void": Verb(
        _void_arguments,
        _void,
        """\
docket void acme#12 --reason "logged it twice"
docket void acme#3 acme#5 --reason "both were about Bolt\"""",
        notes="Several entries of one docket may be withdrawn for one reason, without a TEXT.",
    ),
}
