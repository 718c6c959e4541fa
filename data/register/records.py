"""What the register keeps: organisations, where they are, what they offer, how they act as anchors, and grants.
Besides these: what visitors suggest, and what officers make of it all and keep (`works`).

Each record is a frozen value whose fields are declared once; the tables, the forms, the checks of what people bring
in and everything sent out follow from the declarations. A field that is None is not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from data.register import vocabulary as words
from data.register.fields import Field, fields_of, told
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
from data.register.works import Shortlist, Story

_ID = Text(120)
_LONG = Text(4_500)
_STANDING = OneOf(words.STANDINGS, words.ALSO_STANDINGS)


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Who: an anchor, a provider of help, or both."""

    table: ClassVar[str] = "organisations"
    title: ClassVar[str] = "Organisation"

    id: str = told("Code", _ID, needed=True)
    name: str = told("Name", Text(200), needed=True)
    description: str | None = told("What it is and does", _LONG)
    anchor_type: str | None = told("Kind of anchor or community place", OneOf(words.ANCHOR_TYPES, words.ALSO_ANCHOR))
    legal_form: str | None = told("Legal form", OneOf(words.LEGAL_FORMS))
    community_led: bool | None = told("Led by its community", YesNo())
    identifiers: tuple[str, ...] | None = told(
        "Official numbers", Tags(), about="Such as GB-CHC-1234567 for a charity; “;” between several."
    )
    website: str | None = told("Website", Website())
    email: str | None = told("Email", Email())
    phone: str | None = told("Phone", Text(40))
    status: str | None = told("Standing", _STANDING)
    ended_on: str | None = told("Ended on", Day(), about="From this day on nothing of it counts as help.")
    verification: str | None = told("Evidence", OneOf(words.EVIDENCE))
    source: str | None = told("Known from", Text(500))
    source_url: str | None = told("Address of the source", Website())
    as_at: str | None = told("As of", Text(60))
    licence: str | None = told("Licence of the source", Text(120))
    confirmed_on: str | None = told("Last confirmed", Day())
    confirmed_by: str | None = told("Confirmed by", Text(120), about="A role or an organisation.")
    notes: str | None = told("Notes", _LONG)


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where: a door that people can go to, or an address that must not be taken for one."""

    table: ClassVar[str] = "locations"
    title: ClassVar[str] = "Place"

    id: str = told("Code of the place", Code(120), needed=True)
    organisation_id: str = told("Organisation", _ID, needed=True)
    name: str | None = told("Name of the place", Text(200))
    address: str | None = told("Address", Text(300))
    town: str | None = told("Town", Text(120))
    postcode: str | None = told("Postcode", Postcode())
    basis: str | None = told("How it is placed", OneOf(words.BASES))
    easting: int | None = told("Easting (metres)", Number(0, 700_000))
    northing: int | None = told("Northing (metres)", Number(0, 1_300_000))
    lsoa21cd: str | None = told("Neighbourhood (LSOA)", Text(20))
    district: str | None = told("District", Text(60))
    uprn: str | None = told("Property reference (UPRN)", Text(12))
    opening_hours: str | None = told("Doors open", Hours(), about="As Mo-Fr 09:00-17:00; Sa 10:00-12:00.")
    accessibility: tuple[str, ...] | None = told(
        "Access", Tags(("step-free", "accessible toilet", "hearing loop", "parking for disabled people"))
    )


@dataclass(frozen=True, kw_only=True)
class Service:
    """What is offered, to whom, when, and what it costs."""

    table: ClassVar[str] = "services"
    title: ClassVar[str] = "Service"

    id: str = told("Code of the service", _ID, needed=True)
    organisation_id: str = told("Organisation", _ID, needed=True)
    name: str = told("Name of the service", Text(200), needed=True)
    support_type: str | None = told("Kind of help", OneOf(words.SUPPORT_TYPES, words.ALSO_SUPPORT))
    description: str | None = told("What it offers", _LONG)
    stages: tuple[str, ...] | None = told(
        "Stage of business", SomeOf(words.STAGES, words.ALSO_STAGES, words.EVERY_STAGE)
    )
    eligibility: str | None = told("Who can use it", _LONG)
    max_trading_years: float | None = told("Trading for at most (years)", Number(0, 100, decimals=True))
    sectors: tuple[str, ...] | None = told("Kinds of business", Tags())
    business_size: str | None = told("Size of business", OneOf(words.SIZES))
    min_age: int | None = told("Youngest age", Number(0, 120))
    max_age: int | None = told("Oldest age", Number(0, 120))
    priority_groups: tuple[str, ...] | None = told("Especially for", Tags(words.USUAL_GROUPS))
    cost: str | None = told("Cost", OneOf(words.COSTS, words.ALSO_COSTS))
    cost_amount: float | None = told("Price (£)", Number(0, 1e7, decimals=True))
    cost_note: str | None = told("What the price is for", Text(300))
    languages: tuple[str, ...] | None = told("Languages", SomeOf(words.LANGUAGES, words.ALSO_LANGUAGES))
    delivery: tuple[str, ...] | None = told("How it is given", SomeOf(words.DELIVERY, words.ALSO_DELIVERY))
    opening_hours: str | None = told("Opening hours", Hours(), about="Blank: when its place is open.")
    serves: tuple[str, ...] | None = told(
        "Serves", Tags(), about="Districts or neighbourhoods, by name or code; blank if it is not known."
    )
    serves_km: float | None = told("Serves within (km)", Number(0, 500, decimals=True))
    given_at: tuple[str, ...] | None = told(
        "Given at", Tags(), about="Codes of places, each with how often: “WY021; WY034 (monthly)”. Blank: at its own."
    )
    capacity: int | None = told("Capacity", Number(0, 1_000_000))
    capacity_free: int | None = told("Free now", Number(0, 1_000_000))
    capacity_unit: str | None = told("Counted in", OneOf(words.UNITS))
    capacity_as_at: str | None = told("Capacity as of", Text(60))
    wait_days: int | None = told("Waiting time (days)", Number(0, 3_650))
    funder: str | None = told("Paid for by", Text(200))
    starts_on: str | None = told("Starts on", Day())
    ends_on: str | None = told("Ends on", Day(), about="From this day on it no longer counts as help.")
    status: str | None = told("Standing", _STANDING)
    website: str | None = told("Website", Website())
    confirmed_on: str | None = told("Last confirmed", Day())
    confirmed_by: str | None = told("Confirmed by", Text(120), about="A role or an organisation.")

    def at_odds(self) -> dict[str, str]:
        """Fields that contradict one another, with why."""
        odds = {}
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            odds["max_age"] = "The oldest age is below the youngest."
        if self.capacity is not None and self.capacity_free is not None and self.capacity_free > self.capacity:
            odds["capacity_free"] = "More is free than there is."
        if self.starts_on is not None and self.ends_on is not None and self.starts_on > self.ends_on:
            odds["ends_on"] = "It ends before it starts."
        return odds


@dataclass(frozen=True, kw_only=True)
class Practice:
    """One thing that an anchor does for its place, with its year, its area and its source."""

    table: ClassVar[str] = "practice"
    title: ClassVar[str] = "Practice"

    id: str = told("Code of the practice", _ID, needed=True)
    organisation_id: str = told("Organisation", _ID, needed=True)
    measure: str = told("Practice", OneOf(words.MEASURES), needed=True)
    value: str = told("Figure or answer", Text(300), needed=True)
    year: str | None = told("Year", Text(20), about="Such as 2024 or 2024-25.")
    area: str | None = told("Of which area", Text(120))
    source: str | None = told("Source of the figure", Text(500))

    def at_odds(self) -> dict[str, str]:
        """Why the value is none that its measure can have, if so."""
        try:
            MEASURED[self.measure].read(self.value)
        except FieldError as error:
            return {"value": str(error)}
        return {}


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A grant made to an organisation, as its funder published it."""

    table: ClassVar[str] = "grants"
    title: ClassVar[str] = "Grant"

    id: str = told("Code of the grant", _ID, needed=True)
    organisation_id: str = told("Organisation", _ID, needed=True)
    name: str | None = told("Title of the grant", Text(300))
    purpose: str | None = told("What it is for", _LONG)
    amount: float | None = told("Amount awarded", Number(0, 1e10, decimals=True))
    currency: str | None = told("Currency", Text(3))
    awarded_on: str | None = told("Awarded on", Day())
    funder: str | None = told("Funder", Text(200))
    programme: str | None = told("Programme", Text(200))
    source_url: str | None = told("Address of the grant", Website())


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What a visitor says is missing or wrong, until an editor takes it up or declines it."""

    table: ClassVar[str] = "suggestions"
    title: ClassVar[str] = "Suggestion"

    id: str = told("Code of the suggestion", _ID, needed=True)
    about: str | None = told("About which organisation", _ID)
    name: str = told("Name", Text(200), needed=True)
    says: str | None = told("What is missing or wrong", Text(2_000))
    kind: str | None = told("What it is", OneOf(words.KINDS, words.ALSO_KINDS))
    postcode: str | None = told("Postcode", Postcode())
    easting: int | None = told("Easting (metres)", Number(0, 700_000))
    northing: int | None = told("Northing (metres)", Number(0, 1_300_000))
    lsoa21cd: str | None = told("Neighbourhood (LSOA)", Text(20))
    district: str | None = told("District", Text(60))
    made_on: str | None = told("Made on", Day())
    made_by: str | None = told("Made by", Text(120))
    state: str | None = told("State", OneOf({"waiting": "Waiting", "accepted": "Taken up", "declined": "Declined"}))
    answer: str | None = told("Why", Text(1_000))


_PERCENT, _LEVEL = Number(0, 100, decimals=True), Number(1, 4)
MEASURED: dict[str, Text | Number] = {
    measure: _PERCENT if measure.endswith("_pct") else _LEVEL if measure.startswith("level_") else Text(300)
    for measure in words.MEASURES
} | {"apprentices": Number(0, 1_000_000)}
"""What the value of each measure of `Practice` may be."""

Record = Organisation | Location | Service | Practice | Grant | Suggestion | Shortlist | Story

KINDS: tuple[type[Record], ...] = (Organisation, Location, Service, Practice, Grant, Suggestion, Shortlist, Story)
PARTS: tuple[type[Record], ...] = (Location, Service, Practice, Grant)
"""What belongs to one organisation, and goes where it goes."""

BY_TABLE: dict[str, type[Record]] = {kind.table: kind for kind in KINDS}
FIELDS: dict[str, dict[str, Field]] = {kind.table: fields_of(kind) for kind in KINDS}
"""The fields of every table, by name."""


class RecordError(ValueError):
    """Fields that do not make a record; `problems` tells by field what is wrong."""

    def __init__(self, problems: Mapping[str, FieldError]) -> None:
        super().__init__(" ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = dict(problems)


def from_text(kind: type[Any], texts: Mapping[str, str]) -> Any:
    """A record from what people wrote, a text a field; fields not given are not known.

    Raises
    ------
    RecordError
        If any text cannot be read, a field that is needed is blank, or two contradict each other; it tells all.
    """
    values, problems = {}, {}
    for name, each in FIELDS[kind.table].items():
        try:
            values[name] = each.kind.read(str(texts.get(name, "")).strip())
            if each.needed and values[name] is None:
                raise FieldError(f"{each.title} is needed.")
        except FieldError as error:
            problems[name] = error
    if problems:
        raise RecordError(problems)
    made = kind(**values)
    if odds := made.at_odds() if hasattr(made, "at_odds") else {}:
        raise RecordError({name: FieldError(why) for name, why in odds.items()})
    return made


def to_text(record: Record) -> dict[str, str]:
    """A record as text, a field at a time; `from_text` gives the same record back."""
    return {name: each.kind.write(getattr(record, name)) for name, each in FIELDS[record.table].items()}


def outlets(service: Service) -> tuple[tuple[str, str], ...]:
    """The codes of the places where a service says it is given, each with how often ("" if not said)."""
    pairs = (entry.partition(" (") for entry in service.given_at or ())
    return tuple((place.strip(), often.removesuffix(")")) for place, _, often in pairs)
