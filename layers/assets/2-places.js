/* Places: loaded once, drawn as marks whose shape tells their kind. */

let places = null, placesUrl = null, placesDrawn = null, placesZoom = null;

const CORNERS = {
  diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  triangle: [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
  hexagon: [[-0.6, -1.04], [0.6, -1.04], [1.2, 0], [0.6, 1.04], [-0.6, 1.04], [-1.2, 0]],
};

function outlineOf(pen, shape, x, y, r) {
  pen.beginPath();
  if (shape === "circle") pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else {
    CORNERS[shape].forEach(([dx, dy], i) => pen[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
    pen.closePath();
  }
}

function paintMarker(pen, colour, firm, suggested) {
  pen.fillStyle = firm ? colour : PAPER;
  pen.fill();
  pen.setLineDash(suggested ? [3, 2] : []);
  pen.lineWidth = firm ? 1.6 : suggested ? 2 : 2.6;
  pen.strokeStyle = firm ? PAPER : colour;
  pen.stroke();
}

L.Canvas.include({
  _foothold(layer) {
    if (!this._drawing || layer._empty()) return;
    const p = layer._point, r = layer._radius, pen = this._ctx, as = layer.options;
    if (!as.suggested) {              // a dark ring around it would fill the gaps of a dashed line
      outlineOf(pen, as.shape, p.x, p.y, r + 1.2);
      pen.fillStyle = "rgba(20,28,40,.55)";
      pen.fill();
    }
    outlineOf(pen, as.shape, p.x, p.y, r);
    paintMarker(pen, as.color, as.firm, as.suggested);
  },
});
const Place = L.CircleMarker.extend({
  _updatePath() { this._renderer._foothold(this); },
  toGeoJSON() { return clicked("place", this.place.id); },
});

// For a page that has the places already.
fh.setPlaces = (url, list) => {
  placesUrl = url;
  places = list;
  placesDrawn = null;
};

function loadPlaces() {
  if (placesUrl === state.places.url) return drawPlaces();
  const url = placesUrl = state.places.url;
  places = null;                      // what is shown is told by the order of one list, so never drawn from another
  fetch(url).then((got) => got.json()).then((list) => {
    if (url !== placesUrl) return;
    places = list;
    drawPlaces();
    drawKey();
  });
}

// Thousands of marks take a while to make anew: that is done only for other places, and a zoom only shifts them.
function drawPlaces() {
  if (!places || !state) return;
  const wanted = JSON.stringify([placesUrl, state.places, state.focus]), anew = wanted !== placesDrawn;
  if (anew) markPlaces();
  if (anew || map.getZoom() !== placesZoom) fitPlaces();
  placesDrawn = wanted;
  placesZoom = map.getZoom();
}

// A place is drawn as the first group that it is of, if it is shown. The server decides what fits someone's wants, a bit
// a place; and whether a place is drawn for its help, which may not fit where the rest of what it is does.
function groupOf(place, i) {
  const told = state.places, kinds = BigInt(place.kinds);
  if (told.fitting !== null ? !bitOf(told.fitting, i) : !isShown(place)) return undefined;
  return told.groups.find((g) => (g.key === "support" && told.helping !== null ? bitOf(told.helping, i)
    : (kinds & BigInt(g.kinds)) !== 0n));
}

function isShown(place) {
  if (!place.firm && !state.places.unconfirmed) return false;
  return !state.focus.length || state.focus.includes(areas.district.names.indexOf(place.district));
}

function markPlaces() {
  const beside = new Map();
  placesGroup.clearLayers();
  places.forEach((place, i) => {
    const group = groupOf(place, i);
    if (!group) return;
    const spot = place.at.join(), suggested = Boolean(place.suggested), firm = place.firm && !suggested;
    const marker = new Place(place.at, { renderer: canvas, shape: group.shape, color: group.colour, firm: firm,
      suggested: suggested, radius: radiusOf(suggested), bubblingMouseEvents: false });
    marker.place = place;
    marker.turn = beside.get(spot) || 0;
    beside.set(spot, marker.turn + 1);
    placesGroup.addLayer(marker);
  });
  document.body.dataset.places = placesGroup.getLayers().length;
}

function fitPlaces() {
  placesGroup.eachLayer((marker) => {
    if (marker.turn) marker.setLatLng(aside(marker.place.at, marker.turn));
    const radius = radiusOf(marker.options.suggested);
    if (marker.options.radius !== radius) marker.setRadius(radius);
  });
}

const radiusOf = (suggested) => (map.getZoom() < 11 ? 5 : 7) * (suggested ? 0.8 : 1) * own.big();

// Places in one postcode share one point: each after the first stands a marker's width to the side.
function aside(at, turn) {
  const angle = turn * 2.4, reach = (13 + turn) * own.big();
  const p = map.latLngToLayerPoint(at).add([reach * Math.cos(angle), reach * Math.sin(angle)]);
  return map.layerPointToLatLng(p);
}

function placeWords(place) {
  const box = document.createElement("div");
  box.append(text("b", place.name), text("div", place.what));
  if (!place.firm) box.append(text("i", place.why));
  return box;
}
