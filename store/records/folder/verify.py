"""Checking a record folder: every byte of it follows from `chain.jsonl`, or is named as wrong."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from store.anchors import Anchor, KeptAnchor, check, hold_all, judged_anchor, marks_of, take
from store.anchors.timestamp import is_about
from store.entries.words import SLACK
from store.errors import DocketError, UsageError
from store.journal import Line, Report, verify_disclosed
from store.records.dispute.custody import CUSTODY_FILE, ShownCustody, read_custody
from store.records.dispute.document import LAYOUT, numbering
from store.records.dispute.material import Digest, Digests, Material
from store.records.folder.consistency import exported_wrongly, misfits, strangers
from store.records.folder.contents import (
    ANCHORS,
    CHAIN,
    MANIFEST,
    RECORD_FORMAT,
    SIGNATURE,
    SUMS,
    FileMark,
    exhibit_path,
    exhibits_stated,
    manifest_file,
    mark_file,
    sums_file,
    texts,
)
from store.records.folder.earlier import is_earlier, misnamed, named_exhibits, no_parts, taken_out
from store.records.folder.findings import Findings, RecordReport
from store.records.folder.guide import RECORD_NAMESPACE
from store.records.folder.reader import GIGABYTE, There, TooLargeError, other_line
from store.records.markdown import read_front_matter
from store.records.options import LeftOut, RecordOptions
from store.records.platform.pages import pages_in
from store.records.redaction.plan import PRIVATE_FIELDS, REDACTABLE, Withheld, read_shown
from store.text import plural

_LARGEST: Final = 2 << 20
"""The most bytes of what may lie beside an anchor or a manifest."""

_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_END = b"-----END SSH SIGNATURE-----\n"
_WIDTH = 70


@dataclass(frozen=True, slots=True)
class Said:
    """What the anchors say of a chain: what is wrong, and what else is to be told."""

    findings: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldAnchors:
    """The anchor files of a folder, the smallest count first; `beside` is wrong next to them."""

    kept: tuple[KeptAnchor, ...]
    beside: tuple[str, ...] = field(default=())

    @property
    def sound(self) -> tuple[Anchor, ...]:
        """The anchors that can be read."""
        return tuple(one.anchor for one in self.kept if one.anchor)

    @property
    def marks(self) -> set[int]:
        """The numbers whose hashes a check of the chain must bring along."""
        return marks_of(self.sound)

    def against(self, report: Report) -> Said:
        """Hold them against a checked chain; what the chain itself lacks is not said again."""
        anchors = hold_all(report, self.kept).anchors
        findings = [f"{one.name}: {what}" for one in anchors for what in one.findings]
        notes = ["; ".join([f"{one.name}: {one.said}", *one.notes]) for one in anchors if one.said]
        return Said((*findings, *self.beside), tuple(notes))


def hold_anchors(folder: Path, client: str) -> HeldAnchors:
    """Read the anchors in `folder`, if it is there; one of another docket is a problem itself."""
    if not folder.is_dir() or folder.is_symlink():
        return HeldAnchors(())
    kept = [judged_anchor(take(path), client) for path in sorted(folder.glob("*.json"))]
    order = sorted(kept, key=lambda one: (one.anchor.count if one.anchor else 0, one.path.name))
    there = There.of(folder)
    return HeldAnchors(tuple(order), tuple(what for one in order for what in _beside(there, one)))


def more_than_armor(there: There, name: str) -> str:
    """Return what is wrong with a signature's file; empty if it is armor and not a byte more.

    ssh-keygen reads to the end of the armor, and would not tell of words that follow it.
    """
    try:
        data = there.read(name, _LARGEST) or b""
    except TooLargeError as error:
        return str(error)
    try:
        signature = base64.b64decode(data[len(_BEGIN) : -len(_END)].replace(b"\n", b""))
    except ValueError:
        signature = b""
    coded = base64.b64encode(signature)
    lines = [coded[at : at + _WIDTH] + b"\n" for at in range(0, len(coded), _WIDTH)]
    whole = data == _BEGIN + b"".join(lines) + _END
    return "" if whole else "it is not the armor that ssh-keygen writes, or there is more in it"


def _beside(there: There, kept: KeptAnchor) -> Iterator[str]:
    """Yield what is wrong with the signature and the query next to an anchor.

    Whether the signature is one of this anchor, and the answer, `hold_all` looks at.
    """
    folder = there.folder.name
    name = kept.signature.name
    if there.plain.get(name) and (what := more_than_armor(there, name)):
        yield f"{folder}/{name}: {what}"
    name = kept.query.name
    if os.path.lexists(kept.query) and not is_about(there.start(name, _LARGEST) or b"", kept.raw):
        yield f"{folder}/{name}: it is a query about another file"


_LARGEST_MANIFEST = 16 << 20  # bytes: one of 50,000 exhibits has 7 MB
_SHORTEST_ROW = 64  # bytes: each row of a chain holds a hash
_FRONT = 1 << 20
_MAY_WITHHOLD = PRIVATE_FIELDS | REDACTABLE
_UNFIT: Final = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
    UsageError,
)
"""What reading and writing a record again may raise where its parts were made up."""


def verify_record(folder: Path, now: datetime | None = None) -> RecordReport:
    """Check the record in `folder` against itself, and its document against its entries.

    Every text, the manifest too, is made again from `chain.jsonl`, so a changed word is found even
    where the manifest was made to fit. A record from after `now`, where that is given, is told of,
    as either clock may be wrong. Raises DocketError only if the folder cannot be read; all that is
    wrong inside is a finding.
    """
    try:
        return _Check(folder, now).run()
    except (OSError, MemoryError) as error:
        why = getattr(error, "strerror", None) or str(error) or "there is not enough memory"
        raise DocketError(f"The record {folder} cannot be read", why, "Check the path") from error


class _Check:
    """One run over a folder."""

    def __init__(self, folder: Path, now: datetime | None) -> None:
        self.folder = folder
        self.now = now
        self.found = Findings()
        self.there = There.of(folder)
        self.listed: Mapping[str, FileMark] = {}
        self.raw = b""
        self.document = ""
        self.earlier = False

    def run(self) -> RecordReport:
        manifest = self._manifest()
        if manifest is not None:
            marks = self._files()
            self._signature(manifest)
            anchors = hold_anchors(self.folder / ANCHORS, str(manifest.get("client")))
            material = self._chain(manifest, anchors)
            if material is not None:
                self._remade(material, marks)
                self._sums()
        return self.found.report()

    def _manifest(self) -> Mapping[str, Any] | None:
        raw = self._read(MANIFEST, _LARGEST_MANIFEST)
        if raw is None:
            if not self.there.plain.get(MANIFEST):
                self.found.wrong(f"{MANIFEST}: missing")
            return None
        self.raw = raw
        try:
            manifest = _read_manifest(raw)
            form = (manifest.values["format"], manifest.values["layout"])
        except _UNFIT:
            self.found.wrong(f"{MANIFEST}: damaged, it cannot be read")
            return None
        self.listed, self.document = manifest.files, manifest.document
        self.earlier = is_earlier(form, LAYOUT)
        if form != (RECORD_FORMAT, LAYOUT) and not self.earlier:
            self.found.wrong(
                f"{MANIFEST}: made by a later version of Docket, or by none. Update Docket, or run "
                "`python3 -I verify.py` in the folder"
            )
            return None
        return manifest.values

    def _files(self) -> dict[str, FileMark]:
        """Hash what is there and compare; return the marks of the files as they are."""
        present = self.there.plain
        beside = {MANIFEST, SIGNATURE} if self.earlier else {MANIFEST, SIGNATURE, SUMS}
        for name in sorted(present.keys() - self.listed.keys() - beside):
            self.found.wrong(f"{name}: not in the manifest")
        marks = {}
        for name in sorted(self.listed):
            if name not in present:
                self.found.wrong(f"{name}: missing")
            elif not present[name]:
                self.found.wrong(f"{name}: not a plain file")
            else:
                size = (self.folder / name).stat().st_size
                if size != self.listed[name].size:  # told without reading what may be endless
                    marks[name] = FileMark(name, "", size)
                else:
                    marks[name] = mark_file(self.folder, name)
                if marks[name] != self.listed[name]:
                    self.found.wrong(f"{name}: not what {MANIFEST} lists, one was changed")
        self.found.checked("files", f"{plural(len(marks), 'file')} against {MANIFEST}")
        return marks

    def _signature(self, manifest: Mapping[str, Any]) -> None:
        named = _named_key(manifest)
        if SIGNATURE not in self.there.plain:
            self.found.checked("no signature", "none")
            if named:
                self.found.wrong(f"{SIGNATURE}: missing, and {MANIFEST} says it is by {named}")
            return
        if more := more_than_armor(self.there, SIGNATURE):
            self.found.wrong(f"{SIGNATURE}: {more}")
            return
        signed = check(
            self.raw, self.folder / SIGNATURE, namespace=RECORD_NAMESPACE, what="manifest"
        )
        if signed.ok:
            self.found.checked("signature", f"signed with {signed.said}")
            if not self.earlier and signed.said != named:
                self.found.wrong(
                    f"{SIGNATURE}: by {signed.said}, and the record names {named or 'none'}"
                )
        elif signed.ok is None:
            self.found.checked("signature", f"there is one, NOT checked: {signed.said}")
        else:
            self.found.wrong(f"{SIGNATURE}: {signed.said}")

    def _chain(self, manifest: Mapping[str, Any], anchors: HeldAnchors) -> Material | None:
        """Recompute the chain; return what the document is to be made from, if it can be."""
        data = self._read(CHAIN)
        if data is None:
            return None
        if data.count(b"\n") * _SHORTEST_ROW > len(data) + _FRONT:
            self.found.wrong(f"{CHAIN}: damaged, its lines are too short to be entries")
            return None
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
        self._front(head, manifest["layout"])
        self._anchors(anchors, report)
        if not report.ok:
            return None
        custody = self._custody(report.name)
        try:
            if not self.earlier:
                return reread(manifest, data, anchors.sound, custody)
            self._as_it_was(manifest, data, custody, anchors)
        except _UNFIT:
            self.found.wrong(f"{MANIFEST}: it does not fit {CHAIN}")
        return None

    def _as_it_was(
        self, manifest: Mapping[str, Any], data: bytes, custody: ShownCustody, anchors: HeldAnchors
    ) -> None:
        """Hold the files of a record of an earlier layout against its entries, but not its words.

        What the manifest lists is what is there, or was found to be wrong already.
        """
        files = {name: mark.sha256 for name, mark in self.listed.items()}
        named = named_exhibits(_disclosed(data))
        for what in (
            *misnamed(files, named),
            *taken_out(manifest, set(files.values()), named, custody),
            *no_parts(files, self.document, [one.path.stem for one in anchors.kept]),
        ):
            self.found.wrong(what)
        here = plural(sum(name.startswith("exhibits/") for name in files), "exhibit")
        self.found.checked("exhibits", f"{here} against the entries")
        layout = f"layout {manifest['layout']}, here it is {LAYOUT}"
        self.found.checked(
            "words", f"made by another version of Docket ({layout}), so NOT compared with {CHAIN}"
        )

    def _custody(self, client: str) -> ShownCustody:
        """Recompute the custody journal; nothing where it is not there or not whole."""
        data = self._read(CUSTODY_FILE) if CUSTODY_FILE in self.listed else None
        if data is None:
            return ShownCustody()
        try:
            custody = read_custody(data)
        except ValueError as error:
            self.found.wrong(f"{CUSTODY_FILE}: {error}")
            return ShownCustody()
        if custody.client != client:
            self.found.wrong(f"{CUSTODY_FILE}: it is of another docket than {CHAIN}")
        said = f"{plural(custody.count, 'line')} of {CUSTODY_FILE} to the head"
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

    def _front(self, head: Mapping[str, object], layout: object) -> None:
        text = self.there.start(self.document, _FRONT)
        if text is None:
            self.found.wrong(f"{self.document}: missing")
            return
        try:
            front = read_front_matter(text.decode(errors="replace"))
        except (ValueError, RecursionError):  # a nest thousands of brackets deep is no record
            front = {}
        if {"count": front.get("entries"), "hash": front.get("head")} != head:
            self.found.wrong(f"{self.document}: the head it prints is not that of {CHAIN}")
        if front.get("layout") != layout:
            self.found.wrong(f"{self.document}: its layout is not that of {MANIFEST}")

    def _remade(self, material: Material, marks: Mapping[str, FileMark]) -> None:
        """Make every text again, compare it, and hold what the manifest states against it all."""
        try:
            made = {name: b"".join(told) for name, told in texts(material, self.document)}
            self._fits(material, made, marks)
        except _UNFIT:
            self.found.wrong(f"{CHAIN}: no record can be made from what it shows")
            return
        made[MANIFEST] = manifest_file(material, self.document, self.listed.values())
        for name, wanted in made.items():
            there = self.there.start(name, len(wanted) + 1)
            if there is None:
                self.found.wrong(f"{name}: missing")
            elif there != wanted:
                line = other_line(there, wanted)
                self.found.wrong(f"{name}: changed, line {line} is not what {CHAIN} gives")
        self.found.checked("document", f"every word of {self.document} against {CHAIN}")
        self._exhibits(material, marks)

    def _sums(self) -> None:
        """Compare SHA256SUMS, of which nothing is said where what it lists is wrong itself."""
        if not self.found.findings:
            wanted = sums_file(self.listed.values(), self.raw, self._read(SIGNATURE, _LARGEST))
            if self.there.start(SUMS, len(wanted) + 1) != wanted:
                self.found.wrong(f"{SUMS}: missing, or not what {MANIFEST} lists")

    def _fits(
        self, material: Material, made: Mapping[str, bytes], marks: Mapping[str, FileMark]
    ) -> None:
        for what in (
            *misfits(material),
            *strangers(material, self.document, made, self.listed),
            *exported_wrongly(material, marks),
        ):
            self.found.wrong(what)
        kept = material.exhibits and material.options.purpose != "public"
        if kept and not material.custody.head:
            self.found.checked("no custody", "none")
        if self.now and material.now - self.now > SLACK:
            said = f"the record says it was made {material.now}, which is still to come: here it is"
            self.found.checked("clock", f"{said} {self.now:%Y-%m-%d %H:%M %Z}")

    def _exhibits(self, material: Material, marks: Mapping[str, FileMark]) -> None:
        """Compare exhibits with the hashes their entries state, not only with the manifest."""
        here = {exhibit_path(one): one for one in material.exhibits.values()}
        for path, one in here.items():
            if path in marks and marks[path].sha256 != one.exhibit.sha256:
                self.found.wrong(f"{path}: not the file that entry {one.entry.seq} names")
        counted = pages_in(material, lambda one: self.folder / exhibit_path(one))
        if counted != material.pages and here.keys() <= marks.keys():
            self.found.wrong(f"{MANIFEST}: its pages are not those of the PDFs")
        total = plural(len(here), "exhibit")
        there = len(here.keys() & marks.keys())
        self.found.checked("exhibits", f"{there} of {total} against the entries")

    def _read(self, name: str, limit: int = GIGABYTE) -> bytes | None:
        """Return a file's bytes, None where there is none or it is too large, which is told."""
        try:
            return self.there.read(name, limit)
        except TooLargeError as error:
            self.found.wrong(f"{name}: {error}")
            return None


