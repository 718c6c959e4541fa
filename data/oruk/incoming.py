"""Open Referral UK, and its kin of other versions and publishers, as flat rows of the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from data.oruk.gathered import Gathered, Held, Organisation, Service
from data.oruk.marks import made_id
from data.oruk.notes import sentences
from data.oruk.shapes import OrukError, found_in, holds_terms, is_empty_page
from data.oruk.slots import text_of
from data.register.flat import COLUMNS

_POINT = ("latitude", "longitude")
"""Keys of a row beside the columns: where a place is, if that is not known in metres."""


@dataclass(frozen=True)
class FromOruk:
    """What a document holds."""

    rows: tuple[dict[str, str], ...]
    """Flat rows, a text for each of the flat table's columns; "latitude" and "longitude" only where known."""
    labels: tuple[str, ...]
    """For each row, where it stood in the document: "contents 3"."""
    notes: tuple[str, ...]
    """What was not understood or not kept, in plain sentences."""


def from_oruk(document: object) -> FromOruk:
    """The organisations of a document with their places, services, practice and grants.

    What the register sent out comes back exactly. From others, what there is no field for is left out and told in the
    notes; what a field cannot hold is passed on as it is, for whoever checks the rows. Names of people are not kept.

    Raises
    ------
    OrukError
        If the document is not Open Referral, or has nothing in it that the register keeps.
    """
    gathered = Gathered()
    for found in found_in(document):
        gathered.take(found)
    if not (gathered.organisations or gathered.services or gathered.places or is_empty_page(document)):
        raise OrukError(_complaint(document))
    _join(gathered)
    told = [pair for held in gathered.organisations.values() for pair in _rows(held, gathered)]
    return FromOruk(
        rows=tuple(row for row, _ in told),
        labels=tuple(label for _, label in told),
        notes=tuple(sentences(document, gathered)),
    )


def _join(gathered: Gathered) -> None:
    """Give every service and every place to its organisation, and say where each service is given."""
    for link, service in gathered.services.items():
        gathered.organisations[_owner(link, service, gathered)].services.append(service)
    for link, named in gathered.owners.items():
        owner = gathered.organisations.get(gathered.known_as.get(named, named))
        if owner:
            owner.places.setdefault(link, "")
    taken = {link for held in gathered.organisations.values() for link in held.places}
    for held in gathered.organisations.values():
        for link in (link for service in held.services for link in service.at):
            if link in gathered.places and link not in taken:
                held.places[link] = ""
                taken.add(link)
    seen = gathered.losses.seen
    seen["places of nobody"] |= gathered.places.keys() - taken
    for held in gathered.organisations.values():
        absent = [link for link in held.places if link not in gathered.places]
        seen["places not there"].update(absent)
        for service in held.services:
            if not service.ours:
                _say_where(service, [link for link in held.places if link not in absent], gathered)


def _owner(link: str, service: Service, gathered: Gathered) -> str:
    """The id of a service's organisation, which is made up if the document names none."""
    id_ = gathered.known_as.get(service.of, service.of)
    if id_ in gathered.organisations:
        return id_
    id_ = id_ or made_id("organisation of", link)
    name = service.texts.get("name", "")
    gathered.organisations[id_] = Organisation(service.label, ours=False, texts={"id": id_, "name": name})
    gathered.losses.seen["without organisation"].add(link)
    return id_


def _say_where(service: Service, own: list[str], gathered: Gathered) -> None:
    """Name the places of a service, unless they are just those of its organisation."""
    at = [link for link in service.at if link in gathered.places]
    if set(at) != set(own):
        service.texts["given_at"] = "; ".join(gathered.places[link].texts["id"] for link in at)
    if own and not at:
        gathered.losses.seen["without place"].add(service.texts["id"])


def _rows(held: Organisation, gathered: Gathered) -> Iterator[tuple[dict[str, str], str]]:
    """The flat rows of an organisation, each with where it stood."""
    places = [gathered.places[link] for link in held.places if link in gathered.places]
    parts = [[Held(held.label, held.ours, texts) for texts in held.parts[table].values()] for table in held.parts]
    prefixes = ("place", "service", "practice", "grant")
    for these in list(zip_longest(places, held.services, *parts)) or [(None, None, None, None)]:
        row = dict.fromkeys(COLUMNS, "")
        for prefix, part in zip(("organisation", *prefixes), (held, *these), strict=True):
            texts = part.texts if part else {}
            row |= {f"{prefix}_{name}": text for name, text in texts.items() if f"{prefix}_{name}" in COLUMNS}
        if these[0] and not row["place_easting"] and not row["place_northing"]:
            row |= {name: text for name in _POINT if (text := these[0].texts.get(name, ""))}
        yield row, next((part.label for part in (these[1], these[0]) if part), held.label)


def _complaint(document: object) -> str:
    if holds_terms(document):
        return (
            "This file holds terms of a taxonomy, which the register has no place for. Choose a file of services or "
            "of organisations."
        )
    if isinstance(document, dict):
        names = [text_of(name) for name in document]
        holds = f"an object with {', '.join(names[:5]) or 'nothing'}{' and more' if len(names) > 5 else ''}"
    else:
        holds = f"a list of {len(document):,} entries" if isinstance(document, list) else "a single value"
    return (
        f"This is not Open Referral UK: it is {holds}, and none of it is a service, an organisation or a place. "
        "Choose a file of services, such as the answer of a directory's /services."
    )
