"""The dispute record: what it shows, how it is chosen, and its sections."""
