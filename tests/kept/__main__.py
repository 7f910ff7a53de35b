"""Write what is said today of every docket: `python -m tests.kept`; read the difference first."""

from __future__ import annotations

from tests.kept.answers import write

if __name__ == "__main__":
    write()
