/* What every key does, in both windows alike. Clickers send arrows, PageUp and PageDown, and B or a full stop. */
const SECOND_DIGIT_MS = 600;
let digits = "", digitsTimer = null;

const last = () => helm.scenes.length - 1;
const asked = () => { const scene = helm.scene(); return scene && scene.question ? scene.id : null; };

// To show a scene also lifts what lies over it, so that a clicker alone is enough.
function show(position, pressed) {
  const to = Math.max(0, Math.min(position, last()));
  const wanted = [...(to === helm.state().scene ? [] : [["show", to]]), ...over()];
  if (wanted.length) helm.set(wanted, pressed);
  else helm.back();
}

// What lies over the map: the way to join, or nothing at all.
const over = () => ["joining", "blank"].filter((each) => helm.state()[each]).map((each) => [each, false]);

const flip = (what) => (pressed) => helm.set([[what, !helm.state()[what]]], pressed);

const DO = {
  next: (pressed) => show(helm.state().scene + 1, pressed),
  back: (pressed) => show(helm.state().scene - 1, pressed),
  first: (pressed) => show(0, pressed),
  last: (pressed) => show(last(), pressed),
  blank: flip("blank"),
  joining: flip("joining"),
  small: flip("small"),
  ask: (pressed) => { if (asked()) helm.set([["ask " + asked(), !helm.state().asking.has(asked())]], pressed); },
  reveal: (pressed) => { if (asked()) helm.set([["reveal " + asked(), !helm.state().revealed.has(asked())]], pressed); },
  hatch: () => helm.prefer("hatch", !helm.prefers.hatch),
  words: () => helm.prefer("wall", helm.prefers.wall + 1),
  find: () => helm.find(),
  keys: () => helm.keys(),
  full: () => helm.full(),
  escape: () => helm.escape(),
};

const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back", Home: "first", End: "last",
  b: "blank", ".": "blank", j: "joining", m: "small", o: "ask", r: "reveal", p: "hatch", w: "words",
  "/": "find", s: "find", h: "keys", "?": "keys", f: "full", Escape: "escape",
};
const TURNS = new Set(["next", "back"]);

// Two digits make one number where there are that many scenes.
function digit(key, pressed) {
  clearTimeout(digitsTimer);
  digits += key;
  const jump = (at) => { const to = Number(digits); digits = ""; if (to >= 1 && to <= last() + 1) show(to - 1, at); };
  if (Number(digits) * 10 > last() + 1 || digits.length > 1) jump(pressed);
  else digitsTimer = setTimeout(() => jump(), SECOND_DIGIT_MS);
}

const typing = (target) => target.closest && target.closest("input, textarea, select, [contenteditable]");
const pressable = (target) => target.closest && target.closest("button, a, summary, label");

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.altKey || e.metaKey) return;
  if (e.key === "Escape") { helm.escape(); return; }
  if (typing(e.target) && !/^Page(Up|Down)$/.test(e.key)) return;     // these a clicker sends, wherever the cursor is
  if ((e.key === " " || e.key === "Enter") && pressable(e.target)) return;
  if (/^[0-9]$/.test(e.key)) { digit(e.key, e.timeStamp); e.preventDefault(); return; }
  if (helm.scrolls && /^Arrow(Up|Down)$/.test(e.key)) return;
  const what = e.key === " " && e.shiftKey ? "back" : KEYS[e.key] || KEYS[e.key.toLowerCase()];
  if (!what || (e.repeat && !TURNS.has(what))) return;
  e.preventDefault();
  DO[what](e.timeStamp);
});

document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-do]");
  if (button) DO[button.dataset.do](e.timeStamp);
});

// What the windows of one browser agree on among themselves: hatching, the page of the words, which address is shown.
const KEPT_AS = "foothold " + ID + " ";
helm.prefers = { hatch: false, wall: 0, join: 0 };
for (const name of ["hatch", "join"]) {
  try { helm.prefers[name] = JSON.parse(localStorage.getItem(KEPT_AS + name)) || helm.prefers[name]; } catch (unset) { /* no storage */ }
}

helm.prefer = function (name, value) {
  helm.prefers[name] = value;
  try { localStorage.setItem(KEPT_AS + name, JSON.stringify(value)); } catch (full) { /* then only until it is closed */ }
  helm.tell("prefer", { name, value });
  changed(null, "prefers");
};

helm.on.prefer = ({ name, value }) => {
  helm.prefers[name] = value;
  changed(null, "prefers");
};
