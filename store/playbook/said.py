"""The step on a day that one named oneself: to do what was said, if nothing came by then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from store.dates import day_words
from store.docket.steps import subjects
from store.entries import Entry, StepData
from store.entries.kinds import weighing
from store.languages.deadlines import deadlines
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.text import top_line

_DRAWN: Final = weighing("spoken") | weighing("stated")
"""What says what follows: a talk, a warning, a notice, a no."""
_DONE: Final = _DRAWN | weighing("ending") | {"escalate", "resume"}
_MEANT: Final = tuple(
    (re.compile(words, re.IGNORECASE), what)
    for words, what in (
        (
            r"\b(?:end|leave|quit|part ways|terminat\w+|cancel)\b"
            r"|\b(?:segi upp|uppsögn|felmond|megszüntet|irtisano|lopet)|إنهاء|ننهي|أنهي|បញ្ចប់",
            "end",
        ),
        (
            r"\b(?:court|lawyer|claim|mediat\w+|small claims)\b"
            r"|\b(?:dómstól|lögmann|lögmað|sáttamiðl|bíróság|ügyvéd|közvetítő|tuomioistui|asianaja"
            r"|käräjä|sovittelija)|محكمة|محام|وسيط|តុលាការ|មេធាវី|សម្រុះសម្រួល",
            "escalate",
        ),
        (
            r"\b(?:stop|pause|suspend)\b"
            r"|\b(?:hlé|szünetel|felfüggeszt|keskeyt)|تعليق|أعلق|أعلّق|نعلق|ផ្អាក",
            "stop",
        ),
    )
)
"""What was said would follow, by its words; where none of these is found, it is decided."""
_LINE: Final = {
    "end": "end-notice {} As I said on {}",
    "escalate": "escalate {} As I said on {}",
    "stop": "stop {} As I said on {}",
}


def said_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield what was said to follow, on the day that was named with it, until it is done."""
    drawn = [(step, day) for step in scene.taken if (day := named_day(step)) is not None]
    if not drawn or scene.docket.ended is not None or scene.leaving:
        return
    step, day = drawn[-1]
    about = _about(scene, step)
    if about is None or _settled(scene, step, day):
        return
    said = top_line(step.statement).strip()
    meant = next((what for pattern, what in _MEANT if pattern.search(said)), "")
    line = _LINE[meant].format(about or f"#{step.seq}", f"{step.day:%-d %b}") if meant else ""
    yield scene.step(
        day,
        f"Do what you said you would on {day:%-d %b}",
        f"You said on {step.day:%-d %b}: “{said}”.",
        f"said:{step.seq}",
        about=about or f"#{step.seq}",
        evidence=(step.seq,),
        letter="parting" if meant == "end" else "",
        line=line,
        verb="" if line else f"decide {scene.docket.client}",
        rank=1,
    )


def named_day(step: Entry) -> date | None:
    """Return the day that a step names as the one by which something is to come; None without."""
    told = step.data.effective if step.kind in _DRAWN and isinstance(step.data, StepData) else None
    return told if told and told > step.day else day_in(step.kind, step.statement, step.day)


def day_in(kind: str, text: str, said: date) -> date | None:
    """Return the first day to come that the words of a step name, such as that of `by 1 July`."""
    return next(deadlines(text, said), None) if kind in _DRAWN else None


def said_back(day: date) -> str:
    """Return what is said back of a day that was read in the words of a step."""
    return f"{day_words(day)} is a next step: do then what you said."


def _about(scene: Scene, step: Entry) -> str | None:
    """Return the request it is about, nothing where it names none; None if that is answered.

    What is about a bill goes up the ladder of that.
    """
    subject = subjects(scene.docket)[step.seq]
    open_ = {item.seq for item in scene.open("request")}
    waits = [seq for seq in subject.requests if seq in open_]
    if waits:
        return f"#{waits[0]}"
    return None if subject.money or subject.requests else ""


def _settled(scene: Scene, step: Entry, day: date) -> bool:
    """Whether something was done or decided since its day had come."""
    done = any(one.kind in _DONE and one.day >= day for one in scene.taken if one.seq > step.seq)
    return done or scene.decided_since(day) is not None
