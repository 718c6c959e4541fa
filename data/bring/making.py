"""Making records of one flat row: codes, kinds and places filled in, and what could not be read told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from data.bring.guess import KINDS
from data.bring.layout import code
from data.bring.placing import Doubt, Placer, says_where
from data.gazetteer import Gazetteer, Spot
from data.register.changes import Key
from data.register.flat import COLUMNS, PREFIXES, texts_of, title_of
from data.register.kinds import FieldError
from data.register.records import (
    Grant,
    Location,
    Organisation,
    Practice,
    Record,
    RecordError,
    Service,
    from_text,
)
from data.register.vocabulary import SUPPORT_TYPES

_EVERYWHERE = {"online", "phone"}
_NOTES = "organisation_notes"
_MOVES = {"service_opening_hours": "place_opening_hours", "service_description": "organisation_description"}
"""Where words stand that are of a service, in a row that names none."""


MARK = "mark"
"""The column in which the checker says which row it is."""


@dataclass
class Made:
    """The records of one row. `same` is the code of an organisation that it may be, once that is known."""

    name: str
    organisation_id: str
    has_code: bool
    """Whether the row itself said the organisation's code."""
    point: tuple[float, float] | None
    organisation: Organisation | None
    parts: tuple[Record, ...]
    same: str = ""

    def as_part_of(self, owner: str, held: Mapping[Key, Record]) -> list[Record]:
        """The records to keep, as parts of the organisation `owner`; `held` are the records that there are already.

        Where a record is held, what the row knows replaces what it says. Where the row only looks to be of `owner`
        (`same`), what is held stays, its blanks are filled, and a second place at the same spot is not added.
        """
        made = [part for part in (self.organisation, *self.parts) if part is not None]
        if not self.same:
            return [_over(held.get((part.table, part.id)), part) for part in made]
        kept: list[Record] = []
        for part in made:
            if isinstance(part, Location):
                continue
            there = _counterpart(part, owner, held)
            kept.append(_over(part, there) if there else _owned(part, owner))
        return kept


def make(row: Mapping[str, str], placer: Placer, gazetteer: Gazetteer, *, whole: bool) -> tuple[Made, list[Doubt]]:
    """The records that one flat row comes to, and everything doubtful about it.

    `whole` : whether the row must say itself where and what it is, rather than add to what other rows say.
    """
    texts, doubts = _with_kind(row)
    spot, more = placer.place(texts)
    # The address of a responsible body is kept wherever it is: it is never drawn.
    doubts += [doubt for doubt in more if not (_is_a_body(texts) and doubt.reason in ("outside", "postcode_unknown"))]
    if not texts.get("organisation_name", "").strip():
        doubts.append(Doubt(column="organisation_name", value="", reason="name", words="Every place needs a name."))
    texts = _with_codes(texts, spot)
    if whole:
        doubts += _without_place(texts, spot) + _without_kind(texts)
    records: dict[type[Any], Record] = {}
    notes = texts.get(_NOTES, "")
    for kind in PREFIXES:
        told = texts_of(texts, kind)
        if told is None:
            continue
        try:
            records[kind] = from_text(kind, told | {"organisation_id": texts["organisation_id"]})
        except RecordError as error:
            for name, problem in error.problems.items():
                doubts.append(_unreadable(texts, notes, kind, name, problem))
                notes = doubts[-1].fix.get(_NOTES, notes)
    doubts += _serves(texts, records.get(Service), gazetteer)
    organisation = records.pop(Organisation, None)
    made = Made(
        name=texts.get("organisation_name", ""),
        organisation_id=texts["organisation_id"],
        has_code=bool(row.get("organisation_id", "").strip()),
        point=(spot.easting, spot.northing) if spot else None,
        organisation=organisation if isinstance(organisation, Organisation) else None,
        parts=tuple(records.values()),
    )
    return made, [doubt for doubt in doubts if not _told_already(doubt, doubts)]


def _with_kind(row: Mapping[str, str]) -> tuple[dict[str, str], list[Doubt]]:
    """A row whose `kind` stands where kinds of anchor or of help stand."""
    texts = dict(row)
    if not (typed := texts.pop("kind", "").strip()):
        return texts, []
    try:
        kind = KINDS.read(typed)
    except FieldError as error:
        fix = {"kind": error.suggestion} if error.suggestion else {"kind": "other"}
        return texts, [Doubt(column="kind", value=typed, reason="kind", words=str(error), fix=fix)]
    if kind:
        texts["service_support_type" if kind in SUPPORT_TYPES else "organisation_anchor_type"] = kind
    return texts, []


def _with_codes(texts: dict[str, str], spot: Spot | None) -> dict[str, str]:
    """A row whose parts all have codes, and whose place says where it is in full."""
    name = texts.get("organisation_name", "")
    own = texts.get("organisation_id", "").strip() or code("r", name, *says_where(texts), *_mark(texts))
    filled = texts | {"organisation_id": own}
    if texts_of(filled, Location) or spot:
        filled["place_id"] = filled.get("place_id", "").strip() or own
        if spot:
            by_point = any(filled.get(column, "").strip() for column in ("latitude", "place_easting"))
            filled["place_basis"] = filled.get("place_basis") or ("published_coords" if by_point else "postcode")
            filled |= {"place_easting": str(spot.easting), "place_northing": str(spot.northing)}
            filled |= {"place_lsoa21cd": spot.lsoa21cd, "place_district": spot.district}
    filled = _without_empty_service(filled)
    if texts_of(filled, Service):
        kind = filled.get("service_support_type", "")
        filled["service_name"] = filled.get("service_name", "").strip() or SUPPORT_TYPES.get(kind, name)
        if not filled.get("service_id", "").strip():  # one that has a code says itself how it stands
            filled["service_status"] = filled.get("service_status") or filled.get("organisation_status", "")
        filled["service_id"] = filled.get("service_id", "").strip() or code(own + "-s", filled["service_name"], kind)
    for prefix, kind_of in (("practice", Practice), ("grant", Grant)):
        if told := texts_of(filled, kind_of):
            filled[f"{prefix}_id"] = told["id"] or code(f"{own}-{prefix[0]}", *told.values())
    return filled


