"""`docket welcome`: the sheet of first contact, filled in, written out and sent."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.docket.welcome import ITEMS, flags, sheet
from store.entries.words import entry_named
from store.errors import UsageError, plain_words
from store.files import typed_path
from store.playbook.welcome import form_text, read_form, to_log
from tui.cli.context import STDIN_LIMIT
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_flag, add_json, add_language, add_on

if TYPE_CHECKING:
    from store.docket import Docket
    from tui.cli.context import Context

_TEXT = "Name the text that docket welcome CLIENT --form begins"
_FILL = "Write behind the words of docket welcome CLIENT --form, as in goal: Forty orders"
_OPTIONS = {name: name.replace("_", "-") for name in ITEMS} | {"their_reply": "reply-within"}


def _arguments(parser: Parser) -> None:
    add_client(parser)
    for name, option in _OPTIONS.items():
        parser.add_argument(
            f"--{option}",
            dest=name,
            metavar="14d|net14" if name == "payment" else "2d" if name == "their_reply" else "TEXT",
            help=_within(ITEMS[name]),
        )
    add_flag(parser, "--form", "print the sheet as lines to fill in")
    parser.add_argument("--fill", metavar="FILE", help="read those lines back; `-` reads stdin")
    add_flag(parser, "--sent", "log that you sent it to them")
    parser.add_argument("-o", "--output", metavar="FILE", help="write it as a file to send")
    add_flag(parser, "--html", "with -o: also as a page, beside it")
    add_language(parser)
    add_on(parser)
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    docket = context.workspace.docket(client)
    if args.html and not args.output:
        raise UsageError("Where to write the page", "", "Give -o FILE")
    given = _given(args, context)
    if args.form:
        say(form_text(docket).rstrip("\n"))
        return 0
    new = to_log(given, docket)
    for kind, data in new.items():
        context.log(args, client, kind, data=data)
    if new:
        docket = context.workspace.docket(client)
    if args.sent:
        _sent(args, context, docket)
    if args.output:
        _write(args, context, docket)
    if not given and not args.sent and not args.output:
        _show(args, context, docket)
    elif given and not new:
        tell("Nothing is new in it.")
    return 0


def _given(args: Namespace, context: Context) -> dict[str, str]:
    """Return the answers that were typed, by name; UsageError beside --form, which takes none."""
    given = {name: text for name in ITEMS if (text := getattr(args, name)) is not None}
    if args.form and (given or args.fill or args.sent or args.output or args.json):
        raise UsageError("Nothing is filled in", "--form only prints the lines", "Leave it out")
    if args.fill:
        given = read_form(_filled(args.fill, context)) | given
        if not given:
            raise UsageError(f"{args.fill} answers nothing", "", _FILL)
    return given


def _filled(name: str, context: Context) -> str:
    if name == "-":
        return context.text(("-",))
    try:
        with typed_path(name).open("rb") as file:
            raw = file.read(STDIN_LIMIT + 1)
        if len(raw) <= STDIN_LIMIT:
            return raw.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{name} cannot be read", plain_words(error)[0], _TEXT) from error
    except ValueError as error:
        raise UsageError(f"{name} cannot be read", "it is no text in UTF-8", _TEXT) from error
    raise UsageError(f"{name} is too long for a sheet", "it is over 2 MB", _TEXT)


def _sent(args: Namespace, context: Context, docket: Docket) -> None:
    begun = docket.kind("welcome")
    if not begun:
        raise UsageError(
            "There is no welcome sheet yet", "", f"docket welcome {docket.client} --goal TEXT"
        )
    seq = context.log(
        args, docket.client, "expectations", ["Sent the welcome sheet."], after=begun[-1]
    )
    tell(f"Once they say so: docket accept {entry_named(docket.client, seq)} --by NAME")


def _write(args: Namespace, context: Context, docket: Docket) -> None:
    from store.records.single import write_paged

    path = typed_path(args.output).absolute()
    path = path / f"{context.today}_{docket.client}_welcome.md" if path.is_dir() else path
    markdown = _markdown(args, context, docket)
    for file in write_paged(context.workspace, docket.client, path, markdown, page=args.html):
        say(str(file))


def _markdown(args: Namespace, context: Context, docket: Docket) -> str:
    from store.languages import parse_language
    from store.records.texts import Texts, language_hint
    from store.records.welcome import welcome_document

    asked = parse_language(args.language) if args.language else docket.profile.language or ""
    texts = Texts(asked, "welcome")
    if lacking := language_hint(asked, "welcome"):
        tell(lacking)
    return welcome_document(docket, context.workspace.author, context.today, texts).markdown


def _show(args: Namespace, context: Context, docket: Docket) -> None:
    from store.playbook.welcome import contact_words

    found = sheet(docket)
    if args.json:
        say_json(
            {
                "client": docket.client,
                "answers": {name: one.text for name, one in found.answers.items()},
                "unanswered": list(found.unanswered),
                "sent": found.sent.day.isoformat() if found.sent else None,
                "accepted": found.accepted.day.isoformat() if found.accepted else None,
                "flags": [{"says": one.says, "evidence": one.evidence} for one in flags(docket)],
            }
        )
        return
    if found.begun:
        say(_markdown(args, context, docket).rstrip("\n"))
    for line in contact_words(docket, context.workspace.private.of(docket.client)):
        tell(f"{line}.")
    if found.unanswered:
        tell(f"Unanswered: {', '.join(_within(ITEMS[name]) for name in found.unanswered)}.")


def _within(words: str) -> str:
    """Return the name of an answer as it stands within a sentence."""
    return words if words.startswith("I ") else words[:1].lower() + words[1:]


VERBS = {
    "welcome": Verb(
        _arguments,
        _run,
        """\
docket welcome acme --goal "Forty orders a month" --decides "Ann" --reply-within 2d
docket welcome acme --form > sheet.txt
docket welcome acme --process "A draft, a talk, the page" --sent -o welcome.md""",
        notes="The lines of --form, filled in, are read back with --fill sheet.txt. `none` is an\n"
        "answer: it stands as a flag, and the sheet asks again. Payment and the time to answer\n"
        "are logged as terms. Once they confirm: docket accept CLIENT#N.",
    )
}
