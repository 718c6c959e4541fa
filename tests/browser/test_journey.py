"""A reader's way through the map: click, find, go back, go forward, reload, open the page of a neighbourhood."""

import pytest

from tests.browser.visitor import MARKERS, expect

YEADON_EAST = "E01011264"
LEEDS = "E08000035"


def click_area(visitor, code):
    """Click an area of the neighbourhood level in its middle, and wait until the link holds it."""
    visitor.page.mouse.click(*visitor.point("code => map.findArea(code)", code))
    visitor.until_link(lambda link: link.get("area") == code)


@pytest.fixture
def near_yeadon(visitor):
    """Someone whose map has Yeadon East in its middle, with no area open."""
    visitor.open(painted="imd lsoa21", hash_="#map=14/53.8665/-1.6710")
    visitor.on_map(
        "() => { map.findArea = () => { const out = []; map.eachLayer((l) => l.area === undefined || out.push(l));"
        " return out.find((l) => l.toGeoJSON().properties.code === 'E01011264').getCenter(); }; }"
    )
    return visitor


def test_a_click_opens_the_neighbourhood_beside_the_map(near_yeadon):
    click_area(near_yeadon, YEADON_EAST)
    expect(near_yeadon.page.get_by_role("heading", name="Yeadon East")).to_be_visible()
    expect(near_yeadon.page.get_by_text("LSOA 2021 Leeds 011A, E01011264")).to_be_visible()
    expect(near_yeadon.page.get_by_role("link", name="Everything about this place")).to_be_visible()


def test_back_undoes_step_by_step_and_forward_does_it_again(near_yeadon):
    visitor, heading = near_yeadon, near_yeadon.page.get_by_role("heading", name="Yeadon East")
    click_area(visitor, YEADON_EAST)
    visitor.pick("Figure", "Crime")
    visitor.painted("crime lsoa21")
    visitor.page.go_back()
    visitor.painted("imd lsoa21")
    expect(heading).to_be_visible()
    visitor.page.go_back()
    expect(heading).to_be_hidden()
    assert visitor.link == {}
    visitor.page.go_forward()
    expect(heading).to_be_visible()
    visitor.page.go_forward()
    visitor.painted("crime lsoa21")
    assert visitor.link == {"layer": "crime", "area": YEADON_EAST}
    expect(visitor.page.get_by_role("combobox", name="Figure")).to_have_value("Crime")


def test_a_reload_brings_everything_back_with_the_place_on_the_map(near_yeadon):
    visitor = near_yeadon
    click_area(visitor, YEADON_EAST)
    visitor.pick("Figure", "Crime")
    visitor.painted("crime lsoa21")
    visitor.drag(120, -60)
    visitor.page.wait_for_function("() => location.hash.startsWith('#map=14/') && !location.hash.includes('53.8665')")
    where = visitor.on_map("() => { const at = map.getCenter(); return [at.lat, at.lng]; }")
    visitor.page.reload()
    visitor.painted("crime lsoa21")
    visitor.centre_is(where)
    assert visitor.on_map("() => map.getZoom()") == 14
    expect(visitor.page.get_by_role("heading", name="Yeadon East")).to_be_visible()
    assert visitor.link == {"layer": "crime", "area": YEADON_EAST}


