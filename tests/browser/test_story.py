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


def begun(editor):
    """The page of a new story with one scene, "A new scene"."""
    page = editor.page
    page.get_by_role("link", name="Workshop", exact=True).click()
    page.get_by_text("Start with nothing").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("A story to type into")
    page.get_by_role("button", name="Make an empty story").click()
    expect(editor.title).to_have_text("A story to type into")
    page.get_by_role("button", name="Add a scene").click()
    editor.painted("imd lsoa21")
    return page


def test_words_that_are_not_saved_are_said_and_a_long_paste_is_kept(editor):
    page = begun(editor)
    expect(page.get_by_text("All words of the scenes are saved.")).to_be_visible()

    # One field after the other, as fast as fingers go: the page that is made anew meanwhile takes no letter away.
    page.get_by_label("Title", exact=True).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Typed and not saved", delay=15)
    page.get_by_label("Words", exact=True).click()
    page.keyboard.type("These words are typed while the page is made anew.", delay=25)
    page.get_by_label("Notes", exact=True).click()
    expect(page.get_by_text("1 scene has words that are not saved: number 1.")).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Typed and not saved")
    expect(page.get_by_label("Words", exact=True)).to_have_value("These words are typed while the page is made anew.")

    page.get_by_label("Words", exact=True).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("x" * 412)  # as a paste comes: all of it at once
    page.get_by_label("Notes", exact=True).click()
    too_long = "These words have 412 letters; 400 fit on a screen. Take out at least 12."
    expect(page.get_by_text(f"1 of 40 words. {too_long}")).to_be_visible()
    page.get_by_role("button", name="Prepare a session").click()
    expect(page.get_by_text("1 scene of “A story to type into” has words that are not saved")).to_be_visible()
    page.get_by_role("button", name="Save them").click()
    expect(page.get_by_text(f"Scene 1: {too_long}")).to_be_visible()

    page.get_by_role("button", name="Open the story").click()
    editor.painted("imd lsoa21")
    expect(page.get_by_label("Words", exact=True)).to_have_value("x" * 412)
    # A press that leaves a field does both: it takes what was typed, and shows what the button did.
    page.get_by_label("Notes", exact=True).fill("Wait.")
    page.get_by_role("button", name="Save them").click()
    expect(page.get_by_text(f"Scene 1: {too_long}")).to_be_visible()
    page.get_by_label("Words", exact=True).fill("x" * 400)
    page.get_by_role("button", name="Save them").click()
    expect(page.get_by_text("All words of the scenes are saved.")).to_be_visible()
    expect(scene_button(editor, 1)).to_contain_text("Typed and not saved")
    page.get_by_label("Notes", exact=True).fill("Wait, then go on.")
    page.get_by_role("button", name="Prepare a session").click()
    expect(page.get_by_text("1 scene of “A story to type into” has words that are not saved")).to_be_visible()
