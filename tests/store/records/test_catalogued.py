"""All that a record says comes from the catalogue: in a made-up language nothing is in English.

Each sentence of the made-up language is the English one between two marks, so that what stands
between none is a fact, or words that code put there by itself.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

import store.records.texts as records_texts
from store.entries import KINDS, Entry, IncidentData
from store.entries.data import Data
from store.entries.model import WholeEntry
from store.entries.parts import Refs
from store.languages import ENGLISH
from store.records import RecordOptions, Section
from store.records.dispute.sections import chronology, keeping
from store.records.document import Document
from store.records.elapsed import elapsed_paper
from store.records.markdown import Md
from store.records.mediator import mediator_brief
from store.records.platform.document import platform_pack
from store.records.platform.forms import platform_form
from store.records.statement.document import statement
from store.records.statement.figures import StatementOptions
from store.records.texts import TEXTS, catalogue
from store.working_days import MON_FRI
from tests.store.building import TODAY, entry
from tests.store.records.case import NOW, Case
from tests.store.records.test_sentences import told
from tests.store.records.year import year

MADE_UP = "fi"
"""The code it goes by, since days and sums are said as some language does."""
OPEN, SHUT = "⟦", "⟧"
_FACT = re.compile(r"\{[^}]*\}")
_LINE = re.compile(r"([a-z][^:\s]*: )(.*)")
_KEPT = re.compile(rf"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")
_WITHHELD = re.compile(r"\\\[withheld: .*?, digest [0-9a-f]{8}\]")
"""What stands in place of what is withheld, in every language: a stranger looks for it."""
_OF_FACTS = re.compile(r"päivää?|\w+kuu(?:ta)?\b")
"""The words of days and of spans of them in that language."""


FIELDS = sorted(
    {*WholeEntry.model_fields, *Refs.model_fields}.union(
        *(shape.model_fields for shape in Data.__subclasses__()),
        *(shape.model_fields for shape in IncidentData.__subclasses__()),
    )
)
"""Every field that an amendment can name."""
CORRECTED = {
    "no-reply": {"channel": "phone", "source": "told-by", "precision": "about", "my_share": True},
    "warning": {"statement": "", "occurred_at": "2026-11-02T00:00:00Z", "worked": "partly"},
    "delivery": {"where": None, "links": [], "quotes": []},
    "request": {"needed_by": "2026-12-01", "seeks": "leave", "visibility": "internal"},
    "hours": {"hours": "3", "spent": "rework"},
    "promise": {"due": "2026-12-24", "by": "me"},
    "blame": {"in_writing": False, "severity": 3, "unheard": "of"},
}
"""Corrections by the kind of entry they are of: choices, yes and no, nothing, what is unknown."""


def _corrected() -> list[Entry]:
    """Return entries each of which is corrected, added to and withdrawn."""
    made = [entry(1, "client", 99, "Saarni", data={"name": "Saarni Oy"})]
    shaped = {
        "hours": {"hours": "2"},
        "promise": {"by": "client", "due": TODAY.isoformat()},
        "delivery": {"where": "Saarni"},
    }
    for kind, changes in CORRECTED.items():
        at, data = len(made) + 1, shaped.get(kind, {})
        made.append(entry(at, kind, 60, "Saarni", data=data))
        made.append(
            entry(at + 1, "amendment", 9, "Saarni", data={"changes": changes}, link=("amends", at))
        )
        made.append(entry(at + 2, "addendum", 8, "Saarni", link=("adds-to", at)))
    made.append(entry(len(made) + 1, "void", 7, "Saarni", link=("voids", 2)))
    made.append(entry(len(made) + 1, "void", 7, "Saarni", link=("voids", 6)))
    return made


def _marked(pattern: str) -> str:
    """Return a pattern with marks round its words, and none round its facts."""
    cells = (_FACT.sub(rf"{SHUT}\g<0>{OPEN}", cell) for cell in pattern.split(" | "))
    return " | ".join(f"{OPEN}{cell}{SHUT}" for cell in cells)


def _made_up(raw: str) -> str:
    lines = re.sub(r"\n[ \t]+", " ", raw).split("\n")
    found = (_LINE.fullmatch(line) for line in lines if not line.startswith("#"))
    return "\n".join(f"{one[1]}{_marked(one[2])}" for one in found if one)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Return the year, where the made-up language is the one of its documents."""
    folder = tmp_path_factory.mktemp("texts")
    shutil.copytree(TEXTS / ENGLISH, folder / ENGLISH)
    (folder / MADE_UP).mkdir()
    for path in (TEXTS / ENGLISH).glob("*.txt"):
        (folder / MADE_UP / path.name).write_text(_made_up(path.read_text("utf-8")), "utf-8")
    kinds = (f"{name}: {_marked(kind.neutral or kind.label)}" for name, kind in KINDS.items())
    (folder / MADE_UP / "kinds.txt").write_text("\n".join(kinds), "utf-8")
    fields = (f"{name}: {_marked('what was corrected')}" for name in FIELDS)
    (folder / MADE_UP / "fields.txt").write_text("\n".join(fields), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records_texts, "TEXTS", folder)
        catalogue.cache_clear()
        yield year(tmp_path_factory.mktemp("year"))
    catalogue.cache_clear()


