"""Clusters as they are shown and said, by hand on Toytown.

On its grid (see tests/toytown.py) all of a block of four touch, and A2 and A4 touch B1 and B3, side by side or at the
corner. By need in sixths: A1 6, B1 5, A2 4, B2 3, A3 2, B3 1, B4 0; A4 has no figure.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.areas import Geography
from geo.clusters import PERMUTATIONS, Clusters, ClustersError, Kind
from geo.contiguity import touching
from layers import LAYERS, get
from layers.base import Number
from layers.classes import MISSING
from layers.palettes import NO_DATA, oklab
from layers.plan import pattern_words, patterns
from layers.plan.choices import CLUSTER_HOW, CLUSTER_OF
from layers.plan.need import column
from layers.plan.patterns import SHOWN, WAYS, Group, Patterns, Subject
from layers.view import View, from_link
from tests.layers.test_palettes import BLINDNESS, seen_by

A1, A2, A3, A4, B1, B2, B3, B4 = range(8)
EVERYWHERE = np.ones(8, dtype=bool)
AYTON = np.arange(8) < B1
HH, LL, HL, LH = Kind.HIGH_AMONG_HIGH, Kind.LOW_AMONG_LOW, Kind.HIGH_AMONG_LOW, Kind.LOW_AMONG_HIGH
NONE, GONE = Kind.NONE, Kind.MISSING
KINDS = (HH, HH, NONE, GONE, LL, LL, HH, NONE)
"""A1, A2 and B3, which touches A2 at a corner, are high; B1 and B2 low."""
SIXTHS = np.array([6, 4, 2, np.nan, 5, 3, 1, 0])
FIGURE = Subject(key="need", title="Need", values=SIXTHS, number=Number(), unit="sixths", high="More", low="Less")
SIDE = 9
KNOWN = {
    "districts": frozenset(),
    "areas": frozenset(),
    "places": frozenset(),
    "sessions": frozenset(),
    "postcode_known": lambda _: False,
}


@pytest.fixture(scope="module")
def next_to(toy):
    """Which neighbourhoods of Toytown touch."""
    return touching(toy.shapes(Geography.LSOA21).geometry)


@pytest.fixture(scope="module")
def areas(toy):
    return toy.shapes(Geography.LSOA21).drop(columns="geometry")


def made(kinds, neighbours, *, threshold=0.01, p=0.002):
    """What would be found if the neighbourhoods were of these kinds."""
    known = np.array([kind is not GONE for kind in kinds])
    clusters = Clusters(
        kinds=kinds,
        statistic=np.where(known, 1.23456, np.nan),
        p=np.where(known, p, np.nan),
        threshold=threshold,
        tested=int(known.sum()),
    )
    groups = patterns.joined(kinds, neighbours)
    return Patterns(clusters=clusters, groups=groups, beside=np.full(8, 2), average=np.full(8, 2.5))


@pytest.fixture(scope="module")
def found(next_to):
    return made(KINDS, next_to)


def grid(side):
    """The neighbours on a square grid, side by side and corner to corner."""
    at = [(r, c) for r in range(side) for c in range(side)]
    return tuple(
        np.array([i for i, (u, v) in enumerate(at) if max(abs(u - r), abs(v - c)) == 1]) for r, c in at
    )


def block():
    """Low squares, nine high ones in the first corner."""
    values = np.zeros(SIDE * SIDE)
    values[[SIDE * r + c for r in range(3) for c in range(3)]] = 10
    return values


class TestFind:
    def test_neighbours_and_their_average_by_hand(self, next_to):
        """A1 touches A2 (4), A3 (2) and A4, which has no figure; B4 touches B1 (5), B2 (3) and B3 (1)."""
        found = patterns.find("moran", SIXTHS, next_to, turned=False)
        assert found.beside[[A1, B4]].tolist() == [2, 3]
        assert found.average[[A1, B4]].tolist() == [3, 3]
        # A4 touches all of Ayton, and B1 and B3: (6 + 4 + 2 + 5 + 1) / 5.
        assert found.average[A4] == pytest.approx(3.6)
        assert found.clusters.kinds[A4] is GONE and found.clusters.tested == 7

    def test_where_no_neighbour_has_a_figure_there_is_no_average(self):
        line = tuple(np.array(linked) for linked in ([1], [0, 2], [1, 3], [2, 4], [3]))
        found = patterns.find("spots", np.array([1, 2, 4, np.nan, 1.0]), line, turned=False)
        assert found.beside.tolist() == [1, 2, 1, 2, 0]
        assert np.isnan(found.average[4]) and found.clusters.kinds[4] is GONE

    @pytest.mark.parametrize(("how", "high"), [("moran", HH), ("spots", Kind.HOT)])
    def test_a_block_is_one_group_around_its_middle(self, how, high):
        """Squares in the block beside low ones may miss the limit; its corner, and those around it, do not."""
        found = patterns.find(how, block(), grid(SIDE), turned=False)
        first = found.groups[0]
        assert first.kind is high and first.core == SIDE + 1
        assert {0, 1, SIDE, SIDE + 1} <= set(first.at)

    @pytest.mark.parametrize(("how", "high"), [("moran", HH), ("spots", Kind.HOT)])
    def test_low_figures_are_the_high_end_where_the_figure_is_turned(self, how, high):
        straight = patterns.find(how, block(), grid(SIDE), turned=False)
        turned = patterns.find(how, 10 - block(), grid(SIDE), turned=True)
        assert turned.clusters.kinds == straight.clusters.kinds and high in turned.clusters.kinds
        np.testing.assert_allclose(turned.average, 10 - straight.average)

    @pytest.mark.parametrize("how", list(WAYS))
    def test_where_nothing_can_be_found_a_sentence_says_why(self, how, next_to):
        for values, said in (
            (np.full(8, 3.0), "All 8 values are equal"),
            (np.array([1, 2] + [np.nan] * 6), "2 of 8 areas have a value"),
            (np.full(8, np.nan), "0 of 8 areas have a value"),
        ):
            with pytest.raises(ClustersError, match=said):
                patterns.find(how, values, next_to, turned=False)


class TestGroups:
    def test_touching_neighbourhoods_of_one_kind_are_joined(self, found):
        """A2 touches both others of its group; B1 and B2 touch each other, and the first of these is named."""
        assert found.groups == (Group(HH, (A1, A2, B3), A2), Group(LL, (B1, B2), B1))

    def test_a_neighbourhood_knows_its_group(self, found):
        assert patterns.group_of(found, B3) is found.groups[0]
        assert patterns.group_of(found, A3) is patterns.group_of(found, A4) is None

    def test_those_of_one_kind_in_view(self, found):
        """B3 has the high group in view of Beeton, too; the low one is in Beeton alone."""
        assert patterns.largest(found, HH, ~AYTON, 3) == [found.groups[0]]
        assert patterns.largest(found, LL, AYTON, 3) == []
        assert patterns.largest(found, HH, EVERYWHERE, 0) == []

    @given(st.lists(st.sampled_from([HH, LL, NONE, GONE]), min_size=25, max_size=25))
    def test_groups_are_whole_and_apart(self, kinds):
        neighbours = grid(5)
        groups = patterns.joined(kinds, neighbours)
        inside = {i: place for place, group in enumerate(groups) for i in group.at}
        assert set(inside) == {i for i, kind in enumerate(kinds) if kind in (HH, LL)}
        assert sum(len(group.at) for group in groups) == len(inside)
        assert all(kinds[i] is group.kind for group in groups for i in group.at)
        for i in inside:
            assert all(inside[i] == inside[j] for j in neighbours[i].tolist() if kinds[j] is kinds[i])
        for group in groups:
            reached, fresh = set(), {group.at[0]}
            while fresh:
                reached |= fresh
                fresh = {j for i in fresh for j in neighbours[i].tolist() if j in group.at} - reached
            assert reached == set(group.at)
        assert [len(group.at) for group in groups] == sorted((len(group.at) for group in groups), reverse=True)


class TestSubjects:
    def test_need_is_called_more_and_less(self, toy_need):
        of = patterns.of_need(toy_need)
        np.testing.assert_allclose(of.values, 100 * SIXTHS / 6)
        assert of.label(HH) == "More need, among more need" and of.label(LH) == "Less need, among more need"
        assert of.label(Kind.COLD) == "Less need, together with its neighbours"

    def test_the_gap_score(self, toy_gaps):
        of = patterns.of_gap(toy_gaps)
        np.testing.assert_array_equal(of.values, toy_gaps.score)
        assert of.label(HL) == "High, among low" and of.heading == "Gap score (0 to 100)"

    def test_a_tenth_of_which_1_is_the_most_deprived_is_turned(self, toy):
        of = patterns.of_layer(get("crime"), column(get("crime"), toy).values)
        assert of.turned and of.label(LL) == "Less need, among less need"
        assert of.values[A1] == 1  # shown as it is

    def test_any_other_figure_is_high_or_low(self, toy):
        of = patterns.of_layer(get("population"), column(get("population"), toy).values)
        assert not of.turned and of.label(Kind.HOT) == "High, together with its neighbours"

    @pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.key)
    def test_every_layer_held_for_neighbourhoods_may_be_chosen_and_no_other(self, layer):
        assert (layer.key in CLUSTER_OF) == (Geography.LSOA21 in layer.geographies)

    def test_no_word_shames_a_place(self, toy_need):
        words = " ".join(patterns.of_need(toy_need).label(kind) for kind in Kind).lower()
        assert not {"bad", "worst", "poor", "hot", "cold"} & set(words.replace(",", "").split())


class TestPainted:
    def test_every_kind_has_its_class(self, found):
        """Of the eight: three high, two low, none unlike, two that are nothing, and A4 missing."""
        told = patterns.painted(FIGURE, found, "moran", EVERYWHERE)
        assert told.classes.of.tolist() == [0, 0, 4, MISSING, 1, 1, 0, 4]
        assert told.classes.counts == (3, 2, 0, 0, 2) and told.classes.missing == 1
        assert told.classes.labels[0] == "More, among more" and told.classes.labels[4] == patterns.NOTHING
        np.testing.assert_array_equal(told.values, SIXTHS)

    def test_only_what_is_in_view_is_counted(self, found):
        classes = patterns.painted(FIGURE, found, "moran", AYTON).classes
        assert classes.counts == (2, 0, 0, 0, 1) and classes.missing == 1

    def test_before_anything_is_found_the_figures_stand_alone(self):
        told = patterns.painted(FIGURE, None, "spots", AYTON)
        assert told.classes.of.tolist() == [0, 0, 0, MISSING, 0, 0, 0, 0]
        assert told.classes.counts == (3,) and told.classes.missing == 1
        assert told.classes.labels == (patterns.NOT_YET,)

    @pytest.mark.parametrize("blind", [None, *BLINDNESS])
    @pytest.mark.parametrize("how", list(SHOWN))
    def test_colours_are_told_apart_by_everyone(self, how, blind):
        colours = [patterns.COLOURS[kind] for kind in SHOWN[how]] + [NO_DATA]
        seen = [oklab(seen_by(blind, colour) if blind else colour) for colour in colours]
        assert min(np.linalg.norm(one - other) for one, other in combinations(seen[:-1], 2)) > 0.1
        assert np.linalg.norm(seen[0] - seen[1]) > 0.15

    def test_a_kind_is_the_same_colour_in_both_ways(self):
        colours = patterns.COLOURS
        assert (colours[HH], colours[LL]) == (colours[Kind.HOT], colours[Kind.COLD])


class TestTable:
    def test_one_row_a_neighbourhood(self, found, areas, toy_people):
        told = patterns.table(FIGURE, found, areas, toy_people, statistic="I")
        assert told["Pattern"].tolist()[:5] == [
            "More, among more", "More, among more", patterns.NOTHING, "no data", "Less, among less",
        ]  # fmt: skip
        place = told["Cluster (1 is the largest)"]
        assert place[[A1, A2, B3]].tolist() == [1, 1, 1] and place[[B1, B2]].tolist() == [2, 2]
        assert place[[A3, A4, B4]].isna().all()
        assert told.loc[A1, "I"] == 1.235 and told.loc[A1, "p value"] == 0.002
        assert np.isnan(told.loc[A4, "Need (sixths)"]) and told.loc[B4, "Need (sixths)"] == 0
        assert told["Code"].tolist() == areas["code"].tolist()

    def test_figures_are_in_shown_units(self, found, areas, toy_people, toy):
        of = patterns.of_layer(get("income-share"), column(get("income-share"), toy).values)
        told = patterns.table(of, found, areas, toy_people, statistic="I")
        assert told.loc[A1, "People on low incomes (% of people)"] == 50
        assert told.loc[A1, "Average of its neighbours"] == 250


class TestWords:
    def test_the_head(self, found):
        """Seven have a figure; five stand out. In Ayton three and two."""
        assert pattern_words.head(found, "moran", EVERYWHERE, where="Toytown") == (
            "Of the 7 neighbourhoods in Toytown that can be tested, 5 (71%) stand out. "
            "1 has no figure, or no neighbour with one."
        )
        said = pattern_words.head(found, "moran", AYTON, where="Ayton")
        assert said.startswith("Of the 3 neighbourhoods in Ayton that can be tested, 2 (67%) stand out.")
        assert "1 (100%) stands out." in pattern_words.head(found, "moran", np.arange(8) == A1, where="A1")

    def test_nothing_found_and_nothing_known(self, found):
        none = pattern_words.head(found, "moran", np.isin(np.arange(8), [A3, B4]), where="there")
        assert none == "Of the 2 neighbourhoods in there none stands out more than chance explains."
        gone = pattern_words.head(found, "moran", np.arange(8) == A4, where="A4")
        assert gone == "Nothing can be said of A4: no neighbourhood there has a figure and a neighbour with one."

    def test_the_clusters_by_name(self, found, areas, toy_people):
        """A1 and A2 are in Mill Lane, B1, B2 and B3 in what goes by Beeton 001; people 1,000 + 3,000 + 1,000."""
        assert pattern_words.lines(FIGURE, found, "moran", areas, toy_people, EVERYWHERE) == [
            (
                "More, among more",
                "3 neighbourhoods, in 1 cluster. Mill Lane and Beeton 001 (Ayton and Beeton), 3 neighbourhoods, "
                "5,000 people.",
            ),
            (
                "Less, among less",
                "2 neighbourhoods, in 1 cluster. Beeton 001 (Beeton), 2 neighbourhoods, 3,000 people.",
            ),
        ]

    def test_in_a_district_clusters_that_reach_beyond_it_say_so(self, found, areas, toy_people):
        [(_, words)] = pattern_words.lines(FIGURE, found, "moran", areas, toy_people, AYTON)
        assert words.startswith("2 neighbourhoods, in 1 cluster. ")
        assert "3 neighbourhoods, 1 of them not in view, 5,000 people" in words

    def test_clusters_and_those_alone(self, next_to, areas, toy_people):
        """A1 touches A3, and B4 neither of them; A4 is low beside A1 and A3."""
        found = made((HH, NONE, HH, LH, NONE, NONE, NONE, HH), next_to)
        told = dict(pattern_words.lines(FIGURE, found, "moran", areas, toy_people, EVERYWHERE))
        assert told["More, among more"] == (
            "3 neighbourhoods, in 1 cluster and 1 alone. The largest: Mill Lane and High Moor (Ayton), 2 "
            "neighbourhoods, 3,000 people; Beeton 001 (Beeton), 2,000 people."
        )
        assert told["Less, among more"].startswith("1 neighbourhood. High Moor (Ayton)")

    def test_of_many_names_the_most_frequent_three(self, areas):
        many = areas.assign(local_name=["a", "b", "b", "c", "d", "e", "b", "c"])
        group = Group(HH, tuple(range(8)), 0)
        assert pattern_words.name_of(group, many) == "b, c, a and 2 more (Ayton and Beeton)"
        assert pattern_words.short_name_of(group, many, EVERYWHERE) == "8: a (Ayton)"
        assert pattern_words.short_name_of(group, many, ~AYTON) == "8: d (Beeton)"

    def test_why_one_stands_out(self, found):
        assert pattern_words.why(FIGURE, found, B1) == [
            "Need (sixths): 5 here, and 2 on average in the 2 neighbours that have a figure.",
            "Less, among less. By chance its neighbours would be this far from usual 0.2% of the time; up to 1% counts "
            "as more than chance.",
            "It is one of 2 neighbourhoods in this cluster, which is outlined on the map.",
        ]

    def test_why_one_does_not(self, found, next_to):
        _, said = pattern_words.why(FIGURE, made(KINDS, next_to, p=0.5), A3)
        assert said.startswith(f"{patterns.NOTHING}. By chance") and "50% of the time" in said
        # Its neighbours are within the limit, 0.2% of 1%: so what keeps it from standing out is its own figure.
        *_, own = pattern_words.why(FIGURE, found, A3)
        assert own.startswith("Its own figure outweighs theirs")

    def test_why_nothing_can_be_said(self, found):
        assert pattern_words.why(FIGURE, found, A4) == ["There is no figure here, so nothing can be said."]
        alone = Patterns(clusters=found.clusters, groups=(), beside=np.zeros(8, dtype=int), average=np.full(8, np.nan))
        assert pattern_words.why(FIGURE, alone, A1) == [
            "Need (sixths): 6 here; no neighbour has a figure, so nothing can be said."
        ]
        one = Patterns(clusters=found.clusters, groups=(), beside=np.ones(8, dtype=int), average=np.full(8, 2.0))
        assert "and 2 in the one neighbour that has a figure" in pattern_words.why(FIGURE, one, A1)[0]

    @pytest.mark.parametrize("way", list(CLUSTER_HOW))
    def test_how_it_was_worked_out(self, found, way):
        said = dict(pattern_words.how(FIGURE, way, found))
        assert "touch" in said["Neighbours"] and "at a corner" in said["Neighbours"]
        assert f"shuffled {PERMUTATIONS:,} times" in said["Chance"] and "99,999" in said["Chance"]
        assert "(1995)" in said["Chance"]  # the number that shuffling begins at
        assert "Benjamini and Hochberg 1995, at 5%" in said["Many tests at once"]
        assert "about 5 in 100 of those coloured" in said["Many tests at once"]
        assert "here it is 0.01" in said["Many tests at once"]
        assert "not why" in said["What to bear in mind"] and "p values" in said["What to bear in mind"]
        assert ("Moran" in said["What is measured"]) == (way == "moran")
        assert said["Among what"].startswith("The 7 neighbourhoods of the whole region")

    def test_how_says_where_a_figure_is_turned(self, found, toy):
        of = patterns.of_layer(get("imd"), column(get("imd"), toy).values)
        assert dict(pattern_words.how(of, "moran", found))["Among what"].startswith("Low figures mean more need")
        assert pattern_words.of_layer_step(get("imd"))[1].startswith("Overall deprivation: How each neighbourhood")


class TestLink:
    @pytest.mark.parametrize("of", list(CLUSTER_OF))
    @pytest.mark.parametrize("how", list(CLUSTER_HOW))
    def test_a_choice_survives_its_link(self, of, how):
        view = View(cluster_of=of, cluster_how=how)
        assert from_link(view.to_link(), **KNOWN) == (view, [])

    @pytest.mark.parametrize(
        ("link", "said"),
        [
            ({"cluster_of": "births-per-10k"}, "figure to look for clusters in that we do not know: “births-per-10k”"),
            ({"cluster_how": "eye"}, "way to look for clusters that we do not know: “eye”"),
        ],
    )
    def test_what_is_asked_in_vain_is_said(self, link, said):
        view, [complaint] = from_link(link, **KNOWN)
        assert view == View() and said in complaint
