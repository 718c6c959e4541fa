"""What each kind of field takes from people's words, what it refuses, and what it offers instead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.register.kinds import (
    Code,
    Day,
    Email,
    FieldError,
    Hours,
    Number,
    OneOf,
    Postcode,
    SomeOf,
    Tags,
    Text,
    Website,
    YesNo,
)
from data.register.records import FIELDS
from data.register.vocabulary import (
    ALSO_COSTS,
    ALSO_LANGUAGES,
    ALSO_STAGES,
    ALSO_STANDINGS,
    ALSO_SUPPORT,
    COSTS,
    LANGUAGES,
    STAGES,
    STANDINGS,
    SUPPORT_TYPES,
)

HELP = OneOf(SUPPORT_TYPES, ALSO_SUPPORT)
STANDING = OneOf(STANDINGS, ALSO_STANDINGS)
COST = OneOf(COSTS, ALSO_COSTS)
STAGE = SomeOf(STAGES, ALSO_STAGES)
SPOKEN = SomeOf(LANGUAGES, ALSO_LANGUAGES)
WHOLE = Number(0, 100_000)
PRICE = Number(0, 1e7, decimals=True)

READ = [
    (Text(), "Mill Lane, Ayton", "Mill Lane, Ayton"),
    (Text(5), "12345", "12345"),
    (HELP, "mentoring", "mentoring"),
    (HELP, "  MENTORING. ", "mentoring"),
    (HELP, "Growth service", "growth_hub"),
    (HELP, "Growth-Hub", "growth_hub"),
    (HELP, "Job Centre", "jobcentre"),
    (HELP, "business & ip centre", "bipc_library"),
    (STANDING, "Closed", "ended"),
    (STANDING, "Closed for a while", "paused"),
    (STANDING, "temporarily closed", "paused"),
    (COST, "£0.00", "free"),
    (COST, "No charge", "free"),
    (STAGE, "start_up", ("start_up",)),
    (STAGE, "growth; pre_start;start_up", ("pre_start", "start_up", "growth")),
    (STAGE, "idea | scale-up", ("pre_start", "growth")),
    (STAGE, "Growing, Established", ("growth", "established")),
    (STAGE, "Growing\nGrowing", ("growth",)),
    (SPOKEN, "English, BSL", ("en", "bfi")),
    (SPOKEN, "Persian (Farsi, Dari)", ("fa",)),
    (SPOKEN, "Persian (Farsi, Dari), Urdu", ("ur", "fa")),
    (SPOKEN, "Farsi, Dari", ("fa",)),
    (Tags(), "women;  young   people ;;women", ("women", "young people")),
    (Tags(), "one, two", ("one, two",)),
    (WHOLE, "1,234", 1234),
    (WHOLE, "10 000", 10_000),
    (WHOLE, "+7", 7),
    (WHOLE, "85%", 85),
    (WHOLE, "12.0", 12),
    (WHOLE, "0", 0),
    (PRICE, "£1,250.50", 1250.5),
    (PRICE, "0.1", 0.1),
    (YesNo(), "Yes", True),
    (YesNo(), "N", False),
    (YesNo(), "0", False),
    (YesNo(), "don't know", None),
    (Day(), "2026-03-31", "2026-03-31"),
    (Day(), "31/03/2026", "2026-03-31"),
    (Day(), "3/4/26", "2026-04-03"),
    (Day(), "31.03.2026", "2026-03-31"),
    (Day(), "1st March 2026", "2026-03-01"),
    (Day(), "22nd Aug 2026", "2026-08-22"),
    (Day(), "2026-03-31T09:30:00Z", "2026-03-31"),
    (Day(), "2026-03-31 00:00:00", "2026-03-31"),
    (Day(), "2026-03-31 09:30", "2026-03-31"),
    (Website(), "https://Example.org/", "Example.org"),
    (Website(), "http://example.org/a", "http://example.org/a"),
    (Website(), "www.example.co.uk/a?b=c#d", "www.example.co.uk/a?b=c#d"),
    (Code(), " WY021-L1 ", "WY021-L1"),
    (Email(), " someone@example.org ", "someone@example.org"),
    (Postcode(), "zx11aa", "ZX1 1AA"),
    (Postcode(), " zx1  1aa ", "ZX1 1AA"),
    (Hours(), "Mo-Fr  09:00-17:00", "Mo-Fr 09:00-17:00"),
    (Hours(), "24/7", "24/7"),
]

REFUSED = [
    (Text(5), "123456", "6 characters, where 5 fit", None),
    (HELP, "Mentorring", "“Mentorring” is not one of the 20 choices", "Mentoring"),
    (HELP, "Comunity lender", "is not one of", "Community lender"),
    (HELP, "zzzz", "is not one of", None),
    (STAGE, "growth; zzzz", "“zzzz” is not one of", "growth"),
    (STAGE, "Growin; Established", "“Growin”", "Growing; Established"),
    (SPOKEN, "Persan (Farsi, Dari)", "is not one of", "Persian (Farsi, Dari)"),
    (Tags(longest=5), "short; too long", "“too long” is too long for one entry", None),
    (WHOLE, "two", "“two” is not a number", None),
    (WHOLE, "about 50", "“about 50” is not a number", "50"),
    (WHOLE, "12.6", "12.6 is not a whole number", "13"),
    (WHOLE, "-3", "-3 is not between 0 and 100,000", None),
    (WHOLE, "100,001", "100001 is not between", None),
    (WHOLE, "nan", "is not a number", None),
    (WHOLE, "\u0663", "is not a number", None),
    (WHOLE, "1e3", "is not a number", "1"),
    (YesNo(), "perhaps", "“perhaps” is not yes or no", None),
    (Day(), "31/02/2026", "“31/02/2026” is not a day", None),
    (Day(), "TBC", "“TBC” is not a day", None),
    (Day(), "To be confirmed", "is not a day", None),
    (Day(), "Tuesday", "is not a day", None),
    (Day(), "12/31/2026", "is not a day", None),
    (Day(), "0099-01-01", "is not a day", None),
    (Website(), "n/a", "is not a web address", None),
    (Website(), "someone@example.org", "is not a web address", None),
    (Website(), "javascript:alert(1)", "is not a web address", None),
    (Website(), "example.org/<script>", "is not a web address", None),
    (Website(), "example.org/ and example.com", "is not a web address", None),
    (Code(), "WY021 (old)", "may not hold “(”", None),
    (Code(), "a;b", "may not hold “;”", None),
    (Email(), "none", "is not an email address", None),
    (Email(), "a@b", "is not an email address", None),
    (Email(), "a@example.org, b@example.org", "is not an email address", None),
    (Postcode(), "ZX1 IAA", "'ZX1 IAA' is not a whole postcode", "ZX1 1AA"),
    (Postcode(), "LS8 4A4", "is not a whole postcode", None),
    (Postcode(), "LSB 4AA", "is not a whole postcode", "LS8 4AA"),
    (Postcode(), "Leeds", "is not a whole postcode", None),
    (Hours(), "Mon-Fri 9am-5pm", "could not be read as opening hours", "Mo-Fr 09:00-17:00"),
    (Hours(), "Monday to Friday 9.00 to 17.30", "could not be read", "Mo-Fr 09:00-17:30"),
    (Hours(), "Mon 10am-12pm, Sat 1pm-4pm", "could not be read", "Mo 10:00-12:00; Sa 13:00-16:00"),
    (Hours(), "most mornings", "could not be read", None),
    (Hours(), "Mo 25:00-26:00", "could not be read", None),
]

EVERY_KIND = {type(each.kind) for declared in FIELDS.values() for each in declared.values()}
EVERY_FIELD = [(table, name) for table, declared in FIELDS.items() for name in declared]


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_what_people_write_is_understood(kind, text, value):
    assert kind.read(text) == value
    assert kind.read(kind.write(value)) == value


@pytest.mark.parametrize(("kind", "text", "saying", "suggestion"), REFUSED)
def test_what_cannot_be_kept_is_refused_with_what_may_have_been_meant(kind, text, saying, suggestion):
    with pytest.raises(FieldError) as refused:
        kind.read(text)
    assert saying in str(refused.value) and str(refused.value).endswith(".")
    assert refused.value.suggestion == suggestion
    if suggestion is not None:
        assert kind.read(suggestion) is not None


def test_the_tables_above_try_every_kind_both_ways():
    assert {type(kind) for kind, *_ in READ} == EVERY_KIND
    assert {type(kind) for kind, *_ in REFUSED} == EVERY_KIND


@pytest.mark.parametrize(("table", "name"), EVERY_FIELD)
def test_blank_is_not_known_for_every_field(table, name):
    kind = FIELDS[table][name].kind
    assert kind.read("") is None and kind.write(None) == ""


@pytest.mark.parametrize(("table", "name"), EVERY_FIELD)
def test_a_choice_is_read_by_its_key_by_its_title_and_by_the_other_words_for_it(table, name):
    kind = FIELDS[table][name].kind
    if not isinstance(kind, OneOf | SomeOf):
        return
    words = {key: key for key in kind.words} | {title: key for key, title in kind.words.items()} | dict(kind.also)
    assert {word: kind.read(word) for word in words} == {
        word: (key,) if isinstance(kind, SomeOf) else key for word, key in words.items()
    }


def test_a_yes_is_not_taken_for_a_number_nor_a_long_text_repeated_whole():
    with pytest.raises(FieldError) as refused:
        WHOLE.read("x" * 5_000)
    assert len(str(refused.value)) < 100


MESSY = st.text(max_size=60) | st.text("0123456789.,-/:; £%amopTyesn", max_size=20)
HOUR_WORDS = ["Mon", "Tue-Fri", "monday", "Sat&Sun", "9am", "5pm", "17.30", "9:00", "-", "to", ",", ";", "PH", "off"]


def read_or_refused(kind, text):
    """The value, and None; or None, and the refusal."""
    try:
        return kind.read(text), None
    except FieldError as refused:
        return None, refused


@settings(deadline=None, max_examples=1_000)
@given(st.sampled_from(EVERY_FIELD), MESSY)
def test_any_text_is_read_or_refused_and_what_was_read_stays_as_it_is(field, text):
    """As records are read: without the space around a text."""
    kind = FIELDS[field[0]][field[1]].kind
    value, refused = read_or_refused(kind, text.strip())
    assert kind.read(kind.write(value).strip()) == value
    assert refused is None or str(refused)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(HOUR_WORDS), max_size=9).map(" ".join))
def test_a_suggestion_of_hours_can_always_be_read(text):
    _, refused = read_or_refused(Hours(), text)
    if refused and refused.suggestion:
        assert Hours().read(refused.suggestion) == refused.suggestion


@settings(deadline=None, max_examples=300)
@given(st.text("LSBDZXIO0158 42aA-", min_size=4, max_size=9))
def test_a_suggestion_of_a_postcode_can_always_be_read(text):
    _, refused = read_or_refused(Postcode(), text)
    if refused and refused.suggestion:
        assert Postcode().read(refused.suggestion) == refused.suggestion
