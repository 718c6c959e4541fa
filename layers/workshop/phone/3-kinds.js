/* The kinds of questions: how a form's fields are read as an answer, filled from one, and told in words.
   `problem` gives what is still missing, in words; nothing if the answer may be sent. */
var KINDS = {
  vote: {
    begin: function (slot) {
      slot.form.addEventListener("change", function () { marked(slot); });
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
      slot.list = slot.form.querySelector(".rank");
      slot.moved = make("p", slot.form.querySelector(".fields"), "aside");
      slot.moved.setAttribute("role", "status");
      each(all(slot.list, "li"), function (line) { upAndDown(slot, line); });
      KINDS.rank.fill(slot, null);
    },
    read: function (slot) {
      return { order: all(slot.list, "li").map(function (line) { return Number(line.getAttribute("data-option")); }) };
    },
    fill: function (slot, value) {
      var lines = all(slot.list, "li");
      var order = value ? value.order : lines.map(function (line, i) { return i; });
      each(order, function (option) {
        each(lines, function (line) {
          if (Number(line.getAttribute("data-option")) === option) slot.list.appendChild(line);
        });
      });
      ends(slot);
    },
    problem: function () { return ""; },
    words: function (slot, value) {
      return value.order.map(function (option, i) {
        return (i + 1) + ". " + slot.list.querySelector('li[data-option="' + option + '"] .option').textContent;
      }).join(", ");
    }
  },
  words: {
    begin: function (slot) { count(slot.form.elements.text); },
    read: function (slot) { return { text: slot.form.elements.text.value.trim() }; },
    fill: function (slot, value) { fillText(slot.form.elements.text, value ? value.text : ""); },
    problem: function (slot, value) { return value.text ? "" : say("words_first"); },
    words: function (slot, value) { return value.text; }
  },
  place: {
    begin: function (slot) {
      var fields = slot.form.elements;
      slot.byList = false;
      slot.pin = null;
      slot.stage = slot.form.querySelector(".stage");
      slot.list = slot.form.querySelector(".list");
      slot.where = make("p", null, "where");
      slot.where.setAttribute("role", "status");
      slot.stage.parentNode.insertBefore(slot.where, slot.stage.nextSibling);
      slot.swap = make("button", null, "swap quiet");
      slot.list.parentNode.insertBefore(slot.swap, slot.list.nextSibling);
      slot.swap.addEventListener("click", function () {
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
      if (slot.byList) return value.area ? "" : say("area_first");
      if (!value.at) return say("pin_first");
      return outlines && areaAt(value.at) < 0 ? say("outside_pin") : "";
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
  var name = line.querySelector(".option").textContent;
  each([["up", -1, "\u2191"], ["down", 1, "\u2193"]], function (way) {
    var button = make("button", line, way[0] + " quiet", way[2]);
    make("span", button, "", " " + say(way[0]));
    button.setAttribute("aria-label", say(way[0] + "_label", { option: name }));
    button.addEventListener("click", function () {
      var lines = all(slot.list, "li"), from = lines.indexOf(line), to = from + way[1];
      if (to < 0 || to >= lines.length) return;
      slot.list.insertBefore(line, way[1] < 0 ? lines[to] : lines[to].nextSibling);
      ends(slot);
      button.focus();
      tell(slot.moved, say("moved", { option: name, n: to + 1, all: lines.length }));
      noteDraft(slot);
    });
  });
}

// The first cannot go up, nor the last down; the buttons stay, so that the focus is not lost.
function ends(slot) {
  var lines = all(slot.list, "li");
  each(lines, function (line, i) {
    var up = line.querySelector("button.up"), down = line.querySelector("button.down");
    if (!up) return;
    up.setAttribute("aria-disabled", String(i === 0));
    down.setAttribute("aria-disabled", String(i === lines.length - 1));
  });
}

// ---- writing: what is left is always seen, and said aloud only near the end.
function count(area) {
  var longest = Number(area.getAttribute("data-longest"));
  var seen = make("p", null, "left"), aloud = make("p", null, "aside");
  seen.setAttribute("aria-hidden", "true");
  aloud.setAttribute("role", "status");
  area.parentNode.insertBefore(seen, area.nextSibling);
  area.parentNode.insertBefore(aloud, seen.nextSibling);
  area.recount = function () {
    var text = say("left", { n: longest - area.value.length });
    tell(seen, text);
    tell(aloud, longest - area.value.length <= 20 ? text : "");
  };
  area.addEventListener("input", area.recount);
  area.recount();
}

function fillText(area, text) {
  area.value = text;
  area.recount();
}
