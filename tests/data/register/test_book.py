"""The register's file: a step is whole or not at all, the log is the truth, two people do not undo each other."""

import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.questions import QuestionError
from data.register.book import Register
from data.register.changes import Change, ConflictError, key_of
from data.register.records import Grant, Location, Organisation, Practice, Service, Suggestion
from data.register.rights import VISITOR, Actor, Role
from data.register.tables import RegisterError
from tests.data.register_strategies import registers

ROOT = Path(__file__).parents[3]
ADA, BEN = Actor("Ada", Role.EDITOR), Actor("Ben", Role.EDITOR)
ANY = dict.fromkeys(("words", "kinds", "districts", "stages", "costs", "languages", "standings"), [])


def organisation(id_, **fields):
    return Organisation(id=id_, **{"name": f"Organisation {id_}", **fields})


def of(kind, id_, owner, **fields):
    named = {"name": f"Service {id_}"} if kind is Service else {}
    return kind(id=id_, organisation_id=owner, **named | fields)


def put(register, *records, what="Put", **given):
    return register.change(records, by=ADA, what=what, **given)


def held(register, table="organisations"):
    """Every record of a table, by its code."""
    return {record.id: record for record, _ in register.records(table)}


def require_sound(register):
    assert register.unlike_its_log() == []
    steps = register.ask("steps", before=10**9, most=10**9)
    assert steps["number"].tolist() == list(range(register.version, 0, -1))
    for step in steps.itertuples():
        assert len(register.changes(step.number)) == step.count


# What one step is


def test_a_new_register_is_empty_and_a_step_is_told_in_full():
    register = Register()
    assert register.version == 0 and register.entry("A") is None
    step = put(register, organisation("A"), of(Location, "L", "A"), what="Began", why="By hand")
    assert (step.number, step.who, step.role, step.what, step.why) == (1, "Ada", "editor", "Began", "By hand")
    assert (step.undoes, step.count) == (None, 2)
    assert step.moment.endswith("Z") and len(step.moment) == 20
    assert register.version == 1
    assert register.changes(1) == [
        Change(("organisations", "A"), None, organisation("A")),
        Change(("locations", "L"), None, of(Location, "L", "A")),
    ]


def test_what_is_the_same_already_is_no_change():
    register = Register()
    put(register, organisation("A"), organisation("B"))
    assert put(register, organisation("A"), organisation("B", phone="1")).count == 1
    assert [version for _, version in register.records("organisations")] == [1, 2]


def test_an_entry_holds_all_parts_of_one_organisation_and_their_versions():
    register = Register()
    parts = [of(Location, "L", "A"), of(Service, "S", "A"), of(Grant, "G", "A")]
    parts.append(of(Practice, "P", "A", measure="apprentices", value="3"))
    put(register, organisation("A"), *parts, organisation("B"), of(Location, "M", "B"))
    put(register, of(Service, "S", "A", cost="free"))
    entry = register.entry("A")
    assert entry.organisation == organisation("A")
    assert {record.id for record in entry.parts} == {"L", "S", "G", "P"}
    assert entry.records == (entry.organisation, *entry.parts)
    assert entry.versions == {key_of(record): 2 if record.id == "S" else 1 for record in entry.records}


def test_records_are_found_by_code_or_by_another_field_and_in_order():
    register = Register()
    put(register, *(of(Location, id_, owner) for id_, owner in (("M", "B"), ("L", "A"), ("K", "B"))))
    assert [record.id for record, _ in register.records("locations")] == ["K", "L", "M"]
    assert [record.id for record, _ in register.records("locations", ["M", "nowhere"])] == ["M"]
    assert [record.id for record, _ in register.records("locations", ["B"], of="organisation_id")] == ["K", "M"]
    assert register.records("locations", []) == []
    with pytest.raises(QuestionError, match="locations has no field 'id; DROP TABLE steps'"):
        register.records("locations", ["M"], of="id; DROP TABLE steps")


