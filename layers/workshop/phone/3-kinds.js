/* The kinds of questions: how a form's fields are read as an answer, filled from one, and told in words.
   `problem` gives what is still missing, in words; nothing if the answer may be sent. */
var KINDS = {
  vote: {
    begin: function (slot) {
      on(slot.form, "change", function () { marked(slot); });
    },
    read: function (slot) {
      return { chosen: ticked(slot).map(function (box) { return Number(box.value); }) };
    },
    fill: function (slot, value) {
      each(boxes(slot), function (box) { box.checked = Boolean(value) && value.chosen.indexOf(Number(box.value)) >= 0; });
      marked(slot);
    },
    problem: function (slot, value) {
      if (!value.chosen.length) return say(slot.most === 1 ? "one_first" : "some_first");
      return value.chosen.length > slot.most ? say("too_many", { n: slot.most }) : "";
    },
    words: function (slot, value) {
      return boxes(slot).filter(function (box) { return value.chosen.indexOf(Number(box.value)) >= 0; })
        .map(function (box) { return box.parentNode.textContent.trim(); }).join(", ");
    }
  },
  rank: {
    begin: function (slot) {
      slot.list = one(slot.form, ".rank");
      slot.moved = make("p", one(slot.form, ".fields"), "aside");
      slot.moved.setAttribute("role", "status");
      each(all(slot.list, "li"), function (line) { upAndDown(slot, line); });
      KINDS.rank.fill(slot, null);
    },
    read: function (slot) {
      return { order: all(slot.list, "li").map(function (line) { return Number(data(line, "option")); }) };
    },
    fill: function (slot, value) {
      var lines = all(slot.list, "li");
      var order = value ? value.order : lines.map(function (line, i) { return i; });
      each(order, function (option) {
        each(lines, function (line) {
          if (Number(data(line, "option")) === option) slot.list.appendChild(line);
        });
      });
      ends(slot);
    },
    problem: function () { return ""; },
    // The order in which the options happen to stand is nobody's answer, unless they say so.
    doubt: function (slot) {
      if (slot.kept || slot.sure) return "";
      if (slot.unsure) { slot.sure = !slot.hasty; return slot.sure ? "" : say("not_moved"); }
      slot.unsure = true;
      return say("not_moved");
    },
    words: function (slot, value) {
      return value.order.map(function (option, i) {
        return (i + 1) + ". " + one(slot.list, 'li[data-option="' + option + '"] .option').textContent;
      }).join(", ");
    }
  },
  words: {
    begin: function (slot) { count(slot.form.elements.text); },
    read: function (slot) { return { text: slot.form.elements.text.value.trim() }; },
    fill: function (slot, value) { fillText(slot.form.elements.text, value ? value.text : ""); },
    problem: function (slot, value) { return value.text ? tooLong(slot.form.elements.text) : say("words_first"); },
    words: function (slot, value) { return value.text; }
  },
  place: {
    begin: function (slot) {
      var fields = slot.form.elements;
      slot.byList = false;
      slot.pin = null;
      slot.stage = one(slot.form, ".stage");
      slot.list = one(slot.form, ".list");
      slot.where = make("p", null, "where");
      slot.where.setAttribute("role", "status");
      slot.stage.parentNode.insertBefore(slot.where, slot.stage.nextSibling);
      slot.swap = make("button", null, "swap quiet");
      slot.list.parentNode.insertBefore(slot.swap, slot.list.nextSibling);
      on(slot.swap, "click", function () {
        slot.byList = !slot.byList;
        mapOrList(slot);
        noteDraft(slot);
        (slot.byList ? fields.area : slot.swap).focus();
      });
      count(fields.note);
      mapOrList(slot);
    },
    read: function (slot) {
      var fields = slot.form.elements, note = fields.note.value.trim();
      return slot.byList ? { area: fields.area.value, note: note } : { at: slot.pin, note: note };
    },
    fill: function (slot, value) {
      var fields = slot.form.elements;
      slot.byList = Boolean(value && value.area !== undefined);
      slot.pin = value && value.at ? value.at : null;
      listed(slot, slot.byList ? value.area : "");
      fillText(fields.note, value ? value.note : "");
      mapOrList(slot);
    },
    problem: function (slot, value) {
      if (slot.byList && !value.area) return say("area_first");
      if (!slot.byList && !value.at) return say("pin_first");
      if (value.at && outlines && areaAt(value.at) < 0) return say("outside_pin");
      return tooLong(slot.form.elements.note);
    },
    words: function (slot, value) {
      var name = value.at ? placeName(value.at) : areaName(outlines ? outlines.codes.indexOf(value.area) : -1, value.area);
      return value.note ? name + ": " + value.note : name;
    }
  }
};

