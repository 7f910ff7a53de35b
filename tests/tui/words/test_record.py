"""What was noticed, as lines and as JSON."""

from __future__ import annotations

import json

from store.records.review.look_over import Noticed
from tests.store.records.looked_over import look_over_text
from tui.words.record import noticed_head, noticed_json, noticed_words

ABSOLUTE = Noticed(
    "acme",
    14,
    "statement",
    "absolute",
    "always",
    3,
    "an absolute",
    "Say how often, and from which day to which.",
)


def _of(field: str, words: str) -> Noticed:
    return ABSOLUTE._replace(field=field, words=words)


def test_a_line_names_entry_words_and_remedy() -> None:
    line = 'acme#14 says "always": an absolute; say how often, and from which day to which'
    assert noticed_words([ABSOLUTE]) == [line]


def test_a_line_tells_a_quotation_and_a_file_from_a_statement() -> None:
    found = [_of("quotes[0]", "Bolt"), _of("quotes[0].by", "Bolt"), _of("exhibits[1].name", "Bolt")]
    found.append(_of("exhibits, AB-2", "Bolt"))
    starts = [line.split('"')[0].strip() for line in noticed_words(found)]
    assert starts == [
        *("acme#14 quotes", "acme#14 says", "acme#14 has a file named with"),
        "acme#14 has a file, AB-2, that says",
    ]


def test_words_that_drive_a_terminal_or_run_on_are_made_fit() -> None:
    [line] = noticed_words([_of("statement", "HE\x1b[2J IS\n" + "SO " * 100)])
    assert "\x1b" not in line
    assert "\n" not in line
    assert len(line) < 200


def test_a_text_that_is_no_entry_is_called_by_what_it_is() -> None:
    found = look_over_text("He is a liar.", {}, field="report")
    assert noticed_words(found)[0].startswith('The report says "liar": an accusation; say what')
    assert (noticed_json(found)[0]["entry"], noticed_json(found)[0]["seq"]) == (None, None)


def test_the_head_counts_and_says_what_the_check_can_see() -> None:
    assert noticed_head([ABSOLUTE]).startswith(
        "1 place to look at again (it knows English words, a"
    )
    assert noticed_head([ABSOLUTE] * 2).startswith("2 places to look at again")
    assert noticed_head([]).startswith("No words were found to look at again")


def test_json_holds_every_finding() -> None:
    assert json.loads(json.dumps(noticed_json([ABSOLUTE]))) == [
        {
            "entry": "acme#14",
            "seq": 14,
            "field": "statement",
            "what": "absolute",
            "words": "always",
            "start": 3,
            "why": "Say how often, and from which day to which.",
        }
    ]
