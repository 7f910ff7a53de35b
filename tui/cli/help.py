"""`docket help`: the verbs, one verb, or a topic; the topics are the Markdown files of tui/help."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from store.errors import UsageError
from tui.cli.output import say
from tui.cli.parsing import Parser, Verb, add_flag, parser_of
from tui.cli.verbs import GROUPS
from tui.cli.verbs import VERBS as LISTED
from tui.text import line_width, table, wrap

if TYPE_CHECKING:
    from tui.cli.context import Context

_FOLDER: Final = Path(__file__).parents[1] / "help"
_USAGE = """\
usage: docket [--workspace DIR] [--theme NAME] [--discreet] [VERB ...]

One append-only docket per client, and an answer to "is the client more than the work?".
Without a verb, the app opens. `docket VERB --help` has the rest."""
_NOTES = """\
CLIENT is an id or any unambiguous part of a name; an entry is CLIENT#N, such as acme#12.
--workspace DIR or DOCKET_WORKSPACE names the folder that holds everything.
--theme NAME or DOCKET_THEME says how the app looks: see `docket help settings`.
--discreet shows only what both sides know, while somebody looks along: `docket help safety`.
Exit status: 0 done, 1 failed, 2 wrong usage, 3 verification failed."""
_MARKUP = re.compile(r"\*\*(.+?)\*\*|\[([^\]]+)\]\([^)]*\)", re.S)
_NARROW: Final = 80


class Passage(NamedTuple):
    """One block of a topic: `heading`, `section`, `text`, `item`, `code` or `row`, and its texts.

    All but a row have one text; the first row of a table is its head.
    """

    kind: str
    texts: tuple[str, ...]


def topics() -> dict[str, Path]:
    """Return the file of each topic by name, by name."""
    return {path.stem: path for path in sorted(_FOLDER.glob("*.md"))}


def passages(source: str) -> Iterator[Passage]:
    """Yield the blocks of a topic, in order, without marks inside a text but for backticks."""
    from markdown_it import MarkdownIt

    around: list[str] = []
    row: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.nesting == 1:
            around.append(token.tag)
        elif token.nesting == -1:
            around.pop()
            if token.tag == "tr":
                yield Passage("row", tuple(row))
                row = []
        elif token.type == "code_block":
            yield Passage("code", (token.content.rstrip("\n"),))
        elif token.type == "inline":
            text = _MARKUP.sub(lambda found: found[1] or found[2], token.content)
            text = " ".join(text.split())
            if "tr" in around:
                row.append(text)
            else:
                kinds = {"h1": "heading", "h2": "section", "li": "item"}
                yield Passage(next((kinds[tag] for tag in around if tag in kinds), "text"), (text,))


def as_lines(parts: Iterable[Passage], cells: int) -> Iterator[str]:
    """Yield a topic as lines of a terminal, none wider than `cells`; code is as it is."""
    rows: list[tuple[str, ...]] = []
    before = ""
    for kind, texts in (*parts, Passage("", ())):
        if rows and kind != "row":
            yield from table(rows[0], rows[1:], len(rows[0]) - 1, cells, cut=False)
            rows = []
        if kind and before and not kind == before == "row":
            yield ""
        if kind == "row":
            rows.append(texts)
        elif kind == "code":
            yield from ("    " + line for line in texts[0].split("\n"))
        elif kind == "item":
            first, *rest = wrap(texts[0], cells - 2)
            yield from (f"- {first}", *(f"  {line}" for line in rest))
        elif kind:
            yield from wrap(texts[0], cells)
        before = kind


def as_man(parts: Iterable[Passage]) -> Iterator[str]:
    """Yield a topic as the lines of a section of a man page."""
    for kind, texts in parts:
        said = [_roff(text) for text in texts]
        if kind in ("heading", "section"):
            yield f".{'SH' if kind == 'heading' else 'SS'} {said[0]}"
        elif kind == "code":
            yield from (".PP", ".RS 4", ".nf", *said[0].split("\n"), ".fi", ".RE")
        elif kind == "row":
            yield from (".TP", said[0], " ".join(said[1:]))
        else:
            yield from (".IP \\(bu 2" if kind == "item" else ".PP", said[0])


def _roff(text: str) -> str:
    lines = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "").split("\n")
    return "\n".join(("\\&" if line[:1] in (".", "'") else "") + line for line in lines)


def overview() -> Iterator[str]:
    """Yield the lines of `docket --help`: how it is called, the verbs by group, the topics."""
    yield _USAGE
    for group, verbs in GROUPS.items():
        yield f"\n{group}:"
        yield from (f"  {name:<11} {listed.line}" for name, listed in verbs.items())
    yield "\nTopics, in more words: `docket help TOPIC`"
    yield from (f"  {name:<11} {_title(path)}" for name, path in topics().items())
    yield f"\n{_NOTES}"


def _title(path: Path) -> str:
    title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
    return title if title.isupper() else title[0].lower() + title[1:]


def manual() -> Iterator[str]:
    """Yield the man page of Docket: its verbs and every topic."""
    yield '.TH DOCKET 1 "" "Docket" "User Commands"'
    yield from (".SH NAME", "docket \\- a docket for each client, from a terminal")
    yield from (".SH SYNOPSIS", ".B docket", "[\\-\\-workspace DIR] [VERB ...]")
    yield from (".SH DESCRIPTION", *map(_roff, _USAGE.split("\n")[2:]), ".PP", ".nf")
    yield from (_roff(_NOTES), ".fi")
    for group, verbs in GROUPS.items():
        yield f'.SH "{group.upper()}"'
        for name, listed in verbs.items():
            yield from (".TP", f".B docket {name}", _roff(listed.line))
    for path in topics().values():
        yield from as_man(passages(path.read_text(encoding="utf-8")))


def _arguments(parser: Parser) -> None:
    parser.add_argument("topic", metavar="VERB|TOPIC", nargs="?", help="what to say more about")
    add_flag(parser, "--man", "print all of it as a man page")


def _run(args: Namespace, context: Context) -> int:
    known = topics()
    if args.man:
        lines = manual()
    elif args.topic is None:
        lines = overview()
    elif args.topic in known:
        cells = min(line_width(), _NARROW)
        lines = as_lines(passages(known[args.topic].read_text(encoding="utf-8")), cells)
    elif args.topic in LISTED:
        from tui.cli.verbs import load

        parser_of(args.topic, LISTED[args.topic].line, load(args.topic)).print_help()
        return 0
    else:
        from difflib import get_close_matches

        near = get_close_matches(args.topic, [*LISTED, *known], n=1)
        hint = f"Perhaps `docket help {near[0]}`" if near else "`docket help` lists them"
        raise UsageError(f"'{args.topic}' is no verb and no topic", "", hint)
    say(*lines)
    return 0


VERBS = {
    "help": Verb(
        _arguments,
        _run,
        """\
docket help
docket help verdict
docket help --man > docket.1 && man ./docket.1""",
    )
}
