"""Dockets in the forms of other programs: tables, ledgers, address books, calendars, notes."""
