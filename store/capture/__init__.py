"""Quick capture: one typed line read as an entry, and said back in words before it is saved."""

from __future__ import annotations

from store.capture.complete import complete
from store.capture.read import client_meant, read_capture
from store.capture.reading import NEW_CLIENT, Reading

__all__ = ["NEW_CLIENT", "Reading", "client_meant", "complete", "read_capture"]
