"""What a visitor suggests, or a room told, from what was typed or clicked to a suggestion that waits."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from data.bring.lookalike import plain_name, same_as
from data.bring.placing import Doubt, Placer
from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.changes import Step, key_of, name_of
from data.register.keep import new_code
from data.register.kinds import FieldError
from data.register.mend import short
from data.register.records import Location, Organisation, RecordError, Suggestion, from_text
from data.register.rights import Actor
from data.workshop.live import Answer, Place, Session, Words


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


def told_in(
    session: Session,
    answer: Answer,
    *,
    name: str,
    kind: str,
    areas: Mapping[str, str],
    gazetteer: Gazetteer,
    today: str,
) -> Suggestion:
    """What someone said is missing in a session, as a suggestion that waits.

    It stands where a pin was put, to the nearest 100 m; what was written, or said of a neighbourhood, has no point.

    Parameters
    ----------
    name, kind : what is missing, in the words of whoever passes it on, and what it is (`vocabulary.KINDS`).
    areas : the name of a wider neighbourhood by its MSOA code.

    Raises
    ------
    RecordError
        If it has no name, or something cannot be kept; it tells all of it.
    """
    asked = next((each.question.text for each in session.scenes if each.id == answer.scene and each.question), "")
    value, where = answer.value, {}
    said = value.text if isinstance(value, Words) else value.note if isinstance(value, Place) else ""
    near = f" In {areas.get(value.area, value.area)}." if isinstance(value, Place) else ""
    if isinstance(value, Place) and value.at:
        easting, northing = gazetteer.metres(value.at[1], value.at[0])
        where = {"easting": str(round(easting)), "northing": str(round(northing)), "lsoa21cd": value.lsoa21cd}
        where["district"] = gazetteer.district_of(value.lsoa21cd)
    told = {
        "id": code_of(session.id, answer.id),
        "name": name,
        "kind": kind,
        "says": (f"“{said}”" if said else "A place that someone pointed to.") + f"{near} Asked was: “{asked}”",
        "made_on": today,
        "made_by": f"people at “{short(session.title)}”, a session on {session.day}",
        "state": "waiting",
    }
    made: Suggestion = from_text(Suggestion, told | where)
    return made


def code_of(session: str, answer: str) -> str:
    """The code of the suggestion that an answer of a session becomes: always the same, so none is passed on twice."""
    return f"s-{hashlib.sha256(f'{session} {answer}'.encode()).hexdigest()[:12]}"


def passed_on(register: Register, session: Session, answers: Iterable[Answer]) -> dict[str, Suggestion]:
    """Of a session's answers, by id, those that were passed on, with what became of them."""
    codes = {code_of(session.id, each.id): each.id for each in answers}
    found = register.records(Suggestion.table, list(codes)) if codes else []
    return {codes[each.id]: each for each, _ in found if isinstance(each, Suggestion)}


def pass_on(register: Register, suggestions: Sequence[Suggestion], *, session: Session, by: Actor) -> Step:
    """Have what a session told wait in the register's queue, as one step.

    Raises
    ------
    NotAllowedError
        If `by` may not change the register.
    ConflictError
        If any of them was passed on already. Nothing is written.
    """
    what = f"Passed on what “{short(session.title)}” told"
    return register.change(suggestions, by=by, what=what, seen={key_of(each): 0 for each in suggestions})
