"""The places of the app, each with its own keys."""
