"""What editors do to the register, in their own terms; each is one step that can be undone."""

import secrets
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta

from pandas import DataFrame

from data.register.book import Entry, Register
from data.register.changes import Key, Step, key_of
from data.register.records import Location, Organisation, Record, Service, Suggestion, outlets
from data.register.rights import Actor

ATTENTION = {
    "unconfirmed": "Not confirmed for twelve months",
    "no_eligibility": "Does not say who can use it",
    "approximate": "Placed roughly",
    "no_place": "Without a place",
    "ending": "Ends within a month",
    "full": "No room left",
}


def new_code(prefix: str) -> str:
    """A code that nothing in the register has."""
    return f"{prefix}-{secrets.token_hex(6)}"


def confirm(register: Register, entry: Entry, *, today: str, by: Actor) -> Step:
    """Say that an organisation and the services that have not ended are still as the register says."""
    running = [service for service in entry.services if service.status != "ended"]
    confirmed: list[Record] = [replace(entry.organisation, confirmed_on=today, confirmed_by=by.name)]
    confirmed += [replace(service, confirmed_on=today, confirmed_by=by.name) for service in running]
    return register.change(confirmed, by=by, what="Confirmed", why="Still true today", seen=_seen(entry, confirmed))


def end(
    register: Register, entry: Entry, part: Organisation | Service, *, on: str, today: str, why: str, by: Actor
) -> Step:
    """Mark an organisation or one service as ended: from that day on it counts as help no longer.

    A day to come is kept as the day on which it will end.
    """
    status = "ended" if on <= today else part.status
    ended: Record
    if isinstance(part, Service):  # noqa: SIM108  (the two are of different kinds)
        ended = replace(part, ends_on=on, status=status)
    else:
        ended = replace(part, ended_on=on, status=status)
    return register.change([ended], by=by, what="Marked as ended", why=why, seen=_seen(entry, [ended]))


def remove(register: Register, entry: Entry, part: Record, *, why: str, by: Actor) -> Step:
    """Take a record out, and all of its parts if it is the organisation. What has ended should be marked instead.

    Services of others that were given at a place which goes are no longer given there.
    """
    now = register.entry(entry.organisation.id) or entry
    gone = now.records if isinstance(part, Organisation) else (part,)
    keys = [key_of(each) for each in gone]
    # A part that was added since is one that the editor has not seen: then nothing is removed.
    seen = _seen(entry, gone)
    lost, puts = {each.id for each in gone if isinstance(each, Location)}, []
    for service, version in register.records(Service.table):
        if isinstance(service, Service) and key_of(service) not in keys and lost & {id_ for id_, _ in outlets(service)}:
            left = tuple(at for at in service.given_at or () if at.partition(" (")[0].strip() not in lost)
            puts.append(replace(service, given_at=left or None))
            seen.setdefault(key_of(service), version)
    return register.change(puts, keys, by=by, what="Removed", why=why, seen=seen)


def merge(register: Register, kept: Entry, gone: Entry, *, why: str, by: Actor) -> Step:
    """Make one organisation of two that are the same: `kept` wins, its blanks are filled from `gone`.

    Every place, service, practice and grant moves to `kept`, but a place at a spot where `kept` has one already;
    services given at that place are then given at `kept`'s.
    """
    if kept.organisation.id == gone.organisation.id:
        raise ValueError(f"{kept.organisation.name} is one organisation already: it cannot be merged with itself.")
    seen = {**kept.versions, **gone.versions}
    spots = {(each.easting, each.northing): each.id for each in kept.locations if each.easting is not None}
    moved = {each.id: spots[spot] for each in gone.locations if (spot := (each.easting, each.northing)) in spots}
    puts: dict[Key, Record] = {}

    def put(record: Record) -> None:
        puts[key_of(record)] = record

    put(_filled(kept.organisation, gone.organisation))
    for part in gone.parts:
        if part.id not in moved:
            put(replace(part, organisation_id=kept.organisation.id))
    for service, version in register.records(Service.table):
        if isinstance(service, Service) and any(place in moved for place, _ in outlets(service)):
            now = puts.get(key_of(service), service)
            assert isinstance(now, Service)
            put(replace(now, given_at=tuple(dict.fromkeys(_moved(at, moved) for at in service.given_at or ()))))
            seen.setdefault(key_of(service), version)
    removes = [key_of(gone.organisation), *((Location.table, id_) for id_ in moved)]
    return register.change(
        list(puts.values()),
        removes,
        by=by,
        what=f"Merged {gone.organisation.name} into {kept.organisation.name}",
        why=why,
        seen=seen,
    )


def decide(
    register: Register, suggestion: Suggestion, *, state: str, answer: str, by: Actor, puts: list[Record]
) -> Step:
    """Take a suggestion up, with the records that come of it, or decline it; either with a reason.

    Raises
    ------
    ConflictError
        If it is no longer as `suggestion` says, such as decided by someone else.
    """
    held = register.records(Suggestion.table, [suggestion.id])
    seen = {key_of(suggestion): held[0][1] if held and held[0][0] == suggestion else -1}
    decided = replace(suggestion, state=state, answer=answer)
    what = "Took up a suggestion" if state == "accepted" else "Declined a suggestion"
    return register.change([*puts, decided], by=by, what=what, why=answer, seen=seen)


def from_suggestion(suggestion: Suggestion, *, today: str, helps: bool, by: Actor) -> list[Record]:
    """The organisation that a new place comes to, with its place, and its service if it gives help.

    Its evidence is weak (C) until someone names a source.
    """
    own = new_code("r")
    kind = suggestion.kind or "other"
    organisation = Organisation(
        id=own,
        name=suggestion.name,
        description=suggestion.says,
        anchor_type=None if helps else kind,
        status="active",
        verification="C",
        source=f"Said by {suggestion.made_by or by.name}",
        as_at=suggestion.made_on,
        confirmed_on=today,
        confirmed_by=by.name,
    )
    where = {each.name: getattr(suggestion, each.name) for each in fields(Location) if hasattr(suggestion, each.name)}
    basis = "postcode" if suggestion.postcode else "approximate"  # a click on a map, or a pin to the nearest 100 m
    made: list[Record] = [
        organisation,
        replace(Location(id=own, organisation_id=own), **(where | {"id": own, "name": None, "basis": basis})),
    ]
    if helps:
        name = suggestion.name
        made.append(Service(id=f"{own}-S", organisation_id=own, name=name, support_type=kind, status="active"))
    return made


def needs_attention(register: Register, today: str) -> DataFrame:
    """What someone should look at: see data/sql/register/attention.sql."""
    day = date.fromisoformat(today)
    year, month = day - timedelta(days=365), day + timedelta(days=31)
    return register.ask("attention", today=today, year_ago=year.isoformat(), month_on=month.isoformat())


def _seen(entry: Entry, records: list[Record] | tuple[Record, ...]) -> dict[Key, int]:
    """The versions from which a change of these records is made."""
    return {key_of(record): entry.versions.get(key_of(record), 0) for record in records}


def _filled(kept: Organisation, gone: Organisation) -> Organisation:
    blank = {each.name: getattr(gone, each.name) for each in fields(kept) if getattr(kept, each.name) is None}
    return replace(kept, **blank)


def _moved(entry: str, moved: Mapping[str, str]) -> str:
    place, bracket, often = entry.partition(" (")
    return moved.get(place.strip(), place.strip()) + bracket + often
