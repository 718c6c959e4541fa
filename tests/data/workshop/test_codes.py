"""Codes, keys and tokens: hard to guess, easy to type."""

from hypothesis import given
from hypothesis import strategies as st

from data.workshop import codes


def test_a_code_has_six_signs_that_cannot_be_mistaken_and_make_no_words():
    made = [codes.new_code(()) for _ in range(2_000)]
    assert {len(code) for code in made} == {6}
    assert set("".join(made)) == set(codes.SIGNS)
    assert not set(codes.SIGNS) & set("AEIOU01L") and len(codes.SIGNS) == 28
    assert len(set(made)) == len(made)


def test_a_code_that_is_taken_is_not_given_again(monkeypatch):
    signs = iter("BBBBBBBBBBBBCCCCCC")
    monkeypatch.setattr(codes.secrets, "choice", lambda _: next(signs))
    assert codes.new_code({"BBBBBB"}) == "CCCCCC"


def test_however_it_is_typed_a_code_is_the_same():
    for typed in ("BCD234", "bcd234", " bcd 234 ", "BCD-234", "b c-d–2 3 4", "ＢＣＤ２３４", "bcd.234"):
        assert codes.as_typed(typed) == "BCD234"


@given(st.text(max_size=200))
def test_nothing_that_is_typed_as_a_code_raises(typed):
    assert len(codes.as_typed(typed)) <= 60 * 18  # one sign may stand for several


def test_a_token_is_known_again_only_with_its_own_salt():
    token, salt = codes.new_token(), codes.new_salt()
    assert codes.hashed(token, salt) == codes.hashed(token, salt)
    assert codes.hashed(token, salt) != codes.hashed(token, codes.new_salt()) != codes.hashed(codes.new_token(), salt)
    assert token not in codes.hashed(token, salt)
    assert codes.hashed("\ud800 odd", salt)


def test_keys_and_ids_are_of_a_kind_that_addresses_take():
    assert len(codes.new_key()) == 32 and codes.new_key() != codes.new_key()
    assert codes.new_id().isalnum() and codes.new_id() != codes.new_id()
