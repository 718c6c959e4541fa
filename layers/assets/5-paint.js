/* One step: the classes, the mask and the selection that the server asks for. */

// The server's digits: signs that need no escape on their way here.
const DIGITS = "!#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^abcdefghijklmnopqrstuvwxyz|~";
const DIGIT = new Map(Array.from(DIGITS, (sign, digit) => [sign, digit]));

// The server's numbers: `several` of them below `kinds`, the first the lowest, are one number of `width` digits; the
// highest kind means that there is none.
function unpacked(packed) {
  const out = [];
  for (let at = 0; at < packed.text.length; at += packed.width) {
    let group = 0;
    for (let i = 0; i < packed.width; i++) group = group * DIGITS.length + DIGIT.get(packed.text[at + i]);
    for (let i = 0; i < packed.several && out.length < packed.count; i++) {
      const number = group % packed.kinds;
      out.push(number === packed.kinds - 1 ? null : number + packed.low);
      group = (group - number) / packed.kinds;
    }
  }
  return out;
}

// One of the server's truth values, six to a digit, the first the lowest; what was left off the end is false.
const bitOf = (bits, i) => (DIGIT.get(bits[Math.floor(i / 6)]) >> (i % 6)) & 1;

// Every area's class, 0 the lowest and -1 for no data: each told as a number; or by the number in which each class ends
// and, in turn, the areas and classes of which that is not true.
function classesOf(told, numbers) {
  if (told.of) return unpacked(told.of).map((of) => (of === null ? -1 : of));
  const of = numbers.map((number) => (number === null ? -1 : told.ends.findIndex((end) => told.way * number <= end)));
  for (let i = 0; i < told.but.length; i += 2) of[told.but[i]] = told.but[i + 1];
  return of;
}

const ALSO_IN_WORDS = ". The same figures stand in words and in a table under the map; open an area by keyboard with "
  + "the Find box.";

fh.paint = function (given) {
  state = given;
  state.numbers = unpacked(state.values);
  state.places.groups.forEach((group) => Object.assign(group, DRAWN[group.key]));
  state.of = classesOf(state.classes, state.numbers);
  if (level !== state.level) {
    areasGroup.clearLayers();
    level = state.level;
    pathsOf(level).forEach((path) => areasGroup.addLayer(path));
    placesGroup.bringToFront();
    onZoom();
  } else styleAreas();
  map.getContainer().setAttribute("aria-label", state.aria + own.aria());
  select(state.selected);
  outlineListed();
  loadPlaces();
  drawKey();
  showMark();
  drawSites();
  drawTold();
  moveTo();
  writeView();
  document.body.dataset.painted = state.key;
};

const inFocus = (i) => !state.focus.length || state.focus.includes(districtOf(i));
const districtOf = (i) => (level === "district" ? i : areas[level].district[i]);

// Beside neighbourhoods that are outlined the others are faded, so that the few are seen among the many.
const FADED = 0.4;

function styleAreas() {
  const edge = map.getZoom() < 11 ? 0.25 : 0.8;
  pathsOf(level).forEach((path, i) => {
    const seen = inFocus(i), of = state.of[i], faded = state.marked && !bitOf(state.marked, i) ? FADED : 1;
    path.setStyle({
      color: seen ? PAPER : "#c9ced6",
      weight: level === "lsoa21" ? edge : 1,
      dashArray: seen && areas[level].approximate[i] === "1" && map.getZoom() >= 12 ? "3 4" : null,
      fillColor: !seen ? OUTSIDE : own.fill(of, state) || (of < 0 ? hatching() : state.colours[of]),
      fillOpacity: seen ? state.opacity * faded : 0.55,
    });
  });
}

// A canvas takes a pattern wherever it takes a colour: "no data" is hatched, so it looks like no class.
function hatching() {
  if (fh.hatch) return fh.hatch;
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = "#7b8494";
  pen.lineWidth = 1.4;
  for (const x of [-8, 0, 8]) { pen.moveTo(x, 8); pen.lineTo(x + 8, 0); }
  pen.stroke();
  return (fh.hatch = pen.createPattern(tile, "repeat"));
}

fh.select = (code) => select(code);

function select(code) {
  const i = LEVELS.map((name) => [name, areas[name].codes.indexOf(code)]).find((found) => found[1] >= 0);
  selection.setLatLngs(i ? latlngs(areas[i[0]].shapes[i[1]]) : []);
}

