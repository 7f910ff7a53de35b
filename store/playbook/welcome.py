"""The steps of first contact: the welcome sheet, its acknowledgement, and what nobody answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from store.dates import parse_days
from store.decision.words import YOUNG
from store.docket import Docket
from store.docket.steps import outcomes
from store.docket.welcome import ITEMS, MINE, Flag, Sheet, flags, inspired, sheet
from store.entries.words import WELCOME
from store.errors import UsageError, about_field
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.private.model import Private
from store.quantities import parse_payment_terms
from store.text import clean_line

ANSWER: Final = 5
"""Days in which a sheet is acknowledged, and each thing asked in it answered."""
OUTCOME: Final = 14
"""Days after which it shows whether a try to inspire them has helped."""
_WORK: Final = ("hours", "delivery", "invoice")
_ASK: Final = {
    "pays_by": "how they want to pay",
    "reach_them": "how and when to reach them",
    "their_reply": "how long they take to answer",
    "decides": "who decides",
    "access": "for access to what is needed",
    "goal": "what they want to reach",
    "vision": "where it is to lead",
}
"""What is asked of them, as a step says it."""
_SIGNS: Final = (("scope-creep", "pay-later"), ("no-show", "rush-demand", "off-hours"))
"""What shows great demands, and what shows no respect for one's time."""
_TOGETHER: Final = 90
"""Days within which signs come together."""
_OWING: Final = 6
"""From here on, of 10, a check-in says that one feels one owes them."""
_THREE: Final = (
    "Great demands, no respect for your time, and the feeling that you owe them come together"
)
NOT_SET: Final = "Expectations not set: no welcome sheet"


def expected(docket: Docket) -> bool:
    """Whether expectations are set, or it is too late for a sheet: long since at work together."""
    if docket.kind("welcome", "expectations"):
        return True
    young = docket.started is None or (docket.today - docket.started).days < YOUNG
    return docket.ended is not None or not (young or not docket.kind(*_WORK))


def contact_words(docket: Docket, private: Private) -> list[str]:
    """Return what there is to say of first contact: that nothing is set, and each flag."""
    return ([] if expected(docket) else [NOT_SET]) + sign_words(docket, private)


def sign_words(docket: Docket, private: Private) -> list[str]:
    """Return each flag of first contact, and three signs where they come together (advice 90).

    As private as the check-in that one of them rests on.
    """
    told = [one.words for one in flags(docket)]
    if found := three_signs(docket, private):
        told.append(f"{found.says} ({found.named}, and your check-in)")
    return told


def three_signs(docket: Docket, private: Private) -> Flag | None:
    """Return the three signs that come together, one of which a check-in has; None otherwise."""
    first = docket.today - timedelta(days=_TOGETHER)
    owing = [
        one.owing for one in private.checkins if one.owing is not None and one.at.date() > first
    ]
    signs = [[one.seq for one in docket.kind(*kinds) if one.day > first] for kinds in _SIGNS]
    if not owing or owing[-1] < _OWING or not all(signs):
        return None
    return Flag(_THREE, tuple(sorted(seq for found in signs for seq in found)))


