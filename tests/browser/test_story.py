"""An editor makes a story in a real browser: from a template, with a view that is kept and a map that is added."""

import re

from tests.browser.visitor import expect


def scene_button(someone, number):
    return someone.page.get_by_role("button", name=re.compile(rf"\b{number}\. "))


def test_a_story_is_made_framed_written_and_added_to(editor):
    page = editor.page
    page.get_by_role("link", name="Workshop", exact=True).click()
    expect(editor.title).to_have_text("Workshop")
    template = page.get_by_text("Start from a template")
    if not page.get_by_role("button", name="Make the story").is_visible():
        template.click()
    page.get_by_text("What is missing", exact=True).first.click()
    page.get_by_role("button", name="Make the story").click()
    expect(editor.title).to_contain_text("What is missing")
    editor.painted("income-share lsoa21")

    # Back to all stories and in again: the address follows, so that Back and reload do.
    page.get_by_role("button", name="All stories").click()
    editor.until_link(lambda link: "story" not in link)
    page.get_by_role("button", name="What is missing").first.click()
    editor.until_link(lambda link: "story" in link)
    scene_button(editor, 2).click()
    editor.until_link(lambda link: "scene" in link and "story" in link)
    expect(page.get_by_role("heading", name="Scene 2 of 5")).to_be_visible()
    editor.painted("income-share lsoa21")

    # What is typed is saved by one press, without leaving the field first.
    page.get_by_label("Title", exact=True).fill("Help, as far as we know")
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(scene_button(editor, 2)).to_contain_text("Help, as far as we know")

    # The map is moved, the view kept, and keeping it does not move the map.
    editor.on_map("() => { map.setView([53.8, -1.55], 12, {animate: false}); }")
    expect(page.get_by_role("button", name="Keep this view")).to_be_enabled()
    page.wait_for_timeout(1_000)  # until the component has told where it looks now
    page.get_by_role("button", name="Keep this view").click()
    expect(page.get_by_text("This view is kept.")).to_be_visible()
    editor.centre_is((53.8, -1.55))

    scene_button(editor, 3).click()
    editor.painted("reach lsoa21")
    scene_button(editor, 2).click()
    editor.painted("income-share lsoa21")
    editor.centre_is((53.8, -1.55))

    # A map that is looked at becomes the sixth scene.
    page.get_by_role("link", name="Gaps and plans").click()
    editor.painted("both lsoa21")
    page.get_by_role("button", name="Add to story").click()
    page.get_by_role("link", name="Edit the scene").click()
    expect(page.get_by_role("heading", name="Scene 6 of 6")).to_be_visible()
    editor.painted("both lsoa21")
