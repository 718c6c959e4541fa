"""The register goes out and comes back: the same records, whatever they hold."""

import json

from hypothesis import HealthCheck, given, settings

from data.oruk import from_oruk, looks_like_oruk, to_oruk
from data.register.flat import flat
from data.register.records import FIELDS, KINDS, from_text, to_text
from tests.data import register_strategies as made
from tests.data.oruk import official
from tests.data.oruk.town import register_of, town

SLOW = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def by_organisation(rows):
    return sorted(rows, key=lambda row: row["organisation_id"])


def sent(entries):
    """What arrives at the other end of a wire."""
    return json.loads(json.dumps(to_oruk(entries)))


def test_the_town_comes_back_whole():
    back = from_oruk(sent(town()))
    assert by_organisation(back.rows) == by_organisation(flat(town()))
    assert back.notes == ()


def test_says_where_each_row_stood():
    back = from_oruk(sent(town()))
    where = {
        row["organisation_name"] + row["service_name"]: label for row, label in zip(back.rows, back.labels, strict=True)
    }
    assert where["LenderWebinars"] == "contents 3"
    assert where["Ayton Council"] == "locations 1"


def test_nothing_comes_back_as_nothing():
    back = from_oruk(sent([]))
    assert (back.rows, back.notes) == ((), ())
    assert looks_like_oruk(sent([]))


class TestGeneratedRegisters:
    @SLOW
    @given(made.registers())
    def test_come_back_whole(self, entries):
        page = sent(entries)
        back = from_oruk(page)
        assert by_organisation(back.rows) == by_organisation(flat(entries))
        assert back.notes == ()
        assert len(back.labels) == len(back.rows)
        assert looks_like_oruk(page)
        records = {record for entry in register_of(back.rows) for record in entry.records}
        assert records == {record for entry in entries for record in entry.records}

    @official.needed
    @SLOW
    @given(made.registers())
    def test_satisfy_the_schemas(self, entries):
        assert official.complaints(sent(entries)) == []

    @SLOW
    @given(made.entries())
    def test_are_as_the_register_would_keep_them(self, entry):
        for record in entry.records:
            assert from_text(type(record), to_text(record)) == record

    def test_can_be_made_of_every_field(self):
        for kind in KINDS:
            for each in FIELDS[kind.table].values():
                assert not made.values(each.kind).is_empty


@official.needed
def test_the_town_satisfies_the_schemas():
    assert official.complaints(sent(town())) == []


@official.needed
def test_the_schemas_are_really_asked():
    page = sent(town())
    page["contents"][0]["organization"]["website"] = "not a web address"
    page["contents"][1]["status"] = "open"
    page["contents"][1]["organization"]["id"] = "WY001"
    page["locations"][0]["addresses"][0].pop("city")
    assert len(official.complaints(page)) == 7
