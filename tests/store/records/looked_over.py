"""A text that is no entry, looked over as an entry is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from store.records.review.look_over import Lens, Noticed


def look_over_text(
    text: str,
    others: Mapping[str, str],
    *,
    client: str = "",
    field: str = "text",
    names: Collection[str] = (),
    contacts: Collection[str] = (),
    addresses: Iterable[str] = (),
) -> tuple[Noticed, ...]:
    """Return what to look at again in a text that is no entry, such as a letter or a final report.

    `names` and `contacts` are this client's and my own, which may stand in it.
    """
    lens = Lens(names, contacts, others, addresses)
    found = lens.look(client, None, field, text, sentence=True)
    return (*found, *lens.settlement(client, None, field, text))
