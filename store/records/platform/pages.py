"""How many pages the PDFs of a record have, as a platform counts them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from store.records.dispute.material import Labelled, Material

_LARGEST = 64 << 20


def pages_in(material: Material, path_of: Callable[[Labelled], Path]) -> dict[str, int]:
    """Return the pages of each PDF that is there and can be read, by its SHA-256."""
    if not material.options.has_pack:
        return {}
    found = {
        sha256: pdf_pages(path_of(one))
        for sha256, one in material.exhibits.items()
        if one.file.endswith(".pdf")
    }
    return {sha256: count for sha256, count in found.items() if count}


def pdf_pages(path: Path) -> int:
    """Return the pages of a PDF; 0 where it is not there, or none that can be read."""
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return 0
        return len(PdfReader(path, strict=False).pages)
    except Exception:  # the library may raise anything on a file that was made to break it
        return 0
