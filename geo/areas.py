"""The statistical geographies we hold, and the shape of their codes."""

import re
from enum import Enum


class Geography(Enum):
    """One kind of area.

    LSOA codes of 2011 and 2021 look alike, so a code's shape never tells which census it belongs to:
    only the list of codes in the pack does.
    """

    LSOA21 = ("lsoa21", "neighbourhood", "neighbourhoods", "LSOA 2021", r"[EW]01\d{6}")
    MSOA21 = ("msoa21", "wider neighbourhood", "wider neighbourhoods", "MSOA 2021", r"[EW]02\d{6}")
    DISTRICT = ("district", "district", "districts", "local authority district", r"E0[6-9]\d{6}")

    def __init__(self, key: str, singular: str, plural: str, official: str, pattern: str) -> None:
        self.key = key
        self.singular = singular
        self.plural = plural
        self.official = official
        self._pattern = re.compile(pattern)

    @property
    def table(self) -> str:
        """Name of the pack's table of these areas."""
        return f"areas_{self.key}"

    def admits(self, code: str) -> bool:
        """Whether `code` has the shape of an official code of this geography."""
        return self._pattern.fullmatch(code) is not None

    @classmethod
    def of_key(cls, key: str) -> "Geography":
        """The geography named `key` (`lsoa21`, `msoa21`, `district`).

        Raises
        ------
        KeyError
            If there is none of that name.
        """
        for geography in cls:
            if geography.key == key:
                return geography
        raise KeyError(f"No geography {key!r}; there are {', '.join(g.key for g in cls)}.")
