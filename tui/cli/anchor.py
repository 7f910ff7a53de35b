"""`docket anchor`: notes where a docket stands, so that others can tell if it was rewritten."""

from __future__ import annotations

import secrets
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.errors import DocketError, UsageError, VerificationError
from store.files import typed_path
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json
from tui.cli.verify import anchor_json, anchor_words, records_in

if TYPE_CHECKING:
    from store.anchors import Anchor, DocketChecked, KeptAnchor
    from tui.cli.context import Context

_ANY_KEY = ""


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "client",
        metavar="CLIENT",
        nargs="?",
        help="whose docket; with --check also a docket's file or a record folder",
    )
    add_flag(parser, "--all", "anchor every docket that has grown since its last anchor")
    parser.add_argument(
        "--sign",
        nargs="?",
        const=_ANY_KEY,
        metavar="KEY",
        help="sign it with this SSH key (default: the first in ~/.ssh, else the agent's)",
    )
    add_flag(
        parser, "--query", "write an RFC 3161 query too, for you to send to a time-stamp authority"
    )
    parser.add_argument(
        "--check",
        nargs="+",
        metavar="LINE|FILE",
        help="hold a docket against a mailed line, a file with such lines, or an anchor's file",
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if args.check:
        if args.sign is not None or args.query or args.all:
            raise UsageError("--check only looks", "", "Leave out --all, --sign and --query")
        return _check(args, context)
    if args.all:
        if args.client is not None:
            raise UsageError("--all names every client", "", f"Leave out {args.client}")
        return _make_all(args, context)
    if args.client is None:
        raise UsageError(
            "No client was named", "", "Write `docket anchor CLIENT [--sign [KEY]]`, or --all"
        )
    made = _make(_standing(context, context.client(args.client)), args, context)
    _say(made, args)
    return 0


class Made(NamedTuple):
    """An anchor that was made, where it is kept, and the key it was signed with, if it was."""

    anchor: Anchor
    kept: KeptAnchor
    key: str


def _make_all(args: Namespace, context: Context) -> int:
    """Anchor each docket that has grown since its last anchor; VerificationError where one cannot.

    The others are anchored all the same.
    """
    from store.anchors import Shelf

    shelf, refused, made = Shelf(context.root), [], []
    for client in context.workspace.client_ids():
        try:
            anchor = _standing(context, client)
            kept = [one.anchor for one in shelf.of(client) if one.anchor]
            if not any(one.count >= anchor.count for one in kept):
                made.append(_make(anchor, args, context))
        except DocketError as error:
            refused.append(client)
            tell(str(error))
    if args.json:
        say_json([_made_json(one, args) for one in made])
    else:
        say(*(one.anchor.line for one in made))
        where = f"Kept in {shelf.folder}. Mail the lines to somebody: only a copy elsewhere counts."
        tell(where if made else "No docket has grown since its last anchor.")
    if refused:
        raise VerificationError(f"Not anchored: {', '.join(refused)}", "", "See what is said above")
    return 0


def _make(anchor: Anchor, args: Namespace, context: Context) -> Made:
    from store.anchors import Shelf, add_query, add_signature, sign

    shelf = Shelf(context.root)
    kept = shelf.place(anchor)
    signed = ""
    if args.sign is not None:
        signature, signed = sign(kept.raw, typed_path(args.sign) if args.sign else None)
    shelf.keep(kept)
    if signed:
        add_signature(kept, signature)
    if args.query:
        add_query(kept, lambda: secrets.randbelow(2**64 - 1) + 1)
    return Made(kept.anchor or anchor, kept, signed)


def _standing(context: Context, client: str) -> Anchor:
    """Return the anchor of a docket as it stands, read whole; VerificationError if it is not."""
    from store.anchors import Anchor, anchor_time, check_docket
    from store.entries.words import SLACK

    checked = check_docket(context.workspace.path(client), root=context.root)
    if checked.findings:
        raise VerificationError(
            f"{client} was not anchored, as it is not whole",
            checked.findings[0].rstrip("."),
            f"See `docket verify {client}`",
        )
    last = context.workspace.entries(client)[-1].recorded_at
    if last - context.clock() > SLACK:
        says = anchor_time(context.clock())
        raise DocketError(
            f"{client} was not anchored",
            f"the clock says {says}, and the last entry is of {anchor_time(last)}",
            "Check this computer's clock; if it ran ahead, log a note, then try again",
        )
    return Anchor(
        client, checked.count, checked.head, anchor_time(context.clock()), checked.genesis
    )


def _say(made: Made, args: Namespace) -> None:
    from store.anchors import SHOWS

    kept = made.kept
    if args.json:
        say_json(_made_json(made, args))
        return
    say(made.anchor.line)
    tell(f"Kept in {kept.path}. Mail the line to somebody: only a copy elsewhere counts.")
    if made.key:
        tell(f"Signed with {made.key}: {kept.signature}. {SHOWS}.")
    if args.query:
        tell(
            f"To have it time-stamped, send the query to an authority of your choice: "
            f"curl -H 'Content-Type: application/timestamp-query' --data-binary '@{kept.query}' "
            f"-o '{kept.answer}' URL (the answer belongs there, beside the anchor)."
        )


def _made_json(made: Made, args: Namespace) -> dict[str, object]:
    return {
        **_anchor_json(made.anchor),
        "file": str(made.kept.path),
        "signature": str(made.kept.signature) if made.key else None,
        "key": made.key or None,
        "query": str(made.kept.query) if args.query else None,
    }


def _anchor_json(anchor: Anchor) -> dict[str, object]:
    return {
        "client": anchor.docket,
        "entries": anchor.count,
        "head": anchor.head,
        "genesis": anchor.genesis,
        "at": anchor.at,
        "line": anchor.line,
    }


def _check(args: Namespace, context: Context) -> int:
    """Hold what `args.client` names, or the dockets the anchors name, against `args.check`.

    Returns 0; VerificationError if anything is not as it was anchored, or not whole.
    """
    from store.anchors import SHOWS

    checked = list(_held(_noted(args.check, context), args.client, context))
    findings = [finding for one in checked for finding in one.findings]
    anchors = [anchor for one in checked for anchor in one.anchors]
    if args.json:
        say_json(
            {
                "ok": not findings,
                "checked": [
                    {"name": one.client, "entries": one.count, "head": one.head} for one in checked
                ],
                "anchors": [anchor_json(anchor) for anchor in anchors],
                "findings": findings,
            }
        )
    else:
        for one in checked:
            for line in (*one.findings, *anchor_words(one.anchors)):
                say(f"{one.client}: {line}")
        if any(note.startswith("signed") for anchor in anchors for note in anchor.notes):
            say(f"{SHOWS}.")
    if findings:
        names = ", ".join(one.client for one in checked if one.findings)
        raise VerificationError(
            f"Verification failed for {names}",
            findings[0].rstrip("."),
            "Keep the files as they are",
        )
    return 0


def _held(
    noted: Sequence[KeptAnchor | Anchor], named: str | None, context: Context
) -> Iterator[DocketChecked]:
    """Yield every docket that the anchors are of, or the one that was named, held against them."""
    path = typed_path(named or "")
    records = records_in(path) if named and path.is_dir() else []
    if any((folder / "manifest.json").exists() for folder in records):
        yield from (_record(folder, noted) for folder in records)
    elif named and path.is_file():
        yield _file(path, noted)
    elif named:
        yield _file(context.workspace.path(context.client(named)), noted)
    else:
        for docket in dict.fromkeys(_anchor(one).docket for one in noted):
            path = context.workspace.path(docket)
            if not path.exists():
                raise UsageError(
                    f"There is no docket {docket} here",
                    "",
                    "Name the file or the record to look at: `docket anchor FILE --check ...`",
                )
            yield _file(path, noted)


def _of(docket: str, noted: Sequence[KeptAnchor | Anchor]) -> list[KeptAnchor | Anchor]:
    """Return the anchors of that docket; UsageError if there are only others."""
    mine = [one for one in noted if _anchor(one).docket == docket]
    if not mine:
        others = ", ".join(dict.fromkeys(_anchor(one).docket for one in noted))
        raise UsageError(f"The anchor is of {others}", f"not of {docket}", "Name that docket")
    return mine


def _file(path: Path, noted: Sequence[KeptAnchor | Anchor]) -> DocketChecked:
    from store.anchors import hold_all, marks_of
    from store.journal import verify_file

    mine = _of(path.stem, noted)
    return hold_all(verify_file(path, marks=marks_of(map(_anchor, mine))), mine)


def _record(folder: Path, noted: Sequence[KeptAnchor | Anchor]) -> DocketChecked:
    """Hold the chain in a record against anchors: its head is the docket's own."""
    from store.anchors import hold_all, marks_of
    from store.journal import verify_disclosed
    from store.records import verify_record
    from store.records.folder.contents import CHAIN

    report = verify_record(folder)
    try:
        raw = (folder / CHAIN).read_bytes()
    except OSError as error:
        raise UsageError(
            f"{folder} is no record", error.strerror or str(error), "Name a record folder"
        ) from error
    chain = verify_disclosed(raw, marks_of(map(_anchor, noted)))
    checked = hold_all(chain, _of(chain.name, noted) if chain.name else noted)
    return replace(checked, findings=tuple(dict.fromkeys((*report.findings, *checked.findings))))


def _anchor(noted: KeptAnchor | Anchor) -> Anchor:
    from store.anchors import Anchor

    anchor = noted if isinstance(noted, Anchor) else noted.anchor
    assert anchor  # one without an anchor in it was refused
    return anchor


def _noted(words: list[str], context: Context) -> Sequence[KeptAnchor | Anchor]:
    """Return the anchors in what was named: an anchor's file, a file with lines, or a line."""
    from store.anchors import find_lines, take

    path = typed_path(words[0])
    named = len(words) == 1 and words != ["-"] and _is_file(path)
    if named:
        kept = take(path)
        if kept.anchor:
            return [kept]
        text = kept.raw.decode("utf-8", "replace")
    else:
        text = context.text(words)
    noted = find_lines(text)
    if not noted:
        raise UsageError(
            f"No anchor was found in {path}" if named else "No anchor was found there",
            kept.problem
            if named and text.startswith("{")
            else "a line reads: docket anchor acme 41 entries head <64 hex digits> <time>Z",
            "Copy the whole line, or name the file that has it",
        )
    return noted


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a pasted line is too long for a name
        return False


VERBS = {
    "anchor": Verb(
        _arguments,
        _run,
        """\
docket anchor acme
docket anchor acme --sign --query
docket anchor --all
docket anchor acme --check saved-mail.txt""",
        notes="An anchor is where a docket stands: how many entries, and the hash of the last.\n"
        "With a copy elsewhere, a rebuilt chain or a cut end shows. Nothing is sent: mailing the\n"
        "line is up to you. Exit status 3 says that a docket is not what was anchored.",
    )
}
