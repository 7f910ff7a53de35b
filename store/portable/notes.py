"""Dockets as a folder of Markdown notes that link to each other, as Obsidian reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.docket import Docket, Standing
from store.entries.describe import in_short
from store.records.markdown import block, front_matter, inline
from store.text import slug


def as_notes(dockets: Iterable[Docket]) -> Iterator[tuple[str, str]]:
    """Yield each note as its path, with `/` between folder and file, and its text.

    A client has a folder, with a note for each entry and one that lists them by day.
    """
    for docket in dockets:
        listed = []
        for one in docket.standing:
            name = _name(docket, one)
            yield f"{docket.client}/{name}.md", "\n".join(_note(docket, one)) + "\n"
            listed.append(f"- [[{name}]] {inline(one.entry.kind)}{' (void)' * bool(one.void)}")
        head = front_matter({"client": docket.client, "name": docket.name})
        whole = [head, "", f"# {inline(docket.name)}", "", *listed]
        yield f"{docket.client}/{docket.client}.md", "\n".join(whole) + "\n"


def _name(docket: Docket, one: Standing) -> str:
    """Return the name of a note: one of its own, that no file system refuses."""
    return f"{docket.client} {one.seq:04} {one.entry.day.isoformat()} {one.entry.kind}"


def _note(docket: Docket, one: Standing) -> Iterator[str]:
    entry = one.entry
    told: dict[str, str | int] = {
        "client": docket.client,
        "number": one.seq,
        "kind": entry.kind,
        "date": entry.occurred_at.isoformat(),
        "recorded": entry.recorded_at.isoformat(),
    }
    if entry.refs.project:
        told["project"] = entry.refs.project
    yield front_matter(told)
    yield ""
    if one.void:
        yield f"**Void**, withdrawn by number {one.void.seq}."
        yield ""
    for line in filter(str.strip, entry.statement.split("\n")):
        yield inline(line)
        yield ""
    for quote in entry.quotes:
        yield block(quote.text)
        yield ""
        yield f"{inline(quote.by)}"
        yield ""
    if data := in_short(entry.data):
        yield inline(data)
        yield ""
    for link in entry.links:
        if other := docket.find(link.seq):
            yield f"{inline(link.rel)}: [[{_name(docket, other)}]]"
    tags = " ".join(f"#{tag}" for tag in filter(None, ("docket", slug(entry.kind))))
    yield tags
