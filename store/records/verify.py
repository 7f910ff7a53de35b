"""Checking a record folder: every byte of it follows from `chain.jsonl`, or is named as wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from store.anchors import check
from store.errors import DocketError, UsageError
from store.journal import Report, verify_disclosed
from store.records.custody import CUSTODY, ShownCustody, read_custody
from store.records.dispute import LAYOUT
from store.records.folder import (
    ANCHORS,
    CHAIN,
    FORMAT,
    MANIFEST,
    SIGNATURE,
    FileMark,
    exhibit_path,
    manifest_file,
    mark_file,
    texts,
)
from store.records.guide import NAMESPACE
from store.records.held import HeldAnchors, hold_anchors
from store.records.markdown import read_front_matter
from store.records.material import Material
from store.records.parts import Findings, RecordReport
from store.records.reread import reread
from store.words import plural


def verify_record(folder: Path) -> RecordReport:
    """Check the record in `folder` against itself, and its document against its entries.

    Every text, the manifest too, is made again from `chain.jsonl`, so a changed word is found even
    where the manifest was made to fit. Raises DocketError only if the folder cannot be read; all
    that is wrong inside is a finding.
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
        self.found = Findings()
        self.present = _listing(folder)
        self.listed: dict[str, FileMark] = {}
        self.document = ""

    def run(self) -> RecordReport:
        manifest = self._manifest()
        if manifest is not None:
            marks = self._files()
            self._signature()
            anchors = hold_anchors(self.folder / ANCHORS, str(manifest.get("client")))
            material = self._chain(manifest, anchors)
            if material is not None:
                self._texts(material)
                self._exhibits(material, marks)
        return self.found.report()

    def _manifest(self) -> dict[str, Any] | None:
        if self.present.get(MANIFEST) is not True:
            self.found.wrong(f"{MANIFEST}: missing")
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
            self.found.wrong(f"{MANIFEST}: damaged, it cannot be read")
            return None
        if format_and_layout != (FORMAT, LAYOUT):
            self.found.wrong(
                f"{MANIFEST}: made by another version of Docket; the text cannot be compared by "
                "this one. Use that version, or `python3 verify.py` in the folder"
            )
            return None
        return manifest

    def _files(self) -> dict[str, FileMark]:
        """Hash what is there and compare; return the marks of the files as they are."""
        for name in sorted(self.present.keys() - self.listed.keys() - {MANIFEST, SIGNATURE}):
            self.found.wrong(f"{name}: not in the manifest")
        marks = {}
        for name in sorted(self.listed):
            if name not in self.present:
                self.found.wrong(f"{name}: missing")
            elif not self.present[name]:
                self.found.wrong(f"{name}: not a plain file")
            else:
                marks[name] = mark_file(self.folder, name)
                if marks[name] != self.listed[name]:
                    self.found.wrong(f"{name}: not what {MANIFEST} lists, one was changed")
        self.found.checked("files", f"{plural(len(marks), 'file')} against {MANIFEST}")
        return marks

    def _signature(self) -> None:
        if SIGNATURE not in self.present:
            self.found.checked("no signature", "none")
            return
        raw = (self.folder / MANIFEST).read_bytes()
        signed = check(raw, self.folder / SIGNATURE, namespace=NAMESPACE, what="manifest")
        if signed.ok:
            self.found.checked("signature", f"signed with {signed.said}")
        elif signed.ok is None:
            self.found.checked("signature", f"there is one, NOT checked: {signed.said}")
        else:
            self.found.wrong(f"{SIGNATURE}: {signed.said}")

    def _chain(self, manifest: Mapping[str, Any], anchors: HeldAnchors) -> Material | None:
        """Recompute the chain; return what the document is to be made from, if it can be."""
        if self.present.get(CHAIN) is not True:
            return None
        data = (self.folder / CHAIN).read_bytes()
        report = verify_disclosed(data, marks=anchors.marks)
        for finding in report.findings:
            self.found.wrong(f"{CHAIN}: {finding.what}")
        head = {"count": report.count, "hash": report.head}
        entries = plural(report.count, "entry", "entries")
        self.found.checked("chain", f"{entries} of {CHAIN} to the head")
        if manifest.get("head") != head:
            self.found.wrong(f"{MANIFEST}: its head is not that of {CHAIN}")
        if manifest.get("client") != report.name:
            self.found.wrong(f"{MANIFEST}: it names another docket than {CHAIN}")
        self._front(head)
        self._anchors(anchors, report)
        if not report.ok:
            return None
        try:
            return reread(manifest, data, anchors.sound, self._custody(report.name))
        except (ValueError, LookupError, TypeError, AttributeError, UsageError):
            self.found.wrong(f"{MANIFEST}: it does not fit {CHAIN}")
            return None

    def _custody(self, client: str) -> ShownCustody:
        """Recompute the custody journal; nothing where it is not there or not whole."""
        data = self._read(CUSTODY) if CUSTODY in self.listed else None
        if data is None:
            return ShownCustody()
        try:
            custody = read_custody(data)
        except ValueError as error:
            self.found.wrong(f"{CUSTODY}: {error}")
            return ShownCustody()
        if custody.client != client:
            self.found.wrong(f"{CUSTODY}: it is of another docket than {CHAIN}")
        said = f"{plural(custody.count, 'line')} of {CUSTODY} to the head"
        self.found.checked("custody", said)
        return custody

    def _anchors(self, anchors: HeldAnchors, report: Report) -> None:
        said = anchors.against(report)
        for what in said.findings:
            self.found.wrong(what)
        for what in said.notes:
            self.found.checked("anchor", what)
        if not anchors.kept:
            self.found.checked("no anchor", "none")

    def _front(self, head: Mapping[str, object]) -> None:
        text = self._read(self.document)
        if text is None:
            self.found.wrong(f"{self.document}: missing")
            return
        try:
            front = read_front_matter(text.decode())
        except (ValueError, RecursionError):  # a nest thousands of brackets deep is no record
            front = {}
        if {"count": front.get("entries"), "hash": front.get("head")} != head:
            self.found.wrong(f"{self.document}: the head it prints is not that of {CHAIN}")

    def _texts(self, material: Material) -> None:
        """Make every text again and compare it with the one in the folder."""
        try:
            made = dict(texts(material, self.document))
        except (ValueError, LookupError, ArithmeticError):
            self.found.wrong(f"{CHAIN}: no record can be made from what it shows")
            return
        made[MANIFEST] = manifest_file(material, self.document, self.listed.values())
        for name, wanted in made.items():
            there = self._read(name)
            if there is None:
                self.found.wrong(f"{name}: missing")
            elif there != wanted:
                self.found.wrong(f"{name}: {_where(there, wanted)}")
        self.found.checked("document", f"every word of {self.document} against {CHAIN}")

    def _exhibits(self, material: Material, marks: Mapping[str, FileMark]) -> None:
        """Compare exhibits with the hashes their entries state, not only with the manifest."""
        there = {path for path in marks if path.startswith("exhibits/")}
        for one in material.exhibits.values():
            path = exhibit_path(one)
            there.discard(path)
            if path in marks and marks[path].sha256 != one.exhibit.sha256:
                self.found.wrong(f"{path}: not the file that entry {one.entry.seq} names")
        for path in sorted(there):
            self.found.wrong(f"{path}: no entry names this file")
        here = sum(exhibit_path(one) in marks for one in material.exhibits.values())
        total = len(material.exhibits)
        self.found.checked("exhibits", f"{here} of {plural(total, 'exhibit')} against the entries")

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


def _raise(error: OSError) -> None:
    raise error


def _where(there: bytes, wanted: bytes) -> str:
    lines = zip_longest(there.split(b"\n"), wanted.split(b"\n"))
    number = next(at for at, (one, other) in enumerate(lines, start=1) if one != other)
    return f"changed, line {number} is not what {CHAIN} gives"
