"""Grants by the 360Giving standard, as its JSON and as its spreadsheets: a flat row a grant, by its recipient."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.bring.files import Sheet
from data.bring.files_sheet import cell_text, some
from data.bring.layout import Layout, LeftOut, Row, code, joined
from data.register.kinds import Day, FieldError
from geo.postcode import looks_like_postcode

Flat = dict[str, str]

_PATHS = {
    "Identifier": "id",
    "Title": "title",
    "Description": "description",
    "Currency": "currency",
    "Amount Awarded": "amountAwarded",
    "Award Date": "awardDate",
    "URL": "url",
    "Recipient Ind:Identifier": "recipientIndividual/id",
    "Recipient Ind:Name": "recipientIndividual/name",
    "To Individuals Details:Primary Grant Reason": "toIndividualsDetails/primaryGrantReason",
    "Recipient Org:Identifier": "recipientOrganization/id",
    "Recipient Org:Name": "recipientOrganization/name",
    "Recipient Org:Charity Number": "recipientOrganization/charityNumber",
    "Recipient Org:Company Number": "recipientOrganization/companyNumber",
    "Recipient Org:Street Address": "recipientOrganization/streetAddress",
    "Recipient Org:City": "recipientOrganization/addressLocality",
    "Recipient Org:Postal Code": "recipientOrganization/postalCode",
    "Recipient Org:Phone Number": "recipientOrganization/telephone",
    "Recipient Org:Email": "recipientOrganization/email",
    "Recipient Org:Description": "recipientOrganization/description",
    "Recipient Org:Web Address": "recipientOrganization/url",
    "Beneficiary Location:Name": "beneficiaryLocation/name",
    "Beneficiary Location:Latitude": "beneficiaryLocation/latitude",
    "Beneficiary Location:Longitude": "beneficiaryLocation/longitude",
    "Beneficiary Location:Geographic Code": "beneficiaryLocation/geoCode",
    "Funding Org:Name": "fundingOrganization/name",
    "Grant Programme:Title": "grantProgramme/title",
}
"""For each title of the spreadsheets that we read, the way to it in the JSON."""

_TELLING = {"recipientOrganization", "recipientIndividual", "fundingOrganization", "amountAwarded", "awardDate"}
_OFFICIAL = re.compile(r"(?!360G)[A-Z]{2}-[A-Z0-9]+-\S+")
_PLACE = ("place_", "latitude", "longitude")


class GrantsError(ValueError):
    """A document that is not 360Giving; the text says what is missing."""


def looks_like_360(document: object) -> bool:
    """Whether a document is a package of grants by the standard, or a bare list of them."""
    return any(isinstance(grant, dict) and _TELLING & grant.keys() for grant in _grants(document))


def from_360(document: object) -> tuple[tuple[Flat | LeftOut, ...], tuple[str, ...], tuple[str, ...]]:
    """A flat row for each grant or why it is left out, where each stood in the document, and notes.

    Raises
    ------
    GrantsError
        If no grant by the standard is in it.
    """
    if not looks_like_360(document):
        raise GrantsError(
            "This is not a list of grants by the 360Giving standard: nothing under “grants” says who received or gave "
            "one. Choose a file that its publisher calls 360Giving data."
        )
    grants = _grants(document)
    rows = _together([_of_json(grant) for grant in grants])
    labels = tuple(f"grant {number}" for number in range(1, len(grants) + 1))
    return tuple(rows), labels, tuple(_notes(grants))


@dataclass(frozen=True, kw_only=True)
class GrantsLayout(Layout):
    """A layout whose rows must be seen together, since an organisation may have received several grants."""

    def rows(self, sheet: Sheet) -> list[Flat | LeftOut]:
        """The grants of a list, each as ours or with why it is left out; the place of a recipient only once."""
        return _together(super().rows(sheet))


def _grants(document: object) -> list[Any]:
    found = document.get("grants") if isinstance(document, dict) else document
    return found if isinstance(found, list) else []


def _of_json(grant: object) -> Flat | LeftOut:
    if not isinstance(grant, dict):
        return LeftOut("Not a grant: it has no names and values")
    if grant.get("recipientIndividual") or grant.get("toIndividualsDetails"):
        return LeftOut("A grant to a person")
    return _flat({title: _reached(grant, path) for title, path in _PATHS.items()})


def _reached(grant: Mapping[str, Any], path: str) -> str:
    """The text at the end of a way, through the first of each list; "" if there is none."""
    value: Any = grant
    for name in path.split("/"):
        value = next(iter(value), None) if isinstance(value, list) else value
        value = value.get(name) if isinstance(value, dict) else None
    return "" if isinstance(value, dict | list) else cell_text(value).strip()


def _of_row(row: Row) -> Flat:
    """A row of a spreadsheet. Raises `LeftOut` for a grant to a person."""
    # "Recipient Org:0:Name" is the name of the first recipient, as "Recipient Org:Name" is.
    first = {heading.replace(":0:", ":"): text for heading, text in row.items()}
    if any(text for heading, text in first.items() if heading.startswith(("Recipient Ind:", "To Individuals"))):
        raise LeftOut("A grant to a person")
    return _flat({title: first.get(title, "") for title in _PATHS})


def _flat(grant: Row) -> Flat:
    """One grant by the titles of the spreadsheets, as a flat row with all that it says."""

    def recipient(title: str) -> str:
        return " ".join(grant[f"Recipient Org:{title}"].split())

    own = recipient("Identifier")
    numbers = [_charity(recipient("Charity Number")), _company(recipient("Company Number"))]
    official = [own if _OFFICIAL.fullmatch(own) else "", *numbers]
    name, postcode = recipient("Name"), recipient("Postal Code")
    made = code("recipient", name, "".join(postcode.split())) if name else ""
    return {
        "organisation_id": own or next(filter(None, official), made),
        "organisation_name": name,
        "organisation_identifiers": joined(official, "; "),
        "organisation_description": recipient("Description"),
        "organisation_website": recipient("Web Address"),
        "organisation_email": recipient("Email"),
        "organisation_phone": recipient("Phone Number"),
        "grant_id": grant["Identifier"],
        "grant_name": grant["Title"],
        "grant_purpose": grant["Description"],
        "grant_amount": grant["Amount Awarded"],
        "grant_currency": grant["Currency"],
        "grant_awarded_on": _day(grant["Award Date"]),
        "grant_funder": grant["Funding Org:Name"],
        "grant_programme": grant["Grant Programme:Title"],
        "grant_source_url": grant["URL"],
    } | _place(grant, postcode, joined([recipient("Street Address")]), joined([recipient("City")]))


def _charity(number: str) -> str:
    """A charity's number with the list that it is of: of Scotland and Northern Ireland by its first letters."""
    if not number or _OFFICIAL.fullmatch(number):
        return number
    if number.upper().startswith("SC"):
        return f"GB-SC-{number.upper()}"
    if number.upper().startswith("NIC"):
        return f"GB-NIC-{number[3:]}"
    return f"GB-CHC-{number}"


