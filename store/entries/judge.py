"""The judge of a shape: what pydantic makes of its annotations, for what is not plainly right."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Any, Final, get_type_hints

from pydantic import TypeAdapter

from store.entries import fields

_judges: Final[dict[type, TypeAdapter[Any]]] = {}


def judge(shape: type) -> TypeAdapter[Any]:
    """Return what judges and dumps a shape."""
    if shape not in _judges:
        prepare(shape.__mro__[-2])
        _judges[shape] = TypeAdapter(shape)
    return _judges[shape]


def prepare(base: type) -> None:
    """Make of every shape what pydantic can look into: a dataclass, its annotations resolved.

    `base` is that of all shapes.
    """
    for shape in sorted(set(_below(base)), key=lambda one: len(one.__mro__)):  # bases first
        if "__dataclass_fields__" in vars(shape):
            continue
        shape.__annotations__ = _resolved(shape)
        dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=True)(shape)


def resolve(dataclass_: type) -> None:
    """Resolve the annotations of what is a dataclass already."""
    resolved = _resolved(dataclass_)
    for field in fields_of(dataclass_):
        field.type = resolved[field.name]


def _resolved(shape: type) -> dict[str, Any]:
    """Return what the annotations of a class mean, which name the fields of an entry."""
    known = {**vars(fields), **vars(sys.modules[shape.__module__])}
    said = {name: one for name, one in shape.__annotations__.items() if name[0] != "_"}
    own = type("Own", (), {"__annotations__": said})
    return get_type_hints(own, known, include_extras=True)


def _below(shape: type[Any]) -> Iterator[type[Any]]:
    """Yield all shapes that are made of one, some of them twice."""
    for one in type.__subclasses__(shape):
        yield one
        yield from _below(one)
