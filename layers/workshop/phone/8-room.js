/* Live: asks the server again and again how the room stands, and shows it, but never takes away what is being written. */
var facts = JSON.parse(byId("facts").textContent);
var news = byId("news"), bar = byId("bar"), line = byId("line"), nav = byId("others");
var wish = facts.asked && facts.scene && facts.asked !== facts.scene.id ? facts.asked : "";
var asking = null, missed = 0, pollTimer = 0, ending = false, fresh = null, leaving = false, staying = false, cut = false;

function poll(after) {
  if (ending) return;
  window.clearTimeout(pollTimer);
  if (asking) asking.stop();
  asking = ask("GET", BASE + "/now?after=" + after + "&scene=" + wish + CARRIED, null, 14, function (status, reply, wait) {
    asking = null;
    if (status === 200 && reply && reply.version !== undefined) {
      if (cut) { tell(line, ""); sendNow(); }
      cut = false;
      missed = 0;
      show(reply);
      pollTimer = window.setTimeout(function () { poll(facts.version); }, 20);
      return;
    }
    if (status === 404 && reply) { gone(); return; }
    if (status === 401 && missed < 3) joinAgain(function () {});
    else noConnection(status === 401 ? reply.words : say("offline"));
    pollTimer = window.setTimeout(function () { poll(facts.version); }, Math.max(wait * 1000, pause(missed)));
    missed += 1;
  });
}

function noConnection(words) {
  cut = true;
  tell(line, words);
}

function gone() {
  ending = true;
  tell(line, say("lost"));
  if (anyDirty()) closeKindly(say("lost"));
}

// What was told. The question on the screen gives way to another only if nothing is being written into it.
function show(reply) {
  facts = reply;
  if (reply.task !== undefined) {
    fresh = reply;
    showOthers(reply.others);
  }
  if (thanking()) return;
  if (reply.key === shownKey) {
    if (over) openAgain();
  } else if (leaving || !busy()) {
    if (fresh && fresh.key === reply.key) replace(fresh); else askAgain();
  } else if (!reply.open.some(function (each) { return each.id === asked; })) {
    if (anyDirty()) closeKindly(say(reply.life === "ended" ? "over" : "closed"));
  } else if (anyDirty()) {
    staying = !wish;
    wish = asked;
    askAgain();
  }
  tellOfNews();
}

// Whether something of this question is still being written, or on its way.
function busy() {
  return anyDirty() || waiting().some(function (answer) { return answer.scene === asked; });
}

function askAgain() { window.setTimeout(function () { poll(-1); }, 50); }

// Who was let finish goes on with the room, after a moment to read that it was sent.
function finished() {
  if (!staying || busy()) return;
  staying = false;
  wish = "";
  window.setTimeout(function () { if (!busy()) poll(-1); }, 3000);
}

function openAgain() {
  over = "";
  each(slots, function (slot) {
    slot.sendButton.hidden = false;
    slot.done.querySelector(".do").hidden = false;
    if (dirty(slot)) speak(slot, "");
  });
}

function replace(told) {
  var focused = task.contains(document.activeElement) || bar.contains(document.activeElement);
  leaving = false;
  task.innerHTML = told.task;      // written by our own templates, which escape whatever people wrote
  takeUp(told.key, told.asked);
  if (wish && wish !== told.asked) wish = "";
  tell(news, told.asked ? say("question", { text: task.querySelector("h1").textContent }) : task.querySelector("h1").textContent);
  if (focused) task.querySelector("h1").focus();
  window.scrollTo(0, 0);
}

function showOthers(html) {
  var link = document.activeElement && document.activeElement.getAttribute("data-scene"), again;
  if (nav.seen === html) return;
  nav.seen = html;
  nav.innerHTML = html;
  again = link && nav.querySelector('[data-scene="' + link + '"]');
  if (again) again.focus();
}

// A bar says that the room has gone on, and lets people finish first.
function tellOfNews() {
  var next = facts.scene && facts.scene.asking && facts.scene.id !== asked ? facts.scene.id : "";
  var text = over ? "" : next ? say("another") + (anyDirty() ? " " + say("finish") : "") : "";
  var key = text + over + next;
  if (bar.seen === key) return;
  bar.seen = key;
  bar.textContent = "";
  if (text) make("span", bar, "", text + " ");
  if (over) make("span", bar, "", over + " ");
  if (text || over) {
    make("button", bar, "", over && !next ? say("put_away") : say("go_to_it")).addEventListener("click", function () { goTo(""); });
  }
}

function goTo(scene) {
  if (over) each(slots, function (slot) { setDraft(draftName(slot), undefined); });
  leaving = true;
  staying = false;
  wish = scene;
  shownKey = "";
  task.setAttribute("tabindex", "-1");
  task.focus();
  poll(-1);
}

nav.addEventListener("click", function (event) {
  var scene = event.target.getAttribute && event.target.getAttribute("data-scene");
  if (!scene) return;
  event.preventDefault();
  goTo(scene);
});

window.addEventListener("online", function () { missed = 0; sendNow(); poll(-1); });
window.addEventListener("offline", function () { noConnection(say("offline")); each(waiting(), onItsWay); });
document.addEventListener("visibilitychange", function () { if (!document.hidden && missed) poll(-1); });