def in_english(record: Document, case: Case) -> list[str]:
    """Return what stands between no marks, and is no word of what was logged."""
    typed = " ".join(str(line.fields) for line in case.workspace.file("acme").lines)
    return unmarked(record.sections, f"{typed} Ann Berg privacy UTC")


def unmarked(sections: Sequence[Section], typed: str) -> list[str]:
    """Return what stands between no marks in these sections, and was not `typed`."""
    left = []
    for section in sections:
        said = _WITHHELD.sub("", f"{section.title}\n{section.body}").replace("`@`", "@")
        for line in re.sub(r"`[^`]*`|[0-9a-f]{64}|\\", "", said).split("\n"):
            for part in re.split(r"\||\0", _KEPT.sub("\0", line)):
                words = re.findall(r"[^\W\d_]{3,}", _OF_FACTS.sub("", part))
                left += [part.strip()] if any(word not in typed for word in words) else []
    return left


@pytest.mark.parametrize(
    "options",
    [
        RecordOptions("court", None, None, "Ann Berg", language=MADE_UP),
        RecordOptions("platform", None, None, "Ann Berg", redact=("Kari",), language=MADE_UP),
        RecordOptions("own", None, None, "Ann Berg", kinds=("excuse",), language=MADE_UP),
        RecordOptions("public", None, None, "Ann Berg", language=MADE_UP),
    ],
    ids=lambda options: "extract" if options.kinds else options.purpose,
)
def test_nothing_of_a_record_is_said_by_code(case: Case, options: RecordOptions) -> None:
    record = case.record(
        options.purpose,
        kinds=options.kinds,
        redact=options.redact,
        because=options.because,
        language=MADE_UP,
    )
    assert record.title.startswith(OPEN)
    assert in_english(record, case) == []


@pytest.mark.usefixtures("case")
def test_nothing_of_a_correction_is_said_by_code() -> None:
    material = told(*_corrected(), language=MADE_UP)
    said = (keeping.amendments(material), chronology.chronology(material))
    assert unmarked([Section("", one) for one in said], "Saarni") == []


def test_nothing_of_where_the_time_went_is_said_by_code(case: Case) -> None:
    paper = elapsed_paper(case.workspace.docket("acme"), MON_FRI, "Ann Berg", NOW, MADE_UP)
    assert paper.title.startswith(OPEN)
    assert in_english(paper, case) == []


def test_nothing_of_a_statement_is_said_by_code(case: Case) -> None:
    options = StatementOptions("EUR", None, NOW.date(), "Ann Berg", language=MADE_UP)
    made = statement(case.workspace.docket("acme"), options, NOW)
    assert made.title.startswith(OPEN)
    assert in_english(made, case) == []


def test_nothing_that_goes_before_a_record_is_said_by_code(case: Case) -> None:
    record = case.record("mediator", language=MADE_UP)
    brief = mediator_brief(record.material)
    assert brief.title.startswith(OPEN)
    assert in_english(replace(record, sections=brief.sections), case) == []
    record = case.record("platform", language=MADE_UP)
    form = platform_form("card")
    text = platform_pack(record.material).text
    named = [one.name for rows in (form.slots, form.short, form.papers) for one in rows]
    for kept in (*named, *(rule.who for rule in form.rules)):
        text = text.replace(kept, "")
    text = re.sub("|".join(form.formats), "", text, flags=re.IGNORECASE)
    assert in_english(replace(record, sections=(Section(OPEN + SHUT, Md(text)),)), case) == []
