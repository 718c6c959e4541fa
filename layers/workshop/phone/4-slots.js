/* The forms of the question on the screen: one for each answer that a person may give. A form is open, or closed with
   the answer in words under it; what is typed into an open one is kept until it is sent. */
var task = byId("task"), slots = [], shownKey = "", asked = "", over = "";

function takeUp(key, scene) {
  shownKey = key;
  asked = scene;
  over = "";
  if (chart) chart.slot = chart.at = null;
  slots = all(task, "form.slot").map(slotOf);
  each(waiting(), function (answer) {     // what was sent from this phone before the page was loaded again
    if (answer.scene !== asked || slots.some(function (slot) { return slot.id === answer.id; })) return;
    each(slots.filter(function (slot) { return !slot.turn && !slot.claimed; }).slice(0, 1), function (slot) {
      slot.id = answer.id;
      slot.claimed = true;
    });
  });
  each(slots, begin);
  inSight();
}

function slotOf(form, place) {
  var kept = JSON.parse(data(form, "value"));
  return {
    form: form, place: place, kind: KINDS[data(form, "kind")], most: Number(data(form, "most")),
    id: form.elements.id.value || newId(), turn: Number(data(form, "turn")), kept: kept, open: !kept,
    fields: one(form, ".fields"), done: one(form, ".done"), mine: one(form, ".mine"),
    said: one(form, ".said"), sendButton: one(form, "button[type=submit]")
  };
}

function newId() {
  var id = "a";
  while (id.length < 17) id += "0123456789abcdef".charAt(Math.floor(Math.random() * 16));
  return id;
}

function begin(slot) {
  var form = slot.form, unsent, ours = waiting().filter(function (answer) { return answer.id === slot.id; })[0];
  form.noValidate = true;
  slot.safe = slot.kept;                  // what the server has
  slot.kind.begin(slot);
  slot.kind.fill(slot, null);
  slot.blank = slot.kind.read(slot);
  if (ours && ours.turn > slot.turn) {
    slot.turn = ours.turn;
    slot.kept = ours.value;
    slot.open = !slot.kept;
    speak(slot, say("sending"), "waits");
  }
  slot.kind.fill(slot, slot.kept);
  unsent = draft(draftName(slot));
  if (unsent) {
    slot.kind.fill(slot, unsent);
    slot.open = slot.sure = true;
  }
  on(form, "focusin", function () { placeMap(slot); });
  on(form, "input", function () { noteDraft(slot); });
  on(form, "change", function () { noteDraft(slot); });
  on(slot.sendButton, "click", function (event) { slot.hasty = event.detail > 1; });    // two taps are one
  on(form, "submit", function (event) { event.preventDefault(); submit(slot); });
  on(one(form, "button.change"), "click", function () { reopen(slot); });
  on(one(form, "button.back"), "click", function () { takeBack(slot); });
  draw(slot);
}

// One more form than there are answers, up to as many as one person may give; none more while one is being changed.
function inSight() {
  var filled = slots.filter(function (slot) { return slot.kept; }).length;
  var changing = slots.some(function (slot) { return slot.kept && slot.open; });
  each(slots, function (slot, i) {
    var hidden = (changing ? !slot.kept : i > filled) && !dirty(slot);
    slot.form.className = hidden ? "slot spare" : "slot";
  });
  placeMap();
}

function draw(slot) {
  slot.fields.hidden = !slot.open;
  slot.done.hidden = slot.open;
  tell(slot.sendButton, say(slot.kept ? "send_change" : "send"));
  if (!slot.open) tell(slot.mine, say("yours", { answer: slot.kind.words(slot, slot.kept) }));
}

function speak(slot, text, how) {
  slot.said.className = how ? "said " + how : "said";
  tell(slot.said, text);
}

function draftName(slot) { return asked + " " + slot.place; }

// Whether a form holds something that has not been sent. A list of which nothing is chosen is as blank as a map.
function dirty(slot) {
  var now = slot.kind.read(slot);
  return slot.open && !same(now, slot.kept || slot.blank) && (slot.kept || now.area !== "" || Boolean(now.note));
}
function anyDirty() { return slots.some(dirty); }

function noteDraft(slot) {
  setDraft(draftName(slot), dirty(slot) ? slot.kind.read(slot) : undefined);
  touched();
}

