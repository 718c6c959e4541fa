/* The empty map: its panes, its size, and where it looks. */

// `linked`: whether the place on the map is kept in the page's link.
fh.start = function (on, linked) {
  map = on;
  fh.linked = linked;
  const kept = viewInLink();      // before anything below moves the map, and so writes to the link
  for (const [name, z] of [["fh-outlines", 410], ["fh-labels", 640], ["fh-sites", 645]]) {
    map.createPane(name).style.zIndex = z;
    map.getPane(name).style.pointerEvents = "none";
  }
  canvas = L.canvas({ padding: 0.3, tolerance: L.Browser.mobile ? 6 : 1 });
  areasGroup = L.featureGroup().addTo(map);
  placesGroup = L.featureGroup().addTo(map);
  outlines = L.layerGroup().addTo(map);
  labels = L.layerGroup().addTo(map);
  tip = L.tooltip({ className: "fh-tip", direction: "top", offset: [0, -6], opacity: 1 });
  drawOutlines();
  addKey();
  areasGroup.on("mousemove mouseover", (e) => hover(areaWords(e.layer), e.latlng));
  placesGroup.on("mousemove mouseover", (e) => hover(placeWords(e.layer.place), e.latlng));
  map.on("mousemove", hoverSites);         // after what lies under them has had its say
  areasGroup.on("mouseout", unhover);
  placesGroup.on("mouseout", unhover);
  areasGroup.on("click", (e) => select(areas[level].codes[e.layer.area]));
  map.on("zoomend", onZoom);
  map.on("dragstart zoomstart", () => { untouched = false; });
  new ResizeObserver(() => { if (state) fitHeight(); }).observe(key);
  map.on("moveend", () => { drawLabels(); writeView(); });
  if (linked) followBack();
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(
    "Simplified outlines. Contains OS data \u00a9 Crown copyright and database right; ONS data, OGL v3.0");
  outside(borrowFont);
  fitHeight();
  if (kept) { viewKey = "from the link"; goTo(kept); } else map.fitBounds(areas.bounds, { animate: false });
};

// The key stands under the map, never on it. On a wide screen the two share the height that the page gave; on a
// narrow one the map is shorter than the screen, so that the page can still be scrolled past it.
function fitHeight() {
  const wide = window.innerWidth >= NARROW || (state && state.compact), box = map.getContainer(), below = key.offsetHeight;
  const height = wide ? window.__GLOBAL_DATA__.height - below : NARROW_HEIGHT;
  if (box.style.height !== height + "px") {
    box.style.height = height + "px";
    map.invalidateSize({ animate: false });
    if (untouched) look();
  }
  if (window.innerWidth < NARROW) setTimeout(() => window.Streamlit.setFrameHeight(height + below), 0);
}

function drawOutlines() {
  const renderer = L.canvas({ pane: "fh-outlines", padding: 0.3 });
  const line = { renderer: renderer, fill: false, interactive: false, color: INK, smoothFactor: 0.4 };
  fh.wider = L.layerGroup(areas.msoa21.shapes.map((s) =>
    L.polygon(latlngs(s), Object.assign({}, line, { weight: 0.8, opacity: 0.45 }))));
  for (const shape of areas.district.shapes) {
    L.polygon(latlngs(shape), Object.assign({}, line, { weight: 1.6, opacity: 0.85 })).addTo(outlines);
  }
  addMarks(line);
  selection = L.polygon([], Object.assign({}, line, { weight: 4, color: "#e11d74" })).addTo(outlines);
}

function onZoom() {
  const close = map.getZoom() >= 12 && level === "lsoa21";
  if (close !== outlines.hasLayer(fh.wider)) outlines[close ? "addLayer" : "removeLayer"](fh.wider);
  fitListed();
  if (state) { styleAreas(); drawPlaces(); }
}

function moveTo() {
  if (state.view.key === viewKey) return;
  const first = viewKey === "from the link";
  viewKey = state.view.key;
  untouched = !first;
  if (!first) look();
}

// Until the reader moves the map, it keeps showing what it was sent to, even when its frame changes size.
function look() {
  const was = untouched;
  if (state.view.at) map.setView(state.view.at, state.view.zoom, { animate: false });
  else map.fitBounds(state.view.bounds, { animate: false, padding: [6, 6], maxZoom: 14 });
  untouched = was;
}

// The place on the map is kept after "#" in the link: there, moving the map costs the server nothing.
function writeView() {
  if (!fh.linked) return;
  const at = map.getCenter();
  const hash = "#map=" + map.getZoom() + "/" + at.lat.toFixed(4) + "/" + at.lng.toFixed(4);
  outside(() => {
    const here = parent.location;
    if (here.hash !== hash) parent.history.replaceState(parent.history.state, "", here.pathname + here.search + hash);
  });
}

function viewInLink() {
  if (!fh.linked) return null;
  const found = outside(() => /^#map=(\d{1,2}(?:\.\d+)?)\/(-?\d+\.?\d*)\/(-?\d+\.?\d*)$/.exec(parent.location.hash));
  if (!found || !L.latLngBounds(areas.bounds).pad(0.5).contains([+found[2], +found[3]])) return null;
  return { zoom: Math.min(Math.max(+found[1], map.getMinZoom()), map.getMaxZoom()), at: [+found[2], +found[3]] };
}

const goTo = (view) => map.setView(view.at, view.zoom, { animate: false });

function followBack() {
  const follow = () => outside(() => { const kept = viewInLink(); if (kept) goTo(kept); });
  outside(() => parent.addEventListener("popstate", follow));
  window.addEventListener("pagehide", () => outside(() => parent.removeEventListener("popstate", follow)));
}

// The page around the map may be out of reach (another origin): then the map does without it.
function outside(step) {
  try { return step(); } catch (refused) { return null; }
}

// The page's own lettering, already loaded for it.
function borrowFont() {
  for (const sheet of parent.document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof parent.CSSFontFaceRule) || !/Source Sans/.test(rule.cssText)) continue;
      const at = new URL(/url\(["']?([^"')]+)/.exec(rule.cssText)[1], sheet.href || parent.location.href);
      const style = /italic/.test(rule.style.fontStyle) ? "italic" : "normal";
      document.fonts.add(new FontFace("Source Sans", `url("${at}")`, { weight: "200 900", style: style }));
    }
  }
}

