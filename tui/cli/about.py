"""What a logged entry is about: `--about`, and what its words name; told where nobody can tell."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any, Final

from store.entries.kinds import KINDS, kinds_that
from tui.cli.output import tell

if TYPE_CHECKING:
    from store.entries import Kind
    from store.journal.lines import Lines
    from tui.cli.context import Context

_SHOWN: Final = 4
_MONEY: Final = kinds_that(lambda kind: kind.owed)


def name_subjects(
    args: Namespace, kind: Kind, words: list[str], context: Context, client: str
) -> list[str]:
    """Set on `args` what the entry names, by `--about` and in its words; return the text left.

    One quoted text is kept as it is.
    """
    from store.docket.subject import Named, add_typed, take_names

    docket = context.workspace.docket(client)
    named = Named()
    for typed in args.about:
        add_typed(named, typed, kind, docket)
    left = take_names(named, words, kind, docket)
    args.links = [{"rel": relation, "seq": seq} for relation, seq in named.links]
    args.invoice = args.invoice or named.invoice or None
    return left if len(words) > 1 else words


def named_beside(args: Namespace, kind: str, context: Context, client: str) -> dict[str, Any]:
    """Return the fields that --about and --project give an entry; none where neither is said."""
    said: dict[str, Any] = {}
    if args.about:
        from store.docket.subject import Named, add_typed

        docket, named = context.workspace.docket(client), Named()
        for typed in args.about:
            add_typed(named, typed, KINDS[kind], docket)
        said["links"] = tuple({"rel": relation, "seq": seq} for relation, seq in named.links)
        said["refs"] = {"invoice": named.invoice} if named.invoice else {}
    if project := getattr(args, "project", None):
        said["refs"] = {**said.get("refs", {}), "project": project}
    return said


def _may_be_open(context: Context, client: str) -> int:
    """Return how many things may be open at most, as far as can be told without the models."""
    try:
        return _counted(context.workspace.file(client).lines)
    except (TypeError, KeyError):  # a line that no Docket wrote: the models know better
        return 2


def _counted(lines: Lines) -> int:
    asked: set[int] = set()
    answered: set[int] = set()
    money = 0
    for seq, (kind, _, links) in zip(lines.numbers, lines.peeks(), strict=False):
        if kind == "void":
            return 2  # it may have opened something again
        if kind == "request":
            asked.add(seq)
        elif kind in _MONEY:
            money += 1
        answered |= {one["seq"] for one in links or () if one["rel"] in ("answers", "accepts")}
    return len(asked - answered) + money


def tell_unnamed(context: Context, client: str, seq: int) -> None:
    """Say what a step that names nothing counts for, where several things were open.

    What is open takes the models to tell, so a docket that cannot have two things open is not read.
    """
    if _may_be_open(context, client) < 2:
        return
    from store.docket.steps import names_nothing, open_on

    docket = context.workspace.docket(client)
    found = docket.find(seq)
    if found is None or not names_nothing(found.entry, docket):
        return
    there = open_on(docket, found.entry.day, seq)
    if len(there) < 2:
        return
    asked = next((one.name for one in there if not one.money), "")
    counts = f"for {client}{asked}, and for no money" if asked else "for none of them"
    names = [one.name for one in there][:_SHOWN]
    more = ", ..." if len(there) > _SHOWN else ""
    tell(
        f"About which? {', '.join(names)}{more} are open, so it counts {counts}. "
        f"Say so: docket amend {client}#{seq} --about {names[0].lstrip('#')} --reason WHY"
    )
