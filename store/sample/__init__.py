"""The sample workspace: invented clients for the demo, the screenshots and the tests."""

from __future__ import annotations

from store.sample.write import AUTHOR, write_sample

__all__ = ["AUTHOR", "write_sample"]
