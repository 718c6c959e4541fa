"""Official lists of anchor institutions and charities: NHS trusts, universities, colleges, registered charities."""

import re
from datetime import date

from data.bring.layout import Layout, LeftOut, Row, joined
from data.register.kinds import Day, FieldError

_SMALL = {"AND", "AT", "BY", "DE", "FOR", "FROM", "IN", "LE", "OF", "ON", "THE", "TO", "UNDER", "UPON", "WITH"}
_CAPITALS = {"BAME", "CIC", "CIO", "II", "III", "PO", "UK", "USA", "YMCA", "YWCA"}
_SHORTENED = {"DR", "LTD", "MR", "MRS", "MT", "RD", "ST", "STS"}
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)*(?!\w)")
_THE = re.compile(r"^(.+?)(?:,\s*THE|\s*\(THE\))$")
_ORDINAL = re.compile(r"\b(\d+)(ST|ND|RD|TH)\b")

_FURTHER = "18"
_SIXTEEN_TO_NINETEEN = {"39", "45", "46", "57"}
_UNIVERSITY = "29"
_OPEN, _CLOSING, _PROPOSED = "1", "3", "4"
"""Codes of the type and the status of an establishment, without leading zeros."""


def readable(text: str) -> str:
    """A name that is all in capitals as people write it; any other as it is.

    A word without a vowel is taken for initials, such as NHS.
    """
    line = " ".join(text.split())
    if line != line.upper():
        return line
    line = _ORDINAL.sub(lambda found: found[1] + found[2].lower(), _THE.sub(r"THE \1", line))
    return _WORD.sub(_lowered, line)


def _lowered(found: re.Match[str]) -> str:
    word, before = found[0], found.string[: found.start()].rstrip()
    # "King's Lynn and the Wash", but "12 The Ridge"
    if word in _SMALL and before and not before[-1].isdigit():
        return word.lower()
    initials = len(word) > 1 and not re.search("[AEIOUY]", word) and word not in _SHORTENED
    if initials or word in _CAPITALS:
        return word
    # O'Neill, but Children's
    start, mark, rest = word[:1], word[1:2], word[2:]
    return start + mark + rest.capitalize() if mark in ("'", "’") else word.capitalize()


def _nhs(row: Row) -> dict[str, str]:
    """A trust, by the places of its columns. Raises `LeftOut` for one that has closed."""
    cell = [row.get(f"Column {number}", "") for number in range(28)]
    number = f"GB-NHS-{cell[1]}"
    return {
        "organisation_id": number,
        "organisation_name": readable(cell[2]),
        "organisation_identifiers": number,
        "organisation_phone": cell[18],
        "organisation_ended_on": _to_come(cell[12]),
        "place_address": joined([readable(line) for line in cell[5:8]]),
        "place_town": readable(cell[8] or cell[9]),
        "place_postcode": cell[10],
    }


def _provider(row: Row) -> dict[str, str]:
    number = f"GB-UKPRN-{row['UKPRN']}"
    building, street = (readable(row.get(heading, "")) for heading in ("BUILDING_NAME_NUMBER", "STREET_NAME"))
    by = " " if re.search(r"\d[a-z]?$", building) else ", "
    address = [readable(row.get("FLAT_NAME_NUMBER", "")), joined([building, street], by), readable(row["LOCALITY"])]
    website = row.get("WEBSITE_URL", "")
    return {
        "organisation_id": number,
        "organisation_name": row["VIEW_NAME"],
        "organisation_identifiers": number,
        "organisation_website": "" if website in ("http:///", "https:///", "http://", "https://") else website,
        "organisation_notes": _other_name(row["VIEW_NAME"], row["PROVIDER_NAME"]),
        "place_address": joined(address),
        "place_town": readable(row["TOWN"]),
        **_placed(row["POSTCODE"], row["EASTING"], row["NORTHING"], row.get("LATITUDE", ""), row.get("LONGITUDE", "")),
    }


def _college(row: Row) -> dict[str, str]:
    """A college that is open. Raises `LeftOut` for schools, and for colleges that are closed or not open yet."""
    kind, state = (row[f"{what} (code)"].lstrip("0") for what in ("TypeOfEstablishment", "EstablishmentStatus"))
    if kind == _UNIVERSITY:
        raise LeftOut("A university, not a college")
    if kind in _SIXTEEN_TO_NINETEEN:
        raise LeftOut("An academy or free school for 16 to 19, not a college")
    if kind != _FURTHER:
        raise LeftOut("A school, not a college")
    if state == _PROPOSED:
        raise LeftOut("Not open yet")
    closes = _to_come(row["CloseDate"])
    if state not in (_OPEN, _CLOSING):
        raise LeftOut("Closed")
    number = f"GB-EDU-{row['URN']}"
    other = row["UKPRN"] and f"GB-UKPRN-{row['UKPRN']}"
    sixth = row["FurtherEducationType (name)"].casefold().startswith("sixth form college")
    return {
        "organisation_id": number,
        "organisation_name": readable(row["EstablishmentName"]),
        "organisation_anchor_type": "sixth_form_college" if sixth else "fe_college",
        "organisation_identifiers": joined([number, other], "; "),
        "organisation_website": row["SchoolWebsite"],
        "organisation_phone": row["TelephoneNum"],
        "organisation_ended_on": closes,
        "organisation_notes": "It is proposed to close." if state == _CLOSING else "",
        "place_address": joined([row["Street"], row["Locality"], row["Address3"]]),
        "place_town": row["Town"],
        "place_uprn": row.get("UPRN", ""),
        **_placed(row["Postcode"], row["Easting"], row["Northing"]),
    }


