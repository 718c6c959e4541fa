"""The application with a pack of the test's choosing, its memory emptied before and after."""

import shutil
from functools import cache

import pytest
import streamlit as st
from streamlit import config
from streamlit.components.v2 import manifest_scanner

from data.store import HELD
from pages import _bring, _edge

SETTINGS = {
    # AppTest keeps each widget's format_func in the session, which no session of a visitor does.
    "runner.enforceSerializableSessionState": False,
    # So that a page that breaks says why in the test's report.
    "client.showErrorDetails": "full",
}


def forget():
    """Empty what the pages keep between runs."""
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(scope="package", autouse=True)
def _settings():
    before = {name: config.get_option(name) for name in SETTINGS}
    for name, value in SETTINGS.items():
        config.set_option(name, value)
    with pytest.MonkeyPatch.context() as patch:
        # Which packages bring components is the same for every visit, and slow to find out.
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
    for name, value in before.items():
        config.set_option(name, value)


@pytest.fixture(scope="module")
def serve():
    """A function that serves the pack in a folder until the module ends."""
    with pytest.MonkeyPatch.context() as patch:

        def chosen(folder):
            forget()
            patch.setenv("FOOTHOLD_PACK", str(folder))
            patch.setenv("FOOTHOLD_REGISTER", "memory")

        yield chosen
    forget()


@pytest.fixture(scope="module")
def in_toytown(serve, toytown_folder):
    """Every page of the module shows Toytown."""
    serve(toytown_folder)


@pytest.fixture(scope="module")
def in_the_region(serve):
    """Every page of the module shows the built-in pack."""
    serve(HELD)


@pytest.fixture(scope="module", params=["toytown", "built-in"])
def on_either_pack(request, serve, toytown_folder):
    """Every page of the module is shown on both packs; gives the pack's name."""
    serve(toytown_folder if request.param == "toytown" else HELD)
    return request.param


@pytest.fixture
def damaged(serve, tmp_path):
    """A copy of the built-in pack, served, that a test may damage."""
    folder = tmp_path / "pack"
    shutil.copytree(HELD, folder)
    serve(folder)
    return folder


@pytest.fixture
def own_register():
    """A register that the test may change: it begins anew with the pack, and so does what was worked out from it."""

    def anew():
        for kept in (_edge.register, _edge._memory, _edge._places_assets, _edge.passphrase, _bring._desk):
            kept.clear()

    anew()
    yield
    anew()
