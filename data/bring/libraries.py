"""Lists of public libraries: the one that each council publishes, and the one of all England."""

import re
from collections.abc import Iterable

from data.bring.layout import Layout, LeftOut, Row, code, joined
from data.register.mend import mended_hours, plain_words

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_KINDS = {"LAL": "LA", "LAL-": "LAU", "CL": "C", "CRL": "CR"}
"""How the councils' lists call what the list of England has a shorter word for."""

_RUN = {
    "LA": "Run by its council",
    "LAU": "Run by its council, without staff",
    "C": "Run for its council by another body",
    "CR": "Run by its community, with help from its council",
    "ICL": "Run by its community, independently of its council",
}

_NOT_OPEN = re.compile(r"\b(currently|temporarily)\s+(closed|suspended)\b", re.IGNORECASE)
_SPAN = r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d"
_OPERATION = re.compile(r"operation_(\d\d)")

_BESIDE = {
    "archives": "archives",
    "artscentre": "an arts centre",
    "carehome_hostel": "a care home or hostel",
    "catering_bars_pub": "a café, bar or pub",
    "civic": "council services",
    "community": "a community centre",
    "faithbuildings": "a faith building",
    "health": "health services",
    "hotel": "a hotel",
    "industrial_business": "businesses",
    "library": "another library",
    "museum": "a museum",
    "retail": "shops",
    "schools_colleges": "a school or college",
    "universities_highereducation": "a university",
}
"""What a library may share its building with, by the end of the heading `co_located_...`."""


def _council(row: Row) -> dict[str, str]:
    """A row of a council's list. Raises `LeftOut` for a library that is closed."""
    notes = _tidy(row.get("Notes", ""))
    if year := _tidy(row["Year closed"]):
        raise LeftOut(f"Closed in {year}")
    if _NOT_OPEN.search(notes):
        raise LeftOut("Currently closed, as its notes say")
    hours, unread = _hours(row, "staffed")
    unstaffed, more = _hours(row, "unstaffed")
    beside = _tidy(row.get("Co-located with", ""))
    kind = row["Type of library"].strip().upper()
    return _library(
        name=row["Library name"],
        kind=_KINDS.get(kind, kind),
        address=row["Address 1"],
        town=row.get("Address 2", ""),
        postcode=row["Postcode"],
        uprn=row["Unique property reference number"],
        notes=(
            beside and f"In one building with: {beside}",
            "In one building with others" if row.get("Co-located") == "Yes" and not beside else "",
            _outside_statute(row.get("Statutory", "")),
            unread and f"Opening hours as given: {unread}",
            (unstaffed or more) and f"Open without staff: {unstaffed or more}",
            (special := _tidy(row.get("Special hours", ""))) and f"Special hours: {special}",
            notes,
        ),
    ) | {
        "organisation_website": row.get("URL", ""),
        "organisation_email": row.get("Email address", ""),
        # One that lists no hours does not say that it is open.
        "organisation_status": "active" if hours or unread else "",
        "place_opening_hours": hours,
    }


def _england(row: Row) -> dict[str, str]:
    """A row of the list of England. Raises `LeftOut` for what is closed, moves about or is no public library."""
    year, kind = _latest(row)
    if closed := _tidy(row["closed"]):
        raise LeftOut(f"Closed in {closed}")
    if kind == "CLOSED":
        raise LeftOut(f"Closed by {year}")
    if kind in ("TEMPORARY CLOSURE", "FACILITY NOT OPEN"):
        raise LeftOut(f"Currently closed, as of {year}")
    if row["type"].casefold().startswith("mobile"):
        raise LeftOut("A mobile library has no one place")
    if not row["type"].casefold().startswith("static"):
        raise LeftOut(f"Listed as “{_tidy(row['type'])}”, not as a library that people can walk into")
    hours = _tidy(row["hours"])
    counted = bool(re.fullmatch(r"\d+(\.\d+)?", hours))
    days = [(day, _tidy(row.get(day.casefold(), ""))) for day in _DAYS]
    # The list says "AM Only" and the like, which are not times that could be kept as such.
    told = "; ".join(f"{day} {said}" for day, said in days if said and not said.startswith("N/A"))
    by = _tidy(row.get("operating_organisation", "")).strip("-")
    return _library(
        name=row["name"],
        kind=kind,
        address=row["address1"],
        town=row.get("address2", ""),
        postcode=row["postcode"],
        uprn=row["uprn"],
        notes=(
            by and f"Managed by: {by}",
            _beside(row),
            _outside_statute(row.get(f"statutory_{year[-2:]}", "")),
            f"Open {hours} hours a week in {year}" if counted else "",
            told and f"Opening hours as given: {told}",
        ),
    ) | {
        "organisation_email": row.get("email", ""),
        "organisation_status": "active" if counted else "",
        "organisation_as_at": year,
    }


