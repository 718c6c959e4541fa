/* The map for pins: outlines and names, drawn by ourselves on one canvas, which moves to the form that is open.
   Near enough flat: a degree east is made as much shorter than a degree north as it is in the middle of the region. */
var outlines = null, chart = null, outlinesTried = 0;
var INK = "#0b1118", THIN = "#9aa5b3", THICK = "#3a4656", LAND = "#ffffff", OUTSIDE = "#e9ecef", OURS = "#d3e5f8", ACCENT = "#1f5fa8";
var NEAREST = 17, NAMES_FROM = 10.4;

function fetchOutlines() {
  ask("GET", data(body, "map"), null, 30, function (status, reply) {
    if (status === 200 && reply && reply.lines) {
      outlines = unpackedOutlines(reply);
      each(slots, function (slot) { if (slot.stage) KINDS.place.fill(slot, slot.open ? KINDS.place.read(slot) : slot.kept); });
      if (chart) lookAt(chart, chart.view);
      each(slots, draw);
      return;
    }
    setTimeout(fetchOutlines, pause(outlinesTried));
    outlinesTried += 1;
  });
}

// Differences from point to point as text: signs of the upper half go on, one of the lower half ends a number.
function points(text) {
  var numbers = [], rest = 0, worth = 1, at = [0, 0], out = [], i, digit;
  for (i = 0; i < text.length; i += 1) {
    digit = (text.charAt(i) === "~" ? 92 : text.charCodeAt(i)) - 35;
    rest += worth * (digit % 45);
    worth *= 45;
    if (digit < 45) {
      numbers.push(rest % 2 ? -(rest + 1) / 2 : rest / 2);
      rest = 0;
      worth = 1;
    }
  }
  for (i = 0; i < numbers.length; i += 2) {
    at = [at[0] + numbers[i], at[1] + numbers[i + 1]];
    out.push(at);
  }
  return out;
}

function unpackedOutlines(told) {
  function degrees(at) { return [(at[0] + told.corner[0]) / told.steps, (at[1] + told.corner[1]) / told.steps]; }
  var sides = points(told.sides);
  told.lines = told.lines.map(function (text, i) {
    return { at: points(text).map(degrees), left: sides[i][1], right: sides[i][0] };
  });
  told.labels = points(told.labels).map(degrees);
  told.towns = points(told.towns).map(degrees);
  told.flat = Math.cos(told.labels[0][0] * Math.PI / 180);
  told.bounds = [[90, 180], [-90, -180]];
  each(told.lines, function (line) {
    each(line.at, function (at) {
      told.bounds = [0, 1].map(function (end) {
        return told.bounds[end].map(function (far, i) { return end ? Math.max(far, at[i]) : Math.min(far, at[i]); });
      });
    });
  });
  return told;
}

// The area that a point (latitude, longitude) is in: a line north of it is crossed an odd number of times.
function areaAt(at) {
  var odd = {}, found = -1;
  each(outlines.lines, function (line) {
    var crossed = false, i, a, b;
    for (i = 1; i < line.at.length; i += 1) {
      a = line.at[i - 1];
      b = line.at[i];
      if ((a[1] > at[1]) !== (b[1] > at[1]) && at[0] < a[0] + (at[1] - a[1]) * (b[0] - a[0]) / (b[1] - a[1])) crossed = !crossed;
    }
    if (crossed) {
      odd[line.left] = !odd[line.left];
      odd[line.right] = !odd[line.right];
    }
  });
  Object.keys(odd).forEach(function (area) { if (odd[area] && area >= 0) found = Number(area); });
  return found;
}

function areaName(area, otherwise) {
  return area < 0 ? otherwise : outlines.names[area] + ", " + outlines.districts[outlines.of[area]];
}

function placeName(at) { return outlines ? areaName(areaAt(at), say("outside")) : ""; }

// The list of neighbourhoods, by code; the server writes it by name, or not at all. The districts that the scene looks
// at come first, then the others by name.
function listed(slot, chosen) {
  var select = slot.form.elements.area, first = JSON.parse(data(slot.list, "first"));
  function place(district) { return (first.indexOf(district) + first.length + 1) % (first.length + 1); }
  if (outlines && !slot.byCode) {
    slot.byCode = true;
    each(all(select, "optgroup"), function (group) { select.removeChild(group); });
    each(outlines.districts.slice().sort(function (a, b) { return place(a) - place(b) || (a < b ? -1 : 1); }), function (district) {
      var group = make("optgroup", select), d = outlines.districts.indexOf(district);
      group.label = district;
      outlines.codes.map(function (code, i) { return i; })
        .filter(function (i) { return outlines.of[i] === d; })
        .sort(function (a, b) { return outlines.names[a] < outlines.names[b] ? -1 : 1; })
        .forEach(function (i) { make("option", group, "", outlines.names[i]).value = outlines.codes[i]; });
    });
  }
  if (chosen && outlines && outlines.codes.indexOf(chosen) < 0) chosen = outlines.codes[outlines.names.indexOf(chosen)];
  select.value = chosen || "";
}

// ---- where the map looks: a middle, and a zoom as other web maps count it
function lookAt(map, view) {
  var low, high, fits;
  if (!outlines) return;
  if (view.at) {
    map.at = view.at.slice();
    map.zoom = view.zoom || 14;
  } else {
    low = (view.bounds || outlines.bounds)[0];
    high = (view.bounds || outlines.bounds)[1];
    fits = Math.min(map.wide / (high[1] - low[1]), map.high * outlines.flat / (high[0] - low[0])) * 0.95;
    map.at = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
    map.zoom = Math.log(fits * 360 / 256) / Math.LN2;
  }
  held(map);
}

// Within what there is to see.
function held(map) {
  map.zoom = Math.max(7.5, Math.min(NEAREST, map.zoom));
  map.at = [Math.max(52.8, Math.min(55, map.at[0])), Math.max(-3, Math.min(0, map.at[1]))];
  drawSoon(map);
}

function across(map) { return 256 * Math.pow(2, map.zoom) / 360; }      // pixels a degree east

function toPixels(map, at) {
  var k = across(map);
  return [map.wide / 2 + (at[1] - map.at[1]) * k, map.high / 2 - (at[0] - map.at[0]) * k / outlines.flat];
}

function toDegrees(map, pixel) {
  var k = across(map);
  return [map.at[0] - (pixel[1] - map.high / 2) * outlines.flat / k, map.at[1] + (pixel[0] - map.wide / 2) / k];
}

function measure(map) {
  var ratio = Math.min(2, window.devicePixelRatio || 1);
  map.wide = map.ground.clientWidth;
  map.high = map.ground.clientHeight;
  map.canvas.width = map.wide * ratio;
  map.canvas.height = map.high * ratio;
  map.ratio = ratio;
}
