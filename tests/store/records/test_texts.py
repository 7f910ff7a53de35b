"""The sentences of the documents: each key is used, each fact is given, each language agrees."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import store.records.texts as records_texts
from store.entries import KINDS
from store.errors import DocketError
from store.languages import ENGLISH
from store.languages.catalogue import COUNTED, Sentence, read_catalogue
from store.languages.values import plural_forms
from store.recheck.sums import main as check_sums
from store.records import RecordOptions, verify_record, write_record
from store.records.markdown import Md
from store.records.texts import TEXTS, Texts, catalogue, has_document
from store.records.welcome import welcome_document
from tests.store.building import TODAY, docket, entry
from tests.store.records.case import Case

RECORDS = TEXTS.parent
OTHERS = sorted({path.parent.name for path in TEXTS.glob("*/*.txt")} - {ENGLISH})


@dataclass(frozen=True)
class Call:
    """One place where a sentence is said: where, its key as a pattern, and the facts it gives."""

    where: str
    key: re.Pattern[str]
    facts: frozenset[str] | None


@cache
def english() -> dict[str, Sentence]:
    """Return every English sentence by its whole key."""
    return {
        f"{path.stem}.{key}": sentence
        for path in sorted((TEXTS / ENGLISH).glob("*.txt"))
        for key, sentence in catalogue(ENGLISH, path.stem).items()
    }


@cache
def calls() -> tuple[Call, ...]:
    """Return every call of `say`, `plain_text` and `columns` in the documents' code."""
    return tuple(call for path in sorted(RECORDS.rglob("*.py")) for call in _calls_of(path))