def _library(
    *, name: str, kind: str, address: str, town: str, postcode: str, uprn: str, notes: Iterable[str]
) -> dict[str, str]:
    """What both lists tell alike. `kind` is a key of `_RUN`, or not known; `notes` are sentences without full stops."""
    called = _tidy(_mended(name))
    if "librar" not in called.casefold():
        called = f"{called} Library".strip()
    run = _RUN.get(kind, kind and f"Type of library: {kind}")
    return {
        "organisation_id": code("library", called, "".join(postcode.split())),
        "organisation_name": called,
        "organisation_legal_form": "public_body" if kind in ("LA", "LAU") else "",
        "organisation_community_led": "yes" if kind in ("CR", "ICL") else "",
        "organisation_notes": " ".join(f"{note.rstrip('.')}." for note in (run, *notes) if note),
        "place_address": joined([_tidy(part) for part in address.split(",")]),
        "place_town": joined([_tidy(town)]),
        "place_postcode": _tidy(postcode),
        "place_uprn": uprn.strip(),
        "place_basis": "postcode",
    }


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _mended(text: str) -> str:
    """A text as it was before UTF-8 was read as Windows's own code and saved again, "CafÃ©" as "Café"."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _hours(row: Row, kind: str) -> tuple[str, str]:
    """The week's hours in the written form, or else as they stand: a week without one of its days would be untrue."""
    given = {day: text for day in _DAYS if (text := _tidy(row.get(f"{day} {kind} hours", "")))}
    read = {day: _times(text) for day, text in given.items()}
    if None in read.values():
        return "", "; ".join(f"{day} {text}" for day, text in given.items())
    return "; ".join(f"{day[:2]} {times}" for day, times in read.items() if times), ""


def _times(text: str) -> str | None:
    """The times of one day as "10:00-12:30,14:00-17:00"; "" for closed, None if they cannot be read."""
    if plain_words(text) in ("closed", "none", "n a", ""):
        return ""
    listed = re.sub(r"\s*(?:,|;|/|&|\band\b)\s*", ",", text, flags=re.IGNORECASE)
    times = (mended_hours(f"Mo {listed}") or "").removeprefix("Mo ")
    spans = re.findall(_SPAN, times)
    whole = ",".join(spans) == times.replace(" ", "")
    return ",".join(spans) if spans and whole and all(span[:5] < span[6:] for span in spans) else None


def _outside_statute(said: str) -> str:
    return "Not part of the library service that its council must provide" if said.strip().casefold() == "no" else ""


def _latest(row: Row) -> tuple[str, str]:
    """The newest year that the list tells of, and how the library was run in it."""
    years = [found[1] for heading in row if (found := _OPERATION.fullmatch(heading))]
    newest = max(years, default="")
    return f"20{newest}" if newest else "", row.get(f"operation_{newest}", "").strip().upper()


def _beside(row: Row) -> str:
    others = [words for end, words in _BESIDE.items() if row.get(f"co_located_{end}", "").strip().casefold() == "x"]
    found = joined([*others, _tidy(row.get("co_located_other_text", ""))])
    return f"In one building with: {found}" if found else ""


LIBRARIES_COUNCIL = Layout(
    key="libraries_council",
    title="A council's list of its libraries",
    headings=frozenset(
        {
            "Local authority",
            "Library name",
            "Address 1",
            "Postcode",
            "Unique property reference number",
            "Type of library",
            "Year closed",
            "Monday staffed hours",
            "Sunday staffed hours",
        }
    ),
    convert=_council,
    source="List of libraries published by their council",
    constants={"organisation_anchor_type": "library"},
)

LIBRARIES_ENGLAND = Layout(
    key="libraries_england",
    title="Public libraries in England",
    headings=frozenset(
        {"reporting", "name", "address1", "authority", "postcode", "uprn", "type", "closed", "hours", "staffed_hours"}
    ),
    convert=_england,
    source="Basic dataset of public libraries in England",
    constants={"organisation_anchor_type": "library"},
)
