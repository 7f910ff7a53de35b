"""Writing one document for a person to send: as Markdown and, where asked for, as a page beside."""

from __future__ import annotations

from pathlib import Path

from store.records.options import RecordError
from store.records.single import write_single


def write_paged(path: Path, markdown: str, *, page: bool) -> list[Path]:
    """Write a new file at `path`, and with `page` the same as HTML beside it: both or neither.

    Returns where they are. Raises RecordError if one is there already or cannot be written.
    """
    files = [write_single(path, markdown.encode())]
    if page:
        from store.records.html import html_page

        beside = path.with_name(f"{path.name.removesuffix('.md')}.html")
        try:
            files.append(write_single(beside, html_page(markdown)))
        except RecordError:
            path.unlink()
            raise
    return files
