"""Letters: a text with named facts, filled from the docket; what it does not know is asked for.

They lie here by language and kind, as LETTERS.md tells; the user's own come before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from store.entries import KINDS
from store.errors import DocketError, UsageError
from store.files import read_plain
from store.languages import ENGLISH, is_language, language
from store.languages.wording import NamedFact, Wording, fill, read_wording
from store.playbook.letters.sorts import CHOICES, FACTS, SITUATIONS, STEPS, Sent

FOLDER: Final = Path(__file__).parent
HEADS: Final = ("read_by", "subject", "step")
"""What the head of a letter may say: who read it who speaks the language, and what it is about.

`step` is the kind of entry it is once it was sent, for a letter of the user's own.
"""
_LONGEST: Final = 1 << 16
_KIND: Final = re.compile(r"(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Rest(NamedTuple):
    """What a letter rests on: the fact, as it is said, and the entries that say so."""

    fact: str
    text: str
    entries: tuple[int, ...]


class Letter(NamedTuple):
    """A letter as it is sent; `missing` names the facts it lacks, and their places show so.

    `choices` names facts that would add a sentence, and that only the user can know. `language` is
    the one it is in, `doubts` in sentences what to know before it is read, and `proposed` are days
    that nobody named: Docket's own.
    """

    kind: str
    language: str
    subject: str
    body: str
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    rests_on: tuple[Rest, ...] = ()
    doubts: tuple[str, ...] = ()
    step: str = ""
    proposed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it as one text, the subject first."""
        return f"{self.subject}\n\n{self.body}"


def letter_kinds(own: Path | None = None) -> list[str]:
    """Return the kinds of letters there are, the user's `own` among them."""
    places = (FOLDER, own) if own else (FOLDER,)
    found = {path.stem for place in places for path in place.glob("*/*.txt")}
    return sorted(kind for kind in found if _KIND.fullmatch(kind))


def languages_of(kind: str, own: Path | None = None) -> list[str]:
    """Return the codes of the languages that a letter is there in."""
    places = (FOLDER, own) if own else (FOLDER,)
    return sorted({path.parent.name for place in places for path in place.glob(f"*/{kind}.txt")})


def wording(kind: str, code: str, own: Path | None = None) -> tuple[Wording, str]:
    """Return the text of a letter, and the language it is in: the one asked for, or English.

    The user's `own` goes before the one that ships. UsageError where there is no such letter, and
    DocketError where the file is not as it should be.
    """
    if kind not in letter_kinds(own):
        raise UsageError(
            f"There is no letter '{kind}'", f"there is {_known(own)}", "Name one of these"
        )
    wanted = code if is_language(code) else ENGLISH
    for spoken in dict.fromkeys((wanted, ENGLISH)):
        for folder in (own, FOLDER):
            path = folder and folder / spoken / f"{kind}.txt"
            if path and path.is_file():
                return read_wording(_read(path), _called(path, own), HEADS, FACTS), spoken
    there = ", ".join(language(one).name for one in languages_of(kind, own))
    raise UsageError(f"There is no {kind} in {language(code).name}", f"there is {there}", "")


def letter(
    kind: str, facts: Mapping[str, NamedFact], code: str = ENGLISH, own: Path | None = None
) -> Letter:
    """Return the letter of a kind with these facts in it, in a language, or whole in English.

    What stands in square brackets is left out where a fact in it is missing. Raises as `wording`.
    """
    text, spoken = wording(kind, code, own)
    step = text.head.get("step") or sent_as(kind).step
    if step not in KINDS:
        where = _called((own or FOLDER) / spoken / f"{kind}.txt", own)
        what = f"{where}: '{step[:30]}' is no kind of entry"
        raise DocketError(what, "", "See `docket keys --kinds`")
    filled = fill(text, facts, spoken, FACTS)
    doubts = []
    if spoken != code:
        doubts.append(
            f"There is no {kind} in {language(code).name}: this one is whole in"
            f" {language(spoken).name}."
        )
    if not text.head.get("read_by"):
        doubts.append(
            f"Nobody who speaks {language(spoken).name} has read this letter yet: have it read"
            " before you send it."
        )
    return Letter(
        kind,
        spoken,
        filled.subject,
        filled.body,
        filled.missing,
        tuple(name for name in CHOICES if name in filled.left_out),
        tuple(Rest(name, said, facts[name].seqs) for name, said in filled.used.items()),
        tuple(doubts),
        step,
    )


def own_troubles(own: Path) -> Iterator[DocketError]:
    """Yield what is wrong with each letter of the user's own, in one line each."""
    for path in sorted(own.glob("*/*.txt")):
        try:
            letter(path.stem, {}, path.parent.name, own)
        except DocketError as error:
            yield error


def sent_as(kind: str) -> Sent:
    """Return what a letter is on the docket once it was sent."""
    return STEPS.get(kind, Sent("message"))


def _known(own: Path | None) -> str:
    return ", ".join(one for one in letter_kinds(own) if one not in SITUATIONS.values()) + ", no"


def _called(path: Path, own: Path | None) -> str:
    """Return what a file is called in an error: from the folder of the letters on."""
    return str(path) if own and path.is_relative_to(own) else f"{path.parent.name}/{path.name}"


def _read(path: Path) -> str:
    try:
        return read_plain(path, _LONGEST).decode("utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DocketError(f"{path} cannot be read", why, "Correct or remove it") from error
