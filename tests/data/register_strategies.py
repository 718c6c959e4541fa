"""Registers that were never typed: records and whole entries made from the declared fields, awkward words and all.

Every value is as the register itself would keep it: written as text and read again it is the same. A field that is
declared tomorrow is made from its kind, like the others.
"""

from datetime import date
from functools import singledispatch

from hypothesis import strategies as st

from data.register.book import Entry
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
from data.register.records import FIELDS, Grant, Location, Organisation, Practice, Service
from geo.postcode import SHAPE, normalise

AWKWARD = (
    "<img src=x onerror=alert(1)>",
    "<script>alert('x')</script>",
    '=HYPERLINK("http://example.org","x")',
    "=1+1",
    "+44 113 496 0000",
    "-",
    "@SUM(A1)",
    'She said "yes", twice',
    "O'Brien & Sons",
    "one, two, three",
    "two\nlines",
    "a\tb",
    "back\\slash",
    "ends with a comma,",
    "null",
    "NaN",
    "n/a",
    "0",
    "007",
    "1e5",
    "2026-03-31",
    "TRUE",
    "café, naïve, Łódź",
    "\U0001f469\u200d\U0001f680 start-up \U0001f680",
    "مرحبا بالعالم",
    "שלום (ab) עולם",
    "a\u202eb",
    "e\u0301",
    "زبان فارسی\u200cها",
    "中文",
    "100 %",
    "#N/A",
    "'quoted'",
    "{}",
    "[1]",
    "| pipe",
)
HOURS = (
    "24/7",
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 09:00-17:00; Sa 10:00-12:00",
    "Mo-Fr 09:00-12:00,13:00-17:00; We off",
    "Mo,We,Fr 10:00-16:00",
    "Sa-Mo 10:00-14:00",
    "Fr 22:00-02:00",
    "Mo-Fr 09:00-17:00; PH off",
    "Tu[1] 18:00-20:00",
    "Mar-Oct Su 10:00-16:00",
    "09:00-17:00",
    "Mo-Su 00:00-24:00",
    'Mo 09:00-12:00 "by appointment"',
)
WEBSITES = (
    "example.org",
    "http://example.org",
    "www.example.co.uk/a/b?c=d&e=%20f#g",
    "example.org:8080/x",
    "example.org?x=1",
    'example.org/"quoted"',
    "example.org/100%/a#b#c",
    "my_site.example.org/~x;y=(z)",
)
EMAILS = ("a@example.org", "first.last+tag@sub.example.co.uk", ".odd..one@-example-.org", "o'brien@example.org")


def _texts(longest: int) -> st.SearchStrategy[str]:
    plain = st.text(max_size=min(longest, 40)).map(str.strip)
    return (st.sampled_from(AWKWARD) | plain).filter(lambda text: 0 < len(text) <= longest)


def _kept(kind, texts: st.SearchStrategy[str]) -> st.SearchStrategy:
    """What a field keeps of texts that it can read, once it has written and read them again."""

    def read(text):
        try:
            return kind.read(kind.write(kind.read(text)).strip())
        except FieldError:
            return None

    return texts.map(read).filter(lambda value: value is not None)


def _matching(shape) -> st.SearchStrategy[str]:
    return st.from_regex(shape, fullmatch=True, alphabet=st.characters(codec="ascii"))


@singledispatch
def values(kind) -> st.SearchStrategy:
    """Values that a field of this kind keeps unchanged."""
    raise TypeError(f"No strategy for {kind}: write one beside the others.")


@values.register
def _(kind: Text):
    return _kept(kind, _texts(kind.longest))


@values.register
def _(kind: OneOf):
    return st.sampled_from(list(kind.words))


@values.register
def _(kind: SomeOf):
    keys = list(kind.words)
    return st.sets(st.sampled_from(keys), min_size=1, max_size=4).map(
        lambda held: tuple(key for key in keys if key in held)
    )


@values.register
def _(kind: Tags):
    words = _texts(kind.longest) | st.sampled_from(kind.usual or ("Leeds", "E08000035"))
    return _kept(kind, st.lists(words, min_size=1, max_size=3).map("; ".join))


