"""Signing in by OpenID Connect: only whom the site names may edit, and only by an address that was checked."""

import pytest

from data.register.rights import VISITOR, Role
from pages import _who


class Secrets(dict):
    """A site's secrets, as Streamlit gives them."""

    def load_if_toml_exists(self):
        return bool(self)


SITE = {"auth": {"client_id": "x"}, "foothold": {"editors": ["Amira@example.org"]}}
AMIRA = {"is_logged_in": True, "email": "amira@example.org", "name": "Amira", "email_verified": True}


@pytest.fixture
def someone(monkeypatch):
    """A function that puts someone in front of a site with these secrets."""

    def stand(secrets, user):
        monkeypatch.setattr(_who.st, "secrets", Secrets(secrets))
        monkeypatch.setattr(_who.st, "user", user)
        return _who.me()

    return stand


def test_an_editor_whom_the_site_names_may_edit(someone):
    assert (someone(SITE, AMIRA).name, someone(SITE, AMIRA).role) == ("Amira", Role.EDITOR)


@pytest.mark.parametrize(
    ("secrets", "user"),
    [
        ({}, AMIRA),
        ({"auth": {}}, AMIRA),
        (SITE, {}),
        (SITE, AMIRA | {"is_logged_in": False}),
        (SITE, AMIRA | {"email": "bo@example.org"}),
        (SITE, AMIRA | {"email": None}),
        (SITE, AMIRA | {"email_verified": False}),
    ],
)
def test_nobody_else_may(someone, secrets, user):
    assert someone(secrets, user) == VISITOR
