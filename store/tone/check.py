"""The tone check: words in a text that a record or a letter is better without, and why.

The word lists are English (`store.tone.words`); shouting is seen in any script with capitals.
What stands in quotation marks, or behind a `>` as in a mail, is somebody's words and not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from store.text.folding import Folded, folded
from store.tone.words import CLAIMING, JUDGING, PLAIN_CLAIMS, PLAIN_PRIVACY, PRIVACY, REPORTED, What

CHECKED: Final = "it knows English words, and some of the language of the client"
"""What to say of the check wherever its findings are shown."""

_SORTS = JUDGING | CLAIMING | PRIVACY


class Remark(NamedTuple):
    """Words to look at again: `words` is the text from `start` on, as written; `why` what helps."""

    what: What
    words: str
    start: int
    why: str

    @property
    def noun(self) -> str:
        """The sort in words, such as `an absolute`."""
        return _SORTS[self.what].noun


class _Rule(NamedTuple):
    what: What | None  # None for what is plain
    rest: re.Pattern[str]


_QUOTED, _NAME = "\0", "N"  # neither is left in a cleaned and folded text
_TOKEN = re.compile(r"(?<!\w[-.@/_#])(?:[^\W_N]+(?:'[^\W_N]+)*|N+)")
_END = r"(?!\w|-\w|@|\.(?:[\w-]+\.\w|(?:com|org|net|io|dev|app|shop|eu|uk|de|fr)\b))"
# Each closes before it opens again, so that an odd mark cannot make the search go back and forth.
_SOMEBODYS_WORDS = re.compile(
    r'(?<!\w)"(?:[^"\n]|\n(?![^\S\n]*+\n))*+"'
    r'|“[^“”]*[”"]|„[^„“”"]*[“”"]|”[^“”]*”|«[^«»]*»|»[^«»]*«|‹[^‹›]*›|›[^‹›]*‹'
    r"|「[^「」]*」|『[^『』]*』|‘(?:[^‘'\n]|(?<=\w)'(?=\w))*'"
    r"|(?<![\w'])'(?=\S)(?:[^'\n]|(?<=\w)'(?=\w)){1,300}(?<=\S)'(?!\w)"
    r"|^[ ]{0,3}>[^\n]*$",
    re.MULTILINE,
)
_QUOTING = re.compile("[\"“„”«»‹›「『‘'>]")
_REPORTED = re.compile(REPORTED)
_CAPITALS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_SMALL_LETTERS = re.compile(r"(?<![^\W\d_])(?:[^\W\d_a-z]++['’,\s]++){3}")
_MARKS = re.compile(r"[!！]{2,}|[!?！？؟]{3,}")
_SHOUTED_WORDS, _LONG_WORD = 4, 5
_REACH = 300  # how far a sentence is read back, in letters
_SHORTEST_NAME = 3  # an author called `me` must not hide every `me`
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:ltd|limited|llc|llp|inc|corp|co|gmbh|ag|ug|bv|b\.v|nv|ab|oy|as|aps|ehf|hf|kft|zrt|sas"
    r"|sarl|srl|s\.?r\.?l|s\.?a|sa|sl|plc|pty|kg|ohg)\.?$"
)


def tone(text: str, names: Iterable[str] = ()) -> tuple[Remark, ...]:
    """Return what to look at again in `text`, by place (advice 5).

    `names` are the client's own names, which are never judged: Crazy Cat Ltd is not crazy.
    """
    flat = folded(text)
    masked = _hide_names(_hide_quotes(flat.text), tuple(names))
    found = [*_listed(text, flat, masked), *_shouted(text, flat, masked)]
    return tuple(sorted(found, key=lambda finding: finding.start))


def hidden(text: str, names: Iterable[str] = ()) -> str:
    """Return a text, as long as it is, with quotations and the client's own names blotted out."""
    flat = folded(text)
    return _shown(text, flat, _hide_names(_hide_quotes(flat.text), tuple(names)))


def without_legal_form(name: str) -> str:
    """Return a folded name without its `ltd` or `gmbh`, as people say it."""
    return _LEGAL_FORM.sub("", name)


def _hide_quotes(flat: str) -> str:
    if not _QUOTING.search(flat):
        return flat
    return _SOMEBODYS_WORDS.sub(lambda quote: _QUOTED * len(quote[0]), flat)


