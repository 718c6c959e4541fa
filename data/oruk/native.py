"""What the slots of an organisation, a place and a service say, in any version's words, as texts by our fields.

The same reading serves both ways. What comes in is read by it; what goes out is read by it too, and every field that
would not come back from its slot exactly goes as an attribute as well.
"""

import re

from data.oruk.hours import hours_of
from data.oruk.marks import REGISTER, as_written
from data.oruk.slots import Slots
from data.register import vocabulary as words

Texts = dict[str, str]
"""Texts by field; those that are not known may be left out."""

SCHEMES = {"GB-CHC": "Charity number", "GB-COH": "Company number"}
"""What the commonest lists of official numbers are called."""

OFFICIAL = "Official number"
"""What an official number is called whose list has no name here."""

ADDED = {
    "alternate_name": "Also called",
    "alert": "Please note",
    "accreditations": "Accreditations",
    "application_process": "How to apply",
    "interpretation_services": "Interpreting",
    "licenses": "Licences",
}
"""Slots whose words are worth keeping and have no field: they are added to the description of a service."""

_DELIVERY_WORDS = {"home visit": "outreach", "home visits": "outreach"}
_SCHEDULES = ("schedules", "regular_schedules", "regular_schedule")
_WAIT = re.compile(r"(\d{1,4})(?:\.0)?\s*(?:days?)?", re.ASCII | re.IGNORECASE)


def organisation_texts(record: Slots) -> Texts:
    """What an organisation's slots say."""
    numbers = [_number(each) for each in record.parts("organization_identifiers")]
    return {
        "name": record.text("name"),
        "description": record.text("description"),
        "website": as_written("organisations", "website", record.text("website", "url")),
        "email": record.text("email"),
        "phone": phone_of(record),
        "identifiers": "; ".join(filter(None, numbers)),
        "legal_form": as_written("organisations", "legal_form", record.text("legal_status")),
    }


def register_id(record: Slots) -> str:
    """Our own id of an organisation that came from the register; "" for others."""
    held = record.parts("organization_identifiers")
    return next((each.text("identifier") for each in held if each.peek("identifier_type") == REGISTER), "")


def phone_of(record: Slots) -> str:
    """The first telephone number of an organisation or service that is not a named person's."""
    unnamed = [each for each in record.parts("contacts", "contact") if not each.peek("name")]
    for holder in (record, *unnamed):
        for phone in holder.parts("phones", "phone"):
            if number := phone.text("number").strip('"'):
                return number
    return ""


def location_texts(record: Slots) -> tuple[Texts, int]:
    """What a place's slots say, and how many of its schedules are not in it.

    "latitude" and "longitude" stand beside the fields of a place.
    """
    addresses = record.parts("addresses", "physical_addresses", "physical_address")
    address = next((each for each in addresses if each.peek("address_type") == "physical"), None)
    address = address or (addresses[0] if addresses else Slots(None))
    address.done("address_type", *(["country"] if address.peek("country").upper() in ("GB", "UK") else []))
    lines = filter(None, (address.text("address_1"), address.text("address_2")))
    kind, reference = record.text("external_identifier_type"), record.peek("external_identifier")
    if kind.upper() == "UPRN":
        record.done("external_identifier")
    access = record.words(("accessibility", "accessibility_for_disabilities"), "accessibility", "description")
    hours, lost = hours_of(record.parts(*_SCHEDULES))
    return {
        "name": record.text("name"),
        "address": ", ".join(lines),
        "town": address.text("city"),
        "postcode": address.text("postal_code"),
        "basis": "accountable_body" if record.text("location_type") == "postal" else "",
        "uprn": reference if kind.upper() == "UPRN" else "",
        "opening_hours": hours,
        "accessibility": "; ".join(access),
        "latitude": record.text("latitude"),
        "longitude": record.text("longitude"),
    }, lost


