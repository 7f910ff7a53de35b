"""Runs that take too long for every change: whole by hand, a rotating tenth in CI."""
