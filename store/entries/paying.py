"""Whether words speak of paying: light, for it is asked as something is logged."""

from __future__ import annotations

import re
from typing import Final

_PAYING: Final = re.compile(
    r"\b(?:pay\w*|paid|money|rest|half|balance|settle\w*|transfer\w*|wire|bank|invoices?|bills?"
    r"|owed?|instal?lments?|sum|amount)\b",
    re.IGNORECASE,
)


def speaks_of_paying(text: str) -> bool:
    """Whether a text has a word of paying in it."""
    return _PAYING.search(text) is not None