@values.register
def _(kind: Number):
    if not kind.decimals:
        return st.integers(int(kind.low), int(kind.high))
    return st.floats(kind.low, kind.high).map(lambda value: abs(round(value, 2)))


@values.register
def _(kind: YesNo):
    return st.booleans()


@values.register
def _(kind: Day):
    return st.dates(min_value=date(1000, 1, 1)).map(date.isoformat)


@values.register
def _(kind: Website):
    return _kept(kind, st.sampled_from(WEBSITES) | _matching(r"[a-z]{1,9}\.org(/[!-;=?-Z_a-z~]{0,12})?"))


@values.register
def _(kind: Email):
    return _kept(kind, st.sampled_from(EMAILS) | _matching(r"[\w.+'-]{1,9}@[a-z-]{1,9}\.uk"))


@values.register
def _(kind: Postcode):
    return _matching(SHAPE).map(normalise)


@values.register
def _(kind: Hours):
    return _kept(kind, st.sampled_from(HOURS))


_CODES = st.uuids(version=4).map(str) | _matching(r"[A-Z]{2}[0-9]{3}") | _kept(Code(120), _texts(120))


def records(kind, **given) -> st.SearchStrategy:
    """Records of one kind, any of whose fields that are not needed may be unknown; those `given` are as given."""
    made = {name: values(each.kind) for name, each in FIELDS[kind.table].items()}
    made |= {"id": _CODES}
    made |= {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in given.items()}
    needed = {name for name, each in FIELDS[kind.table].items() if each.needed or name in given}
    return st.fixed_dictionaries(
        {name: made[name] for name in made if name in needed},
        optional={name: made[name] for name in made if name not in needed},
    ).map(lambda fields: _at_peace(kind(**fields)))


def _at_peace(record):
    """A record none of whose fields contradict one another."""
    if isinstance(record, Service):
        pairs = (("min_age", "max_age"), ("capacity_free", "capacity"), ("starts_on", "ends_on"))
        for low, high in pairs:
            both = (getattr(record, low), getattr(record, high))
            if None not in both:
                record = _with(record, **dict(zip((low, high), sorted(both), strict=True)))
    if isinstance(record, Practice) and record.at_odds():
        return _with(record, value="3")
    return record


def _several(kind, most: int) -> st.SearchStrategy:
    """Records that belong to an organisation which is given them later."""
    return st.lists(records(kind, organisation_id="?"), max_size=most)


@st.composite
def entries(draw, most: int = 2) -> Entry:
    """One organisation with up to `most` of each of its parts."""
    organisation = draw(records(Organisation))
    parts = {}
    for kind in (Location, Service, Practice, Grant):
        drawn = {record.id: record for record in draw(_several(kind, most))}
        parts[kind] = tuple(_with(record, organisation_id=organisation.id) for record in drawn.values())
    return Entry(
        organisation,
        parts[Location],
        parts[Service],
        parts[Practice],
        parts[Grant],
        versions={(record.table, record.id): 1 for held in ((organisation,), *parts.values()) for record in held},
    )


@st.composite
def registers(draw, most: int = 3) -> list[Entry]:
    """Up to `most` entries whose codes differ, some of whose services are given at places of one another."""
    taken: set[tuple[str, str]] = set()
    held = []
    for entry in draw(st.lists(entries(), max_size=most)):
        keys = {(record.table, record.id) for record in entry.records}
        if not keys & taken:
            taken |= keys
            held.append(entry)
    places = sorted(id_ for table, id_ in taken if table == "locations")
    return [draw(_given_anywhere(entry, places)) if places else entry for entry in held]


@st.composite
def _given_anywhere(draw, entry: Entry, places: list[str]) -> Entry:
    often = st.sampled_from(("", " (monthly)", " (every Tuesday)"))
    at = st.lists(st.tuples(st.sampled_from(places), often).map("".join), min_size=1, max_size=2)
    kept = _kept(Tags(), at.map("; ".join))
    services = tuple(
        _with(service, given_at=draw(kept)) if draw(st.booleans()) else service for service in entry.services
    )
    return _with(entry, services=services)


def _with(held, **changed):
    return type(held)(**(vars(held) | changed))
