"""`docket log`: the hot path, from a sentence typed during the phone call to an entry."""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, get_args

from store.entries import Channel, Kind, Source, Visibility
from store.entries.kinds import CROSSING
from store.errors import DocketError, UsageError
from store.tone.settlement import begins_as
from tui.cli.fields import SHAPED, kind_meant, said_beside
from tui.cli.output import tell
from tui.cli.parsing import (
    Parser,
    Verb,
    add_about,
    add_attach,
    add_client,
    add_flag,
    add_json,
    add_many,
    add_on,
    add_project,
    add_set,
    severity,
)

if TYPE_CHECKING:
    from tui.cli.context import Context

_MAY_BE_MARKED = re.compile(r"(?:^|\s)(?:[@!+^~\\]|s:)|!\d", re.IGNORECASE).search

_MAY_NAME_A_DAY = re.compile(r"\b(?:by|before)\b", re.IGNORECASE).search


def _arguments(parser: Parser) -> None:
    add_client(parser, needed=False)
    parser.add_argument(
        "words",
        metavar="[KIND] TEXT",
        nargs="*",
        help="a kind of entry (`docket keys --kinds`), then what happened; `-` reads stdin",
    )
    add_on(parser)
    parser.add_argument("--severity", type=severity, metavar="1|2|3", help="how bad it is")
    parser.add_argument("--hours", metavar="H", help="what it cost you in hours")
    parser.add_argument("--amount", metavar="A", help="what it cost you in money")
    parser.add_argument("--currency", metavar="C", help="of the amount; default as agreed")
    add_many(parser, "--quote", "their words", "TEXT")
    parser.add_argument("--channel", choices=get_args(Channel), help="how it reached you")
    parser.add_argument("--source", choices=get_args(Source), help="how you know of it")
    parser.add_argument("--visibility", choices=get_args(Visibility), help="who may see it")
    add_project(parser)
    parser.add_argument("--invoice", metavar="NUMBER", help="the invoice it is about")
    add_about(parser)
    parser.add_argument(
        "--my-share", action="store_true", default=None, help="it was partly your own doing"
    )
    parser.add_argument(
        "--in-writing", choices=("yes", "no"), help="whether what they expected was written down"
    )
    parser.add_argument("--advised", metavar="TEXT", help="of advice set aside: what you advised")
    parser.add_argument("--decided", metavar="TEXT", help="what they decided instead")
    parser.add_argument("--risk", metavar="TEXT", help="the risk that you named")
    parser.add_argument("--worked", choices=("yes", "no"), help="of a step: whether it helped")
    add_attach(parser)
    _add_mail(parser)
    add_set(parser, "any other field of it")
    add_json(parser)


def _add_mail(parser: Parser) -> None:
    """Add --eml, and what goes with it."""
    parser.add_argument(
        "--eml", metavar="FILE", help="log a mail, or each of an mbox or Maildir; `-` is stdin"
    )
    parser.add_argument(
        "--skip", type=int, action="append", default=[], metavar="N", help="leave out mail N of it"
    )
    add_flag(parser, "--skip-bad", "leave out mails without a date or a sender")
    add_flag(parser, "--dry-run", "with --eml: print what would be logged")


def _run(args: Namespace, context: Context) -> int:
    if not args.words and args.eml is None and _at_a_terminal(args):
        from tui.cli.live import type_line

        return type_line(context.workspace, context.client(args.client) if args.client else None)
    if context.discreet:
        raise DocketError(
            "`docket log` with words may print what is not for all eyes",
            "",
            "`docket --discreet log CLIENT` in a terminal lets you type a line",
        )
    return _log_words(args, context)


def _log_words(args: Namespace, context: Context) -> int:
    """Log what was given with the command."""
    if args.eml is not None:
        from tui.cli.mail import log_mail

        if args.about:
            raise UsageError("--about does not go with --eml", "", "Log it, then amend it")
        return log_mail(args, context)
    if args.dry_run or not args.words:
        missing = "--eml FILE" if args.dry_run else "[KIND] TEXT" if args.client else "CLIENT"
        example = VERBS["log"].example.splitlines()[-1 if args.dry_run else 0]
        raise UsageError(f"docket log: {missing} is required", "", f"For example: {example}")
    client = context.client(args.client)
    kind, words = kind_meant(args.words, context.workspace.config.kinds)
    if args.words[0] == "client" and any(pair.startswith("name=") for pair in args.set):
        raise UsageError(f"{client} is begun already", "", _renaming(context, client))
    words = _text(args, kind, words, context, client)
    said = said_beside(args, kind, context, client)
    counted = _counted_aloud(args, kind, context, client)
    seq = context.log(args, client, kind.id, words, **said)
    if counted and not args.json:
        tell(counted)
    if not args.json and args.visibility is None:
        _tell_settlement(kind, [*words, *args.quote])
    if not args.json:
        _tell_implied(kind, [" ".join(words), *args.quote], client)
    if args.hours is not None:
        from tui.cli.warnings import tell_long

        tell_long(said["data"]["hours"])
    _tell_kind(args, kind, context, client, seq)
    return 0


def _at_a_terminal(args: Namespace) -> bool:
    """Whether nothing but perhaps a client was given, by somebody who can type a line now."""
    given = {name for name, value in vars(args).items() if value}
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return terminal and given <= {"client", "workspace"} and os.environ.get("TERM") != "dumb"


