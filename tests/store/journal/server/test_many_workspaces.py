"""What is asked of a server touches no more where others have very many workspaces on it."""

from __future__ import annotations

import pytest

from tests.benchmarks.workspaces import explained, fill
from tests.postgres import running


@pytest.mark.slow
@pytest.mark.parametrize("parts", [0, 4])
def test_nothing_is_read_that_grows_with_others_workspaces(parts: int) -> None:
    with running() as server:
        server.make_roles("ann")
        few, many = (
            explained(server, fill(server, f"of{workspaces}", workspaces, parts))
            for workspaces in (500, 4_000)
        )
    assert [one.said for one in few] == [one.said for one in many]
    for one, other in zip(few, many, strict=True):
        assert other.pages <= one.pages * 1.25 + 6, other
    scanned = [
        (one.said, node) for one in many for node in one.nodes if "Seq Scan" in node and not parts
    ]
    assert scanned == []
    if parts:  # of each table in parts one part alone is asked
        named = {node.split()[-1] for one in many for node in one.nodes if " line_" in node}
        assert len({name.split("_")[1] for name in named}) == 1