function reopen(slot) {
  slot.open = true;
  draw(slot);
  inSight();
  placeMap(slot);
  focusIn(slot.fields);
}

function focusIn(part) {
  var first = all(part, "button, input, select, textarea, .ground").filter(function (each) { return each.offsetWidth; })[0];
  if (first) first.focus();
}

// The same answer sent twice is one answer: a second tap finds the form closed, or nothing changed.
function submit(slot) {
  var value = slot.kind.read(slot), problem = slot.kind.problem(slot, value);
  if (over || !slot.open) return;
  if (problem) { speak(slot, problem, "wrong"); return; }
  problem = slot.kind.doubt ? slot.kind.doubt(slot) : "";
  if (problem) { speak(slot, problem, "waits"); return; }
  slot.open = false;
  setDraft(draftName(slot), undefined);
  if (!same(value, slot.kept)) {
    slot.turn += 1;
    slot.kept = value;
    speak(slot, say("sending"), "waits");
    put({ id: slot.id, scene: asked, turn: slot.turn, value: value });
  }
  draw(slot);
  inSight();
  one(slot.form, "button.change").focus();
  touched();
}

function takeBack(slot) {
  if (over) return;
  slot.turn += 1;
  slot.kept = null;
  slot.open = true;
  slot.sure = slot.unsure = false;
  slot.kind.fill(slot, null);
  setDraft(draftName(slot), undefined);
  speak(slot, say("sending"), "waits");
  put({ id: slot.id, scene: asked, turn: slot.turn, value: null });
  draw(slot);
  inSight();
  focusIn(slot.fields);
}

// ---- what became of an answer that was sent
function ofAnswer(answer) {
  return slots.filter(function (slot) { return slot.id === answer.id && slot.turn === answer.turn; })[0];
}

function arrived(answer, reply) {
  var slot = ofAnswer(answer);
  if (slot && reply.stands !== undefined) { elsewhere(slot, answer, reply.stands); return; }
  if (slot) slot.safe = answer.value;
  if (!cut) tell(line, "");
  if (slot) speak(slot, say(!answer.value ? "gone" : reply.seen === "held" ? "held" : "sent"));
  allSent();
  finished();
}

function onItsWay(answer) {
  var slot = ofAnswer(answer);
  if (slot) speak(slot, say(TABLET ? "kept_tablet" : "kept"), "waits");
}

// Another page of this phone has changed the answer since: how it stands, and what was done here to do again.
function elsewhere(slot, answer, stands) {
  if (!stands) slot.id = slot.form.elements.id.value = newId();
  slot.turn = stands ? stands.turn : 0;
  slot.kept = slot.safe = stands && stands.value;
  slot.open = !stands || Boolean(answer.value);
  slot.sure = true;
  slot.kind.fill(slot, answer.value || slot.kept);
  draw(slot);
  speak(slot, stands ? say("elsewhere", { answer: slot.kind.words(slot, stands.value) }) : say("elsewhere_gone"), "wrong");
  noteDraft(slot);
  inSight();
}

// What is refused is open again with all that was in it, and why.
function refused(answer, words, reply) {
  var slot = ofAnswer(answer);
  askAgain();
  if (!slot) {
    if (answer.scene === asked) return;      // a newer one of the same form is on its way
    keepLate(answer);
    tell(line, say("late") + " " + words);
    return;
  }
  if (reply.stands !== undefined) { elsewhere(slot, answer, reply.stands); return; }
  if (answer.value) slot.kind.fill(slot, answer.value);
  slot.kept = slot.safe;
  slot.open = true;
  draw(slot);
  speak(slot, words, "wrong");
  noteDraft(slot);
  inSight();
}

// What came too late, and has no form on the screen: where its form will be, should its question be opened again.
function keepLate(answer) {
  var ours = facts.mine.filter(function (each) { return each.scene === answer.scene; }).map(function (each) { return each.id; });
  var place = ours.indexOf(answer.id), name = answer.scene + " " + (place < 0 ? ours.length : place);
  if (answer.value && !draft(name)) setDraft(name, answer.value);
}

// The question is closed, or the session over, while something is being written: it stays on the screen.
function closeKindly(words) {
  over = words;
  each(slots, function (slot) {
    slot.sendButton.hidden = true;
    one(slot.done, ".do").hidden = true;
    if (dirty(slot)) speak(slot, "");
  });
}
