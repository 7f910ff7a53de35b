"""What to do next: from what is open and what the log adds up to, each step with its day."""