def test_awkward_words_are_kept_as_they_are():
    words = ["'; DROP TABLE steps; --", "<img src=x onerror=alert(1)>", "\x00", "e\u0301", "\U0001f469\u200d\U0001f680"]
    register = Register()
    put(register, *(organisation(f"O{i}", name=word, notes=word * 100) for i, word in enumerate(words)))
    assert [record.name for record in held(register).values()] == words
    require_sound(register)


@settings(deadline=None, max_examples=15)
@given(registers())
def test_whatever_is_written_is_read_back_the_same(entries):
    register = Register()
    records = [record for entry in entries for record in entry.records]
    put(register, *records)
    assert {
        record
        for table in ("organisations", "locations", "services", "practice", "grants")
        for record in held(register, table).values()
    } == set(records)
    for entry in entries:
        found = register.entry(entry.organisation.id)
        assert set(found.parts) == set(entry.parts) and found.versions == entry.versions
    require_sound(register)


def test_what_tells_of_progress_hears_it_rise_from_nought_to_one():
    heard = []
    put(Register(), *(organisation(str(i)) for i in range(12_000)), heard=heard.append)
    assert heard == [0, 5 / 12, 10 / 12, 1]


@pytest.mark.parametrize("at", [0, 0.4, 1])
def test_what_stops_a_step_leaves_nothing_of_it(at):
    register = Register()
    put(register, organisation("A"))

    def stop(done):
        if done >= at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(register, organisation("A", phone="1"), *(organisation(f"N{i}") for i in range(6_000)), heard=stop)
    assert register.version == 1 and held(register) == {"A": organisation("A")}
    require_sound(register)
    assert put(register, organisation("B")).number == 2, "and the next step is as if it had not been tried"


# Undoing


def test_undoing_an_import_takes_all_of_it_away_and_undoing_that_brings_it_back():
    register = Register()
    put(register, organisation("A"))
    brought = [organisation(f"N{i}") for i in range(50)] + [of(Location, f"N{i}", f"N{i}") for i in range(50)]
    put(register, *brought, what="Brought in a list")
    undone = register.undo(2, by=BEN, why="The wrong list")
    assert (undone.number, undone.undoes, undone.count, undone.who) == (3, 2, 100, "Ben")
    assert set(held(register)) == {"A"} and held(register, "locations") == {}
    register.undo(3, by=ADA)
    assert len(held(register)) == 51 and len(held(register, "locations")) == 50
    assert register.version == 4
    require_sound(register)


def test_undoing_an_edit_brings_back_what_was():
    register = Register()
    put(register, organisation("A", phone="1"), of(Service, "S", "A"))
    register.change([organisation("A", phone="2")], [("services", "S")], by=ADA, what="Edited")
    register.undo(2, by=ADA)
    assert held(register) == {"A": organisation("A", phone="1")}
    assert held(register, "services") == {"S": of(Service, "S", "A")}
    require_sound(register)


def test_a_step_whose_records_were_changed_since_is_not_undone_and_says_whose():
    register = Register()
    put(register, organisation("A"), organisation("B"))
    put(register, organisation("A", phone="2"), organisation("B", phone="2"))
    put(register, organisation("B", phone="3"))
    with pytest.raises(
        ConflictError, match="1 of the records .*first 'Organisation B'. Nothing was written"
    ) as stopped:
        register.undo(2, by=ADA)
    assert stopped.value.theirs == {("organisations", "B"): organisation("B", phone="3")}
    assert register.version == 3 and held(register)["A"].phone == "2"
    register.undo(3, by=ADA)
    register.undo(2, by=ADA)
    assert held(register) == {"A": organisation("A"), "B": organisation("B")}, "once the later one is undone it is free"
    require_sound(register)


