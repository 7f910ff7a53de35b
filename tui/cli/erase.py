"""`docket erase`: everything about one client, gone from the workspace once that is confirmed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import DocketError, UsageError
from store.places import Places
from store.text import plural
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_flag, add_json

if TYPE_CHECKING:
    from store.upkeep.erase import Erasure, Forgetting
    from tui.cli.context import Context

_TYPED_LIMIT = 200


def _arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument(
        "--yes-erase", metavar="ID", help="for scripts: the client's id, instead of typing it"
    )
    add_flag(
        parser,
        "--leave-exhibits",
        "erase even if it cannot be known which exhibits are theirs; then those stay",
    )
    add_flag(
        parser,
        "--private",
        "erase only check-ins, gut answers, decisions and referral; the docket stays",
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    if args.yes_erase is not None and args.yes_erase != client:
        raise UsageError(
            "Nothing was erased", f"--yes-erase does not name {client}", "Give the whole id"
        )
    if args.private:
        return _erase_private(args, context, client)
    return _erase(args, context, client)


def _erase(args: Namespace, context: Context, client: str) -> int:
    from store.upkeep.erase import NOT_REACHED, erase, plan_erasure

    plan = plan_erasure(context.workspace, client, leave_exhibits=args.leave_exhibits)
    if args.yes_erase is None:
        _confirm(client, _told(plan, "To be removed"))
    gone = erase(context.workspace, client, leave_exhibits=args.leave_exhibits)
    if args.json:
        say_json(_as_json(gone))
    else:
        say(*_told(gone, "Removed"))
        tell(NOT_REACHED)
    return 0


def _erase_private(args: Namespace, context: Context, client: str) -> int:
    from store.upkeep.erase import NOT_FORGOTTEN, forget_private, plan_forgetting

    if args.leave_exhibits:
        raise UsageError("Nothing was erased", "--private leaves all exhibits anyway", "Drop one")
    plan = plan_forgetting(context.workspace, client)
    if args.yes_erase is None and not plan.nothing:
        _confirm(client, _private_told(plan, "To be removed"))
    gone = forget_private(context.workspace, client)
    if args.json:
        say_json({**_private_json(gone), "not_reached": NOT_FORGOTTEN})
    elif gone.nothing:
        tell(f"Nothing private is kept about {client}.")
    else:
        say(*_private_told(gone, "Removed"))
        tell(NOT_FORGOTTEN)
    return 0


def _confirm(client: str, plan: Iterable[str]) -> None:
    """Ask for the client's id on standard input; DocketError unless that is what is typed."""
    tell(*plan)
    tell(f"This cannot be undone. Type {client} to erase it:")
    typed = sys.stdin.buffer.readline(_TYPED_LIMIT).decode("utf-8", "replace").strip()
    if typed != client:
        raise DocketError(
            "Nothing was erased", f"{client} was not typed", "Erase again, and type the id"
        )


def _told(plan: Erasure, verb: str) -> list[str]:
    entries = "1 entry" if plan.entries == 1 else f"{plan.entries:,} entries"
    lines = [f"{verb}: the docket {plan.client} ({entries})"]
    docket = str(Places(Path()).docket(plan.client))
    lines += [f"{verb}: {name}" for name in plan.files if name != docket]
    if plan.private:
        about = f"check-ins, gut answers, decisions and referrals about {plan.client}"
        lines.append(f"{verb}: {about}")
    lines += [f"{verb}: {copy}, which a session cut short left half-made" for copy in plan.outside]
    lines += [
        f"Not reached: {target}, of which a half-made copy may lie there; its folder is away now"
        for target in plan.unreached
    ]
    if plan.exhibits:
        lines.append(f"{verb}: {_exhibits(plan.exhibits)} that no other docket has")
    if plan.shared:
        lines.append(f"Kept: {_exhibits(plan.shared)} that other dockets have too")
    if plan.unknown:
        lines.append(f"Kept: all exhibits, as whose they are cannot be known: {plan.unknown}")
    return lines


def _private_told(plan: Forgetting, verb: str) -> list[str]:
    counts = [
        plural(count, what)
        for count, what in (
            (plan.checkins, "check-in"),
            (plan.guts, "gut answer"),
            (plan.decisions, "decision"),
        )
        if count
    ]
    counts += ["who sent them"] if plan.referral else []
    told = [f"{verb}: about {plan.client}: {', '.join(counts)}"] if counts else []
    return [*told, *(f"{verb}: {name}" for name in plan.files)]


def _private_json(gone: Forgetting) -> dict[str, Any]:
    held = asdict(gone)
    return {"gut_answers" if name == "guts" else name: value for name, value in held.items()}


def _exhibits(names: tuple[str, ...]) -> str:
    return plural(len(names), "exhibit")


def _as_json(gone: Erasure) -> dict[str, Any]:
    from store.upkeep.erase import NOT_REACHED

    return {
        "client": gone.client,
        "entries": gone.entries,
        "files": list(gone.files),
        "outside": list(gone.outside),
        "unreached": list(gone.unreached),
        "exhibits": list(gone.exhibits),
        "kept_exhibits": list(gone.shared),
        "private": gone.private,
        "unknown": gone.unknown,
        "not_reached": NOT_REACHED,
    }


VERBS = {
    "erase": Verb(
        _arguments,
        _run,
        """\
docket erase acme
docket erase acme --yes-erase acme
docket erase acme --private""",
        notes="Takes the docket, what was set aside from it, its anchors, exhibits that no other\n"
        "docket has, their custody, drafts and private things; with --private, only private\n"
        "things and drafts. It asks for the client's id first.",
    )
}
