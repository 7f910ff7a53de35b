"""What other programs make of a document: its blocks, its marks and its text, reader by reader."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

SIGNS = {"@", ":"}
"""What stands in a code span only to be kept apart: it counts as text."""


@dataclass
class Read:
    """A document as a reader took it.

    `blocks` are the blocks in order with their depth, the paragraphs of a quotation being one;
    `marks` the inline marks in order; `texts` what each paragraph, heading and cell shows.
    """

    blocks: list[tuple[str, int]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def block(self, name: str, depth: int, quoted: bool = False) -> None:
        """Note a block that opens."""
        if not (quoted and name == "paragraph"):
            self.blocks.append((name, depth))

    def code(self, text: str) -> None:
        """Note a code span, if it is one to a reader's eye."""
        if not set(text) <= SIGNS:
            self.marks.append("code")


Reader = Callable[[str], Read]


_HTML_BLOCKS = {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"} | {
    "section", "table", "tbody", "td", "th", "thead", "tr", "ul", "div"
}  # fmt: skip


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read = Read()
        self.open: list[str] = []
        self.in_code: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HTML_BLOCKS:
            name = "paragraph" if tag == "p" else tag
            self.read.block(name, len(self.open), "blockquote" in self.open)
            self.read.texts.append("")
            if tag != "hr":
                self.open.append(tag)
        elif tag == "code" and "pre" not in self.open:
            self.in_code = []
        elif tag == "br":
            self.read.texts[-1] += "\n"
        else:
            self.read.marks.append({"del": "strike"}.get(tag, tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HTML_BLOCKS:
            assert self.open.pop() == tag
        elif tag == "code" and self.in_code is not None:
            self.read.code("".join(self.in_code))
            self.in_code = None

    def handle_data(self, data: str) -> None:
        if self.in_code is not None:
            self.in_code.append(data)
        if self.read.texts:
            self.read.texts[-1] += data


def by_mistletoe(markdown: str) -> Read:
    """Return what mistletoe reads, a CommonMark parser that shares no code with markdown-it."""
    return _page(import_module("mistletoe").markdown(markdown))


def by_github(markdown: str) -> Read:
    """Return what GitHub's own cmark-gfm reads, with footnotes and all its extensions."""
    pytest.importorskip("cmarkgfm", reason="the extra `readers` is not installed")
    options = import_module("cmarkgfm.cmark").Options.CMARK_OPT_FOOTNOTES
    return _page(import_module("cmarkgfm").github_flavored_markdown_to_html(markdown, options))


def _page(html: str) -> Read:
    page = _Html()
    page.feed(html)
    page.close()
    page.read.texts = [shown for text in page.read.texts if (shown := text.strip("\n"))]
    return page.read


def pandoc() -> str:
    """Return where pandoc is; skips the test where there is none."""
    found = shutil.which("pandoc")
    bundled = find_spec("pypandoc")
    if found is None and bundled is not None and bundled.origin:
        found = shutil.which("pandoc", path=Path(bundled.origin).parent / "files")
    return found or pytest.skip("there is no pandoc here: install the extra `readers`")


def by_pandoc(markdown: str, form: str) -> Read:
    """Return what pandoc reads; the front matter counts, since pandoc reads it as Markdown."""
    command = [pandoc(), "--from", form, "--to", "json"]
    done = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True)
    tree = json.loads(done.stdout)
    read = Read()
    for name, value in sorted(tree["meta"].items()):
        read.block(f"meta {name} {value['t']}", 0)
        _pandoc(read, value["c"], 1, quoted=False)
    _pandoc(read, tree["blocks"], 0, quoted=False)
    return read


_WORDS = {"Str", "Space", "SoftBreak", "LineBreak", "Quoted", "Code"}
_PANDOC_INLINE = {"Strikeout": "strike", "Code": "code"}
_PANDOC_BLOCK = {"Para": "paragraph"}
_OTHER = {"AlignDefault", "ColWidth", "ColWidthDefault", "SingleQuote", "DoubleQuote"}
_INLINES = {"Cite", "Emph", "Image", "Link", "Math", "Note", "RawInline", "SmallCaps", "Span"} | {
    "Strikeout", "Strong", "Subscript", "Superscript", "Underline"
}  # fmt: skip


def _pandoc(read: Read, value: Any, depth: int, *, quoted: bool) -> None:
    if isinstance(value, list):
        if value and all(
            isinstance(part, dict) and part["t"] in _WORDS | _INLINES for part in value
        ):
            read.texts.append("".join(_pandoc_words(read, value)))
        else:
            for part in value:
                _pandoc(read, part, depth, quoted=quoted)
    elif isinstance(value, dict) and value["t"] not in _OTHER:
        kind: str = value["t"]
        name = _PANDOC_BLOCK.get(kind, kind)
        read.block(name, depth, quoted)
        content = value.get("c", [])
        if name in ("CodeBlock", "RawBlock"):
            return
        inside = quoted or name == "BlockQuote"
        # The identifier of a heading is made from its text; any class or attribute is not.
        if name == "Header":
            level, (_, classes, pairs), content = content
            read.block(f"level {level} {classes} {pairs}", depth)
        _pandoc(read, content, depth + 1, quoted=inside)


def _pandoc_words(read: Read, words: Iterable[dict[str, Any]]) -> Iterator[str]:
    for word in words:
        kind, content = word["t"], word.get("c", "")
        if kind in ("Space", "SoftBreak"):
            yield " "
        elif kind == "LineBreak":
            yield "\n"
        elif kind == "Str":
            yield content
        elif kind == "Code":
            (_, classes, pairs), text = content
            read.marks += ["attributes"] if classes or pairs else []
            read.code(text)
            yield text
        elif kind == "Quoted":
            sign = {"DoubleQuote": '"', "SingleQuote": "'"}[content[0]["t"]]
            yield sign
            yield from _pandoc_words(read, content[1])
            yield sign
        else:
            read.marks.append(_PANDOC_INLINE.get(kind, kind))
            inner = content if kind == "Strikeout" else []
            yield from _pandoc_words(read, inner)


READERS: dict[str, Reader] = {
    "mistletoe": by_mistletoe,
    "github": by_github,
    "pandoc": lambda markdown: by_pandoc(markdown, "markdown"),
    "pandoc-gfm": lambda markdown: by_pandoc(markdown, "gfm"),
    "pandoc-gfm-yaml": lambda markdown: by_pandoc(markdown, "gfm+yaml_metadata_block"),
    "pandoc-commonmark_x": lambda markdown: by_pandoc(markdown, "commonmark_x"),
}
