"""The tables of README.md, made from the registries by `python -m tests.docs.tables`."""

from __future__ import annotations

from pathlib import Path

from tui.cli.verbs import GROUPS
from tui.commands import COMMANDS, PLACES, key_name

README = Path(__file__).parents[2] / "README.md"


def keys_table() -> str:
    """Return the key table: one row per action, in the order of the registry."""
    rows = ["| key | action | where |", "|---|---|---|"]
    for command in COMMANDS:
        keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
        where = ", ".join(PLACES[place].lower() for place in command.where)
        rows.append(f"| {keys} | {command.help} | {where} |")
    return "\n".join(rows)


def verbs_table() -> str:
    """Return the table of commands: one row per verb, by group."""
    rows = ["| command | what it does |", "|---|---|"]
    for verbs in GROUPS.values():
        rows.extend(f"| `docket {name}` | {verb.line} |" for name, verb in verbs.items())
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
