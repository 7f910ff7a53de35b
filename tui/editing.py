"""The user's editor: which command it is."""

from __future__ import annotations

import os
import shlex

from store.errors import DocketError


def editor_command() -> list[str]:
    """Return the words of $VISUAL, $EDITOR or vi; DocketError where they cannot be read."""
    typed = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(typed) or ["vi"]
    except ValueError as error:
        raise DocketError(
            f"The editor {typed[:40]} cannot be started",
            str(error).rstrip(".").lower(),
            "Correct $VISUAL or $EDITOR",
        ) from error
