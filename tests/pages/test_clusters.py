"""The page of clusters on either pack: the page at once, its clusters when the worker has found them.

Nothing here waits for a time: a test waits for the worker itself, or holds it up.
"""

from concurrent.futures import wait
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest

from geo.clusters import ClustersError
from layers.plan import patterns
from layers.plan.choices import CLUSTER_HOW
from pages import _clusters, _edge, _link
from tests.pages.visit import heading, link, map_script, opened, told, visit, warnings, words

pytestmark = pytest.mark.usefixtures("on_either_pack")

CLUSTERS = "clusters.py"


def found(at):
    """What the worker finds for the page, as soon as it has."""
    return _clusters.asked(_link.read(link(at))[0]).result(timeout=60)


def settled(**parts):
    """The page with its clusters."""
    at = visit(CLUSTERS, **parts)
    wait([_clusters.asked(_link.read(link(at))[0])], timeout=60)
    return at.run()


@pytest.fixture
def own_bench():
    """A worker that has found nothing yet."""
    _clusters.bench.clear()
    yield
    _clusters.bench.clear()


@pytest.fixture
def held_up(own_bench, monkeypatch):
    """A worker that finds nothing until `go` is set; `begun` is set when it has begun."""
    go, begun, really = Event(), Event(), patterns.WAYS["moran"]

    def slowly(*args, **options):
        begun.set()
        assert go.wait(60)
        return really(*args, **options)

    monkeypatch.setitem(patterns.WAYS, "moran", slowly)
    yield SimpleNamespace(go=go, begun=begun)
    go.set()


def breaking(monkeypatch, error):
    """Have the worker fail in this way."""

    def fail(*_args, **_options):
        raise error

    monkeypatch.setitem(patterns.WAYS, "moran", fail)


@pytest.mark.parametrize("how", list(CLUSTER_HOW))
@pytest.mark.parametrize("of", ["need", "gap", "imd", "density"])
def test_the_map_the_words_and_the_table_say_the_same(of, how):
    at = settled(cluster_of=of, cluster_how=how, table="yes", within="10000", unconfirmed="yes")
    assert not at.exception and not at.warning
    sent, said, [table] = told(at), words(at), at.dataframe
    pattern = table.value["Pattern"].value_counts()
    assert len(sent["labels"]) == len(patterns.SHOWN[how]) == len(set(sent["colours"]))
    assert sum(sent["counts"]) + sent["missing"] == len(table.value) == len(_edge.areas("lsoa21"))
    for label, count in zip(sent["labels"], sent["counts"], strict=True):
        assert pattern.get(label, 0) == count
        if count and label != patterns.NOTHING:
            assert f"* **{label}**: {count:,} neighbourhood" in said
    assert pattern.get("no data", 0) == sent["missing"]
    assert bool(sent["places"]["groups"]) == (of == "gap")
    assert "not why" in said and "not a second confirmation" in said and "about 5 in 100" in said


def test_only_what_is_in_view_is_counted_and_all_is_tested():
    district = _edge.areas("district")["name"].iloc[0]
    whole, part = settled(table="yes"), settled(table="yes", focus=district, among="view")
    assert found(part) is found(whole)
    mine = whole.dataframe[0].value.query("District == @district")
    assert part.dataframe[0].value["Code"].tolist() == mine["Code"].tolist()
    np.testing.assert_array_equal(part.dataframe[0].value["p value"], mine["p value"])
    assert heading(part) == f"Clusters: Need in {district}"


def test_the_gap_score_is_compared_with_the_whole_region_whatever_is_in_view():
    district = _edge.areas("district")["name"].iloc[0]
    whole = settled(cluster_of="gap", within="10000")
    assert found(settled(cluster_of="gap", within="10000", focus=district, among="view")) is found(whole)


def test_the_page_is_there_before_its_clusters_and_other_choices_leave_the_map_mounted(held_up):
    at = visit(CLUSTERS)
    assert "Working it out" in words(at)
    assert told(at)["labels"] == [patterns.NOT_YET] and len(at.dataframe) == 0
    assert at.selectbox(key="choose_cluster_of").value == "need"
    held_up.go.set()
    found(at)
    at.run()
    assert "Working it out" not in words(at) and patterns.NOTHING in told(at)["labels"]
    assert map_script(at) == map_script(settled(cluster_of="crime", cluster_how="spots"))


def test_it_can_be_left_at_any_time(held_up):
    at = visit(CLUSTERS)
    at.switch_page("gaps.py").run()
    assert not at.exception and heading(at).startswith("Where need is high")
    held_up.go.set()


