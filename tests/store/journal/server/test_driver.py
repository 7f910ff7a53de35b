"""The driver is loaded without what stands in for the rest of it being left behind."""

from __future__ import annotations

from tests.store.journal.support import python

CODE = """
import sys
from store.journal.server.driver import check_driver
check_driver()
before = [name for name in ("asyncio", "ctypes", "logging", "ssl") if name in sys.modules]
import asyncio, ctypes.util, logging, ssl
import psycopg
print(before, psycopg.__version__.count("."), psycopg.pq.__impl__)
asyncio.run(asyncio.sleep(0))
logging.getLogger("x").debug(ctypes.util.find_library and ssl.create_default_context)
"""


def test_nothing_stands_in_once_it_is_loaded() -> None:
    out, err = python(CODE).communicate(timeout=60)
    assert (out, err) == ("[] 2 binary\n", "")
