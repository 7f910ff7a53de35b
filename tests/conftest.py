"""What every test stands on: how many examples its properties are tried on."""

from __future__ import annotations

import tests.examples  # noqa: F401  (sets the number)
