/* Live: asks the server again and again how the room stands, and shows it, but never takes away what is being written. */
var facts = JSON.parse(byId("facts").textContent);
var news = byId("news"), bar = byId("bar"), line = byId("line"), nav = byId("others");
var wish = facts.asked && facts.scene && facts.asked !== facts.scene.id ? facts.asked : "";
var asking = null, missed = 0, pollTimer = 0, ending = false, fresh = null, leaving = false, staying = false, cut = false;

function poll(after) {
  if (ending) return;
  clearTimeout(pollTimer);
  if (asking) asking.stop();
  asking = ask("GET", BASE + "/now?after=" + after + "&scene=" + wish + CARRIED, null, 14, function (status, reply, wait) {
    asking = null;
    if (status === 200 && reply && reply.version !== undefined) {
      if (cut) { tell(line, ""); sendNow(); }
      cut = false;
      missed = 0;
      show(reply);
      pollTimer = setTimeout(function () { poll(facts.version); }, 20);
      return;
    }
    if (status === 404 && reply) { gone(); return; }
    if (status === 401 && missed < 3) joinAgain(function () {});
    else noConnection(status === 401 ? reply.words : say("offline"));
    pollTimer = setTimeout(function () { poll(facts.version); }, Math.max(wait * 1000, pause(missed)));
    missed += 1;
  });
}

function noConnection(words) {
  cut = true;
  tell(line, words);
}

// The session was deleted. What is being written, or on its way, stays; nothing else here would be true any more.
function gone() {
  ending = true;
  each(waiting(), function (answer) {
    taken(answer);
    refused(answer, "", {});
  });
  tell(line, "");
  nav.textContent = "";
  if (!anyDirty()) { nothingLeft(); return; }
  closeKindly(say("lost_writing"));
  tellOfNews();
}

function nothingLeft() {
  var link;
  over = "";
  slots = [];
  task.textContent = bar.textContent = "";
  one(document, "footer").hidden = true;
  make("h1", task, "", say("lost")).tabIndex = -1;
  make("p", task, "", say("lost_more"));
  link = make("a", make("p", task), "", say("new_code"));
  link.href = "/j" + CARRIED.replace("&", "?");
  unveil();
  tell(news, say("lost"));
  one(task, "h1").focus();
}

// What was told. The question on the screen gives way to another only if nothing is being written into it.
function show(reply) {
  if (ending) return;
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

function askAgain() { setTimeout(function () { poll(-1); }, 50); }

// Who was let finish goes on with the room, after a moment to read that it was sent.
function finished() {
  if (!staying || busy()) return;
  tellOfNews();
  staying = false;
  wish = "";
  setTimeout(function () { if (!busy()) poll(-1); }, 3000);
}

function openAgain() {
  over = "";
  each(slots, function (slot) {
    slot.sendButton.hidden = false;
    one(slot.done, ".do").hidden = false;
    if (dirty(slot)) speak(slot, "");
  });
}

function replace(told) {
  var focused = task.contains(document.activeElement) || bar.contains(document.activeElement);
  leaving = false;
  task.innerHTML = told.task;      // written by our own templates, which escape whatever people wrote
  takeUp(told.key, told.asked);
  if (wish && wish !== told.asked) wish = "";
  tell(news, told.asked ? say("question", { text: one(task, "h1").textContent }) : one(task, "h1").textContent);
  if (focused) one(task, "h1").focus();
  window.scrollTo(0, 0);
}

function showOthers(html) {
  var link = document.activeElement && data(document.activeElement, "scene"), again;
  if (nav.seen === html) return;
  nav.seen = html;
  nav.innerHTML = html;
  again = link && one(nav, '[data-scene="' + link + '"]');
  if (again) again.focus();
}

// A bar says that the room has gone on, and lets people finish first.
function tellOfNews() {
  var next = !ending && facts.scene && facts.scene.asking && facts.scene.id !== asked ? facts.scene.id : "";
  var text = next ? say("another") + (!over && anyDirty() ? " " + say("finish") : "") : "";
  var key = text + over + next;
  if (bar.seen === key) return;
  bar.seen = key;
  bar.textContent = "";
  if (over) make("span", bar, "", over + " ");
  if (text) make("span", bar, "", text + " ");
  if (!text && !over) return;
  make("button", bar, "", say(over ? next ? "put_away_go" : "put_away" : "go_to_it")).addEventListener("click", function () {
    if (over) each(slots, function (slot) { setDraft(draftName(slot), undefined); });
    goTo("");
  });
}

function goTo(scene) {
  if (ending) { nothingLeft(); return; }
  unveil();
  leaving = true;
  staying = false;
  wish = scene;
  shownKey = "";
  task.tabIndex = -1;
  task.focus();
  poll(-1);
}

on(nav, "click", function (event) {
  var scene = event.target.getAttribute && data(event.target, "scene");
  if (!scene) return;
  event.preventDefault();
  goTo(scene);
});

on(window, "online", function () { missed = 0; sendNow(); poll(-1); });
on(window, "offline", function () { noConnection(say("offline")); each(waiting(), onItsWay); });
on(document, "visibilitychange", function () { if (!document.hidden && missed) poll(-1); });
