"""A prepared step read back: the same map as was told to the browser."""

import numpy as np
import pytest

from geo.areas import Geography
from layers import LAYERS, render
from layers.workshop.step import read
from tests.layers.workshop.room_full import prepared, step


@pytest.mark.parametrize("key", [layer.key for layer in LAYERS])
def test_every_layer_comes_back_class_for_class(held, key):
    made = step(held, key)
    found = read(prepared(held, of=None, **vars_of(made)).step)
    assert found.of.tolist() == made.classes.of.tolist()
    assert (found.colours, found.labels, found.counts) == (
        made.classes.colours,
        made.classes.labels,
        made.classes.counts,
    )
    assert found.level.key == made.level and found.missing == made.classes.missing and found.title == made.title


def vars_of(made):
    """The fields of a step, to make it again."""
    return {name: getattr(made, name) for name in made.__dataclass_fields__}


def test_classes_that_are_told_one_by_one_come_back(toy):
    """Numbers that are all alike cannot tell the classes, so each is named."""
    classes = step(toy).classes
    mixed = type(classes)(**(vars_of(classes) | {"of": np.array([3, -1, 0, 2, 1, 3, 0, -1])}))
    found = read(prepared(toy, values=[1.0] * 8, classes=mixed).step)
    assert found.of.tolist() == [3, -1, 0, 2, 1, 3, 0, -1]


def test_what_few_steps_have_comes_back(toy):
    told = render.Told(label="Ayton, 1 May", marks=(render.Mark(at=(53.8, -1.5), label="Here"),))
    site = render.Site(at=(53.8, -1.5), label="The mill", kind="chosen")
    marked = prepared(toy, highlight=(1, 3), focus=(0,), selected="E01000001", sites=(site,), told=(told,))
    found = read(marked.step)
    assert found.marked.tolist() == [False, True, False, True, False, False, False, False]
    assert (found.focus, found.selected, found.level) == ((0,), "E01000001", Geography.LSOA21)
    assert found.sites[0]["label"] == "The mill" and found.told[0]["marks"][0]["label"] == "Here"
    plain = read(prepared(toy).step)
    assert not plain.marked.any() and plain.sites == plain.told == () and plain.mark is None