def test_a_click_on_a_place_opens_it(visitor):
    visitor.open(places="anchors", painted="imd lsoa21", hash_="#map=15/53.8050/-1.5360")
    visitor.until_on_map("() => Number(document.body.dataset.places) > 0")
    alone = (
        f"() => {{ const all = {MARKERS}, box = map.getBounds().pad(-0.1); return all.find((l) => box.contains("
        "l.getLatLng()) && all.every((o) => o === l || map.distance(o.getLatLng(), l.getLatLng()) > 100)); }"
    )
    name = visitor.on_map(f"() => {{ const found = ({alone})(); return found ? found.place.name : null; }}")
    assert name, "no place stands alone in the middle of Leeds"
    visitor.page.mouse.click(*visitor.point(f"() => ({alone})().getLatLng()"))
    visitor.until_link(lambda link: "place" in link)
    expect(visitor.page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    assert visitor.link["area"].startswith("E01")


def test_a_postcode_is_found_and_marked(visitor):
    visitor.open(painted="imd lsoa21")
    visitor.find("ls8 4aa")
    visitor.until_link(lambda link: link.get("at") == "LS8 4AA" and link.get("area") == "E01011645")
    expect(visitor.map.locator(".fh-pin")).to_have_count(1)
    expect(visitor.map.locator(".leaflet-tooltip").filter(has_text="LS8 4AA")).to_be_visible()
    visitor.centre_is((53.8272, -1.5073))
    assert visitor.on_map("() => map.getZoom()") == 15


def test_a_postcode_that_nobody_has_is_said(visitor):
    visitor.open(layer="crime", painted="crime lsoa21")
    visitor.find("LS99 9ZZ")
    expect(visitor.page.get_by_text("LS99 9ZZ is not a postcode in use in the ten districts")).to_be_visible()
    visitor.find("LS8")
    expect(visitor.page.get_by_text("“LS8” is not a whole postcode.")).to_be_visible()
    assert visitor.link == {"layer": "crime"}


def test_part_of_a_name_offers_what_it_could_be_and_the_choice_is_gone_to(visitor):
    visitor.open(painted="imd lsoa21")
    visitor.find("yeadon")
    matches = visitor.page.get_by_role("button", name="Yeadon")
    expect(matches.nth(1)).to_be_visible()
    zoom = visitor.on_map("() => map.getZoom()")
    matches.filter(has_text="(wider neighbourhood)").first.click()
    visitor.until_link(lambda link: link.get("area", "").startswith("E02") and link["at"] == link["area"])
    visitor.until_on_map("zoom => map.getZoom() > zoom", zoom)
    visitor.until_on_map("() => map.getBounds().contains([53.867, -1.68])")


def test_an_organisation_is_found_marked_and_opened(visitor):
    visitor.open(painted="imd lsoa21")
    visitor.find("chapeltown library")
    visitor.until_link(lambda link: link.get("place") == "WY043")
    expect(visitor.page.get_by_role("heading", name="Chapeltown Library")).to_be_visible()
    expect(visitor.map.locator(".leaflet-tooltip").filter(has_text="Chapeltown Library")).to_be_visible()


def test_a_district_shows_its_course_beside_england(visitor):
    visitor.open(layer="birth-rate", area=LEEDS, painted="birth-rate district")
    expect(visitor.page.get_by_role("heading", name="Leeds", exact=True)).to_be_visible()
    chart = visitor.page.get_by_test_id("stVegaLiteChart")
    expect(chart.locator("canvas, svg").first).to_be_visible()
    expect(chart).to_contain_text("England")
    expect(chart).to_contain_text("Yorkshire and the Humber")


def test_the_table_is_downloaded_as_it_is_shown(visitor):
    visitor.open(table="yes", painted="imd lsoa21")
    with visitor.page.expect_download() as caught:
        visitor.page.get_by_role("button", name="Download the table (CSV)").click()
    assert caught.value.suggested_filename == "foothold-imd-lsoa21.csv"
    lines = caught.value.path().read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Neighbourhood,ONS name,District,") and lines.index("") == 1_866
    assert len(visitor.link) == 1


def test_the_link_beside_the_map_opens_the_page_of_the_neighbourhood(visitor):
    visitor.open(area=YEADON_EAST, painted="imd lsoa21")
    visitor.page.get_by_role("link", name="Everything about this place").click()
    visitor.page.wait_for_url("**/neighbourhood?area=E01011264")
    expect(visitor.title).to_have_text("Yeadon East")
    visitor.until_on_map("() => document.body.dataset.painted === 'imd lsoa21' && map.getZoom() > 11.5")
    visitor.until_on_map("() => map.getBounds().contains([53.8665, -1.671])")
    expect(visitor.page.get_by_text("Overall deprivation", exact=True).first).to_be_visible()
    expect(visitor.page.get_by_test_id("stCode")).to_contain_text("of the 33,755 neighbourhoods in England")
    visitor.page.go_back()
    visitor.painted("imd lsoa21")
    expect(visitor.title).to_have_text("Overall deprivation: the Leeds City Region")


def test_a_click_on_the_locator_opens_the_neighbour(visitor):
    visitor.open("neighbourhood", area=YEADON_EAST)
    visitor.until_on_map("() => document.body.dataset.painted === 'imd lsoa21' && map.getZoom() > 11.5")
    visitor.page.mouse.click(*visitor.point("() => map.containerPointToLatLng([20, map.getSize().y / 2])"))
    visitor.until_link(lambda link: link.get("area", YEADON_EAST) != YEADON_EAST)
    expect(visitor.page.get_by_text("LSOA 2021").first).to_contain_text(visitor.link["area"])


def test_the_sources_page_lists_what_is_held(visitor):
    visitor.open(painted="imd lsoa21")
    visitor.page.get_by_role("link", name="Sources").click()
    expect(visitor.title).to_have_text("Sources")
    visitor.page.get_by_text("English Indices of Deprivation 2025").first.click()
    for words in (
        "Ministry of Housing, Communities and Local Government",
        "2025, reissued 13 November 2025; population of mid-2022",
        "Open Government Licence v3.0",
        "LSOAs in the most deprived tenth of England agree with the official count in each district.",
    ):
        expect(visitor.page.get_by_text(words).locator("visible=true").first).to_be_visible()


def test_the_menu_keeps_what_was_chosen_and_back_undoes_it_in_one_step(visitor):
    visitor.open(layer="crime", area=YEADON_EAST, places="support", painted="crime lsoa21")
    before = visitor.link
    visitor.page.get_by_role("link", name="Neighbourhood", exact=True).click()
    expect(visitor.title).to_have_text("Yeadon East")
    visitor.page.go_back()
    visitor.painted("crime lsoa21")
    assert visitor.link == before
    visitor.page.get_by_role("link", name="Sources", exact=True).click()
    expect(visitor.title).to_have_text("Sources")
    visitor.page.get_by_role("link", name="Neighbourhood", exact=True).click()
    expect(visitor.title).to_have_text("Yeadon East")
    visitor.page.get_by_role("link", name="Map", exact=True).click()
    visitor.painted("crime lsoa21")
    assert visitor.link == before


def test_a_link_with_unknown_values_says_so_and_the_rest_works(visitor):
    visitor.open(layer="crime", focus="Atlantis", area="E99", painted="crime lsoa21")
    for name in ("Atlantis", "E99"):
        expect(visitor.page.get_by_role("alert").filter(has_text=f"“{name}”")).to_be_visible()
