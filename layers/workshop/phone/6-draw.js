/* Drawing the map: land, the area of the pin, thin lines between areas and thick ones between districts, names, pins. */
function drawSoon(map) {
  if (map.due) return;
  map.due = true;
  (window.requestAnimationFrame || window.setTimeout)(function () { map.due = false; drawMap(map); }, 16);
}

function drawMap(map) {
  var pen = map.canvas.getContext("2d"), chosen = map.slot && map.slot.pin ? areaAt(map.slot.pin) : -1;
  if (!outlines || !map.wide) return;
  pen.setTransform(map.ratio, 0, 0, map.ratio, 0, 0);
  pen.fillStyle = OUTSIDE;
  pen.fillRect(0, 0, map.wide, map.high);
  each(outlines.lines, function (line) { line.drawn = line.at.map(function (at) { return toPixels(map, at); }); });
  fillRings(pen, function (line) { return line.left < 0 || line.right < 0; }, LAND);
  if (chosen >= 0) fillRings(pen, function (line) { return line.left === chosen || line.right === chosen; }, OURS);
  strokes(pen, function (line) { return !parts(line); }, THIN, 1);
  strokes(pen, parts, THICK, 2.5);
  names(map, pen);
  each(slots, function (slot, i) { if (slot !== map.slot && slot.kept && slot.kept.at) pinAt(map, pen, slot.kept.at, i + 1); });
  if (map.slot && map.slot.pin) pinAt(map, pen, map.slot.pin, 0);
  if (map.keys) cross(map, pen);
}

function parts(line) {
  return line.left < 0 || line.right < 0 || outlines.of[line.left] !== outlines.of[line.right];
}

function strokes(pen, which, colour, width) {
  pen.beginPath();
  each(outlines.lines, function (line) {
    if (!which(line)) return;
    each(line.drawn, function (at, i) { if (i) pen.lineTo(at[0], at[1]); else pen.moveTo(at[0], at[1]); });
  });
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.stroke();
}

// Lines are joined end to end into rings, which are then filled; a ring inside another stays empty.
function fillRings(pen, which, colour) {
  var left = outlines.lines.filter(which), ring, end, i, next;
  function corner(at) { return at[0] + " " + at[1]; }
  pen.beginPath();
  while (left.length) {
    ring = left.pop().drawn.slice();
    for (i = 0; i < left.length; i += 1) {
      end = corner(ring[ring.length - 1]);
      if (end === corner(ring[0])) break;
      next = left[i].drawn;
      if (corner(next[0]) === end || corner(next[next.length - 1]) === end) {
        ring = ring.concat(corner(next[0]) === end ? next.slice(1) : next.slice().reverse().slice(1));
        left.splice(i, 1);
        i = -1;
      }
    }
    each(ring, function (at, n) { if (n) pen.lineTo(at[0], at[1]); else pen.moveTo(at[0], at[1]); });
    pen.closePath();
  }
  pen.fillStyle = colour;
  pen.fill("evenodd");
}

// Names of districts, and nearer by those of neighbourhoods; none over another, nor over the buttons.
function names(map, pen) {
  var full = [[map.wide - 62, 0, map.wide, 118]];
  function write(text, at, size, weight, colour) {
    var pixel = toPixels(map, at), half, box;
    if (pixel[0] < 0 || pixel[1] < size || pixel[0] > map.wide || pixel[1] > map.high - size) return;
    pen.font = weight + " " + size + "px system-ui, sans-serif";
    half = pen.measureText(text).width / 2 + 3;
    pixel[0] = Math.max(half, Math.min(map.wide - half, pixel[0]));
    box = [pixel[0] - half, pixel[1] - size * 0.7, pixel[0] + half, pixel[1] + size * 0.7];
    if (full.some(function (b) { return b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3]; })) return;
    full.push(box);
    pen.strokeStyle = "rgba(255, 255, 255, .9)";
    pen.lineWidth = 4;
    pen.strokeText(text, pixel[0], pixel[1]);
    pen.fillStyle = colour;
    pen.fillText(text, pixel[0], pixel[1]);
  }
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  if (map.zoom < 12.5) each(outlines.districts, function (name, i) { write(name, outlines.towns[i], 17, 700, INK); });
  if (map.zoom >= NAMES_FROM) each(outlines.names, function (name, i) { write(name, outlines.labels[i], 14, 600, "#26313f"); });
}

// A pin stands on its point; those of other answers are numbered.
function pinAt(map, pen, at, number) {
  var pixel = toPixels(map, at), x = pixel[0], y = pixel[1];
  pen.beginPath();
  pen.moveTo(x, y);
  pen.bezierCurveTo(x - 4, y - 12, x - 14, y - 18, x - 14, y - 28);
  pen.arc(x, y - 28, 14, Math.PI, 0);
  pen.bezierCurveTo(x + 14, y - 18, x + 4, y - 12, x, y);
  pen.fillStyle = number ? "#55606f" : "#c2185b";
  pen.fill();
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 2.5;
  pen.stroke();
  pen.fillStyle = "#ffffff";
  if (number) {
    pen.font = "700 16px system-ui, sans-serif";
    pen.fillText(String(number), x, y - 27);
    return;
  }
  pen.beginPath();
  pen.arc(x, y - 28, 5, 0, 2 * Math.PI);
  pen.fill();
}

function cross(map, pen) {
  var x = map.wide / 2, y = map.high / 2;
  each([["#ffffff", 6], [ACCENT, 3]], function (style) {
    pen.beginPath();
    pen.moveTo(x - 18, y); pen.lineTo(x + 18, y);
    pen.moveTo(x, y - 18); pen.lineTo(x, y + 18);
    pen.strokeStyle = style[0];
    pen.lineWidth = style[1];
    pen.stroke();
  });
}
