/* What the room answered on the map: a dot for each place, large where several share one, ringed while it is new. */
const DOT = "#ffd60a", EDGE = "#0b1118", RINGED_MS = 2600, RINGED_MOST = 30;
const POINTED = "Where people here pointed", NUMBERED = " (a number: so many at one spot)";
let dots = null, dotsDrawn = "", dotTip = null;

function paintDot(pen, x, y, r) {
  for (const [colour, radius] of [["#ffffff", r + 2], [EDGE, r], [DOT, 0.72 * r]]) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = colour;
    pen.fill();
  }
}

L.Canvas.include({
  _answer(layer) {
    if (!this._drawing || layer._empty()) return;
    const pen = this._ctx, p = layer._point, r = layer._radius;
    pen.setLineDash([]);
    paintDot(pen, p.x, p.y, r);
    if (layer.many < 2) return;
    pen.fillStyle = EDGE;
    pen.font = "700 " + r + "px 'Source Sans', system-ui, sans-serif";
    pen.textAlign = "center";
    pen.fillText(layer.many, p.x, p.y + pen.measureText(layer.many).actualBoundingBoxAscent / 2);
  },
});
const Answer = L.CircleMarker.extend({ _updatePath() { this._renderer._answer(this); } });

function startAnswers(map) {
  const pane = map.createPane("answers");
  pane.style.zIndex = 643;
  pane.style.pointerEvents = "none";
  dots = L.layerGroup().addTo(map);
  dots.rings = L.layerGroup().addTo(map);
  dots.canvas = L.canvas({ pane: "answers", padding: BEYOND });
  dotTip = L.tooltip({ className: "fh-tip", direction: "top", offset: [0, -10], opacity: 1 });
  map.on("mousemove", (e) => {
    const near = dots.getLayers().find((dot) => dot.notes.length
      && map.latLngToContainerPoint(dot.getLatLng()).distanceTo(e.containerPoint) <= dot.getRadius());
    if (!near) return dotTip.remove();
    const box = document.createElement("div");
    for (const note of near.notes) box.append(Object.assign(document.createElement("div"), { textContent: note }));
    dotTip.setContent(box).setLatLng(near.getLatLng()).addTo(map);
  });
}

// `pins`: {id, at, note} each; `fresh`: ids of those that have just come.
function drawAnswers(map, pins, fresh, size) {
  const drawn = JSON.stringify([pins, size]);
  if (drawn === dotsDrawn) return;
  dotsDrawn = drawn;
  const spots = new Map();
  for (const pin of pins) {
    const spot = pin.at.join();
    spots.set(spot, [...(spots.get(spot) || []), pin]);
  }
  dots.clearLayers();
  dots.rings.clearLayers();
  for (const here of spots.values()) {
    const dot = new Answer(here[0].at, {
      renderer: dots.canvas, interactive: false, radius: size * (here.length > 1 ? 15 + Math.min(here.length, 20) / 2 : 11) });
    dot.many = here.length;
    dot.notes = here.map((pin) => pin.note).filter(Boolean);
    dots.addLayer(dot);
  }
  for (const pin of pins.filter((each) => fresh.has(each.id)).slice(-RINGED_MOST)) ring(pin);
  document.body.dataset.answers = pins.length;
  keyAnswers(document.querySelector(".fh-key"), size);
}

// One more row of the key for a room, while there are dots on the map.
function keyAnswers(key, size) {
  const rows = key.querySelector(".fh-dots"), kept = key.querySelector(".answers"), drawn = dots ? dots.getLayers() : [];
  if (!rows || !drawn.length) return kept && kept.remove();
  const row = document.createElement("div"), art = document.createElement("canvas"), words = document.createElement("span");
  const half = Math.ceil(11 * size) + 2;
  row.className = "answers";
  words.className = "fh-words";
  words.textContent = POINTED + (drawn.some((dot) => dot.many > 1) ? NUMBERED : "");
  art.width = art.height = 2 * half;
  paintDot(art.getContext("2d"), half, half, half - 2);
  row.append(art, words);
  if (kept) kept.replaceWith(row); else rows.append(row);
}

function ring(pin) {
  const icon = L.divIcon({ className: "ring-holder", html: "<span class=\"ring\"></span>", iconSize: [0, 0] });
  const shown = L.marker(pin.at, { icon: icon, pane: "answers", interactive: false, keyboard: false });
  dots.rings.addLayer(shown);
  setTimeout(() => dots.rings.removeLayer(shown), RINGED_MS);
}
