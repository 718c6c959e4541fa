"""What each layer promises, checked for every layer in the list; a layer that is not listed fails too."""

import importlib
import pkgutil
from functools import cache

import numpy as np
import pytest
from streamlit_folium import _get_feature_group_string

import layers
from data.catalogue import SOURCES
from data.questions import SQL
from data.store import Store
from geo.areas import Geography
from layers import GROUPS, LAYERS
from layers.base import Bands, Layer, Tenths
from layers.classes import classify
from layers.readings import read, years
from layers.render import Look, OfflineMap, Step, group
from tests.toytown import served

ON_AREAS = [(layer, geography) for layer in LAYERS for geography in layer.geographies]
ids = [f"{layer.key}-{geography.key}" for layer, geography in ON_AREAS]


@cache
def real() -> Store:
    return Store()


def newest(layer, store):
    return next(iter(years(layer, store)), None)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.key)
class TestEveryLayer:
    def test_names_a_source_in_the_catalogue(self, layer):
        assert layer.source in SOURCES

    def test_says_what_it_shows_in_sentences(self, layer):
        assert layer.about.endswith(".") and layer.caveat.endswith(".") and layer.unit
        assert not layer.derived or layer.derived.endswith(".")

    def test_says_how_it_was_worked_out_where_it_is_not_as_published(self, layer):
        larger = layer.geographies[1:]
        assert all(layer.how_derived(geography) for geography in larger)

    def test_offers_tenths_only_with_an_order_to_rank_by(self, layer):
        assert (layer.tenth is None) == (layer.order is None)
        assert isinstance(layer.style, Bands) or layer.tenth
        assert isinstance(layer.style, (Bands, Tenths))


@pytest.mark.parametrize(("layer", "geography"), ON_AREAS, ids=ids)
class TestEveryLayerOnItsAreas:
    def test_has_its_question_with_its_grain(self, layer, geography):
        text = (SQL / f"{layer.question}_{geography.key}.sql").read_text(encoding="utf-8")
        head = [line for line in text.splitlines() if line.startswith("--")]
        assert head[0].rstrip().endswith("?") or "?" in head[0]
        assert any(line.startswith("-- grain: one row") for line in head)

    def test_has_a_row_for_every_area_and_a_figure_for_most(self, layer, geography):
        reading = read(layer, real(), geography, year=newest(layer, real()))
        assert reading["code"].tolist() == real().shapes(geography)["code"].tolist()
        assert reading["value"].dtype == float
        assert reading["value"].notna().mean() >= 0.7

    def test_counts_someone_behind_every_figure(self, layer, geography):
        reading = read(layer, real(), geography, year=newest(layer, real()))
        assert (reading.loc[reading["value"].notna(), "behind"] > 0).all()

    def test_puts_every_figure_in_a_class(self, layer, geography):
        reading = read(layer, real(), geography, year=newest(layer, real()))
        everywhere = np.ones(len(reading), dtype=bool)
        for colouring in layer.colourings:
            classes = classify(layer, reading, geography=geography, colouring=colouring, in_view=everywhere)
            assert sum(classes.counts) + classes.missing == len(reading)
            assert len(classes.colours) == len(classes.labels) == len(classes.counts)

    def test_uses_most_of_its_classes(self, layer, geography):
        """Bands that leave a map of one colour would tell nobody anything."""
        every = [newest(layer, real())] if not layer.period else years(layer, real())
        used = set()
        for year in every:
            reading = read(layer, real(), geography, year=year)
            everywhere = np.ones(len(reading), dtype=bool)
            classes = classify(layer, reading, geography=geography, colouring=layer.colourings[0], in_view=everywhere)
            used |= {of for of, count in enumerate(classes.counts) if count}
        assert len(used) >= min(4, len(classes.counts))

    def test_draws(self, layer, geography):
        reading = read(layer, real(), geography, year=newest(layer, real()))
        everywhere = np.ones(len(reading), dtype=bool)
        classes = classify(layer, reading, geography=geography, colouring=layer.colourings[0], in_view=everywhere)
        step = Step(
            level=geography.key,
            key=layer.key,
            title=layer.title,
            number=layer.number,
            values=reading["value"].tolist(),
            classes=classes,
            unit=layer.unit,
            note="",
            aria="",
            look=Look(key="x"),
        )
        parts = served(real())
        script = _get_feature_group_string(group(step, parts), OfflineMap(parts))
        assert "foothold.paint(" in script and f'"level":"{geography.key}"' in script


def test_keys_are_unique_and_fit_for_a_link():
    keys = [layer.key for layer in LAYERS]
    assert len(set(keys)) == len(keys)
    assert all(key == key.lower() and key.replace("-", "").isalnum() for key in keys)


def test_no_layer_is_forgotten():
    """Every Layer that any module of layers/ defines is in the one list."""
    modules = [importlib.import_module(f"layers.{m.name}") for m in pkgutil.iter_modules(layers.__path__)]
    defined = {
        layer
        for module in modules
        for value in vars(module).values()
        for layer in (value if isinstance(value, tuple) else (value,))
        if isinstance(layer, Layer)
    }
    assert defined == set(LAYERS)
    assert {layer.group for layer in LAYERS} == set(GROUPS)


def test_enterprise_is_never_painted_on_anything_smaller_than_a_district():
    businesses = [layer for layer in LAYERS if layer.source == "ons-business-demography"]
    assert len(businesses) == 10
    assert all(layer.geographies == (Geography.DISTRICT,) for layer in businesses)
    with pytest.raises(ValueError, match="is not published for a neighbourhood"):
        read(businesses[0], real(), Geography.LSOA21, year=2023)
    with pytest.raises(ValueError, match="needs a year"):
        read(businesses[0], real(), Geography.DISTRICT)


def test_no_question_is_left_without_a_reader():
    """Every file of data/sql/ is asked by name somewhere, so that none is kept after its use has gone."""
    root = SQL.parents[1]
    code = "".join(
        path.read_text(encoding="utf-8") for room in ("layers", "pages", "data") for path in (root / room).rglob("*.py")
    )
    by_layer = {f"{layer.question}_{geography.key}" for layer, geography in ON_AREAS}
    by_geography = {f"portrait_{geography.key}" for geography in (Geography.LSOA21, Geography.MSOA21)}
    for path in SQL.rglob("*.sql"):
        assert path.stem in by_layer | by_geography or f'"{path.stem}"' in code, f"nothing asks {path.name}"
