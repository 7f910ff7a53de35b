"""A step taken as the user would: its line is typed and logged, or its verb does what it does."""

from __future__ import annotations

from typing import Any

from store.capture import read_capture
from store.decision import assess
from store.docket import Docket
from store.playbook.next_steps import next_steps
from store.playbook.scene import Scene
from store.playbook.step import NextStep
from store.private.model import Decision, Private
from store.settings.config import Config
from tests.store import building
from tests.store.building import NOON
from tests.store.decision.telling import Story

_ENTRY: dict[str, tuple[str, str, dict[str, Any]]] = {
    "outcome": ("outcome", "about", {"worked": "yes"}),
    "accept": ("acceptance", "accepts", {"by": "Ann"}),
}


def steps(story: Story, private: Private | None = None) -> tuple[NextStep, ...]:
    """Return what is next in a story, today."""
    return next_steps(scene(story.docket(), private or story.private))


def scene(docket: Docket, private: Private) -> Scene:
    """Return the scene of a docket, with the settings as they come."""
    config = Config()
    return Scene(docket, assess(docket, private, config), config, private)


def take(story: Story, private: Private, step: NextStep) -> Private:
    """Log `step` in the story as done today; return the private things as they are then."""
    word, _, rest = step.verb.partition(" ")
    if step.line:
        _typed(story, step.line)
    elif word == "decide":
        made = Decision(at=NOON, choice="set-boundaries")
        return private.model_copy(update={"decisions": (*private.decisions, made)})
    elif step.key == "end":
        _add(story, "end-notice", "Told them", {})
    elif word in _ENTRY:
        kind, relation, data = _ENTRY[word]
        _add(story, kind, "", data, (relation, int(rest.split("#")[1].split("'")[0])))
    elif word == "handover" and "#" not in rest:
        _add(story, "handover", "Login", {"to": "Ann"})
    elif "--confirmed-by" in rest:
        seq = int(rest.split("#")[1].split("'")[0])
        _add(story, "acceptance", "", {"by": "Ann"}, ("accepts", seq))
    elif "--access-ended" in rest:
        _add(story, "access-ended", "", {}, ("about", int(rest.split("#")[1].split("'")[0])))
    elif word == "welcome":
        _add(story, "expectations" if "--sent" in rest else "welcome", "Mailed", {})
    elif word == "decisions":
        last = private.decisions[-1].model_copy(update={"right": "yes", "right_at": NOON})
        return private.model_copy(update={"decisions": (*private.decisions[:-1], last)})
    else:
        raise AssertionError(step)
    return private


def _typed(story: Story, line: str) -> None:
    read = read_capture(
        line, clients={"acme": "Acme"}, now=NOON, current="acme", docket=story.docket()
    )
    assert read.complete, (line, read.problems)
    fields = {name: value for name, value in read.draft_fields().items() if value is not None}
    kind, statement, data = (fields.pop(name) for name in ("kind", "statement", "data"))
    fields.pop("client")
    fields = {name: list(v) if isinstance(v, tuple) else v for name, v in fields.items() if v}
    story.entries.append(building.entry(story.next, kind, 0, statement, data=data, **fields))


def _add(story: Story, kind: str, statement: str, data: dict[str, Any], link: Any = None) -> None:
    story.entries.append(building.entry(story.next, kind, 0, statement, data=data, link=link))
