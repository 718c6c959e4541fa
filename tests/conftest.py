"""What the tests share: Toytown, and the real pack."""

from pathlib import Path

import pytest

from data.store import Store
from tests import toytown

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def toytown_folder(tmp_path_factory) -> Path:
    return toytown.build(tmp_path_factory.mktemp("packs") / "toytown")


@pytest.fixture(scope="session")
def toy(toytown_folder) -> Store:
    """The store of Toytown, which tests may share because it cannot be changed."""
    return Store(toytown_folder)


@pytest.fixture(scope="session")
def held() -> Store:
    """The store of the built-in pack."""
    return Store()
