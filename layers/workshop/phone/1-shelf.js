/* The words, the replies of the server, and what this phone keeps. Written for phones of ten years ago: no let, no
   arrows, no promises. These files are joined in the order of their numbers inside one function, so they share names.
   Words from people are only ever set as text, never as HTML. */
var root = document.documentElement, body = document.body;
var WORDS = JSON.parse(byId("words").textContent);
var BASE = data(body, "base"), CARRIED = data(body, "query");
var TABLET = root.className.indexOf("tablet") >= 0;
var SHELF = "foothold " + BASE;
var inMemory = null;

function byId(id) { return document.getElementById(id); }
function data(element, name) { return element.getAttribute("data-" + name); }
function on(element, name, what) { element.addEventListener(name, what); }
function one(inside, selector) { return inside.querySelector(selector); }
function each(list, what) { Array.prototype.forEach.call(list, what); }
function all(inside, selector) { return Array.prototype.slice.call(inside.querySelectorAll(selector)); }
function same(a, b) { return JSON.stringify(a) === JSON.stringify(b); }

function say(key, parts) {
  return WORDS[key].replace(/\{(\w+)\}/g, function (whole, name) {
    return parts && parts[name] !== undefined ? parts[name] : whole;
  });
}

function make(tag, inside, name, text) {
  var made = document.createElement(tag);
  if (tag === "button") made.type = "button";
  if (name) made.className = name;
  if (text) made.textContent = text;
  if (inside) inside.appendChild(made);
  return made;
}

// A text that is said aloud only when it is another one.
function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// ---- what is kept: answers on their way, and what is being written. A tablet keeps no writing: others will use it.
function shelf() {
  var kept = null;
  try { kept = JSON.parse(window.localStorage.getItem(SHELF)); } catch (e) { kept = inMemory; }
  if (inMemory) kept = inMemory;
  return kept && kept.out && kept.drafts ? kept : { out: [], drafts: {} };
}

function putBack(kept) {
  try {
    if (kept.out.length || Object.keys(kept.drafts).length) window.localStorage.setItem(SHELF, JSON.stringify(kept));
    else window.localStorage.removeItem(SHELF);
    inMemory = null;
  } catch (e) {
    inMemory = kept;      // no room, or not allowed: then it lasts as long as the page
  }
}

var writing = {};
function draft(name) { return TABLET ? writing[name] : shelf().drafts[name]; }
function setDraft(name, value) {
  if (TABLET) { writing[name] = value; return; }
  var kept = shelf();
  if (value === undefined) delete kept.drafts[name]; else kept.drafts[name] = value;
  putBack(kept);
}

// ---- asking the server; `done` gets the status (0: no connection), the reply and the seconds to wait.
function ask(method, path, sent, seconds, done) {
  var request = new XMLHttpRequest(), over = false;
  function end(status) {
    var reply = null;
    if (over) return;
    over = true;
    clearTimeout(limit);
    try { reply = JSON.parse(request.responseText); } catch (e) { status = 0; }  // another page: some Wi-Fi's own
    done(status, reply, status ? Number(request.getResponseHeader("Retry-After")) || 0 : 0);
  }
  var limit = setTimeout(function () { end(0); request.abort(); }, seconds * 1000);
  request.onreadystatechange = function () { if (request.readyState === 4) end(request.status); };
  request.open(method, path, true);
  request.setRequestHeader("Accept", "application/json");
  if (sent) request.setRequestHeader("Content-Type", "application/json");
  request.send(sent ? JSON.stringify(sent) : null);
  return { stop: function () { if (!over) { over = true; clearTimeout(limit); request.abort(); } } };
}

// 1, 2, 4, then 8 seconds, each up to a quarter less or more, so that a hall's phones do not come back all at once.
function pause(tries) {
  return Math.min(8, Math.pow(2, tries)) * (0.75 + Math.random() / 2) * 1000;
}

// With the page itself comes a cookie, should this phone have none any more.
function joinAgain(done) {
  var request = new XMLHttpRequest();
  request.onreadystatechange = function () { if (request.readyState === 4) done(); };
  request.open("GET", BASE + "?" + CARRIED.slice(1), true);
  request.send(null);
}
