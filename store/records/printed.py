"""Documents as PDFs: a record with its exhibits, a statement, a report, what a form refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from store.errors import UsageError
from store.files import make_folder, write_within
from store.records.dispute.material import Labelled
from store.records.facsimile import MOST_PAGES, Facsimile, facsimile, lay_in, section_pages
from store.records.folder.contents import exhibit_path
from store.records.folder.write import WrittenRecord
from store.records.html import Paper, ShownExhibit, html_page
from store.records.markdown import Md, as_plain, block, bullets, front_matter, inline, paragraphs
from store.records.mediator import BRIEF_FILE
from store.records.options import RecordError
from store.records.paper import sections_listed, with_pages
from store.records.platform.document import platform_pack
from store.records.platform.files import exhibit_fields
from store.records.platform.forms import PlatformForm, platform_form
from store.records.texts import Texts
from store.workspace import Workspace
from store.workspace.exports import noted

_BROWSERS: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "brave-browser"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MOST_IN_ALL: Final = 100
"""Pages of PDFs that one printed file shows."""
_MOST: Final = 1 << 20
_SECONDS: Final = 60
_LARGEST_PICTURE: Final = 20 << 20
_PICTURES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How a picture that a page shows begins, and what it is."""


class _Page(NamedTuple):
    """A page to print; with PDFs to lay in, also as it leaves them room, and its exhibits."""

    html: bytes
    roomy: bytes = b""
    exhibits: Sequence[ShownExhibit] = ()


_Shown: TypeAlias = tuple[dict[str, str], str, str]
"""The heads of a mail or a text, its words, and what earlier mail stands below them."""


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
    """Print what of a record its form does not take as it is, into a folder beside it.

    Exhibits of other forms, and the block of each field that takes a file with its exhibits behind.
    Beside, as the record can be made again from its entries and what a browser prints cannot; a
    page that no browser here could print stays there instead. Raises RecordError where the folder
    is there or cannot be written.
    """
    form = platform_form(written.material.options.form)
    folder = written.folder.with_name(f"{written.folder.name}_pdf")
    refused = [one for one in written.material.exhibits.values() if not form.takes(one.file)]
    texts = written.material.texts
    pages = {one.label: _page(one, written.folder / exhibit_path(one), texts) for one in refused}
    made = {label: _Page(page) for label, page in pages.items() if page}
    made |= dict(_blocks(written, form))
    left = tuple(one.file for one in refused if not pages[one.label])
    if not made:
        return PrintedExhibits(folder, (), (), left)
    return PrintedExhibits(folder, *_printed(folder, made), left)


def _blocks(written: WrittenRecord, form: PlatformForm) -> Iterator[tuple[str, _Page]]:
    """Yield the block of each field that takes a file as a page, its exhibits behind it."""
    material = written.material
    fields = exhibit_fields(material, form)
    for one in platform_pack(material).slots:
        if one.slot.file and one.text:
            mine = [e for e in material.exhibits.values() if fields.get(e.label) == one.slot.name]
            said = [material.texts.say(f"platform.heading.{what}") for what in one.slot.holds]
            title = f"{material.name}: {as_plain(material.texts.listed(said))}"
            lines = bullets(map(inline, one.text.split("\n")))
            front = front_matter({"title": title, **material.texts.front})
            page = paragraphs(front, f"# {inline(title)}", lines) + "\n"
            yield one.slot.name, _with_exhibits(written, page, "A4", mine)


