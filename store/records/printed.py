"""Mails and texts among the exhibits of a platform's record as PDFs, which its form takes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.errors import UsageError
from store.files import make_folder, write_within
from store.records.dispute.material import Labelled
from store.records.folder.contents import exhibit_path
from store.records.folder.write import WrittenRecord
from store.records.html import html_page
from store.records.markdown import block, front_matter, inline, paragraphs
from store.records.options import RecordError
from store.records.platform.forms import platform_form

_BROWSERS: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "brave-browser"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_MOST: Final = 1 << 20
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class PrintedExhibits:
    """Where exhibits were printed to, which files that made, and what is to be done by hand.

    `by_hand` are pages to print, where no browser could; `left` the files that are no text.
    """

    folder: Path
    files: tuple[Path, ...]
    by_hand: tuple[Path, ...]
    left: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """It in sentences."""
        said = [f"{len(self.files)} printed to {self.folder}."] if self.files else []
        if self.by_hand:
            names = ", ".join(path.name for path in self.by_hand)
            said.append(
                f"No browser here prints: open {names} in {self.folder} and print each to a PDF, "
                "or install Chromium."
            )
        if self.left:
            said.append(f"Not a mail or a text, so not printed: {', '.join(self.left)}.")
        return said


def print_exhibits(written: WrittenRecord) -> PrintedExhibits:
    """Print the exhibits of a record that its form does not take, into a folder beside it.

    Beside, as the record can be made again from its entries and what a browser prints cannot; a
    page that no browser here could print stays there instead. Raises RecordError where the folder
    is there or cannot be written.
    """
    form = platform_form(written.material.options.form)
    folder = written.folder.with_name(f"{written.folder.name}_pdf")
    refused = [one for one in written.material.exhibits.values() if not form.takes(one.file)]
    pages = {one.label: _page(one, written.folder / exhibit_path(one)) for one in refused}
    made = {label: page for label, page in pages.items() if page}
    left = tuple(one.file for one in refused if not pages[one.label])
    if not made:
        return PrintedExhibits(folder, (), (), left)
    try:
        if folder.exists():
            raise FileExistsError(17, "it is there already")
        make_folder(folder)
        files, by_hand = _print(folder, made, browser())
    except OSError as error:
        raise RecordError(
            f"The exhibits were not printed to {folder}", error.strerror or str(error), ""
        ) from error
    return PrintedExhibits(folder, files, by_hand, left)


def browser() -> str:
    """Return the browser on this machine that prints; empty where there is none."""
    return next(filter(None, map(shutil.which, _BROWSERS)), "")


def _print(
    folder: Path, pages: Mapping[str, bytes], program: str
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    files, by_hand = [], []
    for label, page in pages.items():
        html, pdf = folder / f"{label}.html", folder / f"{label}.pdf"
        write_within(html, page)
        if program and _to_pdf(program, html, pdf):
            html.unlink()
            files.append(pdf)
        else:
            by_hand.append(html)
    return tuple(files), tuple(by_hand)


def _to_pdf(program: str, html: Path, pdf: Path) -> bool:
    """Whether the browser has printed a page; it runs apart from the user's own one."""
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [
            *(program, "--headless", "--disable-gpu", "--no-pdf-header-footer", *alone),
            f"--user-data-dir={profile}",
            f"--print-to-pdf={pdf}",
            html.absolute().as_uri(),
        ]
        try:
            subprocess.run(words, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return pdf.is_file() and pdf.stat().st_size > 0


def _page(one: Labelled, path: Path) -> bytes:
    """Return an exhibit as a page to print; nothing where it is no mail and no text."""
    reader = _READERS.get(path.suffix)
    if reader is None or not path.is_file():
        return b""
    try:
        heads, text = reader(path)
    except UsageError:
        return b""
    title = f"{one.label}: {one.exhibit.name}"
    front = front_matter({"title": title, **heads})
    return html_page(paragraphs(front, f"# {inline(title)}", block(text)) + "\n")


def _mail(path: Path) -> tuple[dict[str, str], str]:
    from store.intake.mail import read_mail

    with path.open("rb") as stream:
        mail = read_mail(stream, path.name)
    heads = {
        "from": str(mail.sender),
        "to": ", ".join(map(str, mail.recipients)),
        "date": mail.when.isoformat(" ", "minutes") if mail.when else mail.dated,
        "subject": mail.subject,
        "files": ", ".join(one.file_name for one in mail.files),
    }
    more = "\n\n[…]" if mail.cut else ""
    return {name: said for name, said in heads.items() if said}, f"{mail.body}{more}"


def _text(path: Path) -> tuple[dict[str, str], str]:
    from store.text.charsets import decode

    with path.open("rb") as stream:
        raw = stream.read(_MOST + 1)
    if b"\0" in raw[:_MOST] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageError(f"{path.name} is no text", "", "")
    cut = len(raw) > _MOST
    said = decode(raw[:_MOST], "", whole=not cut).text
    return {}, said + ("\n\n[…]" if cut else "")


_READERS: Final[Mapping[str, Callable[[Path], tuple[dict[str, str], str]]]] = {
    ".eml": _mail,
    ".msg": _mail,
    ".txt": _text,
    ".md": _text,
}
