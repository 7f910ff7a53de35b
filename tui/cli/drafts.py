"""`docket drafts`: lists what was typed and never logged, prints a text, or throws it away."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from store.text import plural
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json
from tui.text import line_width, table

if TYPE_CHECKING:
    from store.drafts import Drafts, Kept
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "number", metavar="N", nargs="?", type=int, help="print the text of this number"
    )
    parser.add_argument("--discard", metavar="N", type=int, help="throw the text N away")
    add_flag(parser, "--discard-all", "throw all of them away")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if sum((args.number is not None, args.discard is not None, args.discard_all)) > 1:
        raise UsageError("That is more than one thing at once", "", "Print or discard, one a time")
    drafts = context.workspace.drafts
    kept = list(enumerate(drafts.kept(), 1))
    if args.discard is not None or args.discard_all:
        gone = kept if args.discard_all else [_chosen(kept, args.discard)]
        return _discard(args, drafts, gone)
    if args.number is not None:
        chosen = _chosen(kept, args.number)
        if args.json:
            say_json(_json(*chosen))
        else:
            say(chosen[1].words)
        return 0
    if args.json:
        say_json([_json(*one) for one in kept])
        return 0
    if kept:
        rows = [_row(*one) for one in kept]
        say(*table(("", "since", "what", "text"), rows, shrink=3, cells=line_width()))
        tell(
            "`docket drafts N` prints one, the app (D) goes on with it, --discard N throws it away."
        )
    others = drafts.elsewhere()
    if others:
        more = " more" if kept else ""
        tell(f"{plural(others, 'text')}{more} in sessions that are open.")
    elif not kept:
        tell("Nothing is kept: all you typed is logged.")
    return 0


def _chosen(kept: list[tuple[int, Kept]], number: int) -> tuple[int, Kept]:
    if not 1 <= number <= len(kept):
        there = f"there are {len(kept)}" if kept else "nothing is kept"
        raise UsageError(f"There is no draft {number}", there, "See `docket drafts`")
    return kept[number - 1]


def _discard(args: Namespace, drafts: Drafts, kept: list[tuple[int, Kept]]) -> int:
    for _, one in kept:
        drafts.discard(one)
    if args.json:
        say_json({"discarded": [_json(*one) for one in kept]})
    else:
        tell(f"Threw away {plural(len(kept), 'text')}.")
    return 0


def _row(number: int, kept: Kept) -> tuple[str, ...]:
    return str(number), f"{kept.at:%-d %b %H:%M}", kept.slot.words, " ".join(kept.words.split())


def _json(number: int, kept: Kept) -> dict[str, Any]:
    return {
        "number": number,
        "form": kept.slot.form,
        "client": kept.slot.client or None,
        "since": kept.at.isoformat(timespec="seconds"),
        "text": kept.text if not kept.fields else None,
        "fields": kept.fields or None,
        "file": str(kept.path),
    }


VERBS = {
    "drafts": Verb(
        _arguments,
        _run,
        """\
docket drafts
docket drafts 2
docket drafts --discard 2""",
        notes="The oldest is 1. What a session that is open types is not among them.",
    )
}
