"""`docket new`: begins a client's docket with who they are and what was agreed."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from store.capture import namesakes, read_capture
from store.dates import When, parse_days
from store.entries.describe import Partial, in_short
from store.entries.words import field_words
from store.errors import UsageError
from store.money import parse_amount, parse_currency
from store.quantities import parse_payment_terms, parse_rounds
from store.text import Verbatim, clean_name
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json, add_on
from tui.words.entry import entry_json
from tui.words.moments import logged

if TYPE_CHECKING:
    from store.workspace import Workspace
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="+", help="what you call them, any script")
    parser.add_argument("--id", metavar="ID", default="", help="a short id; default from the name")
    parser.add_argument("--email", metavar="E", help="where you write to")
    parser.add_argument("--phone", metavar="P", help="where you call")
    parser.add_argument("--contract-name", metavar="N", help="the name the contract uses")
    parser.add_argument("--address", metavar="A", help="the address the contract uses")
    parser.add_argument("--tax-id", metavar="T", help="their tax number, as records print it")
    parser.add_argument("--language", metavar="L", help="what you write to them in, such as fi")
    parser.add_argument("--currency", metavar="EUR", help="what you are paid in")
    parser.add_argument("--rate", metavar="85", help="agreed for an hour")
    parser.add_argument("--terms", metavar="net14|day1|receipt", help="when an invoice is due")
    parser.add_argument("--reply-within", metavar="2d", help="agreed time to answer a question")
    parser.add_argument("--revisions", metavar="2", help="agreed rounds of changes")
    parser.add_argument("--scope", metavar="TEXT", help="what was agreed to be done")
    add_on(parser, "when that was agreed")
    parser.add_argument(
        "--referred-by", metavar="CLIENT", help="the client who sent them (private)"
    )
    add_flag(parser, "--twin", "another client has this very name")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.workspace import Workspace
    from store.workspace.batch import tidy

    name, said, day = _name_and_terms(args, context)
    terms = _terms(args)
    when = day or context.when(args.on)
    Workspace.create(context.root, clock=context.clock)
    workspace = context.workspace
    tidy(workspace.root)
    if "rate" in terms or "currency" in terms:
        terms["currency"] = currency = parse_currency(args.currency or workspace.config.currency)
        if args.rate:
            terms["rate"] = parse_amount(args.rate, currency)
    _add(said, terms)
    twins, alike = namesakes(name, _names(workspace))
    if twins and not args.twin:
        raise _taken(name, twins)
    alike = [] if twins else alike
    client = workspace.new_id(name, args.id)
    unsigned = _unsigned(workspace)
    source = context.client(args.referred_by) if args.referred_by else ""
    beware = _beware(workspace, name, source)
    entries = workspace.add_client(client, _profile(args, name), terms, when)
    if source:
        workspace.private.set_referred_by(client, source)
    if args.json:
        say_json({"client": client, "entries": [entry_json(entry) for entry in entries]})
    else:
        for entry in entries:
            say(logged(entry))
    _tell_read(said, alike)
    if twins:
        tell(f"There is a {name} already ({', '.join(twins)}); this one is {client}.")
    elif client.startswith("client") and not args.id:
        tell(f"The id is {client}: the name has no Latin letters to make one of (see --id).")
    tell(*filter(None, (beware, unsigned)))
    return 0


def _taken(name: str, twins: list[str]) -> UsageError:
    return UsageError(
        f"There is a client {name} already, with the id {', '.join(twins)}",
        "",
        f"Log on {twins[0]}, or add --twin if this is somebody else of that name",
    )


def _add(said: dict[str, Any], terms: dict[str, Any]) -> None:
    """Add what the words say to the terms of the options; UsageError where they differ."""
    for key, value in said.items():
        if terms.setdefault(key, value) != value:
            raise UsageError(
                f"The words say {field_words(key)} {value}, and an option {terms[key]}",
                "",
                "Leave one of them out, or put the name in quotes",
            )


def _tell_read(said: dict[str, Any], alike: list[str]) -> None:
    """Say what was read out of the words, and who is called much the same."""
    if said:
        tell(f"Agreed: {in_short(Partial('TermsData', said))}.")
    if alike:
        tell(f"{', '.join(alike)} is called much the same: is this somebody else?")


def _name_and_terms(args: Namespace, context: Context) -> tuple[str, dict[str, Any], When | None]:
    """Return the name, what was agreed and when; in quotes or behind `--` all is the name."""
    plain = [word for word in args.name if " " not in word and not isinstance(word, Verbatim)]
    if len(plain) < 2 or plain != args.name:
        return clean_name(" ".join(args.name)), {}, None
    currency = parse_currency(args.currency or context.settings.checked().currency)
    line = f"new {' '.join(plain)}"
    read = read_capture(line, clients={}, now=context.clock(), current=None, currency=currency)
    if read.problems:
        what = f"{read.problems[0][:1].upper()}{read.problems[0][1:]}"
        raise UsageError(what, "", "A name in quotes is taken as it is")
    mail, when = read.data.get("email"), read.when
    if (mail and args.email not in (None, mail)) or (
        when and args.on and context.when(args.on) != when
    ):
        raise UsageError("The words say one thing, and an option another", "", "Leave one out")
    args.email = mail or args.email
    return clean_name(read.data["name"]), dict(read.data["terms"]), when


def _unsigned(workspace: Workspace) -> str:
    """Return a sentence on whose name entries carry, before the first, where nobody set one."""
    if workspace.config.author or workspace.client_ids():
        return ""
    return (
        f"Entries are signed '{workspace.author}' until you say your name: docket me \"Your name\""
    )


def _names(workspace: Workspace) -> dict[str, str]:
    return {docket.client: docket.name for docket in workspace.dockets()}


def _profile(args: Namespace, name: str) -> dict[str, str]:
    """Return who they are, as far as it was typed."""
    more = {
        key: getattr(args, key)
        for key in ("email", "phone", "contract_name", "address", "language", "tax_id")
    }
    return {"name": name, **{key: value for key, value in more.items() if value}}


def _beware(workspace: Workspace, name: str, source: str) -> str:
    """Return a sentence if there is a client who sent them, and one to be wary of.

    Asked before anything is written: a private file that cannot be read is refused here.
    """
    if not source:
        return ""
    from store.decision import assess
    from store.overview.words import warning

    docket = workspace.docket(source)
    found = assess(docket, workspace.private.of(source), workspace.config)
    return warning(name, docket, found.verdict)


def _terms(args: Namespace) -> dict[str, Any]:
    """Return the agreed terms that were typed; money waits until its currency is known."""
    terms: dict[str, Any] = {
        key: value for key in ("rate", "currency", "scope") if (value := getattr(args, key))
    }
    if args.terms:
        terms["payment"] = parse_payment_terms(args.terms)
    if args.reply_within:
        terms["reply_within_days"] = parse_days(args.reply_within)
    if args.revisions:
        terms["revisions"] = parse_rounds(args.revisions)
    return terms


VERBS = {
    "new": Verb(
        _arguments,
        _run,
        """\
docket new Acme Media --email ann@acme.example --currency EUR --rate 85 --terms net14
docket new Beta Films EUR 85/h net14 reply 2d
docket new សុខា --id sokha --reply-within 2d""",
        notes="The first client makes the workspace, too.",
    )
}
