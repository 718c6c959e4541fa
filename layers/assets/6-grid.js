/* The key of classes that run two ways: a square of colours, the highest row on top, and beside it what each way means. */

function drawGrid(box) {
  const { across, up, wide } = state.grid, cells = document.createElement("div");
  cells.className = "fh-cells";
  cells.style.gridTemplateColumns = `repeat(${wide}, auto)`;
  for (let first = state.labels.length - wide; first >= 0; first -= wide) {
    for (let i = first; i < first + wide; i++) cells.append(cell(i));
  }
  box.append(text("div", up + " \u2191", "fh-up"), cells, text("div", across + " \u2192", "fh-across"));
}

function cell(i) {
  const count = state.counts[i].toLocaleString("en-GB"), made = text("span", count, "fh-cell");
  const seen = onPaper(state.colours[i]);
  made.style.background = `rgb(${seen})`;
  made.style.color = lightness(seen) > EVEN ? INK : PAPER;
  made.title = state.labels[i];
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", state.labels[i] + ": " + count);
  return made;
}

// A colour as it looks at the map's strength: red, green and blue, 0 to 255.
const onPaper = (colour) => [1, 3, 5].map((at) => {
  return Math.round(255 + (parseInt(colour.slice(at, at + 2), 16) - 255) * state.opacity);
});

// Relative luminance (WCAG 2), and where INK and PAPER stand out alike.
const lightness = ([r, g, b]) => 0.2126 * (r / 255) ** 2.2 + 0.7152 * (g / 255) ** 2.2 + 0.0722 * (b / 255) ** 2.2;
const EVEN = 0.21;
