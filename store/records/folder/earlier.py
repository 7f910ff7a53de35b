"""What holds of a record of an earlier layout, of which only the words cannot be made again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from store.entries.words import SLACK
from store.records.dispute.custody import CUSTODY_FILE, ShownCustody

_FORMATS: Final = {1: range(1, 2), 2: range(1, 1 << 16)}
"""By the format of a folder, the layouts that came in it."""
_LABEL: Final = re.compile(r"exhibits/\w+-(\d{1,9})(?:\.(\d{1,9}))?(?:\.\w{1,8})?", re.ASCII)
_PARTS: Final = frozenset({"VERIFY.md", "chain.jsonl", CUSTODY_FILE, "verify.py"})
_EXPORTING: Final = timedelta(hours=1)

ExhibitsOf = Mapping[int, Sequence[str]]
"""By the number of an entry that is shown, the SHA-256 of each exhibit that it names."""


def is_earlier(form: tuple[object, object], layout: int) -> bool:
    """Whether a record of this format and layout is from before `layout`."""
    made, laid = form
    if type(made) is not int or type(laid) is not int:
        return False
    return laid < layout and laid in _FORMATS.get(made, ())


def named_exhibits(items: Iterable[Mapping[str, Any]]) -> dict[int, list[str]]:
    """Return which exhibits the entries have that a chain shows, from its rows (see ExhibitsOf)."""
    shown = [item for item in items if "fields" in item]
    return {
        item["seq"]: [str(one["sha256"]) for one in item["fields"].get("exhibits", ())]
        for item in shown
    }


def misnamed(files: Mapping[str, str], named: ExhibitsOf) -> Iterator[str]:
    """Yield which exhibits are not what the entry of their number names; `files` are SHA-256."""
    for path in sorted(one for one in files if one.startswith("exhibits/")):
        label = _LABEL.fullmatch(path)
        mine = named.get(int(label[1]), ()) if label else ()
        if label and len(mine) > 1:  # only then is it said which of them
            place = int(label[2] or 0)
            mine = mine[place - 1 : place] if place else ()
        if files[path] not in mine:
            yield f"{path}: not the file that the entry of its number names"


def taken_out(
    manifest: Mapping[str, Any], here: Collection[str], named: ExhibitsOf, custody: ShownCustody
) -> Iterator[str]:
    """Yield which exhibits should be among those that are `here`, by SHA-256.

    One that was lost before the record was made is named in the manifest, and was not handed over
    with it, as custody.jsonl tells. A facts sheet may do without.
    """
    if manifest["options"]["purpose"] == "public":
        return
    lost = {one["sha256"] for one in manifest["exhibits_not_here"]}
    made = datetime.fromisoformat(manifest["made_at"])
    until = made + SLACK + _EXPORTING
    out = {one.sha256 for one in custody.lines if one.act == "exported" and made <= one.at <= until}
    for seq, hashes in named.items():
        gone = [one for one in hashes if one not in here]
        if any(one not in lost for one in gone):
            yield f"entry {seq}: an exhibit that it names is not here"
        elif any(one in out for one in gone):
            yield f"entry {seq}: {CUSTODY_FILE} says that its exhibit went out with this record"


def no_parts(files: Collection[str], document: str, anchors: Collection[str]) -> Iterator[str]:
    """Yield which of the `files` belong to no record; `anchors` are the names of those held."""
    beside = (".json", ".json.sig", ".tsq", ".tsr")
    known = {*_PARTS, document, f"{document.removesuffix('.md')}.html"}
    known |= {f"anchors/{name}{suffix}" for name in anchors for suffix in beside}
    for name in sorted(one for one in files if one not in known):
        if not name.startswith("exhibits/"):
            yield f"{name}: it belongs to no record"
