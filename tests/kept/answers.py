"""The answers that were kept, one docket a line, and the answers of today."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any, Final

from tests.kept.dockets import COUNT, docket_numbered
from tests.kept.told import told

KEPT: Final = Path(__file__).with_name("answers.xz")


def kept() -> list[dict[str, Any]]:
    """Return what was said of every docket when that was last written."""
    return [json.loads(line) for line in lzma.decompress(KEPT.read_bytes()).splitlines()]


def today(number: int) -> dict[str, Any]:
    """Return what is said of a docket now, as it would be read back."""
    said: dict[str, Any] = json.loads(json.dumps(told(docket_numbered(number))))
    return said


def write() -> None:
    """Keep what is said now."""
    lines = (json.dumps(today(number), separators=(",", ":")) for number in range(COUNT))
    KEPT.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))
