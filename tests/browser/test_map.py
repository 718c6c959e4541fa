"""The map in a browser: what is drawn, and what changes without the map being mounted anew."""

from tests.browser.visitor import AREAS, MARKERS, expect

FILLS = f"() => {AREAS}.map((l) => typeof l.options.fillColor === 'string' ? l.options.fillColor : 'hatched')"
OUTSIDE = "#e9ecef"
PLACES = "support,anchors,community,institutions"


def stay(visitor):
    """Mark the map, move it a little as a reader would, and give what `stayed` compares."""
    visitor.on_map("() => { map.readers = true; }")
    visitor.drag(60, 40)
    return visitor.on_map("() => [map.getZoom(), map.getCenter()]")


def stayed(visitor, before):
    """Whether it is the same map object with the same place in its middle, to the pixel that rounding may take."""
    return visitor.on_map(
        "([zoom, at]) => map.readers === true && map.getZoom() === zoom"
        " && map.latLngToContainerPoint(at).distanceTo(map.getSize().divideBy(2)) < 2",
        before,
    )


def test_draws_every_area_in_its_colour(visitor):
    visitor.open(painted="imd lsoa21")
    fills = visitor.on_map(FILLS)
    assert len(fills) == 1_865
    assert len(set(fills)) == 10 and "hatched" not in fills
    assert visitor.on_map(f"() => {AREAS}.filter((l) => l._parts.length).length") == 1_865, "all have something to draw"
    inked = visitor.on_map(
        "() => { const c = document.querySelector('.leaflet-overlay-pane canvas');"
        " return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 3 && v)"
        ".length; }"
    )
    assert inked > 10_000


def test_the_key_counts_every_area(visitor):
    visitor.open(painted="imd lsoa21")
    key = visitor.map.get_by_role("region", name="Key to the map")
    expect(key).to_contain_text("Overall deprivation")
    counts = [int(text.replace(",", "")) for text in key.locator(".fh-classes .fh-count").all_text_contents()]
    assert len(counts) == 10 and sum(counts) == 1_865


def test_no_data_looks_like_no_class(visitor):
    visitor.open(layer="births-per-10k", year="2024", painted="births-per-10k district")
    fills = visitor.on_map(FILLS)
    assert len(fills) == 10 and fills.count("hatched") == 3
    assert visitor.on_map(f"() => {AREAS}.filter((l) => l.options.fillColor instanceof CanvasPattern).length") == 3
    expect(visitor.map.locator(".fh-classes > div").last).to_contain_text("no data")
    expect(visitor.map.locator(".fh-classes > div").last).to_contain_text("3")


def test_a_level_changes_the_areas_and_not_the_place(visitor):
    visitor.open(painted="imd lsoa21")
    before = stay(visitor)
    visitor.choose("Wider areas")
    visitor.painted("imd msoa21")
    assert visitor.on_map(f"() => {AREAS}.length") == 393
    assert stayed(visitor, before) and visitor.link == {"level": "msoa21"}


def test_another_figure_repaints_the_same_map_where_the_reader_left_it(visitor):
    visitor.open(painted="imd lsoa21")
    before, fills = stay(visitor), visitor.on_map(FILLS)
    visitor.pick("Figure", "Crime")
    visitor.painted("crime lsoa21")
    assert stayed(visitor, before) and visitor.on_map(FILLS) != fills
    expect(visitor.title).to_have_text("Crime: the Leeds City Region")
    visitor.choose("Businesses")
    visitor.painted("births-per-10k district")
    assert stayed(visitor, before)


def test_another_year_repaints_the_same_map(visitor):
    visitor.open(layer="births-per-10k", painted="births-per-10k district")
    before = stay(visitor)
    assert visitor.on_map(FILLS).count("hatched") == 3
    visitor.pick("Year", "2022")
    visitor.until_on_map(f"() => !({FILLS})().includes('hatched')")
    assert stayed(visitor, before) and visitor.link["year"] == "2022"


def test_another_comparison_repaints_the_same_map(visitor):
    visitor.open(layer="imd-score", painted="imd-score lsoa21")
    before, fills = stay(visitor), visitor.on_map(FILLS)
    assert len(set(fills)) == 7
    visitor.choose("The area in view")
    visitor.until_on_map(f"() => new Set(({FILLS})()).size === 10")
    assert stayed(visitor, before) and visitor.link["colours"] == "here"


