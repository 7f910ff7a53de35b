"""What colour and weight mean here, by name, and what each name looks like in each theme.

Nowhere else is a hue named. What is drawn says what it is, such as `bold heat3`: any of TOKENS,
and any of ATTRIBUTES, with blanks between. A theme says how that looks, in the words that rich
reads: `#E5CB7C`, `bold yellow`. Word and mark say the same without colour, in every place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

TOKENS: Final[Mapping[str, str]] = {
    "text": "what is read",
    "dim": "dates, labels, separators, what has ended; never what must be acted on",
    "rule": "rules, and the rest of a bar",
    "focus": "the rule over the focused pane, and the cell of its cursor",
    "title": "the title of the focused pane",
    "link": "what `enter` follows",
    "heat1": "severity 1, set boundaries, due today",
    "heat2": "severity 2, stop work",
    "heat3": "severity 3, walk away, overdue, an error",
    "keep": "keep, unchanged, better",
    "unknown": "too little is known",
    "money": "sums and hours",
    "private": "what no export holds",
}
"""Each name, and what it is for."""
CURSOR_ROWS: Final[Mapping[str, str]] = {
    "selection": "the row under the cursor, where keys go",
    "selection-off": "the row under the cursor of a list that keys do not go to",
}
ATTRIBUTES: Final = frozenset({"bold", "italic", "underline", "strike", "reverse"})
"""What may stand beside a name."""
_QUIET: Final = frozenset({"text", "dim", "unknown", "rule"})
"""What is plain text on a selection, where its own colour would be too faint."""
VERDICT_LOOKS: Final[Mapping[str, str]] = {
    "walk-away": "bold heat3",
    "stop-work": "heat2",
    "set-boundaries": "heat1",
    "keep": "keep",
    "not-enough": "unknown",
}
"""What each verdict's word looks like."""
SEVERITY_LOOKS: Final[Mapping[int, str]] = {1: "heat1", 2: "heat2", 3: "heat3"}
"""What the marks of each severity look like."""


@dataclass(frozen=True, slots=True)
class Theme:
    """How everything looks; without a `ground` of its own it is drawn on the terminal's."""

    name: str
    words: str
    looks: Mapping[str, str]
    selected: str
    """How the text of a row under the cursor looks, with its ground."""
    beside: str = ""
    """The ground of such a row in a list that keys do not go to."""
    dark: bool = True
    ground: str = ""
    flat: bool = False
    """Whether a selection shows no other colour than its own."""

    def look(self, words: str, row: str = "") -> str:
        """Return in rich's words what `words` look like on a row, one of CURSOR_ROWS or none.

        Where only a part of a row is under the cursor, the words of that part begin with which.
        What is reversed is not so on a row that is itself, and stands out there too.
        """
        found = []
        for word in words.split():
            if word in CURSOR_ROWS:
                row = word
                found.append(self.row(word))
            elif word in ATTRIBUTES:
                turned = word == "reverse" and word in self.row(row).split()
                found.append(f"not {word}" if turned else word)
            elif row == "selection" and (self.flat or word in _QUIET):
                found += [one for one in self.looks[word].split() if one in ATTRIBUTES]
            else:
                found.append(self.looks[word])
        return " ".join(filter(None, found))

    def row(self, row: str) -> str:
        """Return in rich's words what a row that is one of CURSOR_ROWS looks like."""
        return {"selection": self.selected, "selection-off": self.beside}.get(row, "")


_HUES: Final = ("text", "dim", "rule", "focus", "heat1", "heat2", "heat3", "keep")
_ALL: Final = (*_HUES, "money", "private", "selection", "seltext", "seloff", "ground")


def _theme(name: str, words: str, hues: str, *, dark: bool, flat: bool = False) -> Theme:
    """Return the theme of `hues`, one for each of _ALL."""
    of = dict(zip(_ALL, (f"#{one}" for one in hues.split()), strict=True))
    beside, ground = f"on {of.pop('seloff')}", of.pop("ground")
    selected = f"{of.pop('seltext')} on {of.pop('selection')}"
    looks = of | {
        "title": f"bold {of['focus']}",
        "link": f"underline {of['focus']}",
        "unknown": of["dim"],
    }
    return Theme(name, words, looks, selected, beside, dark, ground, flat)


_SIXTEEN: Final = {
    "text": "",
    "dim": "dim",
    "rule": "dim",
    "focus": "",
    "title": "bold reverse",
    "link": "underline",
    "heat1": "yellow",
    "heat2": "bold yellow",
    "heat3": "bold red",
    "keep": "green",
    "unknown": "dim",
    "money": "cyan",
    "private": "magenta",
}
_NONE: Final = _SIXTEEN | {
    "heat1": "",
    "heat2": "",
    "heat3": "bold",
    "keep": "",
    "money": "",
    "private": "",
}

_MADE: Final = (
    _theme(
        "dark",
        "on a dark ground",
        "DADCD6 969CA7 555D6A 82B4F2 E5CB7C F39C5E FF7A70 8FCB8D 66C9BA C8A8F5"
        " 22374F F5F6F1 272B33 15171C",
        dark=True,
    ),
    _theme(
        "light",
        "on a light ground",
        "23262B 5F656E 8B9098 1857B4 755700 9C3E00 B31328 27662F 00656A 6838A6"
        " CDDFF7 14171C E8E5DC FAF8F3",
        dark=False,
    ),
    _theme(
        "contrast-dark",
        "high contrast, on black",
        "FFFFFF D0D0D0 9A9A9A 7CD6FF FFE666 FFB454 FF8F86 86F58F 62EFDE E4BCFF"
        " FFD900 000000 3C3C3C 000000",
        dark=True,
        flat=True,
    ),
    _theme(
        "contrast-light",
        "high contrast, on white",
        "000000 3A3A3A 6A6A6A 003E99 5C4800 843200 7C0012 0B4D17 004C50 4E2187"
        " 00337F FFFFFF D9D9D9 FFFFFF",
        dark=False,
        flat=True,
    ),
    _theme(
        "colour-blind-dark",
        "told apart by colour-blind eyes, on a dark ground",
        "DADCD6 969CA7 555D6A B9D9FF F2E37A EBA02F FF8A55 5FB8F0 4CC9A0 E3A5CB"
        " 22374F F5F6F1 272B33 15171C",
        dark=True,
    ),
    _theme(
        "colour-blind-light",
        "told apart by colour-blind eyes, on a light ground",
        "23262B 5F656E 8B9098 0A3F80 706000 7A2E00 6A0010 0065A8 00684C 8A2F6B"
        " CDDFF7 14171C E8E5DC FAF8F3",
        dark=False,
    ),
    Theme("ansi", "the terminal's own sixteen colours", _SIXTEEN, "reverse", flat=True),
    Theme("none", "no colour at all", _NONE, "reverse", flat=True),
)
THEMES: Final[Mapping[str, Theme]] = {theme.name: theme for theme in _MADE}
AUTO: Final = "auto"
"""What names no theme, and leaves the choice to Docket."""
THEME: Final = "DOCKET_THEME"
"""The variable of the environment that names a theme, as `--theme` does for one run."""
SAFEST: Final = "ansi"
"""The theme that reads on any terminal, of which nothing is known."""
