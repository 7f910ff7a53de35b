"""`docket backup` and `docket restore`: the workspace into one file, and back from it."""

from __future__ import annotations

from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import VerificationError
from store.files import typed_path
from store.journal import LIMITS
from store.text import plural
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json
from tui.cli.progress import Progress
from tui.words import one_line

if TYPE_CHECKING:
    from store.upkeep.archive import Manifest
    from tui.cli.context import Context


def _backup_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="a new file; nothing is overwritten")
    add_flag(
        parser,
        "--with-private",
        "also check-ins, gut answers, decisions and drafts: for yourself only",
    )
    add_json(parser)


def _backup(args: Namespace, context: Context) -> int:
    from store.upkeep.backup import backup_bytes, write_backup

    total = backup_bytes(context.workspace)
    with Progress(total, "Backing up", quiet=args.json) as progress:
        written = write_backup(
            context.workspace,
            Path(args.file),
            with_private=args.with_private,
            on_bytes=progress,
        )
    manifest = written.manifest
    if args.json:
        held = _held(manifest)
        file = {"file": str(written.path), "size": written.size, "sha256": written.sha256}
        say_json({**file, **held, "left_out": list(written.left_out), "limits": LIMITS})
    else:
        say(one_line(f"{written.path}: {_summary(manifest)}"))
        for docket in manifest.dockets:
            entries = plural(docket.entries, "entry", "entries")
            say(f"  {docket.client}: {entries}, head {docket.head}")
        for what in written.left_out:
            say(one_line(f"Left out: {what}"))
        say(f"sha256 {written.sha256}")
        tell("Read back whole. It holds internal and settlement entries too, and is not encrypted.")
        tell(LIMITS)
    if manifest.damaged:
        first = manifest.damaged[0]
        raise VerificationError(
            f"The backup is written, but {first.name} was not whole when it was copied",
            first.what,
            "Keep older backups; `docket doctor` has the rest",
        )
    return 0


def _restore_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="what `docket backup` wrote")
    add_flag(parser, "--with-damaged", "also what was damaged already when it was backed up")
    add_json(parser)


def _restore(args: Namespace, context: Context) -> int:
    from store.upkeep.restore import restore_backup

    with ExitStack() as stack:
        restored = restore_backup(
            typed_path(args.file),
            context.root,
            with_damaged=args.with_damaged,
            clock=context.clock,
            copying=lambda total: stack.enter_context(
                Progress(total, "Restoring", quiet=args.json)
            ),
        )
    if args.json:
        say_json({"workspace": str(restored.root), **_held(restored.manifest)})
        return 0
    made = restored.manifest.made_at
    say(one_line(f"{restored.root}: {_summary(restored.manifest)}"))
    say(f"as it stood on {made:%-d %b %Y %H:%M} ({made.tzname()}); every chain was checked")
    for damage in restored.damaged:
        say(one_line(f"Damaged: {damage.name}: {damage.what}"))
    return 0


def _held(manifest: Manifest) -> dict[str, Any]:
    return manifest.model_dump(mode="json", exclude={"format"})


def _summary(manifest: Manifest) -> str:
    entries = sum(docket.entries for docket in manifest.dockets)
    counts = (
        plural(len(manifest.dockets), "docket"),
        plural(entries, "entry", "entries"),
        plural(manifest.exhibits, "exhibit"),
    )
    return f"{', '.join(counts)}, {'with' if manifest.private else 'without'} private things"


VERBS = {
    "backup": Verb(
        _backup_arguments,
        _backup,
        """\
docket backup /media/stick/docket-2026-11-22.zip
docket backup ~/docket-all.zip --with-private""",
        notes="Other sessions may go on meanwhile. The file is read back before it appears.",
    ),
    "restore": Verb(
        _restore_arguments,
        _restore,
        "docket restore docket-2026-11-22.zip --workspace ~/docket-again",
        notes="Only into an empty or missing folder; nothing appears there unless all of it is\n"
        "what the backup's manifest says.",
    ),
}
