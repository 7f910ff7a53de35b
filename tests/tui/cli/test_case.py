"""What a record's case leaves open, and that each command named does mend it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import Cli

SORTS = "invoice notice agreement delivery link clause dispute offer address address anchor".split()


@pytest.fixture
def weak(cli: Cli, tmp_path: Path) -> Cli:
    """A docket that leaves something of every sort open."""
    (tmp_path / "mail.eml").write_text("Subject: x\n\nNot ordered\n", "utf-8")
    cli.ok("new", "Acme Ltd")
    cli.ok("log", "acme-ltd", "terms", "By mail", "--set", "form=mail")  # 2
    cli.ok("deliver", "acme-ltd", "Posters", "--on", "2026-01-05")  # 3
    cli.ok("log", "acme-ltd", "acceptance", "Approved", "--on", "2026-01-06")  # 4
    sent = ("--issued", "2026-01-07", "--due", "2026-01-21", "--currency", "EUR")
    cli.ok("invoice", "acme-ltd", "NV-1", "1000", *sent)  # 5
    cli.ok("log", "acme-ltd", "notice", "Pay NV-1", "--on", "2026-02-20")  # 6
    cli.ok("log", "acme-ltd", "stop", "Work rests", "--on", "2026-02-21")  # 7
    rebate = ("A rebate on the next job", "--visibility", "record")
    cli.ok("log", "acme-ltd", "offer", *rebate)  # 8
    file = str(tmp_path / "mail.eml")
    cli.ok("dispute", "acme-ltd", "NV-1", "100", "Not ordered", "--attach", file)  # 9
    return cli


def case(cli: Cli, purpose: str = "court", *more: str) -> list[dict[str, Any]]:
    """Return what is open."""
    said = cli("record", "acme-ltd", "--for", purpose, "--check", "--json", *more)
    assert said.status == 0, said
    found: list[dict[str, Any]] = said.json["case"]
    return found


def test_what_is_open_is_named_with_its_entry_and_its_remedy(weak: Cli) -> None:
    found = case(weak)
    assert [one["what"] for one in found] == SORTS
    assert [one["seq"] for one in found] == [5, 6, 2, 3, 4, 7, 9, 8, None, 1, None]
    lines = weak.ok("record", "acme-ltd", "--for", "court", "--check").splitlines()
    assert lines[:2] == [
        "11 points open in the case:",
        "  acme-ltd#5: EUR 1,000.00 is claimed on NV-1, and no copy of it is attached: "
        "docket attach acme-ltd#5 FILE",
    ]


def test_each_command_mends_what_it_stands_beside(weak: Cli, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF paper")
    words = {"FILE": "paper.pdf", "FILE.pdf": "paper.pdf", "WHO": "Jo", "TEXT": "Said so"}
    remedy = "EUR 900 within a week"
    weak.patch.chdir(tmp_path)
    for purpose in ("court", "platform"):
        while mendable := [one for one in case(weak, purpose, "--remedy", remedy) if one["mend"]]:
            first = mendable[0]
            _, *typed = shlex.split(first["mend"])
            if first["what"] == "asked":
                remedy = typed[typed.index("--remedy") + 1]
                assert remedy == "payment of EUR 1,000.00"
            else:
                weak.ok(*(words.get(one, one.replace("TEXT", "Here")) for one in typed))
            left = case(weak, purpose, "--remedy", remedy)
            assert first not in left, first
            assert len(left) < len(mendable) + 1
    assert [one["what"] for one in case(weak)] == ["anchor"]  # what came too late stays


def test_a_platform_is_told_of_files_that_its_form_refuses(weak: Cli) -> None:
    (form,) = (one for one in case(weak, "platform") if one["what"] == "form")
    assert (form["entry"], form["mend"]) == ("acme-ltd#9", "docket attach acme-ltd#9 FILE.pdf")
    assert "mail.eml is refused" in form["said"]
    assert not [one for one in case(weak) if one["what"] == "form"]


def test_what_makes_no_case_leaves_nothing_open(weak: Cli) -> None:
    assert case(weak, "public") == []
    assert case(weak, "own", "--kind", "offer") == []
    assert "offer" not in {one["what"] for one in case(weak, "mediator")}
