"""All that is derived from the dockets and may be lost: names, summaries, the last checks."""
