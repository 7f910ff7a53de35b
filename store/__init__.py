"""Everything that is true without a screen: journal, entries, docket, decision, records."""
