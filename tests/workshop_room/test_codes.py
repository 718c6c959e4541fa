"""Codes and keys cannot be guessed, and who guesses disturbs nobody who has joined."""

import itertools
import secrets

import pytest

from tests.workshop import VOTE
from tests.workshop_room.people import Phone, Someone

TRIES = 1_000
HEARD_AT_MOST = 150
"""Tries of which more than "too many" may be learnt, within about a minute."""
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_host = itertools.count(2)


@pytest.fixture
def stranger(hall):
    """Somebody at an address where nobody has guessed yet. No proxy is trusted there: what they say of it is not."""
    return Someone(hall.server.port, at=f"127.0.0.{next(_host)}")


def wrong_codes(hall, count):
    codes = ("".join(secrets.choice(SIGNS) for _ in range(len(hall.plain.code))) for _ in itertools.count())
    real = {hall.plain.code, hall.held.code, hall.nasty.code} | {each.code for each in hall.spare}
    return itertools.islice((code for code in codes if code not in real), count)


WAYS = {
    "page": lambda someone, code: someone.ask(f"/j/{code}"),
    "news": lambda someone, code: someone.ask(f"/j/{code}/now?after=0"),
    "answer": lambda someone, code: someone.post(f"/j/{code}/answer", {}),
    "next": lambda someone, code: someone.post(f"/j/{code}/next", {}),
}


def test_a_code_is_not_guessed_in_a_thousand_tries_while_a_phone_that_joined_goes_on(hall, stranger):
    phone = hall.phone()
    you, ways = phone.now()["you"], itertools.cycle(WAYS.values())
    statuses = []
    for i, code in enumerate(wrong_codes(hall, TRIES)):
        statuses.append(next(ways)(stranger, code).status)
        if i % 200 == 50:
            assert phone.answer(VOTE, {"chosen": [i % 3]}).status == 200
            assert phone.now()["you"] == you
    heard = [status for status in statuses if status != 429]
    assert set(heard) <= {403, 404}
    assert 0 < len(heard) <= HEARD_AT_MOST
    assert statuses[-1] == 429
    assert stranger.ask(hall.plain_path).status == 429, "the right code would be found among the wrong ones"
    assert Phone(hall.server.port, hall.plain.code).now()["you"] == you + 1, "a stranger locked the hall out"


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_try_a_code_is_throttled(hall, stranger, way):
    statuses = [WAYS[way](stranger, code).status for code in wrong_codes(hall, 200)]
    assert sum(status != 429 for status in statuses) <= HEARD_AT_MOST / 2
    assert statuses[-1] == 429


def test_the_form_for_a_code_tells_nothing_of_it(hall, stranger):
    """It leads on to the code's own page, where it is counted, whether there is such a session or not."""
    for code in (*wrong_codes(hall, 50), hall.plain.code):
        reply = stranger.ask(f"/j?code={code}")
        assert reply.status == 303 and reply.head["location"] == f"/j/{code}" and not reply.body


def test_saying_to_be_somebody_else_lets_nobody_guess_on(hall, stranger):
    statuses = [
        stranger.ask(f"/j/{code}", X_Forwarded_For=f"203.0.{i // 250}.{i % 250}", X_Real_IP=f"203.0.113.{i}").status
        for i, code in enumerate(wrong_codes(hall, TRIES))
    ]
    assert sum(status != 429 for status in statuses) <= HEARD_AT_MOST


def test_a_throttled_reader_is_told_when_to_try_again(hall, stranger):
    last = [WAYS["page"](stranger, code) for code in wrong_codes(hall, 100)][-1]
    assert last.status == 429 and 0 < int(last.head["retry-after"]) <= 120
    assert "<html" in last.text and last.head["retry-after"] in last.text


def test_no_wrong_key_opens_anything_and_the_presenter_goes_on(hall, stranger):
    laptop, path = hall.laptop(), f"/present/{hall.plain.id}"
    for _ in range(100):
        key = secrets.token_hex(len(hall.plain.key) // 2)
        assert stranger.ask(f"{path}/enter?key={key}").status in (403, 429)
        stranger.cookie = f"foothold_helm={key}"
        assert stranger.ask(f"{path}/live?after=0").status in (403, 429)
    near = [hall.plain.key[:-1], hall.plain.key + "0", hall.plain.key.upper(), "", hall.plain.key[::-1]]
    for key in near:
        assert stranger.ask(f"{path}/enter?key={key}").status in (403, 429)
    assert laptop.do(do="show", scene=2)["scene"] == 2
    assert laptop.live()["state"]["scene"] == 2


def test_a_sessions_code_and_key_are_long_enough_and_unlike(hall):
    assert len(SIGNS) ** len(hall.plain.code) > 500_000_000
    assert len(hall.plain.key) >= 22
    every = [hall.plain, hall.held, hall.nasty, *hall.spare]
    assert len({each.key for each in every} | {each.code for each in every}) == 2 * len(every)
    assert not {sign for each in every for sign in each.code} & set("01OIL")
