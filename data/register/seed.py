"""What the register begins with: the list of organisations in the pack, as its first step."""

from collections.abc import Mapping

import pandas as pd

from data.register.book import Register
from data.register.records import Location, Organisation, Record, Service, from_text
from data.register.rights import Actor, Role
from data.register.vocabulary import SUPPORT_TYPES
from data.store import Store

FOUNDERS = Actor("Foothold", Role.EDITOR)
BEGAN = "Began with the built-in list"


def begin(register: Register, store: Store) -> None:
    """Give a register that has no steps yet the organisations of a pack; any other is left as it is."""
    if register.version:
        return
    rows = store.ask("organisations").to_dict(orient="records")
    records = [record for row in rows for record in _records({name: _text(value) for name, value in row.items()})]
    register.change(records, by=FOUNDERS, what=BEGAN)


def _records(row: Mapping[str, str]) -> list[Record]:
    """One organisation with its place, and its service if it gives help. The place has the organisation's own id."""
    helps = row["support_type"] != ""
    common = {"id": row["id"], "organisation_id": row["id"]}
    organisation = {name: row[name] for name in ("name", "anchor_type", "website", "status", "verification", "as_at")}
    organisation |= {"source": row["source"], "notes": row["notes"], "description": "" if helps else row["offer"]}
    place = {name: row[name] for name in ("postcode", "easting", "northing", "lsoa21cd", "district", "opening_hours")}
    made: list[Record] = [
        from_text(Organisation, common | organisation),
        from_text(Location, common | place | {"basis": row["geo_basis"]}),
    ]
    if helps:
        service = {name: row[name] for name in ("support_type", "cost", "priority_groups", "status")}
        service |= {"name": SUPPORT_TYPES[row["support_type"]], "description": row["offer"], "stages": row["stage"]}
        made.append(from_text(Service, common | service | {"id": f"{row['id']}-S"}))
    return made


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
