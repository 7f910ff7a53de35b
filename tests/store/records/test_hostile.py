"""A hostile client, hostile notes and quotes do the document's structure no harm."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from store.records import Purpose, verify_record, write_record
from store.records.markdown import read_front_matter
from tests.examples import swept
from tests.store.records.case import OPTIONS, Case
from tests.store.records.hostile import (
    COMMONMARK,
    CORPUS,
    EXTRAS,
    FENCED,
    GFM,
    LONG_LINE,
    NAME,
    NOTE,
    PARSERS,
    cells,
    inlines,
    visible,
)
from tests.store.records.readers import READERS

_TEXTS = {
    "note": (NAME, NOTE),
    "extras": ("Acme {#x .y} @doe ^z^ :+1:", EXTRAS),
    "fenced": ("--- # Acme", FENCED),
}


def harmless(note: str) -> str:
    """Return a text of as many lines, each as long, that means nothing but that it is agreed."""
    lines = note.strip().split("\n")
    return "\n".join(
        line[:7] + "x" * len(line[7:]) if line.startswith("Agreed.") else "x" * len(line)
        for line in lines
    )


def hostile_case(root: Path, name: str, note: str) -> Case:
    """Return a case where every place for a person's words holds `note` or its first line."""
    case = Case(root, name)
    line = " ".join(note.split())[:300]
    paper = case.exhibit(line.encode(), f"{line}.pdf")
    who = {"name": name, "contract_name": line, "address": line}
    case.log("client", "2026-03-01", note, data=who)
    terms = {"scope": line, "suspension_clause": line}
    case.log("terms", "2026-03-02", note, data=terms, exhibits=[paper])
    case.log("delivery", "2026-03-03", note, data={"where": line})
    case.log("acceptance", "2026-03-04", note, data={"by": line}, link=("accepts", 4))
    sum_of = {"amount": "10", "currency": "EUR"}
    number = {"number": line, "due": "2026-03-10", **sum_of}
    case.log("invoice", "2026-03-05", note, data=number)
    case.log("request", "2026-03-06", note)
    quotes = [{"text": note, "by": line}]
    case.log("excuse", "2026-03-07", note, quotes=quotes, refs={"invoice": line})
    amended = {"changes": {"statement": f"{note} again"}}
    case.log("amendment", "2026-03-08", data=amended, link=("amends", 8), reason=line)
    case.log("addendum", "2026-03-09", note, link=("adds-to", 8))
    case.log("complaint", "2026-03-10", note, data={"my_share": True})
    case.log("void", "2026-03-11", note, link=("voids", 11), reason=line)
    case.log("offer", "2026-03-12", note)
    case.log("promise", "2026-03-13", note, data={"by": "client", "due": "2026-03-20"})
    case.log("promise", "2026-03-14", note, data={"by": "me", "due": "2026-03-20"})
    case.log("expectations", "2026-03-15", note)
    case.log("offer", "2026-03-16", note, visibility="settlement")
    case.log("payment", "2026-03-17", note, data=sum_of)
    moved = {"changes": {"scope": f"{line} too"}}
    case.log("amendment", "2026-03-18", data=moved, link=("amends", 3), reason=line)
    other = case.exhibit(b"other" + line.encode(), "photo.png")
    draft = case.workspace.draft("acme", "note", line, quotes=[{"text": line}], exhibits=[other])
    case.workspace.log(draft.model_copy(update={"author": line, "zone": line}))
    return case


def structure(parser: MarkdownIt, markdown: str) -> list[tuple[str, str, int]]:
    """Return the blocks; paragraphs inside a quotation count as one, blank lines being free."""
    found: list[tuple[str, str, int]] = []
    depth = 0
    for token in parser.parse(markdown):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if depth and token.type in ("paragraph_open", "paragraph_close", "inline"):
            continue
        found.append((token.type, token.tag, token.level))
    return found


@pytest.fixture(scope="module", params=_TEXTS)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Case, Case]:
    return both(tmp_path_factory.mktemp("cases"), *_TEXTS[request.param])


def both(root: Path, name: str, note: str) -> tuple[Case, Case]:
    """Return a case of hostile words, and one of as many harmless ones."""
    for folder in ("a", "b"):
        (root / folder).mkdir()
    return hostile_case(root / "a", name, note), hostile_case(root / "b", "Acme", harmless(note))