def _calls_of(path: Path) -> Iterator[Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        named = node.func if isinstance(node, ast.Call) else None
        name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
        if (
            not isinstance(node, ast.Call)
            or name not in ("say", "plain_text", "columns")
            or not node.args
        ):
            continue
        where = f"{path.relative_to(RECORDS)}:{node.lineno}"
        if (pattern := _key(node.args[0])) is None:
            assert path.parent == TEXTS, f"{where}: the key is not written there"
            continue
        given = frozenset(word.arg for word in node.keywords if word.arg)
        open_ = any(word.arg is None for word in node.keywords)
        yield Call(where, re.compile(pattern), None if open_ else given)


def _key(node: ast.expr) -> str | None:
    """Return a pattern of the keys that an argument can be, if it says them itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+"
            for part in node.values
        ]
        return "".join(parts)
    return None


def test_each_sentence_that_is_said_is_there_and_is_given_the_facts_it_names() -> None:
    wrong = []
    for call in calls():
        found = [one for key, one in english().items() if call.key.fullmatch(key)]
        wrong += [] if found else [f"{call.where}: no sentence {call.key.pattern}"]
        if call.facts is not None:
            named = {name for one in found for name in one.facts}
            wrong += [f"{call.where}: {sorted(call.facts ^ named)}"] if call.facts != named else []
    assert wrong == []


def test_no_sentence_is_said_nowhere() -> None:
    unsaid = {key for key in english() if not any(call.key.fullmatch(key) for call in calls())}
    assert unsaid == set()


@pytest.mark.parametrize("code", [ENGLISH, *OTHERS])
def test_a_language_counts_as_it_does(code: str) -> None:
    for path in sorted((TEXTS / code).glob("*.txt")):
        for key, one in catalogue(code, path.stem).items():
            if one.counts:
                forms = {form for form in one.forms if not form.startswith("=")}
                assert forms == plural_forms(code), f"{code}/{path.name}: {key}"


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_names_the_facts_of_the_english(code: str) -> None:
    for path in sorted((TEXTS / code).glob("*.txt")):
        for key, one in catalogue(code, path.stem).items():
            if path.stem in ("kinds", "fields", "front"):  # English has these elsewhere
                assert (key in KINDS or path.stem != "kinds") and not one.facts
                continue
            model = english()[f"{path.stem}.{key}"]
            assert one.facts - {COUNTED} == model.facts - {COUNTED}, f"{code}/{path.name}: {key}"


@pytest.fixture
def finnish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give Finnish a few words of a record."""
    folder = tmp_path / "texts"
    shutil.copytree(TEXTS / ENGLISH, folder / ENGLISH)
    (folder / "fi").mkdir()
    record = "title.record: Selvitys: {client}\nheading.summary: Yhteenveto\n"
    (folder / "fi" / "record.txt").write_text(record, "utf-8")
    words = "section: kohta {number}\nannex: Liite {letter}\n"
    (folder / "fi" / "words.txt").write_text(words, "utf-8")
    monkeypatch.setattr(records_texts, "TEXTS", folder)
    catalogue.cache_clear()
    yield
    catalogue.cache_clear()


@pytest.mark.usefixtures("finnish")
def test_a_record_in_another_language_is_made_again_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Case(tmp_path)
    case.log("note", "2026-05-01", "Hei")
    options = RecordOptions("own", None, None, "Jo Ek", language="fi", html=True)
    written = write_record(case.workspace, "acme", options, tmp_path / "out")
    text = written.document.read_text("utf-8")
    assert "# Selvitys: " in text and "## 1. Yhteenveto" in text and 'language: "fi"' in text
    assert "## Liite A. Corrections" in text
    left = text.splitlines()[-1]
    assert left.startswith("In English, for want of words of this language: 1. Yhteenveto; 2. ")
    page = next(written.folder.glob("*.html")).read_text("utf-8")
    assert '<html lang="fi"' in page and 'class="annexes"' in page
    assert verify_record(written.folder).findings == ()
    manifest = json.loads((written.folder / "manifest.json").read_bytes())
    assert manifest["options"]["language"] == "fi"
    assert "leaves it to you to look for them" in (written.folder / "VERIFY.md").read_text("utf-8")
    assert check_sums(written.folder) == 2, "2 302,50 and a sign are no sum to the script"
    assert capsys.readouterr().out.endswith("look by eye whether it prints these sums\n")


def test_a_record_in_a_language_without_words_stays_english_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(tmp_path)
    options = RecordOptions("own", None, None, "Jo Ek", language="sv")
    written = write_record(case.workspace, "acme", options, tmp_path / "out")
    assert "language" not in json.loads((written.folder / "manifest.json").read_bytes())["options"]
    assert check_sums(written.folder) == 0
    shutil.copytree(TEXTS / ENGLISH, tmp_path / "texts" / ENGLISH)
    (tmp_path / "texts" / "sv").mkdir()
    (tmp_path / "texts" / "sv" / "record.txt").write_text("heading.summary: Översikt\n", "utf-8")
    monkeypatch.setattr(records_texts, "TEXTS", tmp_path / "texts")  # an update brings its words
    catalogue.cache_clear()
    assert has_document("sv", "record")
    assert verify_record(written.folder).findings == ()
    catalogue.cache_clear()


def test_what_is_typed_in_a_file_is_read_or_told_of_in_one_line() -> None:
    read = read_catalogue(
        "# note\nkey: a\n  b {who}[, {day:short}]\n\nn[one]: x\nn[other]: y {n}\n", "f"
    )
    assert read["key"].pattern("") == "a b {who}[, {day:short}]"
    assert (read["n"].pattern("one"), read["n"].pattern("few")) == ("x", "y {n}")
    for raw, says in (
        ("Key: a", "line 1: 'Key: a' has no key"),
        ("a: b\na: c", "line 2: 'a' is there already"),
        ("a: b\n\n  c", "line 3: it goes on with no sentence"),
        ("a: {who:of}", "'of' is no form of a fact"),
        ("a: {who", "a bracket has no partner"),
        ("a: [b", "a bracket has no partner"),
        ("a[one]: b", "'a' has no form for all others"),
    ):
        with pytest.raises(DocketError, match=re.escape(says)) as error:
            read_catalogue(raw, "f")
        assert "\n" not in str(error.value)


def test_what_somebody_typed_is_inert_and_markdown_stays(tmp_path: Path) -> None:
    texts = Texts(ENGLISH, "words")
    assert texts.say("welcome.said", item=Md("*a*"), text="*b* #1") == "***a*:** \\*b\\* \\#1"
    assert texts.plain_text("welcome.title", client="A_B*") == "Working together: A_B*"


def test_a_language_without_a_document_has_it_in_english() -> None:
    assert not has_document("xx", "welcome")
    texts = Texts("xx", "welcome")
    assert (texts.language, texts.fell_back, texts.front) == (ENGLISH, False, {})


def test_a_document_says_where_parts_of_it_had_to_be_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TEXTS / ENGLISH, tmp_path / ENGLISH)
    (tmp_path / "fi").mkdir()
    mine = "title: Yhteistyö: {client}\nsaid: {item}: {text}\n"
    (tmp_path / "fi" / "welcome.txt").write_text(mine, "utf-8")
    monkeypatch.setattr(records_texts, "TEXTS", tmp_path)
    catalogue.cache_clear()
    known = docket([entry(1, "client", 9, data={"name": "Saarni Oy"})])
    made = welcome_document(known, "Jo Ek", TODAY, Texts("fi", "welcome")).markdown
    catalogue.cache_clear()
    assert 'language: "fi"' in made and "# Yhteistyö: Saarni Oy" in made
    assert made.endswith("\n\nParts of this document are in English.\n")
    assert "in English" not in welcome_document(known, "Jo", TODAY, Texts("en", "welcome")).markdown
