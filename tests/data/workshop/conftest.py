"""Rooms to try things in."""

import pytest

from data.workshop.rooms import Rooms
from tests.workshop import whereabouts


@pytest.fixture(scope="session")
def pointing(toy):
    """Where people may point in Toytown."""
    return whereabouts(toy)


@pytest.fixture(scope="module")
def many_rooms(pointing):
    """Rooms for many examples, each of which begins a session of its own."""
    made = Rooms(whereabouts=pointing)
    yield made
    made.close()


@pytest.fixture
def rooms(pointing):
    made = Rooms(whereabouts=pointing)
    yield made
    made.close()


@pytest.fixture
def reopen(pointing, tmp_path):
    """Open the sessions of one file, as often as one likes; what was open before is closed first."""
    opened = []

    def again(**given):
        if opened:
            opened.pop().close()
        opened.append(Rooms(tmp_path / "kept" / "workshops.duckdb", whereabouts=pointing, **given))
        return opened[-1]

    yield again
    if opened:
        opened.pop().close()