@pytest.mark.parametrize("purpose", ["court", "platform", "mediator"])
@pytest.mark.parametrize("parser", PARSERS)
def test_hostile_text_leaves_the_structure_alone(
    pair: tuple[Case, Case], parser: MarkdownIt, purpose: Purpose
) -> None:
    hostile = pair[0].record(purpose, by=NAME).markdown
    plain = pair[1].record(purpose, by="Ann").markdown
    assert structure(parser, hostile) == structure(parser, plain)
    allowed = {"text", "softbreak", "hardbreak", "code_inline", "s_open", "s_close"}
    assert {token.type for token in inlines(parser, hostile)} <= allowed
    assert not [t for t in parser.parse(hostile) if t.type in ("fence", "code_block", "html_block")]


@pytest.mark.parametrize("reader", swept(list(READERS), 2))
def test_other_readers_see_the_same_structure(pair: tuple[Case, Case], reader: str) -> None:
    read = READERS[reader]
    hostile = read(pair[0].record("mediator", by=NAME).markdown)
    plain = read(pair[1].record("mediator", by="Ann").markdown)
    assert hostile.blocks == plain.blocks
    assert hostile.marks == plain.marks
    assert {"code", "strike"} >= set(hostile.marks)


@pytest.mark.slow
def test_lines_of_100_kb_in_every_field_leave_the_structure_alone(tmp_path: Path) -> None:
    hostile, plain = both(tmp_path, "a. " + "*_`~" * 25, LONG_LINE)
    markdown, simple = hostile.record("court").markdown, plain.record("court").markdown
    assert structure(COMMONMARK, markdown) == structure(COMMONMARK, simple)
    for name in ("mistletoe", "github", "pandoc-gfm"):
        assert READERS[name](markdown).blocks == READERS[name](simple).blocks


def test_headings_are_the_programs_own(tmp_path: Path) -> None:
    record = hostile_case(tmp_path, NAME, NOTE).record()
    tokens = GFM.parse(record.markdown)
    headings = [
        visible(tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open"
    ]
    assert headings[0].startswith("Dispute record: Granted. # Verdict: guilty | No. |")
    assert [h for h in headings[1:] if not h.startswith(("Whole text of entry", "My own"))] == [
        section.title for section in record.sections
    ]
    front = read_front_matter(record.markdown)
    assert front["title"] == record.title
    assert str(front["title"]).startswith("Dispute record: Granted. # Verdict: guilty")
    assert "\x1b" not in record.markdown
    assert "\x07" not in record.markdown


@pytest.mark.parametrize("text", [text for text in CORPUS if text.strip()])
def test_a_statement_reads_as_it_was_logged(tmp_path: Path, text: str) -> None:
    case = Case(tmp_path)
    entry = case.log("note", "2026-03-02", text)
    record = case.record()
    if entry.statement.strip().count("\n") > 1:
        assert "### Whole text of entry 2" in record.markdown
    else:
        said = " / ".join(line.strip() for line in entry.statement.strip().split("\n"))
        told = [re.sub("[\u2068\u2069]", "", cell) for cell in cells(GFM, record.markdown)]
        assert f"{said} (seen or heard)" in told


def test_a_hostile_folder_verifies(tmp_path: Path) -> None:
    case = hostile_case(tmp_path, NAME, NOTE)
    written = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    assert verify_record(written.folder).findings == ()
    assert {path.name for path in written.folder.iterdir()} == {
        f"{written.folder.name}.md",
        "SHA256SUMS",
        "chain.jsonl",
        "check_sums.py",
        "custody.jsonl",
        "exhibits",
        "manifest.json",
        "VERIFY.md",
        "verify.py",
    }
    exhibits = {path.name for path in (written.folder / "exhibits").iterdir()}
    assert exhibits == {"AB-1.pdf", "AB-2.png"}


def test_no_row_has_more_cells_than_its_table(tmp_path: Path) -> None:
    # A parser drops cells beyond the head row in silence, so they are counted in the source.
    lines = hostile_case(tmp_path, NAME, NOTE).record("mediator", by=NAME).markdown.split("\n")
    counts = [re.sub(r"\\.", "", line).count("|") if line[:1] == "|" else 0 for line in lines]
    for before, after in pairwise(counts):
        assert before == after or 0 in (before, after)
