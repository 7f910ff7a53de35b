"""Characters that show nothing, and characters that show as others do.

What shows nothing is Unicode's Default_Ignorable_Code_Point, a property that Python does not have;
the list is that of DerivedCoreProperties.txt, unchanged since Unicode 9 but for what is reserved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_RANGES: Final = (
    *(("\u00ad", "\u00ad"), ("\u034f", "\u034f"), ("\u061c", "\u061c"), ("\u115f", "\u1160")),
    *(("\u17b4", "\u17b5"), ("\u180b", "\u180f"), ("\u200b", "\u200f"), ("\u202a", "\u202e")),
    *(("\u2060", "\u206f"), ("\u3164", "\u3164"), ("\ufe00", "\ufe0f"), ("\ufeff", "\ufeff")),
    *(("\uffa0", "\uffa0"), ("\ufff0", "\ufff8"), ("\U0001bca0", "\U0001bca3")),
    *(("\U0001d173", "\U0001d17a"), ("\U000e0000", "\U000e0fff")),
)
_CLASS: Final = "".join(f"{first}-{last}" for first, last in _RANGES)
UNSEEN: Final = f"[{_CLASS}]"
"""A pattern of one character that shows nothing; text, as starting takes longer than its use."""


def shows_all(text: str) -> bool:
    """Whether all of a text shows something; making the pattern takes longer than this."""
    return not any(
        first <= sign <= last for sign in set(text) if sign > "\x7f" for first, last in _RANGES
    )


# Letters before and after which a joiner or its opposite changes how they are written.
_JOINING: Final = (
    "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc\U00010d00-\U00010d3f\U0001e900-\U0001e95f"  # Arabic
    "\u0900-\u0dff\u0f00-\u109f\u1780-\u17d3\u1800-\u18af\u1900-\u1aad\u1b00-\u1bff\ua840-\ua97f"
    "\ua980-\ua9df\uaa00-\uaadf\uabc0-\uabff\U00010a00-\U00010a5f\U00011000-\U000117ff"
)
_UNSPACED: Final = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aad"
"""Letters of scripts that set no blanks, where a mark that shows nothing parts the words."""
_PICTURE: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HAN: Final = "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SEEN: Final = "|".join(
    (
        f"(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])",
        f"(?<=[{_UNSPACED}])\u200b(?=[{_UNSPACED}])",
        f"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])",
        f"(?<=[{_PICTURE}])[\ufe0e\ufe0f]",
        "(?<=[0-9#*])\ufe0f(?=\u20e3)",
        "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f",
        f"(?<=[{_HAN}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
        "(?<=[\u1820-\u18aa])[\u180b-\u180f]",
        "(?<=[\u0591-\u05c7])\u034f(?=[\u0591-\u05c7])",
        "(?<=[\u1100-\u115e])\u1160(?=[\u11a8-\u11ff])",
        "\u115f(?=[\u1161-\u11a7])",
    )
)
_EACH: Final = f"({_SEEN})|{UNSEEN}"


def shown(text: str) -> str:
    """Return a text with what shows nothing as `<U+200B>`, kept where a script needs it.

    A joiner stands between letters of Arabic or of an Indian script, or in a picture made of
    several; a selector follows the picture or the Han letter that it selects a form of.
    """
    return re.sub(_EACH, lambda one: one[1] or f"<U+{ord(one[0]):04X}>", text)


# By letter: the signs of other scripts, and the digits, that are taken for it. Small letters, as
# after `store.text.fold`, which has made one of full width, of mathematics and of accents already.
_LIKE: Final = {
    "a": "аαɑ@ꭺᴀ4",
    "b": "ьвʙᏏβ8",
    "c": "сϲᴄⅽ",
    "d": "ԁḍⅾᏧɗ",
    "e": "еєҽεɛᴇ3",
    "f": "ғϝꞙƒ",
    "g": "ɡցԍɢ9",
    "h": "һհнʜ",
    "i": "іιıɪ1ӏ|!ǀ",
    "j": "јϳʝյ",
    "k": "кκᴋқҡ",
    "l": "ӏǀ1|ʟ!ι",
    "m": "мᴍⅿϻ",
    "n": "пոηɴ",
    "o": "оοօσ0ᴏө๐०",
    "p": "рρᴘ",
    "q": "ԛգʠ",
    "r": "гʀᴦɾ",
    "s": "ѕꜱʂ5$",
    "t": "тτᴛ7",
    "u": "υսᴜц",
    "v": "ѵνᴠⅴ",
    "w": "ԝωѡᴡш",
    "x": "хχⅹ×",
    "y": "уүγʏ",
    "z": "ᴢʐ2ζ",
}
_CAPITALS: Final = {"b": "в", "h": "н", "n": "и", "p": "рρ", "t": "т", "y": "уү", "x": "х"}


def _alike() -> dict[str, str]:
    """Return, by letter, the Latin one that it is taken for first."""
    found: dict[str, str] = {}
    for latin, others in _LIKE.items():
        for one in others:
            if one.isalpha():
                found.setdefault(one, latin)
    return found


_TABLE: Final = str.maketrans(_alike())


def skeleton(folded: str) -> str:
    """Return a folded text as it looks: letters of other scripts as the Latin ones they pass for.

    Two texts with one skeleton can hardly be told apart by eye.
    """
    return re.sub(UNSEEN, "", folded).translate(_TABLE)


def looks_like(letter: str) -> Iterator[str]:
    """Yield a folded letter and every sign that is taken for it, the other way round as well."""
    own = _TABLE.get(ord(letter), letter)
    yield letter
    for one in f"{own}{_LIKE.get(str(own), '')}{_CAPITALS.get(str(own), '')}":
        if one != letter:
            yield one
