"""Quick capture: one typed line read as an entry, and said back in words before it is saved."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.capture.completion import Candidate, Completions, Knowledge, offer
    from store.capture.read import client_meant, log_reading, namesakes, read_capture
    from store.capture.reading import NEW_CLIENT, Reading

__all__ = [
    "NEW_CLIENT",
    "Candidate",
    "Completions",
    "Knowledge",
    "Reading",
    "client_meant",
    "log_reading",
    "namesakes",
    "offer",
    "read_capture",
]

_MODULES = dict.fromkeys(("Candidate", "Knowledge", "Completions", "offer"), "completion") | {
    "NEW_CLIENT": "reading",
    "Reading": "reading",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for: `docket log` reads marks without the models."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"store.capture.{_MODULES.get(name, 'read')}")
    return getattr(module, name)
