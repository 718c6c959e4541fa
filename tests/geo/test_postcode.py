import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.postcode import SHAPE, PostcodeError, looks_like_postcode, normalise


@pytest.mark.parametrize("typed", ["LS8 4AA", "ls8 4aa", "LS84AA", "  ls8  4aa ", "l s 8 4 a a", "ls8\t4aa\n"])
def test_however_it_is_typed_it_is_written_one_way(typed):
    assert normalise(typed) == "LS8 4AA"


@pytest.mark.parametrize("postcode", ["S1 1AA", "S70 2JW", "W1A 0AX", "LS8 4AA", "YO61 4PW", "EC1A 1BB"])
def test_each_of_the_six_shapes_is_taken(postcode):
    assert normalise(postcode.replace(" ", "").lower()) == postcode


@pytest.mark.parametrize(
    "typed",
    ["LS8", "LS8 4A", "LS8 4AAA", "8LS 4AA", "LS8 AA4", "LS8 4CI", "Leeds", "LS8-4AA", "LS٨ 4AA", "QS8 4AA"],
)
def test_what_cannot_be_a_postcode_is_named_and_the_right_form_shown(typed):
    with pytest.raises(PostcodeError) as error:
        normalise(typed)
    assert str(error.value) == f"'{typed}' is not a whole postcode. Type one in full, such as LS8 4AA."


@pytest.mark.parametrize("typed", ["", "   ", "\n"])
def test_nothing_typed_has_its_own_sentence(typed):
    with pytest.raises(PostcodeError, match="No postcode was given"):
        normalise(typed)


def test_a_long_text_is_not_repeated_whole():
    with pytest.raises(PostcodeError) as error:
        normalise("x" * 5000)
    assert len(str(error.value)) < 120


def test_a_search_box_can_tell_a_postcode_from_a_name():
    assert looks_like_postcode("ls8 4aa")
    assert not looks_like_postcode("Harehills")


@given(st.text() | st.from_regex(SHAPE, fullmatch=True))
def test_any_text_is_taken_or_refused_and_what_is_written_stays(typed):
    if looks_like_postcode(typed):
        assert normalise(normalise(typed)) == normalise(typed)
    else:
        with pytest.raises(PostcodeError, match=r"such as LS8 4AA\.$"):
            normalise(typed)
