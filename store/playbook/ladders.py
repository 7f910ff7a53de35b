"""The ladders in force: presets by country that ship, and the user's own file of choices.

`ladders.toml` of the workspace says which preset was confirmed, for all clients or for one, and
what of it was changed: `[all]` and `[clients.acme]` each with `preset`, `confirmed`, `grace` (days
before the first rung) and `wait` (days by rung; a rung at 0 days is left out).
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from store.errors import DocketError, UsageError
from store.files import locked, read_plain, write_atomic
from store.playbook.ladder import PLAIN, RUNGS, Ladder, Rung

FOLDER: Final = Path(__file__).parent / "presets"
RungId = Literal["courtesy", "reminder", "stop", "formal-notice", "final-demand", "claim"]
Days = Annotated[int, Field(ge=0, le=365)]
_LONGEST: Final = 1 << 20


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(_Exact):
    """What the law or custom of a place says about one step, where that was read, and how sure.

    `sure` is A for the text of a law or an authority, B for lawyers or several pages that agree, C
    for one weak page, U for not verified.
    """

    topic: str
    says: str = ""
    who: str = ""
    days: str = ""
    new_date: str = ""
    basis: str = ""
    source: str = ""
    sure: str = ""


class Wait(_Exact):
    """One rung of a preset, and how many days it waits."""

    id: RungId
    wait: Days


class Preset(_Exact):
    """A ladder that ships, for one place; it is used once the user has confirmed it."""

    name: str
    jurisdiction: str = ""
    checked_on: date
    rungs: tuple[Wait, ...]
    facts: tuple[Fact, ...] = ()


class Choice(_Exact):
    """What the user chose for all clients, or for one."""

    preset: str = "plain"
    confirmed: date | None = None
    grace: Days = 0
    wait: dict[RungId, Days] = {}


class Ladders(_Exact):
    """All choices: for every client, and by client."""

    all: Choice = Choice()
    clients: dict[str, Choice] = {}

    def of(self, client: str) -> Ladder:
        """Return the ladder that is in force for a client."""
        choice = self.clients.get(client, self.all)
        if choice == Choice():
            return PLAIN
        ladder = [
            RUNGS[one.id]._replace(wait=choice.wait.get(one.id, one.wait))
            for one in preset(choice.preset).rungs
        ]
        rungs = [rung for rung in ladder if rung.wait]
        if rungs:
            rungs[0] = rungs[0]._replace(wait=rungs[0].wait + choice.grace)
        return Ladder(choice.preset, tuple(rungs))


def preset_ids() -> list[str]:
    """Return the presets there are, by id."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@lru_cache
def preset(id_: str) -> Preset:
    """Return the preset `id_`, or raise UsageError."""
    if id_ not in preset_ids():
        known = ", ".join(preset_ids())
        raise UsageError(f"There is no ladder '{id_}'", f"there is {known}", "Name one of these")
    return Preset.model_validate(tomllib.loads((FOLDER / f"{id_}.toml").read_text("utf-8")))


def load_ladders(path: Path) -> Ladders:
    """Return the choices in the file at `path`, none where it is not there.

    DocketError says in one line what is wrong in it.
    """
    try:
        found = Ladders.model_validate(tomllib.loads(read_plain(path, _LONGEST).decode("utf-8")))
        for choice in (found.all, *found.clients.values()):
            preset(choice.preset)
    except FileNotFoundError:
        return Ladders()
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DocketError(f"{path} is wrong at {place}", first["msg"], "Correct it") from None
    except (OSError, ValueError, RecursionError) as error:
        raise DocketError(f"{path} cannot be read", str(error), "Correct it") from error
    return found


def choose(path: Path, choice: Choice, client: str = "") -> None:
    """Keep a choice in the file at `path`, for one client or for all."""
    with locked(path):
        known = load_ladders(path)
        if client:
            known = known.model_copy(update={"clients": {**known.clients, client: choice}})
        else:
            known = known.model_copy(update={"all": choice})
        write_atomic(path, _as_toml(known).encode())


def _as_toml(ladders: Ladders) -> str:
    from tomlkit import dumps

    return dumps(ladders.model_dump(exclude_defaults=True))


def rung_named(typed: str) -> Rung:
    """Return the rung of that id, or raise UsageError."""
    if typed not in RUNGS:
        raise UsageError(f"'{typed}' is no rung", f"there is {', '.join(RUNGS)}", "Name one")
    return RUNGS[typed]
