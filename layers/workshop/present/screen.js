/* The projector: the map, and beside it what is said, asked and answered. */
const unit = () => (window.innerWidth / 1920 + window.innerHeight / 1080) / 2;
const TIGHTEST = 7, PLACES_SHOWN = 8, SHRINK = 0.94, SMALLEST = 0.4, FRAMES = 6, ROOMY_GB = 8;
let stages = null, sceneDrawn = "", panelDrawn = "", seenPins = new Set(), pinsOf = "", wallDrawn = "";

const shownResults = (scene, state) => (state.revealed.has(scene.id) ? helm.results.get(scene.id) || null : null);

// The panel is drawn anew only where something in it is new; then it is made as tight as it has to be to fit.
function drawPanel(scene, state) {
  const question = scene.question, results = shownResults(scene, state), asking = question && state.asking.has(scene.id);
  const wanted = JSON.stringify([scene.id, results, asking, state.life, window.innerWidth, window.innerHeight]);
  if (wanted === panelDrawn) return;
  panelDrawn = wanted;
  $("title").textContent = scene.title;
  $("words").textContent = scene.words;
  $("words").hidden = !scene.words;
  $("question").hidden = !question;
  if (question) drawQuestion(question, results, asking);
  $("corner").hidden = !(asking || state.life === "ready");
  fit(question);
}

const HOW = {
  place: "Point to a place on your phone.", vote: "Choose on your phone.", rank: "Put these in order on your phone.",
  words: "Write on your phone.",
};

function drawQuestion(question, results, asking) {
  const options = made("ul", null, "options");
  for (const each of results ? [] : question.options) options.append(made("li", each));
  $("asked").textContent = question.text;
  $("how").textContent = asking ? HOW[question.kind] : results || helm.state().life === "ready" ? "" : "Answers are closed.";
  $("answers").replaceChildren(...(options.childNodes.length ? [options] : []), ...drawn(results, PLACES_SHOWN));
  $("summary").textContent = results && !results.words.length ? results.summary : "";
}

// Where there is a question, what was said before gives way to it, and elsewhere how to join; only then are the letters
// made smaller.
function fit(question) {
  const panel = $("panel");
  const full = () => panel.scrollHeight > panel.clientHeight + 1;
  panel.className = question ? "asks" : "";
  panel.style.removeProperty("--u");
  for (let tight = 1; tight <= TIGHTEST && full(); tight++) {
    panel.classList.add("t" + tight);
    if (tight === 2) $("words").hidden = Boolean(question) || !$("words").textContent;
  }
  for (let scale = SHRINK; scale > SMALLEST && full(); scale *= SHRINK) panel.style.setProperty("--u", scale * unit() + "px");
}

// Words cover the map, the newest first, as many as fit; W shows those before them.
function drawWall(scene, state) {
  const results = shownResults(scene, state), words = results ? [...results.words].reverse() : [];
  $("wall").hidden = !words.length;
  const wanted = JSON.stringify([words, helm.prefers.wall, window.innerWidth, window.innerHeight]);
  if (wanted === wallDrawn) return;
  wallDrawn = wanted;
  if (!words.length) return $("cards").replaceChildren();
  const pages = paged(words), page = helm.prefers.wall % pages.length;
  $("cards").replaceChildren(...pages[page].map((each) => made("li", each.text)));
  $("page").textContent = pages.length > 1 ? page + 1 + " of " + pages.length : "";
}

function paged(words) {
  const pages = [], cards = $("cards");
  for (let from = 0; from < words.length;) {
    cards.replaceChildren();
    let to = from;
    while (to < words.length) {
      cards.append(made("li", words[to].text));
      if (cards.scrollWidth > cards.clientWidth + 1 && to > from) break;
      to++;
    }
    pages.push(words.slice(from, to));
    from = to;
  }
  return pages;
}

const knownPins = (scene, state) => (shownResults(scene, state) || { pins: [] }).pins;

// Pins that were there when a scene was first shown are not new.
function pins(scene, state) {
  const results = shownResults(scene, state), found = knownPins(scene, state);
  const fresh = new Set(pinsOf === scene.id ? found.filter((each) => !seenPins.has(each.id)).map((each) => each.id) : []);
  if (results) pinsOf = scene.id; else pinsOf = "";
  seenPins = new Set(found.map((each) => each.id));
  return { pins: found, fresh };
}

function draw(pressed) {
  const state = helm.state(), scene = helm.scenes[state.scene];
  if (!scene) return;
  if (sceneDrawn !== scene.id) putAway();
  sceneDrawn = scene.id;
  const over = state.joining && !state.blank;
  $("blank").hidden = !state.blank;
  $("join").hidden = !over;
  $("show").inert = state.blank || over;
  for (const each of document.querySelectorAll("[data-way]")) each.hidden = Number(each.dataset.way) !== helm.prefers.join;
  stages.show(state.scene, pins(scene, state));
  drawPanel(scene, state);
  drawWall(scene, state);
  painted(scene, state, pressed);
}

// When the second frame after a change begins, the change has been painted.
function painted(scene, state, pressed) {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (pressed !== null) window.footholdChange = performance.now() - pressed;
    document.body.dataset.scene = state.scene;
    document.body.dataset.painted = scene.step.key;
  }));
}

// With three maps the scenes on either side are ready; with six, on a computer with room for them, most of a story.
function moreFrames() {
  const box = $("stages"), frames = box.querySelectorAll("iframe");
  const more = navigator.deviceMemory >= ROOMY_GB ? FRAMES - frames.length : 0;
  for (let i = 0; i < more; i++) {
    const frame = frames[0].cloneNode();
    frame.title = "Map " + (frames.length + i + 1);
    box.prepend(frame);
  }
}

// A projector does not go to sleep, where the browser lets a page ask for that.
function stayAwake() {
  if (navigator.wakeLock && document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {});
}

async function begin() {
  borrowFont(document);
  moreFrames();
  stages = stagesIn([...document.querySelectorAll("#stages iframe")], unit, false, (i) => knownPins(helm.scenes[i], helm.state()));
  document.documentElement.style.setProperty("--u", unit() + "px");
  await helm.begin("&screen=yes");
  await stages.begin();
  window.addEventListener("resize", () => {
    document.documentElement.style.setProperty("--u", unit() + "px");
    draw(null);
  });
  helm.onChange((pressed, why) => {
    if (why === "scenes") { stages.forget(); panelDrawn = wallDrawn = ""; }
    draw(pressed);
  });
  draw(performance.now());
  stayAwake();
  document.addEventListener("visibilitychange", stayAwake);
  setInterval(() => helm.tell("screen"), 2000);
  helm.tell("screen");
}

begin();
