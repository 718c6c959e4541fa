"""A list of possible sites that someone brings: read as it is, placed row by row, and nowhere written down."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from data.bring.files import Sheet, open_file
from data.bring.guess import guess
from data.bring.layout import LeftOut
from data.bring.placing import Placer
from data.bring.sheets import Listed, from_columns, from_document, from_layout, from_own, is_own, layout_of, tables
from data.gazetteer import Gazetteer, Spot
from data.register.mend import plain_words
from geo.composite import Array
from layers.plan.sites import Candidates
from layers.words import listed

_COSTS = frozenset({"cost", "costs", "price", "fee", "fees", "charge", "rent", "hire", "rate"})
"""Words of a heading by which a column of costs is known."""

_MONEY = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,2})?\s*(?:gbp|pounds)?", re.I)
_MOSTLY = 0.6
_NAMED = 8
_NOWHERE = "It says neither a postcode nor coordinates."
_WHERE = {"place_postcode", "latitude", "longitude", "place_easting", "place_northing"}


class SiteListError(ValueError):
    """A list of which no row can be placed; the message says why and what to do."""


@dataclass(frozen=True)
class Refused:
    """A row that cannot be placed: its number, what it is called, and why."""

    label: str
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A list as candidates. `digest` tells it from any other; `notes` say how it was read."""

    name: str
    digest: str
    found: Candidates
    refused: tuple[Refused, ...]
    notes: tuple[str, ...]


def brought(name: str, content: bytes, gazetteer: Gazetteer) -> Brought:
    """Read a list of possible sites: one of the formats that the register takes, with a postcode or coordinates.

    Of a workbook the sheet of which most rows can be placed is taken.

    Parameters
    ----------
    name : the file's name.
    content : the whole file.

    Raises
    ------
    ValueError
        If it cannot be read as a list (`FileError`), or no row of it can be placed (`SiteListError`).
    """
    digest = sha256(content).hexdigest()[:16]
    opened = open_file(name, content)
    sheets = tables(opened)
    told = [
        _placed(opened.name, digest, _listed(sheet, opened.name), _costs(sheet), gazetteer, _read_as(sheet))
        for sheet in sheets
    ] or [_placed(opened.name, digest, from_document(opened.document, opened.name), {}, gazetteer, ())]
    best = max(told, key=lambda each: len(each.found))
    if not len(best.found):
        raise SiteListError(_why_none(best, sheets[0].columns if sheets else ()))
    return best


def _listed(sheet: Sheet, name: str) -> Listed:
    if is_own(sheet):
        return from_own(sheet)
    layout = layout_of(sheet)
    return from_layout(sheet, layout) if layout else from_columns(sheet, guess(sheet), name)


def _read_as(sheet: Sheet) -> tuple[str, ...]:
    """What was taken from which column, for people to see that we understood."""
    if is_own(sheet) or layout_of(sheet):
        return ()
    meaning, cost = guess(sheet), _cost_column(sheet)
    said = [f"names from “{meaning['organisation_name']}”"] if "organisation_name" in meaning else []
    if at := [f"“{meaning[target]}”" for target in meaning if target in _WHERE]:
        said.append(f"where they are from {listed(at)}")
    if cost:
        said.append(f"costs from “{cost}”")
    return (f"Read: {listed(said)}.",) if said else ()


def _cost_column(sheet: Sheet) -> str | None:
    """The column that holds costs: its heading says so, and most of what stands in it is money."""
    for i, column in enumerate(sheet.columns):
        told = [row[i] for row in sheet.rows if row[i]]
        if _COSTS & set(plain_words(column).split()) and told:
            money = sum(bool(_MONEY.fullmatch(text)) for text in told)
            if money >= _MOSTLY * len(told):
                return column
    return None


def _costs(sheet: Sheet) -> dict[str, float]:
    """Pounds, by the row's number, of the rows that say them; nothing where there is no column of costs."""
    column = _cost_column(sheet)
    if column is None:
        return {}
    i = sheet.columns.index(column)
    told = [(str(number), _MONEY.fullmatch(row[i])) for number, row in zip(sheet.numbers, sheet.rows, strict=True)]
    return {label: float(money[1].replace(",", "") + (money[2] or "")) for label, money in told if money}


def _placed(
    name: str,
    digest: str,
    found: Listed,
    costs: Mapping[str, float],
    gazetteer: Gazetteer,
    notes: tuple[str, ...],
) -> Brought:
    """The rows that can be placed as candidates, and the others with why not."""
    placer = Placer(gazetteer)
    kept: list[tuple[str, str, str, Spot]] = []
    refused: list[Refused] = []
    seen: set[tuple[str, int, int]] = set()
    for label, row in zip(found.labels, found.rows, strict=True):
        if isinstance(row, LeftOut):
            refused.append(Refused(label, f"Row {label}", str(row)))
            continue
        called = _called(row) or f"Row {label}"
        spot, doubts = placer.place(row)
        if spot is None:
            why = " ".join(doubt.words for doubt in doubts if doubt.refuses) or _NOWHERE
            refused.append(Refused(label, called, why))
        elif (same := (called, spot.easting, spot.northing)) in seen:
            refused.append(Refused(label, called, "It is in the list already."))
        else:
            seen.add(same)
            kept.append((label, called, row.get("place_postcode", "").strip().upper(), spot))
    return Brought(
        name=name,
        digest=digest,
        found=_candidates(kept, costs, gazetteer),
        refused=tuple(refused),
        notes=(*notes, *found.notes),
    )


def _candidates(
    kept: list[tuple[str, str, str, Spot]], costs: Mapping[str, float], gazetteer: Gazetteer
) -> Candidates:
    spots = [spot for *_, spot in kept]
    degrees = [gazetteer.degrees(spot.easting, spot.northing) for spot in spots]
    return Candidates(
        ids=tuple(f"row-{label}" for label, *_ in kept),
        names=tuple(called for _, called, *_ in kept),
        what=("On your list",) * len(kept),
        postcodes=tuple(postcode for _, _, postcode, _ in kept),
        districts=tuple(spot.district for spot in spots),
        points=_pairs([(spot.easting, spot.northing) for spot in spots]),
        degrees=_pairs([(round(latitude, 5), round(longitude, 5)) for longitude, latitude in degrees]),
        costs=np.array([costs.get(label, np.nan) for label, *_ in kept]) if costs else None,
    )


def _pairs(pairs: list[tuple[float, float]]) -> Array:
    return np.array(pairs, dtype=float).reshape(-1, 2)


def _called(row: Mapping[str, str]) -> str:
    """What a row is called: its own name, or its address."""
    return next(_said(row, ("organisation_name", "place_name", "service_name", "place_address")), "")


def _said(row: Mapping[str, str], columns: tuple[str, ...]) -> Iterator[str]:
    for column in columns:
        if text := " ".join(row.get(column, "").split()):
            yield text


def _why_none(found: Brought, columns: Sequence[str]) -> str:
    """What is said of a list without a single row that can be placed."""
    if all(each.why == _NOWHERE for each in found.refused):
        named = f" ({listed([f'“{column}”' for column in columns[:_NAMED]])})" if columns else ""
        return (
            f"Nothing in “{found.name}”{named} says where its places are. Call one column “postcode”, or two "
            "“latitude” and “longitude”, and bring it again."
        )
    first = found.refused[0]
    return (
        f"No row of “{found.name}” can be placed. The first: row {first.label}, {first.name}: {first.why} "
        "Put that right, and bring it again."
    )
