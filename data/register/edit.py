"""An edit of one record: from what was typed to a step, or to what stands in its way."""

from collections.abc import Mapping

from data.bring.placing import Placer
from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.changes import Key, Step, key_of
from data.register.kinds import FieldError
from data.register.records import FIELDS, Location, Record, RecordError, from_text, to_text
from data.register.rights import Actor, require_editor

DERIVED = frozenset({"id", "organisation_id", "easting", "northing", "lsoa21cd", "district"})
"""Fields that nobody types: codes, and where a place is, which follows from its postcode or from a click."""


def typed_fields(record: Record) -> list[str]:
    """The fields of a record that people may type, in order."""
    return [name for name in FIELDS[record.table] if name not in DERIVED]


def edited(record: Record, texts: Mapping[str, str], gazetteer: Gazetteer) -> Record:
    """A record with what was typed; a place with another postcode is placed anew.

    Raises
    ------
    RecordError
        If something typed cannot be kept; it tells all of it.
    """
    after: Record = from_text(type(record), {**to_text(record), **texts})
    if not isinstance(after, Location) or not isinstance(record, Location) or after.basis == "accountable_body":
        return after
    moved = after.postcode != record.postcode
    if not after.postcode or not (moved or after.easting is None):
        return after
    spot, doubts = Placer(gazetteer).place({"place_postcode": after.postcode})
    if spot is None:
        words = doubts[0].words if doubts else "It says nothing of where."
        raise RecordError({"postcode": FieldError(words, doubts[0].fix.get("place_postcode") if doubts else None)})
    where = {"easting": spot.easting, "northing": spot.northing, "lsoa21cd": spot.lsoa21cd, "district": spot.district}
    told = {name: str(value) for name, value in where.items()}
    placed: Location = from_text(Location, {**to_text(after), **told, "basis": texts.get("basis") or "postcode"})
    return placed


def save(
    register: Register, record: Record, *, by: Actor, why: str, seen: Mapping[Key, int], before: Record | None
) -> Step:
    """Keep one edited or new record as a step of its own, unless somebody changed it since it was read."""
    require_editor(by)
    key = key_of(record)
    title = type(record).title.lower()
    what = f"{'Added' if before is None else 'Changed'} {'an' if title[0] in 'aeiou' else 'a'} {title}"
    return register.change([record], by=by, what=what, why=why, seen={key: seen.get(key, 0)})
