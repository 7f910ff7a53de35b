"""Text that is cut for the screen: in the cells it has, whatever a terminal takes for them."""

from __future__ import annotations

from store.text.cells import cell_width, most_cells
from tui.safe_text import safe_fit

KHMER = "រោងតម្បាញដើមត្នោត"


def test_a_name_is_cut_for_the_terminal_that_takes_most_cells_for_it() -> None:
    assert (cell_width(KHMER), most_cells(KHMER)) == (13, 15), "tmux takes 15"
    for cells in range(1, 20):
        shown = safe_fit(KHMER, cells)
        assert cell_width(shown) == cells
        assert most_cells(shown.rstrip()) <= cells
    assert safe_fit(KHMER, 15).rstrip() == KHMER
    assert safe_fit("水端茶舗", 8) == "水端茶舗"
    assert safe_fit("plain", -3) == ""
