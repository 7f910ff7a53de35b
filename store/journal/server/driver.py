"""The driver, loaded without what its compiled half has no use for: half of what loading takes.

A command that logs one line starts, asks the server twice and ends; loading psycopg took more than
all the rest of it. What stands in for asyncio (for its asynchronous half), ctypes (for the half
that is not compiled), ssl (which old libraries had to be told of), logging (it never logs here)
and for reading which version is installed is gone once psycopg is loaded. What a program has of
these by then, as the app has, is left to be used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from store.errors import DocketError


def check_driver() -> None:
    """Load the driver; DocketError where it is not installed, or cannot be loaded."""
    if "psycopg" in sys.modules:
        return
    try:
        with _no_more_than_needed():
            import psycopg  # noqa: F401
    except ImportError as error:
        raise DocketError(
            "A workspace on a server needs a driver",
            "psycopg is not installed",
            "Install it with: pip install 'docket-crm[server]'",
        ) from error


class _Never(BaseException):
    """Stands in for what nobody waits for here; never raised, and nothing is made of it."""

    def __class_getitem__(cls, of: Any) -> type[_Never]:
        return cls


@contextmanager
def _no_more_than_needed() -> Iterator[None]:
    made_up = {name: made() for name, made in _MADE_UP.items() if name not in sys.modules}
    stand_ins = made_up if _compiled() else {}
    for package in ("psycopg", "psycopg_binary"):
        if version := _version(package):
            made = ModuleType(f"{package}.version")
            vars(made).update(__version__=version)
            sys.modules[made.__name__] = made
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, made in stand_ins.items():
            if sys.modules.get(name) is made:
                del sys.modules[name]


def _compiled() -> bool:
    return find_spec("psycopg_binary") is not None


class _Silent:
    """A logger that never says anything."""

    disabled = True

    def __getattr__(self, name: str) -> Any:
        return lambda *said, **more: None


def _ctypes() -> ModuleType:
    made = ModuleType("ctypes")
    vars(made).update(util=None)
    return made


def _logging() -> ModuleType:
    made = ModuleType("logging")
    vars(made).update(getLogger=lambda name=None: _Silent(), NOTSET=0, INFO=20, WARNING=30)
    return made


def _asyncio() -> ModuleType:
    """Return what psycopg names of asyncio as it is loaded."""
    made = ModuleType("asyncio")
    names = ("CancelledError", "Future", "Lock", "Queue", "Task", "TimeoutError")
    vars(made).update(dict.fromkeys(names, _Never), get_running_loop=None, sleep=None)
    return made


def _version(package: str) -> str:
    """Return the version that is installed, by the name of the folder that says so; or nothing."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    beside = Path(spec.origin).parent.parent
    found = next(beside.glob(f"{package}-*.dist-info"), None)
    return found.name.removeprefix(f"{package}-").removesuffix(".dist-info") if found else ""


_MADE_UP: Final[dict[str, Callable[[], ModuleType]]] = {
    "asyncio": _asyncio,
    "ctypes": _ctypes,
    "ctypes.util": lambda: ModuleType("ctypes.util"),
    "logging": _logging,
    "ssl": lambda: ModuleType("ssl"),
}
