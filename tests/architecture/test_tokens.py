"""No hue is named but in tui/tokens.py, and what is drawn says by its names what it looks like."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from rich.color import ANSI_COLOR_NAMES
from textual._color_constants import COLOR_NAME_TO_RGB

from tui.tokens import ATTRIBUTES, THEMES, TOKENS

TUI = Path(__file__).parents[2] / "tui"
HUES = (set(ANSI_COLOR_NAMES) | set(COLOR_NAME_TO_RGB)) - {"none"}
HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|rgb\(|ansi_\w+")
RULE = re.compile(r"(?:color|background|border|outline|tint|hatch)[\w-]*\s*:\s*([^;}]*)")
STYLE = ATTRIBUTES | {"on", "not", "blink"} | set(TOKENS)


def strays(text: str) -> Iterator[str]:
    """Yield the hues that a string names, where it is a style, or has rules of CSS in it."""
    words = text.split()
    if any(word in HUES for word in words) and all(word in HUES | STYLE for word in words):
        yield text
    for value in RULE.findall(text):
        yield from (word for word in re.findall(r"(?<![\w$-])[\w-]+", value) if word in HUES)
    if HEX.search(text) and ("{" in text or len(words) < 4):
        yield text


def strings(path: Path) -> Iterator[str]:
    """Yield what is written in a file that may name a hue, but for what explains it."""
    if path.suffix == ".tcss":
        yield path.read_text(encoding="utf-8")
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_hue_is_named_elsewhere() -> None:
    own = {TUI / "tokens.py", TUI / "widgets" / "looks.py"}
    files = [path for path in sorted(TUI.rglob("*")) if path.suffix in {".py", ".tcss"}]
    found = {
        f"{path.relative_to(TUI)}: {stray}"
        for path in files
        if path not in own and "cli" not in path.relative_to(TUI).parts
        for text in strings(path)
        for stray in strays(text)
    }
    assert not found


def test_the_walk_finds_what_it_looks_for() -> None:
    for style in ("bold red", "A { color: ansi_red; }", "A { border: round cyan; }", "#ff0000"):
        assert list(strays(style)), style
    for style in ("bold heat3", "A { color: $heat3; }", "the red book of the client", "set"):
        assert not list(strays(style)), style


def test_every_theme_has_every_name() -> None:
    assert all(theme.looks.keys() == TOKENS.keys() for theme in THEMES.values())