def test_what_was_changed_and_changed_back_since_stands_in_nobodys_way():
    """An import is taken back although one of its records was edited and the edit undone, and one removed likewise."""
    register = Register()
    put(register, organisation("A"), organisation("B"), organisation("C"))
    put(register, organisation("A", phone="2"))
    register.undo(2, by=BEN)
    register.change([], [("organisations", "B")], by=ADA, what="Removed")
    register.undo(4, by=ADA)
    register.undo(1, by=ADA)
    assert held(register) == {} and register.version == 6
    register.undo(6, by=ADA)
    assert set(held(register)) == set("ABC")
    require_sound(register)


def test_a_removal_is_not_undone_over_a_record_that_took_its_place():
    register = Register()
    put(register, organisation("A"))
    register.change([], [("organisations", "A")], by=ADA, what="Removed")
    put(register, organisation("A", name="Another A"))
    with pytest.raises(ConflictError):
        register.undo(2, by=ADA)
    assert held(register)["A"].name == "Another A"


def test_a_step_is_undone_once():
    register = Register()
    put(register, organisation("A"))
    register.undo(1, by=ADA)
    put(register, organisation("B"))
    put(register, organisation("B", phone="1"))
    register.undo(4, by=ADA)
    for number in (1, 4):
        with pytest.raises((ConflictError, RegisterError)):
            register.undo(number, by=ADA)
    assert register.version == 5


def test_there_is_no_step_to_undo_that_was_never_made():
    with pytest.raises(RegisterError, match="There is no step 7 to undo"):
        Register().undo(7, by=ADA)


def test_a_long_row_of_undoing_and_redoing_only_adds_to_the_log():
    register = Register()
    put(register, organisation("A"))
    put(register, organisation("A", phone="2"))
    before = register.ask("steps", before=10**9, most=10**9)
    for number in range(2, 12):
        register.undo(number, by=ADA)
        assert held(register)["A"].phone == ("2" if number % 2 else None)
    after = register.ask("steps", before=3, most=10**9)
    assert after.drop(columns="undone_by").equals(before.drop(columns="undone_by"))
    assert register.version == 12
    require_sound(register)


