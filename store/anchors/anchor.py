"""An anchor: where a docket stood at some moment, as a file and as a line to mail to somebody."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from store.errors import DocketError
from store.journal import NotCanonicalError, canonical, is_hash, parse

_FORMAT: Final = 1
ALONE: Final = (
    "An anchor helps against whoever owns this folder only if a copy of it is elsewhere: mail the "
    "line to somebody, or have the file time-stamped."
)
NONE_KEPT: Final = (
    "nothing kept here would show a rebuilt chain or entries cut off the end; "
    "`docket anchor CLIENT` makes a line to mail to somebody"
)

_DOCKET = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_LINE = re.compile(
    r"\bdocket anchor ([a-z0-9][a-z0-9-]{0,39}) (0|[1-9]\d{0,15}) entr(?:y|ies) "
    rf"head ([0-9a-f]{{64}}) ({_TIME})"
)
_KEYS = {"at", "count", "docket", "format", "genesis", "head"}


class AnchorError(DocketError):
    """An anchor could not be made, read or written."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """That `docket` had `count` entries, the last with the hash `head`, at the moment `at`.

    `at` is UTC by the writer's own clock, `YYYY-MM-DDTHH:MM:SSZ`. `genesis` stands for the
    docket's first line; a mailed line does not carry it, nor need it: `head` covers it.
    """

    docket: str
    count: int
    head: str
    at: str
    genesis: str = ""

    @property
    def line(self) -> str:
        """The one line to mail: `docket anchor acme 41 entries head <64 hex> <at>`."""
        entries = "entry" if self.count == 1 else "entries"
        return f"docket anchor {self.docket} {self.count} {entries} head {self.head} {self.at}"

    @property
    def stem(self) -> str:
        """The name of its file without the suffix, such as `41-0a1b2c3d`."""
        return f"{self.count}-{self.head[:8]}"

    def dump(self) -> bytes:
        """Return the anchor's file: canonical JSON (FORMAT.md section 2) and a newline."""
        return canonical({**asdict(self), "format": _FORMAT}) + b"\n"


def anchor_time(moment: datetime) -> str:
    """Return an aware moment as an anchor states it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_anchor(raw: bytes) -> Anchor:
    """Return the anchor in a file, which must be spelled as `dump` does; AnchorError if not."""
    try:
        value = parse(raw.removesuffix(b"\n"))
        spelled = isinstance(value, dict) and canonical(value) + b"\n" == raw
    except NotCanonicalError as error:
        raise _no_anchor(error.why) from error
    if not spelled or value.keys() != _KEYS or value["format"] is not _FORMAT:
        raise _no_anchor("it is not what an anchor looks like")
    count, docket, at = value["count"], value["docket"], value["at"]
    texts = isinstance(docket, str) and isinstance(at, str)
    if (
        not (texts and _DOCKET.fullmatch(docket) and re.fullmatch(_TIME, at, re.ASCII))
        or not (type(count) is int and count >= 0)
        or not (is_hash(value["head"]) and is_hash(value["genesis"]))
    ):
        raise _no_anchor("it is not what an anchor looks like")
    return Anchor(docket, count, value["head"], at, value["genesis"])


def find_lines(text: str) -> list[Anchor]:
    """Return the anchors whose lines stand in `text`, such as a mail, each once.

    Wrapped lines, quote marks and the soft line ends of quoted-printable mail are seen through.
    """
    joined = re.sub(r"=\r?\n", "", text)
    plain = re.sub(r"[\s>|*]+", " ", joined)
    return list(
        dict.fromkeys(
            Anchor(docket, int(count), head, at) for docket, count, head, at in _LINE.findall(plain)
        )
    )


def _no_anchor(why: str) -> AnchorError:
    return AnchorError("This is no anchor", why, "Look for another copy of it")
