"""The register as Open Referral UK: a page of services, with the organisations and places that stand in none.

Every field fills its slot if there is one. A field without a slot, or that its slot would not bring back exactly,
goes as an attribute. Suggestions are never sent out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from data.oruk.outgoing_records import location_out, organisation_out, service_out
from data.oruk.points import degrees_of
from data.register.book import Entry
from data.register.records import Service, outlets
from data.register.tables import Heard

_PIECE = 500
"""Organisations between two reports of progress."""


def to_oruk(entries: Iterable[Entry], *, today: date | None = None, heard: Heard = lambda _: None) -> dict[str, Any]:
    """Organisations with all that belongs to them, as one page of services, ready for JSON.

    Parameters
    ----------
    entries : what is sent out.
    today : what ended by this day is told as ended; today's date if None.
    heard : is told how far it has come, from 0 to 1. What it raises stops it.

    Returns
    -------
    dict
        "contents" holds the services in full, "organizations" those without a service, "locations" the places at
        which no service is given; the counts of a page stand before them. The same organisation or place may be one
        object in several of them: copy before you change any.
    """
    day = (today or datetime.now(UTC).date()).isoformat()
    listed = list(entries)
    held = [place for entry in listed for place in entry.locations]
    degrees = degrees_of(held)
    places = {place.id: location_out(place, degrees.get(place.id)) for place in held}
    open_at = {place.id: place.opening_hours for place in held}
    contents: list[dict[str, Any]] = []
    alone = []
    used: set[str] = set()
    for number, entry in enumerate(listed):
        if number % _PIECE == 0:
            heard(number / len(listed))
        organisation = organisation_out(entry)
        for service in entry.services:
            at = [(id_, often) for id_, often in _where(service, entry) if id_ in places]
            used.update(id_ for id_, _ in at)
            given = [(places[id_], often) for id_, often in at]
            hours = service.opening_hours or _doors(at, open_at)
            contents.append(service_out(service, entry.organisation, organisation, given, hours, day))
        if not entry.services:
            alone.append(organisation)
    heard(1.0)
    unused = [place for id_, place in places.items() if id_ not in used]
    return _page(contents) | {"organizations": alone, "locations": unused}


def _where(service: Service, entry: Entry) -> Iterable[tuple[str, str]]:
    """The codes of the places where a service is given, each with how often.

    Those it names; or else all of its organisation's, unless it is known to be given in no place at all.
    """
    if service.given_at:
        return outlets(service)
    if service.delivery and "in_person" not in service.delivery:
        return ()
    return [(place.id, "") for place in entry.locations]


def _doors(at: Sequence[tuple[str, str]], open_at: Mapping[str, str | None]) -> str | None:
    """When the doors are open behind which a service is given; None if they differ, or it is there only at times."""
    hours = {open_at[id_] for id_, _ in at}
    return hours.pop() if len(hours) == 1 and not any(often for _, often in at) else None


def _page(contents: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
