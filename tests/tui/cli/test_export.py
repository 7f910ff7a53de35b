"""`docket export`: printed, or written where nothing is yet."""

from __future__ import annotations

from pathlib import Path

from tests.tui.cli.conftest import Cli


def test_a_table_is_printed_and_a_file_never_written_over(acme: Cli, tmp_path: Path) -> None:
    assert acme.ok("export", "acme").startswith("Client,Number,Kind,Date")
    path = tmp_path / "a.csv"
    assert acme.ok("export", "-o", str(path)) == f"Written to {path}.\n"
    again = acme("export", "-o", str(path))
    assert (again.status, "is there already" in again.err) == (2, True)
    inside = acme("export", "-o", str(acme.root / "a.csv"))
    assert inside.status == 2


def test_notes_are_a_new_folder(acme: Cli, tmp_path: Path) -> None:
    assert acme("export", "--as", "notes").status == 2
    folder = tmp_path / "notes"
    assert "notes written to" in acme.ok("export", "--as", "notes", "-o", str(folder))
    assert (folder / "acme" / "acme.md").is_file()
    assert acme("export", "--as", "notes", "-o", str(folder)).status == 2
