"""The mediator's brief: two pages in front of a record, for somebody who has five minutes."""

from store.records.mediator.brief import BRIEF_FILE, mediator_brief

__all__ = ["BRIEF_FILE", "mediator_brief"]
