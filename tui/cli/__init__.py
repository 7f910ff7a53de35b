"""The command line: one module per verb or tight family of verbs, and no textual anywhere."""
