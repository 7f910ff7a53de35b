"""Checking a record folder: every byte of it follows from `chain.jsonl`, or is named as wrong."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from store.docket import read_entry
from store.errors import DocketError, UsageError
from store.journal import LIMITS, Line, verify_disclosed
from store.records.dispute import LAYOUT, write
from store.records.folder import (
    CHAIN,
    FORMAT,
    MANIFEST,
    SIGNATURE,
    FileMark,
    exhibit_path,
    manifest_file,
)
from store.records.guide import guide, script
from store.records.markdown import read_front_matter
from store.records.material import PRIVATE_FIELDS, Digest, Material
from store.records.options import LeftOut, RecordOptions
from store.text import clean_line

_PIECE = 1 << 20
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class RecordReport:
    """What a check found: `findings` names each file that is wrong, `limits` what none can show."""

    ok: bool
    findings: tuple[str, ...]
    checked: tuple[str, ...]
    limits: str


def verify_record(folder: Path) -> RecordReport:
    """Check the record in `folder` against itself, and its document against its entries.

    The document, the manifest and the guide are made again from `chain.jsonl`, so a changed word
    is found even where the manifest was made to fit. Raises DocketError only if the folder cannot
    be read; all that is wrong inside is a finding.
    """
    try:
        return _Check(folder).run()
    except OSError as error:
        raise DocketError(
            f"The record {folder} cannot be read", error.strerror or str(error), "Check the path"
        ) from error


class _Check:
    """One run over a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[str] = []
        self.checked: list[str] = []
        self.present = _listing(folder)
        self.listed: dict[str, FileMark] = {}
        self.document = ""

    def run(self) -> RecordReport:
        manifest = self._manifest()
        if manifest is not None:
            marks = self._files()
            material = self._chain(manifest)
            if material is not None:
                self._texts(material)
                self._exhibits(material, marks)
        found = tuple(dict.fromkeys(map(_line, self.findings)))
        return RecordReport(not found, found, tuple(map(_line, self.checked)), LIMITS)

    def _manifest(self) -> dict[str, Any] | None:
        if self.present.get(MANIFEST) is not True:
            self.findings.append(f"{MANIFEST}: missing")
            return None
        try:
            manifest: dict[str, Any] = json.loads((self.folder / MANIFEST).read_bytes())
            format_and_layout = (manifest["format"], manifest["layout"])
            files = [
                FileMark(str(f["path"]), str(f["sha256"]), f["size"]) for f in manifest["files"]
            ]
            self.listed = {file.path: file for file in files}
            self.document = str(manifest["document"])
        except (ValueError, KeyError, TypeError, RecursionError):
            self.findings.append(f"{MANIFEST}: damaged, it cannot be read")
            return None
        if format_and_layout != (FORMAT, LAYOUT):
            self.findings.append(
                f"{MANIFEST}: made by another version of Docket; the text cannot be compared by "
                "this one. Use that version, or `python3 verify.py` in the folder"
            )
            return None
        return manifest

    def _files(self) -> dict[str, FileMark]:
        """Hash what is there and compare; return the marks of the files as they are."""
        for name in sorted(self.present.keys() - self.listed.keys() - {MANIFEST, SIGNATURE}):
            self.findings.append(f"{name}: not in the manifest")
        marks = {}
        for name in sorted(self.listed):
            if name not in self.present:
                self.findings.append(f"{name}: missing")
            elif not self.present[name]:
                self.findings.append(f"{name}: not a plain file")
            else:
                marks[name] = _hash(self.folder, name)
                if marks[name] != self.listed[name]:
                    self.findings.append(f"{name}: not what {MANIFEST} lists, one was changed")
        self.checked.append(f"{len(marks)} files against {MANIFEST}")
        if SIGNATURE in self.present:
            self.checked.append(f"{SIGNATURE} is there; VERIFY.md says how to check it")
        return marks

    def _chain(self, manifest: Mapping[str, Any]) -> Material | None:
        """Recompute the chain; return what the document is to be made from, if it can be."""
        if self.present.get(CHAIN) is not True:
            return None
        data = (self.folder / CHAIN).read_bytes()
        report = verify_disclosed(data)
        self.findings += [f"{CHAIN}: {finding.what}" for finding in report.findings]
        head = {"count": report.count, "hash": report.head}
        self.checked.append(f"{report.count} entries of {CHAIN} to their head")
        if manifest.get("head") != head:
            self.findings.append(f"{MANIFEST}: its head is not that of {CHAIN}")
        if manifest.get("client") != report.name:
            self.findings.append(f"{MANIFEST}: it names another docket than {CHAIN}")
        self._front(head)
        if not report.ok:
            return None
        try:
            return _material(manifest, data)
        except (ValueError, LookupError, TypeError, UsageError):
            self.findings.append(f"{MANIFEST}: it does not fit {CHAIN}")
            return None

    def _front(self, head: Mapping[str, object]) -> None:
        text = self._read(self.document)
        if text is None:
            self.findings.append(f"{self.document}: missing")
            return
        try:
            front = read_front_matter(text.decode())
        except (ValueError, RecursionError):  # a nest thousands of brackets deep is no record
            front = {}
        if {"count": front.get("entries"), "hash": front.get("head")} != head:
            self.findings.append(f"{self.document}: the head it prints is not that of {CHAIN}")

    def _texts(self, material: Material) -> None:
        """Make every text again and compare it with the one in the folder."""
        try:
            text = write(material).markdown
        except (ValueError, LookupError, ArithmeticError):
            self.findings.append(f"{CHAIN}: no record can be made from what it shows")
            return
        made = {
            self.document: text.encode(),
            "VERIFY.md": guide(self.document),
            "verify.py": script(),
            MANIFEST: manifest_file(material, self.document, self.listed.values()),
        }
        for name, wanted in made.items():
            there = self._read(name)
            if there is None:
                self.findings.append(f"{name}: missing")
            elif there != wanted:
                self.findings.append(f"{name}: {_where(there, wanted)}")
        self.checked.append(f"every word of {self.document} against {CHAIN}")

    def _exhibits(self, material: Material, marks: Mapping[str, FileMark]) -> None:
        """Compare exhibits with the hashes their entries state, not only with the manifest."""
        there = {path for path in marks if path.startswith("exhibits/")}
        for one in material.exhibits.values():
            path = exhibit_path(one)
            there.discard(path)
            if path in marks and marks[path].sha256 != one.exhibit.sha256:
                self.findings.append(f"{path}: not the file that entry {one.entry.seq} names")
        self.findings += [f"{path}: no entry names this file" for path in sorted(there)]
        here = sum(exhibit_path(one) in marks for one in material.exhibits.values())
        self.checked.append(f"{here} of {len(material.exhibits)} exhibits against their entries")

    def _read(self, name: str) -> bytes | None:
        return (self.folder / name).read_bytes() if self.present.get(name) else None


