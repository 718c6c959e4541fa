"""What the tests share: Toytown, and the real pack."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from data.register.book import Register
from data.register.seed import begin
from data.store import Store
from layers.places import drawable
from tests import toytown

ROOT = Path(__file__).parents[1]

# No test is a race: how quick things are is for the bench to say.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _nobodys_register():
    """No test opens the register of whoever runs it; those that need a file of their own say so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOOTHOLD_REGISTER", "memory")
        yield


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


@pytest.fixture(scope="session")
def toy_register(toy) -> Register:
    """The register that Toytown begins with. Tests share it: those that write make their own."""
    made = Register()
    begin(made, toy)
    return made


@pytest.fixture(scope="session")
def held_register(held) -> Register:
    """The register that the built-in pack begins with. Tests share it: those that write make their own."""
    made = Register()
    begin(made, held)
    return made


@pytest.fixture(scope="session")
def toy_places(toy_register) -> pd.DataFrame:
    """The places that may be drawn in Toytown. Shared: do not change."""
    return drawable(toy_register, toytown.TODAY)


@pytest.fixture(scope="session")
def held_places(held_register) -> pd.DataFrame:
    """The places of the built-in pack that may be drawn. Shared: do not change."""
    return drawable(held_register, toytown.TODAY)