def service_texts(record: Slots) -> tuple[Texts, int]:
    """What a service's slots say, and how many of its schedules are not in it."""
    added = [f"{label}: {text}" for name, label in ADDED.items() if (text := record.text(name))]
    ages = record.parts("eligibilitys", "eligibility")
    who = record.text("eligibility_description", "eligibility") or "; ".join(
        text for each in ages if (text := each.text("eligibility"))
    )
    hours, lost = hours_of(_schedules(record))
    first = ages[0] if ages else Slots(None)
    texts = {
        "name": record.text("name"),
        "description": "\n\n".join(filter(None, [record.text("description"), *added])),
        "website": as_written("services", "website", record.text("url")),
        "status": as_written("services", "status", record.text("status")),
        "eligibility": who,
        "min_age": record.text("minimum_age") or first.text("minimum_age"),
        "max_age": record.text("maximum_age") or first.text("maximum_age"),
        "confirmed_on": record.text("assured_date"),
        "languages": _languages(record),
        "delivery": _delivery(record),
        "opening_hours": hours,
        "serves": "; ".join(record.words(("service_areas", "service_area"), "name", "service_area", "description")),
        "funder": "; ".join(record.words(("funding", "fundings"), "source")),
        "wait_days": _wait(record),
    }
    return texts | _cost(record), lost


def _number(record: Slots) -> str:
    """One official number with its list: "GB-CHC-1234567"; "" for our own id."""
    kind, scheme, number = record.text("identifier_type"), record.text("identifier_scheme"), record.text("identifier")
    if kind == REGISTER or not number:
        return ""
    scheme = scheme or next((key for key, title in SCHEMES.items() if title.lower() == kind.lower()), "")
    if scheme:
        return number if number.startswith(f"{scheme}-") else f"{scheme}-{number}"
    return number if kind in ("", OFFICIAL) else f"{kind} {number}"


def _schedules(record: Slots) -> list[Slots]:
    """The schedules of a service, or else those of where it is given."""
    given = record.parts("service_at_locations")
    return record.parts(*_SCHEDULES) or [schedule for each in given for schedule in each.parts(*_SCHEDULES)]


def _languages(record: Slots) -> str:
    found = []
    for each in record.parts("languages"):
        code, name = each.text("code", "language"), each.text("name")
        found.append(code if code in words.LANGUAGES else name or code)
    found = found or record.words(("languages",), "code")
    return as_written("services", "languages", "; ".join(filter(None, found)))


def _delivery(record: Slots) -> str:
    said = record.words(("attending_type", "attending_types"), "attending_type")
    meant = "; ".join(_DELIVERY_WORDS.get(text.lower(), text) for text in said)
    return as_written("services", "delivery", meant)


def _wait(record: Slots) -> str:
    """The waiting time if it is a number of days; other words are left."""
    match = _WAIT.fullmatch(record.peek("wait_time"))
    if match:
        record.done("wait_time")
    return match[1] if match else ""


def _cost(record: Slots) -> Texts:
    """The cost, the price and what it is for. The first price in pounds is the price; others go into the words."""
    fees = dict.fromkeys((record.text("fees"), record.text("fees_description")))
    read = {text: as_written("services", "cost", text) for text in fees}
    cost = next((key for key in read.values() if key in words.COSTS), "")
    said = [text for text, key in read.items() if key not in words.COSTS]
    price, amounts = "", []
    for option in record.parts("cost_options", "cost_option"):
        currency, amount = option.text("currency").upper(), option.text("amount")
        amounts += [amount] if amount else []
        first = amount and not price and currency in ("", "GBP")
        price = amount if first else price
        told = "" if first else f"{amount} {currency}".strip()
        said.append(", ".join(filter(None, (option.text("option"), told, option.text("amount_description")))))
    if amounts and not cost:
        cost = "paid" if any(amount.strip("£0.") for amount in amounts) else "free"
    return {"cost": cost, "cost_amount": price, "cost_note": "; ".join(filter(None, said))}
