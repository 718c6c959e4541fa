/* Hatching: a class can be told from its neighbours without its colour.

   The darker a class, the more ink its hatching has, and neighbours run in different directions. Where classes run two
   ways, lines down stand for the one way and lines across for the other. */
const DARK = "#0b1118", LIGHT = "#ffffff", EVEN_LIGHT = 0.3;

// From plain to dense: which lines, how far apart and how wide (pixels of a screen 1,080 high).
const KINDS = [
  ["", 0, 0],
  [".", 20, 3.4],
  ["/", 22, 1.8],
  ["\\", 17, 2],
  ["|", 14, 2.2],
  ["-", 12, 2.4],
  ["+", 17, 2.4],
  ["/", 10, 3],
  ["x", 15, 2.8],
  ["+", 10, 3],
];
const GRID_APART = [0, 20, 10];

const lightnessOf = (colour) => {
  const [r, g, b] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

function lines(pen, kind, apart) {
  const line = (...ends) => { pen.moveTo(ends[0], ends[1]); pen.lineTo(ends[2], ends[3]); };
  if (kind === ".") { pen.arc(apart / 2, apart / 2, pen.lineWidth / 2, 0, 2 * Math.PI); pen.fill(); }
  if ("/x".includes(kind)) for (const x of [-apart, 0, apart]) line(x, apart, x + apart, 0);
  if ("\\x".includes(kind)) for (const x of [-apart, 0, apart]) line(x, 0, x + apart, apart);
  if ("|+".includes(kind)) line(apart / 2, 0, apart / 2, apart);
  if ("-+".includes(kind)) line(0, apart / 2, apart, apart / 2);
  pen.stroke();
}

const common = (a, b) => (b ? common(b, a % b) : a);

// A tile of one class; `marks` are kinds of lines with how far apart they are, and how wide.
function tile(colour, marks, scale) {
  const aparts = marks.map(([, apart]) => Math.max(4, Math.round(apart * scale)));
  const side = aparts.reduce((a, b) => (a * b) / common(a, b), 1);
  const made = document.createElement("canvas"), pen = made.getContext("2d");
  made.width = made.height = side;
  pen.fillStyle = colour;
  pen.fillRect(0, 0, side, side);
  pen.fillStyle = pen.strokeStyle = lightnessOf(colour) > EVEN_LIGHT ? DARK : LIGHT;
  marks.forEach(([kind, , wide], i) => {
    pen.lineWidth = Math.max(1, wide * scale);
    for (let x = 0; x < side; x += aparts[i]) for (let y = 0; y < side; y += aparts[i]) {
      pen.save();
      pen.translate(x, y);
      pen.beginPath();
      pen.rect(0, 0, aparts[i], aparts[i]);
      pen.clip();
      pen.beginPath();
      lines(pen, kind, aparts[i]);
      pen.restore();
    }
  });
  return made;
}

// What is hatched on class `of`, the lowest first; -1 is "no data".
function marksOf(of, state) {
  if (of < 0) return [["x", 26, 1.6]];
  if (state.grid) {
    const across = GRID_APART[of % state.grid.wide], up = GRID_APART[Math.floor(of / state.grid.wide)];
    return [["|", across, 2.4], ["-", up, 2.4]].filter(([, apart]) => apart);
  }
  const many = state.colours.length, light = state.colours.map(lightnessOf);
  const darker = light.filter((each, i) => each > light[of] || (each === light[of] && i < of)).length;
  const kind = KINDS[many > 1 ? Math.round((darker * (KINDS.length - 1)) / (many - 1)) : 0];
  return kind[0] ? [kind] : [];
}

const tiles = new Map();

function tileOf(of, state, scale) {
  const colour = of < 0 ? LIGHT : state.colours[of], marks = marksOf(of, state);
  const name = JSON.stringify([colour, marks, scale]);
  if (!tiles.has(name)) tiles.set(name, tile(colour, marks, scale));
  return tiles.get(name);
}
