"""Withholding: what is meant by it, how it is found again, and what could be read of the files."""
