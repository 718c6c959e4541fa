"""A session is prepared from a story, all of it or nothing; an editor sees all of it, a visitor what was published."""

from dataclasses import replace

import pytest

from data.register import stories
from data.workshop.live import Life, Settings
from data.workshop.scenes import Scene
from pages import _edge, _prepare, _session_words
from tests.pages.desk import EDITOR, at_desk, buttons, done, errors, expanders, links, one, press, write
from tests.pages.in_session import (
    IN_A1,
    IN_B1,
    TITLE,
    VOTE,
    a_session,
    a_story,
    helm_of,
    own_rooms,  # noqa: F401  (a fixture)
    points,
    room_of,
    says,
    writes,
)
from tests.pages.test_as_text import LIVE, texts_as_markdown
from tests.pages.visit import as_read, link, visit, warnings, words
from tests.toytown import NASTY, TODAY

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register", "own_rooms")

PAGE = "workshop.py"
PARTS = ["before", "during", "after", "pass", "delete"]


def kept(story=None):
    return stories.save(_edge.register(), by=EDITOR, story=story or a_story(), today=TODAY)


def at_sessions(**more):
    at = at_desk(PAGE, part="sessions", **more)
    assert not at.exception, at.exception[0].message
    return at


def at_session(session, show="", **more):
    at = at_desk(PAGE, session=session.id, **({"show": show} if show else {}), **more)
    assert not at.exception, at.exception[0].message
    return at


def as_visitor(**parts):
    at = visit(PAGE, **parts)
    assert not at.exception, at.exception[0].message
    return at


def sessions():
    return _edge.rooms().sessions()


class TestPreparing:
    def fill(self, at, **texts):
        write(at, **({"Place": "Ayton Hall"} | texts))
        return press(at, "Prepare it")

    def test_a_story_becomes_a_session_that_is_opened(self):
        held = kept()
        at = at_sessions(**{"from": held.id})
        one(at.toggle, "Hold what people write").set_value(True)
        at = self.fill(at, Title="An evening", Words_to_watch="idiot, stupid;  Idiot ")
        [made] = sessions()
        assert (made.title, made.place, made.day, made.life) == ("An evening", "Ayton Hall", _edge.today(), Life.READY)
        assert (made.settings.hold_words, made.settings.hide_small) == (True, True)
        assert made.settings.watched == ("idiot", "stupid") and not made.settings.published
        assert made.pack == "toytown 1" and [scene.id for scene in made.scenes] == [s.id for s in a_story().scenes]
        assert link(at) == {"session": made.id}
        assert done(at) == ["Ready: An evening. 5 scenes can be shown, with the cable out."]

    def test_without_a_title_it_has_the_story_s(self):
        kept()
        self.fill(at_sessions())
        assert [each.title for each in sessions()] == [TITLE]

    def test_the_story_that_the_link_names_is_chosen(self):
        kept()
        other = kept(replace(a_story(), name="Another"))
        at = at_sessions(**{"from": other.id})
        assert as_read(one(at.selectbox, "Story").format_func(one(at.selectbox, "Story").value)) == "Another"

    def test_what_is_lacking_is_said_and_nothing_is_kept(self):
        kept()
        at = self.fill(at_sessions(), Place=" ")
        assert "no place yet" in errors(at)[0] and sessions() == []

    def test_a_story_without_scenes_cannot_be_shown(self):
        kept(replace(a_story(), scenes=()))
        at = self.fill(at_sessions())
        assert "has no scene yet" in errors(at)[0] and sessions() == []

    def test_stopped_half_way_nothing_is_kept_and_it_says_so(self, monkeypatch):
        kept()
        told = []

        def halted(story, *, heard):
            heard(0.0)
            told.append("begun")
            raise RuntimeError("as if the run had been ended between two scenes")

        at = at_sessions()
        monkeypatch.setattr(_prepare, "prepared", halted)
        write(at, Place="Ayton Hall")
        one(at.button, "Prepare it").click()
        at.run()
        assert told == ["begun"] and sessions() == []
        monkeypatch.undo()
        at.run()
        assert warnings(at) == ["Preparing was stopped. Nothing was kept."]
        at.run()
        assert warnings(at) == []

    def test_it_says_how_far_it_is_and_offers_to_stop(self, monkeypatch):
        kept()
        seen, whole = [], _prepare.prepared

        def listened(story, *, heard):
            return whole(story, heard=lambda share: (seen.append(share), heard(share)))

        monkeypatch.setattr(_prepare, "prepared", listened)
        self.fill(at_sessions())
        assert seen == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]

    def test_visitors_are_not_offered_it(self):
        kept()
        at = as_visitor(part="sessions")
        assert "Prepare it" not in buttons(at) and "Prepare a session" not in expanders(at)


