"""The published schema says the same of a line as the program does."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest

from store.entries import KINDS
from store.entries.schema import import_schema
from store.intake.lines import read_lines
from tests.examples import together
from tests.store.building import needed_data

SCHEMA = import_schema()
BASE = {"client": "acme", "occurred_at": "2026-11-05", "statement": "x"}
DATA: dict[str, Any] = {
    kind.id: needed_data(kind) for kind in KINDS.values() if needed_data(kind)
} | {
    "outcome": {"worked": "partly"},
    "invoice": {"number": "1", "amount": "1200.50", "currency": "EUR", "due": "2026-12-01"},
    "payment": {"amount": "10", "currency": "EUR", "for_invoices": []},
    "hours": {"hours": "1.5", "spent": "chase"},
    "client": {"name": "Café"},
    "fixed-sum": {
        "currency": "GBP",
        "bands": [{"at_least": "0", "amount": "40"}, {"at_least": "1000", "amount": "70"}],
        "source": "the 1998 Act",
    },
}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether `value` fits `schema`, by the part of draft 2020-12 that the schema uses."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        schema = {**SCHEMA["$defs"][name], **{k: v for k, v in schema.items() if k != "$ref"}}
    if "anyOf" in schema and not any(fits(value, one) for one in schema["anyOf"]):
        return False
    if not all(fits(value, one) for one in schema.get("allOf", ())):
        return False
    if "if" in schema and fits(value, schema["if"]) and not fits(value, schema["then"]):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "const" in schema and value != schema["const"]:
        return False
    named = schema.get("type")
    if named and (
        not isinstance(value, _TYPES[named]) or (isinstance(value, bool) and named != "boolean")
    ):
        return False
    return _inside(value, schema)


def _inside(value: Any, schema: dict[str, Any]) -> bool:
    if isinstance(value, str):
        longest = int(schema.get("maxLength", len(value)))
        return len(value) <= longest and bool(re.search(schema.get("pattern", ""), value))
    if isinstance(value, list):
        return all(fits(one, schema.get("items", {})) for one in value)
    if isinstance(value, dict):
        return _object(value, schema)
    if isinstance(value, int):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    return True


def _object(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    whole = all(name in value for name in schema.get("required", ()))
    return (
        whole
        and len(value) >= schema.get("minProperties", 0)
        and all(
            fits(one, known[name]) if name in known else schema.get("additionalProperties", True)
            for name, one in value.items()
        )
    )


def taken(line: dict[str, Any]) -> bool:
    """Whether the program takes `line`."""
    (read,) = read_lines(io.BytesIO(json.dumps(line).encode()))
    return read.draft is not None


def test_the_schema_names_its_draft_and_every_kind() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["properties"]["kind"]["enum"] == list(KINDS)
    ruled = [kind for rule in SCHEMA["allOf"] for kind in rule["if"]["properties"]["kind"]["enum"]]
    assert sorted(ruled) == sorted(KINDS)
    json.dumps(SCHEMA)


@together(KINDS)
def test_every_kind_has_lines_that_fit_and_lines_that_do_not(kind: str) -> None:
    line = BASE | {"kind": kind}
    needed = kind in DATA
    assert fits(line, SCHEMA) == taken(line) == (not needed)
    whole = line | {"data": DATA.get(kind, {})}
    assert fits(whole, SCHEMA)
    assert taken(whole)
    odd = line | {"data": {**DATA.get(kind, {}), "nonsense": 1}}
    assert not fits(odd, SCHEMA)
    assert not taken(odd)


@pytest.mark.parametrize(
    ("fields", "good"),
    [
        ({}, True),
        ({"occurred_at": "2026-11-05T10:00:00+01:00", "precision": "minute"}, True),
        ({"occurred_at": "2026-11-05 10:00"}, True),
        ({"occurred_at": "5 Nov"}, False),
        ({"occurred_at": 5}, False),
        ({"client": "Acme Media"}, False),
        ({"kind": "nonsense"}, False),
        ({"channel": "email", "source": "message", "visibility": "internal"}, True),
        ({"channel": "pigeon"}, False),
        ({"visibility": "public"}, False),
        ({"quotes": [{"text": "you thief", "by": "client"}]}, True),
        ({"quotes": ["you thief"]}, False),
        ({"refs": {"invoice": "INV-1"}}, True),
        ({"links": [{"rel": "about", "seq": 1}]}, True),
        ({"links": [{"rel": "about", "seq": 0}]}, False),
        ({"data": {"severity": 3, "hours": "0.5", "my_share": True}}, True),
        ({"data": {"severity": 4}}, False),
        ({"data": {"hours": "-1"}}, False),
        ({"data": {"hours": "half"}}, False),
        ({"seq": 9, "hash": "00", "recorded_at": "2020-01-01T00:00:00Z"}, True),
        ({"colour": "red"}, False),
        ({"called": "seagull"}, True),
        ({"kind": "thanks", "called": ""}, True),
        ({"kind": "thanks", "called": "seagull"}, False),
        ({"data": {"called": "seagull"}}, False),
    ],
)
def test_the_schema_and_the_program_agree(fields: dict[str, Any], good: bool) -> None:
    line = BASE | {"kind": "late-payment"} | fields
    assert fits(line, SCHEMA) is good
    assert taken(line) is good


@pytest.mark.parametrize("name", ["client", "kind", "occurred_at", "statement"])
def test_four_fields_are_needed(name: str) -> None:
    line = BASE | {"kind": "thanks"}
    del line[name]
    assert not fits(line, SCHEMA)
    assert not taken(line)
