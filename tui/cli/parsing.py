"""What a verb is, how its words are read, and the one-line complaint when they are wrong."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, NoReturn, Protocol

from store.errors import UsageError
from store.text import Verbatim
from tui.cli.output import say
from tui.words import one_line

if TYPE_CHECKING:
    from tui.cli.context import Context


CLIENT: Final = "an id, or any unambiguous part of a name"
"""How a client is named."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UsageError instead of printing its usage."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with `message` on one line."""
        raise UsageError(f"{self.prog}: {one_line(message)}", "", f"See `{self.prog} --help`")

    def print_help(self, file: object = None) -> None:
        """Print the help on stdout, as wide as the terminal is."""
        from shutil import get_terminal_size

        self.formatter_class = partial(_Help, width=get_terminal_size().columns - 2)
        say(self.format_help().rstrip())


class Options(Protocol):
    """A parser, or a group of options that exclude each other."""

    def add_argument(self, *name_or_flags: str, **kwargs: Any) -> object:
        """Add an option."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help that shows words that may repeat once, as the README does.

    argparse makes one for every argument it is given, so the width is not looked up here.
    """

    def __init__(self, prog: str, width: int = 78) -> None:
        super().__init__(prog, width=width)

    def _format_args(self, action: argparse.Action, default_metavar: str) -> str:
        if action.nargs in ("+", "*") and isinstance(action.metavar, str):
            return action.metavar if action.nargs == "+" else f"[{action.metavar}]"
        return super()._format_args(action, default_metavar)


class Verb(NamedTuple):
    """One verb: what it takes, what it does (returning an exit status), and how it looks in use.

    `arguments` adds to a parser that has --workspace already; `loose` verbs take their words and
    their options in any order; a `forgiving` one goes on where a setting is wrong.
    """

    arguments: Callable[[Parser], None]
    run: Callable[[argparse.Namespace, Context], int]
    example: str
    notes: str = ""
    loose: bool = True
    forgiving: bool = False


def parser_of(name: str, line: str, verb: Verb) -> Parser:
    """Return the parser of the verb `name`."""
    examples = "\n".join(f"  {row}" for row in verb.example.strip().splitlines())
    notes = f"{verb.notes.strip()}\n\n" if verb.notes else ""
    parser = Parser(
        prog=f"docket {name}",
        description=line[0].upper() + line[1:] + "." * (line[-1] != "?"),
        epilog=f"{notes}example:\n{examples}",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    verb.arguments(parser)
    parser.add_argument("--workspace", metavar="DIR", help="the folder that holds everything")
    return parser


def parse_arguments(parser: Parser, verb: Verb, argv: list[str]) -> argparse.Namespace:
    """Return what `argv` says, or raise UsageError; words after `--` are Verbatim."""
    if "--" in argv:
        start = argv.index("--") + 1
        argv = [*argv[:start], *map(Verbatim, argv[start:])]
    return parser.parse_intermixed_args(argv) if verb.loose else parser.parse_args(argv)


def add_client(
    parser: Parser,
    what: str = CLIENT,
    *,
    needed: bool = True,
) -> None:
    """Add the CLIENT word."""
    parser.add_argument("client", metavar="CLIENT", nargs=None if needed else "?", help=what)


def add_entry(parser: Parser, text: str) -> None:
    """Add the words `CLIENT#N [TEXT]`; `Context.entry` reads them."""
    parser.add_argument(
        "words", metavar="CLIENT#N [TEXT]", nargs="+", help=f"an entry, such as acme#12; {text}"
    )


def add_text(parser: Parser, what: str, *, needed: bool = True) -> None:
    """Add TEXT: any number of words, or `-` for standard input; `Context.text` reads them."""
    count = "+" if needed else "*"
    parser.add_argument("words", metavar="TEXT", nargs=count, help=f"{what}; `-` reads stdin")


def add_on(parser: Parser, what: str = "when it happened") -> None:
    """Add --on."""
    parser.add_argument("--on", metavar="WHEN", help=f"{what}: yesterday, fri, '21 Nov 14:30'")


def add_language(parser: Parser, default: str = "the language of the client") -> None:
    """Add --language, which a document is written in."""
    parser.add_argument("--language", metavar="L", help=f"default: {default}")


def severity(text: str) -> int:
    """Return 1, 2 or 3 as typed; an argparse type."""
    if text.strip() not in ("1", "2", "3"):
        raise argparse.ArgumentTypeError(f"'{text}' is none: say 1 (minor), 2 or 3 (serious)")
    return int(text)


def add_about(parser: Parser) -> None:
    """Add --about, which may be given several times."""
    add_many(
        parser,
        "--about",
        "what it is about: an entry's number, or an invoice's; again for more",
        "N",
    )


def add_project(parser: Parser) -> None:
    """Add --project."""
    parser.add_argument("--project", metavar="NAME", help="the project it is about")


def add_flag(parser: Options, name: str, what: str) -> None:
    """Add an option that is given or not."""
    parser.add_argument(name, action="store_true", help=what)


def add_print(parser: Parser, what: str) -> None:
    """Add that a document is printed, and on what; `what` says what --pdf does."""
    add_flag(parser, "--pdf", what)
    parser.add_argument("--paper", choices=("A4", "letter"), help="what --pdf prints on")


def paper_of(args: argparse.Namespace) -> Literal["A4", "letter"] | None:
    """Return what it is printed on, None where it is not; UsageError for paper without --pdf."""
    if args.paper and not args.pdf:
        raise UsageError("--paper goes with --pdf", "", "Add --pdf")
    on: Literal["A4", "letter"] | None = (args.paper or "A4") if args.pdf else None
    return on


def add_many(parser: Parser, name: str, what: str, metavar: str = "TEXT") -> None:
    """Add an option that may be given several times."""
    parser.add_argument(name, action="append", default=[], metavar=metavar, help=what)


def add_set(parser: Parser, what: str) -> None:
    """Add --set, which may be given several times; `values_set` reads it."""
    add_many(parser, "--set", what, "NAME=VALUE")


def values_set(pairs: list[str], how: str = "--set NAME=VALUE") -> dict[str, str]:
    """Return the values by name in the `NAME=VALUE` of --set, or of another option."""
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"'{pair}' sets nothing", "", f"Write {how}")
        values[name.strip()] = value.strip()
    return values


def add_attach(parser: Parser) -> None:
    """Add --attach, and --obtained."""
    add_many(parser, "--attach", "keep a copy as an exhibit", "FILE")
    add_obtained(parser)


def add_obtained(parser: Parser) -> None:
    """Add --obtained."""
    parser.add_argument(
        "--obtained", default="", metavar="TEXT", help="how you came by the file: 'mail from Jo'"
    )


def add_json(parser: Options) -> None:
    """Add --json."""
    add_flag(parser, "--json", "print JSON")
