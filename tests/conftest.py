"""What every test stands on: property tests explore at home and repeat themselves in CI."""

from __future__ import annotations

import os

from hypothesis import settings

# A deadline would time the machine, not the code.
settings.register_profile("explore", deadline=None)
settings.register_profile("repeat", deadline=None, derandomize=True)
settings.load_profile("repeat" if os.environ.get("CI") else "explore")
