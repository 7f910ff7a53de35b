"""The final report to the client: its reasons, its words and its sections."""
