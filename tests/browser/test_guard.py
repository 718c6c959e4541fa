"""The guard that every other test here relies on: what a visitor should never meet is noticed."""

import pytest

from tests.browser.visitor import Visitor

MISDEEDS = {
    "request to another host": "() => fetch('http://elsewhere.invalid/a.js').catch(() => null)",
    "web socket to another host": "() => { new WebSocket('ws://elsewhere.invalid/stream'); }",
    "script error": "() => { setTimeout(() => { throw new Error('broken'); }, 0); }",
    "console error": "() => console.error('broken')",
    "dialog": "() => alert(1)",
}


@pytest.mark.parametrize("trouble", MISDEEDS)
def test_what_should_never_happen_is_noticed(wide_screen, toytown, trouble):
    someone = Visitor(wide_screen, toytown)
    someone.open("sources")
    someone.title.wait_for()
    assert not someone.troubles
    someone.page.evaluate(MISDEEDS[trouble])
    someone.page.wait_for_timeout(200)  # what went wrong is told a moment later
    assert [each for each in someone.troubles if each.startswith(trouble)]
    someone.page.close()
