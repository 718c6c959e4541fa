"""The map as rows: the same figures as the colours, to sort, read aloud and take away."""

import pandas as pd

from data.catalogue import SOURCES
from data.send import tables
from geo.areas import Geography
from layers.base import Layer
from layers.classes import MISSING, Classes


def rows(
    layer: Layer, areas: pd.DataFrame, reading: pd.DataFrame, classes: Classes, *, geography: Geography, compared: str
) -> pd.DataFrame:
    """One row per area, in the order given.

    Parameters
    ----------
    areas : columns `code`, `name` and, below districts, `local_name` and `district_name`.
    reading, classes : what the layer says of the same areas.
    compared : what the classes are classes of (`layers.words.compared`).

    Returns
    -------
    Columns in plain words: names first, then the value in shown units, its class, the count behind it, the code.
    """
    shown = (reading["value"] * layer.number.times).round(layer.number.decimals)
    labels = [("no data" if of == MISSING else classes.labels[of]) for of in classes.of]
    if geography is Geography.DISTRICT:
        named = {"District": areas["name"]}
    else:
        named = {
            "Neighbourhood": areas["local_name"],
            "ONS name": areas["name"],
            "District": areas["district_name"],
        }
    table = pd.DataFrame(
        named
        | {
            value_heading(layer, geography): shown,
            f"Colour on the map: {compared}": labels,
            f"Counted: {layer.behind_unit}": reading["behind"],
            "Code": areas["code"],
        }
    )
    return table.reset_index(drop=True)


def value_heading(layer: Layer, geography: Geography) -> str:
    """The heading of the column that holds the layer's value."""
    return f"{layer.title} ({layer.unit_at(geography)})"


def as_csv(table: pd.DataFrame, *, source: str, note: str) -> bytes:
    """A table as a spreadsheet reads it (`data.send.tables.as_csv`), its source and note in the last rows."""
    entry = SOURCES[source]
    return tables.as_csv(table, [f"Source: {entry.title}, {entry.vintage}. {entry.attribution}", note])
