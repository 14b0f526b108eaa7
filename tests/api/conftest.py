import pytest

from rooms.scene import Scene
from worlds.stage import Crew


@pytest.fixture
def scene(ask, crew: Crew) -> Scene:
    """The API as officers use it (tests/rooms/scene.py)."""
    return Scene(ask, crew)
