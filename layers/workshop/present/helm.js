/* How the room stands, as this window knows it: what the server last said, and over it what was done here and in the
   other windows of this browser and has not reached the server yet.

   A window changes at once from what it has and tells the server after; what cannot be told waits and is told later.
   Everything that may be done sets one thing to a value, so to tell it twice, or only the last of several, is no harm. */
const ID = document.body.dataset.session, HERE = "/present/" + ID + "/";
const ME = Math.random().toString(36).slice(2), AGAIN_MS = 2000, ORPHANED_MS = 5000, POST_MS = 8000, POLL_SECONDS = 20;
const FINAL = new Set([400, 409, 413, 415]);          // replies that to ask again would not change

const helm = {
  scenes: [],
  server: JSON.parse(document.body.dataset.state),     // {live, made, state}, as last heard
  news: { people: null, held: [], hidden: [] },
  results: new Map(),                                  // by scene, as last heard; null where the room does not see them
  unsent: new Map(),                                   // name -> {value, stamp, by, told, heard}
  connected: true,
  refused: "",
  listeners: [],
  on: {},                                              // what other windows tell, by kind
  channel: new BroadcastChannel("foothold " + ID),
};

// What is done, as the server takes it.
function asPost(name, { value, told }) {
  const [what, which] = name.split(" ");
  if (what === "show") return { do: "show", scene: value };
  if (what === "life") return { do: value === "open" ? "open" : "end" };
  if (what === "ask" || what === "reveal") return { do: what, scene_id: which, on: value };
  if (what === "seen") return { do: "moderate", answer: which, seen: value, turn: told };
  return { do: what, on: value };
}

// The state as it is to be shown.
helm.state = function () {
  const state = Object.assign({}, helm.server.state);
  state.asking = new Set(state.asking);
  state.revealed = new Set(state.revealed);
  for (const [name, { value }] of helm.unsent) {
    const [what, which] = name.split(" ");
    if (what === "show") state.scene = value;
    else if (what === "ask") state.asking[value ? "add" : "delete"](which);
    else if (what === "reveal") state.revealed[value ? "add" : "delete"](which);
    else if (what !== "seen") state[what] = value;
  }
  state.scene = Math.max(0, Math.min(state.scene, helm.scenes.length - 1));
  return state;
};

helm.scene = () => helm.scenes[helm.state().scene];
helm.onChange = (listener) => helm.listeners.push(listener);
const changed = (pressed, why) => { for (const listener of helm.listeners) listener(pressed, why); };

// Do something: here at once, in the other windows a moment later, on the server when it can be reached.
helm.set = function (wanted, pressed) {
  const stamp = Date.now();
  for (const [name, value, told] of wanted) {
    helm.unsent.delete(name);
    helm.unsent.set(name, { value, told, stamp, by: ME, heard: stamp });
  }
  helm.channel.postMessage({ kind: "set", wanted, stamp, by: ME, pressed: performance.timeOrigin + (pressed || performance.now()) });
  changed(pressed || performance.now(), "set");
  setTimeout(send, 0);
};

// Words between the windows alone.
helm.tell = (kind, more) => helm.channel.postMessage(Object.assign({ kind }, more));

function overheard({ data }) {
  if (data.kind === "set") {
    for (const [name, value, told] of data.wanted) {
      const mine = helm.unsent.get(name);
      if (mine && mine.stamp > data.stamp) continue;
      helm.unsent.delete(name);
      helm.unsent.set(name, { value, told, stamp: data.stamp, by: data.by, heard: Date.now() });
    }
    if (!data.again) changed(data.pressed - performance.timeOrigin, "set");
  } else if (data.kind === "ack") {
    acknowledged(data.name, data.stamp, data.told, data.words);
  } else if (data.kind === "hello") announce();
  if (helm.on[data.kind]) helm.on[data.kind](data);
}

// The others keep what is not sent yet, too: should this window be closed before, one of them sends it.
function announce() {
  for (const [name, { value, told, stamp, by }] of helm.unsent) {
    if (by === ME) helm.tell("set", { wanted: [[name, value, told]], stamp, by, again: true, pressed: 0 });
  }
}

function acknowledged(name, stamp, told, words) {
  const waiting = helm.unsent.get(name);
  helm.refused = words;
  if (waiting && waiting.stamp <= stamp) helm.unsent.delete(name);
  if (told) heardState(told);
  changed(null, "server");
}

