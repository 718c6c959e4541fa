/* Marks above the colours: what was looked for, sites to put help, and areas outlined because they are on a list. */

let sites = null, overSite = false, listed = null, listedAs = "";

// Pixels: a pin's width, its point below its top, its head's middle above its point, and how far its head reaches.
const PIN = 26, TIP = 31, HEAD = 18, REACH = 15;

function pinned(at, className, options) {
  const pin = text("div", "", className);
  const icon = L.divIcon({ className: "fh-pin-holder", html: pin, iconSize: [PIN, PIN], iconAnchor: [PIN / 2, TIP] });
  return [pin, L.marker(at, Object.assign({ icon: icon, keyboard: false, interactive: false }, options))];
}

fh.mark = (found) => showMark(found);

function showMark(found = state.mark) {
  if (mark) mark.remove();
  mark = null;
  if (!found) return;
  mark = pinned(found.at, "fh-pin", { zIndexOffset: 900 })[1].addTo(map);
  mark.bindTooltip(text("b", found.label), { permanent: true, direction: "right", className: "fh-tip" });
}

// Which lies above which: a site of someone's own that is chosen too shows as a number in a frame.
const ABOVE = { own: 0, chosen: 10000, pin: 20000 };

function drawSites() {
  let turn = 0;
  sites.clearLayers();
  for (const site of state.sites || []) {
    const [pin, marker] = pinned(site.at, "fh-pin fh-site-" + site.kind, { pane: "fh-sites", zIndexOffset: ABOVE[site.kind] });
    const named = site.kind === "chosen" ? ++turn + ": " + site.label : site.label;
    if (site.kind === "chosen") pin.append(text("span", turn));
    pin.setAttribute("role", "img");
    pin.setAttribute("aria-label", named);
    sites.addLayer(marker);
  }
}

// Pins let clicks through to the areas, so the mouse does not meet them: which it is over is worked out here.
function siteWords(point) {
  const near = ((state && state.sites) || []).filter((site) => (
    map.latLngToContainerPoint(site.at).subtract([0, HEAD]).distanceTo(point) <= REACH));
  const box = document.createElement("div");
  for (const label of new Set(near.map((site) => site.label))) box.append(text("b", label, "fh-line"));
  return near.length ? box : null;
}

function hoverSites(e) {
  const words = siteWords(e.containerPoint);
  if (words) hover(words, e.latlng); else if (overSite) unhover();
  overSite = Boolean(words);
}

function addMarks(line) {
  sites = L.layerGroup().addTo(map);
  listed = [PAPER, INK].map((colour) => (
    L.polyline([], Object.assign({}, line, { color: colour, opacity: 1 })).addTo(outlines)));
}

// Dark within white, which shows on every colour.
function outlineListed() {
  const wanted = level + (state.marked || "");
  if (wanted === listedAs) return;
  listedAs = wanted;
  const shapes = areas[level].shapes.filter((_, i) => state.marked && bitOf(state.marked, i));
  const edges = edgesOf(shapes.flat(2).map(corners));
  listed.forEach((line) => line.setLatLngs(edges));
}

// A side that two of them share is left out: around each of many small ones a line would hide their colours.
function edgesOf(rings) {
  const times = new Map(), edges = [];
  const sides = rings.map((ring) => ring.map((from, i) => [from, ring[(i + 1) % ring.length]]));
  const name = ([from, to]) => (String(from) < String(to) ? from + " " + to : to + " " + from);
  for (const side of sides.flat()) times.set(name(side), (times.get(name(side)) || 0) + 1);
  for (const ring of sides) {
    let edge = null;
    for (const side of ring) {
      if (times.get(name(side)) > 1) edge = null;
      else if (edge) edge.push(side[1]);
      else edges.push(edge = side);
    }
  }
  return edges;
}

function fitListed() {
  const weight = (map.getZoom() < 11 ? 2 : 2.8) * own.big();
  listed.forEach((line, i) => line.setStyle({ weight: i ? weight : 2 * weight }));
}
