"""Shortlists in the register: as they were saved, never two of one name, and nobody's work lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.oruk import from_oruk, to_oruk
from data.register import shortlists
from data.register.book import Register
from data.register.changes import ConflictError, key_of
from data.register.flat import flat
from data.register.records import Organisation, RecordError, Shortlist
from data.register.rights import VISITOR, Actor, NotAllowedError, Role
from data.register.tables import RegisterError
from tests import toytown

ADA, BEN = Actor("Ada", Role.EDITOR), Actor("Ben", Role.EDITOR)
CODES = ("E01000003", "E01000001", "E01000002")
TOLD = {
    "name": "First for outreach",
    "reasons": "High need, and nothing within 2 km.",
    "owner": "Enterprise team, Ayton Council",
    "link": "page=targets&when=imd.1.2&top=20",
    "pack": "toytown 1",
    "codes": CODES,
    "today": "2026-11-21",
}


def save(register, *, by=ADA, **told):
    return shortlists.save(register, by=by, **TOLD | told)


def refused(register, **told):
    """What is said of each field that cannot be kept."""
    before = register.version
    with pytest.raises(RecordError) as stopped:
        save(register, **told)
    assert register.version == before
    return {name: str(problem) for name, problem in stopped.value.problems.items()}


def names(register):
    return [each.name for each in shortlists.kept(register)]


# As it was saved


def test_a_shortlist_is_kept_with_the_question_and_the_versions_it_was_made_from(tmp_path):
    register = Register(tmp_path / "register.duckdb")
    register.change([Organisation(id="A", name="A")], by=ADA, what="Began")
    made = save(register)
    assert made == Shortlist(
        id=made.id,
        name="First for outreach",
        reasons="High need, and nothing within 2 km.",
        owner="Enterprise team, Ayton Council",
        made_on="2026-11-21",
        link="page=targets&when=imd.1.2&top=20",
        pack="toytown 1",
        register_version=1,
        codes=CODES,
    )
    assert shortlists.kept(register) == [made] and register.version == 2
    row = register.ask("steps", before=10**9, most=1).iloc[0]
    assert (row["who"], row["what"], row["count"]) == ("Ada", "Saved the shortlist First for outreach", 1)
    register.close()
    again = Register(tmp_path / "register.duckdb")
    assert shortlists.kept(again) == [made] and again.unlike_its_log() == []
    again.close()


def test_what_is_left_blank_is_not_known():
    made = save(Register(), reasons=" ", owner="", link="", pack="")
    assert (made.reasons, made.owner, made.link, made.pack) == (None, None, None, None)
    assert made.register_version == 0


def test_two_thousand_codes_keep_their_order_and_each_is_kept_once():
    codes = [f"E01{number:06}" for number in range(2_000)][::-1]
    register = Register()
    made = save(register, codes=[*codes, *codes[:5]])
    assert made.codes == tuple(codes)
    [kept] = shortlists.kept(register)
    assert kept.codes == tuple(codes) and register.unlike_its_log() == []
    assert register.changes(1)[0].after == kept


@pytest.mark.parametrize(
    "words", [toytown.NASTY, "=1+1", "+44", "-", "@SUM(A1)", '"quoted"', "a; b | c", "\U0001f680", "null", "%"]
)
def test_names_that_are_markup_or_formulas_are_text_and_stay_it(words):
    register = Register()
    made = save(register, name=words, reasons=words, owner=words, link=words)
    assert (made.name, made.reasons, made.owner, made.link) == (words,) * 4
    assert shortlists.kept(register) == [made]
    assert made.id.removeprefix("l-").isalnum() and len(made.id) == 14


def test_the_newest_comes_first():
    register = Register()
    for name, day in (("B", "2026-11-21"), ("A", "2026-11-21"), ("D", "2026-12-01"), ("C", "2025-01-01")):
        save(register, name=name, today=day)
    assert names(register) == ["D", "A", "B", "C"]
    assert shortlists.kept(Register()) == []


def test_what_cannot_be_kept_is_told_by_field():
    register = Register()
    assert refused(register, name="  ") == {"name": "Name is needed."}
    assert refused(register, link="x" * 4_001, name="n" * 201) == {
        "link": "4,001 characters, where 4,000 fit. Shorten it.",
        "name": "201 characters, where 200 fit. Shorten it.",
    }
    assert save(register, link="x" * 4_000).link == "x" * 4_000
    assert set(refused(register, today="soon")) == {"made_on"}


def test_no_neighbourhood_is_no_shortlist():
    said = "No neighbourhood is chosen. Choose at least one, then save the list."
    assert refused(Register(), codes=[]) == {"codes": said}


@pytest.mark.parametrize(
    "odd", ["E02000001", "E010000011", "e01000001", "", "E01000001; E01000002", "<b>", "E0100000\u0661"]
)
def test_what_is_no_neighbourhoods_code_is_refused(odd):
    said = refused(Register(), codes=[*CODES, odd])["codes"]
    assert said.startswith("1 of 4 cannot be the code of a neighbourhood (LSOA), first “") and odd[:60] in said


# Never two of one name


@pytest.mark.parametrize("name", ["First for outreach", "first  FOR outreach ", "First\nfor outreach"])
def test_a_name_is_not_taken_twice(name):
    register = Register()
    save(register)
    assert refused(register, name=name, codes=CODES[:1]) == {
        "name": "“First for outreach” is the name of another shortlist (3 neighbourhoods, saved on 2026-11-21). "
        "Give this one another name, or save it in the place of that one."
    }
    save(register, name="First for outreach 2")
    assert len(shortlists.kept(register)) == 2


def test_a_shortlist_is_saved_in_the_place_of_another():
    register = Register()
    first, other = save(register), save(register, name="Other")
    second = save(register, codes=CODES[:1], today="2026-11-22", replacing=first)
    assert second.id == first.id and second.codes == CODES[:1] and second.register_version == 2
    assert shortlists.kept(register) == [second, other]


def test_a_shortlist_may_get_another_name_unless_that_is_taken():
    register = Register()
    first, other = save(register), save(register, name="Other")
    assert "“Other” is the name of another shortlist" in refused(register, name="other", replacing=first)["name"]
    renamed = save(register, name="Third", replacing=first)
    assert shortlists.kept(register) == [renamed, other] and register.version == 3
    save(register)
    assert sorted(names(register)) == ["First for outreach", "Other", "Third"], "the old name is free again"


def test_of_eight_who_save_one_name_at_the_same_moment_one_does():
    register = Register()

    def tried(number):
        try:
            return save(register, codes=[f"E01{number:06}"])
        except RecordError as error:
            return set(error.problems)

    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(tried, range(8)))
    assert came.count({"name"}) == 7
    assert [each for each in came if each != {"name"}] == shortlists.kept(register) and register.version == 1


# Two people at once


def test_the_second_of_two_sessions_is_shown_what_the_first_saved():
    register = Register()
    read = save(register)
    first = save(register, by=BEN, reasons="Ben's", replacing=read)
    with pytest.raises(ConflictError, match="first 'First for outreach'. Nothing was written") as stopped:
        save(register, reasons="Ada's", replacing=read)
    assert stopped.value.theirs == {key_of(first): first}
    with pytest.raises(ConflictError):
        shortlists.remove(register, read, by=ADA)
    with pytest.raises(ConflictError):
        save(register, name="Another name", replacing=read)
    assert shortlists.kept(register) == [first] and register.version == 2


def test_one_that_is_gone_is_not_saved_over_nor_removed_again():
    register = Register()
    read = save(register)
    shortlists.remove(register, read, by=BEN)
    for again in (lambda: save(register, replacing=read), lambda: shortlists.remove(register, read, by=ADA)):
        with pytest.raises(ConflictError) as stopped:
            again()
        assert stopped.value.theirs == {key_of(read): None}
    assert shortlists.kept(register) == [] and register.version == 2
    assert save(register).codes == CODES, "but it may be saved anew"


# Rights, and the way back


def test_a_visitor_may_read_and_change_nothing():
    register = Register()
    made = save(register)
    for write in (
        lambda: save(register, by=VISITOR, name="Mine"),
        lambda: save(register, by=VISITOR, codes=[]),
        lambda: shortlists.remove(register, made, by=VISITOR),
        lambda: register.suggest(replace(made, id="l-1", name="Mine"), by=VISITOR),
    ):
        with pytest.raises(NotAllowedError, match="Only an editor may change the register"):
            write()
    assert shortlists.kept(register) == [made] and register.version == 1


def test_saving_removing_and_renaming_can_each_be_undone():
    register = Register()
    first = save(register)
    renamed = save(register, name="Second", replacing=first)
    register.undo(2, by=BEN)
    assert shortlists.kept(register) == [first]
    register.undo(3, by=BEN)
    assert shortlists.kept(register) == [renamed]
    shortlists.remove(register, renamed, by=ADA)
    assert shortlists.kept(register) == []
    register.undo(5, by=ADA)
    assert shortlists.kept(register) == [renamed] and register.unlike_its_log() == []


def test_undoing_a_removal_does_not_make_two_of_one_name():
    register = Register()
    shortlists.remove(register, save(register), by=ADA)
    newer = save(register, codes=CODES[:1])
    with pytest.raises(ConflictError):
        register.undo(2, by=ADA)
    assert shortlists.kept(register) == [newer]


NAMES = st.sampled_from(["A", "a", "B", "b ", "C"])
DOINGS = st.one_of(
    st.tuples(st.just("save"), NAMES, st.none()),
    st.tuples(st.just("save"), NAMES, st.integers(0, 3)),
    st.tuples(st.just("remove"), st.none(), st.integers(0, 3)),
    st.tuples(st.just("undo"), st.none(), st.integers(1, 9)),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(DOINGS, max_size=12))
def test_whatever_is_done_no_two_have_one_name_and_the_log_replays(doings):
    register = Register()
    for what, name, number in doings:
        held = shortlists.kept(register)
        chosen = held[number] if number is not None and number < len(held) else None
        try:
            if what == "save":
                save(register, name=name, replacing=chosen)
            elif what == "remove" and chosen:
                shortlists.remove(register, chosen, by=ADA)
            elif what == "undo":
                register.undo(number, by=ADA)
        except (RecordError, ConflictError, RegisterError):
            assert shortlists.kept(register) == held
        now = [each.strip().lower() for each in names(register)]
        assert len(now) == len(set(now))
    assert register.unlike_its_log() == []


# Beside the rest of the register


def test_a_file_from_before_there_were_shortlists_takes_them(tmp_path):
    path = tmp_path / "register.duckdb"
    older = Register(path)
    older.change([Organisation(id="A", name="A")], by=ADA, what="Began")
    older.close()
    with duckdb.connect(str(path)) as file:
        file.execute("DROP TABLE shortlists")
    register = Register(path)
    assert shortlists.kept(register) == [] and register.unlike_its_log() == []
    made = save(register)
    assert shortlists.kept(register) == [made] and register.entry("A").organisation.name == "A"
    register.undo(2, by=ADA)
    assert shortlists.kept(register) == [] and register.unlike_its_log() == []
    register.close()


def test_the_register_is_sent_without_its_shortlists():
    register = Register()
    register.change([Organisation(id="A", name="Ayton Trust")], by=ADA, what="Began")
    save(register, name="Not for others")
    entries = register.entries()
    sent = json.dumps([flat(entries), to_oruk(entries)])
    assert "Ayton Trust" in sent and "Not for others" not in sent and "shortlist" not in sent


def test_a_list_from_elsewhere_brings_no_shortlist_in():
    register = Register()
    register.change([Organisation(id="A", name="Ayton Trust", phone="0113 496 0000")], by=ADA, what="Began")
    page = json.dumps(to_oruk(register.entries()))
    assert "Foothold organisations" in page
    forged = json.loads(page.replace("Foothold organisations", "Foothold shortlists"))
    [row] = from_oruk(forged).rows
    assert row["organisation_name"] == "Ayton Trust" and set(row) <= set(flat(register.entries())[0])
