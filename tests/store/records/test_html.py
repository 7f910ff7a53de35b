"""The printable page: nothing in it runs, loads or links, and text reads as and where it should."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from store.records.html import html_page
from store.records.markdown import Md, block, front_matter, gfm_table, inline, paragraphs, struck
from tests.examples import together
from tests.store.records.case import full_case
from tests.store.records.hostile import CORPUS, EXTRAS, FENCED, LONG_LINE, NAME, NOTE
from tests.store.records.test_hostile import hostile_case
from tests.store.records.test_markdown import HOSTILE, document, one_line

_TAGS = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "br"} | {
    "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "blockquote", "code", "del",
    "strong", "caption", "section", "bdi", "span", "a",
}  # fmt: skip
_SECTIONS = {f"section-{number}" for number in range(1, 20)}
_ATTRIBUTES = {
    "html": {"lang": {"en"}, "dir": {"ltr"}},
    "h2": {"class": {"annexes"}, "id": _SECTIONS},
    "a": {"href": {f"#{name}" for name in _SECTIONS}},
    "main": {"class": {"numbered"}},
    "section": {"class": {"whole"}},
    "ul": {"class": {"contents"}},
    "span": {"class": {"kept", "hand", "page"}},
    "table": {"class": {"front", "wide", "short", "long"}},
    "th": {"scope": {"col", "row"}, "class": {"figure"}},
    "td": {"class": {"hash", "day", "moment", "long", "figure", "line", "room"}},
}
_DIRECTED = {"h1", "h2", "h3", "p", "th", "td", "li", "caption"}
_EMPTY = {"meta", "br"}


class Page(HTMLParser):
    """A page as a browser's parser sees it; every tag and attribute must be the program's own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS
        assert len(dict(attrs)) == len(attrs)
        for name, value in attrs if tag != "meta" else ():
            directed = tag in _DIRECTED and (name, value) == ("dir", "auto")
            own = _ATTRIBUTES[tag][name] if not directed else set()
            assert directed or (
                set((value or "").split()) <= own if name == "class" else value in own
            )
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"

    def shape(self) -> list[str]:
        """Return the tags in order, but for what sets words apart or keeps them on one line."""
        return [tag for tag, _ in self.tags if tag not in ("bdi", "span")]


def page(markdown: str) -> Page:
    """Return the page of a document, parsed."""
    return Page(html_page(markdown).decode())


@given(text=HOSTILE)
def test_no_text_makes_a_tag_or_an_attribute(text: str) -> None:
    harmless = "word" if one_line(text) else ""
    assert page(document(text)).shape() == page(document(harmless)).shape()


@pytest.mark.parametrize("note", [NOTE, EXTRAS, FENCED, LONG_LINE[:3000]])
def test_a_hostile_case_makes_the_pages_own_tags_only(tmp_path: Path, note: str) -> None:
    record = hostile_case(tmp_path, NAME, note).record("mediator", by=NAME)
    read = page(record.markdown)
    titles = [section.title for section in record.sections]
    assert [text for text in read.texts["h2"] if text in titles] == titles
    assert read.texts["title"] == [one_line(record.title)]


@given(text=HOSTILE)
def test_text_reads_as_it_was_written(text: str) -> None:
    front = front_matter({"title": text, "client": text})
    read = page(paragraphs(front, "# T", gfm_table(["A"], [[inline(text)]]), f"A {inline(text)}"))
    assert read.texts["td"] == [one_line(text), one_line(text)]
    assert read.texts["p"] == [f"A {one_line(text)}".strip()]
    assert read.texts["title"] == [one_line(text)]
    assert "code" not in read.texts


def test_the_policy_admits_the_one_style_sheet_and_nothing_else(tmp_path: Path) -> None:
    html = html_page(full_case(tmp_path).record().markdown).decode()
    styles = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    assert len(styles) == 1
    digest = b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    metas = [attrs for tag, attrs in Page(html).tags if tag == "meta"]
    policy = next(m["content"] for m in metas if m.get("http-equiv") == "Content-Security-Policy")
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in styles[0]
    assert "@import" not in styles[0]
    assert "://" not in re.sub("<td.*?</td>", "", html)


@together([*CORPUS, '"; } body { display: none', "</style><script>", "\\"])
def test_a_name_stays_inside_the_running_title(name: str) -> None:
    html = html_page(f"{front_matter({'title': name})}\n\n# T").decode()
    style = re.findall("<style>(.*?)</style>", html, re.DOTALL)[0]
    title = re.findall('@top-left { content: "([^"]*)"; } }\n$', style)[0]
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]{1,6} )*", title)
    read = re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), title)
    assert read == one_line(name)


def test_every_block_of_words_finds_its_own_direction(tmp_path: Path) -> None:
    case = full_case(tmp_path, "شركة الأفق")
    case.log("note", "2026-10-01", "الفاتورة لم تُدفع\nមិនទាន់មានចម្លើយ\n1")
    read = page(case.record().markdown)
    words = [(tag, attrs) for tag, attrs in read.tags if tag in _DIRECTED]
    assert [tag for tag, attrs in words if attrs.get("dir") != "auto"] == ["th"] * len(
        [attrs for _, attrs in words if attrs.get("scope") == "row"]
    )
    assert "الفاتورة لم تُدفع\nមិនទាន់មានចម្លើយ\n1" in read.texts["p"]
    assert read.tags[0] == ("html", {"lang": "en", "dir": "ltr"})


