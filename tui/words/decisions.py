"""Past decisions in words, the same on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from store.dates import day_words
from store.decision.scale import VERDICT
from store.private.model import Decision, Private, Right
from store.quantities import hours_words
from store.text import few, plural

if TYPE_CHECKING:
    from store.decision.history import After, Followed

RIGHT: Final[dict[Right, str]] = {"yes": "right", "partly": "partly right", "no": "not right"}
"""Each answer to whether a decision was right, as it is said."""
_STEPS_SHOWN = 8


def due_first(found: Iterable[Followed]) -> list[Followed]:
    """Return decisions in the order to read them: due reviews first, then the newest."""
    newest = sorted(found, key=lambda one: (one.decision.at, one.number), reverse=True)
    return sorted(newest, key=lambda one: one.decision.review or date.max if one.due else date.max)


def decision_heading(one: Followed, who: str) -> str:
    """Return which decision it is: whose, its number, the choice, the day."""
    return f"{who} {one.number}: {made_words(one.decision)}"


def made_words(made: Decision) -> str:
    """Return a choice and its day, such as `set boundaries, 23 Oct 2026`."""
    return f"{VERDICT[made.choice].words}, {day_words(made.at)}"


def past_lines(one: Followed, today: date, answers: str) -> Iterator[str]:
    """Yield what stands under the heading, a sentence each; `answers` says how to answer.

    A reason is as it was written, on one line.
    """
    made = one.decision
    if made.review:
        yield _review(made.review, one, today)
    if made.why:
        yield f"Why: {_on_one_line(made.why)}"
    yield _then(one)
    if one.after.days:
        yield since_words(one.after)
        yield _now(one.after, today)
    if made.right:
        why = f": {_on_one_line(made.right_why)}" if made.right_why else ""
        seen = f", as you saw it on {day_words(made.right_at)}" if made.right_at else ""
        yield f"It was {RIGHT[made.right]}{seen}{why}"
    elif one.ask:
        yield f"Was it right? {answers}"


def since_words(after: After) -> str:
    """Return what followed a decision, counted."""
    return f"Since then, in {plural(after.days, 'day')}: {', '.join(_happened(after))}"


def judged_words(who: str, number: int, judged: Decision) -> str:
    """Return that the answer is kept, once a decision was judged; `who` is whose it is."""
    right = RIGHT[judged.right] if judged.right else ""
    return f"{who} {number} ({made_words(judged)}) was {right}: kept, private"


def walk_away_words(private: Private, today: date) -> str:
    """Return when leaving was first decided or felt, if that was before `today`."""
    from store.decision.history import walk_away_said

    said = walk_away_said(private)
    if said is None or said >= today:
        return ""
    ago = plural((today - said).days, "day")
    return f"You first decided or felt walk away on {day_words(said)}, {ago} ago."


def _review(review: date, one: Followed, today: date) -> str:
    if one.due:
        days = (today - review).days
        late = f"due since {plural(days, 'day')}" if days else "due today"
        return f"To be looked at again on {day_words(review)}: {late}"
    return f"{'Was to' if review <= today else 'To'} be looked at again on {day_words(review)}"


def _then(one: Followed) -> str:
    made = one.decision
    log = _log(made) if made.verdict else ""
    gut = f"your gut said {VERDICT[made.gut].words}" if made.gut else ""
    told = "; ".join(filter(None, (log, gut, _agreed(one))))
    return told[:1].upper() + told[1:] if told else "What the log said then was not kept"


def _log(made: Decision) -> str:
    """Say what the log said, and by which model where it is not that of today."""
    from store.decision.weigh import MODEL

    by = made.rested_on.model if made.rested_on else "1"
    if by == MODEL or (made.rested_on is None and made.score is None):
        return f"The log said {_verdict(made.verdict, made.score)}"
    score = "" if made.score is None else f", score {made.score:.1f}"
    return f"The log said {VERDICT[made.verdict].words}{score} (by the model before)"


def _agreed(one: Followed) -> str:
    """Say with which of the two the choice went; nothing where the log said nothing."""
    gut = one.decision.gut
    if one.agreed is None:
        return ""
    if gut is None:
        return "you chose the same" if one.agreed else "you chose otherwise"
    felt = one.decision.choice == gut
    if one.agreed:
        return "you chose what both said" if felt else "you chose what the log said"
    return "you chose what your gut said" if felt else "you chose otherwise"


def _now(after: After, today: date) -> str:
    verdict = _verdict(after.verdict, after.score)
    if after.until == today:
        return f"The log says now: {verdict}"
    return f"By {day_words(after.until)} the log said: {verdict}"


def _happened(after: After) -> Iterator[str]:
    lost = f" ({hours_words(after.hours_lost)} lost)" if after.hours_lost else ""
    yield (plural(len(after.incidents), "incident") if after.incidents else "no incident") + lost
    yield from (f"{one} paid" for one in after.paid)
    yield from (f"{one} became overdue" for one in after.became_overdue)
    if after.late_answers:
        yield plural(len(after.late_answers), "late answer")
    steps = few([f"{step.kind} #{step.seq}" for step in after.steps], _STEPS_SHOWN, ", ")
    yield f"{plural(len(after.steps), 'step')} taken ({steps})" if steps else "no step taken"


def _verdict(verdict: str, score: float | None) -> str:
    return VERDICT[verdict].words + ("" if score is None else f", rank {score:.1f}")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