def _listing(folder: Path) -> dict[str, bool]:
    """Return the paths below `folder`, and whether each is a plain file; links are not followed."""
    found = {}
    for base, folders, names in os.walk(folder, onerror=_raise):
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in (*names, *links):
            path = Path(base) / name
            plain = path.is_file() and not path.is_symlink()
            found[path.relative_to(folder).as_posix()] = plain
    return found


def _line(told: str) -> str:
    """Return a finding fit for a terminal: the names in it may come from anybody."""
    return clean_line(told[:_LONGEST])


def _raise(error: OSError) -> None:
    raise error


def _hash(folder: Path, name: str) -> FileMark:
    digest, size = hashlib.sha256(), 0
    with (folder / name).open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return FileMark(name, digest.hexdigest(), size)


def _material(manifest: Mapping[str, Any], data: bytes) -> Material:
    """Return the material that a chain known to be whole, and the manifest, give."""
    items = [json.loads(row) for row in data.split(b"\n")[1:-1]]
    shown = [item for item in items if "fields" in item]
    if not items or any(item["withheld"].keys() - PRIVATE_FIELDS for item in shown):
        raise ValueError("no entry is there, or one withholds more than a record may")
    lines = [Line(item["seq"], item["fields"], "", "", item["hash"]) for item in shown]
    material = Material(
        client=manifest["client"],
        entries=tuple(read_entry(line) for line in lines),
        digests=tuple(Digest(item["seq"], item["hash"], "fields" in item) for item in items),
        left_out=LeftOut(**manifest["left_out"]),
        options=RecordOptions.from_json(manifest["options"]),
        now=datetime.fromisoformat(manifest["made_at"]),
        unnamed=tuple(item["seq"] for item in shown if item["withheld"]),
    )
    if material.now.tzinfo is None or material.left_out.total != len(items) - len(shown):
        raise ValueError("the manifest does not fit the chain")
    return material


def _where(there: bytes, wanted: bytes) -> str:
    lines = zip_longest(there.split(b"\n"), wanted.split(b"\n"))
    number = next(at for at, (one, other) in enumerate(lines, start=1) if one != other)
    return f"changed, line {number} is not what {CHAIN} gives"
