"""The tables of README.md, made from the registries by `python -m tests.docs.tables`."""

from __future__ import annotations

from pathlib import Path

from tui.cli.verbs import VERBS
from tui.commands import COMMANDS
from tui.keys import key_name

README = Path(__file__).parents[2] / "README.md"
BEGIN_WITH = {
    "keys": "log new-client decide next letter record card portfolio find-all checkin down up open"
    " amend palette help quit",
    "verbs": "new log invoice pay ask hours clients show decide record anchor backup",
}
"""What README lists, by id: the rest is in `docket keys` and `docket help`."""


def keys_table() -> str:
    """Return the table of the keys one begins with, a row per action."""
    rows = ["| key | action |", "|---|---|"]
    by_id = {command.id: command for command in COMMANDS}
    for command in (by_id[id_] for id_ in BEGIN_WITH["keys"].split()):
        keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
        rows.append(f"| {keys} | {command.help} |")
    return "\n".join(rows)


def verbs_table() -> str:
    """Return the table of the verbs one begins with."""
    rows = ["| command | what it does |", "|---|---|"]
    rows += (f"| `docket {name}` | {VERBS[name].line} |" for name in BEGIN_WITH["verbs"].split())
    return "\n".join(rows)


def renewed(readme: str) -> str:
    """Return `readme` with its generated tables as they should be today."""
    for name, table in (("keys", keys_table()), ("verbs", verbs_table())):
        before, opened, rest = readme.partition(f"<!-- {name}:")
        comment, arrow, _ = rest.partition("-->")
        after = rest.partition(f"<!-- /{name} -->")[2]
        readme = f"{before}{opened}{comment}{arrow}\n\n{table}\n\n<!-- /{name} -->{after}"
    return readme


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
