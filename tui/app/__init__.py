"""The app on a terminal: the main screen, what works on every screen, and what it is read from."""

from tui.app.app import DocketApp, run_app

__all__ = ["DocketApp", "run_app"]