def _counted_aloud(args: Namespace, kind: Kind, context: Context, client: str) -> str:
    """Return which crossing or round this is, as far as no docket has to be read for it."""
    if kind.id not in CROSSING or args.my_share or args.on:
        return ""
    needed = ("watch", "rounds") if kind.id == "rework" else ("watch",)
    from store.index.summary import kept_before

    found = kept_before(context.root, client, context.today, *needed)
    if found is None:
        return ""
    from tui.words.steps import aloud

    about = [link["seq"] for link in getattr(args, "links", None) or ()]
    return aloud(kind.id, about, args.project or "", found, context.today)


def _tell_kind(args: Namespace, kind: Kind, context: Context, client: str, seq: int) -> None:
    """Say what a step that names nothing counts for, and what else a note could have been.

    At a complaint a repair is offered, at once and once (advice 94).
    """
    if kind.shape == "StepData":
        from tui.cli.about import tell_unnamed

        tell_unnamed(context, client, seq)
        if not args.json and not args.on and _MAY_NAME_A_DAY(" ".join(args.words)):
            from store.playbook.said import day_in, said_back

            if day := day_in(kind.id, " ".join(args.words), context.today):
                tell(said_back(day))
    if kind.id == "complaint" and not args.json:
        from store.tone.asking import asks_what_was_done
        from tui.words.repair import offer_words

        tell(offer_words(client, seq))
        if asks_what_was_done(" ".join([*args.words, *args.quote])):
            tell(f"Where the time went, by week: docket time {client}")
    if kind.id == "my-apology" and not args.json:
        from store.tone.sent import apology_words

        spoken = context.workspace.docket(client).profile.language
        tell(*apology_words(" ".join(args.words), spoken))
    if kind.id == "note" and not args.json and args.words[0] != "note":
        from store.capture.unread import unread

        tell("Kept as a note; with a kind it would count (see `docket keys --kinds`).")
        for hint in unread(kind, " ".join(args.words).split(), context.today):
            tell(f"Kept as text: {hint}.")
        if args.words[0] == "client":
            tell(f"{_renaming(context, client)}.")


def _tell_settlement(kind: Kind, texts: list[str]) -> None:
    """Say that an entry began as settlement talk, where nobody said who may see it."""
    if begins_as(kind.id, [" ".join(texts)]) == "settlement":
        tell(
            "It begins as settlement talk, which only a mediator's record shows; --visibility "
            "record opens it, and an offer to put something right is `repair-offer`."
        )


def _tell_implied(kind: Kind, texts: list[str], client: str) -> None:
    """Ask about what the words say and the kind does not: only the user can say so."""
    from store.tone.implied import implied

    if found := implied(kind.id, kind.group, texts):
        tell(f"{found.question} Then log that too: docket log {client} {found.kind} TEXT")


def _text(
    args: Namespace, kind: Kind, words: list[str], context: Context, client: str
) -> list[str]:
    """Return the words of the text, without its marks; most texts have none, and need no reader."""
    if args.about or (words != ["-"] and _may_name(kind, words)):
        from tui.cli.about import name_subjects

        words = name_subjects(args, kind, words, context, client)
    shaped = kind.id in SHAPED and len(words) > 1
    if not shaped and not any(map(_MAY_BE_MARKED, words)):
        return words
    from tui.cli.marked import read_words

    return read_words(args, kind, words, context, client)


def _may_name(kind: Kind, words: list[str]) -> bool:
    """Whether `words` may name what an entry of `kind` is about; most need no docket to be read."""
    told = kind.shape == "StepData" or kind.follows.says != "about"
    sign = r"\d" if told else r"#~?\d"
    return any(re.search(sign, word) for word in words)


def _renaming(context: Context, client: str) -> str:
    known = context.workspace.docket(client).kind("client")
    named = f"{client}#{known[-1].seq if known else 1}"
    return f"To rename the client: docket amend {named} --set name=NAME --reason WHY"


VERBS = {
    "log": Verb(
        _arguments,
        _run,
        """\
docket log acme late-payment INV-42 still unpaid s:2 @yesterday +0.5h
docket log acme no-reply "Third ask for the logo files" --severity 2 --on yesterday
docket log acme abuse "Called me a thief" --quote "you thief" --channel phone
git log -1 | docket log acme note -
docket log acme --eml mail.eml""",
        notes="Alone, or with a CLIENT alone, it opens a line to type on, in a terminal.\n"
        "Where the text is several words, marks are read in it: s:2 how bad, @yesterday (or\n"
        "@fri 14:00, @2d ago, @20 oct) when, +0.5h time lost, ^phone how it reached you,\n"
        "~internal who may see it, by:fri with a request; `docket keys --marks` lists them. One\n"
        "quoted text, `-` and --eml are taken as they are, and so is all that is behind `--`.\n"
        "Without a kind it is a note. To begin a note with a word that is a kind, write\n"
        "`docket log CLIENT note TEXT`. Words of your own for kinds of incident go under [kinds]\n"
        "in config.toml (`docket policy` shows how).\n"
        "With --eml no text is needed, and no CLIENT (or `@`) finds the client by address.",
        forgiving=True,
    )
}
