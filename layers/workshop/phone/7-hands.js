/* Hands on the map: drag to move, pinch or buttons to zoom, tap to put the pin; the same with keys. */
function placeMap(here) {
  var wanted = slots.filter(function (slot) {
    return slot.stage && slot.open && !slot.byList && slot.form.className.indexOf("spare") < 0;
  });
  var slot = [here, chart && chart.slot, wanted[0]].filter(function (each) { return wanted.indexOf(each) >= 0; })[0];
  if (!slot) return;
  if (!chart) chart = newMap();
  if (chart.box.parentNode !== slot.stage) slot.stage.appendChild(chart.box);
  chart.slot = slot;
  measure(chart);
  chart.view = JSON.parse(data(slot.stage, "view"));
  if (!chart.at) lookAt(chart, chart.view);
  drawSoon(chart);
}

// Either the map or the list is on the screen, and that is the one that counts.
function mapOrList(slot) {
  slot.stage.hidden = slot.where.hidden = slot.byList;
  slot.list.hidden = !slot.byList;
  tell(slot.swap, say(slot.byList ? "to_map" : "to_list"));
  tellPin(slot);
  placeMap();
}

function tellPin(slot) {
  if (!outlines) tell(slot.where, say("map_wait"));
  else if (!slot.pin) tell(slot.where, say("no_pin"));
  else tell(slot.where, areaAt(slot.pin) < 0 ? say("outside_pin") : say("pin", { place: placeName(slot.pin) }));
}

function newMap() {
  var box = make("div", null, "map"), ground = make("div", box, "ground"), zooms = make("div", box, "zooms");
  var map = { box: box, ground: ground, canvas: make("canvas", ground), view: {}, slot: null, at: null, zoom: 9 };
  ground.tabIndex = 0;
  ground.setAttribute("role", "application");
  ground.setAttribute("aria-label", say("map"));
  each([["+", "zoom_in", 1], ["\u2212", "zoom_out", -1]], function (way) {
    var button = make("button", zooms, "quiet", way[0]);
    button.setAttribute("aria-label", say(way[1]));
    on(button, "click", function () { zoomBy(map, way[2]); });
  });
  on(ground, "keydown", function (event) { onKey(map, event); });
  on(ground, "blur", function () { map.keys = false; drawSoon(map); });
  on(window, "resize", function () { measure(map); drawSoon(map); });
  byMouse(map);
  byFinger(map);
  return map;
}

function zoomBy(map, by, around) {
  var before = around && toDegrees(map, around), after;
  if (!outlines) return;
  map.zoom = Math.max(7.5, Math.min(NEAREST, map.zoom + by));
  if (before) {
    after = toDegrees(map, around);
    map.at = [map.at[0] + before[0] - after[0], map.at[1] + before[1] - after[1]];
  }
  held(map);
}

function moveBy(map, right, down) {
  if (!outlines) return;
  map.at = toDegrees(map, [map.wide / 2 - right, map.high / 2 - down]);
  held(map);
}

function putPin(map, pixel) {
  var at;
  if (!outlines || over || !map.slot) return;
  at = toDegrees(map, pixel);
  map.slot.pin = [Number(at[0].toFixed(5)), Number(at[1].toFixed(5))];
  tellPin(map.slot);
  drawSoon(map);
  noteDraft(map.slot);
}

var STEPS = { ArrowLeft: [24, 0], Left: [24, 0], ArrowRight: [-24, 0], Right: [-24, 0],
  ArrowUp: [0, 24], Up: [0, 24], ArrowDown: [0, -24], Down: [0, -24] };

// The cross stays in the middle; the keys move the ground under it.
function onKey(map, event) {
  var step = STEPS[event.key], far = event.shiftKey ? 4 : 1;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (step) moveBy(map, step[0] * far, step[1] * far);
  else if (event.key === "+" || event.key === "=") zoomBy(map, 1);
  else if (event.key === "-") zoomBy(map, -1);
  else if (event.key === "Enter" || event.key === " ") putPin(map, [map.wide / 2, map.high / 2]);
  else return;
  event.preventDefault();
  map.keys = true;
  drawSoon(map);
  clearTimeout(map.telling);
  if (step) map.telling = setTimeout(function () { if (map.keys) tell(map.slot.where, say("cross", { place: placeName(map.at) })); }, 400);
}

function byMouse(map) {
  var from = null, moved = false;
  on(map.ground, "mousedown", function (event) { from = [event.clientX, event.clientY]; moved = false; });
  on(document, "mousemove", function (event) {
    if (!from) return;
    if (!moved && Math.abs(event.clientX - from[0]) + Math.abs(event.clientY - from[1]) < 6) return;
    moved = true;
    moveBy(map, event.clientX - from[0], event.clientY - from[1]);
    from = [event.clientX, event.clientY];
  });
  on(document, "mouseup", function (event) {
    if (from && !moved) putPin(map, within(map, event));
    from = null;
  });
}

function within(map, event) {
  var box = map.ground.getBoundingClientRect();
  return [event.clientX - box.left - map.ground.clientLeft, event.clientY - box.top - map.ground.clientTop];
}

// One finger moves, two zoom; a finger that comes and goes in one spot puts the pin.
function byFinger(map) {
  var fingers = [], moved = false;
  function now(event) { return Array.prototype.map.call(event.targetTouches, function (touch) { return within(map, touch); }); }
  function apart(two) { return Math.sqrt(Math.pow(two[0][0] - two[1][0], 2) + Math.pow(two[0][1] - two[1][1], 2)) || 1; }
  function middle(two) { return [(two[0][0] + two[1][0]) / 2, (two[0][1] + two[1][1]) / 2]; }
  on(map.ground, "touchstart", function (event) {
    if (!fingers.length) moved = false;
    fingers = now(event);
    if (fingers.length > 1) moved = true;
  });
  on(map.ground, "touchmove", function (event) {
    var next = now(event), a = fingers, b = next;
    event.preventDefault();
    if (next.length === 1 && !moved && Math.abs(b[0][0] - a[0][0]) + Math.abs(b[0][1] - a[0][1]) < 9) return;
    if (next.length === a.length && next.length > 1) {
      moveBy(map, middle(b)[0] - middle(a)[0], middle(b)[1] - middle(a)[1]);
      zoomBy(map, Math.log(apart(b) / apart(a)) / Math.LN2, middle(b));
    } else if (next.length === 1 && a.length === 1) moveBy(map, b[0][0] - a[0][0], b[0][1] - a[0][1]);
    moved = true;
    fingers = next;
  });
  on(map.ground, "touchend", function (event) {
    if (fingers.length === 1 && !moved && !event.targetTouches.length) putPin(map, fingers[0]);
    fingers = now(event);
    event.preventDefault();      // no mouse after the finger
  });
  on(map.ground, "touchcancel", function () { fingers = []; moved = true; });
}
