"""What was answered about a client, kept so that the same question need not be reckoned again.

An answer may repeat what is private, as a check-in. So it lies there sealed by what is private
about the client, and by all else that it was made from: where any of that is another, or a
check-in is forgotten, nobody can read it any more, neither this program nor who finds the file.
"""

from __future__ import annotations

import hashlib
import json
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from store.files import settled, stamp
from store.index.rows import Rows, files_of_program
from store.index.summary import Summaries


class Repeats:
    """What was answered to one question, by client; what does not fit is passed over in silence."""

    def __init__(
        self,
        root: Path,
        today: date,
        question: str,
        words: Iterable[Path],
        *,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        """Take the day, the question, and the folders of this program that word the answer.

        Make it before the settings are read, and ask `seal` before the docket is: what changes
        meanwhile shows later.
        """
        self._root, self._today, self._question = root, today, question
        self._words = [files_of_program(folder) for folder in words]
        self._clock = clock
        self._state = Summaries(root, today)
        self._known = bool(self._state.common)  # so that it is read now

    def seal(self, client: str) -> bytes:
        """Return by what the answer about a client is sealed; empty if that cannot be told."""
        return self._seal_in(self._state, client)

    def get(self, client: str, seal: bytes) -> Any:
        """Return the answer about a client that was kept under this seal; None where none was."""
        kept = self._rows(client).kept
        with suppress(KeyError, TypeError, ValueError):
            body = _under(seal, b64decode(kept["told"]))
            if seal and kept["check"] == _check(seal, body):
                return json.loads(body)
        return None

    def put(self, client: str, seal: bytes, told: Any) -> None:
        """Keep a JSON value as the answer about a client, unless something changed meanwhile."""
        rows = self._rows(client)
        docket = rows.places.docket(client)
        with suppress(OSError):
            known = settled(stamp(docket.stat()), self._clock())
            if known and seal and seal == self._seal_in(Summaries(self._root, self._today), client):
                body = json.dumps(told).encode()
                hidden = b64encode(_under(seal, body)).decode()
                rows.save({"check": _check(seal, body), "told": hidden})
            if not docket.exists():  # erased meanwhile
                rows.path.unlink(missing_ok=True)

    def _seal_in(self, state: Summaries, client: str) -> bytes:
        parts = state.parts(client)
        return _hash([self._question, self._words, *parts]) if parts and self._known else b""

    def _rows(self, client: str) -> Rows:
        return Rows(self._root, f"{client}.{self._question}")


def _under(seal: bytes, body: bytes) -> bytes:
    """Return `body` hidden by a seal, or what was hidden by it."""
    length = len(body)
    stream = int.from_bytes(hashlib.shake_256(seal).digest(length))
    return (int.from_bytes(body) ^ stream).to_bytes(length)


def _check(seal: bytes, body: bytes) -> str:
    return hashlib.sha256(b"check" + seal + body).hexdigest()


def _hash(value: Any) -> bytes:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).digest()
