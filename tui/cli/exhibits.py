"""`docket exhibits`: the files kept as evidence, who has handled each, and a copy of one."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from store.files import typed_path
from store.text import plural
from store.text.cells import cell_width
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json
from tui.cli.progress import Progress
from tui.text import fit, line_width, table, wrap

if TYPE_CHECKING:
    from store.evidence.custody import CustodyLine
    from store.evidence.listing import Listed
    from tui.cli.context import Context

_NUMBERED = re.compile(r"(.+)#(\d{1,9}(?:\.\d{1,3})?)")
_NAME_CELLS = 28
_INDENT = "    "
_FROM = {"added": "from", "looked": "copied to", "exported": "into"}


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "client", metavar="CLIENT[#N]", help="a client, or one entry such as acme#12 or acme#12.2"
    )
    parser.add_argument("words", metavar="FILTER", nargs="*", help="only of entries that fit")
    parser.add_argument("--to", metavar="FILE", help="write a copy to this new file")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.evidence.at_hand import bring_exhibits
    from store.evidence.custody import Custody
    from store.evidence.listing import exhibits_of, meant

    named = _NUMBERED.fullmatch(args.client.strip())
    client = context.client(named[1] if named else args.client)
    bring_exhibits(context.workspace, [client])
    listed = exhibits_of(context.workspace, client)
    if args.words:
        listed = _fitting(context, client, args.words, listed)
    if named:
        listed = meant(named[2], listed)
    if args.to is not None:
        _copy(args, context, client, listed if named else [])
        return 0
    custody: dict[str, list[CustodyLine]] = {}
    for line in Custody(context.workspace, client).lines:
        custody.setdefault(line.sha256, []).append(line)
    if args.json:
        say_json([_json(context, one, custody.get(one.exhibit.sha256, ())) for one in listed])
    elif named:
        for one in listed:
            say("\n".join(_whole(context, one, custody.get(one.exhibit.sha256, ()))))
    elif listed:
        _table(context, listed, custody)
    elif args.words:
        tell("No exhibit fits.")
    else:
        tell(f"{client} has no exhibits. `docket attach {client}#N FILE` adds one.")
    return 0


def _fitting(
    context: Context, client: str, words: Sequence[str], listed: Sequence[Listed]
) -> list[Listed]:
    """Return the exhibits of the entries that fit a filter, and of what was added to these."""
    fitting = context.workspace.docket(client).fitting(context.asked(words))
    numbers = {one.seq for one in fitting}
    added = ((one, one.entry.link("adds-to")) for one in listed)
    return [one for one, to in added if {one.entry.seq, to.seq if to else 0} & numbers]


def _copy(args: Namespace, context: Context, client: str, listed: Sequence[Listed]) -> None:
    from store.evidence.attach import take_copy
    from store.evidence.listing import one_meant

    if not listed:
        raise UsageError("Which exhibit is to be copied", "", f"Write {client}#N, as listed")
    one = one_meant(args.client.rpartition("#")[2], listed)
    target = typed_path(args.to)
    with Progress(one.exhibit.size, "Copying", quiet=args.json) as progress:
        notices = take_copy(context.workspace, client, one.exhibit, target, progress)
    if args.json:
        say_json({"file": str(target), "sha256": one.exhibit.sha256, "size": one.exhibit.size})
    else:
        say(f"{target}: {one.exhibit.name}, {plural(one.exhibit.size, 'byte')}, as it was kept")
    tell(*notices)


def _state(context: Context, one: Listed) -> str:
    """Return how the kept copy looks without being read: kept, missing, changed, unreadable."""
    from store.evidence.exhibits import CHANGED, MISSING, Exhibits

    found = Exhibits(context.workspace.places.exhibits).glance(one.exhibit)
    return {"": "kept", MISSING: "missing", CHANGED: "changed"}.get(found, "unreadable")


def _label(context: Context, one: Listed) -> str:
    """Return what it is called in the documents that the author of the workspace prepares."""
    from store.docket.exhibits import exhibit_label, initials_of

    return exhibit_label(initials_of(context.workspace.author), one.number)


def _table(
    context: Context, listed: Sequence[Listed], custody: Mapping[str, Sequence[CustodyLine]]
) -> None:
    rows = [
        (
            f"#{one.place}",
            _label(context, one),
            one.exhibit.name
            if cell_width(one.exhibit.name) <= _NAME_CELLS
            else fit(one.exhibit.name, _NAME_CELLS),
            f"{one.exhibit.size:,}",
            _state(context, one),
            str(len(custody.get(one.exhibit.sha256, ()))),
            one.exhibit.obtained or "-",
        )
        for one in listed
    ]
    head = ("No.", "Label", "File", "Bytes", "State", "Custody", "How obtained")
    say(*table(head, rows, 6, line_width()))
    tell("By size only; `docket verify` reads every byte. `docket exhibits CLIENT#N` has custody.")


def _whole(context: Context, one: Listed, lines: Sequence[CustodyLine]) -> Iterator[str]:
    exhibit, entry = one.exhibit, one.entry
    yield f"{entry.client}#{one.place} {exhibit.name}, {plural(exhibit.size, 'byte')}"
    told = [
        f"exhibit {_label(context, one)} in documents",
        f"sha256 {exhibit.sha256}, {_state(context, one)}",
        f"last changed {exhibit.modified:%Y-%m-%d %H:%M:%S} UTC" if exhibit.modified else "",
        f"obtained: {exhibit.obtained}" if exhibit.obtained else "",
        f"made from sha256 {exhibit.derived_from}" if exhibit.derived_from else "",
        f"added {entry.recorded_at:%Y-%m-%d %H:%M} UTC by {entry.author or 'nobody named'}",
        *(_line_words(line) for line in lines),
    ]
    for text in filter(None, told):
        yield from wrap(text, line_width(), _INDENT)


def _line_words(line: CustodyLine) -> str:
    where = f" {_FROM.get(line.act, 'at')} {line.where}" if line.where else ""
    found = "found " if line.act in ("missing", "changed", "whole") else ""
    entry = f" with #{line.entry}" if line.entry else ""
    at = f"{line.at:%Y-%m-%d %H:%M} UTC by {line.who}"
    return f"custody {line.seq}: {found}{line.act}{entry} {at}{where}"


def _json(context: Context, one: Listed, lines: Sequence[CustodyLine]) -> dict[str, Any]:
    return {
        "place": one.place,
        "label": _label(context, one),
        "entry": one.entry.seq,
        "name": one.exhibit.name,
        "size": one.exhibit.size,
        "sha256": one.exhibit.sha256,
        "modified": one.exhibit.modified.isoformat() if one.exhibit.modified else None,
        "obtained": one.exhibit.obtained,
        "derived_from": one.exhibit.derived_from,
        "added_at": one.entry.recorded_at.isoformat(),
        "added_by": one.entry.author,
        "state": _state(context, one),
        "custody": [{**line._asdict(), "at": line.at.isoformat()} for line in lines],
    }


VERBS = {
    "exhibits": Verb(
        _arguments,
        _run,
        """\
docket exhibits acme
docket exhibits acme kind:late-payment since:2026-01
docket exhibits acme#12 --to copy.pdf""",
        notes="A copy is a look, and every look is a line of custody that cannot be taken back.\n"
        "The exhibit itself stays in the workspace, read-only. FILTER: see `docket show --help`.",
    )
}
