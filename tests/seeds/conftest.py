"""What the tests of single pieces of advice stand on."""

from tests.tui.cli.conftest import cli

__all__ = ["cli"]
