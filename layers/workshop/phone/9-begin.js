/* A tablet that goes from hand to hand: it thanks, and clears itself for the next person. And how it all begins. */
var CLEARS_AFTER = 45, WARNS_FOR = 20;
var thanks = byId("thanks"), idle = 0, clearing = false;

function thanking() { return TABLET && !thanks.hidden; }

// What was under the thanks, or under a question whether someone is there.
function unveil() {
  if (!TABLET) return;
  thanks.hidden = true;
  task.hidden = nav.hidden = false;
  idle = 0;
}

function showThanks(on) {
  thanks.hidden = !on;
  tell(byId("thanked"), say("thanks"));
  task.hidden = nav.hidden = on && !over;
  idle = 0;
  tell(byId("clears"), "");
  if (on) thanks.focus();
  if (!on) show(facts);
}

// All that this person sent is with the server, and nothing is being written.
function allSent() {
  if (TABLET && !waiting().length && !anyDirty() && slots.some(function (slot) { return slot.kept; })) showThanks(true);
}

function touched() { idle = 0; }

// Seconds are counted, not read from a clock, which may be wrong.
function second() {
  var left = CLEARS_AFTER - (idle += 1), used = thanking() || anyDirty() || slots.some(function (slot) { return slot.kept; });
  if (clearing) return;
  if (!used) { idle = 0; return; }
  if (!thanking() && left <= WARNS_FOR) { warn(); left = CLEARS_AFTER - idle; }
  if (thanking()) byId("clears").textContent = say("clears", { n: Math.max(0, left) });
  if (left <= 0) clear();
}

// Asks whether someone is still there, over what they are writing.
function warn() {
  tell(byId("thanked"), say("still"));
  thanks.hidden = false;
  task.hidden = nav.hidden = true;
  thanks.focus();
}

// Nothing of this person stays on the screen; what they sent goes on being sent, and only then the next one begins.
function clear() {
  if (clearing) return;
  clearing = ending = true;
  if (asking) asking.stop();
  thanks.hidden = false;
  task.hidden = nav.hidden = true;
  writing = {};
  slots = [];
  task.textContent = "";
  one(thanks, ".do").hidden = true;
  tell(byId("clears"), say("clearing"));
  next(0);
}

function next(tries) {
  function later() { setTimeout(function () { next(tries + 1); }, pause(tries)); }
  if (waiting().length) { send(); later(); return; }
  ask("POST", BASE + "/next?" + CARRIED.slice(1), {}, 12, function (status, reply) {
    if (status === 404 && reply) { putBack({ out: [], drafts: {} }); nothingLeft(); return; }
    if (status !== 200 || !reply || !reply.ok) { later(); return; }
    putBack({ out: [], drafts: {} });
    window.location.replace(BASE + "?" + CARRIED.slice(1));
  });
}

if (TABLET) {
  tell(byId("stay"), say("stay"));
  on(byId("go"), "click", clear);
  on(byId("stay"), "click", function () { showThanks(false); one(task, "h1").focus(); });
  each(["touchstart", "mousedown", "keydown", "input"], function (name) {
    on(document, name, function () { if (!clearing) touched(); });
  });
  setInterval(second, 1000);
}

// A page that the browser kept from before is an old one.
on(window, "pageshow", function (event) { if (event.persisted) window.location.reload(); });

root.className += " js";
takeUp(facts.key, facts.asked);
nav.seen = nav.innerHTML;
if (data(body, "map")) fetchOutlines();
tellOfNews();
sendNow();
poll(facts.version);
