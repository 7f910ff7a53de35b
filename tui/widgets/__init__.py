"""Widgets that any screen may use; each knows nothing of dockets."""
