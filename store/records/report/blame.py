"""The tone of a final report: blame in its writer's words is refused, the rest is pointed out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from store.errors import UsageError
from store.languages import ENGLISH
from store.records.report.material import Parting, ReportWords
from store.tone.check import tone
from store.tone.sent import hints_for, looks_again

_OPTIONS: Final = {
    "results": "--result",
    "in_progress": "--in-progress",
    "not_started": "--not-started",
    "commitments": "--commitment",
    "tips": "--tip",
    "next_one": "--next",
}
"""How a field of ReportWords is given on the command line, where its name is not the option's."""

_REFUSED = frozenset({"label", "insult", "accusation", "motive", "threat"})
_BLAME = re.compile(
    r"(?<!\w)(fail(?:s|ed|ing|ures?)?|refus(?:e|es|ed|ing|al)|neglect(?:s|ed|ing|ful)?"
    r"|ignor(?:e|es|ed|ing|ance)|faults?|blam(?:e|es|ed|ing)|guilty|careless(?:ly|ness)?"
    r"|incompeten(?:t|ce)|unprofessional(?:ly)?|unreliable|unreasonable|unwilling|lied|lies"
    r"|broke (?:your|their|his|her|the) (?:word|promises?)|should have|ought to have"
    r"|could(?: no|n['’])t be bothered)(?!\w)",
    re.IGNORECASE,
)
_INSTEAD = "Say what you needed and did not get, such as 'I did not get the files in time'"


def refuse_blame(words: ReportWords, names: Iterable[str] = (), code: str = ENGLISH) -> None:
    """Raise UsageError at the first of the writer's words that lays blame (advice 78 and 87).

    `names` are the client's own, `code` is the language of the report. In the reason nothing that
    the tone check finds may stand, nor a word of blame; elsewhere a warm "always" is no fault, so
    there it takes an insult or the like.
    """
    client = tuple(names)
    for field, text in words.own:
        option = _OPTIONS.get(field, f"--{field}")
        reason = field == "because"
        for one in tone(text, client):
            if reason or one.what in _REFUSED:
                raise UsageError(f"{option} says '{one.words}'", f"that is {one.noun}", one.why)
        for hint in hints_for(text, code, "reason", client) if code != ENGLISH else ():
            if reason or hint.fault in _REFUSED:
                raise UsageError(f"{option} says '{hint.words}'", f"that is {hint.noun}", hint.why)
        if reason and (blame := _BLAME.search(text)):
            raise UsageError(f"{option} says '{blame[0]}'", "that lays blame", _INSTEAD)


def second_looks(parting: Parting) -> list[str]:
    """Return a sentence for each place in the writer's own words that is worth a second look."""
    profile = parting.docket.profile
    names = tuple(filter(None, (profile.name, profile.contract_name)))
    return [
        f"{_OPTIONS.get(field, f'--{field}')} says '{one.words}', {one.noun}: {one.why}"
        for field, text in parting.words.own
        for one in looks_again(text, profile.language or ENGLISH, "parting", names)
    ]