def test_tables_say_what_heads_them_and_struck_text_is_deleted_text() -> None:
    headers = ["A", "B", "C", "D", "E", "F"]
    rows = [[Md("2026-01-01"), Md("2026-01-01 10:00"), Md("ab" * 32), struck("old"), Md("x" * 30)]]
    read = page(
        paragraphs(
            front_matter({"title": "T"}),
            "# T",
            gfm_table(headers, [[*row, Md("-")] for row in rows * 9]),
            gfm_table(["A"], [[Md("x")]]),
            "## 1. Truth",
            "## Annex A. Corrections",
            block("words"),
        )
    )
    assert [attrs.get("class") for tag, attrs in read.tags if tag == "table"] == [
        "wide",
        "short",
        "front",
    ]
    assert {attrs["scope"] for tag, attrs in read.tags if tag == "th"} == {"col"}
    classes = [attrs.get("class") for tag, attrs in read.tags if tag == "td"]
    assert classes[:6] == ["day", "moment", "hash", "line", "long", "line"]
    assert read.texts["del"] == ["old"] * 9
    assert ("h2", {"dir": "auto", "class": "annexes"}) in read.tags


def test_figures_stand_right_and_what_the_user_wrote_does_not() -> None:
    rows = [[Md("EUR 1,234.50"), Md("-"), Md("10.15 %"), Md("2026-01-01"), inline("17")]]
    rows.append([Md("-5"), Md("18 days"), Md("none"), Md("2"), inline("18")])
    table = gfm_table(["A", "B", "C", "D", "E"], rows)
    assert [rule.endswith(":") for rule in table.split("\n")[1][2:-2].split(" | ")] == [
        *(True, True, True, False, False)
    ]
    read = page(paragraphs(front_matter({"title": "T"}), "# T", table))
    cells = [attrs.get("class") for tag, attrs in read.tags if tag in ("td", "th")]
    right = ["figure"] * 3
    assert cells == [*right, None, None, *right, "day", "line", *right, "line", "line"]


def test_what_runs_the_other_way_is_set_apart_where_other_words_stand_by_it() -> None:
    words, front = "دُفعت الفاتورة DS-1 قبل موعدها بيوم.", front_matter({"title": "T"})
    said = Md(f"AED 5,760.00 received. {inline(words)}")
    rows = [[said, inline(words)]]
    html = html_page(paragraphs(front, "# T", gfm_table(["A", "B"], rows), inline(words))).decode()
    assert '<span class="kept">AED 5,760.00</span> received. <bdi>' in html
    html = re.sub("</?span[^>]*>", "", html)
    assert f'<td dir="auto">AED 5,760.00 received. <bdi>{words}</bdi></td>' in html
    assert f'<td dir="auto">{words}</td>' in html
    assert f'<p dir="auto">{words}</p>' in html
    unpaired = html_page(paragraphs(front, f"# T {inline(words)} {inline(chr(0x2069))}")).decode()
    unpaired = re.sub("</?span[^>]*>", "", unpaired)
    assert f"\u2068{words}\u2069 \u2069" in unpaired and "<bdi>" not in unpaired


def test_the_front_matter_is_a_table_at_the_foot(tmp_path: Path) -> None:
    read = page(full_case(tmp_path).record().markdown)
    tables = [attrs.get("class") for tag, attrs in read.tags if tag == "table"]
    assert tables.index("front") == len(tables) - 1
    assert [text for text in read.texts["th"] if text in ("Prepared by", "Head")] == [
        "Prepared by",
        "Head",
    ]
    assert "---" not in "".join(read.texts["main"])


def test_a_record_has_contents_captions_and_a_signature_kept_whole(tmp_path: Path) -> None:
    record = full_case(tmp_path).record()
    read = page(record.markdown)
    titles = [section.title for section in record.sections]
    listed = [text for text in read.texts["li"] if text in titles]
    assert listed == titles
    names = [attrs["id"] for tag, attrs in read.tags if tag == "h2"]
    assert [attrs["href"] for tag, attrs in read.tags if tag == "a"] == [f"#{one}" for one in names]
    captions, heads = read.texts["caption"], read.texts["h2"]
    bodies = {one.title.split(". ")[0]: f"\n\n{one.body}" for one in record.sections}
    of_section = {name: len(re.findall(r"\n\n\| ", text)) for name, text in bodies.items()}
    numbered = [
        f"Table {name.removeprefix('Annex ')}.{place}"
        for name, count in of_section.items()
        if count > 1  # one that stands alone has the heading over it
        for place in range(1, count + 1)
    ]
    assert captions == numbered and len(captions) > 10
    assert not set(captions) & set(heads), "no caption says a heading again"
    assert captions == re.findall(r"(?m)^Table .*$", record.markdown)
    (whole,) = read.texts["section"]
    assert all(word in whole for word in ("Statement of truth", "Name: Ann Berg", "Signature: …"))
    assert ("main", {"class": "numbered"}) in read.tags


def test_the_tables_of_a_statement_are_named_by_their_headings_alone() -> None:
    front, table = front_matter({"title": "T"}), gfm_table(["A"], [[Md("x")]])
    many = [f"## Part {number}" for number in range(8)]
    read = page(paragraphs(front, "# T", "## Account", table, "### EUR", table, *many))
    assert not {"caption", "section", "li"} & set(read.texts)


def test_the_page_is_a_pure_function_and_needs_front_matter(tmp_path: Path) -> None:
    markdown = full_case(tmp_path).record().markdown
    assert html_page(markdown) == html_page(markdown)
    for code, way in (("is", "ltr"), ("ar", "rtl")):
        page = html_page(f"{front_matter({'title': 'T', 'language': code})}\n\n# T")
        assert f'<html lang="{code}" dir="{way}">'.encode() in page
        assert b"Language" not in page
    with pytest.raises(ValueError, match="front matter"):
        html_page("# No")
