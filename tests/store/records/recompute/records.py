"""Record folders: the manifest, the chain, the anchors, and every section of the document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from store.recheck.entries import Docket
from store.recheck.figures import tokens, withheld
from store.recheck.journal import Journal, Line, read_disclosed, sha

from . import annexes, chronology, dealings, elapsed, keeping, money, sheet, sides, summary
from .beside import check_brief, check_pack
from .compare import Findings, Reckoned
from .markdown import Document, read
from .record import Record

Check = Callable[[Record], Reckoned]
PURPOSES = {
    "for a court": "court",
    "for a platform or card issuer": "platform",
    "for a mediator": "mediator",
    "for my own file": "own",
    "to be shown to anybody": "public",
}
FACTS = frozenset(
    """terms expectations delivery acceptance handover access-ended request answer invoice payment
    public-attack""".split()
)


_WHOLE: dict[str, Check] = {
    "Summary": summary.summary,
    "The agreement": summary.agreement,
    "Expectations set": dealings.expectations,
    "Work done": dealings.work,
    "Chronology": chronology.chronology,
    "Requests and answers": dealings.exchange,
    "Approvals and instructions": dealings.approvals,
    "Where the time went": elapsed.elapsed,
    "Entries by kind": dealings.pattern,
    "Payments": money.payments,
    "What I did to put it right": sides.put_right,
    "My own delays and faults": sides.my_faults,
    "Sums claimed": money.claims,
    "The other side's position": sides.other_side,
    "Exhibits": keeping.exhibits,
    "How this record is kept": keeping.kept,
    "Statement of truth": sheet.facts_only,
    "Annex A. Corrections": annexes.corrections,
    "Annex B. Redactions": annexes.redactions,
    "Annex C. Entry digests": annexes.digests,
}
_UNCOUNTED = {name: check for name, check in _WHOLE.items() if name != "Entries by kind"}
_PLATFORM = """Summary|The agreement|Work done|Payments|Requests and answers|Exhibits|How
this record is kept|Annex B. Redactions""".replace("\n", " ").split("|")
_EXTRACT = (
    "Entries by kind|Exhibits|How this record is kept|Annex A. Corrections|Annex B. Redactions"
)
SECTIONS: dict[str, dict[str, Check]] = {
    "court": _UNCOUNTED,
    "own": _WHOLE,
    "mediator": {**_UNCOUNTED, "Settlement talk": sides.settlement},
    "platform": {
        **{name: _WHOLE[name] for name in _PLATFORM},
        "What happened": chronology.what_happened,
    },
    "extract": {
        "What this is": sheet.what_this_is,
        "Entries": chronology.chronology,
        **{name: _WHOLE[name] for name in [*_EXTRACT.split("|"), "Annex C. Entry digests"]},
    },
    "public": {
        "What this is": sheet.what_a_sheet_is,
        "Dates and documents": sheet.dates,
        "Documents": sheet.documents,
        "How this sheet can be checked": sheet.sheet,
    },
}


class Folder:
    """A record folder and what it is checked against."""

    def __init__(
        self, path: Path, journal: Journal, exhibits: dict[str, bytes], custody: Journal | None
    ) -> None:
        self.path, self.journal, self.exhibits, self.custody = path, journal, exhibits, custody
        self.manifest: dict[str, Any] = json.loads((path / "manifest.json").read_bytes())
        chain = (path / "chain.jsonl").read_bytes()
        self.chain = read_disclosed(chain, journal.name)

    def text(self) -> str:
        """Return the document as it lies there."""
        return (self.path / str(self.manifest["document"])).read_text("utf-8")

    def check(self, found: Findings) -> None:
        """Check the files, then the document."""
        self._files(found)
        self.check_text(self.text(), found)

    def _files(self, found: Findings) -> None:
        where = self.path.name
        for file in self.manifest["files"]:
            data = (self.path / file["path"]).read_bytes()
            found.same(f"{where}: SHA-256 of {file['path']}", file["sha256"], sha(data))
            found.same(f"{where}: size of {file['path']}", file["size"], len(data))
        listed = {file["path"] for file in self.manifest["files"]}
        present = {
            one.relative_to(self.path).as_posix() for one in self.path.rglob("*") if one.is_file()
        }
        found.same(
            f"{where}: files",
            sorted(present - listed - {"manifest.json.sig"}),
            ["SHA256SUMS", "manifest.json"],
        )
        head = {"count": len(self.journal.lines), "hash": self.journal.head()}
        found.same(f"{where}: head", self.manifest["head"], head)
        found.same(f"{where}: chain", self.chain.head(), self.journal.head())

    def check_text(self, text: str, found: Findings) -> None:
        """Check a document against the journal."""
        with found.reading(self.path.name):
            self._check(read(text), text, found)

    def _check(self, document: Document, text: str, found: Findings) -> None:
        record = self._record(document)
        where = self.path.name
        self._front(record, found)
        found.same(f"{where}: left out", self.manifest["left_out"], annexes.reasons(record))
        for name, wanted in (("since", record.since), ("until", record.until)):
            if self.manifest["options"][name]:
                found.same(f"{where}: {name}", self.manifest["options"][name], wanted.isoformat())
        kind = "extract" if "extract" in document.front["title"] else record.purpose
        sections = SECTIONS[kind]
        numbers = [one.number for one in document.sections if one.number]
        found.same(f"{where}: numbers of the sections", numbers, list(range(1, len(numbers) + 1)))
        for title, check in sections.items():
            section = document.section(title)
            mine = check(record)
            if section:
                found.section(f"{where}: {title}", section, mine)
            elif title != "Settlement talk" or mine.tables:
                found.wrong(where, f"there is no section '{title}'")
        _other_sections(where, document, set(sections), record, found)
        _quoted(where, document, record, found)
        _withheld(where, text, record, found)
        brief = self.path / "brief.md"
        if brief.exists():
            check_brief(f"{where}: brief.md", brief.read_text("utf-8"), record, found)
        pack = self.path / "platform.txt"
        if pack.exists() and not self.manifest["options"].get("cut"):
            check_pack(f"{where}: platform.txt", pack.read_text("utf-8"), record, found)

    def _record(self, document: Document) -> Record:
        shown = {line.seq for line in self.chain.lines if line.whole}
        hidden = {line.seq: line.withheld for line in self.chain.lines if line.withheld}
        whole = _whole(document)
        docket = Docket(self.journal.lines, shown.__contains__, hidden)
        options = self.manifest["options"]
        public = options["purpose"] == "public"
        return Record(
            document, self.journal, PURPOSES[document.front["purpose"]], self.exhibits,
            self.custody, _custody_lines(self.path), docket, hidden, whole, _labels(document),
            self._anchors(), FACTS if public else frozenset(options["kinds"]),
            tuple(options["first"]), frozenset(options.get("week", range(5))),
            frozenset(map(date.fromisoformat, options.get("holidays", ()))),
        )  # fmt: skip

    def _anchors(self) -> list[dict[str, object]]:
        files = sorted((self.path / "anchors").glob("*.json")) if self.path.exists() else []
        return [json.loads(one.read_bytes()) for one in files]

    def _front(self, record: Record, found: Findings) -> None:
        where, front = f"{self.path.name}: front matter", record.document.front
        shown = len(record.docket.all)
        days = [one.day for one in record.docket.facts]
        options = self.manifest["options"]
        found.same(f"{where}, head", front["head"], self.journal.head())
        found.same(f"{where}, entries", front["entries"], str(len(self.journal.lines)))
        left = len(self.journal.lines) - shown
        found.same(f"{where}, left out", front["entries_left_out"], str(left))
        found.same(f"{where}, shown but not to be", annexes.out_of_place(record), [])
        found.same(f"{where}, layout", front["layout"], str(self.manifest["layout"]))
        found.same(f"{where}, answer by", front.get("answer_by"), options["answer_by"])
        found.same(f"{where}, anchors", front["anchors"], str(len(record.anchors)))
        for one in record.anchors:
            count = int(str(one["count"]))
            found.same(f"{where}, anchor {count}", one["head"], self.journal.head(count))
        found.same(
            f"{where}, from",
            front["from"],
            options["since"] or (days[0].isoformat() if days else front["from"]),
        )
        found.same(f"{where}, to", front["to"], options["until"] or record.as_of.isoformat())
        made = self.manifest["made_at"]
        found.same(f"{where}, prepared", front["prepared_at"], made)
        name = f"{self.journal.name} {made[:10]} {record.purpose}"
        found.same(f"{where}, record", front["record"], name)


def _whole(document: Document) -> list[int]:
    annex = document.section("Annex B. Redactions")
    rows = [row for table in annex.tables for row in table.rows] if annex else []
    return [int(row[0]) for row in rows if row[1] == "all of it"]


def _custody_lines(folder: Path) -> int:
    path = folder / "custody.jsonl"
    return len(path.read_bytes().splitlines()) - 1 if path.exists() else 0


def _labels(document: Document) -> dict[int, str]:
    section = next(
        filter(None, map(document.section, ("Chronology", "Entries", "What happened"))), None
    )
    tables = section.tables if section else []
    rows = [row for table in tables for row in table.rows if table.headers[2] == "Kind"]
    return {int(row[0]): row[2] for row in rows if row[0].isdigit()}


def _other_sections(
    where: str, document: Document, known: set[str], record: Record, found: Findings
) -> None:
    for section in document.sections[1:]:
        whole = re.fullmatch(r"Whole text of entry (\d+)", section.title)
        if whole:
            found.same(f"{where}: {section.title}", int(whole[1]) in record.docket.all, True)
            found.section(f"{where}: {section.title}", section, Reckoned(free=("Words of ",)))
        elif section.level == 1:
            found.section(f"{where}: title", section, Reckoned())
        elif section.title not in known:
            found.wrong(where, f"a section that nothing was reckoned for: '{section.title}'")


def _quoted(where: str, document: Document, record: Record, found: Findings) -> None:
    """Look for each line of quoted words in what was written down."""
    words: list[str] = []
    for one in record.docket.all.values():
        words += [one.statement, str(one.raw.get("statement", ""))]
        words += [str(quote["text"]) for quote in one.raw.get("quotes", [])]
    known = " ".join(" ".join(words).split())
    for section in document.sections:
        for line in section.quotes:
            if tokens(line):
                found.same(
                    f"{where}: {section.title}, quoted", " ".join(line.split()) in known, True
                )


def _withheld(where: str, text: str, record: Record, found: Findings) -> None:
    lines: dict[int, Line] = {line.seq: line for line in record.journal.lines}
    digests = {
        lines[seq].digest(name)[:8] for seq, names in record.hidden.items() for name in names
    }
    for digest in withheld(text.replace("\\[", "[")):
        found.same(f"{where}: withheld", digest in digests, True)
