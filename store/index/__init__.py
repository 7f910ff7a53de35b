"""All that is derived from dockets and may be lost: names, words, summaries, the last checks."""
