"""A line of a platform's pack: with the files that go with it, or for the user's eyes alone."""

from __future__ import annotations

from typing import Final

from store.entries import Entry
from store.records.dispute.material import Labelled, Material
from store.records.markdown import Md, as_plain
from store.records.platform.fitting import PackLine, Rank
from store.records.platform.forms import platform_form

PRINTABLE: Final = (".eml", ".msg", ".txt", ".md")
"""What ends the name of a file that is printed to a PDF where a form does not take it."""


def pack_line(material: Material, words: Md, *entries: Entry, rank: Rank = "kept") -> PackLine:
    """Return a line with the names of the files that go with these entries, as they are sent."""
    labels = set(material.labels(one.seq for one in entries))
    if labels:
        named = [name_sent(material, one) for one in material.exhibits.values()]
        files = [name for name in named if name.partition(".")[0] in labels]
        words = material.texts.say("platform.with-files", words=words, files=Md(", ".join(files)))
    return PackLine(as_plain(words), rank)


def for_me(words: Md) -> PackLine:
    """Return a line that is read before a field is sent, and does not go into it."""
    return PackLine(as_plain(words), "aside")


def name_sent(material: Material, one: Labelled) -> str:
    """Return what a file is called as the form takes it: printed to a PDF where it must be."""
    if platform_form(material.options.form).takes(one.file):
        return one.file
    return f"{one.label}.pdf"


def on_one_line(text: str) -> str:
    """Return a text on one line, as a field has it."""
    return " ".join(text.split())
