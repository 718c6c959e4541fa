"""What a JSON document holds, by the slots that its objects have: services, organisations, places, or none of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from data.oruk.slots import Slots, text_of

Shape = Literal["service", "organization", "location", "service_at_location"]

_PLACE = {"location_type", "addresses", "physical_addresses"}
_BARE_PLACE = {"id", "name", "description", "latitude", "longitude"}
_SERVICE = {
    "organization",
    "organization_id",
    "service_at_locations",
    "service_areas",
    "cost_options",
    "eligibility_description",
    "eligibilitys",
    "service_taxonomys",
    "application_process",
    "interpretation_services",
    "assured_date",
    "minimum_age",
    "maximum_age",
    "deliverable_type",
    "attending_type",
}
_ORGANISATION = {
    "organization_identifiers",
    "legal_status",
    "tax_id",
    "tax_status",
    "parent_organization_id",
    "year_incorporated",
}
_PERHAPS_ORGANISATION = {"website", "url", "email", "logo", "uri", "services"}
"""Slots that much other JSON has too: enough only beside an id such as Open Referral gives."""
_TERM = {"taxonomy", "term", "vocabulary", "term_uri", "taxonomy_detail"}
_STATUSES = ("active", "inactive", "defunct", "temporarily closed")
_PAGE = {"total_items", "totalElements", "total_pages", "totalPages"}

LISTS: dict[str, Shape | None] = {
    "contents": None,
    "content": None,
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "locations": "location",
}
"""The slots of a document that list things, and what they list; None for whatever it is."""


class OrukError(ValueError):
    """A document that is not Open Referral UK, or that holds nothing to bring in; the message says which."""


@dataclass(frozen=True)
class Found:
    """One thing in a document: what it is (None if that is not clear), its slots, and where it stands."""

    shape: Shape | None
    record: Slots
    label: str


def shape_of(record: object) -> Shape | None:
    """What an object is, by its slots; None for anything else."""
    if not isinstance(record, dict):
        return None
    filled = {name for name, value in record.items() if value not in (None, "", [], {})}
    named, coded = "name" in filled, _has_uuid(record)
    if isinstance(record.get("service"), dict):
        return "service_at_location"
    if named and (filled & _SERVICE or (coded and text_of(record.get("status")) in _STATUSES)):
        # A place may name its organisation too.
        return "location" if filled & _PLACE and not filled & (_SERVICE - {"organization_id"}) else "service"
    if filled & _PLACE or ({"latitude", "longitude"} <= filled <= _BARE_PLACE and coded):
        return "location"
    if named and not filled & _TERM and (filled & _ORGANISATION or (filled & _PERHAPS_ORGANISATION and coded)):
        return "organization"
    return None


def found_in(document: object) -> Iterator[Found]:
    """The things that a document lists, in order; the document itself if it is one of them."""
    if isinstance(document, list):
        yield from _numbered(document, "item", None)
        return
    if not isinstance(document, dict):
        return
    shape = shape_of(document)
    if shape:
        yield Found(shape, Slots(document), f"the {shape.replace('_', ' ').replace('z', 's')}")
        return
    for name, given in LISTS.items():
        if isinstance(document.get(name), list):
            yield from _numbered(document[name], name, given)


def is_empty_page(document: object) -> bool:
    """Whether a document is a page of results without any, such as the register sends out when it holds nothing."""
    if not isinstance(document, dict) or not document.keys() & _PAGE:
        return False
    return any(isinstance(document.get(name), list) for name in ("contents", "content")) and not any(
        document.get(name) for name in LISTS
    )


def holds_terms(document: object) -> bool:
    """Whether a document is about the terms of a taxonomy, which are nothing to bring in."""
    listed = document if isinstance(document, list) else [document]
    if isinstance(document, dict):
        listed += [each for name in ("contents", "content") for each in _list(document.get(name))]
    return any(isinstance(each, dict) and "name" in each and bool(each.keys() & _TERM) for each in listed)


def looks_like_oruk(document: object) -> bool:
    """Whether a JSON document is Open Referral: a page, a list or one of services, organisations or places."""
    first = next((found for found in found_in(document) if found.shape), None)
    return first is not None or is_empty_page(document)


def _numbered(listed: list[Any], name: str, given: Shape | None) -> Iterator[Found]:
    for number, each in enumerate(listed, start=1):
        known = given if isinstance(each, dict) and each.keys() & {"id", "name"} else None
        yield Found(known or shape_of(each), Slots(each), f"{name} {number}")


def _has_uuid(record: dict[Any, Any]) -> bool:
    try:
        UUID(text_of(record.get("id")))
    except ValueError:
        return False
    return True


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
