"""Entries joined by what they name in common: each other, or one project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from store.entries import Entry

_T = TypeVar("_T")
_Name = int | str


class Bundles(Generic[_T]):
    """Bundle by bundle what is kept of its entries; `join` is given two to make one of them.

    An entry is of one bundle with the entries that it names, once those are there, and with all of
    its project.
    """

    def __init__(self, join: Callable[[_T, _T], _T]) -> None:
        self._join = join
        self._up: dict[_Name, _Name] = {}
        self._held: dict[_Name, _T] = {}
        self._waiting: dict[int, list[int]] = {}

    def add(self, entry: Entry, held: _T) -> None:
        """Take in an entry with what is to be kept of it."""
        self._held[entry.seq] = held
        self._up[entry.seq] = entry.seq
        for link in entry.links:
            if link.seq in self._up:
                self._unite(entry.seq, link.seq)
            else:
                self._waiting.setdefault(link.seq, []).append(entry.seq)
        if project := project_of(entry):
            self._up.setdefault(project, project)
            self._unite(entry.seq, project)
        for seq in self._waiting.pop(entry.seq, ()):
            self._unite(seq, entry.seq)

    def of(self, name: _Name) -> _T | None:
        """Return the bundle of an entry or a project; None where it is not there."""
        return self._held[self._root(name)] if name in self._up else None

    def all(self) -> list[_T]:
        """Return all bundles."""
        return list(self._held.values())

    def _root(self, name: _Name) -> _Name:
        while (above := self._up[name]) != name:
            self._up[name] = self._up[above]  # half the way, so that no chain stays long
            name = above
        return name

    def _unite(self, one: _Name, other: _Name) -> None:
        one, other = self._root(one), self._root(other)
        if one != other:
            self._up[one] = other
            held = self._held.pop(one)
            self._held[other] = self._join(self._held[other], held) if other in self._held else held


def project_of(entry: Entry) -> str:
    """Return the project that an entry names, as it is compared; empty where it names none."""
    return (entry.refs.project or "").casefold()
