"""The folder a record is handed over in: written, read back, and checked."""
