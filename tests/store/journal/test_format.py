"""FORMAT.md is exact: its vectors hold in our code, and a stranger's verifier agrees with ours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.journal
from store.journal import chain, disclose, disclose_leaf, dump_disclosed, verify_disclosed
from store.journal.canonical import canonical
from tests.examples import examples
from tests.store.journal import stranger as stranger_module
from tests.store.journal.support import rewritten, small, stranger

FORMAT = (Path(store.journal.__file__).parent / "FORMAT.md").read_text(encoding="utf-8")


def vector(name: str) -> str:
    """Return the block of FORMAT.md whose fence carries `name`."""
    found = re.search(rf"^```\w+ {name}\n(.*?)^```$", FORMAT, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[1]


def vector_lines() -> tuple[chain.Header, list[chain.Line]]:
    first, *rest = vector("journal").rstrip("\n").split("\n")
    header = chain.read_header(first.encode())
    return header, [chain.read_line(line.encode()) for line in rest]


def test_every_step_of_the_vectors_is_what_the_code_computes() -> None:
    header, lines = vector_lines()
    assert chain.genesis(header) == vector("genesis").strip()
    steps = json.loads(vector("steps"))
    assert len(steps) == len(lines) == 3
    for line, step in zip(lines, steps, strict=True):
        for name, value in line.fields.items():
            salt = chain.salt(line.seed, name)
            assert salt == step["salts"][name]
            assert canonical([salt, name, value]).decode() == step["hashed"][name]
            assert chain.field_digest(salt, name, value) == step["digests"][name]
        digests = chain.digests(line.seed, line.fields)
        assert digests == step["digests"]
        assert canonical({"digests": digests, "seq": line.seq}).decode() == step["leaf_of"]
        assert chain.leaf(line.seq, digests) == step["leaf"]
        assert chain.link(line.prev, step["leaf"]) == step["hash"] == line.hash
    assert lines[-1].hash == vector("head").strip()


def test_the_vector_journal_and_its_disclosed_form_verify_to_the_same_head(tmp_path: Path) -> None:
    head = vector("head").strip()
    report = rewritten(tmp_path / "acme.jsonl", vector("journal").encode())
    assert (report.ok, report.count, report.head) == (True, 3, head), report
    header, lines = vector_lines()
    items = [disclose(lines[0]), disclose(lines[1], ["statement"]), disclose_leaf(lines[2])]
    disclosed = dump_disclosed(header, items)
    assert disclosed.decode() == vector("disclosed")
    shown = verify_disclosed(disclosed)
    assert (shown.ok, shown.count, shown.head) == (True, 3, head)
    assert stranger_module.verify(disclosed) == (3, head)


def test_the_stranger_is_short_and_stands_alone() -> None:
    source = Path(stranger_module.__file__).read_text(encoding="utf-8")
    assert source.count("\n") <= 60
    assert not re.search(r"^\s*(from|import) +(store|tui|tests)", source, re.MULTILINE)


def test_the_stranger_agrees_as_a_program(tmp_path: Path) -> None:
    journal = small(tmp_path)
    whole = stranger(journal.path)
    assert (whole.returncode, whole.stdout.split()) == (0, ["5", journal.head.hash]), whole.stderr
    journal.path.write_bytes(journal.path.read_bytes().replace(b"note", b"mote", 1))
    assert stranger(journal.path).returncode == 1


def stranger_says(data: bytes) -> tuple[int, str] | None:
    try:
        return stranger_module.verify(data)
    except (AssertionError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


@examples(300)
@given(data=st.data())
def test_the_stranger_agrees_on_damage(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "acme.jsonl"
    header, lines = vector_lines()
    disclosed = data.draw(st.booleans())
    items = [disclose(lines[0]), disclose(lines[1], ["statement"]), disclose_leaf(lines[2])]
    whole = dump_disclosed(header, items) if disclosed else vector("journal").encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.integers(0, 3))
    damaged = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + cut :]
    report = verify_disclosed(damaged) if disclosed else rewritten(path, damaged)
    theirs = stranger_says(damaged)
    assert report.ok == (theirs is not None)
    if theirs:
        assert theirs == (report.count, report.head)
