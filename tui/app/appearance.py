"""How the app looks on the terminal it is on: its theme, on whose ground, and with which signs.

Pure decisions, from what the environment says of the terminal, what that answered, and what the
user asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from store.errors import UsageError
from tui.app.answers import ASK_CELLS, ASK_GROUND, Answers, answers_kept, keep_answers
from tui.glyphs import ASCII, CONSOLE, FULL
from tui.tokens import AUTO, SAFEST, THEME, THEMES
from tui.widgets.looks import Appearance

_MIDDLE: Final = 0.18
"""The luminance that black and white stand out from equally."""
READABLE: Final = 4.5
"""The least contrast of text, by WCAG 2 (AA)."""
Depth = Literal[0, 4, 8, 24]
"""Bits of a colour that a terminal shows; none, the sixteen, 256, or all."""
_SIXTEEN: Final = 4
_POOR: Final = ("vt100", "vt102", "vt220", "vt320")


def appearance(
    asked: str, env: Mapping[str, str], ground: str = "", *, paint: bool = False
) -> Appearance:
    """Return how to look where `asked` is a theme or `auto`, and `paint` wants a ground painted.

    `ground` is the terminal's, such as `#15171c`, where that is known.

    A theme that was asked for is on the terminal's ground only where that is known to carry it.
    """
    lacks = _lacks(env.get("TERM", ""))
    depth = depth_of(env)
    if depth == 0 or asked == "none":
        return Appearance("none", lacks=lacks)
    if depth == _SIXTEEN or asked == "ansi":
        return Appearance("ansi", lacks=lacks)
    if asked != AUTO:
        return Appearance(asked, paint or not (ground and carries(asked, ground)), lacks)
    theme = "light" if ground and _is_light(ground) else "dark"
    if paint:
        return Appearance(theme, paint=True, lacks=lacks)
    return Appearance(theme if ground and carries(theme, ground) else SAFEST, lacks=lacks)


def level_of(asked: str, env: Mapping[str, str], cells: int = 0, *, utf_8: bool = True) -> str:
    """Return which signs are drawn: those `asked` for, or what the terminal shows, if `auto`.

    `cells` is what a sign took on it, where that is known: where it is two no line would fit.
    """
    term = env.get("TERM", "")
    if asked != AUTO:
        return asked
    if not utf_8 or term.startswith(_POOR) or cells > 1:
        return ASCII
    return CONSOLE if term == "linux" else FULL


def theme_asked(env: Mapping[str, str], setting: str = AUTO) -> str:
    """Return the theme that the environment names, else the setting; UsageError if it is none."""
    asked = env.get(THEME, "") or setting
    if asked in THEMES or asked == AUTO:
        return asked
    raise UsageError(f"'{asked}' is no theme", "", f"There are {', '.join([AUTO, *THEMES])}")


def depth_of(env: Mapping[str, str]) -> Depth:
    """Return how many colours there are, by what the environment says; NO_COLOR says none."""
    term = env.get("TERM", "")
    if env.get("NO_COLOR") or term.startswith(_POOR):
        return 0
    if env.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return 24
    return 8 if "256color" in term or term.endswith("-direct") or "kitty" in term else 4


class Wardrobe:
    """What can be worn on one terminal: the themes it shows, and which of them is chosen."""

    def __init__(
        self,
        root: Path,
        asked: str,
        env: Mapping[str, str],
        *,
        paint: bool = False,
        signs: str = AUTO,
        utf_8: bool = True,
    ) -> None:
        """Take the workspace, the theme and the signs asked for, and whether to paint a ground."""
        self.root, self.asked, self.env, self.paint = root, asked, env, paint
        self.signs, self.utf_8 = signs, utf_8
        self.told = answers_kept(root, env)

    @property
    def look(self) -> Appearance:
        """How the app looks, by all that is known now."""
        found = appearance(self.asked, self.env, self.told.ground, paint=self.paint)
        return replace(found, level=self._level)

    @property
    def _level(self) -> str:
        return level_of(self.signs, self.env, self.told.cells, utf_8=self.utf_8)

    @property
    def questions(self) -> str:
        """What the terminal is asked as the app starts: nothing where no answer would matter."""
        ground = depth_of(self.env) > _SIXTEEN and self.asked not in ("none", "ansi")
        cells = self._level == FULL and self.signs == AUTO and not self.told.cells
        return ASK_GROUND * ground + ASK_CELLS * cells

    @property
    def choices(self) -> list[str]:
        """The themes that can be worn, and `auto`."""
        depth = depth_of(self.env)
        if depth == 0:
            return [AUTO]
        return [AUTO, *(name for name, one in THEMES.items() if depth > _SIXTEEN or not one.ground)]

    def hear(self, told: Answers) -> bool:
        """Take in what the terminal answered; return whether that is another look."""
        before, self.told = self.look, told.over(self.told)
        return self.look != before

    def keep(self, told: Answers) -> None:
        """Keep what the terminal answered, for the next start."""
        keep_answers(self.root, self.env, told)


def carries(theme: str, ground: str) -> bool:
    """Whether all that is read in a theme can be read on that ground."""
    hues = {name: look.split()[-1] for name, look in THEMES[theme].looks.items() if name != "rule"}
    return all(contrast(hue, ground) >= READABLE for hue in hues.values())


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as `#15171c`, from 1 to 21, by WCAG 2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _is_light(ground: str) -> bool:
    return _luminance(ground) > _MIDDLE


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lacks(term: str) -> frozenset[str]:
    """Return the attributes that the terminal shows as something else, or not at all."""
    if term == "linux":
        return frozenset({"dim", "italic", "strike"})
    return frozenset({"dim", "italic", "strike"}) if term.startswith(_POOR) else frozenset()
