"""The map of a scene: as the room will see it, where it looks, and where it comes from."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from data.workshop.arrange import changed, scene_of
from data.workshop.scenes import PAGES, Scene, Story
from pages import _draw, _edge, _link, _prepare, _story_write

HEIGHT = 540
_SAID = "said_of_a_scenes_map"


@st.fragment
def preview(story_id: str, scene_id: str) -> None:
    """The real map, and ways to keep where it looks. Moving it shows nothing else anew."""
    scene = _story_write.scene(story_id, scene_id)
    if scene is None:
        st.rerun()
    with st.spinner("Making the map"):
        shown = _prepare.shown(scene)
    if said := st.session_state.pop(_SAID, ""):
        st.warning(_edge.plain(said), icon=":material/info:")
    for complaint in shown.complaints:
        st.warning(_edge.plain(complaint), icon=":material/link_off:")
    looks = _draw.framed(shown.step, key=f"preview-{scene.id}", height=HEIGHT)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Keep this view",
            icon=":material/center_focus_strong:",
            disabled=looks is None,
            help="The room then begins where this map looks now. A larger screen shows more around it.",
            on_click=_look,
            args=(story_id, scene_id, looks),
        )
        if scene.at is not None:
            st.button(
                "Look where the page looks",
                icon=":material/zoom_out_map:",
                on_click=_look,
                args=(story_id, scene_id, None),
            )
        open_it(scene, label="Open this map to change it")
    st.caption(_edge.plain(f"{shown.title}. {'This view is kept.' if scene.at is not None else ''}".strip()))
    _take(story_id, scene)


def open_it(scene: Scene, *, label: str = "Open this map") -> None:
    """The way to the page of a scene's map, as the scene has it."""
    link = dict(parse_qsl(scene.link))
    st.page_link(f"{scene.page}.py", label=label, icon=":material/open_in_new:", query_params=link or None)


def _look(story_id: str, scene_id: str, looks: tuple[tuple[float, float], float] | None) -> None:
    at, zoom = looks or (None, None)

    def edit(story: Story) -> Story:
        return changed(story, replace(scene_of(story, scene_id), at=at, zoom=zoom))

    _write(story_id, edit, "Framed a scene of the story")


def _take(story_id: str, scene: Scene) -> None:
    """Another map in its place: one of those that this editor looked at in this visit."""
    looked = {page: link for page in PAGES if (link := _looked(page)) is not None}
    if not looked:
        return

    def take() -> None:
        page = st.session_state[f"take-{scene.id}"]

        def edit(story: Story) -> Story:
            now = scene_of(story, scene.id)
            return changed(story, replace(now, page=page, link=looked[page], at=None, zoom=None))

        if page:
            _write(story_id, edit, "Changed a map of the story")

    st.session_state[f"take-{scene.id}"] = None
    st.selectbox(
        "Take the map from",
        list(looked),
        format_func=PAGES.__getitem__,
        index=None,
        placeholder="A page that you looked at last",
        help="Set up the map on its page, come back, and choose the page here.",
        key=f"take-{scene.id}",
        on_change=take,
    )


def _looked(page: str) -> str | None:
    """The link of a page as it was last left, cleaned of what is no part of its map; None if it was not visited."""
    left = _link.left(page)
    if left is None:
        return None
    if page == "shortlists":
        return urlencode({"list": left["list"]}) if "list" in left else None
    return urlencode(replace(_link.read(left)[0], table=False).to_link())


def _write(story_id: str, edit: Callable[[Story], Story], did: str) -> None:
    try:
        _story_write.changed(story_id, edit, did=did)
    except _story_write.NotKeptError as error:
        st.session_state[_SAID] = str(error)
