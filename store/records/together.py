"""What stays on one line of a printed page, such as a sum, and what is a line to write on."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"[-−]?\d[\d.,'’]*(?<![.,'’])"
_TOGETHER = re.compile(
    r"(?P<hand>…{20,}|\.{20,})|(?<![\w\-–.])(?:"
    r"\d{4}-\d\d-\d\d"
    rf"|[A-Z]{{3}} {_NUMBER}"  # EUR 340.00
    r"|\d{1,2}\.? [^\W\d_]{3,12}\.?,? \d{4}"  # 30 November 2026
    r"|\d{1,2} [A-Z][a-z]{2,8}"  # 30 November
    r"|[^\W_]{1,8}-\d{1,6}(?:-\d{1,4})?(?:\.[a-z]{3,4})?"  # JE-2.png, 556000-0000
    r"|\d{1,5}[-–]\d{1,5}"
    r"|(?:[Ee]ntr(?:y|ies)|[Ss]ection|[Ee]xhibit|[Cc]lause|Annex|Table) [\dA-Z][\w.-]{0,7}(?<!\.)"
    rf"|{_NUMBER} (?:%|[A-Z]{{3}}|h|hours?|days?|weeks?|months?|pages?)"
    r")(?![\w\-–])"
)


def unbroken(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces, each with what it is: `kept` on one line, a line for a `hand`, or
    nothing of these; joined, they are the text."""
    last = 0
    for found in _TOGETHER.finditer(text):
        if found.start() > last:
            yield text[last : found.start()], ""
        yield found[0], "hand" if found["hand"] else "kept"
        last = found.end()
    if last < len(text):
        yield text[last:], ""
