"""What can go wrong with a journal, each with its one line: what, why, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from store.errors import DocketError, plain_words


class JournalError(DocketError):
    """Base of every error about a journal."""


class NotCanonicalError(JournalError):
    """A value or a line that has no canonical form: one meaning has one spelling."""

    def __init__(self, why: str) -> None:
        super().__init__("This cannot be written into a journal", why)


class RefusedEntryError(JournalError):
    """The fields given for an entry cannot be kept as they are; nothing was written."""

    def __init__(self, why: str, remedy: str = "Change that and try again") -> None:
        super().__init__("The entry was not saved", why, remedy)


class JournalMissingError(JournalError):
    """There is no file at that path; a journal is never made by accident."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no journal at {path}", "no such file", "Check the name, or create it first"
        )


class JournalExistsError(JournalError):
    """`create` found something at that path; it was left as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} was not created", f"{path} is already there", "Use it, or another name"
        )


class NotAJournalError(JournalError):
    """What is at that path is not a journal, or no longer shows that it is one."""

    def __init__(self, path: Path, why: str, remedy: str = "Check the path") -> None:
        super().__init__(f"{path} is not a journal", why, remedy)


class NewerFormatError(JournalError):
    """A journal written by a later version of the program; nothing was read or written."""

    def __init__(self, path: Path, found: int) -> None:
        super().__init__(
            f"{path.name} cannot be read",
            f"it is in journal format {found}, made by a newer version of docket",
            "Upgrade docket",
        )


class LockTimeoutError(JournalError):
    """Another session held the journal for longer than the bounded wait; nothing was written."""

    def __init__(self, path: Path, waited: float) -> None:
        super().__init__(
            f"{path.stem} is busy",
            f"another session has held its lock for {waited:g} seconds",
            "Try again; if it stays so, look for a stopped docket (`lsof` names it) and end it",
        )


class ReadFailedError(JournalError):
    """The operating system would not let the journal be opened or read."""

    def __init__(self, path: Path, error: OSError) -> None:
        why, remedy = plain_words(error)
        super().__init__(f"{path} cannot be read", why, remedy)


class WriteFailedError(JournalError):
    """An append failed; `restored` says whether the file is as it was before."""

    def __init__(self, path: Path, error: OSError, *, restored: bool = True) -> None:
        why, remedy = plain_words(error)
        self.restored = restored
        self.errno = error.errno
        if not restored:
            why += ", and the file could not be put back as it was"
            remedy += f"; then look at the end of {path.name} before you type it again"
        super().__init__(f"Nothing was saved to {path.stem}", why, remedy)


class DamagedJournalError(JournalError):
    """The last whole line tells no number or no hash, so nothing can be chained to it."""

    def __init__(self, path: Path, line_no: int) -> None:
        self.line_no = line_no
        super().__init__(
            f"The end of {path.stem} is damaged",
            f"line {line_no} of {path} cannot be read, so no entry can be tied to it",
            f"Run `docket verify {path}`, then restore that line from a backup",
        )


class AppendOnlyError(JournalError):
    """Somebody tried to change or delete what is on record."""

    def __init__(self, action: str) -> None:
        super().__init__(
            f"`{action}` was refused",
            "an entry is never changed or deleted",
            "Amend or void it instead",
        )


class ServerError(JournalError):
    """A server did not do what it was asked to."""


_TURNED_AWAY = "does not exist", "authentication failed", "no password supplied", "pg_hba.conf"


class ServerAwayError(ServerError):
    """The server cannot be reached just now; what this machine has can be read all the same."""

    def __init__(self, server: str, why: str) -> None:
        remedy = "Try again when the line is back; nothing is lost"
        if any(word in why for word in _TURNED_AWAY):  # libpq has no more than these words of it
            remedy = "It is there: check the address and the password; nothing is lost"
        super().__init__(f"{server} cannot be reached", why, remedy)


class NotAllowedError(ServerError):
    """The server does not let this member do that, or not any more."""


class NotShownError(NotAllowedError):
    """The server does not show this member a docket any more, of which there is a copy here."""

    def __init__(self, clients: Sequence[str]) -> None:
        more = f" and {len(clients) - 3} more" if len(clients) > 3 else ""
        super().__init__(
            f"The server does not let you see {', '.join(clients[:3])}{more} any more",
            "shown is what this machine has",
            "Ask whoever runs it; `docket server members` shows who may do what",
        )
        self.clients = clients


class NotKnownError(ServerError):
    """The connection broke while an entry was being saved, and whether it was cannot be asked."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"Whether this was saved to {name} is not known",
            f"the connection to the server broke meanwhile ({why})",
            "When the line is back look at the end of the docket before you log it again",
        )


class ContradictedError(ServerError):
    """The server shows another chain than this machine has seen; neither is touched."""

    def __init__(self, name: str, why: str, path: Path) -> None:
        super().__init__(
            f"The server contradicts what this machine has seen of {name}",
            why,
            f"Run `docket verify {name}`; `docket server give-back` shows what the server lost; "
            f"keep {path}, and ask the others what they have",
        )


class ForkedError(JournalError):
    """Two journals begin alike and tell something else from a line on, the header being line 0."""

    def __init__(self, path: Path, line: int) -> None:
        self.seq = line
        if line:
            what = f"Two dockets of {path.stem} part at entry {line}"
            why = "both went on by themselves from there"
            remedy = "Nothing was taken. Keep both; log what is missing here by hand, or as a note"
        else:
            what = f"Another docket is called {path.stem} here"
            why, remedy = "it was begun by itself", "Nothing was taken"
        super().__init__(what, why, remedy)