def _charity(row: Row) -> dict[str, str]:
    """A charity, whose address is not where it works. Raises `LeftOut` for parts of others and for those removed."""
    if row["linked_charity_number"].strip() not in ("0", ""):
        raise LeftOut("A part of another charity")
    if row["charity_registration_status"].strip().casefold() == "removed":
        year = row.get("date_of_removal", "")[:4]
        raise LeftOut(f"Removed from the register in {year}" if year.isdecimal() else "Removed from the register")
    number = f"GB-CHC-{row['registered_charity_number']}"
    company = row.get("charity_company_registration_number", "").strip()
    cio = row.get("charity_type", "").strip().casefold() == "cio" or _is_true(row.get("charity_is_cio", ""))
    lines = [readable(row.get(f"charity_contact_address{line}", "")) for line in range(1, 6)]
    troubles = {"charity_insolvent": "It is insolvent.", "charity_in_administration": "It is in administration."}
    return {
        "organisation_id": number,
        "organisation_name": readable(row["charity_name"]),
        "organisation_description": row.get("charity_activities", ""),
        "organisation_legal_form": "cio" if cio else "charity",
        "organisation_identifiers": joined([number, company and f"GB-COH-{company.zfill(8)}"], "; "),
        "organisation_website": row.get("charity_contact_web", ""),
        "organisation_email": row.get("charity_contact_email", ""),
        "organisation_phone": row.get("charity_contact_phone", ""),
        "organisation_notes": " ".join(words for heading, words in troubles.items() if _is_true(row.get(heading, ""))),
        "place_address": joined(lines),
        "place_postcode": row["charity_contact_postcode"],
        "place_basis": "accountable_body",
    }


def _to_come(said: str) -> str:
    """The day on which something will close; "" if no day is set. Raises `LeftOut` if it has come."""
    try:
        day = Day().read(re.sub(r"(\d{4})(\d\d)(\d\d)", r"\1-\2-\3", said)) or ""
    except FieldError:
        raise LeftOut(f"Closed ({said})") from None
    if day and day <= date.today().isoformat():
        raise LeftOut(f"Closed in {day[:4]}")
    return day


def _placed(postcode: str, easting: str, northing: str, latitude: str = "", longitude: str = "") -> dict[str, str]:
    """Where a row says that it is: its postcode, with metres where there are any, else with degrees."""
    if easting and northing:
        where = {"place_easting": easting, "place_northing": northing}
    elif latitude and longitude:
        where = {"latitude": latitude, "longitude": longitude}
    else:
        where = {}
    return {"place_postcode": postcode, "place_basis": "published_coords" if where else "postcode"} | where


def _other_name(name: str, registered: str) -> str:
    """The name that a provider is registered by, where that is not the same but for capitals and "the"."""
    plain, other = (set(re.findall(r"\w+", each.casefold())) - {"the", "and"} for each in (name, registered))
    return "" if plain == other else f"Registered as {readable(registered)}."


def _is_true(said: str) -> bool:
    return said.strip().casefold() in ("true", "yes", "y", "1")


NHS_TRUSTS = Layout(
    key="nhs_trusts",
    title="NHS trusts (Organisation Data Service, etr)",
    headings=frozenset(),
    convert=_nhs,
    source="NHS Organisation Data Service: NHS trusts",
    headerless=27,
    first_cell=r"[RT][A-Z0-9]{2}",
    constants={
        "organisation_anchor_type": "nhs_trust",
        "organisation_legal_form": "public_body",
        "organisation_status": "active",
        "place_basis": "postcode",
    },
)

PROVIDERS = Layout(
    key="learning_providers",
    title="Higher education (Learning providers plus)",
    headings=frozenset(
        {"UKPRN", "PROVIDER_NAME", "VIEW_NAME", "LOCALITY", "TOWN", "POSTCODE", "EASTING", "NORTHING", "HESA_ID"}
    ),
    convert=_provider,
    source="Learning providers plus, of the UK Register of Learning Providers",
    constants={"organisation_anchor_type": "university"},
)

COLLEGES = Layout(
    key="gias",
    title="Colleges (Get Information about Schools)",
    headings=frozenset(
        {"URN", "UKPRN", "EstablishmentName", "TypeOfEstablishment (code)", "EstablishmentStatus (code)", "CloseDate"}
        | {"FurtherEducationType (name)", "Street", "Locality", "Address3", "Town", "Postcode", "SchoolWebsite"}
        | {"TelephoneNum", "Easting", "Northing"}
    ),
    convert=_college,
    source="Get Information about Schools, Department for Education",
    constants={"organisation_status": "active"},
)

CHARITIES = Layout(
    key="charities",
    title="Charity Commission register",
    headings=frozenset(
        {"registered_charity_number", "linked_charity_number", "charity_name", "charity_registration_status"}
        | {"charity_contact_postcode"}
    ),
    convert=_charity,
    source="Charity Commission for England and Wales, register of charities",
)