def _mark(texts: Mapping[str, str]) -> Sequence[str]:
    """What tells a row from another with the same name and place, where people say that it is another."""
    return [texts[MARK]] if texts.get("choice") == "new" and MARK in texts else []


def _is_a_body(texts: Mapping[str, str]) -> bool:
    return texts.get("place_basis", "").strip() == "accountable_body"


def _without_empty_service(texts: dict[str, str]) -> dict[str, str]:
    """A row that names no help: its hours are of the place, and what it offers is what the organisation does."""
    named = ("service_id", "service_name", "service_support_type")
    if any(texts.get(column, "").strip() for column in named):
        return texts
    moved = {here: there for here, there in _MOVES.items() if texts.get(here) and not texts.get(there, "").strip()}
    return texts | {there: texts[here] for here, there in moved.items()} | dict.fromkeys(moved, "")


def _without_place(texts: Mapping[str, str], spot: Spot | None) -> list[Doubt]:
    if spot or any(says_where(texts)) or _is_a_body(texts):
        return []
    delivery = {part.strip().casefold() for part in texts.get("service_delivery", "").split(";") if part.strip()}
    if delivery and delivery <= _EVERYWHERE:
        return []
    words = "Give a postcode or coordinates; or say that it is given online or by phone."
    return [Doubt(column="place_postcode", value="", reason="no_place", words=words)]


def _without_kind(texts: Mapping[str, str]) -> list[Doubt]:
    said = ("organisation_anchor_type", "service_support_type", "grant_id", "practice_measure", "service_name")
    if any(texts.get(column, "").strip() for column in said) or _is_a_body(texts):
        return []
    words = "Say what it is: a library, a community centre, an enterprise centre, mentoring, or another place."
    return [Doubt(column="kind", value="", reason="kind", words=words, fix={"kind": "other"})]


def _unreadable(texts: Mapping[str, str], notes: str, kind: type[Any], name: str, problem: FieldError) -> Doubt:
    """A text that its field cannot hold: what it may have meant, or else set aside in the notes.

    `notes` are those of the row with what was set aside before, so that all of it is kept if all is accepted.
    """
    column = f"{PREFIXES[kind]}_{name}"
    value = texts.get(column, "")
    reason = {"place_postcode": "postcode", "organisation_name": "name"}.get(column, "words")
    aside = f"{title_of(column)}: {value}" if column in COLUMNS else ""
    more = notes if f" {aside} " in f" {notes} " else f"{notes} {aside}".strip()
    fix = {}
    if problem.suggestion is not None:
        fix = {column: problem.suggestion}
    elif reason == "words" and aside and column != _NOTES and not COLUMNS[column][1].needed and _fits(more):
        fix = {column: "", _NOTES: more} | {here: "" for here, there in _MOVES.items() if there == column}
    return Doubt(column=column, value=value, reason=reason, words=str(problem), fix=fix)


def _fits(notes: str) -> bool:
    try:
        return COLUMNS[_NOTES][1].kind.read(notes) is not None
    except FieldError:
        return False


def _serves(texts: Mapping[str, str], service: Record | None, gazetteer: Gazetteer) -> list[Doubt]:
    """Areas that a service says it serves and that we do not know: kept, but they reach nobody."""
    if not isinstance(service, Service) or not service.serves:
        return []
    unknown = gazetteer.unknown_areas(service.serves)
    if not unknown:
        return []
    words = f"We know no area called “{unknown[0]}”. It is kept, but nobody is found to live in it."
    value = texts.get("service_serves", "")
    return [Doubt(column="service_serves", value=value, reason="serves", words=words, refuses=False)]


def _told_already(doubt: Doubt, doubts: Sequence[Doubt]) -> bool:
    """Whether an earlier doubt is of the same column for the same reason, as a postcode read twice."""
    same = [each for each in doubts if (each.column, each.reason) == (doubt.column, doubt.reason)]
    return same[0] is not doubt


def _counterpart(part: Record, owner: str, held: Mapping[Key, Record]) -> Record | None:
    """What the organisation `owner` has already in the place of a part: itself, or its service of the same kind."""
    if isinstance(part, Organisation):
        return held.get((part.table, owner))
    if isinstance(part, Service):
        ours = (each for each in held.values() if isinstance(each, Service) and each.organisation_id == owner)
        usual = SUPPORT_TYPES.get(part.support_type or "", "")
        return next((e for e in ours if e.support_type == part.support_type and part.name in (e.name, usual)), None)
    return None


def _owned(part: Record, owner: str) -> Record:
    if isinstance(part, Location | Service | Practice | Grant):
        return replace(part, organisation_id=owner)
    return part


def _over(under: Record | None, upper: Record) -> Record:
    """One record of two: what `upper` knows, and of the rest what `under` knows."""
    if under is None:
        return upper
    known = {each.name: value for each in fields(upper) if (value := getattr(upper, each.name)) is not None}
    merged: Record = replace(under, **known)
    return merged
