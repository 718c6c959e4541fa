/* Answers as bars, places, ranks and words. Texts of people are only ever set as text. */

const NAMES = 8;
const $ = (id) => document.getElementById(id);

// The lettering of the application's other pages, where this server has it.
function borrowFont(page) {
  const at = document.body.dataset.font;
  if (at) page.fonts.add(new page.defaultView.FontFace("Source Sans", 'url("' + at + '")', { weight: "200 900" }));
}
window.borrowFont = borrowFont;


function made(tag, words, className) {
  const it = document.createElement(tag);
  if (words !== null && words !== undefined) it.textContent = words;
  if (className) it.className = className;
  return it;
}

// How much of the widest a bar takes; a number that is kept back has a bar of its own kind, the same for each.
function bar(count, most) {
  const track = made("span", null, "track"), fill = made("span", null, count === null ? "fill few" : "fill");
  fill.style.width = count === null ? "6%" : (most ? (100 * count) / most : 0) + "%";
  track.append(fill);
  return track;
}

function rowsOf(list, most, nameOf) {
  const top = Math.max(1, ...list.map((each) => each.count || 0)), box = made("ol", null, "bars");
  for (const each of list.slice(0, most)) {
    const row = made("li"), line = made("span", null, "line");
    line.append(made("span", nameOf(each), "label"), made("b", each.told, each.count === null ? "told few" : "told"));
    row.append(line, bar(each.count, top));
    box.append(row);
  }
  return box;
}

function ranked(ranks) {
  const box = made("ol", null, "ranks");
  for (const each of ranks) {
    const row = made("li"), said = made("span", null, "line");
    row.append(made("b", each.place, "place"));
    said.append(made("span", each.label, "label"), made("span", each.told, "told"));
    row.append(said);
    box.append(row);
  }
  return box;
}

// Results as a list of elements; `most`: how many places to name.
function drawn(results, most) {
  if (!results) return [];
  const out = [];
  if (results.bars.length) out.push(rowsOf(results.bars, results.bars.length, (each) => each.label));
  if (results.ranks.length) out.push(ranked(results.ranks));
  const told = results.areas.filter((each) => each.count !== null), few = results.areas.filter((each) => each.count === null);
  if (told.length) out.push(rowsOf(told, most, (each) => each.name));
  if (told.length > most) out.push(made("p", "and " + (told.length - most) + " more", "more"));
  if (few.length) out.push(made("p", "By fewer than 5 people each: " + some(few.map((each) => each.name)), "more"));
  return out;
}

function some(names) {
  const more = names.length - NAMES;
  return names.slice(0, NAMES).join("; ") + (more > 0 ? "; and " + more + " more" : "");
}
