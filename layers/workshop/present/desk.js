/* The presenter's desk: what is shown, what comes next, and everything that may be done about it. */
const QUIET_MS = 250, SCREEN_GONE_MS = 6000, PLACES_NAMED = 20, SMALL = 0.38;
let stages = null, previewTimer = null, sceneDrawn = "", screenSeen = 0;

const pressed = (what, on) => {
  for (const each of document.querySelectorAll('[data-do="' + what + '"]')) each.setAttribute("aria-pressed", String(Boolean(on)));
};

const LIFE = { ready: "Not open yet", open: "Open", ended: "Ended" };

function drawScene(scene, state) {
  const at = state.scene, next = helm.scenes[at + 1];
  if (sceneDrawn === scene.id) return;
  sceneDrawn = scene.id;
  $("position").textContent = "Scene " + (at + 1) + " of " + helm.scenes.length;
  $("title").textContent = scene.title;
  $("words").textContent = scene.words;
  $("next").textContent = next ? next.title : "this is the last scene";
  $("notes").replaceChildren(...(scene.notes || "No notes for this scene.").split("\n").map((each) => made("p", each)));
  $("told").textContent = scene.summary;
  $("sources").textContent = scene.sources.join(" ");
  $("change").textContent = "Scene " + (at + 1) + " of " + helm.scenes.length + ": " + scene.title;
  [...$("scenes").children].forEach((row, i) => {
    row.firstChild.setAttribute("aria-current", String(i === at));
    if (i === at) $("scenes").scrollTop = row.offsetTop - $("scenes").clientHeight / 2;
  });
  document.body.dataset.scene = at;
}

function drawControls(scene, state) {
  pressed("blank", state.blank);
  pressed("joining", state.joining);
  pressed("ask", state.asking.has(scene.id));
  pressed("reveal", state.revealed.has(scene.id));
  pressed("hatch", helm.prefers.hatch);
  pressed("small", state.small);
  for (const each of document.querySelectorAll(".asks")) each.disabled = !scene.question || (each.dataset.do === "ask" && state.life !== "open");
  $("life").textContent = LIFE[state.life];
  $("life").className = state.life;
  $("begin").hidden = state.life === "open";
  $("begin").textContent = state.life === "ended" ? "Open it again" : "Open to the room";
  $("end").hidden = state.life !== "open" || !$("sure").hidden;
  $("over").textContent = state.blank ? "The screen is blank" : state.joining ? "How to join is shown" : "";
  for (const each of document.querySelectorAll("[data-way]")) each.hidden = Number(each.dataset.way) !== helm.prefers.join;
  if ($("way")) $("way").value = helm.prefers.join;
}

function drawConnection() {
  const lost = !helm.connected || (helm.unsent.size && Date.now() - Math.min(...[...helm.unsent.values()].map((each) => each.stamp)) > 3000);
  $("connection").textContent = lost ? "Not connected; phones are not following. You can go on." : "Connected";
  $("connection").className = lost ? "lost" : "";
  $("refused").hidden = !helm.refused;
  $("refused").textContent = helm.refused;
}

function draw() {
  const state = helm.state(), scene = helm.scenes[state.scene];
  if (!scene) return;
  drawScene(scene, state);
  drawControls(scene, state);
  drawConnection();
  drawPeople();
  drawAnswers(scene, state);
  drawWords(scene);
  clearTimeout(previewTimer);
  previewTimer = setTimeout(() => preview(scene, state), QUIET_MS);
}

const pinsOf = (i) => (helm.results.get(helm.scenes[i].id) || { pins: [] }).pins;

// The small map may wait: the projector's comes first, and both may be painted by one processor.
function preview(scene, state) {
  stages.show(state.scene, { pins: pinsOf(state.scene), fresh: new Set() });
  document.body.dataset.painted = scene.step.key;
}

function listScenes() {
  $("scenes").replaceChildren(...helm.scenes.map((scene, i) => {
    const row = made("li"), button = made("button");
    button.append(made("b", i + 1), " ", made("span", scene.title));
    if (scene.question) button.append(made("span", "asks", "tag"));
    button.addEventListener("click", (e) => show(i, e.timeStamp));
    row.append(button);
    return row;
  }));
}

// ---- what is done here alone ----

helm.scrolls = true;      // here the arrows up and down scroll

helm.full = () => { $("refused").hidden = false; $("refused").textContent = "Press F in the projector’s window to make it full screen."; };
helm.keys = () => {
  $("keys").hidden = !$("keys").hidden;
  for (const each of document.querySelectorAll('[data-do="keys"]')) each.setAttribute("aria-expanded", String(!$("keys").hidden));
};
helm.find = () => { $("sought").select(); $("sought").focus(); };
helm.back = () => helm.tell("back");
helm.escape = () => {
  const wanted = over();
  if (document.activeElement === $("sought")) $("sought").blur();
  $("places").replaceChildren();
  $("said").textContent = "";
  helm.tell("back");
  if (wanted.length) helm.set(wanted);
};

function goTo(found) {
  const wanted = over();
  $("said").textContent = "Shown: " + found.label;
  $("sought").blur();                 // so that the next key is the room's again
  if (wanted.length) helm.set(wanted);
  helm.tell("found", { found });
}

$("find").addEventListener("submit", async (e) => {
  e.preventDefault();
  const { list, words } = await look($("sought").value);
  $("said").textContent = words;
  offer($("places"), list, goTo);
  if (list.length === 1) goTo(list[0]);
  else if (list.length) $("places").querySelector("button").focus();
});

$("begin").addEventListener("click", () => helm.set([["life", "open"]]));
$("end").addEventListener("click", () => { $("sure").hidden = false; $("end").hidden = true; $("no").focus(); });
$("no").addEventListener("click", () => { $("sure").hidden = true; draw(); $("end").focus(); });
$("yes").addEventListener("click", () => { $("sure").hidden = true; helm.set([["life", "ended"]]); $("begin").focus(); });
if ($("way")) $("way").addEventListener("change", () => helm.prefer("join", Number($("way").value)));
$("open-screen").addEventListener("click", (e) => {
  e.preventDefault();
  window.open("screen", "_blank", "noopener,popup,width=1280,height=720");
});

// ---- the clock ----

const BEGAN = "foothold " + ID + " began";

function began(anew) {
  try {
    if (anew || !localStorage.getItem(BEGAN)) localStorage.setItem(BEGAN, String(Date.now()));
    return Number(localStorage.getItem(BEGAN));
  } catch (unset) { return (helm.began = anew || !helm.began ? Date.now() : helm.began); }
}

function tick() {
  const seconds = Math.max(0, Math.floor((Date.now() - began(false)) / 1000)), two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
  $("elapsed").textContent = (hours ? hours + ":" + two(minutes) : minutes) + ":" + two(seconds % 60);
  $("screens").textContent = Date.now() - screenSeen < SCREEN_GONE_MS ? "The projector’s window is open." : "The projector’s window is not open on this computer.";
  drawConnection();
}

$("restart").addEventListener("click", () => { began(true); tick(); });
helm.on.screen = () => { screenSeen = Date.now(); };

async function begin() {
  borrowFont(document);
  stages = stagesIn([...document.querySelectorAll(".preview iframe")], () => SMALL, true, pinsOf);
  await helm.begin("");
  await stages.begin();
  listScenes();
  helm.onChange((at, why) => {
    if (why === "scenes") { stages.forget(); listScenes(); sceneDrawn = answersDrawn = ""; }
    draw();
  });
  draw();
  setInterval(tick, 1000);
  tick();
}

begin();
