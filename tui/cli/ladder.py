"""`docket ladder`: the steps of asking for money, by place, confirmed and changed by the user."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json, values_set
from tui.text import line_width, table, wrap

if TYPE_CHECKING:
    from store.playbook.ladder import Ladder
    from store.playbook.ladders import Preset
    from store.private.model import LadderChoice
    from tui.cli.context import Context


_WAIT, _LONGEST = "--wait stop=10", 365


def _arguments(parser: Parser) -> None:
    parser.add_argument("client", metavar="CLIENT", nargs="?", help="only for this client")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--presets", action="store_true", help="list the ladders there are")
    what.add_argument("--facts", metavar="PRESET", help="what law and custom say there")
    what.add_argument("--use", metavar="PRESET", help="use this one: confirms that you read it")
    parser.add_argument("--grace", metavar="N", help="days before the first step")
    parser.add_argument(
        "--wait",
        metavar="STEP=N",
        action="append",
        default=[],
        help="days that a step waits; 0 leaves it out",
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.playbook.ladders import (
        choose_for_all,
        chosen_for_all,
        ladder_by,
        preset,
        preset_ids,
    )

    changes = args.grace is not None or args.wait
    if changes and (args.presets or args.facts):
        raise UsageError("Nothing is changed", "--presets and --facts only show", "Leave them out")
    if args.presets:
        rows = [(id_, preset(id_).name, len(preset(id_).facts)) for id_ in preset_ids()]
        if args.json:
            say_json([{"id": id_, "name": name, "facts": facts} for id_, name, facts in rows])
        else:
            _say_table(("id", "place", "facts"), [(i, name, str(n)) for i, name, n in rows])
        return 0
    if args.facts:
        return _say_facts(preset(args.facts), args)
    workspace = context.workspace
    client = context.client(args.client) if args.client else ""
    now = chosen_for_all(workspace.places.ladder)
    if client and (own := workspace.private.of(client).ladders):
        now = own[-1]
    if args.use or changes:
        now = _changed(now, args, context)
        if client:
            workspace.private.add(client, now)
        else:
            choose_for_all(workspace.places.ladder, now)
        tell(f"In force for {client or 'every client without one of their own'} from now on.")
    return _say_ladder(ladder_by(now), args)


def _changed(now: LadderChoice, args: Namespace, context: Context) -> LadderChoice:
    """Return the choice with what was said, or raise UsageError."""
    from store.playbook.ladders import preset, rung_named
    from store.private.model import LadderChoice

    chosen: dict[str, Any] = now.model_dump()
    if args.use:  # it begins with its own days: those of another place were not read with it
        preset(args.use)
        chosen = {"preset": args.use, "confirmed": context.today, "wait": {}}
    waits = values_set(args.wait, _WAIT)
    if args.grace is not None:
        chosen["grace"] = _days(args.grace, "--grace 3")
    chosen["wait"] |= {rung_named(id_).id: _days(days, _WAIT) for id_, days in waits.items()}
    return LadderChoice.model_validate(chosen)


def _days(typed: str, how: str) -> int:
    if not re.fullmatch(r"\d{1,3}", typed) or int(typed) > _LONGEST:
        raise UsageError(f"'{typed[:20]}' is no wait", f"days are 0 to {_LONGEST}", f"Write {how}")
    return int(typed)


def _say_ladder(ladder: Ladder, args: Namespace) -> int:
    if args.json:
        say_json({"preset": ladder.name, "rungs": [rung._asdict() for rung in ladder.rungs]})
        return 0
    after = "days late"
    rows = []
    for rung in ladder.rungs:
        rows.append((rung.id, f"{rung.wait} {after}", rung.kind, rung.letter or "-"))
        after = "days later"
    _say_table(("step", "when", "logged as", "letter"), rows)
    return 0


def _say_facts(preset: Preset, args: Namespace) -> int:
    if args.json:
        say_json(preset.model_dump(mode="json"))
        return 0
    for line in _facts(preset, line_width()):
        say(line)
    return 0


def _facts(preset: Preset, cells: int) -> Iterator[str]:
    """Yield what is known of a place; it is no legal advice, and says so."""
    yield f"{preset.name}, as read on {preset.checked_on:%-d %B %Y}"
    yield from wrap(
        "No legal advice: facts restated from the pages named. How sure: A the text of a law or an"
        " authority, B lawyers or several pages, C one weak page, U not verified. Days that are"
        " customs are choices. Check again before you rely on it.",
        cells,
    )
    for fact in preset.facts:
        heads = [fact.topic, *(one for one in (fact.who, fact.basis, fact.sure) if one)]
        yield ""
        yield from wrap(" · ".join(heads), cells)
        named = (fact.days, f"new date: {fact.new_date}" if fact.new_date else "", fact.says)
        yield from wrap("; ".join(filter(None, named)), cells, "  ")
        if fact.source:
            yield from wrap(fact.source, cells, "  ")


def _say_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    for line in table(head, rows, shrink=1, cells=line_width()):
        say(line)


VERBS = {
    "ladder": Verb(
        _arguments,
        _run,
        """\
docket ladder
docket ladder --presets
docket ladder --facts no
docket ladder acme --use no --wait stop=10 --grace 3""",
        notes="What a place's law asks is for you to check; Docket knows no law and ships no rate.",
    )
}
