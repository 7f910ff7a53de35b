"""The bar on a real terminal: there while a slow file is copied, gone after it; else never."""

from __future__ import annotations

import os
from pathlib import Path

from tests.store.building import workspace
from tests.terminal.driver import Terminal

# The clock makes half a second of each look at it; the pipe decides when there is more to copy.
COPY = """
import itertools, sys
from pathlib import Path
from store.evidence.exhibits import Exhibits
from tui.cli.progress import Progress
folder, clock = Path(sys.argv[1]), itertools.count(0, 0.5)
with (folder / "pipe").open("rb", buffering=0) as pipe:
    with Progress(4 << 20, "Copying", monotonic=clock.__next__) as progress:
        kept = Exhibits(folder / "kept").keep_stream(pipe, "slow", on_bytes=progress)
print("kept", kept.size)
"""


def test_it_appears_for_a_slow_stream_and_clears(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with Terminal(tmp_path, args=("-c", COPY, str(tmp_path))) as terminal:
        with (tmp_path / "pipe").open("wb", buffering=0) as pipe:
            for _ in range(32):  # as much as a pipe holds, so that it comes in pieces
                pipe.write(b"x" * 65536)
            terminal.wait_for("of 4.2 MB")
            assert "Copying [####" in terminal.screen
            pipe.write(b"x" * (2 << 20))
        terminal.wait_for(f"kept {4 << 20}")
        assert terminal.wait() == 0
        assert "Copying" not in terminal.screen
        assert b"\x1b" not in terminal.raw


def test_a_fast_one_is_attached_without_a_bar(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    (tmp_path / "small.txt").write_text("small")
    words = ("-m", "tui", "attach", "acme#1", str(tmp_path / "small.txt"))
    with Terminal(made.root, args=words) as terminal:
        terminal.wait_for("Exhibit added: small.txt")
        assert terminal.wait() == 0
    assert b"Copying" not in terminal.raw
    assert b"\r\n" in terminal.raw
    assert terminal.raw.replace(b"\r\n", b"").count(b"\r") == 0
