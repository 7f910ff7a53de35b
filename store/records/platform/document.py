"""`platform.txt`: a block of plain text for each field of a form, with its count, and the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.records.dispute.material import Labelled, Material
from store.records.markdown import Md, as_plain, inline
from store.records.platform.fitting import Fitted, as_pasted, characters, cut_to
from store.records.platform.forms import FileRule, PackSlot, PlatformForm, platform_form
from store.records.platform.pack import told

PACK_FILE = "platform.txt"
"""What it is called in a record's folder."""
_MEGABYTE = 1_000_000
_BEFORE_NOTE = "! "
"""What is to be read and not to be pasted begins with this."""


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """A field as it is filled in; `fit` is what a cut leaves of it, or would leave."""

    slot: PackSlot
    text: str
    fit: Fitted

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
        _together(material, slots, form),
        _files(material, form),
    ]
    if material.texts.fell_back:
        blocks.append(_BEFORE_NOTE + as_plain(material.texts.say("words.parts-in-english")))
    return Pack(slots, "\n\n".join(blocks) + "\n")


def _filled(material: Material, slot: PackSlot) -> FilledSlot:
    pieces = [piece for what in slot.holds for piece in told(material, what)]
    fit = cut_to(pieces, slot.limit)
    return FilledSlot(slot, fit.text if material.options.cut else as_pasted(pieces), fit)


def _head(material: Material) -> Iterator[str]:
    say, options = material.texts.say, material.options
    form = say(f"platform.form.{options.form}")
    yield as_plain(say("platform.title", client=material.name, form=form, day=material.today))
    if options.answer_by:
        yield as_plain(say("platform.answer-by", day=options.answer_by))
    yield as_plain(say("platform.once"))
    yield as_plain(say("platform.how", mark=Md(_BEFORE_NOTE.strip())))


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
    if one.slot.file:
        yield as_plain(say("platform.takes-file"))
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
    say, found = material.texts.say, list(material.exhibits.values())
    if not found:
        return as_plain(say("platform.no-files"))
    lines = [say("platform.files"), *(_file(material, one, form) for one in found)]
    fit = [one for one in found if form.takes(one.file)]
    lines += [_rule(material, fit, rule) for rule in form.rules if fit]
    return "\n".join(map(as_plain, lines))


def _file(material: Material, one: Labelled, form: PlatformForm) -> Md:
    """Return a file with its size and pages, and what is to be done where the form refuses it."""
    say, pages = material.texts.say, material.pages.get(one.exhibit.sha256)
    what = inline(" ".join(one.exhibit.name.split()))
    said = say(
        "platform.file",
        file=inline(one.file),
        what=what,
        size=_megabytes(one.exhibit.size),
        pages=say("platform.pages", n=pages) if pages else None,
    )
    if not form.takes(one.file):
        taken = [kind.upper() for kind in form.formats if kind != "jpeg"]
        return Md(f"{said} {say('platform.not-taken', formats=taken)}")
    heavy = [rule for rule in form.rules if rule.each and one.exhibit.size > rule.each * _MEGABYTE]
    return Md(" ".join([said, *(say("platform.too-heavy", each=rule.each) for rule in heavy)]))


def _rule(material: Material, found: Iterable[Labelled], rule: FileRule) -> Md:
    """Return what somebody takes of all files together, and whether these are more."""
    say, kept = material.texts.say, list(found)
    size = sum(one.exhibit.size for one in kept)
    pages = sum(material.pages.get(one.exhibit.sha256, 1) for one in kept)
    megabytes = say("platform.megabytes", n=rule.megabytes) if rule.megabytes else None
    most = say("platform.pages", n=rule.pages) if rule.pages else None
    said = say(
        "platform.rule",
        who=rule.who,
        size=_megabytes(size),
        here=say("platform.pages", n=pages),
        most=[one for one in (megabytes, most) if one],
    )
    heavy = rule.megabytes and size > rule.megabytes * _MEGABYTE
    long = rule.pages and pages > rule.pages
    return Md(f"{said} {say('platform.too-much')}") if heavy or long else said


def _megabytes(size: int) -> Decimal:
    """Return bytes in megabytes, as a form counts them; never none of a file that is there."""
    return max(Decimal("0.01"), (Decimal(size) / _MEGABYTE).quantize(Decimal("0.01")))
