"""Each record as Open Referral UK: its slots filled, and the rest in attributes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from data.oruk.hours import schedules
from data.oruk.marks import REGISTER, attributes, made_id, oruk_id
from data.oruk.native import OFFICIAL, SCHEMES, Texts, location_texts, organisation_texts, service_texts
from data.oruk.slots import Slots
from data.register import vocabulary as words
from data.register.book import Entry
from data.register.records import Location, Organisation, Record, Service, to_text

STATUS = {"active": "active", "paused": "temporarily closed", "unknown": "inactive", "ended": "defunct"}

_SCHEME = re.compile(r"([A-Z]{2}-[A-Z]{2,10})-(.+)", re.DOTALL)
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
_MAILBOX = re.compile(rf"[\w+'-]+(\.[\w+'-]+)*@{_LABEL}(\.{_LABEL})+", re.ASCII)


def organisation_out(entry: Entry) -> dict[str, Any]:
    """An organisation, with the codes of its places, its practice and its grants."""
    record = entry.organisation
    id_ = oruk_id(record.table, record.id)
    out: dict[str, Any] = {"id": id_, "name": record.name, "description": record.description or ""}
    out |= _known(email=_mailbox(record.email), website=_address(record.website))
    out["organization_identifiers"] = _numbers(record, id_)
    exact = _exact(record, id_, organisation_texts(Slots(out)) | {"id": record.id})
    for place in entry.locations:
        exact += attributes(place.table, oruk_id(place.table, place.id), [("id", place.id)])
    hung: tuple[Record, ...] = (*entry.practice, *entry.grants)
    for part in hung:
        exact += _exact(part, oruk_id(part.table, part.id), {})
    return out | _filled(attributes=exact)


def location_out(place: Location, degrees: tuple[float, float] | None) -> dict[str, Any]:
    """A place. The address of a responsible body is for post, never a door to go to."""
    id_ = oruk_id(place.table, place.id)
    kind = "postal" if place.basis == "accountable_body" else "physical"
    out = {"id": id_, "location_type": kind} | _known(name=place.name)
    if degrees:
        out |= {"latitude": degrees[0], "longitude": degrees[1]}
    if place.uprn:
        out |= {"external_identifier": place.uprn, "external_identifier_type": "UPRN"}
    address = {
        "id": made_id("address", id_),
        "address_1": place.address or "",
        "city": place.town or "",
        "state_province": "",
        "postal_code": place.postcode or "",
        "country": "GB",
        "address_type": kind,
    }
    access = [
        {"id": made_id("accessibility", id_, each), "description": each, "accessibility": each}
        for each in place.accessibility or ()
    ]
    out |= _filled(addresses=[address] if place.address or place.town or place.postcode else [], accessibility=access)
    return out | _filled(attributes=_exact(place, id_, location_texts(Slots(out))[0]))


def service_out(
    service: Service,
    of: Organisation,
    organisation: Mapping[str, Any],
    given: Sequence[tuple[Mapping[str, Any], str]],
    hours: str | None,
    today: str,
) -> dict[str, Any]:
    """A service in full.

    Parameters
    ----------
    of, organisation : whose it is, as a record and as sent out.
    given : the places where it is given, as sent out, each with how often.
    hours : when it is given, of its own or of its place.
    today : what ended by that day is told as ended.
    """
    id_ = oruk_id(service.table, service.id)
    out = {"id": id_, "name": service.name}
    out |= _known(description=service.description, url=_address(service.website))
    out["status"] = _status(service, of, today)
    out |= _known(
        fees=words.COSTS.get(service.cost or ""),
        minimum_age=service.min_age,
        maximum_age=service.max_age,
        assured_date=service.confirmed_on,
    )
    out |= _lists(service, id_, hours)
    exact = _exact(service, id_, service_texts(Slots(out))[0])
    at = [
        {"id": made_id("service_at_location", id_, str(place["id"]), often)}
        | _known(description=often or None)
        | {"location": place}
        for place, often in given
    ]
    return out | _filled(service_at_locations=at) | {"organization": organisation} | _filled(attributes=exact)


def _lists(service: Service, id_: str, hours: str | None) -> dict[str, Any]:
    price = _known(amount=_bare(service.cost_amount), amount_description=service.cost_note)
    areas = [
        {"id": made_id("service_area", id_, each), "name": each, "service_area": each} for each in service.serves or ()
    ]
    languages = [
        {"id": made_id("language", id_, each), "name": words.LANGUAGES[each], "code": each}
        for each in service.languages or ()
    ]
    funding = [{"id": made_id("funding", id_), "source": service.funder}] if service.funder else []
    return _filled(
        schedules=schedules(id_, hours or ""),
        service_areas=areas,
        languages=languages,
        funding=funding,
        cost_options=[{"id": made_id("cost_option", id_)} | price] if price else [],
    )


def _status(service: Service, of: Organisation, today: str) -> str:
    """The word for a service's standing: its own, or else its organisation's.

    What nobody said anything about is called active, as everything is that a directory lists: "inactive" would say
    that it is shut. The exact standing goes as an attribute.
    """
    if any(day and day <= today for day in (service.ends_on, of.ended_on)):
        return STATUS["ended"]
    return STATUS[service.status or of.status or "active"]


def _exact(record: Record, link_id: str, said: Texts) -> list[dict[str, Any]]:
    """Attributes for the fields of a record whose text is not what its slots say."""
    texts = {name: text for name, text in to_text(record).items() if name != "organisation_id"}
    return attributes(
        record.table, link_id, [(name, text) for name, text in texts.items() if said.get(name, "") != text]
    )


def _numbers(record: Organisation, id_: str) -> list[dict[str, Any]]:
    found = [{"id": made_id("identifier", id_), "identifier_type": REGISTER, "identifier": record.id}]
    for each in record.identifiers or ():
        number = {"id": made_id("identifier", id_, each), "identifier_type": OFFICIAL, "identifier": each}
        if match := _SCHEME.fullmatch(each):
            scheme = match[1]
            number |= {"identifier_scheme": scheme, "identifier_type": SCHEMES.get(scheme, OFFICIAL)}
            number["identifier"] = match[2]
        found.append(number)
    return found


def _address(website: str | None) -> str | None:
    """A web address in full, with what may not stand in one written as %22 and the like."""
    if not website:
        return None
    whole = website if website.lower().startswith("http://") else f"https://{website}"
    page, mark, within = _STRAY.sub("%25", whole).partition("#")
    safe = "/:?@!$&'()*+,;=%~"
    return quote(page, safe=safe) + mark + quote(within, safe=safe)


def _mailbox(email: str | None) -> str | None:
    """An email address that every reader takes for one."""
    return email if email and _MAILBOX.fullmatch(email) else None


def _bare(amount: float | None) -> float | int | None:
    return int(amount) if amount is not None and amount == int(amount) else amount


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _filled(**lists: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: held for name, held in lists.items() if held}
