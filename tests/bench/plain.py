"""The plain way to search the register: its tables as CSV, read by pandas, and `str.contains` over their columns."""

import io
from typing import Any

import pandas as pd

from data.register.book import Register

_SAID = {
    "organisations": ["id", "name", "description", "identifiers"],
    "locations": ["name", "address", "town", "postcode", "district"],
    "services": ["name", "description", "eligibility", "priority_groups"],
}
"""The tables, and of each the columns in which words are looked for."""


class Plain:
    """The register as frames read from CSV. Reading them is not counted, since a page would keep them."""

    def __init__(self, register: Register) -> None:
        self._frames = {table: _as_read(register, table) for table in _SAID}

    def found(self, said: dict[str, Any]) -> list[str]:
        """The codes of the organisations that fit what someone looks for (see data/sql/register/search.sql)."""
        organisations = self._frames["organisations"]
        kept = pd.Series(data=True, index=organisations.index)
        for word in said["words"]:
            kept &= organisations["id"].isin(self._saying(word))
        if said["kinds"]:
            services = self._frames["services"]
            helps = organisations["id"].isin(
                services.loc[services["support_type"].isin(said["kinds"]), "organisation_id"]
            )
            kept &= organisations["anchor_type"].isin(said["kinds"]) | helps
        for name, table, column in (
            ("districts", "locations", "district"),
            ("stages", "services", "stages"),
            ("costs", "services", "cost"),
            ("languages", "services", "languages"),
        ):
            if said[name]:
                kept &= organisations["id"].isin(self._owners(table, column, said[name]))
        found = organisations[kept].sort_values("name", key=lambda names: names.str.lower())
        return found["id"].tolist()

    def _saying(self, word: str) -> set[str]:
        """The organisations that have a word in their own columns or in those of their places and services."""
        codes: set[str] = set()
        for table, columns in _SAID.items():
            frame = self._frames[table]
            says = pd.Series(data=False, index=frame.index)
            for column in columns:
                says |= frame[column].str.contains(word, case=False, regex=False, na=False)
            codes |= set(frame.loc[says, "id" if table == "organisations" else "organisation_id"])
        return codes

    def _owners(self, table: str, column: str, wanted: list[str]) -> pd.Series:
        """The organisations of the rows that hold any of several words."""
        frame = self._frames[table]
        return frame.loc[frame[column].str.contains("|".join(wanted), na=False), "organisation_id"]


def _as_read(register: Register, table: str) -> pd.DataFrame:
    rows = pd.DataFrame([vars(record) for record, _ in register.records(table)])
    for column in rows:
        rows[column] = [";".join(value) if isinstance(value, tuple) else value for value in rows[column]]
    return pd.read_csv(io.StringIO(rows.to_csv(index=False)), dtype=str)
