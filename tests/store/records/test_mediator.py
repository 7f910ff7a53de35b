"""The mediator's brief: two printed pages, two sums that add up, and what was said by whom."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from store.errors import UsageError
from store.records import (
    Document,
    RecordOptions,
    RecordRequest,
    dispute_record,
    verify_record,
    write_record,
)
from store.records.html import html_page
from store.records.mediator import BRIEF_FILE, mediator_brief
from store.sample import AUTHOR, write_sample
from tests.store.records.case import NOW, Case, full_case
from tests.store.records.year import year

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
LINE, LINES = 95, 105
"""Characters of a line of text as it is printed, and lines of two pages with their headings."""


def brief(case: Case, **more: str) -> Document:
    """Return the brief of a case."""
    docket, lines = case.workspace.docket("acme"), case.workspace.file("acme").lines
    options = RecordOptions("mediator", None, None, "Ann Berg", **more)  # type: ignore[arg-type]
    return mediator_brief(dispute_record(docket, lines, options, NOW).material)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the brief of every sample client."""
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    workspace = write_sample(tmp_path_factory.mktemp("sample") / "w", now)
    options = RecordOptions("mediator", None, None, AUTHOR, would_accept="Half of it, by May.")
    found = {}
    for client in workspace.client_ids():
        docket, lines = workspace.docket(client), list(workspace.file(client).lines)
        record = dispute_record(docket, lines, options, now)
        found[client] = mediator_brief(record.material).markdown
    return found


def printed_lines(markdown: str) -> int:
    """Return how many lines it takes at most in print, its schedule in narrow columns."""
    total = 0
    for line in markdown.split("---\n", 2)[-1].splitlines():
        if line.startswith("|"):
            cells = [len(cell.strip()) for cell in line.strip("|").split("|")]
            room = 26 if len(cells) > 6 else 16  # of 7.5 pt
            total += max(-(-size // room) for size in cells) if "---" not in line else 0
        else:
            total += -(-len(line) // LINE) + (1 if line.startswith("#") else 0)
    return total


def test_the_brief_of_every_sample_client_is_short_enough_for_two_pages(
    samples: dict[str, str],
) -> None:
    for client, markdown in samples.items():
        assert printed_lines(markdown) <= LINES, client


@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium that could print it")
def test_the_brief_of_every_sample_client_prints_on_two_pages(
    samples: dict[str, str], tmp_path: Path
) -> None:
    assert CHROMIUM
    pages = [html_page(markdown).decode() for markdown in samples.values()]
    bodies = [page[page.index("<main>") : page.index("</main>")] for page in pages]
    style = "<style>main { break-before: page } main:first-of-type { break-before: auto }</style>"
    head = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", pages[0])
    marked = [f"{body}<p>END-{at}-END</p></main>" for at, body in enumerate(bodies)]
    whole = head[: head.index("</head>")] + style + "</head><body>" + "".join(marked)
    (tmp_path / "all.html").write_text(whole, "utf-8")
    subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            f"--print-to-pdf={tmp_path / 'all.pdf'}",
            f"--user-data-dir={tmp_path / 'profile'}",
            str(tmp_path / "all.html"),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )
    text = [page.extract_text() for page in PdfReader(tmp_path / "all.pdf").pages]
    ends = [
        next(number for number, page in enumerate(text) if f"END-{at}-END" in page)
        for at in range(len(samples))
    ]
    took = [end - before for before, end in zip([-1, *ends], ends, strict=False)]
    assert all(1 <= count <= 2 for count in took), dict(zip(samples, took, strict=True))


def test_the_sums_of_the_brief_add_up_and_its_points_are_theirs(tmp_path: Path) -> None:
    made = brief(year(tmp_path), would_accept="1,900 paid by Christmas.")
    text = made.markdown
    sums = ("2,942.50", "2,302.50", "2,622.50", "320.00", "2,541.99")
    assert re.search(r"[ |]+".join(re.escape(f"EUR {one}") for one in sums), text)
    schedule = next(one for one in made.sections if one.title == "The points").body
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in schedule.splitlines()]
    assert rows[0][-2:] == ["Their own sum", "For the mediator"]
    assert rows[2][1:3] == ["Invoice HV-3", "EUR 320.00"]
    assert "Says poster six was late (as I noted it 5 September 2026" in rows[2][4]
    assert rows[2][5:] == ["", ""], "room for them and for the mediator"
    assert rows[3][1:3] == ["What else is owed on HV-3", "EUR 1,982.50"]
    assert "I would accept: 1,900 paid by Christmas." in text


def test_what_was_let_go_of_is_not_told_as_credited(tmp_path: Path) -> None:
    case, euros = Case(tmp_path), {"currency": "EUR"}
    bill = {"number": "F-1", "amount": "900.00", "due": "2026-03-15", **euros}
    case.log("invoice", "2026-03-02", data=bill)
    off = {"of_invoice": "F-1", "amount": "200.00", **euros}
    case.log("write-off", "2026-03-20", "For the sake of peace", data=off)
    text = brief(case).markdown
    assert "EUR 200.00 was taken off by credit note, discount or write-off." in text
    assert "EUR 200.00 was let go of on F-1: For the sake of peace" in text


def test_of_vat_it_says_nothing_that_one_invoice_gainsays(tmp_path: Path) -> None:
    case = Case(tmp_path)
    bill = {"number": "F-1", "amount": "900", "currency": "EUR"}
    case.log("invoice", "2026-03-01", "Posters", data={**bill, "due": "2026-03-15"})
    assert "No VAT is noted on the invoices." in brief(case).markdown
    taxed = {**bill, "number": "F-2", "amount": "120", "vat": "20", "vat_percent": "20"}
    case.log("invoice", "2026-03-02", "Spot art", data={**taxed, "due": "2099-01-01"})
    assert "VAT" not in brief(case).markdown


def test_the_brief_is_of_a_mediator_alone(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    for purpose in ("court", "mediator"):
        options = RecordOptions(purpose, None, None, "Ann Berg", html=True)
        written = write_record(case.workspace, "acme", options, tmp_path / purpose)
        for name in (BRIEF_FILE, "brief.html"):
            assert (written.folder / name).exists() == (purpose == "mediator")
        report = verify_record(written.folder)
        assert report.ok, report.findings
    (written.folder / BRIEF_FILE).write_text("# Mediator's brief\n", "utf-8")
    assert any(one.startswith(BRIEF_FILE) for one in verify_record(written.folder).findings)
    with pytest.raises(UsageError, match="for a mediator alone"):
        RecordOptions("court", None, None, "me", would_accept="half")


def test_the_preview_has_the_brief_in_front(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    made = RecordRequest("mediator").preview(case.workspace, "acme")
    assert made.sections == (*made.before, *made.document.sections)
    assert made.before[0].title == "The parties and the quarrel"
    assert RecordRequest("court").preview(case.workspace, "acme").before == ()
    pack = RecordRequest("platform").preview(case.workspace, "acme").before
    assert [one.title for one in pack] == ["platform.txt"]