def _company(number: str) -> str:
    return number if not number or _OFFICIAL.fullmatch(number) else f"GB-COH-{number.zfill(8)}"


def _place(grant: Row, postcode: str, address: str, town: str) -> Flat:
    """Where the recipient is; else, roughly, where the grant is to help."""
    name, latitude, longitude, area = (
        grant[f"Beneficiary Location:{title}"] for title in ("Name", "Latitude", "Longitude", "Geographic Code")
    )
    if not postcode and latitude and longitude:
        return {"latitude": latitude, "longitude": longitude, "place_name": name, "place_basis": "approximate"}
    if not postcode and looks_like_postcode(area):
        return {"place_postcode": area, "place_name": name, "place_basis": "approximate"}
    where = {"place_address": address, "place_town": town, "place_postcode": postcode}
    return where | {"place_basis": "postcode" if postcode else ""}


def _together(rows: Sequence[Flat | LeftOut]) -> list[Flat | LeftOut]:
    """The same rows, but all that one recipient has say the same of it, and its place stands in the first only.

    What the newest grant says of a recipient is taken: its address may have changed.
    """
    held: dict[str, list[Flat]] = {}
    for row in rows:
        if not isinstance(row, LeftOut) and row["organisation_id"]:
            held.setdefault(row["organisation_id"], []).append(row)
    known = {id_: _newest(of_one) for id_, of_one in held.items()}
    joint: list[Flat | LeftOut] = []
    for row in rows:
        if isinstance(row, LeftOut) or row["organisation_id"] not in known:
            joint.append(row)
            continue
        same, place = known[row["organisation_id"]]
        first = row is held[row["organisation_id"]][0]
        own = {column: text for column, text in row.items() if column.startswith("grant_")}
        joint.append(same | own | (place if first else {}))
    return joint


def _newest(rows: Sequence[Flat]) -> tuple[Flat, Flat]:
    """What the rows of one recipient say of it, and its place; of each the newest that is not blank."""
    order = sorted(rows, key=lambda row: row["grant_awarded_on"], reverse=True)
    columns = [column for column in rows[0] if column.startswith("organisation_")]
    same = {column: next(filter(None, (row[column] for row in order)), "") for column in columns}
    places = [{column: text for column, text in row.items() if column.startswith(_PLACE)} for row in order]
    told = [place for place in places if any(place.values())]
    ranks = {"postcode": 0, "approximate": 1}
    return same, min(told, key=lambda place: ranks.get(place["place_basis"], 2), default={})


def _day(said: str) -> str:
    try:
        return Day().read(said) or ""
    except FieldError:
        return said


def _notes(grants: Sequence[object]) -> list[str]:
    """Sentences on what a row a grant cannot hold."""

    def several(name: str) -> int:
        lists = (grant.get(name) for grant in grants if isinstance(grant, dict))
        return sum(isinstance(found, list) and len(found) > 1 for found in lists)

    found = [
        (several("recipientOrganization"), "more than one recipient; the first is taken"),
        (several("fundingOrganization"), "more than one funder; the first is taken"),
    ]
    return [f"{some(count, 'grant')} with {what}." for count, what in found if count]


GRANTS = GrantsLayout(
    key="grants_360",
    title="Grants (360Giving)",
    headings=frozenset({"Identifier", "Title", "Currency", "Amount Awarded", "Award Date"}),
    convert=_of_row,
    source="360Giving data published by the funder",
)
