"""The user's own mailer: a command that takes the file of a draft. Docket sends nothing itself."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from store.errors import DocketError
from store.settings.config import Config

_WAIT = 2.0
"""Seconds in which a mailer that cannot start has said so."""


def hand_over(config: Config, draft: Path) -> str:
    """Start the `mailer` of the settings on the file `draft`, and return what it is called.

    It goes on by itself. DocketError where none is set, or it does not start, or ends at once with
    an error.
    """
    if not config.mailer.strip():
        raise DocketError(
            "No mailer is set",
            f"the draft lies in {draft}",
            'Open it yourself, or set mailer = "COMMAND" in config.toml',
        )
    try:
        command = [*shlex.split(config.mailer), str(draft)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error).rstrip(".").lower()
        raise _failed(config, why, draft) from error
    try:
        status = process.wait(_WAIT)
    except subprocess.TimeoutExpired:
        return command[0]
    if status:
        raise _failed(config, f"it ended with status {status}", draft)
    return command[0]


def _failed(config: Config, why: str, draft: Path) -> DocketError:
    return DocketError(
        f"The mailer {config.mailer[:40]} did not take the draft",
        why,
        f"The draft lies in {draft}; correct mailer in config.toml",
    )
