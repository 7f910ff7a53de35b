"""`docket exit`: leave a client, point by point; it can be put down and taken up again."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.entries.words import entry_named
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_flag, add_json

if TYPE_CHECKING:
    from tui.cli.context import Context

_OPTIONS = {
    "--notice": ("notice", "DAYS", "days of notice that the contract asks for, or 0"),
    "--balance": ("balance", "TEXT", "what becomes of what they owe"),
    "--fear": ("fears", "TEXT", "what you fear of it, or none; private; repeatable"),
    "--channel": ("channel", "HOW", "how you tell them: phone, email, meeting ..."),
    "--channel-why": ("channel_why", "TEXT", "why in writing, where you mostly talk"),
    "--because": (
        "because",
        "TEXT",
        "the reason: direction, fit, or words and the entries they rest on: 'TEXT #12 #15'",
    ),
    "--thanks": ("thanks", "TEXT", "something true and kind about where they go"),
    "--ends": ("ends", "D", "the last day: +30d, or 30 nov"),
    "--tip": ("tips", "TEXT", "a parting gift: a tip, or files put in order; or none; repeatable"),
    "--next": ("next_one", "WHO", "who could serve them next; repeatable"),
    "--said": ("said", "TEXT", "they know: logs the notice, with what was said"),
    "--report": ("report", "FILE", "write the final report with what was chosen, or none"),
    "--they-say": ("they_say", "N", "0 to 10, whether they would recommend you, and their words"),
    "--i-say": ("recommend", "N", "0 to 10, whether you would recommend them: private"),
    "--terms": ("terms", "HOW", "the terms you part on: good, neutral or bad"),
    "--theirs": ("theirs", "none", "none, where you hold nothing of theirs"),
    "--feared": ("feared", "TEXT", "what happened of what you feared"),
}
"""By option: the name that the answer is taken under, and what it is, in the order of a parting."""


def _arguments(parser: Parser) -> None:
    add_client(parser)
    for option, (name, metavar, what) in _OPTIONS.items():
        parser.add_argument(
            option, action="append", default=[], dest=name, metavar=metavar, help=what
        )
    add_flag(parser, "--true", "yes, the reason is true")
    add_flag(parser, "--close", "close it; refused while something is open")
    parser.add_argument("--reopen", metavar="WHY", help="take work up again after all, and why")
    add_flag(parser, "--drop", "forget how they were to be left")
    add_flag(parser, "--with-private", "with --json: also what you chose and feared")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.overview import leaving as parting

    client, workspace = context.client(args.client), context.workspace
    if args.reopen is not None:
        with context.keeping(client, args.reopen):
            entry = parting.reopen(workspace, client, args.reopen)
        say(f"{entry_named(client, entry.seq)} logged: {entry.kind}")
        return 0
    if args.drop:
        parting.drop(workspace, client)
        say(f"{client}: what was chosen is forgotten; what is on the docket stays.")
        return 0
    answers = [(name, text) for name, *_ in _OPTIONS.values() for text in getattr(args, name)]
    if args.true:
        last = max((n for n, (name, _) in enumerate(answers) if name == "because"), default=-1)
        answers.insert(last + 1, ("true", "yes"))
    for at, (name, text) in enumerate(answers):
        with context.keeping(client, "\n".join(rest for _, rest in answers[at:])):
            told = parting.answer(workspace, client, name, text)
        for said in told:
            tell(said) if name not in ("notice", "said", "they_say", "report") else say(said)
    if args.close:
        closed = parting.close(workspace, client)
        say(f"{client} is closed, on {closed.terms} terms.")
        return 0
    return _show(args, context, client)


def _show(args: Namespace, context: Context, client: str) -> int:
    """Print every point, and what is next."""
    from store.overview.leaving import leaving_of
    from store.overview.standing import scene_of
    from store.playbook.leaving import first_said, matters
    from tui.text import line_width, wrap
    from tui.words.leaving import left_words, mark_of, matter_json, matter_words, phases_of

    docket = context.workspace.docket(client)
    leaving = leaving_of(context.workspace, client)
    found = matters(docket, leaving)
    if args.json:
        closed = leaving.closed.isoformat() if leaving.closed else None
        listed = [matter_json(point, private=args.with_private) for point in found]
        say_json({"client": client, "closed": closed, "points": listed})
        return 0
    wide = line_width()
    if first := first_said(docket, scene_of(docket, context.workspace).assessment):
        say(*wrap(first, wide))
    for called, some in phases_of(found):
        say(called)
        for point in some:
            first, *more = wrap(matter_words(point), wide - 6)
            say(f"  {mark_of(point)} {first}", *(f"      {line}" for line in more))
            if point.open and point.how:
                say(*wrap(f"docket {point.how}", wide, "        "))
    tell(left_words(found))
    return 0


VERBS = {
    "exit": Verb(
        _arguments,
        _run,
        """\
docket exit acme
docket exit acme --channel phone --because direction --true --ends +30d
docket exit acme --fear "They will be angry" --terms good""",
        notes="Each answer is kept at once in your private file: put it down and take it up again\n"
        "as you like; nothing of it leaves the machine before you send it. `--said` logs the\n"
        "notice, `--report` writes the final report with the same words. What they owe is asked\n"
        "for; nothing that is theirs is held back for it. `--close` refuses while a point is open.",
    )
}
