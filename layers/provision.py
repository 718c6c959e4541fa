"""What help there is on a day: what fits what someone wants, and what is open to someone who lives at one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from opening_hours import OpeningHours, State

from data.register.book import Register
from data.register.vocabulary import COSTS, KINDS, LANGUAGES, STAGES, STANDINGS, SUPPORT_TYPES
from layers.places import BIT_OF_TYPE

YES, UNSAID, NO = 2, 1, 0
"""Whether something fits: it does, it does not say, it does not."""


@dataclass(frozen=True, kw_only=True)
class Wants:
    """What someone looks for; "" and False mean that it does not matter."""

    stage: str = ""
    cost: str = ""
    language: str = ""
    group: str = ""
    open_now: bool = False

    @property
    def any(self) -> bool:
        """Whether anything matters."""
        return any(getattr(self, each.name) for each in fields(self))

    @property
    def words(self) -> str:
        """What is wanted, as a reader would say it; "" if nothing is."""
        said = [
            STAGES.get(self.stage, ""),
            COSTS.get(self.cost, ""),
            LANGUAGES.get(self.language, ""),
            f"for {self.group}" if self.group else "",
            "open now" if self.open_now else "",
        ]
        return "; ".join(
            word[:1].lower() + word[1:] if word not in LANGUAGES.values() else word for word in said if word
        )


def provision(register: Register, today: str) -> pd.DataFrame:
    """The help that counts on a day, one row a service and place: see data/sql/register/provision.sql.

    Lists become tuples, and what is not known None.
    """
    found = register.ask("provision", today=today)
    numbers = found.select_dtypes("number").columns
    # Plain floating point, so that what is missing is NaN like everywhere else.
    found = found.astype(dict.fromkeys(numbers, float))
    texts = found.columns.difference(numbers, sort=False)
    plain = {name: [_plain(value) for value in found[name]] for name in texts}
    return found.assign(**{name: pd.Series(values, index=found.index, dtype=object) for name, values in plain.items()})


def fits(offers: pd.DataFrame, wants: Wants, now: datetime) -> np.ndarray:
    """For each row of `provision`, the worst of YES, UNSAID and NO over everything wanted."""
    verdict = np.full(len(offers), YES)
    for column, wanted in (("stages", wants.stage), ("languages", wants.language), ("priority_groups", wants.group)):
        if wanted:
            verdict = np.minimum(verdict, [_holds(said, wanted) for said in offers[column]])
    if wants.cost:
        verdict = np.minimum(verdict, [_equals(said, wants.cost) for said in offers["cost"]])
    if wants.open_now:
        hours = [own or door for own, door in zip(offers["opening_hours"], offers["place_hours"], strict=True)]
        verdict = np.minimum(verdict, [open_at(each, now) for each in hours])
    return np.asarray(verdict, dtype=int)


def kinds_that_fit(places: pd.DataFrame, offers: pd.DataFrame, wants: Wants, now: datetime) -> pd.DataFrame:
    """Places of `drawable` whose `kinds` and `types` keep only the help that fits.

    What is no help, such as a library, stays as it is, unless only what is open now is wanted: then it stays where
    its doors are known to be open. Help that does not say is left out: the map shows what is known to fit.
    """
    if not wants.any:
        return places
    good = offers[(fits(offers, wants, now) == YES) & offers["place"].notna()]
    bits = good["support_type"].map(BIT_OF_TYPE).fillna(0).astype(np.int64)
    fitting = bits.groupby(good["place"]).agg(np.bitwise_or.reduce) if len(good) else pd.Series(dtype=np.int64)
    help_bits = sum(BIT_OF_TYPE[kind] for kind in SUPPORT_TYPES)
    others = places["kinds"].to_numpy() & ~np.int64(help_bits)
    if wants.open_now:
        doors = np.array([open_at(hours, now) == YES for hours in places["opening_hours"]], dtype=bool)
        others = np.where(doors, others, 0)
    return places.assign(kinds=others | places["id"].map(fitting).fillna(0).astype(np.int64).to_numpy())


def open_at(hours: str | None, now: datetime) -> int:
    """Whether a door with these opening hours is open: YES, NO, or UNSAID if there are none or "by appointment"."""
    if not isinstance(hours, str) or not hours:
        return UNSAID
    state, comment = _read(hours).state(now)
    if state == State.OPEN and not comment:
        return YES
    return NO if state == State.CLOSED else UNSAID


def hours_words(hours: str | None, now: datetime) -> str:
    """ "Open now, until 17:00", "Closed now, opens Monday at 09:00", or "" where the hours are not known."""
    if not isinstance(hours, str) or not hours:
        return ""
    read = _read(hours)
    state, comment = read.state(now)
    change = read.next_change(now)
    if state == State.OPEN:
        return "Open now" + (f", until {change:%H:%M}" if change else "") + (f" ({comment})" if comment else "")
    if state != State.CLOSED:
        return ""
    if change is None:
        return "Closed now"
    days = (change.date() - now.date()).days
    day = "today" if days == 0 else f"{change:%A}" if days < 7 else f"on {change.day} {change:%B}"
    return f"Closed now, opens {day} at {change:%H:%M}"


def capacity_words(offer: Mapping[str, Any], units: Mapping[str, str]) -> str:
    """ "3 of 63 units free (2020-11)", as far as it is known."""
    total, free = (None if pd.isna(offer[name]) else int(offer[name]) for name in ("capacity", "capacity_free"))
    if total is None and free is None:
        return ""
    unit = units.get(offer["capacity_unit"] or "", "places")
    said = f"{free:,} of {total:,} {unit} free" if total is not None and free is not None else ""
    said = said or (f"{total:,} {unit}" if total is not None else f"{free:,} {unit} free")
    return said + (f" (as of {offer['capacity_as_at']})" if offer["capacity_as_at"] else "")


@cache
def _read(hours: str) -> OpeningHours:
    return OpeningHours(hours, country="GB")


def _holds(said: Sequence[str] | None, wanted: str) -> int:
    if not said:
        return UNSAID
    return YES if wanted in said else NO


def _equals(said: str | None, wanted: str) -> int:
    if said is None or said == "unknown":
        return UNSAID
    return YES if said == wanted else NO


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | list):
        return tuple(value)
    return value if isinstance(value, str) and value else None


def found_table(rows: pd.DataFrame) -> pd.DataFrame:
    """What the register's search found, as people read it: one row an organisation."""
    kinds = [
        [*(helps if isinstance(helps, np.ndarray | list) else []), *([anchor] if isinstance(anchor, str) else [])]
        for helps, anchor in zip(rows["support_types"], rows["anchor_type"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Name": rows["name"],
            "What it is": [" and ".join(KINDS[kind] for kind in each) for each in kinds],
            "District": rows["district"],
            "Postcode": rows["postcode"],
            "Standing": rows["standing"].map(STANDINGS),
            "Last confirmed": rows["confirmed_on"],
        }
    )
