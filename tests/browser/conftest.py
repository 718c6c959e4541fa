"""The real application, served to a real browser that may speak to nobody else."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.register.rights import Passphrase
from tests.ports import HOST, free_port

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WINDOW = {"width": 1440, "height": 900}
START_SECONDS = 90
WORDS = "correct horse battery"
"""The passphrase of editors at the desk."""


def in_browser(item) -> bool:
    """Whether a test lies in this folder."""
    return Path(__file__).parent in item.path.parents


def pytest_collection_modifyitems(items):
    """Everything in this folder needs Chromium, and comes last: its driver leaves a running event loop behind."""
    for item in items:
        if in_browser(item):
            item.add_marker(pytest.mark.browser)
    items.sort(key=in_browser)


def answers(url: str) -> bool:
    """Whether the application says that it is up and its data whole."""
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def served(log: Path, **settings: str):
    """The application, started as a visitor's server would be and ended by its own process id; gives its origin."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.address", HOST, "--server.port", str(port)]
    origin = f"http://{HOST}:{port}"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"FOOTHOLD_REGISTER": "memory"} | settings,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + START_SECONDS
            while not answers(f"{origin}/health"):
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"The application did not start:\n{log.read_text(encoding='utf-8')}")
                time.sleep(0.1)
            yield origin
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, or the one that CHROMIUM names."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("Chromium is not installed: apt-get install chromium, or name one in CHROMIUM")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def region(browser, tmp_path_factory):
    """The origin of the application on the built-in pack."""
    with served(tmp_path_factory.mktemp("logs") / "region.txt") as origin:
        yield origin


@pytest.fixture(scope="session")
def toytown(browser, tmp_path_factory, toytown_folder):
    """The origin of the application on Toytown."""
    with served(tmp_path_factory.mktemp("logs") / "toytown.txt", FOOTHOLD_PACK=str(toytown_folder)) as origin:
        yield origin


@contextmanager
def visiting(context, origin):
    """A visitor of one site, in a window of their own; whatever went wrong on the way fails the test at the end."""
    from tests.browser.visitor import Visitor

    someone = Visitor(context, origin)
    try:
        yield someone
    finally:
        someone.page.close()
    assert not someone.troubles, "\n".join(someone.troubles)


@pytest.fixture(scope="session")
def wide_screen(browser):
    """A browser on a wide screen, which keeps what it has loaded from one visit to the next, as a reader's does."""
    with browser.new_context(viewport=WINDOW, service_workers="block") as context:
        yield context


@pytest.fixture
def visitor(wide_screen, region):
    """Someone in front of the Leeds City Region, on a wide screen."""
    with visiting(wide_screen, region) as someone:
        yield someone


@pytest.fixture
def toy_visitor(wide_screen, toytown):
    """Someone in front of Toytown, on a wide screen."""
    with visiting(wide_screen, toytown) as someone:
        yield someone


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """The origin of the application on the built-in pack, with a register of its own that editors may change."""
    folder = tmp_path_factory.mktemp("desk")
    Passphrase(folder / "passphrase.json").set(WORDS)
    settings = {"FOOTHOLD_PASSPHRASE": str(folder / "passphrase.json")}
    with served(folder / "log.txt", **settings, FOOTHOLD_REGISTER=str(folder / "register.duckdb")) as origin:
        yield origin


@pytest.fixture
def editor(wide_screen, desk):
    """Someone who has signed in, on the register's first page."""
    with visiting(wide_screen, desk) as someone:
        yield sign_in(someone)


def sign_in(visitor, name="Amina", words=WORDS):
    """Sign a visitor in at the side of the register's first page."""
    from tests.browser.visitor import expect

    visitor.open("register")
    bar = visitor.page.get_by_test_id("stSidebar")
    bar.get_by_text("For editors").click()
    bar.get_by_label("Your name", exact=True).wait_for()
    expect(visitor.page.get_by_test_id("stStatusWidget")).to_have_count(0)  # or what is typed is lost
    bar.get_by_label("Your name", exact=True).fill(name)
    bar.get_by_label("Passphrase", exact=True).fill(words)
    bar.get_by_role("button", name="Sign in").click()
    if words == WORDS:
        expect(bar.get_by_text("Signed in as")).to_contain_text(name)
    return visitor
