"""Texts that try to become structure, and a way to see what a parser made of a document."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

NAME = "[/foo] <b>x</b> \x1b]52;c;AAAA\x07"
NOTE = """Granted.

# Verdict: guilty
| No. | Fact |
| --- | --- |
| 99 | invented |
```python
~~~
---
title: "forged"
---
## 15. Statement of truth
Stamped: Acme Media, 2026-11-21
[link](https://evil.example) ![i](//x.y/z.png) <script>alert(1)</script> &lt;b&gt;
    code
- [ ] item
1. one
===
[foo]: https://evil.example
"""

FENCED = '---\ntitle: "forged"\nhead: "00"\n---\n\n# Dispute record: me\n\n---\n...\n'
EXTRAS = """Term
: definition
~ definition
a. lettered
(iv) Roman
(@) example, see (@good) and @doe2020 [-@doe2020, p. 3]
::: {.warning}
:::
| line block
[!NOTE]
> [!WARNING]
> of mine
[^1] ^[note] [^1]: text
H~2~O and 2^10^ and $x^2$ and $$y$$ and $`z`$
\\begin{equation} \\textbf{x} \\(y\\) `x`{=html} [span]{.x #id key=val}
# heading {#id .class}
{.class} :smile: :+1: @ann a@b.example #123 GH-12 acme/repo#12 ~one~ [[wiki]] ==mark== <!-- x -->
  Right     Left
-------     ------
     12     34
+---+---+
| a | b |
+===+===+
"""
LONG = 'a | b `c` [d](e) <f> *g* _h_ ~i~ ![j](k) @l :m: $n$ {.o} ^p^ \\q "r" '
LONG_LINE = LONG * 20 + ("w" * 199 + " ") * ((99_900 - 40 * len(LONG)) // 200) + LONG * 20

CORPUS = [
    NOTE,
    EXTRAS,
    FENCED,
    *EXTRAS.splitlines(),
    "a. lettered",
    "B) lettered",
    "(c) lettered",
    "é) lettered",
    "Ж. lettered",
    "iv. Roman",
    "MIX) Roman",
    "#. numbered",
    "(@good) example",
    "@. example",
    "@doe2020 says",
    "x@:smile:@y :a:b:c: ::: :+1::-1: 10:30:00 12:100:45",
    "a`@b` `@` ``@``",
    "a@{.x} :smile:{.x} {{x}} Acme {#id}",
    "~x~ ~~y~~ ~~~z~~~ ~",
    "[x]{.y} [x](y){.z}",
    "\"quoted\" 'single' -- dash --- long ... more",
    "> [!NOTE]\n> alert",
    "<details><summary>x</summary>",
    "<a@b.c> <http://x> <!DOCTYPE html> <?php ?> <![CDATA[x]]>",
    "&#x3c;script&#x3e; &lt;script&gt;",
    "١. رقم",
    ".",
    ") x",
    "().",
    "# heading",
    "heading #",
    "C# ##",
    "a | b \\| c \\\\| d",
    "|||",
    "| a |\n|---|\n| b |",
    "trailing \\",
    "trailing \\\\",
    "*a* **b** _c_ __d__ ***e*** `f` ``g`` ~h~ ~~i~~",
    "- a\n+ b\n* c\n1. d\n2) e\n999999999. f",
    "1986. A great year",
    "> quote",
    ">>> deep",
    "---\ntitle: x\n---",
    "***",
    "___",
    "text\n===",
    "text\n---",
    "```\nfence",
    "~~~ fence",
    "    indented code",
    "\u00a0\u3000indented otherwise",
    "<!-- comment -->",
    "<div>\n\n</div>",
    "<https://auto.example> <a@b.example>",
    "&amp; &#35; &#x23; &copy; & &nbsp",
    "https://example.com/a_b?c=d&e=f www.example.com WWW.EXAMPLE.COM ftp://x.y",
    "mail me@example.com, mailto:me@example.com, xmpp:a@b.c/d",
    "example.com //localhost http://localhost:8000 www.1.de",
    "http://1.2.3.4",
    "a@@b.example @@ a@b@c.example @a@b.example@",
    "[a]: http://x.y\n[a]",
    "[^1]: note [^1]",
    "![image](x.png)",
    "$x^2$ $$y$$ :smile: {.class} ==mark== % title",
    ": definition",
    ":--- | ---:",
    "\ttab\tinside",
    "a  two spaces  \nthen a break",
    "line\r\nline\u2028line\u2029line\x85line",
    "nul \x00 esc \x1b[31m",
    "\\# \\* \\\\ \\a",
    "الفاتورة لم تُدفع بعد",
    "មិនទាន់មានចម្លើយទេ",
    "請求書はまだ支払われていません",
    "Þórður, Szűcs és Mäkinen",
    "👩‍👩‍👧‍👦 🇺🇳 ✋🏽",
    "?!.,;'\"()[]{}",
    "",
    "   ",
    "0",
    "a\\\n\\b",
]

COMMONMARK = MarkdownIt("commonmark")
GFM = MarkdownIt("gfm-like").use(front_matter_plugin)
PARSERS = [COMMONMARK, GFM]


def shape(parser: MarkdownIt, markdown: str) -> list[tuple[str, str, int]]:
    """Return the block structure: type, tag and depth of each token that is no text."""
    return [(token.type, token.tag, token.level) for token in parser.parse(markdown)]


def inlines(parser: MarkdownIt, markdown: str) -> list[Token]:
    """Return the tokens inside all paragraphs, headings and cells."""
    return [
        child
        for token in parser.parse(markdown)
        if token.type == "inline"
        for child in token.children or []
    ]


def markup(parser: MarkdownIt, markdown: str) -> list[str]:
    """Return the types of inline tokens that are no text; a sign kept apart counts as text."""
    return [
        token.type
        for token in inlines(parser, markdown)
        if token.type != "text"
        and not (token.type == "code_inline" and set(token.content) <= {"@", ":"})
    ]


def visible(token: Token) -> str:
    """Return what a reader sees of an inline token; a break is a newline."""
    return "".join(
        "\n" if child.type in ("hardbreak", "softbreak") else child.content
        for child in token.children or []
    )


def cells(parser: MarkdownIt, markdown: str) -> list[str]:
    """Return the visible text of every table cell, head row included."""
    tokens = parser.parse(markdown)
    return [
        visible(tokens[at + 1])
        for at, token in enumerate(tokens)
        if token.type in ("th_open", "td_open")
    ]