def _hide_names(flat: str, names: tuple[str, ...]) -> str:
    pattern = _any_of(names)
    return pattern.sub(lambda name: _NAME * len(name[0]), flat) if pattern else flat


@lru_cache(maxsize=64)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    whole = [folded(name).text.strip() for name in names]
    forms = {form for name in whole for form in (name, without_legal_form(name))}
    forms = {form for form in forms if len(form) >= _SHORTEST_NAME}
    if not forms:
        return None
    either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _listed(text: str, flat: Folded, masked: str) -> Iterator[Remark]:
    rules = _rules()
    done = 0
    for token in _TOKEN.finditer(masked):
        word = token[0]
        listed = rules.get(word) or (rules[_NAME] if word[0] == _NAME else None)
        if listed is None or token.start() < done:
            continue
        matched = _first(listed, masked, token.end())
        if matched is None:
            continue
        rule, done = matched
        if rule.what and not (rule.what == "absolute" and _reported(masked, token.start())):
            start, end = flat.span(token.start(), done)
            yield Remark(rule.what, text[start:end], start, _SORTS[rule.what].why)


def _reported(masked: str, place: int) -> bool:
    """Whether `place` stands in a sentence that tells what somebody said."""
    before = masked[max(0, place - _REACH) : place]
    begins = max(map(before.rfind, ".!?;\n")) + 1
    return _REPORTED.search(before, begins) is not None


def _first(rules: Sequence[_Rule], masked: str, place: int) -> tuple[_Rule, int] | None:
    for rule in rules:
        match = rule.rest.match(masked, place)
        if match:
            return rule, match.end()
    return None


def _shouted(text: str, flat: Folded, masked: str) -> Iterator[Remark]:
    why = _SORTS["shouting"].why
    for start, end in _loud(text, flat, masked):
        yield Remark("shouting", text[start:end], start, why)


def _loud(text: str, flat: Folded, masked: str) -> Iterator[tuple[int, int]]:
    """Yield where marks pile up, and where capitals run over several words."""
    for marks in _MARKS.finditer(masked):
        yield flat.span(*marks.span())
    if not _NO_SMALL_LETTERS.search(text):
        return
    for run in _capital_runs(_shown(text, flat, masked)):
        lengths = [len(word[0]) for word in run if len(word[0]) > 1]
        # Four short ones are codes (EUR VAT IBAN BIC), not a raised voice.
        long = max(lengths, default=0) >= _LONG_WORD
        if len(lengths) >= (_SHOUTED_WORDS if long else _SHOUTED_WORDS + 2):
            yield run[0].start(), run[-1].end()


def _capital_runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the words in capitals that follow each other, run by run."""
    run: list[re.Match[str]] = []
    for word in _CAPITALS.finditer(text):
        upper = word[0].isupper()
        if run and (not upper or text[run[-1].end() : word.start()].strip(" \n")):
            yield run
            run = []
        if upper:
            run.append(word)
    if run:
        yield run


def _shown(text: str, flat: Folded, masked: str) -> str:
    """Return the text in its own letters, with quotations and names blotted out."""
    if _QUOTED not in masked and _NAME not in masked:
        return text
    letters = list(text)
    for hidden in re.finditer(f"{_QUOTED}+|{_NAME}+", masked):
        start, end = flat.span(*hidden.span())
        letters[start:end] = _QUOTED * (end - start)
    return "".join(letters)


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """Return the rules by the word they begin with; what is plain comes first, then as listed."""
    rules: dict[str, list[_Rule]] = {}
    phrases: list[tuple[What | None, str]] = []
    phrases += [(None, line) for line in f"{PLAIN_CLAIMS}\n{PLAIN_PRIVACY}".splitlines()]
    for what, sort in _SORTS.items():
        phrases += [(what, line) for line in sort.phrases.splitlines()]
        phrases += [(what, word) for word in sort.words.split()]
    for sort_of, line in phrases:
        heads, _, rest = line.strip().partition(" ")
        for head in heads.split("/"):
            word, hyphen, tail = head.partition("-")
            pattern = f"{hyphen}{re.escape(tail)}" + (f" {rest}" if rest else "")
            key = _NAME if word == "NAME" else word
            rules.setdefault(key, []).append(_Rule(sort_of, _compiled(pattern)))
    return {word: tuple(listed) for word, listed in rules.items() if word}


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    spaced = re.sub(r"\((?!\?)", "(?:", pattern).replace(" ", r"\s++")
    return re.compile(f"(?:{spaced}){_END}")
