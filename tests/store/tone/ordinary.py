"""A thousand ordinary sentences a language, made of the shapes in `ordinary/<code>.txt`.

A file names words for its places, `[first]` and `[second]` halves that go together in any pair, and
`[whole]` sentences. A pair of halves counts as a shape of its own, and so does a whole sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, islice, product
from pathlib import Path
from typing import Final

from store.tone.sent import Occasion, hints_for

MANY: Final = 1000
_FOLDER: Final = Path(__file__).parent / "ordinary"
_AND: Final = {
    "en": ", and ",
    "is": " og ",
    "hu": ", és ",
    "ar": "، و",
    "fi": ", ja ",
    "km": " ហើយ",
}
_STOP: Final = {"km": "។"}
_OCCASIONS: Final[tuple[Occasion, ...]] = ("letter", "apology", "parting")


def shapes(code: str) -> list[str]:
    """Return the shapes of sentences there are in a language, with open places."""
    _, parts = _read(code)
    pairs = product(parts["first"], parts["second"])
    joined = [f"{first}{_AND[code]}{second}{_STOP.get(code, '.')}" for first, second in pairs]
    return [*parts["whole"], *joined]


def ordinary(code: str) -> list[str]:
    """Return a thousand sentences, no two the same, of every shape there is."""
    words, _ = _read(code)
    found: dict[str, None] = {}
    for turn in count():
        for number, shape in enumerate(shapes(code)):
            said = shape
            for step, (name, choices) in enumerate(words.items()):
                chosen = choices[(number + turn * (step + 1)) % len(choices)]
                said = said.replace(f"{{{name}}}", chosen)
            found.setdefault(said[:1].upper() + said[1:])
        if len(found) >= MANY:
            return list(islice(found, MANY))
    raise AssertionError


def false_alarms(code: str, sentences: Iterable[str]) -> list[tuple[str, str]]:
    """Return the sentences in which something is found, on whatever occasion, and those words."""
    alarms = []
    for said in sentences:
        found = [hint.words for one in _OCCASIONS for hint in hints_for(said, code, one)]
        if found:
            alarms.append((said, found[0]))
    return alarms


def _read(code: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    words: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    part = ""
    for line in (_FOLDER / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif part:
            parts.setdefault(part, []).append(line)
        else:
            name, _, said = line.partition(" = ")
            words[name] = said.split(" | ")
    return words, parts
