"""Turns what is drawn, by the names of tui/tokens.py, into styles of the theme that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style as ContentStyle
from textual.theme import Theme as TextualTheme

from tui.glyphs import FULL, POORER
from tui.safe_text import plain
from tui.tokens import SAFEST, THEMES, Theme


@dataclass(frozen=True, slots=True)
class Appearance:
    """A theme, whether its own ground is painted, and what the terminal lacks.

    That are attributes, and signs: `level` is one of those of tui/glyphs.py.
    """

    theme: str = SAFEST
    paint: bool = False
    lacks: frozenset[str] = frozenset()
    level: str = FULL


class Degrade(LineFilter):
    """Takes out of each line what the terminal has no use for, as the last thing before it is sent.

    That is every colour where there is none, the attributes and signs it lacks, and what only says
    that a colour is the terminal's own: a line begins with that.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lacks: frozenset[str] = frozenset()
        self._coloured = True
        self._signs: Mapping[int, int] = {}

    def fit(self, look: Appearance) -> None:
        """Take out from now on what `look` has no use for."""
        self._lacks, self._coloured = look.lacks, look.theme != "none"
        self._signs = POORER.get(look.level, {})

    def apply(self, segments: Sequence[Segment], background: Color) -> list[Segment]:
        """Return the pieces of a line as they are sent."""
        signs = self._signs
        return [
            Segment(
                text.translate(signs) if signs else text,
                _sent(style, self._coloured, self._lacks) if style else None,
                control,
            )
            for text, style, control in segments
        ]


@lru_cache(maxsize=4096)
def _sent(style: Style, coloured: bool, lacks: frozenset[str]) -> Style | None:
    hue, ground = (
        one if coloured and one is not None and not one.is_default else None
        for one in (style.color, style.bgcolor)
    )
    kept: dict[str, Any] = {
        name: True for name in _ATTRIBUTES if name not in lacks and getattr(style, name)
    }
    return Style(color=hue, bgcolor=ground, **kept) if hue or ground or kept else None


_ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")


def theme_of(app: App[Any]) -> Theme:
    """Return the theme that is chosen."""
    return THEMES.get(app.theme) or THEMES[SAFEST]


@lru_cache(maxsize=1024)
def styled(theme: str, words: str, row: str = "") -> Style:
    """Return the style of `words`, such as `bold heat3`, on a row, one of CURSOR_ROWS or none."""
    return Style.parse(THEMES[theme].look(words, row))


@lru_cache(maxsize=64)
def row_style(theme: str, row: str) -> Style:
    """Return the style of a whole row that is one of CURSOR_ROWS."""
    return Style.parse(THEMES[theme].row(row))


@lru_cache(maxsize=1024)
def _content_style(theme: str, words: str) -> ContentStyle:
    return ContentStyle.from_rich_style(styled(theme, words))


def drawn(app: App[Any], pieces: Iterable[tuple[str, str]]) -> Content:
    """Return pieces of text, each with what it looks like, as content of a widget's `render`."""
    theme = theme_of(app).name
    return Content.assemble(*((plain(text), _content_style(theme, look)) for text, look in pieces))


def textual_themes(*, paint: bool = False) -> list[TextualTheme]:
    """Return the themes for Textual's own widgets and CSS; on grounds of their own if `paint`.

    A name of tokens.py is a colour in CSS: `color: $heat3`.
    """
    return [_textual(theme, paint=paint) for theme in THEMES.values()]


def _textual(theme: Theme, *, paint: bool) -> TextualTheme:
    hues = {name: _hue(Style.parse(look)) for name, look in theme.looks.items()}
    selected = Style.parse(theme.selected)
    ground = theme.ground if paint and theme.ground else _DEFAULT
    on, text = _hue(selected, ground=True), _hue(selected)
    variables = hues | {
        "ground": ground,
        "dim-style": "none" if theme.ground else "dim",
        "ansi-background": ground,
        "ansi-foreground": hues["text"],
        "input-cursor-background": hues["text"],
        "input-cursor-foreground": ground,
        "input-cursor-text-style": "reverse" if ground == _DEFAULT else "none",
        "input-selection-background": on,
        "input-selection-foreground": text,
        "screen-selection-background": on,
        "screen-selection-foreground": text,
    }
    return TextualTheme(
        theme.name,
        primary=hues["focus"],
        warning=hues["heat1"],
        error=hues["heat3"],
        success=hues["keep"],
        accent=hues["focus"],
        foreground=hues["text"],
        background=ground,
        surface=ground,
        panel=ground,
        boost=ground,
        dark=theme.dark,
        ansi=True,
        variables=variables,
    )


_DEFAULT = "ansi_default"


def _hue(style: Style, *, ground: bool = False) -> str:
    """Return a colour of `style` as CSS has it; the terminal's own where it names none."""
    colour = style.bgcolor if ground else style.color
    if colour is None or colour.is_default:
        return _DEFAULT
    return colour.name if colour.name.startswith("#") else f"ansi_{colour.name}"
