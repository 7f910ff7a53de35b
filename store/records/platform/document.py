"""`platform.txt`: a block of plain text for each field of a form, with its count, and the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.records.dispute.material import Material
from store.records.markdown import Md, as_plain
from store.records.platform.files import files_named
from store.records.platform.fitting import Fitted, as_pasted, characters, cut_to
from store.records.platform.forms import PackSlot, PlatformForm, ShortField, platform_form
from store.records.platform.pack import told

PACK_FILE = "platform.txt"
"""What it is called in a record's folder."""
_BEFORE_NOTE = "! "
"""What is to be read and not to be pasted begins with this."""


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """A field as it is filled in; `fit` is what a cut leaves of it, or would leave."""

    slot: PackSlot
    text: str
    fit: Fitted
    asides: tuple[str, ...] = ()
    """What to add or to explain before it is sent."""

    @property
    def count(self) -> int:
        """How many characters it has, as a form counts them."""
        return characters(self.text)

    @property
    def over(self) -> int:
        """How many characters are too many."""
        return max(0, self.count - self.slot.limit)


@dataclass(frozen=True, slots=True)
class Pack:
    """All fields of a form filled in, and the whole of `platform.txt`."""

    slots: tuple[FilledSlot, ...]
    text: str

    @property
    def too_long(self) -> tuple[FilledSlot, ...]:
        """The fields that hold more than the form takes."""
        return tuple(one for one in self.slots if one.over)


def platform_pack(material: Material) -> Pack:
    """Return the pack of a record, for the form that its options name."""
    form = platform_form(material.options.form)
    material.texts.fell_back = False  # the record did; that is told there
    slots = tuple(_filled(material, slot) for slot in form.slots)
    blocks = [
        *_head(material),
        *(_block(material, one) for one in slots),
        *_short(material, form.short),
        _together(material, slots, form),
        _files(material, form),
    ]
    if material.texts.fell_back:
        blocks.append(_BEFORE_NOTE + as_plain(material.texts.say("words.parts-in-english")))
    return Pack(slots, "\n\n".join(blocks) + "\n")


def _filled(material: Material, slot: PackSlot) -> FilledSlot:
    found = [piece for what in slot.holds for piece in told(material, what)]
    pieces = [piece for piece in found if piece.rank != "aside"]
    asides = tuple(piece.text for piece in found if piece.rank == "aside")
    fit = cut_to(pieces, slot.limit)
    text = fit.text if material.options.cut else as_pasted(pieces)
    return FilledSlot(slot, text, fit, asides)


def _head(material: Material) -> Iterator[str]:
    say, options = material.texts.say, material.options
    form = say(f"platform.form.{options.form}")
    yield as_plain(say("platform.title", client=material.name, form=form, day=material.today))
    if options.answer_by:
        yield as_plain(say("platform.answer-by", day=options.answer_by))
    else:
        yield _BEFORE_NOTE + as_plain(say("platform.no-answer-by"))
    yield as_plain(say("platform.once"))
    yield as_plain(say("platform.how", mark=Md(_BEFORE_NOTE.strip())))


def _short(material: Material, fields: Iterable[ShortField]) -> Iterator[str]:
    """Yield the block of the short fields of which something is known."""
    profile, docket = material.docket.profile, material.docket
    known = {
        "name": profile.contract_name or material.name,
        "email": profile.email or "",
        "address": profile.address or "",
        "delivered": min((one.day for one in docket.kind("delivery")), default=None),
    }
    say = material.texts.say
    lines = [
        say("platform.short-field", field=Md(one.name), value=known[one.what])
        for one in fields
        if known[one.what]
    ]
    if lines:
        yield "\n".join(map(as_plain, [say("platform.short"), *lines]))


def _block(material: Material, one: FilledSlot) -> str:
    say = material.texts.say
    heading = material.texts.listed([say(f"platform.heading.{what}") for what in one.slot.holds])
    head = say(
        "platform.block",
        heading=heading,
        field=Md(one.slot.name),
        count=one.count,
        limit=one.slot.limit,
    )
    notes = [f"{_BEFORE_NOTE}{note}" for note in _notes(material, one)]
    empty = one.text or f"{_BEFORE_NOTE}{as_plain(say('platform.empty'))}"
    return "\n".join([as_plain(head), *notes, empty])


def _notes(material: Material, one: FilledSlot) -> Iterator[str]:
    """Yield what is too much in a field and what a cut leaves out, or what this one did."""
    say, fit = material.texts.say, one.fit
    yield from one.asides
    if one.slot.file:
        yield as_plain(say("platform.takes-file", file=Md(f"{one.slot.name}.pdf")))
    gone = [say(f"platform.cut.{rank}", n=count) for rank, count in fit.gone]
    if one.over and not material.options.cut:
        yield as_plain(say("platform.too-long", n=one.over))
        if gone:
            yield as_plain(say("platform.would-cut", gone=gone, option=Md("--cut")))
    elif gone and material.options.cut:
        yield as_plain(say("platform.was-cut", gone=gone))
    if fit.over:
        yield as_plain(say("platform.still-too-long", n=fit.over))


def _together(material: Material, slots: Sequence[FilledSlot], form: PlatformForm) -> str:
    count = sum(one.count for one in slots)
    words = material.texts.say("platform.together", count=count, limit=form.together)
    over = max(0, count - form.together)
    more = f"\n{_BEFORE_NOTE}{as_plain(material.texts.say('platform.too-long', n=over))}"
    return as_plain(words) + (more if over else "")


def _files(material: Material, form: PlatformForm) -> str:
    marks = {"aside": _BEFORE_NOTE}
    return "\n".join(marks.get(one.rank, "") + one.text for one in files_named(material, form))
