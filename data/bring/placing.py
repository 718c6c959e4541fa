"""Where a row says that it is: its postcode and its coordinates, checked against each other and the region."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from data.gazetteer import Gazetteer, Spot
from data.register.kinds import FieldError, Postcode

FAR = 2_000
"""Metres between a postcode and coordinates from which one of them must be wrong."""

_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,15})?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something wrong with where a row says it is, in the terms of a `Finding`."""

    column: str
    value: str
    reason: str
    words: str
    fix: Mapping[str, str] = field(default_factory=dict)
    refuses: bool = True


class Placer:
    """Places rows of one list. Keeps the outward codes of the region, to tell a distant postcode from a wrong one."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def place(self, row: Mapping[str, str]) -> tuple[Spot | None, list[Doubt]]:
        """Where a flat row is, and what is doubtful about that; no place and no doubt if it says nothing of where."""
        point, doubts = self._point(row)
        here, more = self._postcode(row, by_point=point is not None)
        doubts += more
        if any(doubt.refuses for doubt in doubts):
            return None, doubts
        if point and here:
            apart = math.dist((point.easting, point.northing), (here.easting, here.northing))
            if apart > FAR:
                return None, [*doubts, _far_apart(row, apart)]
            if apart < 1:
                return here, doubts
        return self._as_said(row, point) or here, doubts

    def _as_said(self, row: Mapping[str, str], point: Spot | None) -> Spot | None:
        """A point in the neighbourhood that its row says, if it can be: a lookup knows better than neighbours."""
        lsoa = row.get("place_lsoa21cd", "").strip()
        if point is None or not self._gazetteer.holds(lsoa, point.easting, point.northing):
            return point
        return Spot(point.easting, point.northing, lsoa, self._gazetteer.district_of(lsoa))

    def _postcode(self, row: Mapping[str, str], *, by_point: bool) -> tuple[Spot | None, list[Doubt]]:
        typed = row.get("place_postcode", "").strip()
        try:
            postcode = Postcode().read(typed)
        except FieldError as error:
            likely = error.suggestion if error.suggestion and self._gazetteer.postcode(error.suggestion) else None
            fix = {"place_postcode": likely} if likely else {"place_postcode": ""} if by_point else {}
            return None, [_doubt("place_postcode", typed, "postcode", str(error), fix)]
        if postcode is None:
            return None, []
        if (spot := self._gazetteer.postcode(postcode)) is not None:
            return spot, []
        likely = self._gazetteer.likely(postcode)
        fix = {"place_postcode": likely} if likely else {}
        if not self._gazetteer.has_outward(postcode.split()[0]) and not likely:
            words = f"{postcode} is not in the ten districts that Foothold covers."
            return None, [_doubt("place_postcode", typed, "outside", words, fix)]
        words = f"{postcode} is not a postcode in use here (November 2025): it may be misspelt, closed or too new."
        return None, [_doubt("place_postcode", typed, "postcode_unknown", words, fix, refuses=not by_point)]

    def _point(self, row: Mapping[str, str]) -> tuple[Spot | None, list[Doubt]]:
        degrees = [row.get(name, "").strip() for name in ("latitude", "longitude")]
        metres = [row.get(name, "").strip() for name in ("place_easting", "place_northing")]
        if any(metres):
            return self._at(metres, ("place_easting", "place_northing"), lambda east, north: (east, north))
        if any(degrees):
            return self._at(degrees, ("latitude", "longitude"), lambda lat, lon: self._gazetteer.metres(lon, lat))
        return None, []

    def _at(self, typed: list[str], columns: tuple[str, str], to_metres: object) -> tuple[Spot | None, list[Doubt]]:
        said, blank = ", ".join(typed), dict.fromkeys(columns, "")
        if not all(_NUMBER.fullmatch(text) for text in typed):
            return None, [_doubt(columns[0], said, "coordinates", f"“{said}” are not coordinates.", blank)]
        first, second = (float(text) for text in typed)
        if (spot := self._gazetteer.point(*to_metres(first, second))) is not None:  # type: ignore[operator]
            return spot, []
        if self._gazetteer.point(*to_metres(second, first)) is not None:  # type: ignore[operator]
            words = f"{said} is far away, but the other way round it is in the region."
            turned = dict(zip(columns, reversed(typed), strict=True))
            return None, [_doubt(columns[0], said, "swapped", words, turned)]
        return None, [_doubt(columns[0], said, "outside", f"{said} is not in the ten districts that Foothold covers.")]


def says_where(row: Mapping[str, str]) -> Iterator[str]:
    """The texts of a row that tell where it is."""
    for column in ("place_postcode", "place_easting", "place_northing", "latitude", "longitude"):
        if text := row.get(column, "").strip():
            yield text


def _far_apart(row: Mapping[str, str], apart: float) -> Doubt:
    postcode = row["place_postcode"].strip()
    words = f"Its coordinates are {apart / 1_000:.1f} km from {postcode}. Without them it is placed by its postcode."
    blank = dict.fromkeys(("latitude", "longitude", "place_easting", "place_northing"), "")
    return _doubt("place_postcode", postcode, "far_apart", words, blank)


def _doubt(
    column: str, value: str, reason: str, words: str, fix: Mapping[str, str] | None = None, *, refuses: bool = True
) -> Doubt:
    return Doubt(column=column, value=value, reason=reason, words=words, fix=fix or {}, refuses=refuses)