def _printed(folder: Path, pages: Mapping[str, _Page]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the files that were printed into the new `folder`, and the pages that were not."""
    try:
        if folder.exists():
            raise FileExistsError(17, "it is there already")
        make_folder(folder)
        return _print(folder, pages, browser())
    except OSError as error:
        raise RecordError(
            f"Nothing was printed to {folder}", error.strerror or str(error), ""
        ) from error


def print_record(written: WrittenRecord, paper: Paper = "A4") -> PrintedExhibits:
    """Print a record with its exhibits behind it as one file with one count of pages, beside it.

    Mails, texts, pictures and the pages of PDFs are shown; the last sheet names all other files.
    A mediator's brief is printed by itself, beside it.
    Told and refused as `print_exhibits` does.
    """
    folder = written.folder.with_name(f"{written.folder.name}_pdf")
    markdown = written.document.read_text("utf-8")
    exhibits = list(written.material.exhibits.values())
    pages = {written.document.stem: _with_exhibits(written, markdown, paper, exhibits)}
    if written.material.options.has_brief:
        brief = (written.folder / BRIEF_FILE).read_text("utf-8")
        pages = {Path(BRIEF_FILE).stem: _Page(html_page(brief, paper)), **pages}
    files, by_hand = _printed(folder, pages)
    return PrintedExhibits(folder, files, by_hand, ())


def print_beside(workspace: Workspace, client: str, file: Path, paper: Paper) -> PrintedExhibits:
    """Print a document that is one file as a PDF beside it; where nothing prints, its page.

    Told and refused as `print_exhibits` does.
    """
    pdf = file.with_name(f"{file.name.removesuffix('.md')}.pdf")
    page = pdf.with_suffix(".html")
    made = html_page(file.read_text("utf-8"), paper)
    try:
        if pdf.exists():
            raise FileExistsError(17, "it is there already")
        with noted(workspace.root, pdf, client), tempfile.TemporaryDirectory() as folder:
            passing = Path(folder) / "page.html"
            passing.write_bytes(made)
            if (program := browser()) and print_page(program, passing, pdf):
                return PrintedExhibits(file.parent, (pdf,), (), ())
        if not page.exists():
            write_within(page, made)
    except OSError as error:
        raise RecordError(f"{pdf} was not printed", error.strerror or str(error), "") from error
    return PrintedExhibits(file.parent, (), (page,), ())


def _with_exhibits(
    written: WrittenRecord, markdown: str, paper: Paper, exhibits: Sequence[Labelled]
) -> _Page:
    html = html_page(markdown, paper, _exhibits(written, exhibits, laid=False))
    shown = _exhibits(written, exhibits, laid=True) if browser() else []
    if not any(one.pdf for one in shown):
        return _Page(html_page(markdown, paper, shown) if shown else html)
    return _Page(html, html_page(markdown, paper, shown), shown)


def _exhibits(
    written: WrittenRecord, exhibits: Sequence[Labelled], laid: bool
) -> list[ShownExhibit]:
    """Return exhibits as pages show them, PDFs where they are `laid` in; the rest on one sheet."""
    texts, left = written.material.texts, MOST_IN_ALL
    shown, apart = [], []
    for at, one in enumerate(exhibits, start=1):
        path = written.folder / exhibit_path(one)
        place: dict[str, int | str] = {
            "at": at,
            "of": len(exhibits),
            "label": one.label,
            "file": one.exhibit.name,
        }
        cover = texts.plain_text("exhibits.cover", **place)
        picture, media = _picture(path)
        words = Md("") if picture else _words(path, texts)
        if picture or words:
            shown.append(ShownExhibit(cover, words, picture, media))
            continue
        copy = facsimile(path) if laid and path.suffix == ".pdf" else Facsimile()
        if copy.pdf and copy.pages <= left:
            left -= copy.pages
            first, *more = (
                texts.plain_text("exhibits.cover-page", **place, n=n, pages=copy.pages)
                for n in range(1, copy.pages + 1)
            )
            shown.append(ShownExhibit(first, pdf=copy.pdf, more=more))
            continue
        why = copy.why or ("full" if copy.pdf else "")
        most = MOST_PAGES if why == "long" else MOST_IN_ALL
        said = texts.say(f"exhibits.apart.{why}", n=copy.pages, most=most) if why else None
        apart.append(
            texts.say("exhibits.apart", cover=cover, path=Md(f"`{exhibit_path(one)}`"), why=said)
        )
    if apart:
        shown.append(ShownExhibit(texts.plain_text("exhibits.apart-cover"), bullets(apart)))
    return shown


def _picture(path: Path) -> tuple[bytes, str]:
    """Return a picture that a page can show, with its media type; nothing where it is none."""
    if path.is_file() and path.stat().st_size <= _LARGEST_PICTURE:
        data = path.read_bytes()
        for begin, media in _PICTURES.items():
            if data.startswith(begin):
                return data, media
    return b"", ""


def print_written(written: WrittenRecord, paper: Paper) -> PrintedExhibits:
    """Print what is to be handed over of a record: all of it, for a platform what it refuses."""
    if written.material.options.purpose == "platform":
        return print_exhibits(written)
    return print_record(written, paper)


def browser() -> str:
    """Return the browser on this machine that prints; empty where there is none."""
    return next(filter(None, map(shutil.which, _BROWSERS)), "")


def _print(
    folder: Path, pages: Mapping[str, _Page], program: str
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    files, by_hand = [], []
    for label, page in pages.items():
        html, pdf = folder / f"{label}.html", folder / f"{label}.pdf"
        if page.roomy and program:
            write_within(html, page.roomy)
            done = print_page(program, html, pdf) and lay_in(pdf, page.exhibits)
            html.unlink()
            if done:
                files.append(pdf)
                continue
            pdf.unlink(missing_ok=True)
        write_within(html, page.html)
        if program and print_page(program, html, pdf):
            html.unlink()
            files.append(pdf)
        else:
            by_hand.append(html)
    return tuple(files), tuple(by_hand)


def print_page(program: str, html: Path, pdf: Path) -> bool:
    """Whether the browser has printed a page; it runs apart from the user's own one.

    A contents list is printed with the pages of its sections, which the browser tells once it has
    printed it without.
    """
    if not _print_once(program, html, pdf):
        return False
    page = html.read_bytes()
    if pages := section_pages(pdf, sections_listed(page)):
        with tempfile.TemporaryDirectory() as folder:
            filled, again = Path(folder) / "page.html", Path(folder) / "page.pdf"
            filled.write_bytes(with_pages(page, pages))
            if _print_once(program, filled, again) and section_pages(again, len(pages)) == pages:
                pdf.write_bytes(again.read_bytes())
    return True


def _print_once(program: str, html: Path, pdf: Path) -> bool:
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [
            *(program, "--headless", "--disable-gpu", "--no-pdf-header-footer", *alone),
            "--generate-pdf-document-outline",
            f"--user-data-dir={profile}",
            f"--print-to-pdf={pdf}",
            html.absolute().as_uri(),
        ]
        try:
            subprocess.run(words, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return pdf.is_file() and pdf.stat().st_size > 0


def _page(one: Labelled, path: Path, texts: Texts) -> bytes:
    """Return an exhibit as a page to print; nothing where it is no mail and no text."""
    words = _words(path, texts)
    title = f"{one.label}: {one.exhibit.name}"
    whole = paragraphs(front_matter({"title": title}), f"# {inline(title)}", words)
    return html_page(f"{whole}\n") if words else b""


def _words(path: Path, texts: Texts) -> Md:
    """Return a mail or a text as Markdown, its heads on top; empty where it is none."""
    heads, text, below = _read(path) or ({}, "", "")
    lines = bullets(Md(f"{name}: {inline(said)}") for name, said in heads.items())
    return paragraphs(
        lines,
        block(text) if text else "",
        texts.say("exhibits.earlier-mail") if below else "",
        block(below) if below else "",
    )


def _read(path: Path) -> _Shown | None:
    """Return the heads, the words and the earlier mail of a mail or a text; None for neither."""
    reader = _READERS.get(path.suffix)
    if reader is None or not path.is_file():
        return None
    try:
        return reader(path)
    except UsageError:
        return None


def _mail(path: Path) -> _Shown:
    from store.intake.mail import read_mail

    with path.open("rb") as stream:
        mail = read_mail(stream, path.name)
    copied = [one for one in mail.recipients if one in mail.copied]
    heads = {
        "From": str(mail.sender),
        "To": ", ".join(str(one) for one in mail.recipients if one not in copied),
        "Cc": ", ".join(map(str, copied)),
        "Date": mail.when.isoformat(" ", "minutes") if mail.when else mail.dated,
        "Subject": mail.subject,
        "Message-ID": mail.message_id,
        "Files": ", ".join(one.file_name for one in mail.files),
    }
    more = "\n\n[…]" if mail.cut or (mail.earlier and not mail.below) else ""
    return {name: said for name, said in heads.items() if said}, f"{mail.body}{more}", mail.below


def _text(path: Path) -> _Shown:
    from store.text.charsets import decode

    with path.open("rb") as stream:
        raw = stream.read(_MOST + 1)
    if b"\0" in raw[:_MOST] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageError(f"{path.name} is no text", "", "")
    cut = len(raw) > _MOST
    said = decode(raw[:_MOST], "", whole=not cut).text
    return {}, said + ("\n\n[…]" if cut else ""), ""


_READERS: Final[Mapping[str, Callable[[Path], _Shown]]] = {
    ".eml": _mail,
    ".msg": _mail,
    ".txt": _text,
    ".md": _text,
}
