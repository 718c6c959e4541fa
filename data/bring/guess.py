"""Which column of a list means what: a first guess by its heading and by what stands in it, for people to correct."""

import re
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz

from data.bring.files import Sheet
from data.register import vocabulary
from data.register.flat import COLUMNS
from data.register.kinds import FieldError, Hours, OneOf, SomeOf
from data.register.mend import plain_words
from data.register.vocabulary import ALSO_COSTS, ALSO_STAGES, COSTS, EVERY_STAGE, STAGES
from geo.postcode import looks_like_postcode

COORDINATES = {"latitude": "Place: Latitude", "longitude": "Place: Longitude"}
KIND = "kind"
"""A column that names a kind of anchor or of help, either."""

KINDS = OneOf(vocabulary.KINDS, vocabulary.ALSO_KINDS)
"""The kinds that such a column may name."""

TARGETS: dict[str, str] = {
    "organisation_name": "Organisation: Name",
    KIND: "Kind of place or help",
    **COORDINATES,
} | {column: f"{kind.title}: {each.title}" for column, (kind, each) in COLUMNS.items()}
"""What a column may be, with what people call it."""

_SAID = {
    "organisation_name": "name, organisation, organisation name, name of organisation, name of place, "
    " organization, provider, provider name, charity name, "
    "establishment name, title, place, venue, group, company, who",
    KIND: "type, kind, category, organisation type, type of organisation, type of support, what",
    "organisation_id": "id, ref, reference, code, org id, identifier, wy code",
    "organisation_anchor_type": "anchor type, anchor",
    "organisation_website": "website, web, url, web address, homepage, link, web site, site",
    "organisation_email": "email, e mail, email address, contact email",
    "organisation_phone": "phone, telephone, tel, phone number, telephone number, mobile, contact number",
    "organisation_status": "status, open or closed, standing",
    "organisation_source": "source",
    "organisation_as_at": "as at, as of, date of information",
    "organisation_notes": "notes, comments, remarks, note, comment, other information",
    "organisation_verification": "verification, evidence",
    "organisation_confirmed_on": "last confirmed, confirmed, last checked, date checked, assured date",
    "organisation_community_led": "community led, led by community",
    "organisation_description": "about, what they do, activities",
    "place_address": "address, address 1, address1, street, street address, full address, addr",
    "place_town": "town, city, locality, area",
    "place_postcode": "postcode, post code, postal code, zip, pcode, pc",
    "place_easting": "easting, x, x coordinate, eastings",
    "place_northing": "northing, y, y coordinate, northings",
    "place_uprn": "uprn, unique property reference number",
    "place_basis": "geo basis, basis",
    "place_district": "district, local authority, council area, borough",
    "place_accessibility": "accessibility, access, disabled access",
    "latitude": "latitude, lat",
    "longitude": "longitude, lon, long, lng",
    "service_name": "service, service name, name of service, project, programme",
    "service_support_type": "support type, type of help, help type",
    "service_description": "offer, what is offered, support offered, services, services offered, description, details, "
    "what we offer",
    "service_stages": "stage, stages, business stage, stage of business",
    "service_eligibility": "eligibility, who can use it, who is it for, who for, for whom, criteria, eligible",
    "service_priority_groups": "priority groups, target group, target groups, audience, groups, aimed at, for",
    "service_cost": "cost, price, fee, fees, charge, free or paid",
    "service_languages": "language, languages, languages spoken",
    "service_delivery": "delivery, how delivered, delivery mode, mode",
    "service_opening_hours": "opening hours, hours, opening times, open, times, when, when open, open times",
    "service_serves": "serves, area served, service area, coverage, areas covered",
    "service_capacity": "capacity, places, units, desks",
    "service_wait_days": "waiting time, wait, waiting days",
    "service_funder": "funder, funded by, paid for by",
    "service_starts_on": "start, start date, starts, from",
    "service_ends_on": "end, end date, ends, until, finish date, closing date",
}
_STAGES = SomeOf(STAGES, ALSO_STAGES, EVERY_STAGE)
_BY_WORDS = {words.strip(): target for target, said in _SAID.items() for words in said.split(",")}

_ALIKE = 90
_SAMPLE = 200
_MOSTLY = 0.6

_STREET = re.compile(
    r"\b(street|st|road|rd|lane|gate|square|avenue|place|end|terrace|row|mill|court|drive|close|way|hill)\b", re.I
)


