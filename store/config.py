"""What the user may set, in `config.toml` of the workspace; a missing file means the defaults."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from store.entries import draft_problems
from store.errors import DocketError


class Config(BaseModel):
    """User settings; every name is a key of `config.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    author: Annotated[str, Field(max_length=120)] = ""
    """Who writes the entries; printed in records. Default: the login name."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    """Currency of clients whose terms name none."""
    target_rate: Annotated[Decimal, Field(gt=0)] | None = None
    """What an hour should earn, in `currency`."""
    keys: dict[str, str] = {}
    """Keys of your own, by action id (`docket keys` lists them)."""


def load_config(path: Path) -> Config:
    """Read the config at `path`; DocketError names the file and the key that is wrong."""
    try:
        with path.open("rb") as file:
            return Config.model_validate(tomllib.load(file))
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise DocketError(
            f"{path} cannot be read", error.strerror or str(error), "Check its rights"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocketError(f"{path} is not valid TOML", str(error), "Correct that line") from error
    except ValidationError as error:
        raise DocketError(
            f"{path} has a wrong setting", draft_problems(error), "Correct or remove it"
        ) from None