// Of two replies that crossed on their way, the one that was made first is dropped.
function heardState(told) {
  if (told.live < helm.server.live) return false;
  helm.server = { live: told.live, made: told.made || helm.server.made, state: told.state };
  return true;
}

let sending = false;

async function send() {
  if (sending) return;
  sending = true;
  try {
    for (let next; (next = mine());) await post(...next);
  } catch (lost) {
    connection(false);
    setTimeout(send, AGAIN_MS);
  }
  sending = false;
}

function mine() {
  const now = Date.now();
  for (const each of helm.unsent) if (each[1].by === ME || now - each[1].heard > ORPHANED_MS) return each;
  return null;
}

async function post(name, waiting) {
  const reply = await fetch(HERE + "do", { method: "POST", headers: { "Content-Type": "application/json",
    Accept: "application/json" }, signal: AbortSignal.timeout(POST_MS), body: JSON.stringify(asPost(name, waiting)) });
  if (!reply.ok && !FINAL.has(reply.status)) throw new Error("not now");
  const told = await reply.json(), state = told.ok ? told : null, words = told.ok ? "" : told.words;
  connection(true);
  acknowledged(name, waiting.stamp, state, words);
  helm.tell("ack", { name, stamp: waiting.stamp, told: state, words });
}

function connection(on) {
  if (helm.connected === on) return;
  helm.connected = on;
  if (!on) helm.server.live = -1;            // a server that was started again may count anew
  changed(null, "connection");
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Follow the server for ever; `more` is what this window asks for besides.
async function follow(more) {
  for (;;) {
    try {
      const signal = AbortSignal.timeout(1000 * POLL_SECONDS);
      const reply = await fetch(HERE + "live?after=" + helm.server.live + more, { signal, headers: { Accept: "application/json" } });
      if (reply.status >= 500) throw new Error("not now");
      const told = await reply.json();
      if (reply.status === 403) return close();
      if (!reply.ok) {
        helm.refused = told.words;
        changed(null, "server");
        await pause(AGAIN_MS);
        continue;
      }
      const back = !helm.connected;
      connection(true);
      if (back) send();
      if (told.made !== helm.server.made) await load();
      if (heardState(told)) {
        helm.news = told;
        helm.results.set(told.of, told.results);
      }
      changed(null, "server");
    } catch (lost) {
      connection(false);
      await pause(AGAIN_MS);
    }
  }
}

const CLOSED = "This session is no longer open to this browser: it was deleted, or its link was changed. "
  + "Open the session’s page to go on.";
const DEAF = ["keydown", "click", "submit", "change", "mousemove", "fullscreenchange", "visibilitychange"];

// The key that opened this page opens it no more: nothing of the session stays in the window, and nothing is asked or done
// any more. Whoever waits for what comes of it waits for ever.
function close() {
  const said = made("div"), page = made("main");
  for (let timer = setTimeout(() => {}, 0); timer > 0; timer--) clearTimeout(timer);     // these end intervals, too
  for (const kind of DEAF) window.addEventListener(kind, (e) => e.stopImmediatePropagation(), true);
  helm.channel.close();
  helm.tell = () => {};
  Object.assign(helm, { scenes: [], places: [], listeners: [], news: { people: null, held: [], hidden: [] } });
  helm.results.clear();
  helm.unsent.clear();
  delete document.body.dataset.state;
  document.body.className = "refused";
  document.title = "No longer open";
  said.setAttribute("role", "alert");
  page.append(said);
  document.body.replaceChildren(page);
  said.append(made("h1", CLOSED));
  if (navigator.keyboard && navigator.keyboard.unlock) navigator.keyboard.unlock();      // Escape leaves full screen again
  return new Promise(() => {});
}

// All scenes with all that they show, so that nothing is asked for later; anew after they were prepared again.
async function load() {
  const [scenes, places] = await Promise.all(["scenes", "places"].map((each) => (
    fetch(HERE + each, { headers: { Accept: "application/json" } }))));
  if (scenes.status === 403) return scenes.json().then(close);
  if (!scenes.ok || !places.ok) throw new Error("not now");
  helm.places = await places.json();
  helm.scenes = await scenes.json();
  changed(null, "scenes");
}

helm.begin = async function (more) {
  helm.channel.onmessage = overheard;
  while (!helm.scenes.length) await load().catch(() => pause(AGAIN_MS));
  helm.tell("hello");
  setInterval(() => { announce(); send(); }, AGAIN_MS);
  follow(more);
};
