"""The dispute record's table of what was given back."""

from __future__ import annotations

from pathlib import Path

from store.records import Purpose, verify_record, write_record
from tests.store.records.case import OPTIONS, Case
from tests.store.records.hostile import GFM, cells


def section(case: Case, purpose: Purpose = "court") -> str:
    """Return the section on work."""
    found = [one for one in case.record(purpose).sections if "Work done" in one.title]
    return str(found[0].body)


def test_what_was_given_back_is_a_table_of_its_own(tmp_path: Path) -> None:
    case = Case(tmp_path)
    paper = case.exhibit(b"receipt", "receipt.pdf")
    data = {"to": "Jo | Co", "access_ends": "2026-12-01", "despite_debt": True}
    case.log("handover", "2026-05-02", "Instagram | account", data=data)  # 2
    case.log("handover", "2026-05-03", "Domain")  # 3
    said = {"by": "Bo"}
    case.log("acceptance", "2026-05-04", data=said, link=("accepts", 2), exhibits=[paper])  # 4
    case.log("access-ended", "2026-05-05", link=("about", 2))  # 5
    assert cells(GFM, section(case))[:21] == [
        *("No.", "Date", "Given back", "To", "Confirmed", "My access ended", "Exhibit"),
        *("2", "2026-05-02", "Instagram | account", "Jo | Co"),
        *("2026-05-04 by Bo (entry 4)", "2026-05-05 (entry 5)", "AB-1"),
        *("3", "2026-05-03", "Domain", "-", "not in this record", "not in this record", "-"),
    ]
    assert section(case, "platform") == section(case)
    whole = case.record().markdown
    assert (
        "Given to Jo \\| Co. My access ends on 2026-12-01. Given although a sum was owed." in whole
    )
    written = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    assert verify_record(written.folder).findings == ()


def test_without_a_handover_there_is_no_such_table(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("delivery", "2026-05-02", "Posts")
    case.log("handover", "2026-05-02", "Keys", visibility="internal")
    assert "Given back" not in section(case)
