/* What is drawn on: the outlines, which arrive once, and what each is called.

   These files are served as one script, in the order of their numbers, inside one function; so they share names.
   Words from data are only ever set as text, never as HTML. */
const fh = (window.foothold = {});
const LEVELS = ["lsoa21", "msoa21", "district"];
const NARROW = 560, NARROW_HEIGHT = 430;
const INK = "#1b2430", OUTSIDE = "#e9ecef", PAPER = "#ffffff";
let map, canvas, areasGroup, placesGroup, outlines, labels, tip, key, mark, selection;
let areas = {}, drawn = {}, level = null, state = null, viewKey = null, untouched = false;

fh.setAreas = (given) => { areas = given; };

function corners(ring) {
  const out = [];
  let lat = 0, lng = 0;
  for (let i = 0; i < ring.length; i += 2) {
    lat += ring[i]; lng += ring[i + 1];
    out.push([lat / areas.steps, lng / areas.steps]);
  }
  return out;
}

const latlngs = (shape) => shape.map((rings) => rings.map(corners));

function pathsOf(name) {
  if (drawn[name]) return drawn[name];
  drawn[name] = areas[name].shapes.map((shape, i) => {
    const path = L.polygon(latlngs(shape), { renderer: canvas, smoothFactor: 0.4, bubblingMouseEvents: false });
    path.area = i;
    path.toGeoJSON = () => clicked("area", areas[name].codes[i]);
    return path;
  });
  return drawn[name];
}

// A click is told to the server as a kind and a code; the time makes a second click on one place count.
function clicked(kind, code) {
  return { type: "Feature", geometry: null, properties: { kind: kind, code: code, at: Date.now() } };
}

function areaName(name, i) {
  const set = areas[name];
  if (name !== "lsoa21") return set.local ? set.local[i] : set.names[i];
  return areas.msoa21.local[set.msoa[i]] + " (" + set.names[i] + ")";
}

