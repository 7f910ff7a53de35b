"""What to look at again before a record goes out: its tone, and whom else it tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from store.anchors import Shelf
from store.client_ids import name_at_hand
from store.docket import Docket
from store.entries import Entry
from store.errors import DocketError
from store.journal import Line
from store.languages import ENGLISH
from store.records.dispute.material import Material
from store.records.folder.exhibits import Unsure, look_through_exhibits, said_to_settle
from store.records.redaction.plan import plan
from store.records.review.case import OpenPoint, open_points, too_small_pictures
from store.records.review.look_over import Lens, Noticed, look_over, unnamed
from store.workspace import Workspace


def before_written(workspace: Workspace, material: Material) -> tuple[Noticed, ...]:
    """Return what to look at in the entries that a record shows."""
    client, by, purpose = material.client, material.options.prepared_by, material.options.purpose
    if purpose == "public":
        return _unnamed(workspace, client, by)  # no word of an entry is in it
    settles = purpose != "mediator"
    noticed = _noticed(workspace, client, material.entries, by, settles=settles)
    beside = _beside(workspace, material) if settles else ()
    return (*noticed, *_given(workspace, material), *beside)


def open_in_case(workspace: Workspace, material: Material) -> tuple[OpenPoint, ...]:
    """Return what is open in the case that a record makes (see OpenPoint)."""
    kept = (one.anchor for one in Shelf(workspace.root).of(material.client))
    anchors = [one for one in kept if one]
    points = open_points(material, anchors)
    return (*points, *too_small_pictures(material, workspace.root / "exhibits"))


def before_sent(
    workspace: Workspace, docket: Docket, told: Collection[int], by: str
) -> tuple[Noticed, ...]:
    """Return what to look at in the entries that another document prints, `told` by number."""
    entries = []
    for entry in docket.entries:
        corrects = entry.link("amends", "adds-to", "voids")
        if entry.seq in told or entry.kind == "client" or (corrects and corrects.seq in told):
            entries.append(entry)
    return _noticed(workspace, docket.client, entries, by)


def _noticed(
    workspace: Workspace, client: str, entries: Iterable[Entry], by: str, *, settles: bool = True
) -> tuple[Noticed, ...]:
    others, mine = _other_names(workspace, client), (workspace.author, by)
    found = look_over(entries, others, mine=mine, settles=settles)
    return (*_unnamed(workspace, client, by), *found)


def _unnamed(workspace: Workspace, client: str, by: str) -> tuple[Noticed, ...]:
    """Return that a document `by` somebody names no name you have set, if that is so."""
    unset = not workspace.config.author and by == workspace.author
    return (unnamed(client, by),) if unset else ()


def _given(workspace: Workspace, material: Material) -> Iterator[Noticed]:
    """Yield what to look at in the words that were given with the record itself (advice 5)."""
    profile, options = material.docket.profile, material.options
    names = filter(None, (profile.name, profile.contract_name, workspace.author))
    lens = Lens(names, language=profile.language or ENGLISH)
    own = {"remedy": options.remedy, "reason given": options.because}
    for field, text in {**own, "offer to settle": options.would_accept}.items():
        yield from lens.words(material.client, None, field, text)


def _beside(workspace: Workspace, material: Material) -> Iterator[Noticed]:
    """Yield the settlement talk in what is asked for, and in the files that go with the entries."""
    lens, client = Lens(()), material.client
    yield from lens.settlement(client, None, "remedy", material.options.remedy)
    for sha256, one in material.exhibits.items():
        path = workspace.root / "exhibits" / sha256
        if one.entry.visibility != "settlement" and path.is_file():
            for told in said_to_settle(path):
                field = f"exhibits, {one.label}"
                yield from lens.settlement(client, one.entry.seq, field, told)


def unread_exhibits(
    workspace: Workspace, material: Material, lines: Sequence[Line]
) -> tuple[Unsure, ...]:
    """Return the exhibits of which not all can be read for what is to be withheld.

    Raises RecordError where one holds it, as writing the record would.
    """
    if not material.options.redact:
        return ()
    needles = plan(lines, material.options).needles
    return look_through_exhibits(material, workspace.root / "exhibits", needles)


def _other_names(workspace: Workspace, client: str) -> dict[str, str]:
    """Return the names of all clients but one, by id; one that cannot be read is passed over."""
    names = {}
    for other in workspace.client_ids():
        if other != client:
            names[other] = name_at_hand(workspace.path(other)) or _name(workspace, other)
    return {other: name for other, name in names.items() if name}


def _name(workspace: Workspace, client: str) -> str:
    try:
        return workspace.docket(client).name
    except DocketError:
        return ""
