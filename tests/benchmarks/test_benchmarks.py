"""What is measured is real: the dockets are whole, the ratios are ratios, the commands run."""

from __future__ import annotations

import platform
from itertools import count
from pathlib import Path

import pytest

from store.evidence.exhibits import Exhibits
from store.journal import verify_file
from tests.benchmarks.__main__ import as_file, main
from tests.benchmarks.exporting import copy_all, with_exhibits
from tests.benchmarks.figures import Claim, Figure, Section, interleaved
from tests.benchmarks.fixture import documents, write_docket, write_workspace
from tests.benchmarks.processes import Command, find_docket
from tests.machine import machine_words


@pytest.mark.parametrize("entries", [0, 1, 300])
def test_a_docket_made_fast_is_whole(tmp_path: Path, entries: int) -> None:
    report = verify_file(write_docket(tmp_path / "acme.jsonl", entries))
    assert (report.ok, report.count) == (True, entries)


def test_its_entries_are_what_the_program_reads(tmp_path: Path) -> None:
    made = write_workspace(tmp_path / "ws", {"acme": 50, "bolt": 1})
    assert [entry.fields() for entry in made.entries("acme")][1:] == [
        {**entry.fields(), **said}
        for entry, said in zip(made.entries("acme"), documents(50), strict=True)
    ][1:]
    assert made.docket("bolt").name == "Bolt"
    assert made.find("Acme") == "acme"


def test_a_docket_with_exhibits_is_whole_and_no_two_are_alike(tmp_path: Path) -> None:
    made = with_exhibits(tmp_path / "ws", 30, 23, 4096)
    named = [exhibit for entry in made.entries("acme") for exhibit in entry.exhibits]
    kept = Exhibits(made.root / "exhibits")
    assert verify_file(made.path("acme")).count == 30
    assert len({exhibit.sha256 for exhibit in named}) == len(named) == 23
    assert {kept.problem(exhibit) for exhibit in named} == {""}
    copy_all(kept.folder, tmp_path / "copies")
    assert len(list((tmp_path / "copies").iterdir())) == 23


def test_subjects_take_turns_and_sit_out_when_they_are_done() -> None:
    turns: list[str] = []
    tick = count(1)

    def subject(name: str) -> float:
        turns.append(name)
        return float(next(tick))

    subjects = {"a": lambda: subject("a"), "b": lambda: subject("b")}
    figures = interleaved(subjects, {"a": 3, "b": 1})
    assert turns == ["a", "b", "a", "a"]
    assert figures == {"a": Figure((1.0, 3.0, 4.0)), "b": Figure((2.0,))}


def test_a_table_says_which_aims_were_met() -> None:
    figures = {"ours": Figure((2.0, 3.0, 9.0)), "theirs": Figure((1.0,))}
    claims = [
        Claim("ours", "theirs", 3),
        Claim("ours", "theirs", 2.9),
        Claim("ours", "theirs", 4, at_least=True),
        Claim("ours", "not installed", 1),
    ]
    lines = list(Section("Insert", figures, claims).lines())
    assert [line.rsplit(": ")[-1] for line in lines[-3:]] == ["met", "MISSED", "MISSED"]
    assert "3.000 ms" in lines[2]
    assert lines[2].endswith("  3")


def test_a_table_is_written_down_with_what_it_was_made_of_and_only_a_whole_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = as_file([f"{machine_words()}; so", "\nInsert", "  1.5 ms"]).splitlines()
    assert told[-6:] == ["```text", f"{machine_words()}; so", "", "Insert", "  1.5 ms", "```"]
    assert f"Python {platform.python_version()}" in told[-5]
    for less in (["--quick"], ["--only", "log"], ["--entries", "10"]):
        with pytest.raises(SystemExit):
            main(["--write", *less])
    assert "only a whole run" in capsys.readouterr().err


def test_a_process_that_fails_is_not_measured(tmp_path: Path) -> None:
    docket = find_docket("")
    python = docket.python
    run = Command([python, "-c", "x = chr(97) * (40 * 2**20)"]).run()
    assert run.cpu > 0
    assert 40 < run.peak < 200
    with pytest.raises(RuntimeError, match="it failed"):
        Command([python, "-c", "raise SystemExit(3)"]).run()
    root = write_workspace(tmp_path / "ws", {"acme": 5}).root
    docket.command(root, "log", "acme", "thanks", "a lot").run()
    assert verify_file(root / "clients" / "acme.jsonl").count == 6
