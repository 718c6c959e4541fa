"""Colours that lose nothing to colour blindness or a tired projector."""

from itertools import combinations

import numpy as np
import pytest

from layers import palettes
from layers.palettes import ACROSS_AND_UP, NO_DATA, bivariate, oklab, ramp

ONE_WAY = {"blues": palettes.BLUES, "purples": palettes.PURPLES, "embers": palettes.EMBERS}
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def seen_by(kind, colour):
    """A colour as someone with full colour blindness of one kind sees it."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(BLINDNESS[kind]) @ linear, 0, 1)
    back = np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(float(channel) * 255):02x}" for channel in back)


@pytest.mark.parametrize("anchors", ONE_WAY.values(), ids=ONE_WAY)
class TestRampsThatRunOneWay:
    def test_darken_step_by_step(self, anchors):
        lightness = [oklab(colour)[0] for colour in ramp(anchors, 10)]
        assert (np.diff(lightness) < -0.03).all()

    @pytest.mark.parametrize("kind", BLINDNESS)
    def test_stay_in_order_for_the_colour_blind(self, anchors, kind):
        lightness = [oklab(seen_by(kind, colour))[0] for colour in ramp(anchors, 10)]
        assert (np.diff(lightness) < -0.02).all()

    def test_ends_are_the_anchors(self, anchors):
        assert ramp(anchors, 7)[0] == anchors[0] and ramp(anchors, 7)[-1] == anchors[-1]


@pytest.mark.parametrize("kind", BLINDNESS)
def test_loss_and_gain_stay_apart_for_the_colour_blind(kind):
    colours = [oklab(seen_by(kind, colour)) for colour in palettes.LOSS_TO_GAIN]
    apart = [np.linalg.norm(a - b) for i, a in enumerate(colours) for b in colours[i + 1 :]]
    assert min(apart) > 0.05


@pytest.mark.parametrize("kind", [None, *BLINDNESS])
class TestColoursOfTwoWays:
    def test_each_is_told_from_every_other(self, kind):
        colours = [oklab(seen_by(kind, colour) if kind else colour) for colour in bivariate()]
        assert min(np.linalg.norm(one - other) for one, other in combinations(colours, 2)) > 0.1

    def test_darken_with_every_step_across_and_up(self, kind):
        lightness = [oklab(seen_by(kind, colour) if kind else colour)[0] for colour in bivariate()]
        square = np.array(lightness).reshape(3, 3)
        assert (np.diff(square, axis=0) < -0.1).all() and (np.diff(square, axis=1) < -0.1).all()


def test_colours_of_two_ways_run_row_by_row_from_the_bottom_left():
    colours = bivariate()
    assert len(colours) == 9
    assert (colours[0], colours[2], colours[6], colours[8]) == ACROSS_AND_UP
    assert bivariate(wide=2) == ACROSS_AND_UP


def test_colours_of_two_ways_mix_evenly():
    """Between black and white with two like greys beside them, every mix is grey, and the middle one is half light."""
    black_to_white = bivariate(("#000000", "#636363", "#636363", "#ffffff"))
    half = [black_to_white[i] for i in (2, 4, 6)]
    lightness = [oklab(colour)[0] for colour in half]
    assert lightness == pytest.approx([0.5, 0.5, 0.5], abs=0.01)
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in black_to_white)


def test_no_data_is_the_colour_of_no_class():
    used = {colour for anchors in ONE_WAY.values() for steps in range(2, 11) for colour in ramp(anchors, steps)}
    assert NO_DATA not in used | set(palettes.LOSS_TO_GAIN) | set(bivariate())
    assert min(np.linalg.norm(oklab(NO_DATA) - oklab(colour)) for colour in bivariate()) > 0.07