CODES = st.sampled_from("ABCD")
DOINGS = st.one_of(
    st.tuples(st.just("put"), st.lists(st.tuples(CODES, st.sampled_from("12")), min_size=1, max_size=4)),
    st.tuples(st.just("remove"), st.lists(CODES, min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("undo"), st.integers(1, 12)),
)


@settings(deadline=None, max_examples=30)
@given(st.lists(DOINGS, max_size=12))
def test_whatever_is_done_in_whatever_order_the_log_replays_to_what_is_held(doings):
    register, expected, by_step = Register(), {}, {0: {}}
    for what, about in doings:
        if what == "put":
            new = {id_: organisation(id_, phone=phone) for id_, phone in about}
            put(register, *new.values())
            expected = expected | new
        elif what == "remove":
            register.change([], [("organisations", id_) for id_ in about], by=ADA, what="Removed")
            expected = {id_: record for id_, record in expected.items() if id_ not in about}
        else:
            expected = undone(register, about, expected)
        by_step[register.version] = expected
        assert held(register) == expected
    require_sound(register)


def undone(register, number, expected):
    """What should be held once a step has been taken back, or as before where that is refused."""
    changes = register.changes(number) if number <= register.version else []
    try:
        register.undo(number, by=ADA)
    except (ConflictError, RegisterError):
        return expected
    back = {change.key[1]: change.before for change in changes}
    return {id_: record for id_, record in (expected | back).items() if record is not None}


# Two people at once


def test_the_second_of_two_editors_is_shown_what_the_first_wrote():
    register = Register()
    put(register, organisation("A"))
    seen = register.entry("A").versions
    mine = replace(organisation("A"), phone="Ada's")
    register.change([mine], by=ADA, what="Edited", seen=seen)
    with pytest.raises(ConflictError) as stopped:
        register.change([organisation("A", phone="Ben's"), organisation("B")], by=BEN, what="Edited", seen=seen)
    assert stopped.value.theirs == {("organisations", "A"): mine}
    assert register.version == 2 and held(register) == {"A": mine}


def test_editors_of_different_records_do_not_meet():
    register = Register()
    put(register, organisation("A"), organisation("B"))
    seen = {("organisations", id_): 1 for id_ in "AB"}
    for id_, who in (("A", ADA), ("B", BEN)):
        key = ("organisations", id_)
        register.change([organisation(id_, phone="1")], by=who, what="Edited", seen={key: seen[key]})
    assert {record.phone for record in held(register).values()} == {"1"}


def test_a_record_that_is_gone_or_that_came_meanwhile_is_a_conflict_too():
    register = Register()
    put(register, organisation("A"))
    register.change([], [("organisations", "A")], by=ADA, what="Removed")
    with pytest.raises(ConflictError, match="first 'A'") as gone:
        register.change([organisation("A", phone="1")], by=BEN, what="Edited", seen={("organisations", "A"): 1})
    assert gone.value.theirs == {("organisations", "A"): None}
    put(register, organisation("B"))
    with pytest.raises(ConflictError):
        register.change([organisation("B")], by=BEN, what="Added", seen={("organisations", "B"): 0})


def test_eight_editors_of_one_record_lose_nothing(tmp_path):
    """Each adds one to the same number 25 times, and reads again when somebody else was quicker."""
    register = Register(tmp_path / "register.duckdb")
    put(register, organisation("A", phone="0"))

    def count_up(who):
        for _ in range(25):
            while True:
                [(now, version)] = register.records("organisations", ["A"])
                more = replace(now, phone=str(int(now.phone) + 1))
                try:
                    register.change([more], by=who, what="Counted", seen={key_of(now): version})
                    break
                except ConflictError:
                    time.sleep(random.uniform(0, 0.05))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, [Actor(f"Editor {i}", Role.EDITOR) for i in range(8)]))
    assert held(register)["A"].phone == "200" and register.version == 201
    require_sound(register)
    by = register.ask("steps", before=10**9, most=200)["who"].value_counts()
    assert by.to_dict() == {f"Editor {i}": 25 for i in range(8)}
    register.close()
    again = Register(tmp_path / "register.duckdb")
    assert again.version == 201 and held(again)["A"].phone == "200"
    again.close()


def test_readers_always_see_whole_steps():
    """Every step gives the organisation, its place and its services one and the same number."""
    register, over = Register(), threading.Event()

    def numbered(n):
        services = [of(Service, f"S{i}", "A", description=str(n)) for i in range(20)]
        return [organisation("A", description=str(n)), of(Location, "L", "A", address=str(n)), *services]

    put(register, *numbered(0))

    def read():
        seen = []
        while not over.is_set():
            entry = register.entry("A")
            told = {entry.organisation.description, entry.locations[0].address}
            told |= {service.description for service in entry.services}
            assert len(told) == 1 and len(entry.services) == 20
            assert len(set(entry.versions.values())) == 1
            assert register.unlike_its_log() == []
            seen.append(int(told.pop()))
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for n in range(1, 31):
                put(register, *numbered(n))
        finally:
            over.set()
        for reader in readers:
            seen = reader.result()
            assert seen and seen == sorted(seen), "what was read never goes back"


# Its file


def test_a_register_is_the_same_after_it_was_closed(tmp_path):
    path = tmp_path / "new" / "folder" / "register.duckdb"
    register = Register(path)
    put(register, organisation("A", identifiers=("1", "2"), community_led=False))
    put(register, of(Service, "S", "A", cost_amount=0.1, capacity=3))
    register.undo(2, by=ADA)
    steps = register.ask("steps", before=10**9, most=9)
    register.close()
    again = Register(path)
    assert again.version == 3
    assert held(again) == {"A": organisation("A", identifiers=("1", "2"), community_led=False)}
    assert again.ask("steps", before=10**9, most=9).equals(steps)
    again.undo(3, by=ADA)
    assert held(again, "services")["S"].cost_amount == 0.1
    require_sound(again)
    again.close()


