"""The JSON Schema of a line to import: one object, its `data` shaped by its `kind`."""

from __future__ import annotations

from typing import Any

from store.entries.kinds import KINDS
from store.entries.model import Draft

NEVER_TAKEN = ("seq", "id", "hash", "prev", "seed", "recorded_at", "clock_behind", "typed_at")
"""What only the journal says; an imported line may carry it, and it is passed over."""

REQUIRED = ("client", "kind", "occurred_at", "statement")


def import_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12), made from the models that an entry must fit."""
    whole = Draft.model_json_schema(ref_template="#/$defs/{model}")
    shapes: dict[str, list[str]] = {}
    definitions: dict[str, Any] = whole.get("$defs", {})
    for kind in KINDS.values():
        shape = kind.data.model_json_schema(ref_template="#/$defs/{model}")
        definitions |= shape.pop("$defs", {})
        definitions[kind.data.__name__] = shape
        shapes.setdefault(kind.data.__name__, []).append(kind.id)
    definitions.pop("Data", None)
    properties = {name: whole["properties"][name] for name in whole["properties"]}
    properties |= {
        "kind": {"enum": list(KINDS)},
        "occurred_at": {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$",
            "description": "a day, or a moment with its offset from UTC; local time without one",
        },
        "data": {"type": "object"},
        **{name: {"description": "passed over: only the journal says it"} for name in NEVER_TAKEN},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of `docket import`",
        "type": "object",
        "required": list(REQUIRED),
        "properties": properties,
        "additionalProperties": False,
        "allOf": [_rule(name, kinds) for name, kinds in shapes.items()],
        "$defs": definitions,
    }


def _rule(shape: str, kinds: list[str]) -> dict[str, Any]:
    """Return the rule that entries of `kinds` have data of `shape`, and must where it has musts."""
    needed = KINDS[kinds[0]].data.model_json_schema().get("required")
    then: dict[str, Any] = {"properties": {"data": {"$ref": f"#/$defs/{shape}"}}}
    if KINDS[kinds[0]].group != "incident":
        then["properties"]["called"] = {"maxLength": 0}
    if needed:
        then["required"] = ["data"]
    return {
        "if": {"properties": {"kind": {"enum": kinds}}, "required": ["kind"]},
        "then": then,
    }
