"""The ladders in force: presets by country that ship, and what the user confirmed and changed.

A choice for all clients lies in `ladder.toml` of the workspace, one for a client in the private
file, where it goes with the client.
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
from store.private.model import LadderChoice

_FOLDER: Final = Path(__file__).parent / "presets"
RungId = Literal["courtesy", "reminder", "stop", "formal-notice", "final-demand", "claim"]
Days = Annotated[int, Field(ge=0, le=365)]
_LONGEST: Final = 1 << 20


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LocalRule(_Exact):
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
    facts: tuple[LocalRule, ...] = ()


def ladder_by(choice: LadderChoice) -> Ladder:
    """Return the ladder that a choice comes to; UsageError where it names a preset there is not."""
    if choice == LadderChoice():
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
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


@lru_cache
def preset(id_: str) -> Preset:
    """Return the preset `id_`, or raise UsageError."""
    if id_ not in preset_ids():
        known = ", ".join(preset_ids())
        raise UsageError(f"There is no ladder '{id_}'", f"there is {known}", "Name one of these")
    return Preset.model_validate(tomllib.loads((_FOLDER / f"{id_}.toml").read_text("utf-8")))


def chosen_for_all(path: Path) -> LadderChoice:
    """Return the choice in the file at `path`, that of no choice where it is not there.

    DocketError says in one line what is wrong in it.
    """
    try:
        found = tomllib.loads(read_plain(path, _LONGEST).decode("utf-8"))
        choice = LadderChoice.model_validate(found)
        preset(choice.preset)
    except FileNotFoundError:
        return LadderChoice()
    except UsageError as error:
        raise DocketError(f"{path} is wrong at preset", error.what, "Correct it") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DocketError(f"{path} is wrong at {place}", first["msg"], "Correct it") from None
    except RecursionError as error:
        why = "it is nested too deep"
        raise DocketError(f"{path} cannot be read", why, "Correct it") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DocketError(f"{path} cannot be read", why, "Correct it") from error
    return choice


def choose_for_all(path: Path, choice: LadderChoice) -> None:
    """Keep a choice in the file at `path`."""
    from tomlkit import dumps

    with locked(path):
        write_atomic(path, dumps(choice.model_dump(exclude_defaults=True)).encode())


def rung_named(typed: str) -> Rung:
    """Return the rung of that id, or raise UsageError."""
    if typed not in RUNGS:
        raise UsageError(f"'{typed}' is no rung", f"there is {', '.join(RUNGS)}", "Name one")
    return RUNGS[typed]