def test_a_file_that_is_in_use_or_no_register_says_what_to_do(tmp_path):
    path = tmp_path / "register.duckdb"
    register = Register(path)
    code = f"from pathlib import Path; from data.register.book import Register; Register(Path({str(path)!r}))"
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    register.close()
    assert "RegisterError: The register register.duckdb is open in another Foothold" in other.stderr
    (tmp_path / "words.duckdb").write_text("This is not a register. " * 1_000)
    with pytest.raises(RegisterError, match=r"The register words.duckdb cannot be opened .*move it away to begin anew"):
        Register(tmp_path / "words.duckdb")


def test_a_register_without_a_file_leaves_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(Register(), organisation("A"))
    assert list(tmp_path.iterdir()) == []


# The questions, on a small register whose answers are worked by hand


@pytest.fixture(scope="module")
def small():
    """Four organisations: help of two kinds in Ayton, a library, one that ended, and one that is nowhere."""
    register = Register()
    put(
        register,
        organisation("A", name="Ayton Enterprise", status="active", confirmed_on="2026-11-01", verification="A"),
        of(Location, "A1", "A", district="Ayton", postcode="ZX1 1AA", town="Ayton", easting=1, northing=1),
        of(Location, "A2", "A", district="Beeton", postcode="ZX1 1AF", basis="approximate", address="2 Mill Row"),
        of(Service, "SA", "A", support_type="mentoring", stages=("start_up",), languages=("en", "ur"), cost="free",
           eligibility="Women of Ayton", ends_on="2026-12-01", priority_groups=("women",)),
        of(Service, "SB", "A", support_type="coworking", cost="paid", capacity_free=0),
        organisation("B", name="Bëeton Library", anchor_type="library", confirmed_on="2025-11-20"),
        of(Location, "B1", "B", district="Beeton", postcode="ZX1 1AJ", easting=2, northing=2),
        organisation("C", name="Closed Trust", status="ended", description="Was in Ayton"),
        organisation("D", name="Distant Advice", identifiers=("GB-CHC-123",), ended_on="2026-11-21"),
        of(Service, "SD", "D", status="ended"),
    )  # fmt: skip
    return register


def found(register, **wanted):
    return register.ask("search", today="2026-11-21", **ANY | wanted)["id"].tolist()


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, ["A", "B", "C", "D"]),
        ({"words": ["ayton"]}, ["A", "C"]),
        ({"words": ["AYTON", "women"]}, ["A"]),
        ({"words": ["beeton"]}, ["A", "B"]),
        ({"words": ["bëeton", "lib"]}, ["B"]),
        ({"words": ["zx11aj"]}, ["B"]),
        ({"words": ["ZX1 1AF"]}, ["A"]),
        ({"words": ["chc-123"]}, ["D"]),
        ({"words": ["mill row"]}, ["A"]),
        ({"words": ["%"]}, []),
        ({"words": ["'; DROP TABLE steps; --"]}, []),
        ({"kinds": ["mentoring"]}, ["A"]),
        ({"kinds": ["library", "coworking"]}, ["A", "B"]),
        ({"districts": ["Beeton"]}, ["A", "B"]),
        ({"stages": ["start_up"]}, ["A"]),
        ({"stages": ["growth"]}, []),
        ({"languages": ["ur", "pl"]}, ["A"]),
        ({"costs": ["unknown"]}, ["D"]),
        ({"costs": ["paid"], "kinds": ["library"]}, []),
        ({"standings": ["ended"]}, ["C", "D"]),
        ({"standings": ["unknown"]}, ["B"]),
    ],
)
def test_search_by_hand(small, wanted, ids):
    assert found(small, **wanted) == ids


def test_search_tells_the_first_place_and_puts_names_that_begin_so_first(small):
    rows = small.ask("search", today="2026-11-21", **ANY | {"words": ["clo"]})
    assert rows["id"].tolist() == ["C"] and rows["rank"].tolist() == [0]
    assert found(small, words=["b"])[0] == "B"
    row = small.ask("search", today="2026-11-21", **ANY).iloc[0]
    assert (row["district"], row["postcode"], row["town"], row["services"]) == ("Ayton", "ZX1 1AA", "Ayton", 2)
    assert list(row["support_types"]) == ["coworking", "mentoring"]


