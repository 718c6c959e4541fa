/* What residents told us: the places that people pointed to in sessions, as small speech bubbles above all else. */

let toldGroup = null, toldDrawn = "[]", toldZoom = null, overTold = false;

// Pixels: half a bubble's width, how far the mouse may be from its middle, and how many are told at once.
const BUBBLE = 8, TOLD_REACH = 10, TOLD_AT_ONCE = 5;
const TOLD = "What residents told us";

function bubble(pen, x, y, r) {
  pen.beginPath();
  [[-1, -0.85], [1, -0.85], [1, 0.5], [0.05, 0.5], [-0.55, 1.15], [-0.5, 0.5], [-1, 0.5]].forEach(([dx, dy], i) => (
    pen[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r)));
  pen.closePath();
  pen.lineJoin = "round";
  pen.setLineDash([]);
  for (const [colour, width] of [[PAPER, 4.4], [INK, 2]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }
  pen.fillStyle = PAPER;
  pen.fill();
  pen.fillStyle = INK;
  for (const dx of [-0.5, 0, 0.5]) {
    pen.beginPath();
    pen.arc(x + dx * r, y - 0.17 * r, 0.15 * r, 0, 2 * Math.PI);
    pen.fill();
  }
}

L.Canvas.include({
  _footholdTold(layer) {
    if (this._drawing && !layer._empty()) bubble(this._ctx, layer._point.x, layer._point.y, layer._radius);
  },
});
const Bubble = L.CircleMarker.extend({ _updatePath() { this._renderer._footholdTold(this); } });

// Most maps have none: what draws them is made when the first are.
function toldLayer() {
  if (toldGroup) return toldGroup;
  const pane = map.createPane("fh-told");
  pane.style.zIndex = 420;
  pane.style.pointerEvents = "none";
  toldGroup = L.layerGroup().addTo(map);
  toldGroup.canvas = L.canvas({ pane: "fh-told", padding: 0.3 });
  return toldGroup;
}

function drawTold() {
  const wanted = JSON.stringify(state.told || []);
  if (wanted !== toldDrawn) {
    const beside = new Map();
    toldLayer().clearLayers();
    for (const session of state.told || []) for (const told of session.marks) addBubble(session.label, told, beside);
    toldDrawn = wanted;
    toldZoom = null;
    document.body.dataset.told = toldGroup.getLayers().length;
  }
  fitTold();
}

// They let clicks through to what lies beneath.
function addBubble(label, told, beside) {
  const spot = told.at.join(), turn = beside.get(spot) || 0;
  const marker = new Bubble(told.at, { renderer: toldGroup.canvas, radius: BUBBLE, interactive: false });
  Object.assign(marker, { label: label, note: told.label, spot: told.at, turn: turn });
  beside.set(spot, turn + 1);
  toldGroup.addLayer(marker);
}

function fitTold() {
  if (!toldGroup || toldZoom === map.getZoom()) return;
  toldZoom = map.getZoom();
  toldGroup.eachLayer((marker) => {
    if (marker.turn) marker.setLatLng(aside(marker.spot, marker.turn));
    marker.setRadius(toldZoom < 11 ? 0.75 * BUBBLE : BUBBLE);
  });
}

function toldWords(point) {
  const near = toldGroup ? toldGroup.getLayers().filter((marker) => (
    map.latLngToContainerPoint(marker.getLatLng()).distanceTo(point) <= TOLD_REACH)) : [];
  const box = document.createElement("div");
  for (const marker of near.slice(0, TOLD_AT_ONCE)) {
    box.append(text("b", marker.label + (marker.note ? ":" : ""), "fh-line"));
    if (marker.note) box.append(text("div", marker.note));
  }
  if (near.length > TOLD_AT_ONCE) box.append(text("i", near.length - TOLD_AT_ONCE + " more here"));
  return near.length ? box : null;
}

function hoverTold(e) {
  const words = toldWords(e.containerPoint);
  if (words) hover(words, e.latlng); else if (overTold) unhover();
  overTold = Boolean(words);
}

function keyOfTold(dots) {
  const count = (state.told || []).reduce((sum, session) => sum + session.marks.length, 0);
  if (!count) return;
  dots.append(entry(TOLD, count, (swatch) => {
    const art = document.createElement("canvas");
    art.width = art.height = 20;
    bubble(art.getContext("2d"), 10, 10, 7);
    swatch.className = "fh-told";
    swatch.append(art);
  }));
  dots.append(text("div", "Each bubble is a place that someone pointed to in a session, to about 100 m, or roughly on paper"));
}