class TestTheList:
    def test_the_newest_comes_first_with_where_when_and_how_far(self):
        early, late = a_session(day="2026-10-01", title="First"), a_session(day="2026-12-01", title="Second")
        says(early, VOTE, {"chosen": [0]})
        helm_of(early).end()
        at = at_sessions()
        named = [each for each in buttons(at) if each in ("**First**", "**Second**")]
        assert named == ["**Second**", "**First**"]
        captions = [as_read(each.value) for each in at.caption]
        assert "Ayton Hall, 1 December 2026; open to the room; nobody has joined yet." in captions
        assert "Ayton Hall, 1 October 2026; ended; 1 person joined." in captions
        assert late.id in [each.id for each in sessions()]

    def test_paper_is_told_beside_those_who_joined_while_its_answers_stand(self):
        session = a_session()
        helm_of(session).sheet([{"scene": VOTE, "value": {"chosen": [0]}}], number=12).result()
        says(session, VOTE, {"chosen": [0]})
        told = "1 person joined; 1 on paper."
        assert any(as_read(each.value).endswith(told) for each in at_sessions().caption)
        ids = [each.id for each in helm_of(session).room.answers_of(1)]
        helm_of(session).take_back(ids).result()
        assert any(as_read(each.value).endswith("; 1 person joined.") for each in at_sessions().caption)

    def test_one_is_opened_as_a_step_that_back_undoes(self):
        session = a_session()
        at = press(at_sessions(), f"**{TITLE}**")
        assert link(at) == {"session": session.id} and TITLE in [as_read(each.value) for each in at.header]

    def test_only_so_many_are_shown_until_more_are_asked_for(self):
        for i in range(22):
            a_session(title=f"Session {i}", story=replace(a_story(), scenes=a_story().scenes[:1]))
        at = at_sessions()
        assert sum("Session" in each for each in buttons(at)) == 20
        at = press(at, "Show all 22")
        assert sum("Session" in each for each in buttons(at)) == 22


class TestVisitors:
    def test_see_only_what_was_published(self):
        a_session(title="Secret")
        open_ = a_session(title="Open", settings=Settings(published=True))
        at = as_visitor(part="sessions")
        assert [each for each in buttons(at) if "**" in each] == ["**Open**"]
        assert "Secret" not in words(at)
        assert "no such session that everybody may see" in words(as_visitor(session=sessions()[1].id))
        assert open_.title in words(as_visitor(session=open_.id))

    def test_see_what_was_asked_how_many_took_part_and_the_way_to_the_map(self):
        session = a_session(settings=Settings(published=True, hide_small=False))
        points(session, IN_A1, "By the mill")
        writes(session, "A van")
        at = as_visitor(session=session.id)
        assert "Ayton Hall, 26 November 2026; open to the room; 2 people answered." in words(at)
        assert "* Where is help missing?" in words(at)
        assert ("Lay its pins over the map", "", {"told": session.id}) in links(at)
        assert "A van" not in words(at) and "By the mill" not in words(at)

    def test_are_not_told_a_number_from_which_a_hidden_one_follows(self):
        session = a_session(settings=Settings(published=True, hide_small=True))
        for at in (IN_A1,) * 6 + (IN_B1,) * 2:
            points(session, at)
        assert "at least 6 people answered" in words(as_visitor(session=session.id))

    @pytest.mark.parametrize("show", PARTS)
    def test_can_do_nothing_whatever_their_link_says(self, show):
        session = a_session(settings=Settings(published=True))
        at = as_visitor(session=session.id, show=show)
        assert not at.get("download_button") and not at.get("link_button") and not at.checkbox and not at.toggle
        assert not {"Apply", "Keep it", "Delete it for good", "Prepare the maps again"} & set(buttons(at))
        shown = "\n".join([words(at), *buttons(at), *(label for label, _, _ in links(at))])
        assert session.key not in shown and session.code not in shown

    def test_a_press_after_signing_out_changes_nothing(self):
        session = a_session()
        at = at_session(session, "during")
        one(at.toggle, "Hold what people write").set_value(True)
        del at.session_state["signed_in_as"]
        one(at.button, "Apply").click()
        at.run()
        assert not at.exception and not room_of(session).session.settings.hold_words


