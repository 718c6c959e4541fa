/* Places: loaded once, drawn as marks whose shape tells their kind. */

function outlineOf(pen, shape, x, y, r) {
  pen.beginPath();
  if (shape === "circle") pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else {
    const turns = shape === "diamond" ? [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]]
      : [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]];
    turns.forEach(([dx, dy], i) => pen[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
    pen.closePath();
  }
}

function paintMarker(pen, colour, firm) {
  pen.fillStyle = firm ? colour : PAPER;
  pen.fill();
  pen.lineWidth = firm ? 1.6 : 2.6;
  pen.strokeStyle = firm ? PAPER : colour;
  pen.stroke();
}

L.Canvas.include({
  _foothold(layer) {
    if (!this._drawing || layer._empty()) return;
    const p = layer._point, r = layer._radius, pen = this._ctx;
    outlineOf(pen, layer.options.shape, p.x, p.y, r + 1.2);
    pen.fillStyle = "rgba(20,28,40,.55)";
    pen.fill();
    outlineOf(pen, layer.options.shape, p.x, p.y, r);
    paintMarker(pen, layer.options.color, layer.options.firm);
  },
});
const Place = L.CircleMarker.extend({ _updatePath() { this._renderer._foothold(this); } });

function loadPlaces() {
  if (placesUrl === state.places.url) return drawPlaces();
  placesUrl = state.places.url;
  fetch(placesUrl).then((got) => got.json()).then((list) => { places = list; drawPlaces(); });
}

function drawPlaces() {
  if (!places || !state) return;
  placesGroup.clearLayers();
  const groups = state.places.groups, beside = new Map();
  for (const place of places) {
    const group = groups.find((g) => place.types.some((type) => g.types.includes(type)));
    if (!group || !(place.firm || state.places.unconfirmed)) continue;
    if (state.focus.length && !state.focus.includes(areas.district.names.indexOf(place.district))) continue;
    const spot = place.at.join(), turn = beside.get(spot) || 0;
    beside.set(spot, turn + 1);
    const marker = new Place(aside(place.at, turn), { renderer: canvas, shape: group.shape, color: group.colour,
      firm: place.firm, radius: map.getZoom() < 11 ? 5 : 7, bubblingMouseEvents: false });
    marker.place = place;
    marker.toGeoJSON = () => clicked("place", place.id);
    placesGroup.addLayer(marker);
  }
  document.body.dataset.places = placesGroup.getLayers().length;
}

// Places in one postcode share one point: each after the first stands a marker's width to the side.
function aside(at, turn) {
  if (!turn) return at;
  const angle = turn * 2.4, reach = 13 + turn;
  const p = map.latLngToLayerPoint(at).add([reach * Math.cos(angle), reach * Math.sin(angle)]);
  return map.layerPointToLatLng(p);
}

function placeWords(place) {
  const box = document.createElement("div");
  box.append(text("b", place.name), text("div", place.what));
  if (!place.firm) box.append(text("i", place.why));
  return box;
}
