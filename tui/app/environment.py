"""What textual and asyncio look for when they are imported: this module goes before them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final, Literal

ANIMATIONS: Final[Literal["none"]] = "none"

os.environ["TEXTUAL_ANIMATIONS"] = ANIMATIONS
os.environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
for name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG"):
    os.environ.pop(name, None)  # they write every key that is typed into a log

if not {"asyncio", "ssl"} & sys.modules.keys():
    # For connections that Docket never makes, asyncio would load OpenSSL: it can do without, which
    # saves memory and a twentieth of the start. Whoever needs it later finds it as ever.
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]

_PALETTE: Final = "textual.command"
"""Textual's own palette, and with it nine of its widgets: Docket has one of its own."""
_TABLE: Final = "rich.table"
"""What textual prints its colours in, for those who make themes."""
_TYPES: Final = "textual.types"
"""Names for those who write apps, from all its widgets; what textual takes of them is elsewhere."""


class _Named(ModuleType):
    """What textual names of a module; nothing of it is made while no palette is enabled."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {"is_open": staticmethod(lambda _app: False)})


@contextmanager
def _standing_in(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Let modules be found under other names inside, but for those that were loaded before."""
    own = {name: module for name, module in modules.items() if name not in sys.modules}
    for name, module in own.items():
        sys.modules[name] = module
    try:
        yield
    finally:
        for name in own:
            del sys.modules[name]


if "textual.app" not in sys.modules:
    from textual import _types

    with _standing_in({_PALETTE: _Named(_PALETTE), _TABLE: _Named(_TABLE), _TYPES: _types}):
        import textual.app  # noqa: F401
