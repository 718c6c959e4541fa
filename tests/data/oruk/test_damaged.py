"""Documents that are something else, or wrong somewhere: read as far as they go, or refused in a sentence."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.oruk import OrukError, from_oruk, looks_like_oruk, to_oruk
from data.register.flat import COLUMNS
from tests.data.oruk.town import only, service, town


class TestWrongDocuments:
    @pytest.mark.parametrize(
        "document",
        [
            None,
            5,
            "text",
            [],
            {},
            [[]],
            {"type": "FeatureCollection", "features": []},
            {"contents": [1, 2]},
            {"grants": [{"id": "360G-x", "title": "A grant"}]},
            [{"name": "A row", "website": "example.org", "status": "active"}],
            {"contents": [{"id": "t", "name": "n", "taxonomy": "x"}]},
        ],
    )
    def test_are_refused_with_what_to_do(self, document):
        assert not looks_like_oruk(document)
        with pytest.raises(OrukError, match="Choose a file of services"):
            from_oruk(document)

    def test_parts_that_are_not_understood_are_counted(self):
        came = from_oruk({"contents": [service("A"), 7, {"x": 1}]})
        assert "2 entries were not understood: not a service, an organisation or a place." in came.notes

    def test_slots_of_the_wrong_kind_are_told(self):
        row_and_notes = from_oruk([service("A", schedules="by appointment", languages=5, service_areas="Leeds")])
        assert row_and_notes.rows[0]["service_serves"] == "Leeds"
        assert any("schedules (1)" in note for note in row_and_notes.notes)

    def test_half_characters_do_no_harm(self):
        row = only([service("A", description="a\ud800b")])
        assert row["service_description"] == "a\ufffdb"

    def test_numbers_without_end_do_no_harm(self):
        row = only([service("A", minimum_age=10**5000, maximum_age=float("inf"))])
        assert row["service_max_age"] == "inf" and "service_min_age" not in row


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["id", "name", "services", "contents", "organization", "organizations", "locations", "location", "attributes"]
NAMES += ["service_at_locations", "taxonomy_term", "schedules", "languages", "status", "cost_options", "contacts"]
LIKELY = st.recursive(
    JSON,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=20,
)


def check(document):
    looks_like_oruk(document)
    try:
        came = from_oruk(document)
    except OrukError:
        return
    assert len(came.rows) == len(came.labels)
    for row in came.rows:
        assert row.keys() >= COLUMNS.keys() and row.keys() - COLUMNS.keys() <= {"latitude", "longitude"}
        assert all(isinstance(text, str) and text.encode("utf-8") is not None for text in row.values())
        assert row["organisation_id"]


@settings(max_examples=300, deadline=None)
@given(LIKELY)
def test_any_json_is_read_or_refused(document):
    check(document)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_export_is_read_or_refused(data):
    document = json.loads(json.dumps(to_oruk(town())))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = document, None
        while isinstance(holder, dict | list) and holder:
            key = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
                break
            holder = holder[key]
        if key is None or not holder:
            continue
        if data.draw(st.booleans()):
            holder[key] = data.draw(JSON)
        else:
            del holder[key]
    check(document)
