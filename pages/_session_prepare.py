"""Preparing a session from a story: its maps are made before the evening, all of them or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from data.register.mend import short
from data.register.records import Story
from data.register.rights import NotAllowedError
from data.register.stories import kept, told
from data.workshop import scenes
from data.workshop.details import named
from data.workshop.live import Prepared, Session, Settings
from data.workshop.rooms import WorkshopError
from data.workshop.scenes import StoryError
from pages import _edge, _prepare, _query, _session_words, _shortlist, _story_drafts, _who

WATCHED_HELP = "With commas between. Whoever writes one of them is not refused: the text waits until you have read it."
HOLD_HELP = "Nothing that people write is shown to the room before you have let it through at your desk."
HIDE_HELP = "In a small room, “1 person” may be somebody that others can name."

_WAITS = (
    "Nothing was prepared yet: some words of this story are not saved. Press “Save them” above first, or “Prepare it” "
    "again to go without them."
)
_BUSY = "preparing_a_session"


def form() -> None:
    """For editors: a session from one of the stories that are kept."""
    was_stopped, wanted, stories = stopped(), _query.word("from"), kept(_edge.register())
    with st.expander("Prepare a session", icon=":material/event:", expanded=bool(wanted) or was_stopped):
        if not stories:
            st.markdown("A session shows a story. None is kept yet: make one first.")
            return
        _story_drafts.warn(stories)
        with st.form("session", border=False):
            filled = _fields(stories, wanted)
            asked = st.form_submit_button("Prepare it", type="primary", icon=":material/event:")
        if asked:
            _begin(*filled)


def _fields(stories: Sequence[Story], wanted: str) -> tuple[Story, str, str, str, Settings]:
    at = next((i for i, each in enumerate(stories) if each.id == wanted), 0)
    story = stories[st.selectbox("Story", range(len(stories)), at, format_func=lambda i: stories[i].name)]
    title = st.text_input("Title", help="Blank: the name of the story.")
    left, right = st.columns(2)
    place = left.text_input("Place", placeholder="Mill Lane Hall")
    day = right.date_input("Day", date.fromisoformat(_edge.today()), format="DD/MM/YYYY")
    settings = fields(Settings(), key="new")
    return story, title.strip() or story.name, place.strip(), day.isoformat() if isinstance(day, date) else "", settings


def fields(settings: Settings, *, key: str) -> Settings:
    """The settings that may be changed at any time, each as a widget; what they now say."""
    st.toggle("Hold what people write", settings.hold_words, help=HOLD_HELP, key=f"{key}-hold")
    st.toggle("Hide small numbers", settings.hide_small, help=HIDE_HELP, key=f"{key}-hide")
    st.text_input("Words to watch", ", ".join(settings.watched), help=WATCHED_HELP, key=f"{key}-watched")
    return chosen(settings, key=key)


def chosen(settings: Settings, *, key: str) -> Settings:
    """What the widgets of these settings say."""
    state = st.session_state
    return replace(
        settings,
        hold_words=state[f"{key}-hold"],
        hide_small=state[f"{key}-hide"],
        watched=_session_words.watched(state[f"{key}-watched"]),
    )


def stopped() -> bool:
    """Whether preparing was stopped, which it says: nothing of it is kept."""
    was = bool(st.session_state.pop(_BUSY, False))
    if was:
        st.warning("Preparing was stopped. Nothing was kept.", icon=":material/info:")
    return was


def _checked(kept: Story, title: str, place: str) -> tuple[scenes.Story, str, str]:
    """What a session is begun with, looked at before its maps are made, which takes a while."""
    story = told(kept)
    if not story.scenes:
        raise StoryError([f"“{short(story.name)}” has no scene yet. Add some, then prepare a session."])
    if missing := [name for name, given in (("title", title), ("place", place)) if not given.strip()]:
        raise StoryError([f"The session has no {' and no '.join(missing)} yet. Write it, then prepare the session."])
    title, place = named(title, "title"), named(place, "place")
    if _story_drafts.waits(kept.id, story):
        raise StoryError([_WAITS])
    return story, title, place


def _begin(kept: Story, title: str, place: str, day: str, settings: Settings) -> None:
    try:
        story, title, place = _checked(kept, title, place)
        ready, places = prepared(story)
        made = _edge.rooms().begin(
            by=_who.me(),
            title=title,
            place=place,
            day=day,
            pack=_shortlist.pack(),
            prepared=ready,
            places=places,
            settings=settings,
        )
    except (StoryError, WorkshopError, NotAllowedError) as error:
        st.session_state.pop(_BUSY, None)
        st.error(_edge.plain(str(error)), icon=":material/error:")
    else:
        _session_words.say(f"Ready: {made.title}. {len(ready)} scenes can be shown, with the cable out.")
        _query.put(**{"part": "", "from": "", "session": made.id})
        st.rerun()


def prepared(story: scenes.Story) -> tuple[list[Prepared], str]:
    """The scenes of a story made ready, and the places as JSON, while a line says how far it is.

    Any press, so also that of the button, stops it between two scenes: Streamlit then ends this run of the page.
    """
    count = len(story.scenes)
    st.session_state[_BUSY] = True
    bar = st.progress(0.0)
    st.button("Stop", icon=":material/stop_circle:", key="stop_preparing")

    def heard(share: float) -> None:
        at = round(share * count)
        doing = f"Scene {at + 1} of {count}: {short(story.scenes[at].title)}" if at < count else "Keeping it"
        bar.progress(min(share, 1.0), _edge.plain(doing))

    made = _prepare.prepared(story, heard=heard)
    st.session_state.pop(_BUSY, None)
    return made


def again(session: Session) -> None:
    """The maps of a session made anew from today's figures; its answers stay."""
    stopped()
    newer = _shortlist.pack()
    figures = "which are today’s" if session.pack == newer else f"and today’s are {newer}"
    words = f"Its maps were made from the figures {session.pack}, {figures}, and from the register as it was then."
    st.markdown(_edge.plain(f"{words} Answers stay as they are."))
    if not st.button("Prepare the maps again", icon=":material/refresh:"):
        return
    try:
        story = scenes.Story(name=session.title, scenes=session.scenes)
        ready, places = prepared(story)
        rooms = _edge.rooms()
        rooms.prepare_again(session.id, by=_who.me(), pack=_shortlist.pack(), prepared=ready, places=places)
    except (WorkshopError, NotAllowedError) as error:
        st.error(_edge.plain(str(error)), icon=":material/error:")
    else:
        _session_words.say("The maps are prepared again, from today’s figures.")
        st.rerun()
