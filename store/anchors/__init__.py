"""Anchors: what is noted of a docket elsewhere, so that a rebuilt chain or a cut end shows."""

from __future__ import annotations

from store.anchors.anchor import ALONE, NONE_KEPT, Anchor, AnchorError, find_lines, stamp
from store.anchors.check import (
    AnchorChecked,
    DocketChecked,
    check_docket,
    check_workspace,
    damage,
    hold_all,
)
from store.anchors.compare import hold, marks_of
from store.anchors.shelf import Kept, Shelf, add_query, add_signature, judged, take
from store.anchors.signature import NAMESPACE, SHOWS, check, sign

__all__ = [
    "ALONE",
    "NAMESPACE",
    "NONE_KEPT",
    "SHOWS",
    "Anchor",
    "AnchorChecked",
    "AnchorError",
    "DocketChecked",
    "Kept",
    "Shelf",
    "add_query",
    "add_signature",
    "check",
    "check_docket",
    "check_workspace",
    "damage",
    "find_lines",
    "hold",
    "hold_all",
    "judged",
    "marks_of",
    "sign",
    "stamp",
    "take",
]