def test_strength_of_colours_changes_without_changing_the_colours(visitor):
    visitor.open(painted="imd lsoa21")
    before, fills = stay(visitor), visitor.on_map(FILLS)
    slider = visitor.page.get_by_role("slider", name="Strength of the colours (%)").first
    slider.focus()
    slider.press("ArrowLeft")
    visitor.until_on_map(f"() => {AREAS}.every((l) => l.options.fillOpacity === 0.8)")
    assert stayed(visitor, before) and visitor.on_map(FILLS) == fills


def test_what_is_outside_the_focus_is_masked_and_the_map_goes_to_the_focus(visitor):
    visitor.open(painted="imd lsoa21")
    visitor.on_map("() => { map.readers = true; }")
    visitor.page.get_by_role("combobox", name="Show only these districts").click()
    visitor.page.get_by_role("option", name="York", exact=True).click()
    visitor.until_on_map(f"() => ({FILLS})().includes('{OUTSIDE}')")
    fills = visitor.on_map(FILLS)
    assert len(fills) == 1_865 and len(fills) - fills.count(OUTSIDE) == 121
    assert visitor.on_map("() => map.readers && map.getBounds().contains([53.96, -1.08]) && map.getZoom() > 9.5")
    assert not visitor.on_map("() => map.getBounds().contains([53.8, -1.55])")


def test_places_show_by_kind_and_hollow_ones_only_when_asked(visitor):
    visitor.open(painted="imd lsoa21")
    assert visitor.on_map(f"() => {MARKERS}.length") == 0
    visitor.page.get_by_role("button", name="Community anchor organisations").click()
    visitor.until_on_map("() => Number(document.body.dataset.places) > 0")
    assert visitor.on_map(f"() => [...new Set({MARKERS}.map((l) => l.options.shape))]") == ["circle"]
    visitor.page.get_by_role("button", name="Anchor institutions").click()
    visitor.until_on_map(f"() => new Set({MARKERS}.map((l) => l.options.shape)).size === 2")
    firm = visitor.on_map(f"() => {MARKERS}.length")
    assert visitor.on_map(f"() => {MARKERS}.every((l) => l.options.firm)")
    visitor.page.get_by_text("Count places not confirmed").click()
    visitor.until_on_map(f"() => {MARKERS}.some((l) => !l.options.firm)")
    assert visitor.on_map(f"() => {MARKERS}.filter((l) => l.options.firm).length") == firm


def test_the_key_counts_the_places_drawn(visitor):
    visitor.open(places=PLACES, unconfirmed="yes", painted="imd lsoa21")
    visitor.until_on_map("() => Number(document.body.dataset.places) > 0")
    entries = visitor.map.locator(".fh-dots .fh-count").all_text_contents()
    drawn = visitor.on_map("() => Number(document.body.dataset.places)")
    assert len(entries) == 4 and sum(int(text) for text in entries) >= drawn == visitor.on_map(
        f"() => {MARKERS}.length"
    )


def test_hovering_shows_the_name_and_the_value(visitor):
    visitor.open(at="E01011264", layer="income-share", painted="income-share lsoa21")
    visitor.page.mouse.move(*visitor.point("() => map.getCenter()"))
    tip = visitor.map.locator(".fh-tip")
    expect(tip).to_contain_text("(Leeds 011A)")
    expect(tip).to_contain_text("People on low incomes: ")
    assert tip.inner_text().rstrip().endswith("%")


def test_panning_and_zooming_tell_the_server_nothing(visitor):
    visitor.open(painted="imd lsoa21")
    visitor.on_map("() => { map.readers = true; }")
    before, where = len(visitor.sent), visitor.page.url
    visitor.drag(150, 90)
    x, y = visitor.point("() => map.getCenter()")
    visitor.page.mouse.move(x, y)
    zoom = visitor.on_map("() => map.getZoom()")
    visitor.page.mouse.wheel(0, -300)
    visitor.until_on_map("zoom => map.getZoom() > zoom && !map._animatingZoom", zoom)
    visitor.page.wait_for_url(lambda url: url != where and "#map=" in url)
    visitor.choose("Wider areas")
    visitor.painted("imd msoa21")
    assert len(visitor.sent) == before + 1, "one message, for the level: none for panning and zooming"
    assert visitor.on_map("() => map.readers")
