"""Drafts: what was typed and not yet logged, each text with the session that is typing it.

A session is named by 12 hex digits and lives as long as it holds the lock on its `.live-` file,
which the kernel lets go of however the session ends. Its texts are its own until then; afterwards
they are kept for whoever comes next. A file is called `form.session.txt`, or
`form.client.session.txt`: no id of a client has a dot.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from store.entries.words import field_words
from store.errors import DocketError, plain_words
from store.files import STALE, is_left, make_folder, open_plain, remove_left, write_atomic

LINES: Final = ("capture", "editor", "mail", "unsent")
"""Forms that hold a text; all others hold fields by name."""

PRIVATE: Final = ("checkin", "decision")
"""Forms about what is private."""

_FORM = (
    r"(?:capture|editor|mail|unsent|record|checkin|welcome|decision"
    r"|(?:amend|add|void|repair|exception)-[a-z0-9]{1,12}|letter-[a-z0-9-]{1,40})"
)
_CLIENT = r"[a-z0-9][a-z0-9-]{0,39}"
_NAME = rf"({_FORM})\.(?:({_CLIENT})\.)?([0-9a-f]{{12}}(?:-[0-9]{{1,9}})?)\.txt"
_BEFORE = rf"({_CLIENT})--({_FORM})\.txt|(capture|mail|unsent)(?:-({_CLIENT}))?\.txt"
_HALF = r"\.(?P<name>.+)\.[0-9a-f]+\.(?:tmp|part)"
_LOCK = r"\..+\.lock"
_LIMIT = 4 * 2**20
_SAID = {
    "capture": "a line to log",
    "editor": "a text from the editor",
    "mail": "the file of a mail",
    "unsent": "a text that could not be logged",
    "record": "what a record is to cover",
    "checkin": "a check-in",
    "decision": "a decision",
    "amend": "a correction of #{0}",
    "add": "an addition to #{0}",
    "void": "why #{0} is withdrawn",
    "repair": "a repair of #{0}",
    "welcome": "the welcome sheet",
    "exception": "an exception to {0}",
    "letter": "a letter ({0})",
}


class Slot(NamedTuple):
    """What a draft is of: a form such as `capture` or `amend-3`, and the client it is about."""

    form: str
    client: str = ""

    @property
    def number(self) -> int:
        """The number of the entry that the form corrects or puts right, or 0."""
        form, _, what = self.form.partition("-")
        return int(what) if form in ("amend", "add", "void", "repair") and what.isdecimal() else 0

    @property
    def words(self) -> str:
        """What it is, such as `a correction of #3, acme`."""
        form, _, what = self.form.partition("-")
        said = _SAID[form].format(what if form != "exception" else what.upper())
        return f"{said}, {self.client}" if self.client else said


class DraftName(NamedTuple):
    """What the name of a file in `drafts/` says; no session for one of an earlier Docket.

    `others` marks a file that Docket did not name, such as an editor's own copy.
    """

    path: Path
    slot: Slot
    session: str
    others: bool = False


class Kept(NamedTuple):
    """A text whose session is over, or that this session has let go of; `at` is its last change."""

    path: Path
    slot: Slot
    at: datetime
    text: str

    @property
    def fields(self) -> dict[str, str]:
        """The fields of a form by name; none where it is a text, or cannot be read."""
        if self.slot.form in LINES:
            return {}
        try:
            found = json.loads(self.text)
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {str(name): str(text) for name, text in found.items()}

    @property
    def words(self) -> str:
        """The text, or what the fields hold, one a line."""
        said = [
            f"{field_words(name)}: {text}" for name, text in self.fields.items() if text.strip()
        ]
        return "\n".join(said) or self.text

    @property
    def line(self) -> str:
        """The text as quick capture takes it: words kept for a client begin with the client."""
        unsent = self.slot.form == "unsent" and self.slot.client
        return f"{self.slot.client} {self.text}" if unsent else self.text


class Drafts:
    """The `drafts/` folder as one session sees it; other sessions' texts are never shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._session = ""
        self._end: Callable[[], object] = lambda: None
        self._typing: dict[Slot, Typing] = {}

    def open(self, form: str, client: str = "") -> Typing:
        """Return the input `form` about `client`; what this session left in it is let go of."""
        slot = Slot(form, client)
        if slot in self._typing:
            self._typing[slot].close()
        typing = Typing(self, slot)
        self._typing[slot] = typing
        self.set_aside(slot)
        return typing

    def save(self, form: str, text: str, client: str = "") -> None:
        """Keep `text` in this session's slot; blank text clears it."""
        slot = Slot(form, client)
        if text.strip():
            self._make_folder()
            write_atomic(self.path(slot), text.encode("utf-8", "replace"))
        elif self._session:
            _remove(self.path(slot))

    def load(self, form: str, client: str = "") -> str:
        """Return what is in this session's slot, or an empty string."""
        found = text_in(self.path(Slot(form, client))) if self._session else None
        return found or ""

    def add(self, form: str, text: str, client: str = "") -> Path:
        """Keep `text` as a draft of its own that is anybody's; return its file."""
        self._make_folder()
        path = self.folder / file_name(Slot(form, client), _random())
        write_atomic(path, text.encode("utf-8", "replace"))
        return path

    def kept(self, form: str = "", client: str | None = None) -> list[Kept]:
        """Return what may be taken up, oldest first: all of it, or that of one form or client.

        What another living session types is not among it, nor is what this one is typing.
        """
        found: list[Kept] = []
        lives: dict[str, bool] = {}
        for one in self.named():
            if (form and one.slot.form != form) or client not in (None, one.slot.client):
                continue
            session = one.session.partition("-")[0]
            if session == self._session != "":
                if session == one.session and one.slot in self._typing:
                    continue
            elif lives.setdefault(session, self._lives(session)):
                continue
            if kept := _kept(one):
                found.append(kept)
        return sorted(found, key=lambda one: (one.at, one.path.name))

    def elsewhere(self) -> int:
        """Return how many texts other living sessions have."""
        sessions = [one.session.partition("-")[0] for one in self.named()]
        return sum(one not in ("", self._session) and self._lives(one) for one in sessions)

    def discard(self, kept: Kept) -> None:
        """Remove a text that was kept."""
        _remove(kept.path)

    def named(self) -> list[DraftName]:
        """Return every text in the folder by its name, half-written ones and copies too."""
        try:
            names = sorted(os.listdir(self.folder))  # noqa: PTH208 - in order of name
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _failed("The drafts cannot be listed", error) from error
        return [named(self.folder / name) for name in names if not re.fullmatch(_LOCK, name)]

    def flush(self) -> dict[Slot, str]:
        """Write what is still only in memory; return the texts that cannot be written."""
        lost = {}
        for slot, typing in self._typing.items():
            try:
                typing.write()
            except DocketError:
                lost[slot] = typing.text
        return lost

    def leave(self) -> dict[Slot, str]:
        """End the session, and return the texts that are nowhere on disk."""
        lost = self.flush()
        self._typing.clear()
        self._end()
        self._session = ""
        return lost

    def path(self, slot: Slot) -> Path:
        """Return the file of this session's slot; the session begins with the first."""
        if not self._session:
            self._begin()
        return self.folder / file_name(slot, self._session)

    def set_aside(self, slot: Slot) -> None:
        """Free this session's slot: what is in it stays kept under a name of its own."""
        if not self._session:
            return
        free = (self.folder / file_name(slot, f"{self._session}-{n}") for n in count(1))
        try:
            self.path(slot).rename(next(path for path in free if not path.exists()))
        except FileNotFoundError:
            return
        except OSError as error:
            raise _failed("A draft was not set aside", error) from error

    def closed(self, slot: Slot) -> None:
        """Take note that an input is no longer typed in."""
        self._typing.pop(slot, None)

    def _begin(self) -> None:
        """Take the lock of a new session; nobody removes its file while it is held."""
        import weakref  # the app has it already; nothing else begins a session

        self._make_folder()
        self._sweep()
        while not self._session:
            session = _random()
            lock = self.folder / f".live-{session}.lock"
            try:
                fd = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            except OSError as error:
                raise _failed("A draft was not saved", error) from error
            if _ours(fd, lock):
                self._session = session
                self._end = weakref.finalize(self, _end, fd, lock)
            else:
                os.close(fd)

    def _sweep(self) -> None:
        """Remove what sessions that are over left half-written, and files without a word."""
        for one in self.named():
            if re.fullmatch(_HALF, one.path.name):
                if is_left(one.path):
                    remove_left(one.path)
            elif one.slot.form == "editor" and not self._lives(one.session.partition("-")[0]):
                with suppress(OSError):
                    old = time.time() - one.path.stat().st_mtime > STALE
                    if old and not without_comments(text_in(one.path) or "").strip():
                        one.path.unlink()

    def _lives(self, session: str) -> bool:
        """Whether `session` still holds its lock; the file of one that does not is removed."""
        if not session:
            return False
        lock = self.folder / f".live-{session}.lock"
        try:
            fd = os.open(lock, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            lock.unlink(missing_ok=True)
        except BlockingIOError:
            return True
        except OSError:  # no locks here, or nothing can be removed: nobody's words are touched
            return lock.exists()
        finally:
            os.close(fd)
        return False

    def _make_folder(self) -> None:
        try:
            make_folder(self.folder)
        except OSError as error:
            raise _failed("A draft was not saved", error) from error


class Typing:
    """One input of this session: what is typed in it, and what was kept of it before."""

    def __init__(self, drafts: Drafts, slot: Slot) -> None:
        self.drafts = drafts
        self.slot = slot
        self.text = ""
        self._written = ""

    @property
    def kept(self) -> list[Kept]:
        """What may be taken up here, oldest first; a line may come from the editor too."""
        found = self.drafts.kept(*self.slot)
        if self.slot.form == "capture":
            found += self.drafts.kept("editor")
        return sorted(found, key=lambda one: one.at)

    def hold(self, text: str) -> None:
        """Take note of what is typed now; `write` puts it on disk."""
        self.text = text

    def write(self) -> None:
        """Put on disk what is not there yet; DocketError if that fails, and it is still held."""
        if self.text != self._written:
            self.drafts.save(self.slot.form, self.text, self.slot.client)
            self._written = self.text

    def take(self, kept: Kept) -> None:
        """Make a kept text this session's; DocketError where another session was quicker."""
        self.write()
        self.drafts.set_aside(self.slot)
        path = self.drafts.path(self.slot)
        try:
            kept.path.rename(path)
        except FileNotFoundError:
            raise DocketError("That draft is gone", "another session took it", "") from None
        except OSError as error:
            raise _failed("A draft was not taken up", error) from error
        self.text = self._written = kept.text
        if kept.line != kept.text or kept.slot.form != self.slot.form:
            self._written = ""
            self.hold(kept.line)
            self.write()

    def put_by(self) -> None:
        """Let go of what is typed, which stays kept, and begin anew."""
        if self.text:
            self.write()
            self.drafts.set_aside(self.slot)
        self.text = self._written = ""

    def clear(self) -> None:
        """Forget the text: it was logged, or thrown away."""
        self.text = self._written = ""
        self.drafts.save(self.slot.form, "", self.slot.client)

    def close(self) -> None:
        """Write what is typed and let go of it; if that fails, DocketError, and it is held.

        It is kept under a name that stays when the input is opened again, and to be found by it.
        """
        self.write()
        self.drafts.closed(self.slot)
        with suppress(DocketError):  # it is on disk under the old name: `open` tries again
            self.drafts.set_aside(self.slot)


def _ours(fd: int, lock: Path) -> bool:
    """Lock a new session's file; False where another session just took it for a dead one's."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: `docket doctor` says what to do
        return True
    try:
        return os.path.samestat(os.fstat(fd), lock.stat())
    except OSError:
        return False


def file_name(slot: Slot, session: str) -> str:
    """Return the name of the file of a slot."""
    return ".".join([*filter(None, slot), session, "txt"])


def named(path: Path) -> DraftName:
    """Return what the name of a file in `drafts/` says; a half-written one is its own slot's."""
    half = re.fullmatch(_HALF, path.name)
    name = half["name"] if half else path.name
    if match := re.fullmatch(_NAME, name):
        return DraftName(path, Slot(match[1], match[2] or ""), match[3])
    if match := re.fullmatch(_BEFORE, name):
        slot = Slot(match[2] or match[3], match[1] or match[4] or "")
        return DraftName(path, slot, "")
    inside = re.search(_NAME, name)
    if inside:  # an editor's own copy of the file it was given
        return DraftName(path, Slot(inside[1], inside[2] or ""), inside[3], others=True)
    return DraftName(path, Slot("unsent"), "", others=True)


def without_comments(text: str) -> str:
    """Return a text from an editor without its lines that start with #."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("#")).strip("\n")


def _kept(one: DraftName) -> Kept | None:
    """Return the text of a file, or None where there is none to be read."""
    if re.fullmatch(_HALF, one.path.name):
        return None
    text = text_in(one.path)
    if text is None or "\0" in text:
        return None
    text = without_comments(text) if one.slot.form == "editor" else text
    if not text.strip():
        return None
    with suppress(OSError):
        changed = one.path.stat().st_mtime
        return Kept(one.path, one.slot, datetime.fromtimestamp(changed).astimezone(), text)
    return None


def text_in(path: Path) -> str | None:
    """Return what is in a regular file, or None where there is none that can be read."""
    try:
        fd = open_plain(path, os.O_NOFOLLOW)
    except OSError:  # `docket doctor` says which files cannot be read
        return None
    with os.fdopen(fd, "rb") as file:
        return file.read(_LIMIT).decode("utf-8", "replace")


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _failed("A draft was not removed", error) from error


def _end(fd: int, lock: Path) -> None:
    with suppress(OSError):
        lock.unlink()
    os.close(fd)


def _random() -> str:
    return os.urandom(6).hex()


def _failed(what: str, error: OSError) -> DocketError:
    why, remedy = plain_words(error)
    return DocketError(what, why, remedy)
