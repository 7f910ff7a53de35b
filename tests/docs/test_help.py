"""The help topics: they render at any width, as a man page too, and name only what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from store.settings.config import read_settings
from store.text.cells import cell_width
from tests.docs.tables import README
from tui.cli.help import as_lines, manual, passages, topics
from tui.cli.parsing import parser_of
from tui.cli.verbs import VERBS, load

SOURCES = {name: path.read_text(encoding="utf-8") for name, path in topics().items()}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("cells", [40, 60, 80])
def test_a_topic_fits_and_keeps_every_word(name: str, cells: int) -> None:
    lines = list(as_lines(passages(SOURCES[name]), cells))
    code = [line for line in lines if line.startswith("    ")]
    assert max(cell_width(line) for line in lines if line not in code) <= cells
    shown = sorted(re.findall(r"\w+", " ".join(lines)))
    assert shown == sorted(re.findall(r"\w+", SOURCES[name]))


def test_the_topics_and_the_readme_name_only_verbs_and_options_there_are() -> None:
    for name, text in {**SOURCES, "README": README.read_text(encoding="utf-8")}.items():
        for typed in re.findall(r"`docket ([^`]+)`", text):
            verb, *words = typed.split()
            if verb.startswith("-") or verb.isupper():
                continue
            verbs = verb.split("|")
            assert set(verbs) <= VERBS.keys(), f"{name}: {typed}"
            if verb == "help" and words and words[0].islower() and words[0].isalpha():
                assert words[0] in SOURCES, f"{name}: {typed}"
            known = parser_of(verb, "x", load(verb))._option_string_actions
            options = {word.split("=")[0] for word in words if word.startswith("-") and word != "-"}
            assert options <= known.keys() | {"--"}, f"{name}: {typed}"


def test_the_settings_of_the_topic_are_settings(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    lines = [line for line in SOURCES["settings"].splitlines() if line.startswith("    ")]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read_settings(path)
    assert (found.passed, found.wrong) == ((), None)
    assert found.config.policy.reply_days == 5


def test_no_topic_is_called_like_a_verb() -> None:
    assert not SOURCES.keys() & VERBS.keys()


def test_the_man_page_holds_every_verb_and_topic() -> None:
    page = "\n".join(manual())
    assert all(f".B docket {name}\n" in page for name in VERBS)
    assert page.count("\n.SH ") >= len(SOURCES) + 4
    lines = [line for line in page.split("\n") if line.startswith((".", "'"))]
    assert {line.split()[0] for line in lines} <= set(
        ".TH .SH .SS .B .TP .PP .IP .RS .RE .nf .fi".split()
    )


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here to set it")
def test_the_man_page_is_set_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-rLL=80n", "-P-c"],
        input="\n".join(manual()),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert "that cannot be seen" in re.sub(r"\s+", " ", done.stdout).replace("\u2010 ", "").lower()
