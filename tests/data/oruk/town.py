"""A register small enough to work out by hand, documents to bring, and how rows become a register again."""

from collections.abc import Iterable, Mapping

from data.oruk import from_oruk
from data.register.book import Entry
from data.register.flat import texts_of
from data.register.records import (
    Grant,
    Location,
    Organisation,
    Practice,
    RecordError,
    Service,
    from_text,
)

ORGANISATION = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
SERVICE = "ac148810-d857-441c-9679-408f346de14b"
PLACE = "3a19ff88-4620-4d17-9830-ac1d859eb5d5"
"""The ids of the official examples."""

HUB, COUNCIL, LENDER = "WY001", "WY002", "7d4c0a3e-58a5-4a0e-9a57-0b6f0f5a1c11"


def town() -> list[Entry]:
    """A hub with two places and a service; a council without a service; a lender at the hub's second place."""
    hub = Organisation(
        id=HUB,
        name="Toytown <b>Hub</b>",
        description="Help for makers.",
        anchor_type="community_hub",
        identifiers=("GB-CHC-1234567", "local 7"),
        website="hub.example.org",
        email="hello@hub.example.org",
        phone="0113 496 0000",
    )
    door = Location(
        id="P2",
        organisation_id=HUB,
        name="The Hub",
        address="1 High Street",
        town="Ayton",
        postcode="LS1 3AD",
        basis="uprn",
        easting=429_700,
        northing=434_000,
        uprn="72000000001",
        accessibility=("step-free", "hearing loop"),
    )
    shed = Location(id="P1", organisation_id=HUB, name="The Shed")
    advice = Service(
        id="S1",
        organisation_id=HUB,
        name="Advice",
        support_type="mentoring",
        stages=("pre_start", "start_up"),
        min_age=16,
        cost="paid",
        cost_amount=12.5,
        cost_note="a session",
        languages=("en", "ur"),
        opening_hours="Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-12:00",
        serves=("Ayton", "E08000001"),
        funder="The Council",
        website="http://hub.example.org/advice",
        status="paused",
        confirmed_on="2026-03-31",
    )
    kept = Practice(id="PR1", organisation_id=HUB, measure="living_wage", value="yes", year="2025")
    grant = Grant(id="G1", organisation_id=HUB, name="A roof", amount=10_000.0, currency="GBP")
    council = Organisation(id=COUNCIL, name="Ayton Council", ended_on="2026-01-01")
    office = Location(id="P3", organisation_id=COUNCIL, town="Ayton", basis="accountable_body")
    lender = Organisation(id=LENDER, name="Lender")
    loans = Service(id="S2", organisation_id=LENDER, name="Loans", given_at=("P1 (monthly)", "P9"))
    online = Service(id="S3", organisation_id=LENDER, name="Webinars", delivery=("online",), ends_on="2020-01-01")
    return [
        Entry(hub, (door, shed), (advice,), (kept,), (grant,), {}),
        Entry(council, (office,), (), (), (), {}),
        Entry(lender, (), (loans, online), (), (), {}),
    ]


def register_of(rows: Iterable[Mapping[str, str]]) -> list[Entry]:
    """The register that flat rows make, leaving out fields that cannot be read and parts that lack what is needed."""
    held: dict[str, dict[type, list]] = {}
    for row in rows:
        parts = held.setdefault(row["organisation_id"], {})
        for kind in (Organisation, Location, Service, Practice, Grant):
            texts = texts_of(row, kind)
            if texts and (record := _readable(kind, texts | {"organisation_id": row["organisation_id"]})):
                parts.setdefault(kind, []).append(record)
    return [
        Entry(
            parts[Organisation][0],
            tuple(parts.get(Location, ())),
            tuple(parts.get(Service, ())),
            tuple(parts.get(Practice, ())),
            tuple(parts.get(Grant, ())),
            {},
        )
        for parts in held.values()
    ]


def _readable(kind: type, texts: dict[str, str]):
    try:
        return from_text(kind, texts)
    except RecordError as error:
        return from_text(kind, {name: text for name, text in texts.items() if name not in error.problems})


def counts(came):
    """How many organisations, places and services came in."""
    return tuple(len({row[f"{what}_id"] for row in came.rows} - {""}) for what in ("organisation", "place", "service"))


def only(document):
    """The one row that a document makes, without its blanks."""
    [row] = from_oruk(document).rows
    return {name: text for name, text in row.items() if text}


def service(name="A", **slots):
    """A service of somebody else, as small as the profile allows."""
    return {"id": f"00000000-0000-4000-8000-{ord(name):012d}", "name": name, "status": "active"} | slots
