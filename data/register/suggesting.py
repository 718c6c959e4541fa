"""What a visitor suggests, from what they typed or clicked to a suggestion that waits; and what comes of it."""

from collections.abc import Mapping

from data.bring.placing import Doubt, Placer
from data.gazetteer import Gazetteer
from data.register.keep import new_code
from data.register.kinds import FieldError
from data.register.records import RecordError, Suggestion, from_text


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
