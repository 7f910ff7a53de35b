"""A letter in lines: what it lacks is set apart, over the ends of lines too."""

from __future__ import annotations

from itertools import chain

import pytest

from store.playbook.letters import Letter
from tui.screens.letter_rows import letter_rows

GAPS = ("<the day on which your work for them ends>", "<what you hand over: files, accounts>")


@pytest.mark.parametrize("width", [20, 31, 60])
def test_what_a_letter_lacks_is_set_apart(width: int) -> None:
    body = f"While 2 < 3, my work ends on {GAPS[0]}.\n\nYou get {GAPS[1]}. 3 > 2."
    rows = letter_rows(Letter("notice", "en", "The end", body), (), width, "B")
    cells = list(chain.from_iterable(row.cells for row in rows))
    marked = "".join(text for text, look in cells if look == "heat1")
    assert "".join(marked.split()) == "".join("".join(GAPS).split())
    assert not any("The end" in row.text for row in rows), "the rule above them says it"
