"""Mails one after another in a file: an mbox, an `.emlx` or a single mail, as they were sent."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from store.errors import DocketError, UsageError
from store.evidence.exhibits import opened
from store.intake.outlook import MAGIC

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MOST = 512 * 2**20
"""Bytes that may be taken in at once."""

_CHUNK = 1 << 20
_HEAD = 4096
_LINE = 64 * 1024
_AHEAD = 12
_FIRST = b"From "
_UTF8_MARK = b"\xef\xbb\xbf"
_DATED = re.compile(
    rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\b\d{1,2}:\d\d(?::\d\d)?\b.*\b\d{4}\b"
)
_HEADER = re.compile(rb"(?:[!-9;-~]{1,80}[ \t]*:|>From )")
_OF_CHAT = re.compile(rb"Type: (?:incoming|outgoing)\s*$")
"""A message of a chat that Signal's own tools write out; no mail has such a header."""
_TELLING = re.compile(
    rb"(?:from|date|received|message-id|return-path|delivered-to|x-gm-thrid)[ \t]*:", re.IGNORECASE
)
_ENDINGS = frozenset({".eml", ".emlx", ".msg"})

_QUOTED = re.compile(rb">+From ")


class Laid(NamedTuple):
    """Mails that lie one after another: a stream for each, and how many lines may begin more."""

    mails: tuple[io.BufferedReader, ...]
    doubtful: int = 0


@contextmanager
def mails_of(sources: Iterable[BinaryIO], folder: Path) -> Iterator[Laid]:
    """Yield a stream for each mail in `sources`, open until the block ends.

    They lie in a temporary file in `folder`, which has no name. An mbox begins with `From `: that
    line, the empty one after a mail and the `>` before a quoted `From ` are left out, so that
    what remains is the mail as it was sent; so are the lines that Apple Mail puts around one.
    Raises UsageError above MOST bytes, DocketError where they cannot be read or held.
    """
    with _temporary(folder) as file:
        try:
            spans: list[tuple[int, int]] = []
            doubtful = 0
            for source in sources:
                found, doubt = _laid_out(source, file)
                spans += found
                doubtful += doubt
            file.flush()
        except OSError as error:
            raise _not_held(error) from error
        mails = (_opened(file, start, end) for start, end in spans)
        yield Laid(tuple(mails), doubtful)


def _begins_as_mail(head: bytes) -> bool:
    """Whether a file that begins with `head` is a mail, an mbox, an `.emlx` or a `.msg`."""
    if head.startswith(MAGIC):
        return True
    lines = head.removeprefix(_UTF8_MARK).splitlines(keepends=True)
    if lines and (lines[0].startswith(_FIRST) or _is_apples(lines[0])):
        del lines[0]
    headers = list(takewhile(lambda line: _HEADER.match(line) or line[:1] in b" \t", lines))
    if any(map(_OF_CHAT.match, headers)):
        return False
    return len(headers) > 1 and any(map(_TELLING.match, headers))


def holds_mail(path: Path) -> bool:
    """Whether a file is a mail or a box of them, by how it begins, or a folder holds some.

    What cannot be read is none: whoever opens it says why.
    """
    try:
        if path.is_dir():
            return bool(_maildir(path)) or any(
                one.suffix.lower() in _ENDINGS for one in path.iterdir()
            )
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return _begins_as_mail(stream.read(_HEAD))
    except OSError:
        return False


def folder_files(folder: Path) -> list[Path]:
    """Return the mails in a folder by name: those of a Maildir, else files that mails end like.

    Raises UsageError where it holds none, DocketError where it cannot be listed.
    """
    try:
        below = _maildir(folder)
        found = [one for name in below or [folder] for one in name.iterdir() if one.is_file()]
    except OSError as error:
        raise DocketError(f"{folder} cannot be read", error.strerror or str(error), "") from error
    if not below:
        found = [one for one in found if one.suffix.lower() in _ENDINGS]
    if not found:
        ends = ", ".join(sorted(_ENDINGS))
        why = "it is no Maildir with mails in cur or new" if below else f"no file ends in {ends}"
        raise UsageError(f"There is no mail in {folder}", why, "Name a mail, or its folder")
    return sorted(found, key=lambda one: one.name)


def _maildir(folder: Path) -> list[Path]:
    """Return the folders of a Maildir in which mails lie; none where it is no Maildir."""
    return [folder / name for name in ("cur", "new") if (folder / name).is_dir()]


@contextmanager
def sources_of(path: Path) -> Iterator[Iterable[BinaryIO]]:
    """Yield the file at `path`, or each of a folder of mails; see `opened` and `folder_files`."""
    if path.is_dir():
        yield _each(folder_files(path))
    else:
        with opened(path, "Name a file, or pipe it in: --eml -") as stream:
            yield [stream]