def test_an_organisation_that_ends_tomorrow_has_not_ended(small):
    rows = small.ask("search", today="2026-11-20", **ANY).set_index("id")
    assert rows["standing"].to_dict() == {"A": "active", "B": "unknown", "C": "ended", "D": "unknown"}


def test_what_needs_attention_by_hand(small):
    """On 21 November 2026, a year after 20 November 2025 plus a day."""
    rows = small.ask("attention", today="2026-11-21", year_ago="2025-11-21", month_on="2026-12-22")
    assert [(row.what, row.organisation_id, row.detail) for row in rows.itertuples()] == [
        ("approximate", "A", "ZX1 1AF"),
        ("ending", "A", "Service SA ends on 2026-12-01"),
        ("full", "A", "Service SB: no room left"),
        ("no_eligibility", "A", "Service SB"),
        ("unconfirmed", "B", "Last confirmed 2025-11-20"),
    ]
    earlier = small.ask("attention", today="2026-11-20", year_ago="2025-11-20", month_on="2026-11-30")
    of_each = earlier.groupby("organisation_id")["what"].apply(set).to_dict()
    assert of_each == {"A": {"approximate", "full", "no_eligibility"}, "D": {"unconfirmed", "no_place"}}


def test_near_names_by_hand(small):
    rows = small.ask("near_names", words="ayton entreprise")
    assert rows["id"].tolist() == ["A"] and rows["likeness"][0] > 0.9
    assert small.ask("near_names", words="zzz").empty


def test_steps_newest_first_and_which_took_back_which():
    register = Register()
    for phone in "123":
        put(register, organisation("A", phone=phone))
    register.undo(3, by=BEN)
    rows = register.ask("steps", before=10**9, most=3)
    assert rows["number"].tolist() == [4, 3, 2]
    assert rows["undoes"].fillna(0).tolist() == [3, 0, 0]
    assert rows["undone_by"].fillna(0).tolist() == [0, 4, 0]
    assert rows["who"].tolist() == ["Ben", "Ada", "Ada"]
    assert register.ask("steps", before=2, most=9)["number"].tolist() == [1]


def test_the_history_of_an_organisation_holds_what_was_its_own_once():
    register = Register()
    put(register, organisation("A"), of(Location, "L", "A"), organisation("B"))
    put(register, organisation("B", phone="1"))
    put(register, of(Location, "L", "B"))
    register.change([], [("locations", "L")], by=ADA, what="Removed")

    def told(id_, most=99):
        rows = register.ask("history", organisation=id_, most=most)
        return [(row.number, row.tab, row.id) for row in rows.itertuples()]

    assert told("A") == [(3, "locations", "L"), (1, "organisations", "A"), (1, "locations", "L")]
    place, itself = ("locations", "L"), ("organisations", "B")
    assert told("B") == [(4, *place), (3, *place), (2, *itself), (1, *itself)]
    assert told("B", most=1) == [(4, "locations", "L")]


def test_suggestions_wait_oldest_first_until_somebody_decides():
    register = Register()
    for id_, day in (("Y", "2026-11-02"), ("X", "2026-11-02"), ("Z", "2026-11-01")):
        register.suggest(Suggestion(id=id_, name=id_, made_on=day, state="waiting"), by=VISITOR)
    put(register, Suggestion(id="X", name="X", made_on="2026-11-02", state="declined"))
    assert register.ask("waiting")["id"].tolist() == ["Z", "Y"]


def test_an_unknown_question_is_refused():
    with pytest.raises(QuestionError, match="There is no question 'register/everything'"):
        Register().ask("everything")
    with pytest.raises(QuestionError, match="'steps' could not be asked"):
        Register().ask("steps")