class TestOne:
    @pytest.mark.parametrize(
        ("life", "first"), [(Life.READY, "before"), (Life.OPEN, "during"), (Life.ENDED, "after")], ids=str
    )
    def test_opens_at_what_is_to_be_done_now(self, life, first):
        session = a_session()
        if life is Life.READY:
            session = _edge.rooms().begin(
                by=EDITOR,
                title="New",
                place="Hall",
                day="2026-12-12",
                pack="toytown 1",
                prepared=room_of(session).prepared,
                places="[]",
            )
        elif life is Life.ENDED:
            helm_of(session).end()
        assert one(at_session(session).segmented_control, "Part").value == first

    def test_that_is_gone_is_said(self):
        at = at_desk(PAGE, session="w000000000000")
        assert warnings(at) == ["That session is not kept any more."]

    @pytest.mark.parametrize("show", PARTS)
    def test_names_typed_by_people_are_text(self, show):
        question = replace(a_story().scenes[1].question, text=NASTY)
        scenes = (Scene(id="s00000002", title=NASTY, question=question), a_story().scenes[4])
        session = a_session(
            story=replace(a_story(), scenes=scenes),
            title=NASTY,
            place=NASTY,
            settings=Settings(hide_small=False, watched=(NASTY,), next_steps=NASTY),
        )
        points(session, IN_A1, ":smile: [link](https://example.org) **bold**")
        writes(session, "`code` $x$ 1 < 2")
        for at in (at_session(session, show), at_sessions()):
            texts = [*texts_as_markdown(at), *(each.label for each in at.checkbox)]
            assert not [text for text in texts if LIVE.search(text)]
            assert not [text for text in texts if "[link](" in text or "$x$" in text or ":smile:" in text]
            assert NASTY in words(at)

    def test_it_says_so_when_the_file_cannot_be_opened(self, monkeypatch, tmp_path):
        broken = tmp_path / "workshops.duckdb"
        broken.write_bytes(b"this is no database")
        _edge.rooms.clear()
        monkeypatch.setenv("FOOTHOLD_WORKSHOPS", str(broken))
        at = at_sessions()
        assert "cannot be opened" in errors(at)[0]
        assert "cannot be opened" in errors(at_session(type("Gone", (), {"id": "w1"})))[0]
        assert not visit().exception, "the map does without"


class TestDuring:
    def test_it_shows_who_takes_part(self):
        session = a_session(settings=Settings(hold_words=True))
        points(session)
        points(session)
        writes(session, "A van")
        at = at_session(session, "during")
        assert {as_read(each.label): each.value for each in at.metric} == {
            "Joined": "3",
            "Phones here now": "0",
            "Texts that wait": "1",
        }
        rows = at.dataframe[0].value
        assert rows["People who answered"].tolist() == [2, 0, 0, 1] and rows["Scene"].tolist() == [2, 3, 4, 5]
        assert "Answers came: 3 by phone." in words(at)

    def test_settings_apply_at_once_and_leave_the_others(self):
        session = a_session(settings=Settings(hide_small=False, published=True, next_steps="We meet again."))
        at = at_session(session, "during")
        one(at.toggle, "Hold what people write").set_value(True)
        one(at.toggle, "Hide small numbers").set_value(True)
        write(at, Words_to_watch="daft")
        at = press(at, "Apply")
        assert room_of(session).session.settings == Settings(
            hold_words=True, watched=("daft",), hide_small=True, published=True, next_steps="We meet again."
        )
        assert done(at) == ["The settings apply from now on."]

    def test_what_the_desk_changed_meanwhile_stays_and_is_seen_on_looking_again(self):
        session = a_session(settings=Settings(hide_small=False))
        at = at_session(session, "during")
        helm_of(session).settle(Settings(hide_small=True, watched=("daft",)))
        one(at.toggle, "Hold what people write").set_value(True)
        at = press(at, "Apply")
        assert room_of(session).session.settings == Settings(hold_words=True, hide_small=True, watched=("daft",))
        helm_of(session).settle(Settings(hide_small=False))
        at = press(at, "Look again")
        shown = one(at.toggle, "Hold what people write"), one(at.toggle, "Hide small numbers")
        assert [each.value for each in shown] == [False, False]
        at = press(at, "Apply")
        assert "Nothing was changed" in warnings(at)[0]
        assert room_of(session).session.settings == Settings(hide_small=False)

    def test_what_does_not_fit_is_said_and_nothing_is_changed(self):
        session = a_session()
        at = at_session(session, "during")
        write(at, Words_to_watch="x" * 70)
        at = press(at, "Apply")
        assert "Nothing was changed." in warnings(at)[0] and room_of(session).session.settings.watched == ()


def test_words_to_watch_are_read_however_they_are_typed():
    assert _session_words.watched(" a b ,c;; d\n A  b,") == ("a b", "c", "d")
