"""What a visitor suggests, from what they typed or clicked to a suggestion that waits; and what comes of it."""

from collections.abc import Mapping

from data.bring.lookalike import plain_name, same_as
from data.bring.placing import Doubt, Placer
from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.changes import name_of
from data.register.keep import new_code
from data.register.kinds import FieldError
from data.register.records import Location, Organisation, RecordError, Suggestion, from_text


def like(suggestion: Suggestion, register: Register) -> str | None:
    """The name of an organisation, or of another suggestion that waits, that this may be already; None if none."""
    names, points = [], []
    owners = {record.id: name_of(record) for record, _ in register.records(Organisation.table)}
    for place, _ in register.records(Location.table):
        if isinstance(place, Location) and place.easting and place.northing and place.organisation_id in owners:
            names.append(owners[place.organisation_id])
            points.append((place.easting, place.northing))
    for other, _ in register.records(Suggestion.table, ["waiting"], of="state"):
        if isinstance(other, Suggestion) and other.easting and other.northing:
            names.append(other.name)
            points.append((other.easting, other.northing))
    where = (suggestion.easting or 0, suggestion.northing or 0)
    found = same_as([plain_name(suggestion.name)], [where], [plain_name(name) for name in names], points)
    return names[found[0]] if found else None


def suggestion_of(texts: Mapping[str, str], gazetteer: Gazetteer, *, today: str) -> tuple[Suggestion, list[Doubt]]:
    """A suggestion from texts by field, and also `latitude` and `longitude`; with doubts about where it is.

    Raises
    ------
    RecordError
        If it has no name, or says nothing of where it is, or that cannot be read; it tells all of it.
    """
    spot, doubts = Placer(gazetteer).place({**texts, "place_postcode": texts.get("postcode", "")})
    if any(doubt.refuses for doubt in doubts):
        first = next(doubt for doubt in doubts if doubt.refuses)
        likely = first.fix.get("place_postcode") or None
        raise RecordError({"postcode": FieldError(first.words, likely)})
    if spot is None:
        raise RecordError({"postcode": FieldError("Give a postcode, or click the map where it is.")})
    where = {"easting": spot.easting, "northing": spot.northing, "lsoa21cd": spot.lsoa21cd, "district": spot.district}
    told = {**texts, **{name: str(value) for name, value in where.items()}}
    told |= {"id": new_code("s"), "made_on": today, "state": "waiting"}
    made: Suggestion = from_text(Suggestion, told)
    return made, doubts
