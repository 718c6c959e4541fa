"""Toytown's need and reach, for every test of plans."""

from datetime import datetime

import numpy as np
import pytest

from geo.areas import Geography
from layers.plan import access, gaps
from layers.plan.need import USUAL, Recipe, column, indexed
from layers.plan.supply import supply
from layers.provision import Wants, provision
from tests.toytown import CODE, FIGURES, TODAY

NOON = datetime(2026, 11, 21, 12)


@pytest.fixture(scope="session")
def toy_offers(toy_register):
    """The help that counts in Toytown, a row a service and place. Shared: do not change."""
    return provision(toy_register, TODAY)


@pytest.fixture(scope="session")
def toy_points(toy):
    """Where the people of Toytown's neighbourhoods live, in the order of the outlines."""
    return toy.shapes(Geography.LSOA21)[["point_e", "point_n"]].to_numpy(dtype=float)


@pytest.fixture(scope="session")
def toy_people():
    """How many they are; A4 is not known."""
    return np.array([FIGURES[name][5] if name in FIGURES else np.nan for name in CODE], dtype=float)


@pytest.fixture(scope="session")
def toy_supply(toy_places, toy_offers):
    """All help that counts in Toytown: the enterprise centre in A1 and the trust in B4."""
    return supply(
        toy_places, toy_offers, types={"enterprise_centre", "jobcentre", "start_up_programme", "mentoring",
                                       "coworking", "vcs_support", "incubator"},
        wants=Wants(), unconfirmed=False, capacity=False, now=NOON,
    )


@pytest.fixture(scope="session")
def toy_need(toy):
    """The usual index."""
    recipe = Recipe(USUAL)
    return indexed(recipe, [column(each.shown, toy).values for each in recipe.indicators])


@pytest.fixture(scope="session")
def toy_gaps(toy_need, toy_supply, toy_points, toy_people):
    """Need against the way to the nearest help."""
    reach = access.reached(toy_supply, toy_points, toy_people, measure="nearest", within=1_500, detour=1.3)
    return gaps.gaps(toy_need, reach, np.ones(8, dtype=bool))
