/* The empty map: its panes, its size, and where it looks. */

// What the page around tells of itself and is told: here the component's frame in one of our pages. Another page may give
// its own: `height` of map and key together, how `big` marks and lettering are, how far beyond its edges the map is drawn
// (`padding`), what fills a class in place of its colour (`fill`), and what is done with a key that was drawn (`keyed`).
const IN_A_PAGE = {
  height: () => window.__GLOBAL_DATA__.height,
  took: (height) => window.Streamlit.setFrameHeight(height),
  narrow: () => window.innerWidth < NARROW,
  big: () => 1,
  padding: 0.3,
  fill: () => null,
  keyed: () => {},
  aria: () => ALSO_IN_WORDS,
  font: borrowFont,
};
let own = IN_A_PAGE;

// Leaflet looks where the mouse is every 32 ms and forgets where it came to rest in between; here it looks once more.
const Canvas = L.Canvas.extend({
  _handleMouseHover(e, point) {
    clearTimeout(this._rest);
    if (this._mouseHoverThrottled) this._rest = setTimeout(() => { if (this._map) this._onMouseMove(e); }, 40);
    else L.Canvas.prototype._handleMouseHover.call(this, e, point);
  },
  _handleMouseOut(e) {
    clearTimeout(this._rest);
    L.Canvas.prototype._handleMouseOut.call(this, e);
  },
});

// `linked`: whether the place on the map is kept in the page's link.
fh.start = function (on, linked, given) {
  map = on;
  own = Object.assign({}, IN_A_PAGE, given);
  fh.linked = linked;
  const kept = viewInLink();      // before anything below moves the map, and so writes to the link
  for (const [name, z] of [["fh-outlines", 410], ["fh-labels", 640], ["fh-sites", 645]]) {
    map.createPane(name).style.zIndex = z;
    map.getPane(name).style.pointerEvents = "none";
  }
  canvas = new Canvas({ padding: own.padding, tolerance: L.Browser.mobile ? 6 : 1 });
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
  map.on("mousemove", hoverTold);
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
  outside(own.font);
  fitHeight();
  if (kept) { viewKey = "from the link"; goTo(kept); } else map.fitBounds(areas.bounds, { animate: false });
};

// The key stands under the map, never on it. On a wide screen the two share the height that the page gave; on a
// narrow one the map is shorter than the screen, so that the page can still be scrolled past it.
function fitHeight() {
  const wide = !own.narrow() || (state && state.compact), box = map.getContainer(), below = key.offsetHeight;
  const height = wide ? own.height() - below : NARROW_HEIGHT;
  const anew = box.style.height !== height + "px";
  if (own.narrow()) setTimeout(() => own.took(height + below), 0);
  if (anew) {
    box.style.height = height + "px";
    map.invalidateSize({ animate: false, debounceMoveend: untouched });
    if (untouched) {
      clearTimeout(map._sizeTimer);        // Leaflet's own: to look draws everything, and so it need not do that too
      look();
    }
  }
  return anew;
}

function drawOutlines() {
  const renderer = L.canvas({ pane: "fh-outlines", padding: own.padding });
  const line = { renderer: renderer, fill: false, interactive: false, color: INK, smoothFactor: 0.4 };
  fh.wider = L.layerGroup(areas.msoa21.shapes.map((s) =>
    L.polygon(latlngs(s), Object.assign({}, line, { weight: 0.8 * own.big(), opacity: 0.45 }))));
  for (const shape of areas.district.shapes) {
    L.polygon(latlngs(shape), Object.assign({}, line, { weight: 1.6 * own.big(), opacity: 0.85 })).addTo(outlines);
  }
  addMarks(line);
  selection = L.polygon([], Object.assign({}, line, { weight: 4 * own.big(), color: "#e11d74" })).addTo(outlines);
}

function onZoom() {
  const close = map.getZoom() >= 12 && level === "lsoa21";
  if (close !== outlines.hasLayer(fh.wider)) outlines[close ? "addLayer" : "removeLayer"](fh.wider);
  fitListed();
  fitTold();
  if (state) { styleAreas(); drawPlaces(); }
}

function moveTo() {
  if (state.view.key === viewKey) return fitHeight();
  const first = viewKey === "from the link";
  viewKey = state.view.key;
  untouched = !first;
  if (!fitHeight() && !first) look();      // a new height has it look anyway, and to look twice is to draw all twice
}

// Until the reader moves the map, it keeps showing what it was sent to, even when its frame changes size.
function look() {
  const was = untouched;
  if (state.view.at) map.setView(state.view.at, state.view.zoom, { animate: false });
  else map.fitBounds(state.view.bounds, { animate: false, padding: [6, 6], maxZoom: 14 });
  untouched = was;
}

// For a page of its own: look again where the step says, take a new size, have a level's areas ready, and do what `fill`
// and `big` say by now.
fh.look = () => { look(); untouched = true; };
fh.fit = () => fitHeight();
fh.ready = (level) => { pathsOf(level); };
fh.again = function () {
  if (!state) return;
  placesZoom = null;
  styleAreas();
  drawPlaces();
  drawLabels();
  drawKey();
};

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