def _named_key(manifest: Mapping[str, Any]) -> str:
    """Return the key by which a manifest says it is signed; empty where it says none."""
    options = manifest.get("options")
    return str(options.get("signed", "")) if isinstance(options, dict) else ""


@dataclass(frozen=True, slots=True)
class _Manifest:
    """A manifest as it was found: its values, the files it lists by path, and the document."""

    values: Mapping[str, Any]
    files: Mapping[str, FileMark]
    document: str


def _read_manifest(raw: bytes) -> _Manifest:
    """Return the manifest in these bytes; raises one of _UNFIT where they are none."""
    values = json.loads(raw)
    files = [FileMark(str(f["path"]), str(f["sha256"]), f["size"]) for f in values["files"]]
    if any(type(file.size) is not int for file in files):
        raise TypeError("a size is no number of bytes")
    return _Manifest(values, {file.path: file for file in files}, str(values["document"]))


def reread(
    manifest: Mapping[str, Any], data: bytes, anchors: Sequence[Anchor], custody: ShownCustody
) -> Material:
    """Return the material that a chain known to be whole and the other files give.

    Raises one of _UNFIT where they do not fit.
    """
    items = _disclosed(data)
    shown = [item for item in items if "fields" in item]
    options = RecordOptions.from_json(manifest["options"])
    withheld = {item["seq"]: _withheld(item) for item in shown}
    lines = [Line(item["seq"], item["fields"], "", "", item["hash"]) for item in shown]
    material = Material(
        client=manifest["client"],
        entries=tuple(read_shown(line, withheld[line.seq], options) for line in lines),
        digests=Digests(Digest(item["seq"], item["hash"], "fields" in item) for item in items),
        left_out=LeftOut(**manifest["left_out"]),
        options=options,
        now=datetime.fromisoformat(manifest["made_at"]),
        numbering=numbering(options),
        withheld=tuple(one for line in lines for one in withheld[line.seq]),
        redacted=tuple(manifest["redacted"]),
        anchors=tuple(anchors),
        custody=custody,
        pages=_pages_stated(manifest),
        **exhibits_stated(manifest),
    )
    hidden = {item["seq"] for item in items if "fields" not in item}
    if (
        material.now.tzinfo is None
        or material.left_out.total != len(hidden)
        or len(material.redacted) != material.left_out.redacted
        or not hidden.issuperset(material.redacted)
        or material.numbers.keys() != {x.sha256 for one in material.entries for x in one.exhibits}
    ):
        raise ValueError("the manifest does not fit the chain")
    return material


def _withheld(item: Mapping[str, Any]) -> tuple[Withheld, ...]:
    digests = sorted(item["withheld"].items())
    return tuple(Withheld(item["seq"], name, digest) for name, digest in digests)


def _pages_stated(manifest: Mapping[str, Any]) -> dict[str, int]:
    """Return how many pages the manifest says the PDFs have; ValueError where that is no number."""
    pages = dict(manifest.get("pages", {}))
    if any(type(count) is not int or count < 1 for count in pages.values()):
        raise ValueError("a count of pages is no number")
    return pages


def _disclosed(data: bytes) -> list[dict[str, Any]]:
    """Return what a chain discloses of each entry; ValueError where a record could not."""
    items = [json.loads(row) for row in data.split(b"\n")[1:-1]]
    shown = [item for item in items if "fields" in item]
    if not items or any(item["withheld"].keys() - _MAY_WITHHOLD for item in shown):
        raise ValueError("no entry is there, or one withholds more than a record may")
    return items
