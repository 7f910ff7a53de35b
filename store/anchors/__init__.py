"""Anchors: what is noted of a docket elsewhere, so that a rebuilt chain or a cut end shows."""

from __future__ import annotations

from store.anchors.anchor import ALONE as ALONE
from store.anchors.anchor import NONE_KEPT as NONE_KEPT
from store.anchors.anchor import Anchor as Anchor
from store.anchors.anchor import AnchorError as AnchorError
from store.anchors.anchor import anchor_time as anchor_time
from store.anchors.anchor import find_lines as find_lines
from store.anchors.check import AnchorChecked as AnchorChecked
from store.anchors.check import DocketChecked as DocketChecked
from store.anchors.check import check_client as check_client
from store.anchors.check import check_docket as check_docket
from store.anchors.check import check_workspace as check_workspace
from store.anchors.check import damage as damage
from store.anchors.check import hold_all as hold_all
from store.anchors.compare import hold as hold
from store.anchors.compare import marks_of as marks_of
from store.anchors.shelf import KeptAnchor as KeptAnchor
from store.anchors.shelf import Shelf as Shelf
from store.anchors.shelf import add_query as add_query
from store.anchors.shelf import add_signature as add_signature
from store.anchors.shelf import judged_anchor as judged_anchor
from store.anchors.shelf import take as take
from store.anchors.signature import NAMESPACE as NAMESPACE
from store.anchors.signature import SHOWS as SHOWS
from store.anchors.signature import check as check
from store.anchors.signature import key_of as key_of
from store.anchors.signature import sign as sign
