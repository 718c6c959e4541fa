/* Words on the map and under it: what is hovered over, names of places, the key. */

function text(tag, words, className) {
  const made = document.createElement(tag);
  made.textContent = words;
  if (className) made.className = className;
  return made;
}

function hover(words, at) {
  if (!words) return unhover();
  tip.setContent(words).setLatLng(at);
  if (!map.hasLayer(tip)) tip.addTo(map);
}

const unhover = () => tip.remove();

function areaWords(path) {
  if (!state || !inFocus(path.area)) return null;
  const box = document.createElement("div"), raw = state.numbers[path.area];
  box.append(text("b", areaName(level, path.area)));
  box.append(text("div", raw !== null ? state.label + ": " + number(raw) : state.label + ": no data"));
  if (state.grid && state.of[path.area] >= 0) box.append(text("div", state.labels[state.of[path.area]]));
  if (areas[level].approximate[path.area] === "1") box.append(text("i", "Outline approximate"));
  return box;
}

function number(raw) {
  const form = state.number;
  let shown = (Math.abs(raw) / Math.pow(10, form.decimals)).toLocaleString("en-GB", {
    minimumFractionDigits: form.decimals, maximumFractionDigits: form.decimals });
  if (form.trimmed) shown = shown.replace(/\.0+$/, "");
  return form.before + (raw < 0 ? "-" : form.signed ? "+" : "") + shown + form.after;
}

function drawLabels() {
  labels.clearLayers();
  const zoom = map.getZoom(), taken = [], frame = map.getBounds();
  put(areas.district.label, areas.district.names, "fh-label-district", 7.5);
  if (zoom >= 12) put(areas.msoa21.label, areas.msoa21.local, "fh-label", 5.6);

  function put(points, names, className, perLetter) {
    points.forEach((at, i) => {
      if (!frame.contains(at)) return;
      const p = map.latLngToContainerPoint(at), half = own.big() * ((names[i].length * perLetter) / 2 + 4);
      const line = 9 * own.big(), box = [p.x - half, p.y - line, p.x + half, p.y + line];
      if (taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])) return;
      taken.push(box);
      const icon = L.divIcon({ className: className, html: text("span", names[i]), iconSize: [0, 0] });
      labels.addLayer(L.marker(at, { icon: icon, pane: "fh-labels", interactive: false, keyboard: false }));
    });
  }
}

function addKey() {
  key = document.createElement("section");
  key.className = "fh-key";
  key.setAttribute("aria-label", "Key to the map");
  map.getContainer().after(key);
}

function entry(words, count, paint) {
  const box = document.createElement("div"), swatch = document.createElement("span");
  swatch.className = "fh-swatch";
  paint(swatch);
  box.append(swatch, text("span", words, "fh-words"));
  if (count !== null) box.append(text("span", count.toLocaleString("en-GB"), "fh-count"));
  return box;
}

function drawKey() {
  const classes = document.createElement("div"), dots = document.createElement("div");
  classes.className = state.grid ? "fh-two-ways" : "fh-classes";
  dots.className = "fh-dots";
  if (state.grid) drawGrid(classes);
  else state.labels.forEach((words, i) => classes.append(entry(words, state.counts[i], (swatch) => {
    swatch.style.background = state.colours[i];
    swatch.style.opacity = state.opacity;
  })));
  if (state.missing) classes.append(entry("no data", state.missing, (swatch) => swatch.classList.add("fh-hatched")));
  for (const group of state.places.groups) dots.append(entry(group.title, group.count, (swatch) => {
    const art = document.createElement("canvas"), half = Math.round(8 * own.big());
    art.width = art.height = 2 * half;
    outlineOf(art.getContext("2d"), group.shape, half, half, 5.5 * own.big());
    paintMarker(art.getContext("2d"), group.colour, true);
    swatch.className = "fh-dot";
    swatch.append(art);
  }));
  keyOfTold(dots);
  const seen = placesGroup.getLayers().map((marker) => marker.options);
  if (seen.some((as) => !as.firm && !as.suggested)) dots.append(text("div", "Hollow: not confirmed, or only roughly known"));
  if (seen.some((as) => as.suggested)) dots.append(text("div", "Small and dashed: suggested, not yet checked"));
  const heading = text("div", "", "fh-heading");
  heading.append(text("b", state.grid ? state.grid.heading : state.label), " (" + state.unit + ")");
  key.classList.toggle("fh-compact", state.compact);
  key.replaceChildren(heading, classes, dots, text("div", state.note, "fh-note"));
  own.keyed(key, state);
}