def welcome_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the sheet that is to be written, sent and acknowledged, and each open answer."""
    docket = scene.docket
    if docket.ended is not None or scene.leaving:
        return
    found = sheet(docket)
    if found.begun is None:
        if not expected(docket):
            yield _step(scene, docket.started or scene.today, "Write the welcome sheet", NOT_SET)
        return
    if found.sent is None:
        yield _step(scene, found.begun.day, "Send the welcome sheet", _lacking(found), " --sent")
    elif found.accepted is None:
        name = f"#{found.sent.seq}"
        yield scene.step(
            scene.in_days(found.sent.day, ANSWER),
            "Ask them to confirm the welcome sheet",
            f"You sent it on {found.sent.day:%-d %b}, and nobody has said that it is understood.",
            f"sheet:{found.sent.seq}",
            about=name,
            evidence=(found.sent.seq,),
            verb=f"accept '{docket.client}{name}' --by NAME",
            rank=7,
        )
    yield from _answers(scene, found)
    yield from _vision(scene, found)


def _step(scene: Scene, due: date, what: str, why: str, option: str = "") -> NextStep:
    verb = f"welcome {scene.docket.client}{option}"
    return scene.step(due, what, f"{why}.", "welcome", verb=verb, rank=8)


def _lacking(found: Sheet) -> str:
    mine = [ITEMS[name].lower() for name in found.unanswered if name in MINE]
    return f"It does not say yet: {', '.join(mine)}" if mine else "It says all that is yours to say"


def _answers(scene: Scene, found: Sheet) -> Iterator[NextStep]:
    """Yield what they have not answered, each with the day by which it should have been."""
    assert found.begun is not None
    since = found.sent or found.begun
    for name in found.unanswered:
        if name not in _ASK:
            continue
        option = "reply-within" if name == "their_reply" else name.replace("_", "-")
        yield scene.step(
            scene.in_days(since.day, ANSWER),
            f"Ask them {_ASK[name]}",
            f"The welcome sheet of {since.day:%-d %b} has no answer to it.",
            f"welcome:{name}",
            about=f"#{found.begun.seq}",
            evidence=(since.seq,),
            verb=f"welcome {scene.docket.client} --{option} ANSWER",
            rank=8,
        )


def _vision(scene: Scene, found: Sheet) -> Iterator[NextStep]:
    """Yield the one try to inspire who has no vision, then the question what came of it."""
    vision = found.answers.get("vision")
    if vision is None or not vision.none:
        return
    tried = inspired(scene.docket)
    if not tried:
        yield scene.step(
            scene.in_days(vision.day, ANSWER),
            "Try once to inspire them",
            "They have no vision for it: show them what it could become before you judge.",
            "inspire",
            about=f"#{vision.seq}",
            evidence=(vision.seq,),
            line=f"inspire #{vision.seq} ",
            rank=7,
        )
    elif tried[-1].seq not in outcomes(scene.docket):
        last = tried[-1]
        yield scene.step(
            scene.in_days(last.day, OUTCOME),
            f"Say whether #{last.seq} gave them a vision",
            f"You showed them on {last.day:%-d %b} what it could become: what came of it?",
            f"inspired:{last.seq}",
            about=f"#{last.seq}",
            evidence=(last.seq,),
            verb=f"outcome '{scene.docket.client}#{last.seq}' yes",
            rank=7,
        )


def form_text(docket: Docket) -> str:
    """Return the sheet as lines to fill in: a name, a colon, the answer."""
    said = sheet(docket).answers
    lines = [
        f"# {words}\n{name}: {said[name].text if name in said else ''}".rstrip()
        for name, words in ITEMS.items()
    ]
    return "\n".join(lines) + "\n"


def read_form(text: str) -> dict[str, str]:
    """Return the answers in lines as `form_text` makes them; UsageError for a line that is none."""
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, colon, answer = line.partition(":")
        if not line.strip() or line.startswith("#"):
            continue
        if not colon or name.strip() not in ITEMS:
            raise UsageError(
                f"Line {number} of the sheet is not read", "", f"Begin it with {', '.join(ITEMS)}:"
            )
        found[name.strip()] = answer
    return found


def to_log(given: Mapping[str, str], docket: Docket) -> dict[str, dict[str, Any]]:
    """Return what to log, data by kind, of the answers that are new; empty where none is.

    What is agreed on payment and on the time to answer is logged as terms. UsageError names the
    item that cannot be read.
    """
    said = sheet(docket).answers
    new = {name: clean_line(text) for name, text in given.items()}
    new = {
        name: text
        for name, text in new.items()
        if text and (name not in said or said[name].text != text)
    }
    terms: dict[str, Any] = {}
    if "payment" in new:
        with about_field("payment"):
            terms["payment"] = parse_payment_terms(new["payment"])
    if "their_reply" in new:
        with about_field("their_reply"):
            terms["reply_within_days"] = parse_days(new["their_reply"])
    told = {name: new[name] for name in WELCOME if name in new}
    return {kind: data for kind, data in (("welcome", told), ("terms", terms)) if data}
