"""Which exhibits a docket names: all of them, or else a word about what could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.evidence.citations import read_cited
from tests.store.keeping import attach, full, write


def test_every_exhibit_every_name_and_the_last_moment(tmp_path: Path) -> None:
    made = full(tmp_path)
    made.log(made.draft("acme", "client", "", data={"name": "Acme GmbH"}))
    cited = read_cited(made.path("acme"))
    assert {one.sha256 for one in cited.citations} == cited.hashes
    assert [(one.seq, one.name) for one in cited.citations] == [(4, "acme.txt")] * 2
    assert cited.names == {"Acme Média", "Acme GmbH"}
    assert (cited.entries, cited.unread) == (5, "")
    assert cited.recorded_at == made.file("acme").lines[-1].fields["recorded_at"]


@pytest.mark.parametrize("tail", [b'{"fields":', b"\0" * 40 + b"\n", b"\0\n\0\0\n\0"])
def test_a_torn_end_is_no_damage_but_the_same_in_the_middle_is(tmp_path: Path, tail: bytes) -> None:
    made = full(tmp_path)
    path = made.path("acme")
    whole = path.read_bytes()
    write(path, whole + tail)
    assert read_cited(path).unread == ""
    assert read_cited(path).entries == 4
    last = whole[:-1].rindex(b"\n") + 1
    write(path, whole[:last] + tail + b"\n" * (not tail.endswith(b"\n")) + whole[last:])
    assert "line 5 is damaged" in read_cited(path).unread


def test_a_last_line_without_its_newline_counts(tmp_path: Path) -> None:
    made = full(tmp_path)
    (sha256,) = attach(made, "acme", b"the last")
    write(made.path("acme"), made.path("acme").read_bytes()[:-1])
    cited = read_cited(made.path("acme"))
    assert (cited.entries, cited.unread) == (5, "")
    assert cited.citations[-1].sha256 == sha256


@pytest.mark.parametrize(
    "listed", ['"x"', "{}", '[{"name":"x"}]', '["x"]', '[{"sha256":"../x"}]', "[null]"]
)
def test_exhibits_that_do_not_say_which_are_told(tmp_path: Path, listed: str) -> None:
    made = full(tmp_path)
    path = made.path("acme")
    line = path.read_bytes().splitlines(keepends=True)[-1]
    start, end = line.index(b'"exhibits":[') + 11, line.index(b"]") + 1
    write(path, path.read_bytes() + line[:start] + listed.encode() + line[end:])
    assert "does not say which exhibits it has" in read_cited(path).unread


@pytest.mark.parametrize("raw", [b"", b"{}\n", b"\xff\n", b'{"format":9}\n'])
def test_what_is_no_docket_is_unread(tmp_path: Path, raw: bytes) -> None:
    write(tmp_path / "acme.jsonl", raw)
    assert read_cited(tmp_path / "acme.jsonl").unread
