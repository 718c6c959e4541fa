/* One map of the projector or of the desk: it paints a step when the page around it says so. */
const PLACES = "places", big = 1.75, BEYOND = 0.04, ROOM = { width: 830, height: 570 };
let map, unit = 1, hatched = false, moves = 0, moved = false, shown = null, given = null;

// A scene's place and zoom were chosen on a page's map; a larger map shows the same ground, larger.
function viewed(view) {
  const size = { width: window.innerWidth, height: 0.78 * window.innerHeight };
  const more = Math.log2(Math.min(size.width / ROOM.width, size.height / ROOM.height));
  const zoom = view.at ? Math.max(8, Math.min(17, Math.floor(4 * (view.zoom + more)) / 4)) : view.zoom;
  const looks = { bounds: view.bounds, at: view.at, zoom: zoom };
  return Object.assign(looks, { key: JSON.stringify([looks, moves]) });
}

function fillOf(of, state) {
  if (!hatched) return null;
  return document.createElement("canvas").getContext("2d").createPattern(tileOf(of, state, unit), "repeat");
}

// Patterns are made once for each class, not once for each area.
let fills = new Map(), fillsOf = null;
function filled(of, state) {
  if (fillsOf !== state) { fills = new Map(); fillsOf = state; }
  if (!fills.has(of)) fills.set(of, fillOf(of, state));
  return fills.get(of);
}

function hatchSwatch(swatch, of, state) {
  const image = "url(" + tileOf(of, state, unit).toDataURL() + ")";
  swatch.classList.remove("fh-hatched");
  swatch.style.background = image;
}

// The key for a room: tenths are told by their ends alone, and hatched classes are hatched in it, too.
function keyed(key, state) {
  const swatches = [...key.querySelectorAll(".fh-classes .fh-swatch, .fh-two-ways > div > .fh-swatch")];
  const many = state.labels.length, cells = [...key.querySelectorAll(".fh-cell")];
  key.classList.toggle("tenths", !state.grid && many > 8 && state.labels.slice(1, -1).every((each) => each.length < 4));
  const note = key.querySelector(".fh-note"), said = note.textContent.split(/(?<=\.) /);
  note.textContent = said.filter((each) => /^(Outlined|Derived)/.test(each)).join(" ");
  keyAnswers(key, unit);
  if (!hatched) return;
  swatches.forEach((swatch, i) => hatchSwatch(swatch, !state.grid && i < many ? i : -1, state));
  cells.forEach((cell, i) => {
    const wide = state.grid.wide, row = many / wide - 1 - Math.floor(i / wide);
    hatchSwatch(cell, row * wide + (i % wide), state);
  });
}

function start(pixels, small, places) {
  unit = pixels;
  foothold.setPlaces(PLACES, places);
  document.body.classList.toggle("small", small);
  document.documentElement.style.setProperty("--u", unit + "px");
  map = L.map("map_div", { center: [53.8, -1.55], zoom: 9, preferCanvas: true, zoomSnap: 0.25, minZoom: 8, maxZoom: 17,
    keyboard: false, zoomControl: false, zoomAnimation: false });
  foothold.start(map, false, { height: () => window.innerHeight, narrow: () => false, big: () => big * unit,
    padding: BEYOND, fill: filled,
    keyed: keyed, aria: () => "", font: () => {} });
  parent.borrowFont(document);
  startAnswers(map);
  map.on("dragstart", goes);
  map.getContainer().addEventListener("wheel", goes, { passive: true });
  window.addEventListener("resize", refit);
}

// A window that changes its size, as to full screen, shows the same ground in it.
function refit() {
  foothold.fit();
  if (!shown || moved) return;
  shown.view = viewed(given);
  foothold.look();
}

function size(pixels) {
  if (pixels === unit) return;
  unit = pixels;
  document.documentElement.style.setProperty("--u", unit + "px");
  fillsOf = null;
  foothold.again();
  refit();
}

// Once it was moved by hand, or to what was looked for, the next step looks anew even where the last one looked.
function goes() {
  moves++;
  moved = true;
}

function paint(step) {
  moved = false;
  given = step.view;
  shown = Object.assign(structuredClone(step), { view: viewed(step.view) });
  shown.places.url = PLACES;
  foothold.paint(shown);
}

// Somewhere that was looked for: `view` as in a step, `mark` {at, label} or null, `area` an area's code or "".
function find(found) {
  goes();
  foothold.select(found.area);
  foothold.mark(found.mark);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const how = calm ? { animate: false } : { duration: 1.2 };
  if (found.view.at) map[calm ? "setView" : "flyTo"](found.view.at, found.view.zoom, how);
  else map[calm ? "fitBounds" : "flyToBounds"](found.view.bounds, Object.assign({ maxZoom: 14, padding: [40, 40] }, how));
}

// Back to what the scene shows, wherever the map was moved.
function back() {
  if (!shown || !moved) return;
  moved = false;
  foothold.select(shown.selected);
  foothold.mark(shown.mark || null);
  foothold.look();
}

function hatch(on) {
  if (hatched === on) return;
  hatched = on;
  fillsOf = null;
  foothold.again();
}

window.stage = { start, size, paint, find, back, hatch, ready: (level) => foothold.ready(level),
  places: (list) => foothold.setPlaces(PLACES, list), get map() { return map; },
  answers: (pins, fresh) => drawAnswers(map, pins, fresh, unit) };

// Keys pressed here are meant for the page around.
document.addEventListener("keydown", (e) => {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey, repeat } = e;
  const told = new parent.KeyboardEvent("keydown",
    { key, code, shiftKey, ctrlKey, altKey, metaKey, repeat, bubbles: true, cancelable: true });
  if (!parent.document.body.dispatchEvent(told)) e.preventDefault();
});
