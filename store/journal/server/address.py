"""The address of a workspace on a server: a PostgreSQL URL that also names the workspace."""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from store.errors import UsageError

DEFAULT: Final = "studio"
"""The workspace that is meant where the address names none."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class ServerAddress(NamedTuple):
    """A URL as the driver takes it, without its password; which workspace; and the password."""

    url: str
    workspace: str
    password: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the address that is spelled `postgresql://...?workspace=NAME`; or UsageError."""
        try:
            parts = urlsplit(text)
            options = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=False)
            password, user, host = (
                part or "" for part in (parts.password, parts.username, parts.hostname)
            )
            port = parts.port
        except ValueError as error:
            raise _wrong(str(error)) from error
        names = [value for name, value in options if name == "workspace"] or [DEFAULT]
        if len(names) > 1 or not _NAME.fullmatch(names[0]):
            raise _wrong("a workspace has one name, of a-z, 0-9 and hyphens")
        place = f"[{host}]" if ":" in host else quote(host, safe="")
        place = f"{place}:{port}" if port else place
        at = f"{user}@{place}" if user else place
        rest = sorted((name, value) for name, value in options if name != "workspace")
        url = urlunsplit(("postgresql", at, parts.path, urlencode(rest), ""))
        return cls(url if at else url.replace(":/", ":///", 1), names[0], unquote(password))

    def __str__(self) -> str:
        """Return how the address is spelled, without its password."""
        return f"{self.url}{'&' if '?' in self.url else '?'}workspace={self.workspace}"

    @property
    def folder(self) -> str:
        """The name of the folder that a machine keeps for it, of this user's alone."""
        return f"{self.workspace}-{hashlib.sha256(str(self).encode()).hexdigest()[:12]}"

    @property
    def said(self) -> str:
        """What it is called in a sentence."""
        parts = urlsplit(self.url)
        host = parts.hostname or dict(parse_qsl(parts.query)).get("host", "") or "localhost"
        return f"The server {host}"


def is_address(text: str) -> bool:
    """Return whether this names a workspace on a server, and no folder."""
    return text.startswith(("postgresql://", "postgres://"))


def _wrong(why: str) -> UsageError:
    return UsageError(
        "That address names no workspace",
        why,
        "Write postgresql://USER@HOST/DATABASE?workspace=NAME",
    )
