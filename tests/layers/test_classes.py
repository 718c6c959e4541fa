"""Which colour a place gets, worked out by hand on Toytown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.areas import Geography
from layers import LAYERS, get
from layers.base import Bands, Colouring, Number
from layers.classes import MISSING, Classes, by_ends, classify, tenths_within
from layers.readings import read, years

LSOA, MSOA = Geography.LSOA21, Geography.MSOA21
ALL = np.ones(8, dtype=bool)
# In order of code: A1 A2 A3 A4 B1 B2 B3 B4


def classes(toy, key, *, colouring, in_view=ALL, geography=LSOA):
    layer = get(key)
    reading = read(layer, toy, geography)
    return classify(layer, reading, geography=geography, colouring=colouring, in_view=in_view)


def test_national_tenths_are_as_published(toy):
    found = classes(toy, "imd", colouring=Colouring.ENGLAND)
    assert found.of.tolist() == [0, 1, 5, MISSING, 0, 2, 5, 9]
    assert found.counts == (2, 1, 1, 0, 0, 2, 0, 0, 0, 1)
    assert found.missing == 1
    assert found.labels[0] == "1 most deprived" and found.labels[9] == "10 least deprived"


def test_tenths_of_the_area_in_view_rank_only_what_is_in_view(toy):
    """Ayton alone: ranks 100, 4000, 17000: none, one and two of three are smaller. Tenths 1, 4 and 7."""
    ayton = np.array([True] * 4 + [False] * 4)
    found = classes(toy, "imd", colouring=Colouring.HERE, in_view=ayton)
    assert found.of.tolist() == [0, 3, 6, MISSING, MISSING, MISSING, MISSING, MISSING]
    assert sum(found.counts) == 3 and found.missing == 1


def test_equal_shares_get_the_same_tenth(toy):
    """Income shares 50 30 10 - 50 20 10 5 of seven: smaller before each 0 2 4 0 3 4 6, tenths 1 3 6 1 5 6 9."""
    found = classes(toy, "income-share", colouring=Colouring.HERE)
    assert found.of.tolist() == [0, 2, 5, MISSING, 0, 4, 5, 8]


@pytest.mark.parametrize("key", ["crime", "health", "education", "barriers", "environment"])
def test_the_most_deprived_tenth_of_any_area_in_view_is_not_empty(held, key):
    """Only national tenths are held of these, so many places share one figure."""
    layer, areas = get(key), held.shapes(LSOA)
    for district in areas["district_name"].unique():
        seen = (areas["district_name"] == district).to_numpy()
        reading = read(layer, held, LSOA)
        found = classify(layer, reading, geography=LSOA, colouring=Colouring.HERE, in_view=seen)
        assert found.counts[0] >= seen.sum() / 10 - 1


def test_bands_begin_at_their_limits(toy):
    """Shares of 50 30 10 - 50 20 10 5 per cent, bands from 10 20 30 40 50 60."""
    found = classes(toy, "income-share", colouring=Colouring.BANDS)
    assert found.of.tolist() == [5, 3, 1, MISSING, 5, 2, 1, 0]
    assert found.labels[0] == "under 10%" and found.labels[1] == "10% to 19.9%" and found.labels[-1] == "60% or more"


def test_a_wider_area_has_the_average_tenth_of_its_people(toy):
    """Beeton: (1 x 1500 + 3 x 1500 + 6 x 1000 + 10 x 2000) / 6000 = 5.33, painted as tenth 5.
    Mill Lane: (1 x 1000 + 2 x 3000) / 4000 = 1.75, painted as tenth 2. High Moor: A3 alone, 6."""
    layer = get("imd")
    reading = read(layer, toy, MSOA)
    assert reading["value"].tolist() == pytest.approx([32 / 6, 1.75, 6.0])
    found = classify(layer, reading, geography=MSOA, colouring=Colouring.ENGLAND, in_view=np.ones(3, dtype=bool))
    assert found.of.tolist() == [4, 1, 5]


def test_a_colouring_that_the_layer_lacks_falls_back_to_its_own(toy):
    layer = get("population")
    found = classify(layer, read(layer, toy, LSOA), geography=LSOA, colouring=Colouring.HERE, in_view=ALL)
    assert found.labels[0].startswith("under")


def test_limits_must_rise():
    with pytest.raises(ValueError, match="must rise"):
        Bands(limits=(2, 1), anchors=("#000000", "#ffffff"))


def test_missing_is_written_as_missing_and_never_as_zero():
    number = Number(decimals=1, after="%", times=100)
    assert number.text(float("nan")) == "no data"
    assert number.text(0.0) == "0.0%"
    assert Number(signed=True).text(50) == "+50"
    assert Number(decimals=1, trimmed=True).text(3.0) == "3"


values = st.lists(st.one_of(st.none(), st.integers(-1000, 1000)), min_size=1, max_size=60)


@given(values)
def test_tenths_keep_the_order_of_the_values(numbers):
    series = pd.Series(numbers, dtype=float)
    tenths = tenths_within(series, np.ones(len(series), dtype=bool))
    assert tenths.isna().equals(series.isna())
    known = pd.DataFrame({"value": series, "tenth": tenths}).dropna().sort_values("value")
    assert known["tenth"].between(1, 10).all()
    assert known["tenth"].is_monotonic_increasing
    assert (known.groupby("value")["tenth"].nunique() <= 1).all()


@given(st.permutations(range(40)))
def test_tenths_of_distinct_values_are_of_equal_size(order):
    tenths = tenths_within(pd.Series(order, dtype=float), np.ones(40, dtype=bool))
    assert tenths.value_counts().tolist() == [4] * 10


def plain_classes(of):
    return Classes(of=np.array(of, dtype=int), colours=("#000000",) * 10, labels=(), counts=(), missing=0)


def read_back(told, numbers):
    """The classes that a reader of the numbers makes of where they end."""
    of = []
    for number in numbers:
        beneath = [i for i, end in enumerate(told.ends) if number is not None and told.way * number <= end]
        of.append(beneath[0] if beneath else MISSING)
    for i, named in zip(told.but[::2], told.but[1::2], strict=True):
        of[i] = named
    return of


figures = st.lists(st.tuples(st.one_of(st.none(), st.integers(-30, 30)), st.integers(MISSING, 9)), max_size=40)


@given(figures)
def test_classes_told_by_their_ends_come_back_whatever_they_are(rows):
    numbers, of = [number for number, _ in rows], [kind for _, kind in rows]
    told = by_ends(plain_classes(of), np.array(numbers, dtype=float))
    assert read_back(told, numbers) == of


@given(st.lists(st.one_of(st.none(), st.integers(-500, 500)), max_size=60), st.booleans())
def test_classes_that_follow_the_numbers_need_no_exception(numbers, falls):
    """Every hundred a class, from either end; a number on a limit is in the class that begins there."""
    rising = [MISSING if number is None else (number + 500) // 100 if number < 500 else 9 for number in numbers]
    of = [9 - kind if falls and kind != MISSING else kind for kind in rising]
    told = by_ends(plain_classes(of), np.array(numbers, dtype=float))
    assert told.but == () and read_back(told, numbers) == of


def test_ends_by_hand():
    """Numbers 3 1 2 - 9 with classes 1 0 1 - 4: the lowest ends at 1, the next at 3, two hold nothing, then 9."""
    told = by_ends(plain_classes([1, 0, 1, MISSING, 4]), np.array([3, 1, 2, np.nan, 9]))
    assert told.way == 1 and told.ends[:5] == (1, 3, 3, 3, 9) and told.but == ()


def test_a_number_in_two_classes_names_the_odd_one_out():
    """2 is rounded from 1.6 in class 0 and from 2.4 in class 1: one of the two is named."""
    told = by_ends(plain_classes([0, 0, 1, 1]), np.array([1, 2, 2, 3]))
    assert len(told.but) == 2 and read_back(told, [1, 2, 2, 3]) == [0, 0, 1, 1]


def test_falling_classes_are_told_the_other_way():
    told = by_ends(plain_classes([0, 1, 2]), np.array([30, 20, 10]))
    assert told.way == -1 and told.ends[:3] == (-30, -20, -10) and told.but == ()


@pytest.mark.parametrize("layer", [layer for layer in LAYERS if isinstance(layer.style, Bands)], ids=lambda at: at.key)
def test_bands_of_every_layer_are_told_by_their_ends_alone(held, layer):
    for geography in layer.geographies:
        for year in years(layer, held) or [None]:
            reading = read(layer, held, geography, year=year)
            seen = np.ones(len(reading), dtype=bool)
            found = classify(layer, reading, geography=geography, colouring=Colouring.BANDS, in_view=seen)
            numbers = (reading["value"] * layer.number.times * 10**layer.number.decimals).round().to_numpy()
            assert by_ends(found, numbers).but == ()