function boxes(slot) { return all(slot.form, 'input[name="chosen"]'); }
function ticked(slot) { return boxes(slot).filter(function (box) { return box.checked; }); }

function marked(slot) {
  each(boxes(slot), function (box) { box.parentNode.className = box.checked ? "choice on" : "choice"; });
}

// ---- putting in order: each line has a button up and a button down, and keeps the focus when it moves.
function upAndDown(slot, line) {
  var name = one(line, ".option").textContent;
  each([["up", -1, "\u2191"], ["down", 1, "\u2193"]], function (way) {
    var button = make("button", line, way[0] + " quiet", way[2]);
    make("span", button, "", " " + say(way[0]));
    button.setAttribute("aria-label", say(way[0] + "_label", { option: name }));
    on(button, "click", function () {
      var lines = all(slot.list, "li"), from = lines.indexOf(line), to = from + way[1];
      if (to < 0 || to >= lines.length) return;
      slot.list.insertBefore(line, way[1] < 0 ? lines[to] : lines[to].nextSibling);
      ends(slot);
      button.focus();
      tell(slot.moved, say("moved", { option: name, n: to + 1, all: lines.length }));
      if (slot.unsure) speak(slot, "");
      slot.sure = true;
      slot.unsure = false;
      noteDraft(slot);
    });
  });
}

// The first cannot go up, nor the last down; the buttons stay, so that the focus is not lost.
function ends(slot) {
  var lines = all(slot.list, "li");
  each(lines, function (line, i) {
    var up = one(line, "button.up"), down = one(line, "button.down");
    if (!up) return;
    up.setAttribute("aria-disabled", String(i === 0));
    down.setAttribute("aria-disabled", String(i === lines.length - 1));
  });
}

// ---- writing: what is left is always seen, and said aloud only near the end. Letters are counted as the server counts
// them: as it keeps them, and one that phones write as two halves is one.
var BREAKS = /[\r\n\t\v\f\x85\u2028\u2029]+/g;
var UNSEEN = new RegExp("[\\x00-\\x1f\\x7f-\\x9f\\xad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff"
  + "\\ufff0-\\ufffb\\ufffe\\uffff\\ue000-\\uf8ff]|[\\udb80-\\udbff][\\udc00-\\udfff]", "g");
var MARK = "[\\u0300-\\u036f\\u0483-\\u0489\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]";
var HEAPED = new RegExp("(" + MARK + "{3})" + MARK + "+", "g");

function letters(text) {
  var plain = text.replace(BREAKS, " ").replace(UNSEEN, "");
  if (plain.normalize) plain = plain.normalize("NFC");
  return plain.replace(HEAPED, "$1").replace(/\s+/g, " ").trim().replace(/[\ud800-\udbff][\udc00-\udfff]/g, "_").length;
}

function left(area) { return Number(data(area, "longest")) - letters(area.value); }

function tooLong(area) {
  var n = left(area);
  return n < 0 ? say("too_long", { n: -n, most: data(area, "longest") }) : "";
}

function count(area) {
  var seen = make("p", null, "left"), aloud = make("p", null, "aside");
  seen.setAttribute("aria-hidden", "true");
  aloud.setAttribute("role", "status");
  area.parentNode.insertBefore(seen, area.nextSibling);
  area.parentNode.insertBefore(aloud, seen.nextSibling);
  area.recount = function () {
    var n = left(area), text = say("left", { n: String(n).replace("-", "\u2212") });
    tell(seen, text);
    seen.className = n < 0 ? "left over" : "left";
    tell(aloud, n <= 20 ? text : "");
  };
  on(area, "input", area.recount);
  area.recount();
}

function fillText(area, text) {
  area.value = text;
  area.recount();
}
