"""The documents: dispute record, its Markdown, its folder and the check of it."""
