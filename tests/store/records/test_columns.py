"""How the columns of a printed table share the page, and where they say their currency."""

from __future__ import annotations

import re
from pathlib import Path

from store.recheck.sums import read_page
from store.records.html import html_page
from store.records.markdown import Md, front_matter, gfm_table, inline, paragraphs


def cells(headers: list[str], *rows: list[Md]) -> list[tuple[str, str]]:
    """Return each cell of a table on a page, by its class and its words."""
    markdown = paragraphs(front_matter({"title": "T"}), gfm_table(headers, rows))
    page = re.sub("</?span[^>]*>", "", html_page(markdown).decode())
    table = page.partition("<table>")[2] or page
    found = re.findall(r"<t[hd]([^>]*)>(.*?)</t[hd]>", table.partition("</table>")[0])
    return [("".join(re.findall(r'class="([^"]*)"', told)), words) for told, words in found]


def test_a_currency_stands_in_the_head_where_all_sums_are_in_it() -> None:
    rows = [[Md("EUR 1,200.00"), Md("EUR 5.00"), inline("EUR 7.00")]]
    rows.append([Md("**EUR -3.00**"), Md("USD 5.00"), inline("EUR 8.00")])
    said = cells(["Owed", "Paid", "Note"], *rows)
    assert [words for _, words in said] == [
        *("Owed (EUR)", "Paid", "Note"),
        *("1,200.00", "EUR 5.00", "EUR 7.00"),
        *("<strong>-3.00</strong>", "USD 5.00", "EUR 8.00"),
    ]


def test_what_is_short_stays_on_one_line_as_long_as_there_is_room() -> None:
    long = Md("A sentence that is longer than a line of its own. " * 4)
    (_, _, _, (kind, _), (said, _), (number, _)) = cells(
        ["What", "Said", "No."], [Md("video call"), long, Md("7")]
    )
    assert (kind, said, number) == ("line", "", "figure")
    wide = cells([f"Head {number}" for number in range(9)], [Md("fifteen letters")] * 9)
    kept = [name for name, _ in wide if name]
    assert len(kept) < 9, "the page has no room for all of them"


def test_a_stranger_reads_the_sums_of_a_page_with_their_currency(tmp_path: Path) -> None:
    """Or nobody would hold the tables of a printed page against the entries."""
    table = gfm_table(["Owed", "No."], [[Md("EUR 1,200.00"), Md("7")], [Md("EUR 5.00"), Md("8")]])
    page = tmp_path / "page.html"
    page.write_bytes(html_page(paragraphs(front_matter({"title": "T"}), table, "Words")))
    read = read_page(page)
    assert "|EUR 1,200.00|7" in read and "|EUR 5.00|8" in read