def guess(sheet: Sheet) -> dict[str, str]:
    """For each target, the column that seems to hold it; each column is used once, and some mean nothing to us."""
    found: dict[str, str] = {}
    left = list(sheet.columns)
    for exact in (True, False):
        for column in list(left):
            target = _by_heading(column, exact=exact)
            if target and target not in found:
                found[target] = column
                left.remove(column)
    samples = {column: _sample(sheet, column) for column in sheet.columns}
    for clue in (lambda column: _by_content(samples[column]), _by_part_of_heading):
        for column in list(left):
            target = clue(column)
            if target and target not in found:
                found[target] = column
                left.remove(column)
    if "organisation_name" not in found and (named := [column for column in left if _are_names(samples[column])]):
        found["organisation_name"] = named[0]
        left.remove(named[0])
    return _named_by_what(found, left, samples)


def applied(sheet: Sheet, meaning: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of a list as flat rows, a column taken for each target of `meaning`."""
    at = {target: sheet.columns.index(column) for target, column in meaning.items() if column in sheet.columns}
    return [{target: row[i] for target, i in at.items()} for row in sheet.rows]


def _by_heading(heading: str, *, exact: bool) -> str | None:
    plain = plain_words(heading)
    if heading in TARGETS:
        return heading
    if exact or not plain:
        return _BY_WORDS.get(plain)
    best = max(_BY_WORDS, key=lambda words: fuzz.ratio(plain, words))
    return _BY_WORDS[best] if fuzz.ratio(plain, best) >= _ALIKE else None


def _by_part_of_heading(heading: str) -> str | None:
    """The longest words of ours that all stand in a heading: "Where (address)" holds "address"."""
    stand = set(plain_words(heading).split())
    held = [words for words in _BY_WORDS if stand.issuperset(words.split())]
    return _BY_WORDS[max(held, key=len)] if held else None


def _by_content(values: Sequence[str]) -> str | None:
    """What most of a column's values are, if that can be told by looking at them."""
    tests: dict[str, Callable[[str], object]] = {
        "place_postcode": looks_like_postcode,
        "organisation_email": lambda value: re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value),
        "organisation_website": lambda value: re.match(r"(https?://|www\.)", value, re.I),
        "latitude": lambda value: re.fullmatch(r"5[0-9]\.\d{3,}", value),
        "longitude": lambda value: re.fullmatch(r"-[0-3]\.\d{3,}", value),
        "service_stages": lambda value: not value.isdecimal() and _reads(_STAGES, value),
        "service_cost": lambda value: not value.isdecimal() and _reads(OneOf(COSTS, ALSO_COSTS), value),
        "service_opening_hours": lambda value: any(map(str.isdigit, value)) and _reads(Hours(), value),
        KIND: lambda value: _reads(KINDS, value),
    }
    for target, test in tests.items():
        if values and sum(bool(test(value)) for value in values) >= _MOSTLY * len(values):
            return target
    return None


def _reads(kind: OneOf | SomeOf | Hours, value: str) -> bool:
    """Whether a field of a kind could hold a value, or what was probably meant by it."""
    try:
        return kind.read(value) is not None
    except FieldError as error:
        return isinstance(kind, Hours) and error.suggestion is not None


def _are_names(values: Sequence[str]) -> bool:
    """Whether values may be names: mostly words, and mostly different."""
    return (
        bool(values) and len(set(values)) > _MOSTLY * len(values) and sum(map(_has_letters, values)) > len(values) / 2
    )


def _has_letters(value: str) -> bool:
    return sum(map(str.isalpha, value)) > len(value) / 2


def _named_by_what(found: dict[str, str], left: list[str], samples: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Where the column called "name" holds addresses, take the names from another column."""
    named = found.get("organisation_name")
    if not named or "place_address" in found or not samples[named]:
        return found
    if sum(bool(_STREET.search(value)) for value in samples[named]) < _MOSTLY * len(samples[named]):
        return found
    others = [found["organisation_notes"]] if "organisation_notes" in found else left
    texts = [column for column in others if samples[column] and any(map(str.isalpha, samples[column][0]))]
    if not texts:
        return found
    kept = {target: column for target, column in found.items() if column != texts[0]}
    return kept | {"organisation_name": texts[0], "place_address": named}


def _sample(sheet: Sheet, column: str) -> list[str]:
    i = sheet.columns.index(column)
    return [row[i] for row in sheet.rows if row[i]][:_SAMPLE]
