"""The statement of account: its figures, its sections, and the same as JSON."""
