"""A line to a server that breaks after a number of bytes, either way, or takes its time."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from queue import Queue


class Proxy:
    """It forwards what comes to `port`; the first connection breaks after `sent` or `answered`.

    Those are bytes to and from the server; later connections are whole. `delay` is in seconds,
    for each piece, one way. While it `swallows`, nothing goes through and nothing is refused;
    while it `refuses`, nobody is let in.
    """

    def __init__(
        self, port: int, *, sent: int | None = None, answered: int | None = None, delay: float = 0
    ) -> None:
        self._target, self._limits, self._delay = port, [(sent, answered)], delay
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.swallows = self.refuses = False
        self.forwarded = [0, 0]
        """How many bytes went to the server and came from it, by the first connection."""
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no further connection."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self.refuses:
                    client.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self._target))
                for one in (client, server):  # as both ends have it: small pieces go at once
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                counts = self.forwarded if self._limits else [0, 0]
                limits = self._limits.pop() if self._limits else (None, None)
                for way, pair in enumerate(((client, server), (server, client))):
                    threading.Thread(
                        target=self._forward, args=(*pair, limits[way], counts, way), daemon=True
                    ).start()

    def _forward(
        self,
        source: socket.socket | _Late,
        target: socket.socket,
        limit: int | None,
        counts: list[int],
        way: int,
    ) -> None:
        if self._delay and isinstance(source, socket.socket):
            source = _Late(source, self._delay)
        with suppress(OSError):
            while data := source.recv(65536):
                if self.swallows:
                    continue
                left = len(data) if limit is None else limit - counts[way]
                target.sendall(data[:left])
                counts[way] += min(len(data), left)
                if len(data) > left:
                    break
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class _Late:
    """A socket whose every piece is read some seconds after it came, whatever comes meanwhile."""

    def __init__(self, source: socket.socket, delay: float) -> None:
        self._source, self._delay = source, delay
        self._pieces: Queue[tuple[float, bytes]] = Queue()
        self.shutdown = source.shutdown
        threading.Thread(target=self._read, daemon=True).start()

    def recv(self, most: int) -> bytes:
        """Return the next piece, once it is its time."""
        at, data = self._pieces.get()
        time.sleep(max(0, at - time.monotonic()))
        return data

    def _read(self) -> None:
        data = b"x"
        while data:
            try:
                data = self._source.recv(65536)
            except OSError:
                data = b""
            self._pieces.put((time.monotonic() + self._delay, data))
