"""A layer's figures, place by place, in the order of the outlines."""

import pandas as pd

from data.store import Store
from geo.areas import Geography
from layers.base import Layer


def read(layer: Layer, store: Store, geography: Geography, *, year: int | None = None) -> pd.DataFrame:
    """What a layer says of every area of one geography.

    Parameters
    ----------
    geography : one of the layer's own.
    year : needed by layers with a period: the year, or the year in which businesses started.

    Returns
    -------
    One row per area, ordered by code: `code`; `value` in the layer's held units; `tenth` (1 to 10) and `order`
    (lowest = most deprived) where the layer has them; `behind`, the count behind the value. Missing is NaN.

    Raises
    ------
    ValueError
        If the layer may not be drawn on `geography`, or needs a year and was given none.
    """
    if geography not in layer.geographies:
        raise ValueError(f"{layer.title!r} is not published for a {geography.singular}.")
    if layer.period and year is None:
        raise ValueError(f"{layer.title!r} needs a year.")
    period = {"year": year} if layer.period and year is not None else {}
    answer = store.ask(f"{layer.question}_{geography.key}", **period)
    columns = {"value": layer.column, "tenth": layer.tenth, "order": layer.order, "behind": layer.behind}
    told = pd.DataFrame({"code": answer["code"]})
    for name, column in columns.items():
        told[name] = answer[column].astype(float) if column else float("nan")
    codes = store.shapes(geography)[["code"]]
    return codes.merge(told, on="code", how="left", validate="one_to_one")


def years(layer: Layer, store: Store) -> list[int]:
    """The years for which a layer has any figure, newest first; none for a layer without a period."""
    if not layer.period:
        return []
    held = store.ask("enterprise_years")
    return [int(year) for year in held.loc[held[layer.column] > 0, "year"]]
