"""What the journal's tests share: a clock that obeys, a small journal, a second process."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from store.journal import JournalFile, Report, verify_file
from tests.store.journal.homes import Files, Home

ROOT = Path(__file__).parents[3]

TEXTS = (
    "Jökull þæöð",
    "Árvíztűrő tükörfúrógép",
    "Yötyö ääni",
    "الفاتورة لم تُدفع بعد",
    "មិនទាន់មានចម្លើយទេ",
    "請求書 未払い 한국어",
    "👩‍🎨 paid? 💸\u2028\u0085\x7f",
    'quotes " and \\ and \t\n\r\x00',
)

text = st.one_of(st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs"])))
ascii_name = st.text(st.characters(max_codepoint=127), max_size=12)
value = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), text),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ascii_name, inner, max_size=4),
    max_leaves=12,
)
fields = st.dictionaries(
    ascii_name.filter(lambda name: name not in ("id", "recorded_at", "clock_behind")),
    value,
    min_size=1,
    max_size=6,
)


class FakeClock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def small(folder: Path, entries: int = 5, home: Home | None = None) -> JournalFile:
    """Return a new journal of a few short entries, in a file if nothing else is said."""
    journal = (home or Files()).create(folder / "acme.jsonl")
    for number in range(1, entries + 1):
        journal.append({"kind": "note", "statement": f"{TEXTS[number % len(TEXTS)]} {number}"})
    return journal


def names(folder: Path) -> list[str]:
    """Return what a folder holds."""
    return sorted(item.name for item in folder.iterdir())


def rewritten(path: Path, data: bytes) -> Report:
    """Put `data` in the journal's place and verify it."""
    path.write_bytes(data)
    return verify_file(path)


def stranger(path: Path) -> subprocess.CompletedProcess[str]:
    """Run the stranger's verifier, which knows nothing of ours, in isolation."""
    script = Path(__file__).with_name("stranger.py")
    return subprocess.run(
        [sys.executable, "-I", str(script), str(path)], capture_output=True, text=True, check=False
    )


def python(code: str, *args: object) -> subprocess.Popen[str]:
    """Start another process that runs `code` with the store to import."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