def test_figures_and_ways_are_chosen_by_the_controls():
    at = visit(CLUSTERS)
    at.selectbox(key="choose_cluster_of").set_value("health").run()
    at.segmented_control(key="choose_cluster_how").set_value("spots").run()
    assert link(at) == {"cluster_of": "health", "cluster_how": "spots"}
    found(at)
    at.run()
    assert told(at)["key"] == "clusters-health-spots lsoa21"
    assert told(at)["labels"][0] == "More need, together with its neighbours"


def test_how_it_was_worked_out():
    said = words(opened(settled(), "how"))
    for part in ("Together", "Neighbours", "What is measured", "Chance", "Many tests at once", "What to bear in mind"):
        assert f"**{part}.**" in said
    assert "**Reach.**" not in said
    assert "**Reach.**" in words(opened(settled(cluster_of="gap", within="10000"), "how"))
    assert "**What goes in.** Crime: How each" in words(opened(settled(cluster_of="crime"), "how"))


def test_the_neighbourhood_that_is_open_says_what_it_is():
    code = _edge.areas("lsoa21")["code"].iloc[0]
    at = settled(area=code)
    assert told(at)["selected"] == code
    assert "of the time; up to" in words(at) and "Why this colour?" not in words(at)


def test_the_largest_clusters_open_by_a_button():
    at = settled()
    for group in found(at).groups[:1]:
        core = _edge.areas("lsoa21").iloc[group.core]
        at.button(key=f"cluster-{core['code']}").click().run()
        assert link(at) == {"area": core["code"], "at": core["district_code"]}
        assert told(at)["marked"] and "which is outlined on the map" in words(at)


def test_where_there_is_nothing_to_find_the_reason_is_said(own_bench, monkeypatch):
    breaking(monkeypatch, ClustersError("All 8 values are equal (3): nothing is higher or lower anywhere."))
    at = settled(table="yes")
    assert warnings(at) == ["All 8 values are equal (3): nothing is higher or lower anywhere."]
    assert told(at)["labels"] == [patterns.NOT_YET] and not at.dataframe
    assert "again" not in {button.key for button in at.button}


def test_a_failure_is_a_sentence_and_may_be_tried_again(own_bench, monkeypatch, caplog):
    with monkeypatch.context() as patch:
        breaking(patch, RuntimeError("a secret of the machine"))
        at = settled()
    assert not at.exception and warnings(at) == [_clusters.BROKEN]
    assert "a secret of the machine" in caplog.text and "secret" not in words(at)
    at.button(key="again").click().run()
    found(at)
    at.run()
    assert not at.warning and patterns.NOTHING in told(at)["labels"]


def test_where_nothing_counts_as_help_there_is_no_gap_score():
    at = visit(CLUSTERS, cluster_of="gap", who="nobody at all")
    assert "Nothing that we know of counts as this kind of help" in words(at)
    assert not at.exception and not at.get("component_instance")


class TestBench:
    def test_what_was_found_is_kept(self):
        bench, asked = _clusters.Bench(), []
        first = bench.ask("a", lambda: asked.append("a"))
        wait([first])
        assert bench.ask("a", lambda: asked.append("a")) is first
        assert asked == ["a"]

    def test_what_waits_is_called_off_and_what_runs_is_finished(self):
        bench, go, begun = _clusters.Bench(), Event(), Event()
        running = bench.ask("a", lambda: begun.set() or go.wait(60))
        assert begun.wait(60)
        waiting = bench.ask("b", lambda: "b")
        bench.call_off("a")
        bench.call_off("b")
        bench.call_off("never asked")
        go.set()
        assert running.result(60) is True and waiting.cancelled()
        assert bench.ask("b", lambda: "b anew").result(60) == "b anew"

    def test_the_oldest_is_forgotten(self):
        bench = _clusters.Bench()
        first = bench.ask("0", lambda: 0)
        for i in range(1, _clusters._KEPT + 1):
            bench.ask(str(i), lambda: 1)
        wait([first])
        assert bench.ask("0", lambda: "anew") is not first

    def test_what_is_forgotten_is_worked_out_anew(self):
        bench = _clusters.Bench()
        assert bench.ask("a", lambda: 1).result(60) == 1
        bench.forget("a")
        assert bench.ask("a", lambda: 2).result(60) == 2


def test_a_question_that_is_left_is_called_off(held_up):
    """The worker is held up by the first question; the second waits, and is dropped for the third."""
    at = visit(CLUSTERS)
    assert held_up.begun.wait(60)
    at.selectbox(key="choose_cluster_of").set_value("crime").run()
    second = _clusters.asked(_link.read(link(at))[0])
    at.selectbox(key="choose_cluster_of").set_value("population").run()
    assert second.cancelled()
    held_up.go.set()
    found(at)
    assert patterns.NOTHING in told(at.run())["labels"]
