"""The files that a platform is sent: their fields, sizes and pages, and what a form refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from store.records.dispute.material import Labelled, Material
from store.records.markdown import Md, as_plain, inline
from store.records.platform.fitting import PackLine
from store.records.platform.forms import FileRule, PlatformForm
from store.records.platform.lines import PRINTABLE, for_me, name_sent
from store.records.platform.pack import belongs_to

_MEGABYTE = 1_000_000


def files_named(material: Material, form: PlatformForm) -> list[PackLine]:
    """Return every file with the field it goes into, and what is to be known before it is sent."""
    say, found = material.texts.say, list(material.exhibits.values())
    if not found:
        return [PackLine(as_plain(say("platform.no-files")))]
    fields = exhibit_fields(material, form)
    lines = [PackLine(as_plain(say("platform.files")))]
    for one in found:
        lines.append(PackLine(as_plain(_file(material, one, fields.get(one.label, "")))))
        lines += _refused(material, one, form)
    for rule in form.rules:
        lines += _rule(material, form, found, rule)
    printed = [Md(f"{slot.name}.pdf") for slot in form.slots if slot.file]
    if printed:
        lines.append(for_me(say("platform.one-file", fields=printed)))
    lines += _to_join(material, form, fields)
    return [*lines, for_me(say("platform.only-these"))]


def _to_join(
    material: Material, form: PlatformForm, fields: Mapping[str, str]
) -> Iterator[PackLine]:
    """Yield the fields that several files are for, and that none is printed for as a whole."""
    printed = {slot.name for slot in form.slots if slot.file}
    for name in dict.fromkeys(paper.name for paper in form.papers if paper.name not in printed):
        mine = [one for one in material.exhibits.values() if fields.get(one.label) == name]
        if len(mine) > 1:
            files = [inline(name_sent(material, one)) for one in mine]
            yield for_me(material.texts.say("platform.join", field=Md(name), files=files))


def exhibit_fields(material: Material, form: PlatformForm) -> dict[str, str]:
    """Return the field that each exhibit goes into, by its label; each goes into one."""
    fields: dict[str, str] = {}
    for paper in form.papers:
        for label in belongs_to(material, paper.of):
            fields.setdefault(label, paper.name)
    return fields


def _file(material: Material, one: Labelled, field: str) -> Md:
    say, pages = material.texts.say, material.pages.get(one.exhibit.sha256)
    return say(
        "platform.file",
        file=inline(one.file),
        what=inline(" ".join(one.exhibit.name.split())),
        size=_megabytes(one.exhibit.size),
        pages=say("platform.pages", n=pages) if pages else None,
        field=Md(field) or None,
    )


def _refused(material: Material, one: Labelled, form: PlatformForm) -> Iterator[PackLine]:
    """Yield why a form refuses a file as it is, or nobody could read it there."""
    say, file = material.texts.say, inline(one.file)
    if not form.takes(one.file):
        taken = [kind.upper() for kind in form.formats if kind != "jpeg"]
        printed = inline(name_sent(material, one))
        how = "taken" if one.file.endswith(PRINTABLE) else "printed"
        yield for_me(say(f"platform.not-{how}", file=file, formats=taken, printed=printed))
        return
    for rule in form.rules:
        if rule.each and one.exhibit.size > rule.each * _MEGABYTE:
            yield for_me(say("platform.too-heavy", file=file, each=rule.each))


def _rule(
    material: Material, form: PlatformForm, found: Sequence[Labelled], rule: FileRule
) -> Iterator[PackLine]:
    """Yield what somebody takes of all files together, and whether these are more."""
    say, kept = material.texts.say, [one for one in found if form.takes(one.file)]
    size = sum(one.exhibit.size for one in found)
    pages = sum(material.pages.get(one.exhibit.sha256, 1) for one in kept)
    megabytes = say("platform.megabytes", n=rule.megabytes) if rule.megabytes else None
    most = say("platform.pages", n=rule.pages) if rule.pages else None
    said = say(
        "platform.rule",
        who=rule.who,
        size=_megabytes(size),
        here=say("platform.pages", n=pages) if kept else None,
        most=[one for one in (megabytes, most) if one],
        printed=[inline(name_sent(material, one)) for one in found if one not in kept] or None,
    )
    yield PackLine(as_plain(said))
    heavy = rule.megabytes and size > rule.megabytes * _MEGABYTE
    if heavy or (rule.pages and pages > rule.pages):
        yield for_me(say("platform.too-much", who=rule.who))


def _megabytes(size: int) -> Decimal:
    """Return bytes in megabytes, as a form counts them; never none of a file that is there."""
    return max(Decimal("0.01"), (Decimal(size) / _MEGABYTE).quantize(Decimal("0.01")))