def _each(files: Iterable[Path]) -> Iterator[BinaryIO]:
    for file in files:
        with opened(file) as stream:
            yield stream


class _Separated:
    """The lines of an mbox below its first one, each with whether it begins another mail.

    A sentence may begin with From, so a line between two mails must be followed by headers; one
    without a date in it, by headers that no text has. Others that look like one are counted as
    `doubtful`.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._ahead: deque[bytes] = deque()
        self.doubtful = 0

    def __iter__(self) -> Iterator[tuple[bool, bytes]]:
        whole = True
        while line := self._next():
            yield whole and line.startswith(_FIRST) and self._begins(line), line
            whole = line.endswith(b"\n")

    def _next(self) -> bytes:
        return self._ahead.popleft() if self._ahead else self._source.readline(_LINE)

    def _begins(self, line: bytes) -> bool:
        headers = self._headers()
        dated = _DATED.match(line) is not None
        if headers and (dated or (len(headers) > 1 and any(map(_TELLING.match, headers)))):
            return True
        self.doubtful += dated or any(map(_TELLING.match, headers))
        return False

    def _headers(self) -> list[bytes]:
        """Return the headers that stand next, as far as a few lines ahead."""
        found = []
        for at in range(_AHEAD):
            if at == len(self._ahead):
                self._ahead.append(self._source.readline(_LINE))
            line = self._ahead[at]
            if _HEADER.match(line):
                found.append(line)
            elif not (found and line[:1] in (b" ", b"\t")):
                break
        return found


def _temporary(folder: Path) -> BinaryIO:
    try:
        return TemporaryFile(dir=folder)
    except OSError as error:
        raise _not_held(error) from error


def _not_held(error: OSError) -> DocketError:
    why = error.strerror or str(error)
    return DocketError("The mail could not be taken in", why, "Nothing was logged; try again")


def _laid_out(source: BinaryIO, file: BinaryIO) -> tuple[list[tuple[int, int]], int]:
    """Write the mails of `source` one after another; return where each lies, and the doubt."""
    first, start = source.readline(_LINE), file.tell()
    if first.removeprefix(_UTF8_MARK).startswith(_FIRST):
        return _apart(source, file)
    if _is_apples(first):
        return [_of_apple(source, file, int(first))], 0
    file.write(first)
    _bounded(file.tell())
    _rest(source, file)
    return [(start, file.tell())], 0


def _is_apples(first: bytes) -> bool:
    """Whether a file with this first line is an `.emlx`: there the size of its mail stands."""
    return first.strip().isdigit() and len(first) < 20


def _rest(source: BinaryIO, file: BinaryIO) -> None:
    while chunk := source.read(_CHUNK):
        file.write(chunk)
        _bounded(file.tell())


def _of_apple(source: BinaryIO, file: BinaryIO, size: int) -> tuple[int, int]:
    """Write an `.emlx`: below its first line a mail of `size` bytes, then notes on it."""
    start = file.tell()
    _rest(source, file)
    return start, min(start + size, file.tell())


def _apart(source: BinaryIO, file: BinaryIO) -> tuple[list[tuple[int, int]], int]:
    """Write the mails of an mbox whose first line was read; return where each begins and ends."""
    starts, ends, read = [file.tell()], [], file.tell()
    held, whole = b"", True  # an empty line is held back: the last one is none of the mail's
    split = _Separated(source)
    for begins, line in split:
        read += len(line)
        _bounded(read)
        if begins:
            ends.append(file.tell())
            starts.append(file.tell())
            held = b""
            continue
        file.write(held)
        held = line if whole and not line.strip(b"\r\n") else b""
        said = line[1:] if whole and _QUOTED.match(line) else line
        if not held:
            file.write(said)
        whole = line.endswith(b"\n")
    ends.append(file.tell())
    return list(zip(starts, ends, strict=True)), split.doubtful


def _bounded(size: int) -> None:
    if size > _MOST:
        raise UsageError(
            "That is too much mail at once", f"over {_MOST >> 20} MB", "Take it in in parts"
        )


def _opened(file: BinaryIO, start: int, end: int) -> io.BufferedReader:
    return io.BufferedReader(_Span(file, start, end))


class _Span(io.RawIOBase):
    """The bytes of a file from `start` up to `end`."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        super().__init__()
        self._file, self._start, self._end = file, start, end
        self._at = start

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: self._start, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        self._at = max(self._start, min(base + offset, self._end))
        return self._at - self._start

    def tell(self) -> int:
        return self._at - self._start

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")[: self._end - self._at]
        self._file.seek(self._at)
        data = self._file.read(len(view))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
