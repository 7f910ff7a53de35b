"""How large a picture is, by its first bytes: one that is too small cannot be read as evidence."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a JPEG behind which its size stands."""
_MOST_PARTS: Final = 200
LEAST_PIXELS: Final = 400
"""Pixels that the longer side of a picture has at least, or nobody reads what is on it."""


class PictureSize(NamedTuple):
    """How many pixels wide and high a picture is."""

    wide: int
    high: int

    @property
    def too_small(self) -> bool:
        """Whether nobody could read what is on it."""
        return max(self) < LEAST_PIXELS


def picture_size(path: Path) -> PictureSize | None:
    """Return the size of a PNG or a JPEG; None where it is neither, or says none."""
    try:
        with path.open("rb") as stream:
            return _size(stream)
    except OSError:
        return None


def _size(stream: BinaryIO) -> PictureSize | None:
    first = stream.read(24)
    if first.startswith(_PNG) and len(first) == 24:
        return PictureSize(*(int.from_bytes(first[at : at + 4], "big") for at in (16, 20)))
    return _jpeg(stream) if first.startswith(_JPEG) else None


def _jpeg(stream: BinaryIO) -> PictureSize | None:
    """Return the size that stands in the first frame of a JPEG."""
    stream.seek(2)
    for _ in range(_MOST_PARTS):
        head = stream.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            return None
        length = int.from_bytes(head[2:], "big")
        if head[1] in _FRAMES:
            said = stream.read(5)
            high, wide = (int.from_bytes(said[at : at + 2], "big") for at in (1, 3))
            return PictureSize(wide, high) if len(said) == 5 else None
        stream.seek(length - 2, 1)
    return None
